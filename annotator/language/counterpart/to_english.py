"""Candidates in the English text for a person or place of the Chinese one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from annotator.language.counterpart.candidate import Candidate, Knowledge, Mention, Reason
from annotator.language.counterpart.english import Run, runs
from annotator.language.counterpart.english import words as words_of
from annotator.language.counterpart.listed import listed_english
from annotator.language.counterpart.meaning import english_names
from annotator.language.counterpart.named import named_in_english
from annotator.language.counterpart.native import native_likeness
from annotator.language.counterpart.parts import english_parts
from annotator.language.counterpart.pool import GLOSS, LATIN, Pool, latin_share, occurrences, plain
from annotator.language.counterpart.sound import likeness
from annotator.language.counterpart.tables import (
    alike_formal,
    entries,
    in_english,
    kind_words,
    kinds,
    of_chinese,
    of_english,
    titles,
)

_DOTS = re.compile(r"[•·・‧∙\s]+")
_PIECES = re.compile(r".+?(?:[省州市县區区国](?=.{2})|\Z)")
_PEOPLE = re.compile(r"[a-z](?:ians?|ans|ese|ish)\Z")
_LEAST = 0.3
_EXACT = 0.98
_PART_LINKED = 0.95
_BRACKETED = 0.03
_LISTED, _LISTED_CORE, _GLOSSED = 0.95, 0.85, 0.93
_KIND_MISSING = 0.4
_BEFORE = {"老": ("Old",), "小": ("Little", "Young"), "阿": ("Ah", "Auntie")}


def english_candidates(zh: str, en: str, mention: Mention, known: Knowledge) -> list[Candidate]:
    """Everything in the English text that may say the same as the Chinese mention, best first."""
    name = zh[mention.start : mention.end]
    pool = Pool()
    _linked(name, en, known, pool)
    if latin_share(name) > 0.5:
        _same_text(name, en, pool)
        return pool.ranked()
    gloss = GLOSS.match(zh, mention.end)
    # An English text with the same gloss has something else for the name before it.
    if gloss and f"({gloss['latin']})" not in en:
        _glossed(gloss["latin"], en, mention.label, pool)
    _from_tables(name, en, mention.label, pool)
    for listed, score in _listed(name, mention.label, known):
        _add_named(en, listed, score, mention.label, pool)
    _by_sound(name, en, mention.label, pool)
    if not pool.sure() and not (mention.label == "PLACE" and of_chinese(name)):
        for one in named_in_english(zh, en, mention, known):
            pool.add(*one)
    if mention.label == "PLACE":
        _by_pieces(name, en, known, pool)
    return pool.ranked()


def _linked(name: str, en: str, known: Knowledge, pool: Pool) -> None:
    for linked in known.linked.get(name, ()):
        for start, end in occurrences(linked, en, exact=True):
            if not _in_longer(linked, start, end, en):
                pool.add(start, end, 0.99, "linked")
    for part in english_parts(known).get(name, ()):
        for start, end in occurrences(part, en, exact=True):
            pool.add(start, end, _PART_LINKED, "linked")


def _in_longer(name: str, start: int, end: int, en: str) -> bool:
    """Whether a longer name of the same thing stands there: Great Britain, where Britain was linked."""
    wanted = of_english(name)
    return any(
        found.start <= start and end <= found.end and found.end - found.start > end - start
        for found in in_english(en)
        if wanted & found.entries
    )


def _same_text(name: str, en: str, pool: Pool, reason: Reason = "text") -> None:
    met = False
    for start, end in occurrences(name, en):
        pool.add(start, end, 1.0, reason)
        met = True
    if met:
        return
    wanted = plain(name).replace(" ", "")
    for run in runs(en):
        alike = SequenceMatcher(None, wanted, plain(run.text()).replace(" ", "")).ratio()
        last = plain(name.split()[-1]) == plain(run.words[-1].text)
        if alike >= 0.7 or last:
            pool.add(run.start, run.end, 0.95 * max(alike, 0.85 if last else 0.0), reason)


def _glossed(latin: str, en: str, label: str, pool: Pool) -> None:
    inner = Pool()
    _same_text(latin, en, inner, "gloss")
    for one in inner.ranked():
        pool.add(one.start, one.end, one.score - 0.01, "gloss")
        if label == "PERSON":
            _widen(one, en, pool)


def _from_tables(name: str, en: str, label: str, pool: Pool) -> None:
    wanted = of_chinese(name)
    if not wanted:
        return
    for found in in_english(en):
        if not wanted & found.entries:
            continue
        if found.demonym:
            pool.add(found.start, found.end, 0.4, "demonym")
            continue
        right_kind = any(entries()[number].person == (label == "PERSON") for number in wanted & found.entries)
        start = found.start if label == "PLACE" else _past_titles(en, found.start, found.end)
        one = Candidate(
            start,
            found.end,
            (0.97 if right_kind else 0.8)
            - 0.05 * (not alike_formal(name, en[start : found.end]))
            - _BRACKETED * (en[start - 1 : start] == "("),
            "table",
        )
        pool.add(*one)
        if label == "PERSON":
            _widen(one, en, pool)
        elif further := _with_kind(name, en, found.end):
            pool.add(start, further, one.score + 0.01, "table")


def _with_kind(name: str, en: str, end: int) -> int:
    """Past the English word of kind behind a place that Chinese says too: Chiayi County; 0 without one."""
    english = next((words for kind, words in kinds().items() if name.endswith(kind)), ())
    after = next((word for word in words_of(en) if word.start > end), None)
    behind = after is not None and en[end : after.start] == " " and after.text in english
    return after.end if after is not None and behind else 0


def _past_titles(en: str, start: int, end: int) -> int:
    """Titles are no part of a name, also where a table has them."""
    for word in words_of(en):
        if word.start == start and word.end < end and word.title:
            start = word.end + 1
    return start


def _widen(one: Candidate, en: str, pool: Pool) -> None:
    """A person's whole name stands round the part that was found."""
    for run in runs(en):
        if (run.start, run.end) == run.person and run.start <= one.start and one.end <= run.end:
            if of_english(run.text()) and not _is_person(run.text()):
                continue
            if any(word.text in kind_words() and word.end > one.end for word in run.words):
                continue
            pool.add(run.start, run.end, one.score + 0.005, one.reason)


