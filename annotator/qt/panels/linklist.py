"""The links of one span: each partner with its type, to follow, to retype and to cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.core.document import Document
from annotator.core.labels import LinkType
from annotator.core.messages import language, say
from annotator.core.span import Link, Span
from annotator.qt.icons import wear
from annotator.qt.panels.base import attempt, give_way, shortened
from annotator.qt.panels.elided import ElidedButton
from annotator.qt.workbench import Workbench
from annotator.services import annotate


class LinkList(QWidget):
    """A row a link; without links a sentence that says how one is made."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._shown: object = None

    def retranslate(self) -> None:
        """Forget what is shown, so that the next look says it in the language spoken now."""
        self._shown = None

    def show_links(self, document: Document, span: Span, types: Sequence[LinkType]) -> None:
        """Show the links of `span`."""
        links = document.links.of(span.id)
        partners = [document.spans.get(link.partner(span.id)) for link in links]
        shown = (span.id, links, partners, tuple(types), language())
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        for link, partner in zip(links, partners, strict=True):
            if partner is not None:
                self._layout.addWidget(self._row(link, partner, types))
        if not links:
            hint = QLabel(say("links.empty"))
            hint.setWordWrap(True)
            hint.setProperty("role", "muted")
            self._layout.addWidget(hint)

    def _clear(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _row(self, link: Link, partner: Span, types: Sequence[LinkType]) -> QWidget:
        row = QFrame()
        row.setProperty("role", "card")
        layout = QGridLayout(row)
        layout.setContentsMargins(4, 4, 4, 6)
        layout.setSpacing(2)
        go = ElidedButton(shortened(partner.quote))
        go.setToolTip(say("links.go", quote=partner.quote))
        go.clicked.connect(lambda: self._workbench.select(partner.id, reveal=True))
        cut = QToolButton()
        wear(cut, "unlink")
        cut.setAutoRaise(True)
        cut.setToolTip(say("links.cut"))
        cut.setAccessibleName(say("links.cut"))
        cut.clicked.connect(lambda: self._cut(link.id))
        kind = self._types(link, types)
        layout.addWidget(go, 0, 0)
        layout.addWidget(cut, 0, 1)
        layout.addWidget(kind, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        return row

    def _types(self, link: Link, types: Sequence[LinkType]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(say("links.type"))
        give_way(box)
        with QSignalBlocker(box):
            for one in types:
                box.addItem(one.title(language()), one.id)
            if box.findData(link.type) < 0:
                box.addItem(link.type, link.type)
            box.setCurrentIndex(box.findData(link.type))
        box.activated.connect(lambda: self._retype(link.id, box.currentData()))
        return box

    def _cut(self, link_id: str) -> None:
        document = self._workbench.document
        if document is not None:
            attempt(self._workbench, lambda: annotate.unlink(document, [link_id]))

    def _retype(self, link_id: str, type_id: str) -> None:
        document = self._workbench.document
        if document is not None:
            attempt(self._workbench, lambda: annotate.relink(document, link_id, type_id))
