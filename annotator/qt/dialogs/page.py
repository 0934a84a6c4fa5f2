"""A page of the help: Markdown from `resources/help`, to be read beside the work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QWidget

from annotator.core.messages import say
from annotator.core.resources import resource
from annotator.qt.dialogs.base import Dialog

_MARGIN = 18
_LEADING = 130.0
"""Per cent of the height of the letters."""


class Page(Dialog):
    """Shows one page; it does not keep the window from being used."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser()
        self.text.setAccessibleName(title)
        self.text.setOpenExternalLinks(True)
        self.text.document().setDocumentMargin(_MARGIN)
        self.text.setMarkdown(resource("help", name).read_text(encoding="utf-8"))
        self._lead()
        self.body.addWidget(self.text, 1)
        self._buttons.addButton(say("button.close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.resize(36 * self.fontMetrics().height(), 38 * self.fontMetrics().height())

    def _lead(self) -> None:
        leaded = QTextBlockFormat()
        leaded.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(leaded)