def _is_person(name: str) -> bool:
    return any(entries()[number].person for number in of_english(name))


def _listed(name: str, label: str, known: Knowledge) -> Iterator[tuple[str, float]]:
    """The English names that the lexicon and dictionaries list for a mention, and how far to trust them;
    also for one without its words of kind: 苏富比拍卖行."""
    yield from ((one, _LISTED) for one in listed_english(name))
    for gloss in known.glosses(name) if known.glosses is not None else ():
        yield from ((one, _GLOSSED) for one in english_names(gloss))
    if label in ("PERSON", "PLACE"):
        return
    kind = next((kind for kind in kinds() if name.endswith(kind)), "")
    while kind and not listed_english(name):
        name = name.removesuffix(kind)
        yield from ((one, _LISTED_CORE) for one in listed_english(name))
        kind = next((kind for kind in kinds() if name.endswith(kind)), "")


def _add_named(en: str, name: str, score: float, label: str, pool: Pool) -> None:
    """Where a name that a dictionary or the lexicon has stands."""
    for start, end in occurrences(name, en, exact=True):
        # A table knows better: adjectives, and names that hold this one.
        if any(one.start <= start and end <= one.end for one in in_english(en)):
            continue
        pool.add(start, end, score, "dictionary")
        if label == "PERSON":
            _widen(Candidate(start, end, score, "dictionary"), en, pool)


def _by_sound(name: str, en: str, label: str, pool: Pool) -> None:
    for run in runs(en):
        entry = of_english(run.text())
        demonym = not entry and any(
            found.demonym and (found.start, found.end) == (run.start, run.end) for found in in_english(en)
        )
        if demonym:
            continue
        if label == "PERSON":
            opening = run.start > run.person[0] and not re.search(r"[\w,]\s*\Z", en[: run.person[0]])
            alike = person_likeness(name, run, opening=opening)
        else:
            alike = place_likeness(name, run, 0.03 if label == "PLACE" else _KIND_MISSING)
        if entry and _is_person(run.text()) != (label == "PERSON"):
            alike *= 0.85
        if label == "PLACE" and _PEOPLE.search(run.words[-1].text):
            alike *= 0.7
        if alike < _LEAST:
            continue
        reason: Reason = "pinyin" if alike > _EXACT else "sound"
        pool.add(run.start, run.end, alike * 0.97, reason)
        start = _with_title(name, en, run) if label == "PERSON" else run.start
        if start < run.start:
            pool.add(start, run.end, min(0.99, alike * 0.97 + 0.12), reason)


