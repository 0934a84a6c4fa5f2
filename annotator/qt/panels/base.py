"""What the panels beside the text have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.session import Changes
from annotator.qt.workbench import Workbench


class Panel(QWidget):
    """A page of the sidebar. Subclasses listen to the workbench and show; they hold no state of their own."""

    id: ClassVar[str]
    title_key: ClassVar[str]
    icon: ClassVar[str]
    lag_ms = 0
    """How long showing what changed may wait, so that the text is painted first."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.setAccessibleName(say(self.title_key))

    def retranslate(self) -> None:
        """Say everything again, in the language spoken now."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self.title_key))
            self.retranslate()
        super().changeEvent(event)


def attempt(workbench: Workbench, build: Callable[[], Edit]) -> Changes | None:
    """Do the edit that `build` makes; a refusal becomes a message."""
    try:
        edit = build()
    except AnnotatorError as error:
        workbench.tell(str(error), "warning")
        return None
    return None if edit.empty else workbench.do(edit)


class EmptyState(QWidget):
    """A sentence in the middle of an empty page that says what to do."""

    def __init__(self, title_key: str, text_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = title_key, text_key
        self._title = QLabel(self)
        self._text = QLabel(self)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._text.setWordWrap(True)
        self._title.setWordWrap(True)
        self._text.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 28, 20, 20)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say both sentences again."""
        self._title.setText(say(self._keys[0]))
        self._text.setText(say(self._keys[1]))


def caption(text: str = "") -> QLabel:
    """The name of the field below it, set off from the field before."""
    label = QLabel(text)
    label.setContentsMargins(0, 6, 0, 0)
    return label


def give_way(box: QComboBox) -> None:
    """Let a choice be narrower than its longest entry, so that a narrow sidebar shows all of it."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)


def fill_choices(box: QComboBox, choices: list[tuple[str, str]]) -> None:
    """Offer these titles and values, without a signal; what was chosen stays chosen, else it is the first."""
    if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] == choices:
        return
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for title, value in choices:
            box.addItem(title, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))


def above_list(*parts: QWidget) -> QVBoxLayout:
    """What stands above a list, one below the other: a search, a filter, how much there is."""
    layout = QVBoxLayout()
    layout.setContentsMargins(12, 12, 12, 8)
    layout.setSpacing(8)
    for part in parts:
        layout.addWidget(part)
    return layout


def shortened(text: str, limit: int = 160) -> str:
    """The text on one line, its middle left out if it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit * 2 // 3]} … {flat[-limit // 4 :]}"
