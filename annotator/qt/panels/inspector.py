"""The inspector: everything about the selected span, and where it is edited."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.core.span import CERTAINTIES, Span
from annotator.qt.panels.attributes import AttributeForm
from annotator.qt.panels.base import EmptyState, Panel, attempt, caption, give_way, shortened
from annotator.qt.panels.linklist import LinkList
from annotator.qt.panels.suggestioncard import SuggestionCard
from annotator.qt.workbench import Workbench
from annotator.services import annotate
from annotator.services.asking import source_titles

_PAUSE_MS = 700


class Inspector(Panel):
    """Label, certainty, note, attributes, links and provenance of the selected span."""

    id = "inspector"
    title_key = "panel.inspector"
    icon = "inspector"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._shown: str | None = None
        self._listed: tuple[LabelSet, str, str] | None = None
        self._build()
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._keep_note)
        self._note.textChanged.connect(self._pause.start)
        self._note.installEventFilter(self)
        self._label.activated.connect(self._relabel)
        self._certainty.activated.connect(self._keep_certainty)
        self._attributes.changed.connect(self._keep_attributes)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._show)
        workbench.span_selected.connect(self._show_soon)
        workbench.edited.connect(self._show_soon)
        workbench.suggested.connect(self._show_soon)
        workbench.document_changed.connect(self._show)
        self.retranslate()

    def _build(self) -> None:
        self._quote = QLabel()
        self._quote.setWordWrap(True)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._quote.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._quote.setFont(font)
        self._place = QLabel()
        self._place.setProperty("role", "muted")
        self._label = QComboBox()
        self._certainty = QComboBox()
        for box in (self._label, self._certainty):
            give_way(box)
        self._note = QPlainTextEdit()
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(84)
        self._attributes = AttributeForm()
        self._links = LinkList(self.workbench)
        self._origin = QLabel()
        self._origin.setWordWrap(True)
        self._origin.setProperty("role", "muted")
        self._empty = EmptyState("inspector.empty.title", "inspector.empty.text")
        self._card = SuggestionCard(self.workbench)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._card)
        self._stack = QStackedLayout()
        layout.addLayout(self._stack, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scrolled(self._page()))

    def _page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(6)
        layout.addWidget(self._quote)
        layout.addWidget(self._place)
        layout.addSpacing(8)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        self._captions = {key: caption() for key in ("label", "certainty", "note", "links")}
        for key, field in (("label", self._label), ("certainty", self._certainty)):
            self._captions[key].setBuddy(field)
            form.addRow(self._captions[key], field)
        form.addRow(self._attributes)
        self._captions["note"].setBuddy(self._note)
        form.addRow(self._captions["note"], self._note)
        form.addRow(self._captions["links"], self._links)
        layout.addLayout(form)
        layout.addSpacing(8)
        layout.addWidget(self._origin)
        layout.addStretch(1)
        return page

    def _scrolled(self, page: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        return area

    def retranslate(self) -> None:
        """Say everything again."""
        for key, label in self._captions.items():
            label.setText(say(f"inspector.{key}"))
        self._label.setAccessibleName(say("inspector.label"))
        self._certainty.setAccessibleName(say("inspector.certainty"))
        self._note.setAccessibleName(say("inspector.note"))
        self._note.setPlaceholderText(say("inspector.note.placeholder"))
        self._empty.retranslate()
        self._links.retranslate()
        self._card.retranslate()
        self._shown = None
        self._show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Who leaves the note has finished it; who comes writes on the span selected now."""
        if event.type() == QEvent.Type.FocusIn:
            self._catch_up()
        if event.type() == QEvent.Type.FocusOut and self._pause.isActive():
            self._pause.stop()
            self._keep_note()
        return False

    def edit_note(self) -> None:
        """Put the caret behind the note."""
        self._catch_up()
        self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._note.moveCursor(QTextCursor.MoveOperation.End)

    def _catch_up(self) -> None:
        """Show at once what was to be shown soon: nobody may write into what stood there before."""
        if self._soon.isActive():
            self._soon.stop()
            self._show()

    def _show_soon(self, *_: object) -> None:
        self._finish_note()
        if self.lag_ms:
            self._soon.start(self.lag_ms)
        else:
            self._show()

    def _finish_note(self) -> None:
        span = self.workbench.span
        if self._pause.isActive() and (span is None or span.id != self._shown):
            self._pause.stop()
            self._keep_note()

    def _show(self, *_: object) -> None:
        self._finish_note()
        self._card.show_suggestion(self.workbench.suggestion)
        span = self.workbench.span
        self._empty.setVisible(self.workbench.suggestion is None)
        if span is None:
            self._shown = None
            self._stack.setCurrentIndex(0)
            return
        changed_span, self._shown = span.id != self._shown, span.id
        self._fill(span, keep_note=self._pause.isActive() and not changed_span)
        self._stack.setCurrentIndex(1)

    def _fill(self, span: Span, *, keep_note: bool) -> None:
        document, session = self.workbench.document, self.workbench.session
        if document is None or session is None:
            return
        labels = session.project.label_set
        self._quote.setText(shortened(span.quote))
        self._place.setText(
            say("inspector.place", row=document.row_of_span(span) + 1, start=span.start, end=span.end)
        )
        self._fill_labels(labels, span.label)
        self._fill_certainty(span)
        if not keep_note and typed(self._note) != span.note:
            with QSignalBlocker(self._note):
                self._note.setPlainText(span.note)
        label = labels.get(span.label)
        self._attributes.show_attributes(label.attributes if label else (), span.attributes or {})
        self._links.show_links(document, span, session.project.link_types)
        self._origin.setText(origin(span))
        self._set_editable(session.read_only is None)

    def _fill_labels(self, labels: LabelSet, chosen: str) -> None:
        listed = labels, language(), "" if chosen in labels else chosen
        with QSignalBlocker(self._label):
            if listed == self._listed:
                self._label.setCurrentIndex(self._label.findData(chosen))
                return
            self._listed = listed
            self._label.clear()
            for label in labels:
                indent = "    " * len(labels.ancestors(label.id))
                self._label.addItem(indent + label.title(language()), label.id)
            if chosen not in labels:
                self._label.addItem(say("inspector.label.unknown", label=chosen), chosen)
            self._label.setCurrentIndex(self._label.findData(chosen))

    def _fill_certainty(self, span: Span) -> None:
        with QSignalBlocker(self._certainty):
            self._certainty.clear()
            for certainty in CERTAINTIES:
                self._certainty.addItem(say(f"certainty.{certainty}"), certainty)
            self._certainty.setCurrentIndex(self._certainty.findData(span.certainty))

    def _set_editable(self, editable: bool) -> None:
        for field in (self._label, self._certainty, self._attributes, self._links):
            field.setEnabled(editable)
        self._note.setReadOnly(not editable)

    def _relabel(self) -> None:
        document = self.workbench.document
        if document is not None and self._shown is not None:
            span_id, label = self._shown, self._label.currentData()
            if attempt(self.workbench, lambda: annotate.relabel(document, [span_id], label)) is None:
                self._show()

    def _keep_certainty(self) -> None:
        document = self.workbench.document
        if document is not None and self._shown is not None:
            span_id, certainty = self._shown, self._certainty.currentData()
            attempt(self.workbench, lambda: annotate.describe(document, span_id, certainty=certainty))

    def _keep_note(self) -> None:
        document = self.workbench.document
        note = typed(self._note)
        span = document.spans.get(self._shown) if document is not None and self._shown else None
        if document is not None and span is not None and span.note != note:
            attempt(self.workbench, lambda: annotate.describe(document, span.id, note=note))

    def _keep_attributes(self, values: dict[str, str]) -> None:
        document = self.workbench.document
        if document is not None and self._shown is not None:
            span_id = self._shown
            attempt(self.workbench, lambda: annotate.describe(document, span_id, attributes=values))


def typed(field: QPlainTextEdit) -> str:
    """What was typed into a field; unlike `toPlainText` it keeps a no-break space."""
    return field.document().toRawText().replace("\u2029", "\n")


def origin(span: Span) -> str:
    """A sentence that says who made the span, when and how."""
    key = f"origin.{span.src.kind}"
    how = say(key)
    if how == key:
        how = span.src.kind
    if span.src.model:
        how = say("origin.model", how=how, model=source_titles(span.src.model))
    if span.src.score is not None:
        how = say("origin.score", how=how, score=round(span.src.score * 100))
    return say("origin.sentence", by=span.by, at=span.at[:16].replace("T", " "), how=how)
