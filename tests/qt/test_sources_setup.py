"""Sources outside the program are set up in the window, and answer in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from suggesters.service import serving
from suggesters.test_labelstudio import backend

from annotator.core.resources import sample_projects
from annotator.qt.dialogs.sources import SourcesDialog
from annotator.qt.dialogs.sourcesetup import SourceSetup
from annotator.qt.window import Window
from annotator.services.setups import is_allowed
from annotator.suggesters.web import origin

OpenWindow = Callable[..., Window]


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> Window:
    """A sample without annotations and with no source of suggestions in use."""
    folder = tmp_path / "readout"
    shutil.copytree(sample_projects() / "readout", folder)
    shutil.rmtree(folder / "annotations")
    record = json.loads((folder / "project.json").read_text("utf-8"))
    (folder / "project.json").write_text(json.dumps(record | {"sources": []}), "utf-8")
    return open_window(folder, suggestions=True)


def set_up(window: Window, name: str) -> tuple[SourcesDialog, SourceSetup]:
    window.run("suggest.sources")
    dialog = window.findChild(SourcesDialog)
    assert dialog is not None
    title = dialog.boxes[name].text()
    (button,) = (one for one in dialog.findChildren(QPushButton) if one.accessibleName().endswith(title))
    button.click()
    setup = dialog.findChild(SourceSetup)
    assert setup is not None
    return dialog, setup


def quotes(window: Window, row: int) -> list[str]:
    offering = window.review.offers.offering
    return [one.quote for one in offering.in_row(row)] if offering else []


def test_a_service_answers_in_the_text_once_it_is_allowed(window: Window, qtbot: QtBot) -> None:
    with serving(backend("廊坊", "Langfang")) as (address, asked):
        dialog, setup = set_up(window, "labelstudio")
        setup.form.put("address", address)
        assert origin(address) in setup.allow.text()
        assert not setup.allow.isChecked()
        setup.allow.setChecked(True)
        setup.accept()
        assert dialog.boxes["labelstudio"].isChecked()
        dialog.accept()
        qtbot.waitUntil(lambda: quotes(window, 1) == ["廊坊", "Langfang"])
        assert asked[0][0] == "/setup"
        assert is_allowed(window.settings, address)


def test_nothing_is_sent_without_leave_and_the_user_is_told(window: Window, qtbot: QtBot) -> None:
    with serving(backend("廊坊")) as (address, asked):
        dialog, setup = set_up(window, "labelstudio")
        setup.form.put("address", address)
        setup.accept()
        with qtbot.waitSignal(window.workbench.message) as told:
            dialog.accept()
        assert "before you allow it" in told.args[0]
        assert asked == []


def test_leave_is_given_for_one_address_alone(window: Window) -> None:
    _, setup = set_up(window, "labelstudio")
    setup.form.put("address", "http://localhost:9090/model")
    setup.allow.setChecked(True)
    setup.form.put("address", "http://example.org")
    assert not setup.allow.isChecked()


def test_what_is_no_address_is_refused_in_the_dialog(window: Window) -> None:
    _, setup = set_up(window, "inception")
    setup.form.put("address", "somewhere")
    setup.accept()
    assert "not the address of a service" in setup.complaint
    assert setup.isVisible()


def test_a_source_that_is_not_set_up_cannot_be_used(window: Window) -> None:
    window.run("suggest.sources")
    dialog = window.findChild(SourcesDialog)
    assert dialog is not None
    dialog.boxes["files"].setChecked(True)
    dialog.accept()
    assert "must first be set up" in dialog.complaint
    assert window.workbench.session is not None
    assert window.workbench.session.project.sources == ()


def test_predictions_of_a_file_are_suggested(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    document = window.workbench.document
    assert document is not None
    text = document.row_text(1, "zh")
    start = text.index("廊坊")
    path = tmp_path / "model.jsonl"
    spans = [{"start": start, "end": start + 2, "label": "LOC"}, {"start": 0, "end": 999, "label": "LOC"}]
    path.write_text(json.dumps({"text": text, "spans": spans}), "utf-8")
    dialog, setup = set_up(window, "files")
    setup.form.put("path", str(path))
    setup.accept()
    with qtbot.waitSignal(window.workbench.message) as told:
        dialog.accept()
    qtbot.waitUntil(lambda: quotes(window, 1) == ["廊坊"])
    assert "outside of its text" in told.args[0]
