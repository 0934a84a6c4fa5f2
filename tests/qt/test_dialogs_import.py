"""The import dialog on real files and a real project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton
from texts.text_files import docx, paragraph

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.extend import text_readers
from annotator.qt.dialogs import importing as module
from annotator.qt.dialogs.importing import ImportDialog, import_sources
from annotator.qt.dialogs.importoutcome import Outcome
from annotator.qt.dialogs.importplans import summary
from annotator.qt.tasks import busy
from annotator.qt.workbench import Workbench
from annotator.services.drafts import read_drafts

MIXED = """春天的集市
清晨，卖花的人先到了。他把水桶排成一行。
来买花的多是老人。
The Spring Market
Early in the morning the flower seller came first. He put his buckets in a row.
Most who buy flowers are old.
责任编辑：林小雨
"""
ZH = "河边有一座旧桥。\n桥下住着一只猫。\n"
EN = "There is an old bridge by the river.\nA cat lives under it.\n"


@pytest.fixture
def make(qtbot, bench: Workbench):
    def made(*given: Path | str) -> ImportDialog:
        dialog = ImportDialog(bench, given)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.busy)
        return dialog

    yield made
    qtbot.waitUntil(lambda: not busy())


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def roles(dialog: ImportDialog) -> list[str]:
    return [line.role for line in dialog._model.plan.lines if line.role != "blank"]


def accept(qtbot, dialog: ImportDialog) -> None:
    qtbot.mouseClick(dialog._accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.busy)


def test_shows_what_was_understood(make, tmp_path):
    dialog = make(put(tmp_path, "market.txt", MIXED))
    assert roles(dialog) == ["title-zh", "zh", "zh", "title-en", "en", "en", "aside"]
    expected = "3 Chinese and 3 English lines, one language after the other; 1 line left out."
    assert dialog._summary.text() == expected
    assert dialog._title.text() == "春天的集市 · The Spring Market"


def test_imports_and_shows_the_document(make, bench, tmp_path, qtbot):
    dialog = make(put(tmp_path, "market.txt", MIXED))
    before = bench.session.document_ids
    accept(qtbot, dialog)
    assert not dialog.isVisible()
    added = [one for one in bench.session.document_ids if one not in before]
    assert [bench.document_id] == added == dialog.imported
    assert bench.document.row_text(0, "en") == "The Spring Market"
    assert [one.text for one in bench.document.info.set_aside] == ["责任编辑：林小雨"]
    bench.undo()
    assert bench.session.document_ids == before


def test_keys_give_the_selected_lines_a_role(make, tmp_path, qtbot):
    dialog = make(put(tmp_path, "market.txt", MIXED))
    view = dialog._view
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_T)
    assert roles(dialog)[1] == "title-zh"
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert roles(dialog)[1] == "aside"
    qtbot.keyClick(view, Qt.Key.Key_E)
    assert roles(dialog)[1] == "en"
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_Z)
    assert set(roles(dialog)) == {"zh"}
    assert not dialog._accept.isEnabled()
    assert "No English line" in dialog._notices.text()


def test_the_role_can_be_chosen_from_a_list(make, tmp_path):
    dialog = make(put(tmp_path, "market.txt", MIXED))
    index = dialog._model.index(6, 1)
    dialog._view.setCurrentIndex(index)
    dialog._view.edit(index)
    box = dialog._view.findChild(QComboBox)
    box.hidePopup()
    box.setCurrentIndex(box.findData("zh"))
    box.activated.emit(box.currentIndex())
    assert roles(dialog)[6] == "zh"


def test_languages_can_be_swapped(make, tmp_path):
    dialog = make(put(tmp_path, "market.txt", MIXED))
    dialog._swap.click()
    assert roles(dialog) == ["title-en", "en", "en", "title-zh", "zh", "zh", "aside"]


def test_two_files_make_one_document(make, bench, tmp_path, qtbot):
    dialog = make(put(tmp_path, "cat.zh.txt", ZH), put(tmp_path, "cat.en.txt", EN))
    assert "from two files" in dialog._summary.text()
    accept(qtbot, dialog)
    assert bench.document.row_text(1, "en") == "A cat lives under it."


def test_one_language_alone_waits_for_the_other_file(make, tmp_path, qtbot):
    dialog = make(put(tmp_path, "cat.zh.txt", ZH))
    assert not dialog._accept.isEnabled()
    dialog.add([put(tmp_path, "cat.en.txt", EN)])
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog._accept.isEnabled()


def test_a_file_may_be_dropped_on_it(make, tmp_path, qtbot):
    dialog = make(put(tmp_path, "cat.zh.txt", ZH))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(put(tmp_path, "cat.en.txt", EN)))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    qtbot.waitUntil(lambda: not dialog.busy and dialog._accept.isEnabled())


def test_several_documents_at_once_and_what_failed(make, bench, tmp_path, qtbot):
    binary = tmp_path / "noise.bin"
    binary.write_bytes(bytes(range(256)))
    table = put(tmp_path, "pairs.tsv", "风停了。\tThe wind fell.\n船靠岸了。\tThe boat came in.\n")
    dialog = make(put(tmp_path, "market.txt", MIXED), table, binary)
    assert dialog._list.count() == 3
    assert dialog._accept.text() == "Import 2"
    before = len(bench.session.document_ids)
    accept(qtbot, dialog)
    assert len(bench.session.document_ids) == before + 2
    assert dialog.isVisible()
    assert "noise.bin" in dialog.complaint
    assert not dialog._accept.isEnabled()


def test_what_cannot_be_imported_of_many_files_is_counted_and_copied_with_the_reasons(make, tmp_path, qtbot):
    binary = tmp_path / "noise.bin"
    binary.write_bytes(bytes(range(256)))
    dialog = make(put(tmp_path, "market.txt", MIXED), put(tmp_path, "empty.txt", ""), binary)
    outcome = dialog.findChild(Outcome)
    assert outcome.words == "1 can be imported, 2 cannot."
    accept(qtbot, dialog)
    assert outcome.words == "Imported: 1. Not imported: 2."
    qtbot.mouseClick(outcome.findChild(QPushButton), Qt.MouseButton.LeftButton)
    head, _, *reasons = QGuiApplication.clipboard().text().splitlines()
    assert head == outcome.words
    assert [line.partition(":")[0] for line in reasons] == ["empty.txt", "noise.bin"]


def test_one_file_alone_needs_no_count(make, tmp_path):
    dialog = make(put(tmp_path, "empty.txt", ""))
    assert not dialog.findChild(Outcome).isVisible()


def test_a_text_from_the_clipboard(make, bench, qtbot):
    dialog = make(MIXED)
    assert not dialog._encoding.isVisible()
    dialog._title.setText("")
    qtbot.keyClicks(dialog._title, "Markets")
    accept(qtbot, dialog)
    assert bench.document.title == "Markets"


def test_another_encoding_reads_the_file_again(make, tmp_path, qtbot):
    dialog = make(put(tmp_path, "market.txt", MIXED, "gb18030"))
    assert dialog._model.plan.encoding == "gb18030"
    dialog._encoding.setCurrentIndex(dialog._encoding.findData("big5"))
    dialog._encoding.activated.emit(dialog._encoding.currentIndex())
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog._model.plan is None or dialog._model.plan.encoding == "big5"


def test_a_refused_edit_leaves_nothing_and_says_so(make, bench, told, tmp_path, qtbot, monkeypatch):
    dialog = make(put(tmp_path, "market.txt", MIXED))
    before = bench.session.document_ids

    def full(*_: object) -> None:
        raise AnnotatorError("error.date", date="disk full")

    monkeypatch.setattr(bench.session._journal, "append", full)
    accept(qtbot, dialog)
    assert bench.session.document_ids == before
    assert dialog.isVisible()
    assert told
    assert dialog.complaint


def test_cancelling_closes_and_changes_nothing(make, bench, tmp_path):
    dialog = make(put(tmp_path, "market.txt", MIXED))
    before = bench.session.document_ids
    dialog.reject()
    assert not dialog.isVisible()
    assert bench.session.document_ids == before


def test_without_a_project_it_says_so(bench, told):
    bench.open_session(None)
    assert import_sources(bench, [MIXED]) is None
    assert len(told) == 1


def test_unreadable_files_become_drafts_with_a_reason(tmp_path):
    drafts = read_drafts([tmp_path / "nothing.txt", put(tmp_path, "market.txt", MIXED)], "", Job())
    assert [draft.ready for draft in drafts] == [True, False]
    assert "nothing.txt" in drafts[1].error


def test_texts_without_a_partner_do_not_keep_the_others_out(tmp_path):
    files = [put(tmp_path, "a.txt", ZH), put(tmp_path, "b.txt", ZH), put(tmp_path, "c.txt", MIXED)]
    drafts = read_drafts(files, "", Job())
    assert [draft.name for draft in drafts if draft.ready] == ["c.txt"]
    assert all(draft.error for draft in drafts if not draft.ready)


def test_the_summary_counts(make):
    dialog = make(ZH + EN)
    plan = dialog._model.plan.with_roles([1, 2], "aside")
    assert summary(plan).endswith("2 lines left out.")


def test_the_columns_of_a_wide_table_can_be_chosen(make, bench, tmp_path, qtbot):
    rows = "编号\t中文\t旧稿\tEnglish\n1\t风停了。\t风止了。\tThe wind fell.\n"
    rows += "2\t船来了。\t船到了。\tThe boat came.\n"
    dialog = make(put(tmp_path, "pairs.tsv", rows))
    assert dialog._columns.isVisible()
    zh, en = dialog._columns.boxes
    assert (zh.currentIndex(), en.currentIndex()) == (1, 3)
    assert zh.currentText() == "2: 中文"
    zh.setCurrentIndex(2)
    zh.activated.emit(2)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert [line.text for line in dialog._model.plan.of_side("zh")] == ["风止了。", "船到了。"]
    zh.setCurrentIndex(3)
    zh.activated.emit(3)
    assert "two different columns" in dialog.complaint
    dialog._columns.show_plan(dialog._model.plan)
    accept(qtbot, dialog)
    assert bench.document.row_text(1, "zh") == "船到了。"


def test_a_table_of_two_columns_offers_no_choice(make, tmp_path):
    dialog = make(put(tmp_path, "pairs.tsv", "风停了。\tThe wind fell.\n船来了。\tThe boat came.\n"))
    assert not dialog._columns.isVisible()


def test_a_large_text_is_aligned_in_a_process_of_its_own(
    make,
    bench,
    tmp_path,
    qtbot,
    monkeypatch,
):
    monkeypatch.setattr(module, "_LARGE", 0)
    dialog = make(put(tmp_path, "market.txt", MIXED))
    qtbot.mouseClick(dialog._accept, Qt.MouseButton.LeftButton)
    assert dialog.busy
    assert not dialog._view.isEnabled()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    assert bench.document.row_text(0, "en") == "The Spring Market"


def test_stopping_in_the_middle_leaves_nothing_and_can_be_tried_again(
    make,
    bench,
    tmp_path,
    qtbot,
    monkeypatch,
):
    monkeypatch.setattr(module, "_LARGE", 0)
    dialog = make(put(tmp_path, "market.txt", MIXED))
    before = bench.session.document_ids
    dialog.accept()
    dialog.reject()
    assert dialog.isVisible()
    assert not dialog.busy
    qtbot.waitUntil(lambda: not busy(), timeout=60_000)
    assert bench.session.document_ids == before
    assert dialog._accept.isEnabled()
    monkeypatch.setattr(module, "_LARGE", 10_000)
    accept(qtbot, dialog)
    assert len(bench.session.document_ids) == len(before) + 1


def test_files_of_other_programs_and_folders_come_in_together(make, bench, tmp_path, qtbot):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    put(corpus, "bridge.zh.txt", ZH)
    (corpus / "bridge.en.docx").write_bytes(docx(*map(paragraph, EN.splitlines())))
    put(corpus, "lonely.en.txt", EN)
    page = put(tmp_path, "market.html", "".join(f"<p>{line}</p>" for line in MIXED.splitlines()))
    dialog = make(page, corpus)
    assert [draft.ready for draft in dialog._drafts] == [True, True, False]
    accept(qtbot, dialog)
    assert len(dialog.imported) == 2
    assert "lonely.en.txt" in dialog.complaint
    assert bench.document.row_text(0, "en") == "The Spring Market"


def test_the_file_filter_names_every_kind_that_has_a_reader(make, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(
        module.QFileDialog, "getOpenFileNames", lambda *arguments: (asked.append(arguments[-1]), ([], ""))[1]
    )
    make(MIXED)._add.click()
    assert all(f"*{ending}" in asked[0] for ending in (".txt", *text_readers()))
