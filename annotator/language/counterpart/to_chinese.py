"""Candidates in the Chinese text for a person or place of the English one."""

from __future__ import annotations

import re

from annotator.language.counterpart.candidate import Candidate, Knowledge, Mention, Reason
from annotator.language.counterpart.english import words
from annotator.language.counterpart.listed import listed_chinese
from annotator.language.counterpart.meaning import edges, renderings
from annotator.language.counterpart.named import named_in_chinese
from annotator.language.counterpart.native import native_stretches
from annotator.language.counterpart.parts import chinese_parts
from annotator.language.counterpart.pool import Pool, occurrences, plain
from annotator.language.counterpart.sound import likeness, stretches
from annotator.language.counterpart.tables import (
    SUFFIXES,
    alike_formal,
    entries,
    in_chinese,
    kinds,
    of_english,
    surnames,
    titles,
)
from annotator.language.pinyin import spellings
from annotator.language.script import simplified
from annotator.language.words import SPELLING

_LEAST = 0.3
_PART_LINKED = 0.95
# How many characters earlier a name may begin; it may be Daniel for Dan if the family names are alike.
_FURTHER, _SAME_FAMILY = 4, 0.7
_ONE_CHARACTER = 0.6
_HEARD_TIMES = 4
_FULL, _TURNED = 0.98, 0.96
_LISTED = 0.95
_WHOLE = ("linked", "text", "dictionary")
# How many characters further on or back a name may end, and how much less it may sound alike.
_NEAR_ENDS, _LESS_ALIKE = (1, -1, 2), 0.12
_BEFORE = {"老": ("Old",), "小": ("Little", "Young", "Xiao"), "阿": ("Ah", "A"), "大": ("Big", "Da")}
_SPELT = 0.975
_NO_SUFFIX = re.compile(r"[省市州县縣区區岛島][民长長委政府议議立内內中]")
_OPENING = re.compile(r"[（(]\s*\Z")
_NAME_CHARS = frozenset(SPELLING)
# What transliterations often end with.
_LAST = frozenset("尔利斯特德克格姆里拉娜亚奇茨夫普塔托罗顿森恩卡达莎莉丝思诺丁翰逊爾亞頓遜翰")
# Written in names, but a verb or preposition behind one.
_NOT_LAST = frozenset("是于曾尤和与在说将有为及")
_DOT = re.compile("[•·・‧∙]")
_DOTS = frozenset("•·・‧∙")
_BREAK = re.compile(r"[\s，。、；：,.;:!?！？“”\"'「」《》()（）]")


def chinese_candidates(zh: str, en: str, mention: Mention, known: Knowledge) -> list[Candidate]:
    """Everything in the Chinese text that may say the same as the English mention, best first."""
    name = en[mention.start : mention.end]
    pool = Pool()
    for chinese in known.linked_back.get(name, ()):
        _add_all(zh, chinese, 0.99, "linked", pool)
    for part in chinese_parts(known).get(name, ()):
        _add_all(zh, part, _PART_LINKED, "linked", pool)
    in_brackets = en[: mention.start].rstrip().endswith(("(", "（"))
    _same_text(zh, name, mention.label, pool, in_brackets)
    _from_tables(zh, name, mention.label, pool)
    if not pool.sure():
        _from_dictionary(zh, name, mention.label, known, pool)
        _by_sound(zh, name, mention.label, known, pool)
    for one in named_in_chinese(zh, en, mention, known) if _asks_meaning(name, mention, pool) else ():
        end = _with_suffix(zh, one.end) if mention.label == "PLACE" else one.end
        pool.add(one.start, end, one.score, one.reason)
    if mention.label not in ("PERSON", "PLACE"):
        _with_kinds(zh, known, pool)
    if mention.label == "PLACE" and "," in name:
        _by_pieces(zh, name, known, pool)
    return pool.ranked()


def _with_kinds(zh: str, known: Knowledge, pool: Pool) -> None:
    """What is no person or place may end with a word of kind that English says otherwise, or not at all."""
    begun = {one.start for one in renderings(zh, known) if one.end - one.start > 1}
    for one in pool.ranked():
        for kind in kinds() if one.reason not in _WHOLE else ():
            if zh.startswith(kind, one.end) and (len(kind) > 1 or one.end not in begun):
                pool.add(one.start, one.end + len(kind), min(0.97, one.score + 0.02), one.reason)


