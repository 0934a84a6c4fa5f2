"""The list of formats: found by typing, each with what it leaves out and what has to be installed for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.messages import say
from annotator.extend import Exporter, exporters
from annotator.qt.dialogs.base import tool
from annotator.qt.dialogs.sections import Lines
from annotator.qt.theme import theme

Index = QModelIndex | QPersistentModelIndex
_NAME = Qt.ItemDataRole.UserRole
_LINES = 6
_BESIDE, _ABOVE, _HIGH = 32, 8, 1000
"""Pixels beside and above the words of an item, and more than the highest item has."""
_OWN = ("json", "jsonl")


class _Lines(QStyledItemDelegate):
    """Titles on as many lines as they need; the list's own measure forgets the padding of its style."""

    def sizeHint(self, _: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list with its scroll bar."""
        view = self.parent()
        assert isinstance(view, QListWidget)
        room = QRect(0, 0, view.width() - _BESIDE, _HIGH)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        measured = view.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return QSize(room.width(), measured.height() + _ABOVE)


class FormatList(QWidget):
    """`chosen` tells the name of the format that is chosen now."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._exporters = dict(sorted(exporters().items(), key=lambda one: _rank(one[1])))
        caption = QLabel(say("transfer.format"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("transfer.search"))
        self.search.setAccessibleName(say("transfer.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(say("transfer.formats"))
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        caption.setBuddy(self.list)
        self._about = Lines(_LINES, say("transfer.about"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(caption)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._about)
        layout.addWidget(self._install_row())
        self._fill()
        self.list.currentItemChanged.connect(lambda *_: self._on_choice())

    def _install_row(self) -> QWidget:
        self._command = QLabel(wordWrap=True)
        self._command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = tool("copy", "transfer.copy_command", self._copy_command)
        self._install = QWidget()
        row = QHBoxLayout(self._install)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._command, 1)
        row.addWidget(self._copy)
        return self._install

    def _fill(self) -> None:
        for name, exporter in self._exporters.items():
            item = QListWidgetItem(say(exporter.title))
            item.setData(_NAME, name)
            item.setToolTip(f"{say(exporter.title)}\n{_about(exporter)}")
            if exporter.needs is not None and not exporter.needs.installed:
                # It can be chosen all the same, to see what installs it.
                item.setForeground(theme().faint)
            self.list.addItem(item)

    @property
    def exporter(self) -> Exporter:
        """The format that is chosen."""
        return self._exporters[self.list.currentItem().data(_NAME)]

    @property
    def ready(self) -> bool:
        """Whether what it needs is installed."""
        needs = self.exporter.needs
        return needs is None or needs.installed

    def choose(self, name: str) -> None:
        """Choose a format, else the first."""
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_NAME) == name]
        self.list.setCurrentRow(rows[0] if rows else 0)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The arrows move in the list while one types."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def sizeHint(self) -> QSize:
        """Wide enough for most titles."""
        return QSize(16 * self.fontMetrics().height(), super().sizeHint().height())

    def _step(self, step: int) -> None:
        shown = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
        here = shown.index(self.list.currentRow()) if self.list.currentRow() in shown else -1
        if shown:
            self.list.setCurrentRow(shown[max(0, min(len(shown) - 1, here + step))])

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            exporter = self._exporters[item.data(_NAME)]
            said = " ".join((exporter.name, item.text(), *exporter.suffixes)).casefold()
            item.setHidden(not all(word in said for word in words))
        if self.list.currentItem().isHidden():
            self._step(1)

    def _on_choice(self) -> None:
        exporter = self.exporter
        self._about.say(_about(exporter))
        self._install.setVisible(not self.ready)
        if exporter.needs is not None:
            self._command.setText(exporter.needs.command)
        self.chosen.emit(exporter.name)

    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(self._command.text())


def _rank(exporter: Exporter) -> tuple[int, str]:
    """The program's own formats first, then by title."""
    own = _OWN.index(exporter.name) if exporter.name in _OWN else len(_OWN)
    return own, say(exporter.title).casefold()


def _about(exporter: Exporter) -> str:
    if exporter.needs is not None and not exporter.needs.installed:
        return say("transfer.needs")
    if not exporter.loses:
        return say("transfer.loses_nothing")
    lost = [say(key.replace("loss.", "lost.", 1)) for key in exporter.loses]
    return say("transfer.loses", what=say("transfer.comma").join(lost))
