"""The import of annotations in the window: recognised, matched, shown, taken in one step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.core.messages import LANGUAGES, speak
from annotator.core.resources import sample_projects
from annotator.extend import exporters, importers
from annotator.qt.dialogs.annotations import AnnotationsDialog, show_annotations
from annotator.qt.tasks import busy
from annotator.qt.theme import themes
from annotator.qt.window import Window
from annotator.qt.workbench import Workbench
from annotator.services.exporting import corpus_of, export, make_options

Make = Callable[..., AnnotationsDialog]
OpenWindow = Callable[..., Window]
Labels = list[tuple[int, int, str]]


@pytest.fixture
def make(qtbot: QtBot, bench: Workbench) -> Iterator[Make]:
    def make(*paths: Path) -> AnnotationsDialog:
        assert bench.session is not None
        dialog = AnnotationsDialog(bench, bench.session, paths)
        qtbot.addWidget(dialog)
        dialog.show()
        settled(qtbot, dialog)
        return dialog

    yield make
    qtbot.waitUntil(lambda: not busy(), timeout=60_000)


def settled(qtbot: QtBot, dialog: AnnotationsDialog) -> None:
    qtbot.waitUntil(lambda: dialog.settled, timeout=60_000)


def doccano(path: Path, *items: tuple[str, Labels]) -> Path:
    lines = [json.dumps({"text": text, "label": labels}, ensure_ascii=False) for text, labels in items]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def theirs(bench: Workbench, tmp_path: Path) -> Path:
    """Three labels on the first row: one that the project has by name, two that it has not."""
    document = bench.document
    assert document is not None
    text = document.row_text(0, "zh")
    return doccano(tmp_path / "theirs.jsonl", (text, [(0, 1, "PER"), (1, 2, "ORG"), (0, 2, "MISC")]))


def spans(bench: Workbench) -> set[tuple[str, str, int, int]]:
    assert bench.document is not None
    return {(one.label, one.side, one.start, one.end) for one in bench.document.spans}


def test_labels_are_matched_by_name_and_the_others_asked_for(
    make: Make, bench: Workbench, theirs: Path, qtbot: QtBot
) -> None:
    dialog = make(theirs)
    assert "doccano" in dialog.format.currentText()
    assert [dialog.labels.item(row, 0).text() for row in range(3)] == ["ORG", "MISC", "PER"]
    assert dialog.labels.names() == {"PER": "PERSON"}
    assert dialog.labels.new() == {"ORG", "MISC"}
    dialog.labels.choose("ORG", "PLACE")
    dialog.labels.choose("MISC", None)
    settled(qtbot, dialog)
    assert dialog.summary.text() == "2 annotations and 0 links in 1 document."
    assert "label that was to be left out: 1, such as MISC" in dialog.report.toPlainText()
    before = spans(bench)
    dialog._accept.click()
    assert {label for label, *_ in spans(bench) - before} == {"PERSON", "PLACE"}
    bench.undo()
    assert spans(bench) == before


def test_a_new_label_comes_and_goes_with_the_annotations(make: Make, bench: Workbench, theirs: Path) -> None:
    dialog = make(theirs)
    assert "New labels\n• ORG\n• MISC" in dialog.report.toPlainText()
    dialog._accept.click()
    assert not dialog.isVisible()
    assert {"ORG", "MISC"} <= {label.id for label in bench.session.project.labels}
    bench.undo()
    assert not {"ORG", "MISC"} & {label.id for label in bench.session.project.labels}


def test_a_choice_in_the_list_shows_at_once_what_comes_of_it(make: Make, theirs: Path, qtbot: QtBot) -> None:
    dialog = make(theirs)
    box = dialog.labels.cellWidget(0, 2)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.count() - 1)
    assert not dialog._accept.isEnabled()
    settled(qtbot, dialog)
    assert dialog._accept.text() == "Import 2"


def test_what_was_there_already_is_not_taken_twice(make: Make, bench: Workbench, tmp_path: Path) -> None:
    out = tmp_path / "own.jsonl"
    export(corpus_of(bench.session), "jsonl", make_options(exporters()["jsonl"], {}), out)
    dialog = make(out)
    count = len(bench.document.spans)
    assert dialog.summary.text().endswith(f"There already: {count}.")
    assert not dialog._accept.isEnabled()
    assert "nothing in these files" in dialog.report.toPlainText()


@pytest.mark.parametrize("name", sorted(importers()))
def test_every_readable_format_comes_back_into_its_own_project(
    make: Make, bench: Workbench, tmp_path: Path, name: str
) -> None:
    needs = importers()[name].needs
    if needs is not None and not needs.installed:
        pytest.skip(f"not installed: {needs.command}")
    out = tmp_path / f"out{exporters()[name].suffixes[0]}"
    export(corpus_of(bench.session), name, make_options(exporters()[name], {}), out)
    dialog = make(out)
    assert dialog.complaint == ""
    assert dialog._received.format == name
    assert dialog._received.failures == ()
    assert dialog._taken.added == ()


def test_a_damaged_file_keeps_no_other_from_being_read(
    make: Make, bench: Workbench, theirs: Path, qtbot: QtBot
) -> None:
    broken = theirs.with_name("broken.jsonl")
    broken.write_text('{"text": 3', encoding="utf-8")
    dialog = make(theirs.parent)
    assert "Files that could not be read\n• broken.jsonl: " in dialog.report.toPlainText()
    qtbot.mouseClick(dialog._copy, Qt.MouseButton.LeftButton)
    assert "broken.jsonl" in QGuiApplication.clipboard().text()
    before = spans(bench)
    dialog._accept.click()
    assert dialog.isVisible()
    assert len(spans(bench) - before) == 3
    assert "Taken" in dialog.report.toPlainText()
    assert dialog._accept.text() == "Close"
    dialog._accept.click()
    assert not dialog.isVisible()
    assert len(spans(bench) - before) == 3


def test_files_in_no_format_are_told_and_others_can_be_added(make: Make, theirs: Path, qtbot: QtBot) -> None:
    broken = theirs.with_name("broken.jsonl")
    broken.write_text('{"text": 3', encoding="utf-8")
    dialog = make(broken)
    assert "broken.jsonl" in dialog.complaint
    assert not dialog._accept.isEnabled()
    dialog.add([theirs])
    settled(qtbot, dialog)
    assert dialog.complaint == ""
    assert dialog._accept.text() == "Import 3"


def test_a_format_can_be_chosen_with_its_options(make: Make, theirs: Path, qtbot: QtBot) -> None:
    dialog = make(theirs)
    assert not dialog.options.isVisible()
    dialog.format.setCurrentIndex(dialog.format.findData("doccano"))
    dialog.format.activated.emit(dialog.format.currentIndex())
    settled(qtbot, dialog)
    assert dialog.options.isVisible()
    assert dialog._accept.text() == "Import 3"
    dialog.format.setCurrentIndex(dialog.format.findData("prodigy"))
    dialog.format.activated.emit(dialog.format.currentIndex())
    settled(qtbot, dialog)
    assert not dialog._accept.isEnabled()


def test_documents_that_the_project_does_not_have_are_added_or_not(
    make: Make, bench: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    with_both = tmp_path / "new.tsv"
    with_both.write_text("zh\ten\n春天来了。\tSpring is here.\n", encoding="utf-8")
    dialog = make(with_both)
    assert "(new document)" in dialog.report.toPlainText()
    dialog.fresh.click()
    settled(qtbot, dialog)
    assert not dialog._accept.isEnabled()
    assert "not to be added: 1" in dialog.report.toPlainText()
    dialog.fresh.click()
    settled(qtbot, dialog)
    before = bench.session.document_ids
    wanted: list[str] = []
    bench.document_wanted.connect(wanted.append)
    dialog._accept.click()
    assert [one for one in bench.session.document_ids if one not in before] == wanted
    bench.undo()
    assert bench.session.document_ids == before


def test_files_are_chosen_dropped_or_a_whole_folder(
    make: Make, theirs: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = make()
    assert dialog._stack.currentIndex() == 0
    assert not dialog._accept.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(theirs)], ""))
    dialog._choose.click()
    settled(qtbot, dialog)
    assert dialog._accept.text() == "Import 3"
    folder = make()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(theirs.parent))
    folder._choose_dir.click()
    settled(qtbot, folder)
    assert folder._accept.text() == "Import 3"
    dropped = make()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(theirs))])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dropped.dropEvent(QDropEvent(QPointF(5, 5), copy, data, button, none))
    settled(qtbot, dropped)
    assert dropped._accept.text() == "Import 3"


def test_closing_while_it_reads_takes_nothing(bench: Workbench, theirs: Path, qtbot: QtBot) -> None:
    before = spans(bench)
    dialog = AnnotationsDialog(bench, bench.session, [theirs])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    qtbot.waitUntil(lambda: not busy())
    assert spans(bench) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_small_window(make: Make, theirs: Path, language: str) -> None:
    speak(language)
    themes().wear()
    dialog = make(theirs)
    dialog.resize(760, 560)
    assert (dialog.width(), dialog.height()) == (760, 560)
    for row in range(dialog.labels.rowCount()):
        box = dialog.labels.cellWidget(row, 2)
        assert box.width() >= box.minimumSizeHint().width()


def test_files_dropped_on_the_window_are_taken_for_what_they_are(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    project = tmp_path / "readout"
    shutil.copytree(sample_projects() / "readout", project)
    window = open_window(project)
    document = window.workbench.document
    theirs = doccano(tmp_path / "x.jsonl", (document.row_text(0, "zh"), [(0, 1, "PERSON")]))
    window.take([theirs])
    qtbot.waitUntil(lambda: _open() is not None)
    dialog = _open()
    settled(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert _open() is None
    assert any(one.start == 0 and one.end == 1 for one in window.workbench.document.spans)


def _open() -> AnnotationsDialog | None:
    shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, AnnotationsDialog))
    return next((one for one in shown if one.isVisible()), None)


def test_without_a_project_it_says_what_to_do(bench: Workbench, told: list[str]) -> None:
    bench.open_session(None)

    class Context:
        workbench = bench
        window = None
        argument = ""

    assert show_annotations(Context()) is None
    assert "Open or create a project first" in told[-1]
