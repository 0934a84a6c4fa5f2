"""The import dialog on a text whose lines were broken at a margin."""

from __future__ import annotations

from pathlib import Path

from language.test_wrapping import EN
from PySide6.QtCore import Qt
from services.test_unwrapping import EN_WRAPPED, ZH_WRAPPED

from annotator.core.messages import say
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.tasks import busy
from annotator.qt.workbench import Workbench


def test_the_lines_can_be_kept_as_they_are(qtbot, bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(f"{ZH_WRAPPED}\n{EN_WRAPPED}", encoding="utf-8")
    dialog = ImportDialog(bench, [path])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert [line.text for line in dialog.draft.plan.of_side("en")] == EN
    assert say("import.unwrapped", count=12) in dialog._notices.text()
    assert dialog._keep_lines.isVisible()
    qtbot.mouseClick(dialog._keep_lines, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert len(dialog.draft.plan.of_side("en")) > len(EN)
    assert dialog._keep_lines.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not busy())


def test_a_text_that_is_not_wrapped_offers_no_choice(qtbot, bench: Workbench) -> None:
    dialog = ImportDialog(bench, ["旧桥很长。\nThe old bridge is long.\n"])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert not dialog._keep_lines.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not busy())
