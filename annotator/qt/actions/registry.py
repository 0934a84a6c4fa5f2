"""What a command does: a function bound to its id.

A module in this folder is enough: all of them are imported when the window is built.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.qt import actions as package
from annotator.qt.workbench import Workbench

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView
    from annotator.qt.window import Window


class Context(Struct, frozen=True):
    """What an action acts on. `argument` is what a command was called with, such as a label's id."""

    workbench: Workbench
    view: ParallelView
    window: Window
    argument: str = ""


Function = Callable[[Context], None]
Checked = Callable[[Context], bool]


class Action(Struct, frozen=True):
    """A bound command; `checked` tells whether its menu entry carries a tick."""

    function: Function
    checked: Checked | None = None


_actions: dict[str, Action] = {}


def action(*command_ids: str, checked: Checked | None = None) -> Callable[[Function], Function]:
    """Bind the decorated function to command ids of the table."""

    def bind(function: Function) -> Function:
        for command_id in command_ids:
            if command_id in _actions:
                raise ValueError(f"two actions are bound to {command_id}")
            _actions[command_id] = Action(function, checked)
        return function

    return bind


def actions() -> dict[str, Action]:
    """All bound commands by id."""
    _load()
    return _actions


@cache
def _load() -> None:
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
