"""What the tables of the rules know of each unit, beside what the rules make of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from annotator.language.mentions.chinese_sentence import Sentence as ChineseSentence
from annotator.language.mentions.english_words import Sentence as EnglishSentence
from annotator.language.mentions.english_words import is_common
from annotator.language.mentions.gazetteer import characters, cues, english_cues, english_people

Range = tuple[int, int]

_ROLES = ("surname", "single", "first", "second", "spelling")
_CUES = ("role", "title", "speech", "organisation", "place_word", "place_before", "place_after", "kin")
_ENGLISH_CUES = ("title", "organisation", "place_last", "place_first", "place_before", "person_after", "kin")
# A character that a role seldom takes tells nothing.
_DEAR = 8.5


def chinese_knowledge(sentence: ChineseSentence, parts: Sequence[Range], rows: Sequence[list[str]]) -> None:
    """Add to the rows of a Chinese sentence the kinds of its words, cues, and what characters serve for."""
    told = [
        [f"={token.kind}", *_cues_of(word)]
        for token, word in zip(sentence.tokens, sentence.words, strict=True)
    ]
    none: list[str] = ["=."]
    at = 0
    for number, token in enumerate(sentence.tokens):
        before = told[number - 1] if number else none
        behind = told[number + 1] if number + 1 < len(told) else none
        shared = [*("<" + one for one in before), *(">" + one for one in behind), *told[number]]
        while at < len(parts) and parts[at][0] < token.end:
            start = parts[at][0]
            place = "B" if start <= token.start else "I"
            rows[at] += shared
            rows[at].append(f"{place}{token.kind}")
            rows[at] += _roles_of(sentence.text[start])
            at += 1


@lru_cache(maxsize=1 << 15)
def _cues_of(word: str) -> tuple[str, ...]:
    return tuple(f"cue={cue}" for cue in _CUES if word in cues()[cue])


@lru_cache(maxsize=1 << 15)
def _roles_of(char: str) -> tuple[str, ...]:
    tables = characters()
    return tuple(f"as {role}" for role in _ROLES if tables[role].get(char, _DEAR) < _DEAR)


def english_knowledge(sentence: EnglishSentence, parts: Sequence[Range], rows: Sequence[list[str]]) -> None:
    """Add to the rows of an English sentence what its words are known as."""
    starts = {start: at for at, (start, _) in enumerate(parts)}
    for word in sentence.words:
        at = starts.get(word.start)
        if at is not None:
            rows[at] += _known_of(word.low)


@lru_cache(maxsize=1 << 15)
def _known_of(low: str) -> tuple[str, ...]:
    known = [f"cue={cue}" for cue in _ENGLISH_CUES if low in english_cues()[cue]]
    if kind := english_people().get(low):
        known += kind.split(", ")
    if is_common(low):
        known.append("common")
    return tuple(known)
