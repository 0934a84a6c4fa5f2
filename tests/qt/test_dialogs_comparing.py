"""A source held against the annotations: figures, confusions, and differences to go to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.qt.dialogs.comparing import ComparingDialog, compare_source
from annotator.qt.window import Window

OpenWindow = Callable[..., Window]


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> Window:
    window = open_window(sample="readout", suggestions=True)
    qtbot.waitUntil(
        lambda: window.workbench.document is not None and not window.review.offers.busy, timeout=30_000
    )
    return window


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> ComparingDialog:
    found = compare_source(window.workbench, window)
    found.source.setCurrentIndex(found.source.findData("rules"))
    qtbot.waitUntil(lambda: not found.busy and found.comparison is not None, timeout=30_000)
    return found


def test_counterparts_are_not_offered_since_nothing_lacks_one(dialog: ComparingDialog) -> None:
    assert dialog.source.findData("counterpart") < 0


def test_every_label_has_its_figures_and_all_together(dialog: ComparingDialog) -> None:
    table, found = dialog.figures, dialog.comparison
    titles = [table.item(row, 0).text() for row in range(table.rowCount())]
    assert titles[-1] == "All"
    assert {"Person", "Place", "Date"} <= set(titles)
    row = titles.index("Person")
    assert table.item(row, 1).text() == f"{found.labels['PERSON'].precision:.3f}"
    assert table.item(row, 6).text() == str(found.labels["PERSON"].annotated)


def test_what_was_taken_for_what_adds_up(dialog: ComparingDialog) -> None:
    table = dialog.confusion
    cells = [
        table.item(row, column).text()
        for row in range(table.rowCount())
        for column in range(table.columnCount())
    ]
    assert sum(int(cell) for cell in cells if cell != "·") == sum(dialog.comparison.confusion.values())


def test_a_difference_is_shown_in_the_text(dialog: ComparingDialog, window: Window) -> None:
    missing = next(row for row, one in enumerate(dialog.comparison.differences) if one.kind == "missing")
    item = dialog.differences.item(missing)
    assert item.text().startswith("Not suggested: ")
    dialog.differences.setCurrentRow(missing)
    assert window.workbench.selected == dialog.comparison.differences[missing].span.id


def test_what_is_done_and_annotated_already_is_not_held_back(dialog: ComparingDialog, qtbot: QtBot) -> None:
    document = dialog._workbench.document
    assert document is not None
    assert document.done
    dialog.source.setCurrentIndex(dialog.source.findData("combined"))
    qtbot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    assert dialog.comparison is not None
    assert dialog.comparison.total.recall > 0.5
