"""How alike a Chinese name and a Latin one sound.

A Chinese character is an initial, a vowel and perhaps a final n; Latin letters are read by rough rules into
the same kinds of sounds. Each character takes a few sounds of the Latin name, at the cost of the cheapest way
to turn one into the other; a small dynamic programme shares the sounds out. The costs follow what
transliterators do: vowels after a lone consonant are free, r and l are one, r and h fall away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from annotator.language.pinyin import readings, spellings
from annotator.language.script import simplified
from annotator.language.words import SPELLING

_REACH = 5
_LONGEST_SPELLING = 8
_BETWEEN = "•·・‧∙-－ 　."
_SPLIT = re.compile(r"(?<=[aeiungr])'(?=[aeo])")
_VOWELS = "aeiouy"
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
    j J:0.05 g:0.1 G:0.25 K:0.25 Z:0.35 C:0.3 c:0.35 D:0.3 T:0.35 Y:0.4 k:0.3
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
NAME_CHARS = frozenset(SPELLING)
_WRONG = 0.9
_VOWEL_WEIGHT = 0.35
# What one more character is worth where a stretch could also begin later.
_LONGER = 0.03

# Places in the sounds where a character may end, and the costs.
Moves = tuple[tuple[int, float], ...]


class Sound(NamedTuple):
    """One consonant (`kind` its class) or one group of vowels (`kind` is "v"), with its letters."""

    kind: str
    letters: str


def _letters(text: str) -> list[str]:
    """The words of a name in plain small letters; Xi'an is two, O'Brien one."""
    bare = _SPLIT.sub(" ", text.lower().replace("’", "'")).replace("'", "")
    bare = bare.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    plain = "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))
    return re.findall(r"[a-z]+", plain)


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
        if at == 0 and part[:2] in ("ia", "io"):
            return 1, "v"
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


def _weight(sound: Sound) -> float:
    return _VOWEL_WEIGHT if sound.kind == "v" else 1.0


@lru_cache(maxsize=8192)
def _costs_of(_: tuple[Sound, ...]) -> dict[str, tuple[float, ...]]:
    """What syllables cost that are taken for these sounds, as far as it was asked for."""
    return {}


def _syllable_costs(syllable: str, heard: tuple[Sound, ...]) -> tuple[float, ...]:
    """What it costs to take none, the first, the first two … of the sounds for a syllable.

    The edit distance between initial, vowel, final and the sounds.
    """
    if syllable == "er" and heard and heard[0].kind in "LR":
        return 0.3, 0.0
    if syllable == "er" and not heard:
        return (0.3,)
    lost_sounds = [_lost_sound(sound) for sound in heard]
    table = [0.0, *accumulate(lost_sounds)]
    for kind, text in _parts(syllable):
        lost = _lost_part(kind, text)
        row = [table[0] + lost]
        for number, sound in enumerate(heard):
            row.append(
                min(
                    table[number + 1] + lost,
                    row[number] + lost_sounds[number],
                    table[number] + _taken(kind, text, sound),
                )
            )
        table = row
    return tuple(table)


class Heard:
    """The sounds of a Latin name, and which of them each Chinese character may take.

    `starts` are the places where its words begin, and the end: no character takes sounds of two words.
    """

    def __init__(self, words: Sequence[str]) -> None:
        parts = [_sounds_of(word) for word in words]
        self.sounds = tuple(sound for part in parts for sound in part)
        self.starts = [0, *accumulate(len(part) for part in parts)]
        self.weights = [0.0, *accumulate(map(_weight, self.sounds))]
        self._windows = [
            *(
                self.sounds[at : min(at + _REACH, end)]
                for start, end in pairwise(self.starts)
                for at in range(start, end)
            ),
            (),
        ]
        self._heads = [frozenset(sound.kind for sound in window[:3]) for window in self._windows]
        self._pieces = [dict(self._spelt(at)) for at in range(len(self.sounds) + 1)]
        self._costs = [_costs_of(window) for window in self._windows]
        self._limits = [
            [_bound(self.weights[start + taken] - self.weights[start]) for taken in range(len(window) + 1)]
            for start, window in enumerate(self._windows)
        ]
        self._moves: list[dict[str, Moves]] = [{} for _ in self._windows]

    def _spelt(self, start: int) -> Iterator[tuple[str, int]]:
        """The runs of letters from a place that may be the whole spelling of a character, and their ends."""
        high = next((end for end in self.starts if end > start), start)
        letters = ""
        for end in range(start, min(high, start + _LONGEST_SPELLING)):
            letters += self.sounds[end].letters
            yield letters, end + 1

    def moves(self, char: str, start: int) -> Moves:
        """Where a character may end that begins at this place in the sounds, and what it costs."""
        known = self._moves[start]
        found = known.get(char)
        if found is None:
            found = known[char] = tuple(self._moves_of(char, start).items())
        return found

    def _moves_of(self, char: str, start: int) -> dict[int, float]:
        limits, known = self._limits[start], self._costs[start]
        found: dict[int, float] = {}
        for syllable in readings(char):
            costs = known.get(syllable)
            if costs is None:
                costs = known[syllable] = self._costs_from(syllable, start)
            for taken, cost in enumerate(costs):
                end = start + taken
                if cost < found.get(end, limits[taken]):
                    found[end] = cost
        spelt, ways = self._pieces[start], spellings(char)
        if not ways.isdisjoint(spelt):
            found.update({spelt[spelling]: 0.0 for spelling in ways if spelling in spelt})
        return found

    def _costs_from(self, syllable: str, start: int) -> tuple[float, ...]:
        if _opens_otherwise(syllable, self._heads[start]):
            return ()
        return _syllable_costs(syllable, self._windows[start])


@lru_cache(maxsize=16384)
def _opens_otherwise(syllable: str, kinds: frozenset[str]) -> bool:
    """Whether a syllable begins with a sound that none of these can stand for, and that is never lost."""
    kind, text = _parts(syllable)[0]
    return kind == "initial" and text not in _LOST_INITIAL and kinds.isdisjoint(_STANDS_FOR[text])


def _bound(taken: float) -> float:
    """What may be spent on sounds of this weight before it is certain that something else is meant."""
    return 0.5 * taken + 0.32


@lru_cache(maxsize=2048)
def heard(latin: str) -> Heard:
    """The sounds of a Latin name, its words in their order."""
    return Heard(_letters(latin))


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


@lru_cache(maxsize=4096)
def _lost_sound(sound: Sound) -> float:
    if sound.kind == "v":
        return 0.05 if sound.letters == "e" else 0.22
    return _LOST_SOUND.get(sound.kind, _LOST)


@lru_cache(maxsize=16384)
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


@lru_cache(maxsize=16384)
def likeness(chinese: str, latin: str) -> float:
    """How alike a Chinese and a Latin name sound as wholes: 1 exactly alike, about 0 not at all."""
    name = heard(latin)
    count = len(name.sounds)
    if not count or not chinese:
        return 0.0
    row = {0: 0.0}
    size = 0
    for char in simplified(chinese):
        if not readings(char):
            if char not in _BETWEEN:
                return 0.0
            continue
        size += 1
        following = {at: cost + 1.0 for at, cost in row.items() if at == 0}
        for at, spent in row.items():
            for end, cost in name.moves(char, at):
                total = spent + cost
                if total < following.get(end, _bound(name.weights[end]) + 0.4):
                    following[end] = total
        row = following
    return _likeness(row[count], name.weights[count], size) if count in row else 0.0


def _likeness(cost: float, heavy: float, size: int) -> float:
    return 1.0 - cost / (0.75 * heavy + 0.25 * 1.3 * size) * 1.6


def stretches(chinese: str, latin: str, least: float) -> list[tuple[int, int, float]]:
    """Stretches of a Chinese text that sound like a Latin name, the best first; they do not overlap.

    Each is its start, end and likeness, which is at least `least`.
    """
    ranked = sorted(_ends(chinese, heard(latin)), key=lambda one: (-one[2], one[0]))
    found: list[tuple[int, int, float]] = []
    for one in ranked:
        if one[2] < least:
            break
        if all(one[1] <= other[0] or other[1] <= one[0] for other in found):
            found.append(one)
    return found


def _ends(chinese: str, name: Heard) -> Iterator[tuple[int, int, float]]:
    """For every place where a stretch may end, where the best one begins and how alike it is."""
    count = len(name.sounds)
    if not count:
        return
    row: dict[int, tuple[float, int, int]] = {}
    limits = [_bound(heavy) for heavy in name.weights]
    for at, char in enumerate(simplified(chinese)):
        if not readings(char):
            row = row if char in _BETWEEN else {}
            continue
        odd = 0.0 if char in NAME_CHARS else _ODD
        following: dict[int, tuple[float, int, int]] = {}
        for place, (spent, begun, size) in ((0, (0.0, at, 0)), *row.items()):
            for end, cost in name.moves(char, place):
                total = spent + cost + (odd if cost else 0.0) - _LONGER
                known = following.get(end)
                if (known is None or total < known[0]) and total < limits[end] and end:
                    following[end] = total, begun, size + 1
        row = following
        if count in row:
            spent, begun, size = row[count]
            yield begun, at + 1, _likeness(spent + _LONGER * size, name.weights[count], size)
