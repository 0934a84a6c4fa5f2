"""What is said of each character of a Chinese sentence, for the chain to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from annotator.language.counterpart.tables import kinds, surnames, titles
from annotator.language.crf.layers import Bundle, Layer, Prefixed
from annotator.language.script import simplified
from annotator.language.tagging import Words, tagged_words

Range = tuple[int, int]

_LONG = 5
_PAIRS = Prefixed("3478")
_CACHED = 1 << 15

_REALM = "市县省区州郡镇乡村町里庄屯坊国邦洲岛"
_NATURE = "山河江湖海洋川溪峡湾港峰岭滩沟泉谷原"
_BUILT = "路街道巷桥站场园寺庙宫殿塔城堡关门楼院厅馆"
_OFFICES = (
    "总统 主席 总理 部长 省长 市长 县长 校长 院长 教授 博士 医生 将军 上将 中将 少将 司令 国王 女王 皇帝 "
    "公主 王子 亲王 公爵 伯爵 导演 演员 歌手 作家 诗人 画家 教练 球员 队长 议员 总督 大臣 首相 法官 律师 "
    "记者 皇后 经理 董事长 书记 委员 秘书长 大使 牧师 主教 教皇 神父 爵士 夫人 太太"
)
_NEIGHBOURS = (
    "说 表示 称 指出 认为 出生 生于 去世 饰演 担任 出任 当选 位于 至 到 从 由 自 前往 抵达 来自 和 与"
)


@cache
def _kind_of_place() -> dict[str, str]:
    groups = {"realm": _REALM, "nature": _NATURE, "built": _BUILT}
    table = {name[-1]: "other" for name in kinds()}
    table.update((char, group) for group, chars in groups.items() for char in chars)
    return table


@cache
def _neighbours() -> frozenset[str]:
    return frozenset(_NEIGHBOURS.split())


@cache
def _titles() -> frozenset[str]:
    return frozenset([*_OFFICES.split(), *(name for name in titles() if len(name) > 1)])


def chinese_layers(text: str, units: Sequence[Range]) -> list[Layer]:
    """What the units of a Chinese sentence are and what stands beside them."""
    plain = simplified(text)
    words = tagged_words(plain)
    parts = ["^", "^", *(plain[start:end] for start, end in units), "$", "$"]
    owners, kinds_of_units = _of_words(words, units)
    return [
        Layer(_character, parts, (2, 1, 3, 0, 4)),
        Layer(_PAIRS, [one + two for one, two in pairwise(parts)], (1, 2, 0, 3)),
        Layer(_word, ("^", *words.texts, "$"), (1, 0, 2), owners),
        Layer(_kind, kinds_of_units),
    ]


def _of_words(words: Words, units: Sequence[Range]) -> tuple[list[int], list[str]]:
    """For every unit the number of its word, and where in what kind of word it stands; see `_kind`."""
    texts, tags = ("^", *words.texts, "$"), ("^", *words.tags, "$")
    owners: list[int] = []
    kinds_of_units: list[str] = []
    neighbours = _neighbours()
    at = start = 0
    for number, end in enumerate(words.ends):
        before, tag, behind = tags[number : number + 3]
        spoken = f"{texts[number] in neighbours:d}{texts[number + 2] in neighbours:d}"
        kind = f" {tag} {before} {behind} {min(end - start, _LONG)} {spoken}"
        while at < len(units) and units[at][0] < end:
            is_first, is_last = units[at][0] <= start, units[at][1] >= end
            owners.append(number)
            kinds_of_units.append((("S" if is_last else "B") if is_first else "E" if is_last else "I") + kind)
            at += 1
        start = end
    return owners, kinds_of_units


def _kind(kind: str) -> tuple[Bundle]:
    """`kind` is where a unit stands in its word, the tags of the word, of that before and of that behind, the
    length of the word, and whether the words beside it are such as stand beside names."""
    place, tag, before, behind, length, spoken = kind.split(" ")
    of_place = f"t{tag}{place}", f"u{before}|{tag}{place}", f"m{place}{tag}|{behind}", f"l{place}{length}"
    return ((*of_place, *["x" + tag] * int(spoken[0]), *["z" + tag] * int(spoken[1])),)


@lru_cache(maxsize=_CACHED)
def _word(word: str) -> tuple[Bundle, Bundle, Bundle]:
    """What is said of a word itself, of the word behind it, and of the word before it."""
    kinds_of_place, offices = _kind_of_place(), _titles()
    own, before, behind = ["w" + word], ["v" + word], ["n" + word]
    if len(word) > 1 and word[-1] in kinds_of_place:
        own.append("k" + kinds_of_place[word[-1]])
    if word[0] in kinds_of_place:
        behind.append(f"f{kinds_of_place[word[0]]}{len(word) == 1}")
    if word in offices:
        own.append("office")
        before.append("office before")
        behind.append("office behind")
    return tuple(own), tuple(before), tuple(behind)


@lru_cache(maxsize=_CACHED)
def _character(char: str) -> tuple[Bundle, ...]:
    """What is said of a character itself, of those before and behind it, and of those beyond these."""
    own, before, behind = ["0" + char], ["1" + char], ["2" + char]
    if char in _kind_of_place():
        own.append("p" + _kind_of_place()[char])
        behind.append("q" + _kind_of_place()[char])
    if char in surnames():
        own.append("surname")
        before.append("after surname")
    return tuple(own), tuple(before), tuple(behind), ("5" + char,), ("6" + char,)