def _with_title(name: str, en: str, run: Run) -> int:
    """Where the word of kinship begins that both languages say with the name."""
    english = _without_title(name)[1] + _BEFORE.get(name[:1], ())
    before = [word for word in words_of(en) if word.end < run.start]
    return before[-1].start if before and before[-1].text in english else run.start


def person_likeness(name: str, run: Run, *, opening: bool = False) -> float:
    """How well a Chinese name fits an English one that may have more names or fewer, or another order.

    Args:
        opening: the word before the run opens a sentence, and need not be a name.
    """
    core, title = _without_title(name)
    words = [word.text for word in run.words]
    if title and not any(word in title for word in words):
        core = name if likeness(name, " ".join(words)) > likeness(core, " ".join(words)) else core
    whole = " ".join(words)
    alike = likeness(core, whole)
    if len(words) > 1:
        alike = max(alike, likeness(core, " ".join([words[-1], *words[:-1]])) - 0.01)
        parts = [part for part in _DOTS.split(core) if part]
        alike = max(alike, 0.95 * likeness(parts[-1], words[-1]) if parts else 0.0)
        if len(parts) == 1 and len(words) < 4:
            alike = max(alike, 0.9 * likeness(core, words[0]))
        if len(parts) > 1 and len(words) > 2:
            alike = max(alike, 0.97 * likeness(core, f"{words[0]} {words[-1]}"))
    elif len(_DOTS.split(core)) > 1:
        alike = max(alike, 0.92 * likeness(_DOTS.split(core)[-1], whole))
    alike = max(alike, native_likeness(core, words))
    if len(core) == 2 and core[0] in _BEFORE:
        alike = max(alike, likeness(core[1], whole))
    if (run.start, run.end) != run.person and not (alike > _EXACT and opening):
        alike -= 0.1
    return alike


def _without_title(name: str) -> tuple[str, tuple[str, ...]]:
    for word, english in titles().items():
        if name.endswith(word) and len(name) > len(word):
            return name[: -len(word)], english
    return name, ()


def place_likeness(name: str, run: Run, missing: float = 0.03) -> float:
    """How well a Chinese place fits an English one; words of kind must translate, the rest sound.

    Args:
        missing: what is taken off if the English name goes without the word of kind.
    """
    words = [word.text for word in run.words]
    alike = likeness(name, " ".join(words))
    for kind, english in kinds().items():
        if not name.endswith(kind) or len(name) - len(kind) < 2:
            continue
        core = name[: -len(kind)]
        alike = max(alike, likeness(core, " ".join(words)) - missing)
        for rest in _without_kind(words, english):
            known = of_chinese(core) & of_english(rest)
            alike = max(alike, 0.97 if known else min(1.0, likeness(core, rest) + 0.03))
    return alike


def _without_kind(words: Sequence[str], english: Sequence[str]) -> list[str]:
    found = []
    rest = words
    while len(rest) > 1 and rest[-1] in english:
        rest = rest[:-1]
        found.append(" ".join(rest))
    if len(words) > 1 and words[0] in english:
        rest = words[2:] if words[1] == "of" else words[1:]
        found.append(" ".join(rest))
    return [part for part in found if part]


def _by_pieces(name: str, en: str, known: Knowledge, pool: Pool) -> None:
    """Larger and smaller place in one, which English names the other way round."""
    pieces = [match[0] for match in _PIECES.finditer(name)]
    if len(pieces) < 2 or LATIN.search(name):
        return
    found = [english_candidates(piece, en, Mention(0, len(piece), "PLACE"), known) for piece in pieces]
    good = [ranked[0] for ranked in found if ranked and ranked[0].score > 0.6]
    if len(good) < 2:
        return
    start, end = min(one.start for one in good), max(one.end for one in good)
    if end - start <= sum(one.end - one.start for one in good) + 6:
        pool.add(start, end, min(one.score for one in good), "part")
