"""Sentences that a person reads, by key, in English or Simplified Chinese.

A catalog is every `resources/translations/<language>/*.json` laid over each other: flat objects of
key to text, with `{name}` where an argument goes, and `{name:pair|pairs}` where a number goes with its noun.
"""

from __future__ import annotations

import json
from functools import cache

from annotator.core.resources import resource

LANGUAGES = ("en", "zh")

_current = "en"


@cache
def catalog(language: str) -> dict[str, str]:
    """All texts of `language` by key."""
    texts: dict[str, str] = {}
    for path in sorted(resource("translations", language).glob("*.json")):
        texts.update(json.loads(path.read_text(encoding="utf-8")))
    return texts


def language() -> str:
    """The language spoken now, one of `LANGUAGES`."""
    return _current


def speak(language: str) -> None:
    """Speak `language` from now on; an unknown one falls back to English."""
    global _current
    _current = language if language in LANGUAGES else "en"


class _Counted:
    """An argument that can take its noun along: `{rows:row|rows}`."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if not bar:
            return format(self._value, spec)
        return f"{self._value} {one if str(self._value) == '1' else many}"


def say(key: str, /, **args: object) -> str:
    """The text of `key` in the language spoken now, its arguments filled in.

    A key that no catalog knows is returned as it is: a missing translation must never hide an error.
    """
    text = catalog(_current).get(key) or catalog("en").get(key) or key
    if not args:
        return text
    try:
        return text.format(**{name: _Counted(value) for name, value in args.items()})
    except (KeyError, IndexError, ValueError):
        return text
