"""Which suggestions the queue shows, and in which order: a few narrow fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QWidget

from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.core.span import SIDES
from annotator.qt.elided import ElidedChoice
from annotator.qt.icons import wear
from annotator.qt.panels.base import fill_choices
from annotator.services.asking import source_titles
from annotator.services.queueing import SORTS, STATES, Sort, State, Wanted

_PAUSE_MS = 120
SCOPES = ("document", "project")
_ALWAYS = ("state", "sort")


class QueueFilter(QWidget):
    """State, order, label, source, side, scope, and a text to look for."""

    changed = Signal()
    scope_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = QLineEdit(clearButtonEnabled=True)
        self.boxes = {name: ElidedChoice() for name in ("state", "sort", "label", "source", "side", "scope")}
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 12, 12, 6)
        layout.setSpacing(6)
        self.more = QToolButton()
        self.more.setCheckable(True)
        wear(self.more, "more")
        self._short = False
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.text, 1)
        first.addWidget(self.more)
        layout.addLayout(first, 0, 0, 1, 2)
        for place, box in enumerate(self.boxes.values()):
            layout.addWidget(box, 1 + place // 2, place % 2)
        for column in (0, 1):
            layout.setColumnStretch(column, 1)
        self.more.hide()
        self.more.toggled.connect(lambda _: self._fit())
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda _: self._pause.start())
        for name, box in self.boxes.items():
            signal = self.scope_changed if name == "scope" else self.changed
            box.currentIndexChanged.connect(lambda _, signal=signal: signal.emit())

    def shorten(self, short: bool) -> None:
        """Where there is little room, show only what is chosen, and a button for the rest."""
        if short != self._short:
            self._short = short
            self._fit()

    def _fit(self) -> None:
        self.more.setVisible(self._short)
        every = not self._short or self.more.isChecked()
        for name, box in self.boxes.items():
            box.setVisible(every or name in _ALWAYS or box.currentIndex() > 0)

    @property
    def wanted(self) -> Wanted:
        """What is to be shown."""
        return Wanted(
            label=self._value("label"),
            source=self._value("source"),
            side=self._value("side"),
            text=self.text.text().strip(),
        )

    @property
    def state(self) -> State:
        """Open, accepted or rejected ones."""
        return cast("State", self._value("state") or "open")

    @property
    def sort(self) -> Sort:
        """In which order."""
        return cast("Sort", self._value("sort") or "place")

    @property
    def whole_project(self) -> bool:
        """Whether all documents are looked at."""
        return self._value("scope") == "project"

    def show_choices(self, labels: LabelSet, sources: Iterable[str]) -> None:
        """Offer these labels and sources; what was chosen stays chosen."""
        titles = [(label.title(language()), label.id) for label in labels]
        fill_choices(self.boxes["label"], [(say("queue.label.any"), ""), *titles])
        named = [(source_titles(name), name) for name in sources]
        fill_choices(self.boxes["source"], [(say("queue.source.any"), ""), *named])

    def retranslate(self) -> None:
        """Say everything again."""
        self.text.setPlaceholderText(say("queue.search"))
        self.text.setAccessibleName(say("queue.search"))
        for name, values in (("state", STATES), ("sort", SORTS), ("scope", SCOPES)):
            fill_choices(self.boxes[name], [(say(f"queue.{name}.{value}"), value) for value in values])
        sides = [(say(f"queue.side.{side}"), side) for side in SIDES]
        fill_choices(self.boxes["side"], [(say("queue.side.any"), ""), *sides])
        self.more.setAccessibleName(say("queue.more"))
        self.more.setToolTip(say("queue.more"))
        for name, box in self.boxes.items():
            box.setAccessibleName(say(f"queue.{name}"))
            box.setToolTip(say(f"queue.{name}"))

    def _value(self, name: str) -> str:
        return str(self.boxes[name].currentData() or "")
