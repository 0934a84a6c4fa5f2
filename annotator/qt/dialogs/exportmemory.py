"""What was chosen for the last export of a project, kept in the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.settings import Settings

_MOST = 50
"""Projects that are remembered; the one used longest ago is forgotten first."""


class Memory:
    """The choices of one project; without settings nothing is kept."""

    def __init__(self, settings: Settings | None, folder: Path | None) -> None:
        self._settings, self._key = settings, str(folder)
        found = settings.get("exports").get(self._key) if settings is not None else None
        self.values: dict[str, Any] = found if isinstance(found, dict) else {}

    def part(self, name: str) -> dict[str, Any]:
        """One group of choices; empty if nothing fitting is known."""
        found = self.values.get(name)
        return found if isinstance(found, dict) else {}

    def options(self, format: str) -> dict[str, Any]:
        """The options that were chosen last for a format."""
        found = self.part("options").get(format)
        return found if isinstance(found, dict) else {}

    def keep(self, values: dict[str, Any], format: str, options: dict[str, Any]) -> None:
        """Remember the choices, and the options beside those of other formats.

        Raises:
            AnnotatorError: if the settings cannot be saved; until the program ends they hold all the same.
        """
        self.values = {**values, "format": format, "options": {**self.part("options"), format: options}}
        if self._settings is None:
            return
        known = {key: one for key, one in self._settings.get("exports").items() if key != self._key}
        kept = dict(list(known.items())[-_MOST + 1 :])
        self._settings.set("exports", {**kept, self._key: self.values})