def _asks_meaning(name: str, mention: Mention, pool: Pool) -> bool:
    """A place that the tables know is found by name, or not there."""
    return not pool.sure() and not (mention.label == "PLACE" and of_english(name))


def _add_all(zh: str, part: str, score: float, reason: Reason, pool: Pool) -> None:
    at = zh.find(part)
    while part and at >= 0:
        pool.add(at, at + len(part), score, reason)
        at = zh.find(part, at + len(part))


def _same_text(zh: str, name: str, label: str, pool: Pool, in_brackets: bool) -> None:
    parts = [name]
    pieces = name.split()
    if label == "PERSON" and len(pieces) > 1:
        parts.extend([pieces[-1], pieces[0]])
    for number, part in enumerate(parts):
        met = False
        for start, end in occurrences(part, zh):
            met = True
            pool.add(start, end, 1.0 if in_brackets else 0.97 - 0.1 * bool(number), "text")
            opening = _OPENING.search(zh, 0, start)
            if opening and not in_brackets:
                _before_gloss(zh, opening.start(), zh[start:end], pool)
        if met:
            return
    _near_text(zh, name, pool)


def _near_text(zh: str, name: str, pool: Pool) -> None:
    """Latin words of the Chinese text that differ by a letter or a space."""
    from difflib import SequenceMatcher

    wanted = plain(name).replace(" ", "")
    for match in re.finditer(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f.’'\s-]*", zh):
        found = match[0].rstrip(" .-")
        alike = SequenceMatcher(None, wanted, plain(found).replace(" ", "")).ratio()
        if alike >= 0.75:
            pool.add(match.start(), match.start() + len(found), 0.95 * alike, "text")
            opening = _OPENING.search(zh, 0, match.start())
            if opening:
                _before_gloss(zh, opening.start(), found, pool)


def _before_gloss(zh: str, end: int, latin: str, pool: Pool) -> None:
    """The Chinese name that Latin words in brackets explain."""
    begin = max((match.end() for match in _BREAK.finditer(zh, 0, end)), default=0)
    begin = max(begin, end - 24)
    for found in in_chinese(zh[:end]):
        if found.entries & of_english(latin) and end in (found.end, _with_suffix(zh, found.end)):
            dotted = zh[found.start - 1 : found.start] in _DOTS
            pool.add(_left_of_dot(zh, found.start) if dotted else found.start, end, 0.995, "gloss")
            return
    best = max(
        ((likeness(zh[start:end], latin), -start) for start in range(begin, end - 1)), default=(0.0, 0)
    )
    native = next(
        (end - size for size in (3, 2) if end - size >= begin and zh[end - size] in surnames()), None
    )
    if best[0] > (0.35 if native is None else 0.6):
        start = -best[1]
        pool.add(_left_of_dot(zh, start) if zh[start - 1 : start] in _DOTS else start, end, 0.995, "gloss")
    elif native is not None:
        pool.add(native, end, 0.99, "gloss")


def _from_tables(zh: str, name: str, label: str, pool: Pool) -> None:
    wanted = of_english(name)
    if not wanted:
        return
    for found in in_chinese(zh):
        if not wanted & found.entries:
            continue
        right_kind = any(entries()[number].person == (label == "PERSON") for number in wanted & found.entries)
        end = found.end if label == "PERSON" else _with_suffix(zh, found.end)
        trust = (0.97 if right_kind else 0.8) - 0.05 * (not alike_formal(zh[found.start : found.end], name))
        one = Candidate(found.start, end, trust, "table")
        pool.add(*_dotted(zh, one) if label == "PERSON" else one)
    if label == "PLACE":
        _short_countries(zh, wanted, pool)


def _short_countries(zh: str, wanted: frozenset[int], pool: Pool) -> None:
    """中美, 美中关系: two countries by a character each."""
    short = {name for number in wanted for name in entries()[number].zh if len(name) == 1}
    if not short:
        return
    every = "".join(name for entry in entries() for name in entry.zh if len(name) == 1)
    for match in re.finditer(f"[{every}]{{2,}}", simplified(zh)):
        for offset, char in enumerate(match[0]):
            if char in short:
                pool.add(match.start() + offset, match.start() + offset + 1, 0.6, "table")


def _with_suffix(zh: str, end: int) -> int:
    """Past a word of kind that follows a place: 安大略省."""
    if (
        zh[end : end + 1] in SUFFIXES
        and zh[end - 1 : end] not in SUFFIXES + "国國洲"
        and not _NO_SUFFIX.match(zh, end)
    ):
        return end + len(zh[end : end + 1])
    return end


def _dotted(zh: str, one: Candidate) -> Candidate:
    """The whole name with inner dots that a part of it was found in."""
    start, end = one.start, one.end
    while start > 1 and zh[start - 1] in _DOTS:
        start = _left_of_dot(zh, start)
    while end + 1 < len(zh) and zh[end] in _DOTS and zh[end + 1] in _NAME_CHARS:
        end += 2
    if any(dot in zh[start:end] for dot in _DOTS):
        while end - 2 > start and zh[end - 1] in _NOT_LAST:
            end -= 1
        while end < len(zh) and zh[end] in _LAST:
            end += 1
    return one._replace(start=start, end=end)


def _to_the_left(zh: str, one: Candidate, latin: str, alike: float, known: Knowledge) -> Candidate:
    """A name with dots may begin some characters earlier, where that sounds as well or a word ends there."""
    bounds = edges(zh, known) if not _DOTS.isdisjoint(zh[one.start : one.end]) else frozenset()
    if not bounds or one.start in bounds:
        return one
    best = one.start
    family = _DOT.split(zh[one.start : one.end])[-1]
    for start in range(one.start - 1, max(-1, one.start - _FURTHER - 1), -1):
        if zh[start] not in _NAME_CHARS:
            break
        if start in bounds and likeness(family, latin.split()[-1]) > _SAME_FAMILY:
            return one._replace(start=start)
        if likeness(zh[start : one.end], latin) > alike - 0.02:
            best = start
    return one._replace(start=best)


def _to_the_edge(zh: str, one: Candidate, latin: str, known: Knowledge) -> Candidate:
    """A name with dots ends where a word does, a character sooner or later if it sounds about as well."""
    bounds = edges(zh, known)
    if one.end in bounds or _DOTS.isdisjoint(zh[one.start : one.end]):
        return one
    alike = likeness(zh[one.start : one.end], latin)
    for end in (one.end + more for more in _NEAR_ENDS):
        as_well = likeness(zh[one.start : end], latin) > alike - _LESS_ALIKE
        if as_well and end in bounds and _NAME_CHARS.issuperset(zh[one.end : end]):
            return one._replace(end=end)
    return one


def _left_of_dot(zh: str, start: int) -> int:
    """Where the part of a name begins whose dot stands before `start`."""
    start -= 2
    while start > 0 and zh[start - 1] in _NAME_CHARS:
        start -= 1
    return start


def _from_dictionary(zh: str, name: str, label: str, known: Knowledge, pool: Pool) -> None:
    # What the tables know is found there.
    for chinese in () if of_english(name) else listed_chinese(name):
        _add_all(simplified(zh), chinese, _LISTED, "dictionary", pool)
    for one in renderings(zh, known):
        if one.end - one.start > 1 and name in one.names:
            place = label != "PERSON"
            end = _with_suffix(zh, one.end) if place else one.end
            pool.add(one.start, end, 0.93, "dictionary")


def _by_sound(zh: str, name: str, label: str, known: Knowledge, pool: Pool) -> None:
    parts = [word for word in words(name) if not word.title]
    texts = [word.text for word in parts]
    if not texts:
        return
    heard = [(" ".join(texts), _FULL if len(texts) > 1 else 0.97)]
    if label == "PERSON" and len(texts) > 1:
        turned = " ".join([texts[-1], *texts[:-1]])
        heard.extend([(turned, _TURNED), (texts[-1], 0.88), (texts[0], 0.82)])
    for latin, trust in heard:
        _hear(zh, latin, trust, label, pool, known, name)
    if label == "PERSON":
        _with_prefix(zh, texts, pool)
        for one in native_stretches(zh, texts, edges(zh, known)):
            reason: Reason = "pinyin" if one.score > _SPELT else "sound"
            pool.add(*_with_title(zh, Candidate(*one, reason), name))
    if label == "PLACE":
        _by_kind(zh, texts, known, pool)


def _with_prefix(zh: str, texts: list[str], pool: Pool) -> None:
    """Old Li, Little Wang, Ah Q: a prefix and one character."""
    if len(texts) != 2:
        return
    for at, char in enumerate(zh[:-1]):
        if char in _BEFORE and texts[0] in _BEFORE[char] and texts[1].lower() in spellings(zh[at + 1]):
            pool.add(at, at + 2, _FULL, "pinyin")


def _by_kind(zh: str, texts: list[str], known: Knowledge, pool: Pool) -> None:
    """The Potomac River, River Thames, City of London: the word of kind stands behind in Chinese."""
    for kind, english in kinds().items():
        if kind not in zh:
            continue
        for rest in _without(texts, english):
            inner = Pool()
            _from_tables(zh, rest, "PLACE", inner)
            _hear(zh, rest, 0.97, "PLACE", inner, known)
            for one in inner.ranked():
                if zh.endswith(kind, one.start + 1, one.end):
                    pool.add(*one)
                elif zh.startswith(kind, one.end):
                    pool.add(one.start, one.end + len(kind), min(0.98, one.score + 0.05), one.reason)


def _without(texts: list[str], english: tuple[str, ...]) -> list[str]:
    found = []
    if len(texts) > 1 and texts[-1] in english:
        found.append(" ".join(texts[:-1]))
    if len(texts) > 1 and texts[0] in english:
        found.append(" ".join(texts[2:] if texts[1] == "of" else texts[1:]))
    return [part for part in found if part]


def _hear(
    zh: str, latin: str, trust: float, label: str, pool: Pool, known: Knowledge, name: str = ""
) -> None:
    """Every stretch that sounds like it, the best first; what was heard is not heard again."""
    for start, end, alike in stretches(zh, latin, _LEAST)[:_HEARD_TIMES]:
        if end - start == 1 and label not in ("PERSON", "PLACE"):
            continue
        if end - start == 1 and label == "PLACE":
            end += next((len(kind) for kind in kinds() if zh.startswith(kind, end)), 0)
        exact = alike > 0.98
        if not exact:
            chars = [char for char in zh[start:end] if char.isalpha()]
            spelt = sum(char in _NAME_CHARS for char in chars) / max(1, len(chars))
            alike *= 0.7 + 0.3 * spelt
            if len(chars) < 2:
                alike *= 0.7
        if end - start == 1 and label == "PERSON":
            alike *= _ONE_CHARACTER
        whole = label == "PERSON" and trust == _FULL and alike > 0.72
        score = 0.975 + 0.01 * alike if whole else alike * trust
        one = Candidate(start, end, score, "pinyin" if exact else "sound")
        if label == "PERSON":
            one = _to_the_left(zh, _dotted(zh, one), latin, alike, known)
            one = _to_the_edge(zh, one, latin, known)
            one = _with_title(zh, one, name or latin)
        else:
            one = one._replace(end=_with_suffix(zh, one.end))
        pool.add(*one)


def _with_title(zh: str, one: Candidate, name: str) -> Candidate:
    """顾大伯 for Uncle Gu: a word of kinship goes with the name if it does in English."""
    for title, english in titles().items():
        if any(word in name.split() for word in english) and zh.startswith(title, one.end):
            return one._replace(end=one.end + len(title))
    return one


def _by_pieces(zh: str, name: str, known: Knowledge, pool: Pool) -> None:
    """Denver, Colorado: in Chinese the larger place comes first."""
    pieces = [piece.strip() for piece in name.split(",") if piece.strip()]
    found = [chinese_candidates(zh, piece, Mention(0, len(piece), "PLACE"), known) for piece in pieces]
    good = [ranked[0] for ranked in found if ranked and ranked[0].score > 0.6]
    if len(good) < 2:
        return
    start, end = min(one.start for one in good), max(one.end for one in good)
    if end - start <= sum(one.end - one.start for one in good) + 2:
        pool.add(start, end, min(one.score for one in good) + 0.02, "part")
