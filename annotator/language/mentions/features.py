"""What tables and rules know of single characters and words, for a learner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.core.span import Side
from annotator.language.mentions import chinese, english
from annotator.language.mentions.chinese_names import ENDS_PLACE
from annotator.language.mentions.chinese_sentence import Sentence as ChineseSentence
from annotator.language.mentions.english_words import UNIT, Word, is_common
from annotator.language.mentions.english_words import Sentence as EnglishSentence
from annotator.language.mentions.found import SHOWN, SILENCE, Found, Heard, apart
from annotator.language.mentions.gazetteer import (
    characters,
    cues,
    english_cues,
    english_people,
    english_places,
)

Range = tuple[int, int]
Features = tuple[str, ...]

_WHOLE = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d+")
_ROLES = ("surname", "single", "first", "second", "spelling")
_CUES = ("role", "title", "speech", "organisation", "place_word", "place_before", "place_after", "kin")
_ENGLISH_CUES = ("title", "organisation", "place_last", "place_first", "place_before", "person_after", "kin")
# A character that a role seldom takes tells nothing.
_DEAR = 8.5


def units(text: str, side: Side) -> list[Range]:
    """What `features` speaks of: characters of Chinese, with Latin words and numbers whole; English words,
    numbers and marks without the white space, possessive endings apart."""
    if side == "zh":
        return _chinese_units(text)
    return english_units(EnglishSentence(text))


def _chinese_units(text: str) -> list[Range]:
    found: list[Range] = []
    done = 0
    for run in _WHOLE.finditer(text):
        start, end = run.span()
        found += zip(range(done, start), range(done + 1, start + 1), strict=True)
        found.append((start, end))
        done = end
    found += zip(range(done, len(text)), range(done + 1, len(text) + 1), strict=True)
    return found


def english_units(sentence: EnglishSentence) -> list[Range]:
    """The units of a sentence that was cut into words before."""
    return [extent for extent, _ in _english_units(sentence)]


def features(text: str, side: Side, heard: Heard = SILENCE) -> list[Features]:
    """For each of the `units`, short strings that say what tables and rules know of it.

    `rule=` and `pattern=` tell what the rules found there, `word=` the kind of the word it lies in; each with
    B or I for its beginning or the rest. The others are flags.
    """
    return _chinese(text, heard) if side == "zh" else _english(text, heard)


def _chinese(text: str, heard: Heard) -> list[Features]:
    sentence = ChineseSentence(text, heard)
    found = apart(one for one in chinese.find(sentence) if one.score >= SHOWN)
    named = _named(found, len(text))
    rows: list[list[str]] = [[] for _ in text]
    for token, word in zip(sentence.tokens, sentence.words, strict=True):
        told = [f"cue={cue}" for cue in _CUES if word in cues()[cue]]
        for at in range(token.start, token.end):
            rows[at] = [*named[at], f"word={'I' if at > token.start else 'B'}-{token.kind}", *told]
    return [(*rows[start], *_character(sentence.text[start])) for start, _ in units(text, "zh")]


def _character(char: str) -> Iterator[str]:
    tables = characters()
    yield from (role for role in _ROLES if tables[role].get(char, _DEAR) < _DEAR)
    if char in ENDS_PLACE:
        yield "ends_place"


def _named(found: Sequence[Found], size: int) -> list[Features]:
    """For each character, what the rules found there."""
    rows: list[Features] = [()] * size
    for one in found:
        for at in range(one.start, one.end):
            place = "I" if at > one.start else "B"
            rows[at] = f"rule={place}-{one.label}", f"pattern={place}-{one.pattern}"
    return rows


def _english_units(sentence: EnglishSentence) -> Iterator[tuple[Range, int]]:
    """The units with the number of their word; -1 for an ending."""
    for index, (match, word) in enumerate(zip(UNIT.finditer(sentence.text), sentence.words, strict=True)):
        yield (word.start, word.end), index
        if word.end < match.end():
            yield (word.end, match.end()), -1


def _english(text: str, heard: Heard) -> list[Features]:
    sentence = EnglishSentence(text)
    found = apart(one for one in english.find(sentence, heard) if one.score >= SHOWN)
    named = _named(found, len(text))
    known = _known_places(sentence)
    return [
        (*named[start], *known.get(index, ()), *_word(sentence.words[index])) if index >= 0 else ()
        for (start, _), index in _english_units(sentence)
    ]


def _known_places(sentence: EnglishSentence) -> dict[int, Features]:
    rows: dict[int, Features] = {}
    index = 0
    while index < len(sentence.words):
        length = sentence.place_at(index)
        if length:
            kind = english_places().names[sentence.key(index, index + length)]
            rows.update(
                (at, (f"place={'I' if at > index else 'B'}-{kind}",)) for at in range(index, index + length)
            )
        index += max(1, length)
    return rows


def _word(word: Word) -> Iterator[str]:
    yield from (f"cue={cue}" for cue in _ENGLISH_CUES if word.low in english_cues()[cue])
    if kind := english_people().get(word.low):
        yield from kind.split(", ")
    if is_common(word.low):
        yield "common"
