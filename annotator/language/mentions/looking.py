"""What the rules see in a sentence, remembered for a while: several sources read the same sentences.

What was heard elsewhere matters only where it stands in the sentence: without such a name, a sentence is read
as if nothing had been heard, and need not be read twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from annotator.core.span import Side
from annotator.language.mentions import chinese, english
from annotator.language.mentions.chinese_sentence import Sentence as ChineseSentence
from annotator.language.mentions.chinese_sentence import plain
from annotator.language.mentions.english_words import Sentence as EnglishSentence
from annotator.language.mentions.found import SILENCE, Found, Heard
from annotator.language.mentions.gazetteer import traditional

Names = tuple[tuple[str, str], ...]

# A screen, what stands before and behind it, and a chunk of a document that is read from end to end.
_CACHED = 640
_CACHED_NAMES = 4096


def chinese_seen(text: str, heard: Heard = SILENCE) -> tuple[ChineseSentence, tuple[Found, ...]]:
    """A Chinese sentence, and all that any rule sees in it."""
    return _chinese(text, _met(text, "zh", heard.names.items()) if heard.names else ())


def english_seen(text: str, heard: Heard = SILENCE) -> tuple[EnglishSentence, tuple[Found, ...]]:
    """An English sentence, and all that any rule sees in it."""
    return _english(text, _met(text, "en", heard.names.items()) if heard.names else ())


def seen(text: str, side: Side, heard: Heard = SILENCE) -> tuple[Found, ...]:
    """All that any rule sees in a sentence."""
    return (chinese_seen(text, heard) if side == "zh" else english_seen(text, heard))[1]


def _met(text: str, side: Side, names: Iterable[tuple[str, str]]) -> Names:
    """Those of the names that stand in a text, in the same order."""
    if side == "en":
        return tuple(one for one in names if one[0] in text)
    simple = plain(text)
    return tuple(one for one in names if one[0] in simple or _simple(one[0]) in simple)


@lru_cache(maxsize=_CACHED_NAMES)
def _simple(name: str) -> str:
    return name.translate(traditional())


@lru_cache(maxsize=_CACHED)
def _chinese(text: str, names: Names) -> tuple[ChineseSentence, tuple[Found, ...]]:
    sentence = ChineseSentence(text, Heard(dict(names)) if names else SILENCE)
    return sentence, tuple(chinese.find(sentence))


@lru_cache(maxsize=_CACHED)
def _english(text: str, names: Names) -> tuple[EnglishSentence, tuple[Found, ...]]:
    sentence = EnglishSentence(text)
    return sentence, tuple(english.find(sentence, Heard(dict(names)) if names else SILENCE))
