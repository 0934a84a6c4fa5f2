"""The key sheet: all keys at a glance, searchable, each changeable by clicking it and pressing another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.commands import CARET, COMMANDS, MENUS, keys_in_force
from annotator.core.messages import LANGUAGES, catalog, language, say
from annotator.qt.actions.registry import actions
from annotator.qt.baseline import BaselineDelegate, Index
from annotator.qt.menus import full_title
from annotator.settings import Settings

COMMAND = Qt.ItemDataRole.UserRole
MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


def holder_of(key: str, keys: dict[str, tuple[str, ...]], labels: dict[str, str]) -> str | None:
    """The id of the command that has `key`, or `label:<id>` of the label that does."""
    for command_id, claimed in keys.items():
        if key in claimed:
            return command_id
    return next((f"label:{label}" for label, claimed in labels.items() if claimed.upper() == key), None)


def differences(keys: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """What of `keys` is not the default."""
    return {name: list(claimed) for name, claimed in keys.items() if claimed != COMMANDS[name].keys}


class _Rows(BaselineDelegate):
    """Rows with room between them; a group stands apart from what is above it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        more = 16 if not index.parent().isValid() else 10
        return QSize(size.width(), max(24, option.fontMetrics.height() + more))


class KeySheet(QDialog):
    """Every command with its keys, in groups."""

    def __init__(self, settings: Settings, parent: QWidget, labels: dict[str, str] | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._labels = labels if labels is not None else _label_keys(parent)
        self._keys = keys_in_force(settings.get("keys"))
        self._waiting: str | None = None
        self._offer: tuple[str, str, str] | None = None
        self._build(parent.height())
        self._fill()
        self._say()

    @property
    def said(self) -> str:
        """The sentence below the list."""
        return self._words_label.text()

    def visible_ids(self) -> list[str]:
        """The commands that the search leaves."""
        items = (item for group in self._groups() for item in _children(group))
        return [item.data(0, COMMAND) for item in items if not item.isHidden() and item.data(0, COMMAND)]

    def press(self, key: str) -> None:
        """Give the command that waits for it this key, or name who has it already."""
        if self._waiting is None:
            return
        command_id, self._waiting = self._waiting, None
        holder = holder_of(key, self._keys, self._labels)
        if holder == command_id:
            self._show()
        elif holder is None:
            self._give(command_id, key)
        elif holder.startswith("label:"):
            self._tell(say("keys.label_has_it", key=_native(key), label=holder.partition(":")[2]))
            self._show()
        else:
            self._offer = command_id, key, holder
            self._tell(say("keys.clash", key=_native(key), command=_title(holder)))
            self._swap.show()
            self._show()

    def swap(self) -> None:
        """Take the key away from the command that has it."""
        if self._offer is None:
            return
        command_id, key, holder = self._offer
        self._keys[holder] = tuple(one for one in self._keys[holder] if one != key)
        self._give(command_id, key)

    def reset(self) -> None:
        """The defaults again, for all."""
        self._keys = keys_in_force({})
        self._store()

    def wait_for(self, command_id: str) -> None:
        """The next key pressed goes to this command."""
        self._waiting, self._offer = command_id, None
        self._swap.hide()
        self._tell(say("keys.press", command=_title(command_id)))
        self._show()
        self.tree.setFocus()

    def search(self, needle: str) -> None:
        """Show the commands whose title, in either language, or key contains `needle`."""
        wanted = needle.casefold().strip()
        for group in self._groups():
            hits = 0
            for item in _children(group):
                hit = not wanted or wanted in self._words(item.data(0, COMMAND))
                item.setHidden(not hit)
                hits += hit
            group.setHidden(not hits)

    def event(self, event: QEvent) -> bool:
        """While a key is waited for, every key is meant for that."""
        if self._waiting is not None and isinstance(event, QKeyEvent):
            return self._take(event)
        return super().event(event)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """The list must not search for the key that is pressed."""
        if self._waiting is not None and isinstance(event, QKeyEvent):
            return self._take(event)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or event.key() in MODIFIERS:
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._waiting = None
            self._say()
            self._show()
            return True
        self.press(_pressed(event))
        return True

    def _build(self, height: int) -> None:
        self.resize(680, min(680, max(400, height - 60)))
        self._head, self._words_label = QLabel(), QLabel()
        self._head.setProperty("role", "title")
        self._words_label.setProperty("role", "muted")
        self.field, self.tree = QLineEdit(), QTreeWidget()
        self.tree.setItemDelegate(_Rows(self.tree))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.search)
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(12)
        self.tree.installEventFilter(self)
        self.tree.itemClicked.connect(self._clicked)
        self.tree.itemActivated.connect(self._clicked)
        self._words_label.setWordWrap(True)
        self._swap, self._clear, self._reset = QPushButton(), QPushButton(), QPushButton()
        self._swap.clicked.connect(self.swap)
        self._clear.clicked.connect(self._take_away)
        self._reset.clicked.connect(self.reset)
        self._swap.hide()
        shut = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        shut.rejected.connect(self.reject)
        for button in (self._swap, self._clear, self._reset):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._clear)
        buttons.addWidget(self._reset)
        buttons.addStretch(1)
        buttons.addWidget(shut)
        said = QHBoxLayout()
        said.addWidget(self._words_label, 1)
        said.addWidget(self._swap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self._head)
        layout.addWidget(self.field)
        layout.addWidget(self.tree, 1)
        layout.addLayout(said)
        layout.addLayout(buttons)

    def _fill(self) -> None:
        bound = actions()
        for menu in (*MENUS, CARET):
            rows = [
                one for one in COMMANDS.values() if one.menu.partition("/")[0] == menu and one.id in bound
            ]
            if not rows:
                continue
            group = QTreeWidgetItem(self.tree, [say(f"menu.{menu}")])
            group.setFirstColumnSpanned(True)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            for row in rows:
                item = QTreeWidgetItem(group, [_title(row.id), ""])
                item.setData(0, COMMAND, row.id)
        self._fill_labels()
        self.tree.expandAll()
        self._show()
        self.tree.setColumnWidth(0, 410)

    def _fill_labels(self) -> None:
        if not self._labels:
            return
        group = QTreeWidgetItem(self.tree, [say("menu.labels")])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for label, key in self._labels.items():
            item = QTreeWidgetItem(group, [label, key])
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _say(self) -> None:
        self.setWindowTitle(say("command.help.keys"))
        self._head.setText(say("command.help.keys"))
        self.field.setPlaceholderText(say("keys.search"))
        self.field.setAccessibleName(say("keys.search"))
        self.tree.setAccessibleName(say("command.help.keys"))
        self._tell(say("keys.hint"))
        self._swap.setText(say("keys.swap"))
        self._clear.setText(say("keys.clear"))
        self._reset.setText(say("keys.reset"))

    def _show(self) -> None:
        for group in self._groups():
            for item in _children(group):
                command_id = item.data(0, COMMAND)
                if command_id is None:
                    continue
                waits = command_id == self._waiting
                # Return and Enter bear one name in some languages.
                names = dict.fromkeys(_native(key) for key in self._keys[command_id])
                shown = "   ".join(names)
                item.setText(1, say("keys.waiting") if waits else shown)
                changed = self._keys[command_id] != COMMANDS[command_id].keys
                font = item.font(1)
                font.setBold(changed or waits)
                item.setFont(1, font)

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _words(self, command_id: str | None) -> str:
        if command_id is None:
            return ""
        titles = [catalog(tongue).get(COMMANDS[command_id].title, "") for tongue in LANGUAGES]
        return " ".join([*titles, *self._keys[command_id]]).casefold()

    def _clicked(self, item: QTreeWidgetItem, _column: int) -> None:
        if item.data(0, COMMAND):
            self.wait_for(item.data(0, COMMAND))

    def _take_away(self) -> None:
        item = self.tree.currentItem()
        command_id = item.data(0, COMMAND) if item is not None else None
        if command_id:
            self._waiting = None
            self._keys[command_id] = ()
            self._store()

    def _give(self, command_id: str, key: str) -> None:
        self._keys[command_id] = (key, *self._keys[command_id][1:])
        self._store()

    def _store(self) -> None:
        self._offer = self._waiting = None
        self._swap.hide()
        self._settings.set("keys", differences(self._keys))
        self._tell(say("keys.hint"))
        self._show()

    def _tell(self, text: str) -> None:
        self._words_label.setText(text)


def _children(group: QTreeWidgetItem) -> Iterable[QTreeWidgetItem]:
    found = (group.child(at) for at in range(group.childCount()))
    return [item for item in found if item is not None]


def _title(command_id: str) -> str:
    return full_title(command_id).rstrip("…")


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _pressed(event: QKeyEvent) -> str:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if event.text() and not event.text().isalnum() and event.text().isprintable() and event.text().strip():
        # A sign such as ? needs Shift on one keyboard and not on another.
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)


def _label_keys(window: QWidget) -> dict[str, str]:
    workbench = getattr(window, "workbench", None)
    session = workbench.session if workbench is not None else None
    labels = session.project.labels if session else ()
    return {label.title(language()): label.key for label in labels if label.key}
