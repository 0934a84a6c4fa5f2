"""How alike a Chinese name and a Latin one sound.

A Chinese character is an initial, a vowel and perhaps a final n; Latin letters are read by rough rules into
the same kinds of sounds. Each character takes a few sounds of the Latin name, at the cost of the cheapest way
to turn one into the other; a small dynamic programme shares the sounds out. The costs follow what
transliterators do: vowels after a lone consonant are free, r and l are one, r and h fall away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.language.pinyin import readings, spellings
from annotator.language.script import simplified
from annotator.language.words import SPELLING

_REACH = 6
_VOWELS = "aeiouy"
_GLIDES = re.compile(r"[yw]")
_INITIAL = re.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?")

# Latin letters to sounds, longest first.
_READ_AS = """
    tsch>C sch>S tch>C tz>c dt>T ts>c cz>C sz>S ch>C ck>K ph>F sh>S th>0 wh>W gh>h kh>H hs>X dg>J dj>J
    zh>J ng>N qu>KW x>Ks q>K b>B d>D f>F h>h j>J k>K l>L m>M n>N p>P r>R s>s t>T v>V w>W z>Z
"""
_RULES = [(letters, kinds) for letters, _, kinds in (rule.partition(">") for rule in _READ_AS.split())]

# What each initial may stand for, and at what cost; all else costs a full sound.
_STANDS_FOR: dict[str, dict[str, float]] = {
    line.split()[0]: {pair[0]: float(pair[2:]) for pair in line.split()[1:]}
    for line in """
    b B:0 P:0.15 V:0.25 W:0.5
    p P:0 B:0.2 F:0.4
    m M:0 N:0.4
    f F:0 V:0.1 H:0.4 h:0.4 P:0.4 W:0.3
    d D:0 T:0.15 0:0.3 J:0.5
    t T:0 D:0.2 0:0.2 C:0.5
    n N:0 L:0.5 M:0.5
    l L:0 R:0.03 N:0.6
    g G:0 K:0.15 g:0.05 h:0.4 J:0.4 H:0.4
    k K:0 G:0.2 g:0.3 H:0.3 C:0.2 h:0.5 k:0.1
    h h:0 H:0.05 J:0.3 W:0.3 G:0.4 K:0.4 C:0.4 F:0.5
    j J:0.05 g:0.1 G:0.25 K:0.25 Z:0.35 C:0.3 c:0.35 D:0.5 Y:0.4 k:0.3
    q C:0.05 c:0.3 J:0.2 K:0.35 T:0.4 S:0.5 k:0.3 g:0.3
    x X:0 S:0.1 s:0.1 h:0.25 H:0.3 C:0.3 Z:0.3 k:0.1 0:0.3 J:0.5
    zh J:0.05 Z:0.2 D:0.5 C:0.2 g:0.15 c:0.3 Y:0.5
    ch C:0 T:0.35 J:0.3 S:0.4 c:0.3
    sh S:0 s:0.1 C:0.3 Z:0.3 0:0.3 k:0.1
    r R:0.15 J:0.25 g:0.2 Y:0.4 Z:0.4 h:0.5
    z Z:0.05 s:0.2 c:0.1 J:0.3
    c c:0 s:0.2 Z:0.2 C:0.3 k:0.1
    s s:0 Z:0.1 0:0.1 S:0.2 C:0.5 c:0.2 k:0.05
    y Y:0 J:0.2 G:0.5 g:0.4 h:0.4
    w W:0 V:0.05 h:0.4 B:0.5 R:0.5
    """.strip().splitlines()
}
# Latin vowels that each Chinese one stands for.
_VOWEL_TABLE = """
    a:au ai:aei ao:ao e:eouai ei:eai i:iey ia:iaye iao:iaoy ie:ieya iu:iuoye io:io o:oua ou:ou u:uow ua:uaw
    uai:uaiw ui:uiew uo:oua v:uy ve:uey ue:uey va:ua
