"""Sentences that a person reads, by key, in English or Simplified Chinese.

A catalog is every `resources/translations/<language>/*.json` laid over each other: flat objects of
key to text, with `{name}` where an argument goes.
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


def say(key: str, /, **args: object) -> str:
    """The text of `key` in the language spoken now, its arguments filled in.

    A key that no catalog knows is returned as it is: a missing translation must never hide an error.
    """
    text = catalog(_current).get(key) or catalog("en").get(key) or key
    if not args:
        return text
    try:
        return text.format(**args)
    except (KeyError, IndexError, ValueError):
        return text
