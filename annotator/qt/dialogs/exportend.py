"""The end of an export: how many files were written, where, and what is not in them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.core.messages import say
from annotator.extend import Report
from annotator.qt.dialogs.exportlook import counts, sentences

_FEW = 8
"""Files that are named one by one; of more, their folder."""


class Outcome(QWidget):
    """Sentences that can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self.head, self.more = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.head.setProperty("role", "title")
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(1)
        for label in (self.head, self.more):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        layout.addStretch(2)

    def tell(self, path: Path, report: Report) -> None:
        """Say what an export to `path` wrote."""
        self.head.setText(say("transfer.written", count=len(report.files)))
        few = len(report.files) <= _FEW
        where = "\n".join(map(str, report.files)) if few else str(path if path.is_dir() else path.parent)
        self.more.setText("\n\n".join([where, counts(report, {}), sentences(report)]))
