"""People and places in English: runs of capitalised words, told apart by tables and by what stands round them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.language.mentions.english_words import UNIT, Sentence, is_common
from annotator.language.mentions.found import Found, Heard
from annotator.language.mentions.gazetteer import english_cues, english_people, english_places
from annotator.language.mentions.patterns import found

# What a rule says of the words from one to another: label and pattern.
Part = tuple[int, int, str, str]

_INITIAL = re.compile(r"[A-Z]\.?(?:[A-Z]\.)?")
_HYPHENED = re.compile(r"[A-Z][a-z]+-[a-z]+")
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in"
    "|un|ia|ie|iu|ua|ue|ui|uo|a|e|i|o|u|ü)|er)"
)
_PINYIN = re.compile(rf"{_SYLLABLE}{{1,2}}")
_SMALL_BREAKS = frozenset(("of", "and", "the", "for", "&"))


def find(text: str, heard: Heard) -> Iterator[Found]:
    """All that any rule sees; they may overlap."""
    sentence = Sentence(text)
    for first, last, label, pattern in _parts(sentence, heard):
        start, end = sentence.words[first].start, sentence.words[last - 1].end
        if text[start:end].endswith("."):
            end -= text[start:end].count(".") == 1
        yield found(start, end, label, pattern)


def units(text: str) -> Iterator[tuple[int, int]]:
    """Words, numbers and marks; white space is left out."""
    return (unit.span() for unit in UNIT.finditer(text))


def _parts(sentence: Sentence, heard: Heard) -> Iterator[Part]:
    taken: set[int] = set()
    for start, end in sentence.runs:
        for part in _run(sentence, start, end, heard):
            taken.update(range(part[0], part[1]))
            yield part
    index = 0
    while index < len(sentence.words):
        length = 0
        if index not in taken and sentence.words[index].text[0].islower():
            length = sentence.place_at(index, small=True)
        if length:
            yield index, index + length, "PLACE", "en.small_place"
        index += max(1, length)


def _run(sentence: Sentence, start: int, end: int, heard: Heard) -> Iterator[Part]:
    """What one run is, or holds."""
    lows = [sentence.low(index) for index in range(start, end)]
    cues = english_cues()
    if sentence.place_at(start) == end - start:
        yield from _known_place(sentence, start, end, heard)
    elif any(low in cues["organisation"] for low in lows):
        yield from _in_organisation(sentence, start, end)
    elif len(lows) > 1 and lows[-1] in cues["place_last"]:
        yield start, end, "PLACE", "en.place_last"
    elif any(low in _SMALL_BREAKS for low in lows):
        yield from _broken(sentence, start, end, heard)
    elif end - start == 1:
        yield from _single(sentence, start, heard)
    else:
        yield from _several(sentence, start, end, heard)


def _broken(sentence: Sentence, start: int, end: int, heard: Heard) -> Iterator[Part]:
    """The stretches on both sides of *of* and *and*, each for itself."""
    index = start
    for cut in [index for index in range(start, end) if sentence.words[index].text in _SMALL_BREAKS] + [end]:
        if index < cut:
            yield from _run(sentence, index, cut, heard)
        index = cut + 1


def _in_organisation(sentence: Sentence, start: int, end: int) -> Iterator[Part]:
    index = start
    while index < end:
        length = sentence.place_at(index)
        if length and index + length <= end:
            yield index, index + length, "PLACE", "en.in_organisation"
        index += max(1, length)


def _known_place(sentence: Sentence, start: int, end: int, heard: Heard) -> Iterator[Part]:
    key = sentence.key(start, end)
    kind = english_places().names[key]
    before, after = sentence.low(start - 1), sentence.low(end)
    cues = english_cues()
    text = sentence.words[start].text
    if end - start == 1 and (kind == "state" or len(text) < 4) and not text.isupper():
        return
    if end - start == 1 and heard.names.get(text) == "PERSON":
        yield start, end, "PERSON", "en.heard_place"
    elif before in cues["title"] or (after in cues["person_after"] and kind != "country"):
        yield start, end, "PERSON", "en.titled_place"
    elif kind == "mixed" and before not in cues["place_before"] and after != ",":
        person = "given" in english_people().get(key, "")
        yield start, end, "PERSON" if person else "PLACE", "en.place_or_given" if person else "en.place_mixed"
    else:
        tail = "_in" if before in cues["place_before"] else ""
        yield start, end, "PLACE", f"en.{kind}{tail}"


def _single(sentence: Sentence, index: int, heard: Heard) -> Iterator[Part]:
    word = sentence.words[index]
    cues = english_cues()
    before, after = sentence.low(index - 1), sentence.low(index + 1)
    known = heard.names.get(word.text)
    kind = english_people().get(word.low, "")
    if word.text.isupper() and len(word.text) > 1 and not (sentence.shouted and "given often" in kind):
        return
    if before in cues["title"]:
        yield index, index + 1, "PERSON", "en.called" if before in ("named", "called") else "en.title"
    elif known:
        yield index, index + 1, known, "en.heard"
    elif "given" in kind:
        yield index, index + 1, "PERSON", f"en.given_{_strength(kind, 'given')}"
    elif after == "," and index + 2 < len(sentence.words) and _is_region(sentence, index + 2):
        yield index, index + 1, "PLACE", "en.before_region"
    elif "family" in kind:
        strength = _strength(kind, "family")
        said = "_said" if after in cues["person_after"] else ""
        yield index, index + 1, "PERSON", f"en.family_{strength}{said}"
    elif after in cues["person_after"]:
        yield index, index + 1, "PERSON", "en.said"
    elif before in ("in", "near"):
        yield index, index + 1, "PLACE", "en.in"
    else:
        yield index, index + 1, "PERSON", "en.unknown"


def _strength(kind: str, role: str) -> str:
    return next(part for part in ("often", "rare", "mixed") if f"{role} {part}" in kind)


def _is_region(sentence: Sentence, index: int) -> bool:
    length = sentence.place_at(index)
    return bool(length) and english_places().names[sentence.key(index, index + length)] in ("country", "state")


def _several(sentence: Sentence, start: int, end: int, heard: Heard) -> Iterator[Part]:
    """A run of two words and more that is no known place as a whole."""
    cues, people = english_cues(), english_people()
    lows = [sentence.low(index) for index in range(start, end)]
    head = sentence.place_at(start)
    kind, last = people.get(lows[0], ""), people.get(lows[-1], "")
    texts = [sentence.words[index].text for index in range(start, end)]
    if head and sentence.place_at(start + head) == end - start - head:
        yield start, start + head, "PLACE", "en.place_beside"
        yield start + head, end, "PLACE", "en.place_beside"
    elif sentence.low(start - 1) in cues["title"]:
        yield start, end, "PERSON", "en.titled"
    elif "given" in kind and not (head and "family" not in last):
        yield start, end, "PERSON", f"en.given_{'family' if 'family' in last else 'name'}_{_strength(kind, 'given')}"
    elif lows[0] in cues["place_first"] and len(lows) < 4:
        yield start, end, "PLACE", "en.place_first"
    elif any(map(_INITIAL.fullmatch, texts[:-1])) and not _INITIAL.fullmatch(texts[-1]):
        yield start, end, "PERSON", "en.initial"
    elif len(lows) == 2 and _HYPHENED.fullmatch(texts[1]) and not is_common(lows[0]):
        yield start, end, "PERSON", "en.hyphened"
    elif len(lows) == 2 and all(map(_PINYIN.fullmatch, lows)) and not is_common(lows[1]):
        yield start, end, "PERSON", "en.pinyin"
    elif heard.names.get(texts[-1]) == "PERSON":
        yield start, end, "PERSON", "en.heard_last"
    elif "given" in last and "mixed" not in last and is_common(lows[0]):
        yield end - 1, end, "PERSON", "en.given_last"
    elif len(lows) == 2 and "family" in last and "mixed" not in last and not is_common(lows[0]) and not head:
        yield start, end, "PERSON", "en.family"
    elif head:
        yield start, start + head, "PLACE", "en.place_head"
    elif tail := sentence.place_at(end - 1):
        yield end - tail, end, "PLACE", "en.place_tail"
    elif sentence.low(end) in cues["person_after"]:
        yield start, end, "PERSON", "en.said_several"
    elif not any(map(is_common, lows)) and len(lows) < 4:
        yield start, end, "PERSON", "en.unknown_several"
    else:
        yield start, end, "PERSON", "en.unknown_common"
