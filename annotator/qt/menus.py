"""Menus, shortcuts and buttons, all made from the command table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from annotator.commands import CARET, COMMANDS, MENUS, Command, Scope, Situation, When, keys_in_force
from annotator.core.messages import say
from annotator.qt.icons import icon
from annotator.qt.theme import themes

if TYPE_CHECKING:
    from annotator.qt.actions.registry import Action, Checked, Context

    MakeContext = Callable[[str], Context]

SUGGESTION_MENU = ("suggest.accept", "suggest.reject", "suggest.leave", "")
"""What comes first where a suggestion is chosen; an empty id makes a line."""
CONTEXT_MENU = (
    "annotate.label",
    "annotate.occurrences",
    "edit.copy",
    "",
    "span.note",
    "span.certainty",
    "span.link",
    "span.unlink",
    "nav.partner",
    "span.delete",
    "",
    "align.merge",
    "align.split",
    "sentence.split",
    "sentence.merge",
    "text.correct",
    "",
    "pair.toggle_done",
)
"""What the right mouse button offers in the text."""


class Commands(QObject):
    """One `QAction` for every command that something is bound to.

    They are made when the window has been seen, or when the first one is asked for.
    """

    def __init__(self, window: QMainWindow, text: QWidget, context: MakeContext) -> None:
        super().__init__(window)
        self._hosts: dict[Scope, QWidget] = {"window": window, "text": text}
        self._context = context
        self._situation = Situation()
        self._changes: dict[str, list[str]] = {}
        self._bound: dict[str, Action] = {}
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {name: window.menuBar().addMenu("") for name in MENUS}
        self._named: dict[str, str] = {}
        self._sharing: dict[When, list[QAction]] = {}
        self._answers: dict[When, bool] = {}
        self._ticked: list[tuple[QAction, Checked]] = []
        self.retranslate()

    def __getitem__(self, command_id: str) -> QAction:
        self.ensure()
        return self._actions[command_id]

    def __contains__(self, command_id: object) -> bool:
        self.ensure()
        return command_id in self._actions

    def ensure(self) -> None:
        """Make the actions and fill the menus, unless that is done."""
        if self._actions:
            return
        from annotator.qt.actions.registry import actions

        self._bound = actions()
        for command in COMMANDS.values():
            if command.id in self._bound:
                self._actions[command.id] = self._make(command, self._bound[command.id])
        for name in MENUS:
            self._menus[name].aboutToShow.connect(self.tick)
            self._fill(self._menus[name], name)
        self.set_keys(self._changes)
        self.draw()
        themes().changed.connect(self.draw)

    def run(self, command_id: str, argument: str = "") -> None:
        """Do what is bound to a command, whether or not its menu entry is enabled."""
        self.ensure()
        if command_id in self._bound:
            self._bound[command_id].function(self._context(argument))
            self.tick()

    def update(self, situation: Situation) -> None:
        """Enable what makes sense now."""
        if situation == self._situation:
            return
        self._situation = situation
        # Many commands share one condition, and few of them turn out otherwise than before.
        for when, actions in self._sharing.items():
            enabled = when(situation)
            if self._answers.get(when) is not enabled:
                self._answers[when] = enabled
                for one in actions:
                    one.setEnabled(enabled)

    def key_of(self, command_id: str) -> str:
        """The first key of a command as it is written on this system; empty if it has none."""
        return self[command_id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def tick(self) -> None:
        """Put the ticks where they belong."""
        context = self._context("")
        for one, checked in self._ticked:
            one.setChecked(checked(context))

    def set_keys(self, changes: dict[str, list[str]]) -> None:
        """Give every command its keys: the defaults with the user's changes over them."""
        self._changes = changes
        for name, keys in keys_in_force(changes).items():
            if name in self._actions:
                self._actions[name].setShortcuts([QKeySequence(key) for key in keys])
        self.retranslate()

    def name(self, command_id: str, text: str) -> None:
        """Call an entry by something better than its title, such as what would be undone."""
        if self._named.get(command_id) != text:
            self._named[command_id] = text
            if command_id in self._actions:
                self._say(command_id)

    def retranslate(self) -> None:
        """Say all titles again."""
        for name, menu in self._menus.items():
            menu.setTitle(say(f"menu.{name.rpartition('/')[2]}"))
        for name in self._actions:
            self._say(name)

    def popup(self, parent: QWidget, command_ids: Iterable[str]) -> QMenu:
        """A context menu with these commands; an empty id makes a line."""
        self.ensure()
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command_id in command_ids:
            if not command_id:
                menu.addSeparator()
            elif command_id in self._actions:
                menu.addAction(self._actions[command_id])
        return menu

    def _make(self, command: Command, bound: Action) -> QAction:
        one = QAction(self)
        one.setObjectName(command.id)
        if bound.checked is not None:
            one.setCheckable(True)
            self._ticked.append((one, bound.checked))
        one.setEnabled(command.when(self._situation))
        self._sharing.setdefault(command.when, []).append(one)
        one.setShortcuts([QKeySequence(key) for key in command.keys])
        if command.scope == "text":
            one.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        one.triggered.connect(lambda: self.run(command.id))
        if command.id == "file.quit":
            one.setMenuRole(QAction.MenuRole.QuitRole)
        self._hosts[command.scope].addAction(one)
        return one

    def _say(self, command_id: str) -> None:
        one, title = self._actions[command_id], say(COMMANDS[command_id].title)
        keys = one.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        one.setText(self._named.get(command_id, title).replace("&", "&&"))
        one.setToolTip(f"{title.rstrip('…')} ({keys})" if keys else title.rstrip("…"))

    def draw(self) -> None:
        """Give the entries their icons; not needed for the first sight of the window."""
        for name, one in self._actions.items():
            drawing = COMMANDS[name].icon
            if drawing:
                one.setIcon(icon(drawing))

    def _fill(self, menu: QMenu, name: str) -> None:
        group: int | None = None
        for command in _in_menu(name):
            submenu = command.menu if command.menu != name else ""
            if command.id not in self._actions:
                continue
            if group is not None and command.group != group:
                menu.addSeparator()
            group = command.group
            if submenu:
                self._submenu(menu, submenu).addAction(self._actions[command.id])
            else:
                menu.addAction(self._actions[command.id])

    def _submenu(self, menu: QMenu, name: str) -> QMenu:
        if name not in self._menus:
            self._menus[name] = menu.addMenu("")
            self._group(name)
        return self._menus[name]

    def _group(self, name: str) -> None:
        members = [
            self._actions[command.id]
            for command in COMMANDS.values()
            if command.menu == name and command.id in self._actions
        ]
        if not all(member.isCheckable() for member in members):
            return
        group = QActionGroup(self)
        for member in members:
            group.addAction(member)


def full_title(command_id: str) -> str:
    """A command's title that can stand alone: what is in a submenu says in which."""
    command = COMMANDS[command_id]
    title, submenu = say(command.title), command.menu.partition("/")[2]
    if submenu in ("", "edges"):
        return title
    return say("menu.within", menu=say(f"menu.{submenu}"), title=title)


def _in_menu(name: str) -> list[Command]:
    return [command for command in COMMANDS.values() if command.menu.partition("/")[0] == name != CARET]
