"""The command palette: everything that can be done, found by a few letters in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.commands import CARET, COMMANDS
from annotator.core.messages import LANGUAGES, catalog, language, say
from annotator.qt.menus import full_title
from annotator.qt.theme import theme, tint

if TYPE_CHECKING:
    from annotator.qt.window import Window

ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette: what it says, what it is found by, and what it does."""

    title: str
    words: tuple[str, ...]
    run: Callable[[], None]
    keys: str = ""
    area: str = ""
    colour: str = ""
    enabled: bool = True


def score(needle: str, text: str) -> int:
    """How well `text` answers to the letters of `needle`; 0 if some are missing. More is better."""
    needle, text = needle.casefold().replace(" ", ""), text.casefold()
    found, at, last = 0, 0, -2
    for letter in needle:
        at = text.find(letter, at)
        if at < 0:
            return 0
        starts_word = at == 0 or not text[at - 1].isalnum()
        found += 10 if at == last + 1 else 6 if starts_word else 1
        last, at = at, at + 1
    return found * 100 // max(1, len(needle)) - min(50, len(text))


def ranked(needle: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that answer to `needle`, the best first; what can be done now before the rest."""
    if not needle.strip():
        return sorted(entries, key=lambda entry: not entry.enabled)
    scored = [(max(score(needle, word) for word in entry.words), entry) for entry in entries]
    hits = [(points, entry) for points, entry in scored if points > 0]
    return [entry for _, entry in sorted(hits, key=lambda hit: (not hit[1].enabled, -hit[0]))]


def entries(window: Window) -> list[Entry]:
    """Everything that the palette offers in this window."""
    return [*_labels(window), *_commands(window), *_documents(window), *recent(window)]


def recent(window: Window) -> list[Entry]:
    """The projects that were opened last, without the one that is open."""
    known = [
        entry for entry in window.settings.get("recent") if Path(entry["folder"]) != window.projects.folder
    ]
    return [
        Entry(
            title=entry.get("title") or entry["folder"],
            words=(entry.get("title", ""), entry["folder"]),
            run=partial(window.projects.open, Path(entry["folder"])),
            area=say("window.project"),
        )
        for entry in known
    ]


def _commands(window: Window) -> Iterable[Entry]:
    for command in COMMANDS.values():
        if command.menu == CARET or command.id not in window.commands or command.id == "edit.palette":
            continue
        one = window.commands[command.id]
        menu = command.menu.rpartition("/")[2]
        yield Entry(
            title=full_title(command.id),
            words=tuple(catalog(tongue).get(command.title, command.id) for tongue in LANGUAGES),
            run=one.trigger,
            keys=one.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            area=say(f"menu.{menu}"),
            enabled=one.isEnabled(),
        )


def _labels(window: Window) -> Iterable[Entry]:
    session = window.workbench.session
    if session is None or "annotate.label" not in window.commands:
        return
    usable = window.commands["annotate.label"].isEnabled()
    for label in session.project.labels:
        yield Entry(
            title=label.title(language()),
            words=(label.id, *(label.title(tongue) for tongue in LANGUAGES)),
            run=partial(window.run, "annotate.label", label.id),
            keys=label.key,
            area=say("window.label"),
            colour=label.color,
            enabled=usable,
        )


def _documents(window: Window) -> Iterable[Entry]:
    session = window.workbench.session
    for doc_id in session.document_ids if session else ():
        title = session.document(doc_id).title if session and session.loaded(doc_id) else doc_id
        yield Entry(
            title=title,
            words=(title, doc_id),
            run=partial(window.projects.show, doc_id),
            area=say("window.document"),
        )


class _Delegate(QStyledItemDelegate):
    """Title on the left, area and keys on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        worn = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(worn.selection)
            painter.drawRoundedRect(option.rect.adjusted(5, 1, -5, -1), 5, 5)
        inside = option.rect.adjusted(15, 0, -15, 0)
        if entry.colour:
            painter.setBrush(tint(QColor(entry.colour), worn).line)
            painter.drawRoundedRect(QRect(inside.left(), inside.center().y() - 5, 11, 11), 3, 3)
            inside.setLeft(inside.left() + 19)
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = option.fontMetrics
        right = "   ".join(part for part in (entry.area, entry.keys) if part)
        room = inside.width() - metrics.horizontalAdvance(right) - 12
        painter.setPen(worn.text if entry.enabled else worn.muted)
        painter.drawText(
            inside, middle, metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, max(60, room))
        )
        if room > 60:
            painter.setPen(worn.text if option.state & QStyle.StateFlag.State_Selected else worn.muted)
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, right)
        painter.restore()


class Palette(QFrame):
    """A field and what answers to it, over the top of the window."""

    def __init__(self, window: Window, offered: list[Entry] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._entries = entries(window) if offered is None else offered
        self._before: QWidget | None = window.focusWidget()
        self.setProperty("role", "toast")
        self.setAccessibleName(say("command.edit.palette"))
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setPlaceholderText(say("window.palette_hint"))
        self.field.setAccessibleName(say("window.palette_hint"))
        self.field.setClearButtonEnabled(True)
        self.list.setProperty("role", "plain")
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(say("command.edit.palette"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.field.textChanged.connect(self.search)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self.search("")

    def popup(self) -> None:
        """Show it and take the focus."""
        window = self._window
        width, height = min(620, window.width() - 40), min(440, window.height() - 110)
        self.setGeometry((window.width() - width) // 2, 54, width, height)
        self.show()
        self.raise_()
        self.field.setFocus()

    def search(self, needle: str) -> None:
        """Show what answers to `needle`."""
        self.list.clear()
        for entry in ranked(needle, self._entries)[:SHOWN]:
            item = QListWidgetItem(entry.title, self.list)
            item.setData(ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, f"{entry.area} {entry.keys}")
        self.list.setCurrentRow(0)
        if not self.list.count():
            nothing = Entry(say("window.palette_none"), (), lambda: None, enabled=False)
            QListWidgetItem(self.list).setData(ENTRY, nothing)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The field's arrows move in the list; Return takes, Escape closes."""
        if event.type() == QEvent.Type.FocusOut:
            self._shut(back=False)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps and self.list.count():
            row = min(self.list.count() - 1, max(0, self.list.currentRow() + steps[key]))
            self.list.setCurrentRow(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self._shut(back=True)
        else:
            return False
        return True

    def _take(self, item: QListWidgetItem | None) -> None:
        entry: Entry | None = item.data(ENTRY) if item is not None else None
        if entry is None or not entry.enabled:
            return
        self._shut(back=True)
        entry.run()

    def _shut(self, *, back: bool) -> None:
        if self.isHidden():
            return
        self.hide()
        if back and self._before is not None:
            self._before.setFocus()
        self.deleteLater()
