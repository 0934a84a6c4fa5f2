"""Correcting the text, properties, removing a document, a new project."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QMessageBox

from annotator.core.errors import AnnotatorError
from annotator.qt.dialogs import properties
from annotator.qt.dialogs.correct import CorrectDialog, smallest_change, stretch
from annotator.qt.dialogs.new_project import NewProject
from annotator.qt.dialogs.properties import DocumentProperties, ProjectProperties
from annotator.qt.workbench import Workbench
from annotator.services.correct import correct_text
from annotator.services.opening import open_project
from annotator.settings import Settings


@pytest.fixture
def correcting(qtbot, bench: Workbench) -> CorrectDialog:
    document = bench.document
    extent = document.pairs[2].segments("en")[0]
    dialog = CorrectDialog(bench, document, "en", extent)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_only_what_differs_is_replaced(correcting, bench, qtbot):
    old = bench.document.en
    start = correcting._start
    qtbot.keyClick(correcting._field, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(correcting._field, Qt.Key.Key_Delete)
    qtbot.keyClick(correcting._field, Qt.Key.Key_Q)
    assert correcting.change() == (start, start + 1, "q")
    qtbot.keyClick(correcting._field, Qt.Key.Key_Return)
    assert not correcting.isVisible()
    assert bench.document.en == f"{old[:start]}q{old[start + 1 :]}"
    assert len(bench.document.info.corrections) == 1
    bench.undo()
    assert bench.document.en == old


def test_no_break_spaces_survive(bench, qtbot):
    document = bench.document
    start, end = document.pairs[2].segments("en")[0]
    space = document.en.index(" ", start, end)
    bench.do(correct_text(document, "en", space, space + 1, "\u00a0", by="me"))
    dialog = CorrectDialog(bench, bench.document, "en", (start, end))
    qtbot.addWidget(dialog)
    assert not dialog._accept.isEnabled()
    dialog._field.insertPlainText("!")
    dialog.accept()
    assert bench.document.en[space] == "\u00a0"
    assert bench.document.en[end] == "!"


def test_nothing_changed_cannot_be_accepted(correcting, bench):
    assert not correcting._accept.isEnabled()
    revision = bench.session.revision
    correcting.accept()
    assert bench.session.revision == revision


def test_pasted_lines_become_one(correcting):
    mime = QMimeData()
    mime.setText("one\ntwo")
    correcting._field.insertFromMimeData(mime)
    assert correcting._field.typed().endswith("one two")


def test_a_control_character_is_refused_in_the_dialog(correcting):
    correcting._field.insertPlainText("\x07")
    correcting.accept()
    assert correcting.isVisible()
    assert "U+0007" in correcting.complaint


def test_the_selected_stretch_is_selected_in_it(bench, qtbot):
    document = bench.document
    start, end = document.pairs[2].segments("zh")[0]
    dialog = CorrectDialog(bench, document, "zh", (start, end), selected=(start + 2, start + 4))
    qtbot.addWidget(dialog)
    assert dialog._field.textCursor().selectedText() == document.zh[start + 2 : start + 4]


def test_a_stretch_is_whole_sentences_of_one_line(bench):
    document = bench.document
    first, second = document.pairs[2].extent("en"), document.pairs[3].extent("en")
    assert stretch(document, "en", first[0] + 1, first[0] + 1)[0] == first[0]
    if "\n" in document.en[first[0] : second[1]]:
        with pytest.raises(AnnotatorError):
            stretch(document, "en", first[0], second[1])


@given(st.text("ab好\u00a0", max_size=12), st.text("ab好\u00a0", max_size=12))
def test_the_smallest_change_makes_the_new_text(old, new):
    start, end, text = smallest_change(old, new)
    assert old[:start] + text + old[end:] == new
    assert 0 <= start <= end <= len(old)


def test_document_properties_are_one_edit(bench, qtbot):
    dialog = DocumentProperties(bench, bench.document)
    qtbot.addWidget(dialog)
    dialog._title.setText("Another title")
    dialog._date.setText("2024-05-31")
    dialog._status.setCurrentIndex(dialog._status.findData("done"))
    dialog._variant.setCurrentIndex(dialog._variant.findData("zh-Hant"))
    dialog.accept()
    info = bench.document.info
    assert (info.title, info.date, info.status, info.zh_lang) == (
        "Another title",
        "2024-05-31",
        "done",
        "zh-Hant",
    )
    bench.undo()
    assert bench.document.title != "Another title"


@pytest.mark.parametrize(("title", "date"), [("", ""), ("x", "31.5.2024")])
def test_wrong_properties_are_refused_in_the_dialog(bench, qtbot, title, date):
    dialog = DocumentProperties(bench, bench.document)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._title.setText(title)
    dialog._date.setText(date)
    dialog.accept()
    assert dialog.complaint
    assert dialog.isVisible()


def test_the_project_can_be_renamed(bench, qtbot):
    dialog = ProjectProperties(bench, bench.session.project)
    qtbot.addWidget(dialog)
    dialog._title.setText("  Readouts ")
    dialog.accept()
    assert bench.session.project.title == "Readouts"


def _answer(role: QMessageBox.ButtonRole):
    def executed(box: QMessageBox) -> None:
        button = next(one for one in box.buttons() if box.buttonRole(one) == role)
        button.click()

    return executed


def test_a_document_is_removed_only_if_the_user_agrees(bench, monkeypatch):
    doc_id, spans = bench.document_id, len(bench.document.spans)
    monkeypatch.setattr(QMessageBox, "exec", _answer(QMessageBox.ButtonRole.RejectRole))
    assert properties.remove_document(bench) is None
    assert doc_id in bench.session.document_ids
    monkeypatch.setattr(QMessageBox, "exec", _answer(QMessageBox.ButtonRole.DestructiveRole))
    properties.remove_document(bench)
    assert doc_id not in bench.session.document_ids
    assert bench.document is None
    bench.undo()
    assert len(bench.session.document(doc_id).spans) == spans


@pytest.fixture
def creating(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewProject:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    dialog = NewProject(Settings())
    qtbot.addWidget(dialog)
    dialog._place.setText(str(tmp_path))
    dialog.show()
    return dialog


def test_a_new_project_opens(creating, tmp_path, qtbot):
    assert not creating._accept.isEnabled()
    creating._title.setText("Treaties 条约")
    creating._annotator.setText("Lin Yu")
    with qtbot.waitSignal(creating.created) as made:
        creating.accept()
    folder = made.args[0]
    assert folder.parent == tmp_path
    opened = open_project(folder)
    try:
        assert opened.session.project.title == "Treaties 条约"
        assert [one.id for one in opened.session.project.annotators] == [opened.session.annotator]
    finally:
        opened.store.close()


def test_a_second_project_of_the_same_title_gets_another_folder(creating, tmp_path):
    creating._title.setText("Treaties")
    creating.folder.mkdir()
    assert creating.folder.parent == tmp_path
    assert not creating.folder.exists()


def test_a_place_that_cannot_be_written_is_refused_in_the_dialog(creating, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    creating._title.setText("Treaties")
    creating._place.setText(str(blocked))
    creating.accept()
    assert creating.isVisible()
    assert creating.complaint
