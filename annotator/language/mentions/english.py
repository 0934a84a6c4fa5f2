"""People and places in English: what runs of capitalised words are, by tables and by their neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.language.mentions.english_runs import Part, Run, several
from annotator.language.mentions.english_words import Sentence, strength
from annotator.language.mentions.found import Found, Heard
from annotator.language.mentions.gazetteer import demonyms, english_cues, english_people, english_places
from annotator.language.mentions.patterns import found

_BREAKS = frozenset(("of", "and", "the", "for", "&"))
_WHO = frozenset(("who", "whose"))
# Before people as well as before places.
_TO_ANYONE = frozenset(("to", "from", "of"))
_CALLED = frozenset(("named", "called"))


def find(sentence: Sentence, heard: Heard) -> Iterator[Found]:
    """All that any rule sees in a sentence; they may overlap."""
    taken: set[int] = set()
    for start, end in sentence.runs:
        for part in _run(sentence, start, end, heard):
            taken.update(range(part[0], part[1]))
            yield _found(sentence, part)
    for part in _small_places(sentence, taken):
        yield _found(sentence, part)


def _found(sentence: Sentence, part: Part) -> Found:
    first, last, label, pattern = part
    start, end = sentence.words[first].start, sentence.words[last - 1].end
    quote = sentence.text[start:end]
    # The point of an initial or of Ave. that ends the sentence; U.S. and J. R. keep theirs.
    stripped = quote.endswith(".") and quote.count(".") == 1
    return found(start, end - stripped, label, pattern)


def _small_places(sentence: Sentence, taken: set[int]) -> Iterator[Part]:
    """Places that a careless writer gave no capital."""
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
    breaks = [index for index in range(start, end) if sentence.words[index].text in _BREAKS]
    organised = any(low in cues["organisation"] for low in lows)
    known = sentence.place_at(start) == end - start
    if sentence.low(start - 1) in cues["kin"] and sentence.capital(start - 1):
        yield start - 1, end, "PERSON", "en.kin"
        if known:
            yield start, end, "PLACE", "en.nested"
    elif known:
        yield from _known_place(sentence, start, end, heard)
    elif breaks and (not organised or _is_full_name(sentence, start, breaks[0])):
        yield from _broken(sentence, start, end, breaks, heard)
    elif cues["storm"].intersection((*lows, sentence.low(start - 1))):
        return
    elif organised:
        yield from _in_organisation(sentence, start, end)
    elif lows[-1] in cues["place_last"] and (len(lows) > 1 or _after_demonym(sentence, start)):
        yield start - _after_demonym(sentence, start), end, "PLACE", "en.place_last"
    elif end - start == 1:
        yield from _single(sentence, start, heard)
    else:
        yield from several(Run(sentence, start, end, heard))


def _is_full_name(sentence: Sentence, start: int, end: int) -> bool:
    return end - start > 1 and "given" in english_people().get(sentence.low(start), "")


def _after_demonym(sentence: Sentence, start: int) -> bool:
    return start > 0 and sentence.low(start - 1) in demonyms() and sentence.touching(start)


def _broken(sentence: Sentence, start: int, end: int, breaks: list[int], heard: Heard) -> Iterator[Part]:
    """The stretches on both sides of *of* and *and*, each for itself; the Port of Kaohsiung is one."""
    first = breaks[0]
    of = len(breaks) == 1 and sentence.low(first) == "of"
    if of and sentence.low(first - 1) in english_cues()["place_of"]:
        yield start, end, "PLACE", "en.place_of"
        if sentence.place_at(first + 1) == end - first - 1:
            yield first + 1, end, "PLACE", "en.nested"
        return
    index = start
    for cut in [*breaks, end]:
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
    near = before in cues["place_before"] and not (kind == "mixed" and before in _TO_ANYONE)
    text = sentence.words[start].text
    if end - start == 1 and heard.names.get(text) == "PERSON":
        yield start, end, "PERSON", "en.heard_place"
    elif before in cues["title"] or (after in cues["person_after"] and kind != "country"):
        yield start, end, "PERSON", "en.titled_place"
    elif after == "," and kind != "country" and _is_region(sentence, end + 1):
        yield start, end, "PLACE", "en.before_region"
    elif kind == "mixed" and not near and after != ",":
        yield start, end, *_mixed(english_people().get(key, ""))
    else:
        yield start, end, "PLACE", f"en.{kind}{'_in' if near else ''}"


def _mixed(kind: str) -> tuple[str, str]:
    """What a place is whose name is a word or the name of a person as well, if nothing tells a place."""
    if "given" in kind:
        return "PERSON", "en.place_or_given"
    return ("PERSON", "en.place_or_family") if kind else ("PLACE", "en.place_mixed")


def _single(sentence: Sentence, index: int, heard: Heard) -> Iterator[Part]:
    """One capitalised word that is no known place."""
    word = sentence.words[index]
    kind = english_people().get(word.low, "")
    if word.text.isupper() and len(word.text) > 1 and not (sentence.shouted and "given often" in kind):
        return
    known = heard.names.get(word.text)
    before = sentence.low(index - 1)
    if before in english_cues()["title"]:
        yield index, index + 1, "PERSON", "en.called" if before in _CALLED else "en.title"
    elif known:
        yield index, index + 1, known, "en.heard"
    elif "known" in kind:
        yield index, index + 1, "PERSON", "en.known_person"
    elif "given" in kind:
        yield index, index + 1, "PERSON", f"en.given_{strength(kind, 'given')}"
    elif sentence.low(index + 1) == "," and _is_region(sentence, index + 2):
        yield index, index + 1, "PLACE", "en.before_region"
    else:
        yield _unlisted(sentence, index, kind)


def _unlisted(sentence: Sentence, index: int, kind: str) -> Part:
    """A word that is at most a family name."""
    behind = 2 if sentence.low(index + 1) == "," and sentence.low(index + 2) in _WHO else 1
    said = sentence.low(index + behind) in english_cues()["person_after"]
    if "family" in kind:
        said = said or sentence.owns(index)
        return index, index + 1, "PERSON", f"en.family_{strength(kind, 'family')}{'_said' if said else ''}"
    if said:
        return index, index + 1, "PERSON", "en.said"
    if sentence.low(index - 1) in ("in", "near"):
        return index, index + 1, "PLACE", "en.in"
    return index, index + 1, "PERSON", "en.unknown"


def _is_region(sentence: Sentence, index: int) -> bool:
    if index >= len(sentence.words):
        return False
    length = sentence.place_at(index)
    kind = english_places().names.get(sentence.key(index, index + length))
    return kind in ("country", "state")
