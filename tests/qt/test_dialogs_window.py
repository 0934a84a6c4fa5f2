"""The commands that open dialogs, in the real window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.core.resources import sample_projects
from annotator.qt.dialogs.correct import CorrectDialog
from annotator.qt.dialogs.exporting import ExportDialog
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.dialogs.labels import LabelsDialog
from annotator.qt.dialogs.new_project import NewProject
from annotator.qt.dialogs.occurrences import OccurrencesDialog
from annotator.qt.dialogs.properties import DocumentProperties, ProjectProperties
from annotator.qt.panels.entities import Entities
from annotator.qt.window import Window

OpenWindow = Callable[..., Window]
MIXED = "早市\n鱼贩子五点就到了。\nThe Morning Market\nThe fishmonger is there by five.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "readout"
    shutil.copytree(sample_projects() / "readout", folder)
    return folder


def opened(kind: type[QDialog]) -> QDialog | None:
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None
    )


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("file.new", NewProject),
        ("file.document", DocumentProperties),
        ("file.project", ProjectProperties),
        ("file.export", ExportDialog),
        ("labels.edit", LabelsDialog),
        ("text.correct", CorrectDialog),
        ("annotate.occurrences", OccurrencesDialog),
        ("annotate.occurrences_project", OccurrencesDialog),
    ],
)
def test_a_command_opens_its_dialog(
    open_window: OpenWindow, project: Path, qtbot: QtBot, command: str, kind: type[QDialog]
) -> None:
    window = open_window(project)
    window.workbench.select(next(iter(window.workbench.document.spans)).id, reveal=True)
    seen: list[QDialog] = []

    def close() -> None:
        dialog = opened(kind)
        if dialog is None:
            QTimer.singleShot(20, close)
            return
        seen.append(dialog)
        dialog.reject()

    QTimer.singleShot(0, close)
    window.run(command)
    qtbot.waitUntil(lambda: bool(seen))


def test_a_dropped_text_is_imported_and_shown(
    open_window: OpenWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(project)
    text = tmp_path / "market.txt"
    text.write_text(MIXED, encoding="utf-8")
    window.take([text])
    qtbot.waitUntil(lambda: opened(ImportDialog) is not None)
    dialog = opened(ImportDialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    dialog.accept()
    qtbot.waitUntil(lambda: window.workbench.document.title == "早市 · The Morning Market")
    assert window.documents.list.currentItem().text() == "早市 · The Morning Market"


def test_a_text_dropped_on_the_first_screen_gets_a_project_of_its_own(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    text = tmp_path / "market.txt"
    text.write_text(MIXED, encoding="utf-8")
    window.take([text])
    qtbot.waitUntil(lambda: opened(NewProject) is not None)
    creating = opened(NewProject)
    creating._place.setText(str(tmp_path))
    assert creating._title.text() == "market"
    creating.accept()
    qtbot.waitUntil(lambda: opened(ImportDialog) is not None)
    dialog = opened(ImportDialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    dialog.accept()
    qtbot.waitUntil(lambda: window.workbench.document is not None)
    assert window.workbench.document.row_text(1, "zh") == "鱼贩子五点就到了。"


def test_no_file_chosen_is_no_import(
    open_window: OpenWindow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(project)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    window.run("file.import")
    assert opened(ImportDialog) is None


def test_a_removed_document_comes_back_by_undo(
    open_window: OpenWindow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(project)
    doc_id = window.workbench.document_id

    def agree(box: QMessageBox) -> None:
        wanted = QMessageBox.ButtonRole.DestructiveRole
        next(one for one in box.buttons() if box.buttonRole(one) == wanted).click()

    monkeypatch.setattr(QMessageBox, "exec", agree)
    window.run("file.remove_document")
    assert window.workbench.document is None
    window.run("edit.undo")
    assert window.workbench.session.document_ids == (doc_id,)


def test_the_entities_panel_jumps_in_the_view(open_window: OpenWindow, project: Path, qtbot: QtBot) -> None:
    window = open_window(project)
    panel = window.show_panel("entities")
    assert isinstance(panel, Entities)
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0)
    last = panel._model.index(panel._model.rowCount() - 1, 0)
    panel._jump(last)
    span = window.workbench.span
    assert span is not None
    assert (window.workbench.cursor.side, window.workbench.cursor.offset) == (span.side, span.start)
