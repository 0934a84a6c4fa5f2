"""The label editor and the dialog for all occurrences, on a real project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QInputDialog, QLabel, QMessageBox, QWidget

from annotator.core.labels import Attribute
from annotator.qt.dialogs.correct import CorrectDialog
from annotator.qt.dialogs.exporting import ExportDialog
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.dialogs.labelform import attribute_line, read_attributes
from annotator.qt.dialogs.labels import LabelsDialog
from annotator.qt.dialogs.new_project import NewProject
from annotator.qt.dialogs.occurrences import OccurrencesDialog, highlight_occurrences
from annotator.qt.dialogs.properties import DocumentProperties, ProjectProperties
from annotator.qt.tasks import busy
from annotator.qt.theme import themes
from annotator.qt.workbench import Workbench
from annotator.services import annotate
from annotator.services.labelling import usage
from annotator.settings import Settings


@pytest.fixture
def editor(qtbot, bench: Workbench) -> LabelsDialog:
    dialog = LabelsDialog(bench)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(editor: LabelsDialog, label_id: str) -> None:
    for top in range(editor._tree.topLevelItemCount()):
        item = editor._tree.topLevelItem(top)
        items = [item, *(item.child(row) for row in range(item.childCount()))]
        for one in items:
            if one.data(0, Qt.ItemDataRole.UserRole) == label_id:
                editor._tree.setCurrentItem(one)
                return
    raise AssertionError(label_id)


def labels(bench: Workbench):
    return bench.session.project.label_set


def test_what_is_typed_is_kept_at_once_and_can_be_undone(editor, bench, qtbot):
    choose(editor, "PERSON")
    name = editor._form._names["en"]
    name.setText("Human")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert labels(bench).get("PERSON").name["en"] == "Human"
    bench.undo()
    assert name.text() == labels(bench).get("PERSON").name["en"] != "Human"


def test_a_key_that_is_taken_is_refused_with_its_reason(editor, bench, monkeypatch):
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[-1]))
    choose(editor, "PERSON")
    editor._form._key.setText(labels(bench).get("PLACE").key)
    editor._form._key.editingFinished.emit()
    assert len(said) == 1
    assert editor._form._key.text() == labels(bench).get("PERSON").key


def test_labels_are_added_below_another(editor, bench, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("sport", True))
    choose(editor, "THEME")
    editor._add_below()
    made = labels(bench).get("THEME/sport")
    assert made.parent == "THEME"
    assert editor._chosen() == made


def test_labels_move_among_their_siblings(editor, bench):
    before = [one.id for one in labels(bench).children(None)]
    choose(editor, before[1])
    editor._move(-1)
    assert [one.id for one in labels(bench).children(None)][:2] == [before[1], before[0]]


def test_renaming_a_used_label_asks_and_keeps_every_span(editor, bench, monkeypatch):
    used = usage([bench.document], "PLACE")
    assert used
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    editor._rename("PLACE", "LOC")
    assert "LOC" not in labels(bench)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    editor._rename("PLACE", "LOC")
    assert usage([bench.document], "LOC") == used


def test_removing_a_used_label_moves_its_spans_if_asked_to(editor, bench, monkeypatch):
    used = usage([bench.document], "DATE") + usage([bench.document], "THEME")
    theme = labels(bench).get("THEME").title("en")
    monkeypatch.setattr(
        QInputDialog, "getItem", lambda *args: (next(one for one in args[3] if f"“{theme}”" in one), True)
    )
    choose(editor, "DATE")
    editor._remove()
    assert "DATE" not in labels(bench)
    assert usage([bench.document], "THEME") == used
    bench.undo()
    assert "DATE" in labels(bench)


def test_attributes_are_read_back_as_they_are_written():
    known = (
        Attribute(id="role", name={"en": "Role"}),
        Attribute(id="kind", name={"en": "Kind"}, kind="choice", choices=("city", "land")),
    )
    assert read_attributes("\n".join(map(attribute_line, known)), known) == known


@pytest.fixture
def occurrences(qtbot, bench: Workbench) -> OccurrencesDialog:
    document = bench.document
    places = [one.id for one in document.spans if one.quote == "中国" and one.label == "PLACE"]
    bench.do(annotate.remove(document, places[1:]))
    dialog = OccurrencesDialog(bench, bench.session, text="中国", side="zh", label="PLACE")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_all_free_occurrences_are_highlighted_as_one_step(occurrences, bench):
    before = len(bench.document.spans)
    chosen = len(occurrences._model.chosen())
    assert chosen == occurrences._model.rowCount() - occurrences._blocked > 0
    occurrences._accept.click()
    assert len(bench.document.spans) == before + chosen
    bench.undo()
    assert len(bench.document.spans) == before


def test_an_occurrence_without_its_tick_stays_as_it_is(occurrences, bench):
    model = occurrences._model
    free = next(row for row in range(model.rowCount()) if not model._found[row].blocked)
    chosen, before = len(model.chosen()), len(bench.document.spans)
    model.setData(model.index(free, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert occurrences._accept.text() == f"Highlight {chosen - 1}"
    occurrences._highlight()
    assert len(bench.document.spans) == before + chosen - 1


def test_with_everything_annotated_there_is_nothing_to_accept(occurrences):
    occurrences._highlight()
    occurrences._search()
    assert not occurrences._accept.isEnabled()
    assert "already" in occurrences._count.text()


def test_without_a_selection_it_says_what_to_do(bench, told):
    highlight_occurrences(bench)
    assert len(told) == 1


def dialogs(bench: Workbench, folder: Path) -> list[QDialog]:
    document, session = bench.document, bench.session
    text = "清晨下了雨。\nIt rained early.\n"
    return [
        LabelsDialog(bench),
        OccurrencesDialog(bench, session, text="中国", side="zh", label="PLACE"),
        ExportDialog(bench, session),
        ImportDialog(bench, [text, folder / "missing.txt"]),
        NewProject(Settings()),
        DocumentProperties(bench, document),
        ProjectProperties(bench, session.project),
        CorrectDialog(bench, document, "en", document.pairs[1].segments("en")[0]),
    ]


def test_every_dialog_fits_a_small_screen_at_twice_the_size(bench, tmp_path, qtbot):
    themes().wear()
    for dialog in dialogs(bench, tmp_path):
        qtbot.addWidget(dialog)
        dialog.show()
        least = dialog.minimumSizeHint()
        assert least.width() <= 940, type(dialog).__name__
        assert least.height() <= 500, type(dialog).__name__
        dialog.reject()
    qtbot.waitUntil(lambda: not busy())


def test_everything_that_can_be_focused_has_a_name(bench, tmp_path, qtbot):
    for dialog in dialogs(bench, tmp_path):
        qtbot.addWidget(dialog)
        dialog.show()
        for widget in dialog.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                named = widget.accessibleName() or getattr(widget, "text", str)()
                buddies = [one for one in dialog.findChildren(QLabel) if one.buddy() is widget]
                assert named or buddies, (type(dialog).__name__, type(widget).__name__)
        dialog.reject()
    qtbot.waitUntil(lambda: not busy())
