"""What is asked about a mention, what is known, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, cast

from annotator.core.messages import say

Direction = Literal["zh-en", "en-zh"]
Reason = Literal[
    "linked",
    "date",
    "text",
    "gloss",
    "table",
    "dictionary",
    "pinyin",
    "sound",
    "part",
    "demonym",
    "left",
    "place",
    "meaning",
]


class Mention(NamedTuple):
    """A labelled stretch `[start, end)` of one side's text, in code points of that text."""

    start: int
    end: int
    label: str


class Candidate(NamedTuple):
    """A stretch of the other side that may say the same.

    `score` is 0 to 1 and may be compared between candidates of one mention and of different ones. `reason` is
    what speaks most for it: `linked` before, same `date`, same `text`, `gloss` in brackets, `table` of names,
    `dictionary`, `pinyin` exactly, alike in `sound`, `part` of the name or its meaning, `demonym`
    (an adjective or people), only one `left` over, the corresponding `place` in the sentence, or the same
    `meaning` word by word.
    """

    start: int
    end: int
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beyond the program's own tables.

    Attributes:
        linked: Chinese mentions of this project, and the English ones that a person linked them with.
        glosses: a Chinese word's English equivalents in the user's dictionaries; empty for unknown words.
        date: the document's date (ISO), for relative dates.
        memory: what was looked up before; give the same object again, and it need not be looked up anew.
    """

    linked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    glosses: Callable[[str], Sequence[str]] | None = None
    date: str | None = None
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def linked_back(self) -> Mapping[str, Sequence[str]]:
        """English mentions, and the Chinese ones that they were linked with."""
        found = self.memory.get("back")
        if found is None:
            found = self.memory["back"] = _turned(self.linked)
        return cast(Mapping[str, Sequence[str]], found)


def _turned(linked: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for chinese, names in linked.items():
        for name in names:
            found.setdefault(name, []).append(chinese)
    return found


NOTHING = Knowledge()
"""Only the program's own tables."""


def reason_key(reason: Reason) -> str:
    """The catalog key of a reason."""
    return f"counterpart.reason.{reason}"


def reason_text(candidate: Candidate) -> str:
    """Why it is a candidate, in a few words of the language spoken now."""
    return say(reason_key(candidate.reason))
