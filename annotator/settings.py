"""The settings: a table with defaults; only what differs from them is saved. No Qt."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.folders import config_folder

Kind = Literal["choice", "flag", "number", "text", "kept"]
"""`kept` is what the program remembers by itself and no dialog shows."""


class Setting(Struct, frozen=True):
    """One row of the table; its title is the catalog key `setting.<name>`."""

    name: str
    default: Any
    kind: Kind
    group: str = ""
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def accepts(self, value: Any) -> bool:
        """Whether `value` may stand here."""
        if self.kind == "choice":
            return value in self.choices
        if self.kind == "number":
            return type(value) is int and self.low <= value <= self.high
        return type(value) is type(self.default)


SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("language", "system", "choice", "look", ("system", "en", "zh")),
        Setting("theme", "system", "choice", "look", ("system", "light", "dark")),
        Setting("annotator", "", "text", "work"),
        Setting("snap", "word", "choice", "work", ("word", "char")),
        Setting("layout", "auto", "choice", "text", ("auto", "columns", "stacked")),
        Setting("swapped", False, "flag", "text"),
        Setting("zoom", 100, "number", "text", low=50, high=300),
        Setting("font_zh", "", "text", "text"),
        Setting("font_en", "", "text", "text"),
        Setting("all_tags", False, "flag", "text"),
        Setting("suggestions", True, "flag", "work"),
        Setting("dictionaries", [], "kept"),
        Setting("setups", {}, "kept"),
        Setting("exports", {}, "kept"),
        Setting("addresses", [], "kept"),
        Setting("keys", {}, "kept"),
        Setting("recent", [], "kept"),
        Setting("places", {}, "kept"),
        Setting("window", {}, "kept"),
        Setting("last_folder", "", "kept"),
    )
}

Listener = Callable[[str], None]


class Settings:
    """The settings of one user, in one JSON file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or config_folder() / "settings.json"
        self._listeners: list[Listener] = []
        self.damaged: Path | None = None
        self._values = self._read()
        self._over: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """The value in force."""
        default = SETTINGS[name].default
        return self._over[name] if name in self._over else self._values.get(name, default)

    def lay_over(self, name: str, value: Any) -> None:
        """Use another value until the program ends or the setting is changed; nothing is saved."""
        if not SETTINGS[name].accepts(value):
            raise AnnotatorError("error.setting_value", setting=name, value=value)
        self._over[name] = value

    def set(self, name: str, value: Any) -> None:
        """Change one value, tell the listeners, and save.

        Raises:
            AnnotatorError: if the value does not fit, or if it holds but cannot be saved.
        """
        setting = SETTINGS[name]
        if not setting.accepts(value):
            raise AnnotatorError("error.setting_value", setting=name, value=value)
        if value == self.get(name):
            return
        self._over.pop(name, None)
        self._values = self._read() | self._values
        self._values[name] = value
        for listener in tuple(self._listeners):
            listener(name)
        self._write()

    def reset(self, name: str) -> None:
        """Go back to the default."""
        self.set(name, SETTINGS[name].default)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the name of whatever changes; the result ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _read(self) -> dict[str, Any]:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            if not isinstance(stored, dict):
                raise ValueError("not an object")
        except OSError:
            return {}
        except ValueError:
            self._keep_aside()
            return {}
        return {
            name: value
            for name, value in stored.items()
            if name not in SETTINGS or SETTINGS[name].accepts(value)
        }

    def _keep_aside(self) -> None:
        self.damaged = self._path.with_suffix(".damaged.json")
        with suppress(OSError):
            self._path.replace(self.damaged)

    def _write(self) -> None:
        differences = {
            name: value
            for name, value in self._values.items()
            if name not in SETTINGS or value != SETTINGS[name].default
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _write_atomically(self._path, json.dumps(differences, ensure_ascii=False, indent=2) + "\n")
        except OSError as error:
            reason = error.strerror or str(error)
            raise AnnotatorError("error.settings_write", path=self._path, reason=reason) from error


def _write_atomically(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    os.close(handle)
    temporary = Path(name)
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
