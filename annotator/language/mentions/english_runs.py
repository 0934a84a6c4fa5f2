"""What a run of two and more capitalised words is that is no known place as a whole.

A rule is a function from the run to what it holds, None if it does not speak. The first that speaks decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from annotator.language.mentions.english_words import Sentence, is_common, strength
from annotator.language.mentions.found import Heard
from annotator.language.mentions.gazetteer import english_cues, english_people

# What a rule says of the words from one to another: label and pattern.
Part = tuple[int, int, str, str]

_INITIAL = re.compile(r"[A-Z]\.?(?:[A-Z]\.)?")
_HYPHENED = re.compile(r"[A-Z][a-z]+-[a-z]+")
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in"
    "|un|ia|ie|iu|ua|ue|ui|uo|a|e|i|o|u|ü)|er)"
)
_PINYIN = re.compile(rf"{_SYLLABLE}{{1,2}}")
_LONGEST_NAME = 3


@dataclass(frozen=True)
class Run:
    """Words `[start, end)` of a sentence, and the names heard before."""

    sentence: Sentence
    start: int
    end: int
    heard: Heard

    def __len__(self) -> int:
        return self.end - self.start

    @cached_property
    def texts(self) -> list[str]:
        """The words as written."""
        return [word.text for word in self.sentence.words[self.start : self.end]]

    @cached_property
    def lows(self) -> list[str]:
        """The words in small letters."""
        return [word.low for word in self.sentence.words[self.start : self.end]]

    @cached_property
    def head(self) -> int:
        """How many words at its start are a known place."""
        return self.sentence.place_at(self.start)

    @cached_property
    def first(self) -> str:
        """What the first word is among the names of people."""
        return english_people().get(self.lows[0], "")

    @cached_property
    def last(self) -> str:
        """What the last word is among the names of people."""
        return english_people().get(self.lows[-1], "")

    def person(self, pattern: str) -> list[Part]:
        """The whole of it is a person."""
        return [(self.start, self.end, "PERSON", pattern)]


def several(run: Run) -> Iterator[Part]:
    """What the first rule says that speaks."""
    for rule in _RULES:
        parts = rule(run)
        if parts is not None:
            yield from parts
            return


def _two_places(run: Run) -> list[Part] | None:
    middle = run.start + run.head
    state = middle == run.end - 1 and run.lows[-1] in english_cues()["states"]
    if not run.head or not (state or run.sentence.place_at(middle) == run.end - middle):
        return None
    return [(run.start, middle, "PLACE", "en.place_beside"), (middle, run.end, "PLACE", "en.place_beside")]


def _titled(run: Run) -> list[Part] | None:
    return run.person("en.titled") if run.sentence.low(run.start - 1) in english_cues()["title"] else None


def _given(run: Run) -> list[Part] | None:
    family = "family" in run.last
    if "given" not in run.first or (run.head and not family):
        return None
    return run.person(f"en.given_{'family' if family else 'name'}_{strength(run.first, 'given')}")


def _place_first(run: Run) -> list[Part] | None:
    if run.lows[0] not in english_cues()["place_first"] or len(run) > _LONGEST_NAME:
        return None
    return [(run.start, run.end, "PLACE", "en.place_first")]


def _initial(run: Run) -> list[Part] | None:
    *ahead, last = (bool(_INITIAL.fullmatch(text)) for text in run.texts)
    return run.person("en.initial") if any(ahead) and not last else None


def _asian(run: Run) -> list[Part] | None:
    """Chia-ho behind a family name; two words of pinyin."""
    if len(run) != 2:
        return None
    if _HYPHENED.fullmatch(run.texts[1]) and not is_common(run.lows[0]):
        return run.person("en.hyphened")
    if all(map(_PINYIN.fullmatch, run.lows)) and not is_common(run.lows[1]):
        return run.person("en.pinyin")
    return None


def _heard(run: Run) -> list[Part] | None:
    if run.heard.names.get(run.texts[-1]) != "PERSON":
        return None
    common = is_common(run.lows[0])
    return [(run.end - 1 if common else run.start, run.end, "PERSON", "en.heard_last")]


def _given_last(run: Run) -> list[Part] | None:
    if "given" not in run.last or "mixed" in run.last or not is_common(run.lows[0]):
        return None
    return [(run.end - 1, run.end, "PERSON", "en.given_last")]


def _family(run: Run) -> list[Part] | None:
    if len(run) != 2 or "family" not in run.last or "mixed" in run.last:
        return None
    return None if run.head or is_common(run.lows[0]) else run.person("en.family")


def _place_within(run: Run) -> list[Part] | None:
    if run.head:
        return [(run.start, run.start + run.head, "PLACE", "en.place_head")]
    if run.sentence.place_at(run.end - 1):
        return [(run.end - 1, run.end, "PLACE", "en.place_tail")]
    return None


def _unknown(run: Run) -> list[Part]:
    if run.sentence.low(run.end) in english_cues()["person_after"]:
        return run.person("en.said_several")
    if len(run) <= _LONGEST_NAME and not any(map(is_common, run.lows)):
        return run.person("en.unknown_several")
    return run.person("en.unknown_common")


_RULES: tuple[Callable[[Run], list[Part] | None], ...] = (
    _two_places, _titled, _given, _place_first, _initial, _asian, _heard, _given_last, _family, _place_within,
    _unknown,
)  # fmt: skip
