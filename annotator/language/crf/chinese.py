"""What is said of each character of a Chinese sentence, for the chain to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from annotator.language.counterpart.tables import kinds, surnames, titles
from annotator.language.script import simplified
from annotator.language.tagging import tagged_words

Range = tuple[int, int]

_LONG = 5
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


def chinese_features(text: str, units: Sequence[Range]) -> list[list[str]]:
    """For each unit of a Chinese sentence, strings that say what it is and what stands beside it."""
    plain = simplified(text)
    words = tagged_words(plain)
    rows = _of_characters(plain, units)
    texts, tags = ("^", *words.texts, "$"), ("^", *words.tags, "$")
    at = start = 0
    count = len(units)
    for number, end in enumerate(words.ends, 1):
        word, tag, tag_before, tag_behind = texts[number], tags[number], tags[number - 1], tags[number + 1]
        shared = _of_word(texts[number - 1], word, texts[number + 1], tag)
        length = min(end - start, _LONG)
        while at < count and units[at][0] < end:
            is_first, is_last = units[at][0] <= start, units[at][1] >= end
            place = ("S" if is_last else "B") if is_first else "E" if is_last else "I"
            row = rows[at]
            row += shared
            row += (
                f"t{tag}{place}",
                f"u{tag_before}|{tag}{place}",
                f"m{place}{tag}|{tag_behind}",
                f"l{place}{length}",
            )
            at += 1
        start = end
    return rows


def _of_word(before: str, word: str, behind: str, tag: str) -> list[str]:
    kinds_of_place, offices = _kind_of_place(), _titles()
    shared = ["w" + word, "v" + before, "n" + behind]
    if len(word) > 1 and word[-1] in kinds_of_place:
        shared.append("k" + kinds_of_place[word[-1]])
    if behind[0] in kinds_of_place:
        shared.append(f"f{kinds_of_place[behind[0]]}{len(behind) == 1}")
    if behind in offices:
        shared.append("office behind")
    if before in offices:
        shared.append("office before")
    if word in offices:
        shared.append("office")
    if before in _neighbours():
        shared.append("x" + tag)
    if behind in _neighbours():
        shared.append("z" + tag)
    return shared


def _of_characters(plain: str, units: Sequence[Range]) -> list[list[str]]:
    parts = ["^", "^", *(plain[start:end] for start, end in units), "$", "$"]
    rows = []
    for at in range(len(units)):
        left, before, here, behind, right = parts[at : at + 5]
        rows.append(
            [
                "0" + here,
                "1" + before,
                "2" + behind,
                "3" + before + here,
                "4" + here + behind,
                "5" + left,
                "6" + right,
                "7" + left + before,
                "8" + behind + right,
                *_served(here),
                *_beside(before, behind),
            ]
        )
    return rows


@lru_cache(maxsize=_CACHED)
def _served(here: str) -> tuple[str, ...]:
    found = ("p" + _kind_of_place()[here],) if here in _kind_of_place() else ()
    return (*found, "surname") if here in surnames() else found


@lru_cache(maxsize=_CACHED)
def _beside(before: str, behind: str) -> tuple[str, ...]:
    found = ("q" + _kind_of_place()[behind],) if behind in _kind_of_place() else ()
    return (*found, "after surname") if before in surnames() else found
