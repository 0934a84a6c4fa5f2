"""The first screen: what was worked on last, samples to try, and a place to drop a text."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.commands import COMMANDS
from annotator.core.folders import data_folder
from annotator.core.messages import say
from annotator.qt.icons import application_icon, icon, pixmap
from annotator.qt.menus import Commands
from annotator.qt.projects import Projects
from annotator.qt.theme import theme, themes
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.services.samples import Sample

RECENT_SHOWN = 6


class Card(QFrame):
    """A project that opens with a click or Return."""

    chosen = Signal()

    def __init__(self, title: str, lines: list[str], drawing: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(". ".join(lines))
        picture = QLabel(self)
        picture.setPixmap(pixmap(drawing, 24, theme().accent))
        head = QLabel(title, self)
        head.setWordWrap(True)
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(head)
        for line in lines:
            label = QLabel(line, self)
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            words.addWidget(label)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Return or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
            return
        super().keyPressEvent(event)


class DropPlace(QFrame):
    """Where a text may be dropped, pasted or chosen."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        picture = QLabel(self)
        picture.setPixmap(pixmap("import", 24, theme().accent))
        words = QLabel(say("start.drop"), self)
        words.setWordWrap(True)
        choose, paste = QPushButton(say("start.choose"), self), QPushButton(say("start.paste"), self)
        for button in (choose, paste):
            button.setAutoDefault(True)
        choose.clicked.connect(lambda: commands.run("file.import"))
        paste.clicked.connect(lambda: commands.run("file.import_clipboard"))
        text = QVBoxLayout()
        text.setSpacing(12)
        text.addWidget(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(choose)
        buttons.addWidget(paste)
        buttons.addStretch(1)
        text.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(text, 1)


class Start(QScrollArea):
    """The page shown while no project is open."""

    def __init__(self, commands: Commands, projects: Projects, settings: Settings) -> None:
        super().__init__()
        self._commands, self._projects, self._settings = commands, projects, settings
        self._columns = 0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("start.title"))
        themes().changed.connect(self.refresh)

    def refresh(self) -> None:
        """Build the page anew."""
        page = QWidget()
        page.setProperty("role", "page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addLayout(self._buttons())
        column.addWidget(DropPlace(self._commands))
        self._columns = self._fitting()
        self._section(column, "start.recent", self._recent())
        self._section(column, "start.samples", self._samples())
        column.addStretch(1)
        inner = QWidget()
        inner.setLayout(column)
        inner.setMaximumWidth(860)
        row = QHBoxLayout(page)
        row.setContentsMargins(24, 32, 24, 32)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self.setWidget(page)

    def resizeEvent(self, event: object) -> None:
        """One or two columns of cards, as the width allows."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self._columns and self._fitting() != self._columns:
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange and self._columns:
            self.refresh()
        super().changeEvent(event)

    def _fitting(self) -> int:
        return 2 if self.viewport().width() >= self.fontMetrics().averageCharWidth() * 90 else 1

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(QSize(48, 48), self.devicePixelRatio()))
        title, text = QLabel(say("start.title")), QLabel(say("start.text"))
        title.setProperty("role", "title")
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(text)
        layout = QHBoxLayout()
        layout.setSpacing(16)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        return layout

    def _buttons(self) -> QHBoxLayout:
        layout = QHBoxLayout()
        layout.setSpacing(8)
        for command_id in ("file.new", "file.open"):
            command = COMMANDS[command_id]
            button = QPushButton(icon(command.icon), say(command.title))
            button.setAutoDefault(True)
            button.clicked.connect(partial(self._commands.run, command_id, ""))
            layout.addWidget(button)
        layout.addStretch(1)
        return layout

    def _section(self, column: QVBoxLayout, title: str, cards: list[Card]) -> None:
        if not cards:
            return
        label = QLabel(say(title))
        label.setProperty("role", "section")
        column.addSpacing(8)
        column.addWidget(label)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, card in enumerate(cards):
            grid.addWidget(card, place // self._columns, place % self._columns)
        for index in range(self._columns):
            grid.setColumnStretch(index, 1)
        column.addLayout(grid)

    def _recent(self) -> list[Card]:
        cards = []
        for entry in self._settings.get("recent")[:RECENT_SHOWN]:
            folder = Path(entry["folder"])
            if not folder.is_dir():
                continue
            copied = folder.parent == data_folder() / "samples"
            place = say("start.copy") if copied else _short(folder)
            card = Card(entry.get("title") or folder.name, [place], "folder")
            card.chosen.connect(lambda folder=folder: self._projects.open(folder))
            cards.append(card)
        return cards

    def _samples(self) -> list[Card]:
        from annotator.services.samples import samples

        cards = []
        for sample in samples():
            card = Card(sample.title, [say(f"start.sample.{sample.id}"), _contents(sample)], "sample")
            card.chosen.connect(lambda sample=sample: self._projects.open_sample(sample.id))
            cards.append(card)
        return cards


def _contents(sample: Sample) -> str:
    from annotator.services.samples import contents

    found = contents(sample)
    chinese = "hant" if "Hant" in found.chinese else "hans"
    return say("start.contents", count=found.pairs, languages=say(f"start.languages.{chinese}"))


def _short(folder: Path) -> str:
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)
