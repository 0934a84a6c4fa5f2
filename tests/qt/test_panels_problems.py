"""The problems panel in the real window: what it lists, where it leads, what it mends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt

from annotator.core.messages import say, speak
from annotator.qt.panels.problems import Problems, jump
from annotator.qt.problemwatch import ProblemWatch, watch_of
from annotator.qt.tasks import busy
from annotator.qt.window import Window
from annotator.services import annotate
from annotator.services.importing import Source as Text
from annotator.services.importing import add_edit, build, preview, read_text
from annotator.services.occurrences import annotate_all, find
from annotator.services.opening import create, open_project

TEXT = """渡口
顾岚带了15个人到海口。
顾岚很高兴，海口在下雨。
海口的船开了。
The Ferry
Gu Lan brought 50 people to Haikou.
Gu Lan was glad, and it was raining in Haikou.
The boat left Haikou.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one document: a number that differs, names that are not linked."""
    project = tmp_path / "ferry"
    create(project, "Ferry", annotator="ann")
    opened = open_project(project, annotator="ann")
    decoded = read_text(TEXT.encode(), name="ferry.txt", encoding="")
    plan = preview([Text("ferry.txt", decoded.text, decoded.encoding)])
    opened.session.do(add_edit(build(plan, doc_id="ferry")))
    document = opened.session.document("ferry")
    found = find(document, "海口", "zh", "PLACE")[:2]
    opened.session.do(annotate_all([document], found, "PLACE", "ann"))
    document = opened.session.document("ferry")
    opened.session.do(annotate.mark_done(document, [len(document.pairs) - 1], True))
    opened.store.save(opened.session.state())
    opened.store.close()
    return project


@pytest.fixture
def window(open_window: Callable[..., Window], folder: Path, qtbot) -> Window:
    result = open_window(folder)
    result.workbench.words.load()
    qtbot.waitUntil(lambda: result.sidebar.ids != [])
    return result


@pytest.fixture
def watch(window: Window, qtbot) -> ProblemWatch:
    result = watch_of(window.workbench)
    result._pause.start(0)
    qtbot.waitUntil(lambda: result.complete)
    return result


@pytest.fixture
def panel(window: Window, watch: ProblemWatch, qtbot) -> Problems:
    assert watch.complete
    window.run("panel.problems")
    panel = window.sidebar.currentWidget()
    assert isinstance(panel, Problems)
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0)
    return panel


def kinds(panel: Problems) -> dict[str, int]:
    return {kind.id: len(problems) for kind, problems in panel._model.groups}


def first_of(panel: Problems, kind: str) -> QModelIndex:
    row = list(kinds(panel)).index(kind)
    return panel._model.index(0, 0, panel._model.index(row, 0))


def recheck(qtbot, watch: ProblemWatch) -> None:
    """Let the check catch up with what was changed."""
    watch._pause.start(0)
    with qtbot.waitSignal(watch.changed):
        pass


def test_problems_stand_under_their_kinds_with_counts(panel: Problems) -> None:
    assert kinds(panel) == {"numbers": 1, "unlabelled": 1, "counterpart": 2}
    assert panel._model.index(0, 0).data() == "Numbers that differ (1)"
    text = first_of(panel, "numbers").data()
    assert text == "Pair 2 · Chinese, warning: The numbers differ: 15 in Chinese, 50 in English."


@pytest.mark.usefixtures("watch")
def test_the_status_line_counts_them_and_leads_to_the_panel(window: Window) -> None:
    assert window.status.problems.text() == "4"
    window.sidebar.open("inspector")
    window.status.problems.click()
    assert window.sidebar.current == "problems"


def test_return_goes_to_the_place(panel: Problems, window: Window, qtbot) -> None:
    panel._tree.setFocus()
    panel._tree.setCurrentIndex(first_of(panel, "numbers"))
    qtbot.keyClick(panel._tree, Qt.Key.Key_Return)
    document, cursor = window.workbench.document, window.workbench.cursor
    assert document.zh[slice(*cursor.selection)] == "15"
    panel._tree.setCurrentIndex(first_of(panel, "counterpart"))
    qtbot.keyClick(panel._tree, Qt.Key.Key_Return)
    assert window.workbench.span.quote == "海口"


def test_a_fix_is_one_step_and_its_problem_goes(panel: Problems, window: Window, watch, qtbot) -> None:
    panel._tree.setCurrentIndex(first_of(panel, "unlabelled"))
    panel._fix.click()
    assert len(window.workbench.document.spans) == 3
    recheck(qtbot, watch)
    assert "unlabelled" not in kinds(panel)
    window.run("edit.undo")
    recheck(qtbot, watch)
    assert kinds(panel)["unlabelled"] == 1


def test_a_whole_kind_is_mended_at_once_where_that_is_safe(panel: Problems, window: Window) -> None:
    parent = first_of(panel, "counterpart").parent()
    panel._tree.setCurrentIndex(parent)
    assert panel._fix.text() == "Fix 2"
    panel._fix.click()
    document = window.workbench.document
    assert (len(document.links), len(document.spans)) == (2, 4)
    window.run("edit.undo")
    assert len(window.workbench.document.spans) == 2


def test_very_many_are_mended_in_the_background_and_can_be_stopped(
    panel: Problems, window: Window, watch, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr("annotator.qt.panels.problems._AT_ONCE", 1)
    panel._tree.setCurrentIndex(first_of(panel, "counterpart").parent())
    panel._fix.click()
    assert panel._fix.text() == "Stop"
    qtbot.waitUntil(lambda: len(window.workbench.document.links) == 2)
    assert panel._task is None
    window.run("edit.undo")
    recheck(qtbot, watch)
    panel._tree.setCurrentIndex(first_of(panel, "counterpart").parent())
    panel._fix.click()
    panel._fix.click()
    assert panel._fix.text() == "Fix 2"
    qtbot.waitUntil(lambda: not busy())
    assert len(window.workbench.document.links) == 0


def test_what_cannot_be_mended_offers_no_fix(panel: Problems) -> None:
    panel._tree.setCurrentIndex(first_of(panel, "numbers"))
    assert not panel._fix.isEnabled()
    assert panel._dismiss.isEnabled()


def test_delete_dismisses_for_good_and_the_list_of_dismissed_ones_restores(
    panel: Problems, window: Window, watch, qtbot
) -> None:
    panel._tree.setCurrentIndex(first_of(panel, "numbers"))
    panel._tree.setFocus()
    qtbot.keyClick(panel._tree, Qt.Key.Key_Delete)
    recheck(qtbot, watch)
    assert "numbers" not in kinds(panel)
    assert panel._summary.text() == "3 problems, 1 dismissed"
    panel._filter.setCurrentIndex(panel._filter.findData("dismissed"))
    assert kinds(panel) == {"numbers": 1}
    panel._tree.setCurrentIndex(first_of(panel, "numbers"))
    assert panel._dismiss.text() == "Restore"
    panel._dismiss.click()
    recheck(qtbot, watch)
    assert not window.workbench.document.dismissed
    assert len(watch.problems) == 4


def test_several_are_dismissed_as_one_step(panel: Problems, window: Window, watch, qtbot) -> None:
    panel._tree.selectAll()
    panel._dismiss.click()
    assert len(window.workbench.document.dismissed) == 4
    recheck(qtbot, watch)
    assert panel._pages["none"].isVisible()
    window.run("edit.undo")
    assert len(window.workbench.document.dismissed) == 0


def test_the_search_and_the_filter_narrow_the_list(panel: Problems, qtbot) -> None:
    panel._search.setText("numbers")
    qtbot.waitUntil(lambda: kinds(panel) == {"numbers": 1})
    panel._search.setText("nothing like it")
    qtbot.waitUntil(panel._pages["no_match"].isVisible)
    panel._search.clear()
    panel._filter.setCurrentIndex(panel._filter.findData("warnings"))
    qtbot.waitUntil(lambda: "numbers" in kinds(panel))


@pytest.mark.usefixtures("watch")
def test_from_the_text_one_goes_from_problem_to_problem_and_round_again(window: Window, qtbot) -> None:
    window.view.setFocus()
    bench = window.workbench

    def row() -> int:
        if bench.span is not None:
            return bench.document.row_of_span(bench.span)
        return bench.document.pairs.row_at(bench.cursor.side, bench.cursor.offset)

    rows = []
    for _ in range(6):
        qtbot.keyClick(window.view, Qt.Key.Key_E)
        rows.append(row())
    assert rows == [1, 1, 1, 2, 3, 1]
    qtbot.keyClick(window.view, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert row() == 3


def test_the_problem_under_the_caret_is_mended_and_dismissed_from_the_text(
    window: Window, watch: ProblemWatch, qtbot
) -> None:
    bench = window.workbench
    bench.select(next(iter(bench.document.spans)).id, reveal=True)
    window.run("problem.fix")
    assert len(bench.document.links) == 1
    recheck(qtbot, watch)
    numbers = next(one for one in watch.problems if one.kind == "numbers")
    assert jump(bench, numbers)
    window.run("problem.dismiss")
    assert list(bench.document.dismissed) == [numbers.key]


def test_without_a_document_the_panel_says_so(panel: Problems, window: Window) -> None:
    window.workbench.show_document(None)
    assert panel._pages["nothing"].isVisible()


def test_a_change_of_language_says_everything_anew(panel: Problems, window: Window) -> None:
    window.run("language.zh")
    assert panel._fix.text() == say("problems.fix") == "修正"
    assert panel._model.index(0, 0).data() == "数字不一致 (1)"
    speak("en")
