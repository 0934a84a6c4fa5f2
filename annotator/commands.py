"""The command table: every action of the program as data. No Qt.

A row gives the id, the menu it stands in, its default keys (in Qt's portable notation) and when it is
enabled. Titles are catalog keys `command.<id>`; what a command does is bound to its id in the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """What the user has before them, as far as commands care."""

    project: bool = False
    document: bool = False
    writable: bool = False
    selection: bool = False
    span: bool = False
    can_undo: bool = False
    can_redo: bool = False


When = Callable[[Situation], bool]


def always(_: Situation) -> bool:
    """Enabled in every situation."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table."""

    id: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    when: When = always

    @property
    def title(self) -> str:
        """The catalog key of its title."""
        return f"command.{self.id}"


def clashes(keys: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Keys that more than one command id claims, with the ids."""
    holders: dict[str, list[str]] = {}
    for command_id, claimed in keys.items():
        for key in claimed:
            holders.setdefault(key, []).append(command_id)
    return {key: ids for key, ids in holders.items() if len(ids) > 1}
