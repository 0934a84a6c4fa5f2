"""The suggestion before the user: what, why, by whom, how likely, and two buttons that decide it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from annotator.core.messages import language, say
from annotator.core.suggestion import Suggestion
from annotator.qt.icons import wear
from annotator.qt.panels.base import shortened
from annotator.qt.workbench import Workbench
from annotator.services.asking import source_titles


class SuggestionCard(QFrame):
    """Hidden while nothing is suggested at the caret or the selected annotation."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self.setProperty("role", "note")
        self.head, self.quote, self.reason, self.source = QLabel(), QLabel(), QLabel(), QLabel()
        self.head.setProperty("role", "section")
        self.source.setProperty("role", "muted")
        for one in (self.head, self.quote, self.reason, self.source):
            one.setWordWrap(True)
            one.setTextFormat(Qt.TextFormat.PlainText)
        font = self.quote.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.quote.setFont(font)
        self.accept, self.reject = QPushButton(), QPushButton()
        buttons = QHBoxLayout()
        for button, name in ((self.accept, "done"), (self.reject, "close")):
            wear(button, name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        self.accept.clicked.connect(partial(workbench.wanted.emit, "suggest.accept"))
        self.reject.clicked.connect(partial(workbench.wanted.emit, "suggest.reject"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(5)
        for one in (self.head, self.quote, self.reason, self.source):
            layout.addWidget(one)
        layout.addSpacing(3)
        layout.addLayout(buttons)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say everything again."""
        self.setAccessibleName(say("suggesting.bar"))
        self.accept.setText(say("suggesting.accept"))
        self.reject.setText(say("suggesting.reject"))
        self.show_suggestion(self._workbench.suggestion)

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """Show this one, or nothing."""
        session, document = self._workbench.session, self._workbench.document
        self.setVisible(suggestion is not None)
        if suggestion is None or session is None or document is None:
            return
        title = session.project.label_set.title(suggestion.label, language())
        partner = document.spans.get(suggestion.partner) if suggestion.partner else None
        self.head.setText(say("suggesting.card", label=title))
        quote = shortened(suggestion.quote, 90)
        review = self._workbench.review
        twin = review.active.twin if review is not None and review.active is not None else None
        if partner is not None or twin is not None:
            mate = partner.quote if partner is not None else twin.quote if twin is not None else ""
            quote = say("suggesting.with", one=shortened(mate, 90), two=quote)
        self.quote.setText(quote)
        percent = round(suggestion.score * 100)
        self.reason.setText(say("suggesting.reason", reason=suggestion.reason, score=percent))
        self.source.setText(source_titles(suggestion.source))