"""
_ALSO = {pair.split(":")[0]: frozenset(pair.split(":")[1]) for pair in _VOWEL_TABLE.split()} | {
    "": frozenset()
}
_LOST_INITIAL = {"y": 0.05, "w": 0.1, "h": 0.35, "r": 0.5, "": 0.0}
_LOST_SOUND = {"R": 0.2, "h": 0.15, "W": 0.25, "Y": 0.15, "H": 0.4, "L": 0.5, "s": 0.5, "T": 0.45, "D": 0.45}
_LOST = 0.6
# What it costs to take a character that transliterators do not use.
_ODD = 0.12
_NAME_CHARS = frozenset(SPELLING)
_WRONG = 0.9
_VOWEL_WEIGHT = 0.35


class Sound(NamedTuple):
    """One consonant (`kind` its class) or one group of vowels (`kind` is "v"), with its letters."""

    kind: str
    letters: str


@lru_cache(maxsize=4096)
def sounds(word: str) -> tuple[Sound, ...]:
    """The sounds of a Latin word or of several; marks and accents are dropped."""
    found: list[Sound] = []
    for part in re.findall(r"[a-z]+", _plain(word)):
        found.extend(_sounds_of(part))
    return tuple(found)


def _plain(text: str) -> str:
    bare = (
        text.lower().replace("’", "").replace("'", "").replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    )
    return "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))


def _sounds_of(part: str) -> list[Sound]:
    found: list[Sound] = []
    at = 0
    while at < len(part):
        size, kinds = _next_sound(part, at)
        letters = part[at : at + size]
        doubled = found and len(kinds) == 1 and found[-1].kind == kinds and kinds != "v"
        if doubled:
            found[-1] = Sound(kinds, found[-1].letters + letters)
        else:
            found.extend(Sound(kind, letters if not number else "") for number, kind in enumerate(kinds))
        at += size
    return found


def _next_sound(part: str, at: int) -> tuple[int, str]:
    char, after = part[at], part[at + 1 : at + 2]
    if char == "y" and after and after in "aeiou" and (at == 0 or part[at - 1] not in _VOWELS):
        return 1, "Y"
    if char in _VOWELS:
        end = at
        while (
            end < len(part)
            and part[end] in _VOWELS
            and not (part[end] == "y" and part[end + 1 : end + 2] in {*"aeiou"})
        ):
            end += 1
        return max(1, end - at), "v"
    if at == 0 and part[:2] in {"kn", "wr", "ps", "pt", "gn"} and len(part) > 2:
        return 2, {"kn": "N", "wr": "R", "ps": "s", "pt": "T", "gn": "N"}[part[:2]]
    if char == "c":
        if part.startswith(("ch", "cz", "ck"), at):
            return 2, "K" if part.startswith("ck", at) else "C"
        return (1, "k") if after and after in "eiy" else (1, "K")
    if char == "g" and not part.startswith("gh", at):
        return (1, "g") if after and after in "eiy" else (1, "G")
    for letters, kinds in _RULES:
        if part.startswith(letters, at):
            return len(letters), kinds
    return 1, "h"


def weight(heard: Sequence[Sound]) -> float:
    """How much there is to be matched in a Latin name."""
    return sum(_VOWEL_WEIGHT if sound.kind == "v" else 1.0 for sound in heard)


@lru_cache(maxsize=65536)
def _cost(char: str, heard: tuple[Sound, ...]) -> float:
    """The cheapest way to take the sounds for the character; above 1.5, hardly."""
    letters = "".join(sound.letters for sound in heard)
    if letters and letters in spellings(char):
        return 0.0
    return min((_syllable_cost(syllable, heard) for syllable in readings(char)), default=2.0)


@lru_cache(maxsize=65536)
def _syllable_cost(syllable: str, heard: tuple[Sound, ...]) -> float:
    """Edit distance between initial, vowel, final and the sounds heard."""
    if syllable == "er" and len(heard) == 1 and heard[0].kind in "LR":
        return 0.0
    if syllable == "er" and not heard:
        return 0.3
    parts = _parts(syllable)
    table = [0.0]
    for sound in heard:
        table.append(table[-1] + _lost_sound(sound))
    for kind, text in parts:
        row = [table[0] + _lost_part(kind, text)]
        for number, sound in enumerate(heard):
            row.append(
                min(
                    table[number + 1] + _lost_part(kind, text),
                    row[number] + _lost_sound(sound),
                    table[number] + _taken(kind, text, sound),
                )
            )
        table = row
    return table[-1]


@lru_cache(maxsize=1024)
def _parts(syllable: str) -> tuple[tuple[str, str], ...]:
    initial = _INITIAL.match(syllable)
    first = initial[0] if initial else ""
    rest = syllable[len(first) :]
    if syllable == "er":
        return (("vowel", "e"), ("initial", "l"))
    final = "n" if rest.endswith(("n", "ng")) else ""
    vowel = rest.removesuffix("ng").removesuffix("n")
    parts = [("initial", first)] if first else []
    parts.append(("vowel", vowel))
    if final:
        parts.append(("final", "n"))
    return tuple(parts)


def _lost_part(kind: str, text: str) -> float:
    if kind == "vowel":
        return 0.06 if text in ("e", "i", "u") else 0.18
    if kind == "final":
        return 0.35
    return _LOST_INITIAL.get(text, _WRONG)


def _lost_sound(sound: Sound) -> float:
    if sound.kind == "v":
        return 0.05 if sound.letters == "e" else 0.22
    return _LOST_SOUND.get(sound.kind, _LOST)


def _taken(kind: str, text: str, sound: Sound) -> float:
    if kind == "vowel":
        if sound.kind != "v":
            return 0.1 if sound.kind in "WY" and text[:1] in "uiv" else _WRONG
        return 0.03 if not _ALSO.get(text, frozenset(text)).isdisjoint(sound.letters) else 0.15
    if sound.kind == "v":
        alike = {"y": "iey", "w": "uo"}.get(text, "") if kind == "initial" else ""
        return 0.05 if sound.letters[0] in (alike or "-") else _WRONG
    if kind == "final":
        return {"N": 0.0, "M": 0.1}.get(sound.kind, _WRONG)
    return _STANDS_FOR[text].get(sound.kind, _WRONG)


def likeness(chinese: str, latin: str) -> float:
    """How alike a Chinese and a Latin name sound as wholes: 1 exactly alike, about 0 not at all."""
    found = best_stretch(chinese, latin, whole=True)
    return found[2] if found else 0.0


def best_stretch(chinese: str, latin: str, *, whole: bool = False) -> tuple[int, int, float] | None:
    """The stretch of a Chinese text that sounds most like a Latin name, and its likeness, if there is one.

    Args:
        whole: the stretch must be the whole text.
    """
    heard = sounds(latin)
    if not heard or not chinese:
        return None
    best: tuple[int, int, float] | None = None
    for start, end, cost in _stretches(simplified(chinese), heard, whole=whole):
        size = sum(1 for char in chinese[start:end] if readings(char))
        alike = 1.0 - cost / (0.75 * weight(heard) + 0.25 * 1.3 * size) * 1.6
        if best is None or alike > best[2] + 1e-9:
            best = start, end, alike
    return best


def _stretches(chinese: str, heard: tuple[Sound, ...], *, whole: bool) -> list[tuple[int, int, float]]:
    """For every place where a stretch may end, where the best one begins and what it costs."""
    count = len(heard)
    far = 1e9
    row = [(0.0, 0)] + [(far, 0)] * count
    found: list[tuple[int, int, float]] = []
    for at, char in enumerate(chinese):
        known = bool(readings(char))
        odd = 0.0 if whole or char in _NAME_CHARS else _ODD
        if not known and char in "•·・‧∙-－ 　.":
            row[0] = (row[0][0], at + 1) if not whole else row[0]
            continue
        fresh = (far, 0) if whole else (0.0, at + 1)
        following = [fresh] + [(far, 0)] * count
        if known:
            for end in range(1, count + 1):
                best, begun = far, 0
                for start in range(max(0, end - _REACH), end + 1):
                    before = row[start]
                    if before[0] >= far:
                        continue
                    cost = before[0] + _cost(char, heard[start:end])
                    cost += odd if cost > before[0] else 0.0
                    if cost < best:
                        best, begun = cost, before[1]
                following[end] = (best, begun)
        if whole:
            following[0] = (row[0][0] + 1.0, 0)
        row = following
        if row[count][0] < far:
            found.append((row[count][1], at + 1, row[count][0]))
    return found[-1:] if whole else found
