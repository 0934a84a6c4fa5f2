"""What the tables of the rules know of each unit, beside what the rules make of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from annotator.language.crf.layers import Bundle, Layer
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
# What stands before the first word and behind the last.
_NONE = "."


def chinese_knowledge(sentence: ChineseSentence, parts: Sequence[Range]) -> list[Layer]:
    """The kinds of a Chinese sentence's words, cues among them, and what its characters serve for."""
    owners: list[int] = []
    places: list[str] = []
    at = 0
    for number, token in enumerate(sentence.tokens):
        while at < len(parts) and parts[at][0] < token.end:
            owners.append(number)
            places.append(("B" if parts[at][0] <= token.start else "I") + token.kind)
            at += 1
    kinds = (token.kind for token in sentence.tokens)
    told = [_NONE, *map(str.__add__, kinds, sentence.words), _NONE]
    return [
        Layer(_told, told, (0, 2, 1), owners),
        Layer(_place, places),
        Layer(_roles_of, [sentence.text[start] for start, _ in parts]),
    ]


def _told(token: str) -> tuple[Bundle, Bundle, Bundle]:
    """What a token, its kind and its word, tells of that behind it, of that before it, and of itself."""
    kind, word = token[0], token[1:]
    own = "=" + kind, *(f"cue={cue}" for cue in _CUES if word in cues()[cue])
    return tuple("<" + one for one in own), tuple(">" + one for one in own), own


def _place(place: str) -> tuple[Bundle]:
    return ((place,),)


@lru_cache(maxsize=1 << 15)
def _roles_of(char: str) -> tuple[Bundle]:
    tables = characters()
    return (tuple(f"as {role}" for role in _ROLES if tables[role].get(char, _DEAR) < _DEAR),)


def english_knowledge(sentence: EnglishSentence, parts: Sequence[Range]) -> list[Layer]:
    """What the words of an English sentence are known as."""
    lows = {word.start: word.low for word in sentence.words}
    return [Layer(_known_of, [lows.get(start, "") for start, _ in parts])]


@lru_cache(maxsize=1 << 15)
def _known_of(low: str) -> tuple[Bundle]:
    if not low:
        return ((),)
    known = [f"cue={cue}" for cue in _ENGLISH_CUES if low in english_cues()[cue]]
    if kind := english_people().get(low):
        known += kind.split(", ")
    if is_common(low):
        known.append("common")
    return (tuple(known),)
