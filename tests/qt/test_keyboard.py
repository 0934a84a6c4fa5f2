"""Dialogs with the keyboard alone: Tab reaches every control, and the first one is where work begins."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QListWidget, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from annotator.qt.dialogs.annotations import AnnotationsDialog
from annotator.qt.dialogs.exporting import ExportDialog
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.dialogs.settings import SettingsDialog
from annotator.qt.workbench import Workbench
from annotator.settings import Settings

Make = Callable[[Workbench], QDialog]


def importing(bench: Workbench) -> QDialog:
    return ImportDialog(bench, ["渡口的早晨\n船来了。\nMorning at the Ferry\nThe boat is here.\n"])


def exporting(bench: Workbench) -> QDialog:
    assert bench.session is not None
    return ExportDialog(bench, bench.session)


def annotating(bench: Workbench) -> QDialog:
    assert bench.session is not None
    assert bench.document is not None
    path = Path(os.environ["ANNOTATOR_HOME"]) / "theirs.jsonl"
    record = {"text": bench.document.row_text(0, "zh"), "label": [[0, 1, "ORG"], [1, 2, "PERSON"]]}
    path.write_text(json.dumps(record), encoding="utf-8")
    return AnnotationsDialog(bench, bench.session, [path])


def settings(_: Workbench) -> QDialog:
    return SettingsDialog(Settings())


@pytest.mark.parametrize("make", [importing, exporting, annotating, settings])
def test_tab_goes_round_all_controls_of_a_dialog(make: Make, bench: Workbench, qtbot: QtBot) -> None:
    dialog = make(bench)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    qtbot.waitUntil(
        lambda: (
            getattr(dialog, "settled", True)
            and not getattr(dialog, "busy", False)
            and dialog.focusWidget() is not None
        )
    )
    visited: list[QWidget] = []
    while (here := dialog.focusWidget()) not in visited:
        visited.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        QApplication.processEvents()
    wanted = [
        one
        for one in dialog.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.objectName().startswith("qt_")
        and not isinstance(one, QScrollArea)
    ]
    assert [one for one in wanted if one not in visited] == []


@pytest.mark.parametrize("make", [settings])
def test_a_form_begins_at_its_first_field(make: Make, bench: Workbench, qtbot: QtBot) -> None:
    dialog = make(bench)
    qtbot.addWidget(dialog)
    dialog.show()
    first = next(one for one in dialog.findChildren(QComboBox) if one.isVisible())
    qtbot.waitUntil(lambda: dialog.focusWidget() is first)


def test_an_export_begins_at_the_formats(bench: Workbench, qtbot: QtBot) -> None:
    dialog = exporting(bench)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: isinstance(dialog.focusWidget(), QListWidget))
