"""What is said of each character of a Chinese sentence, for the chain to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from annotator.language.counterpart.tables import kinds, surnames, titles
from annotator.language.script import simplified
from annotator.language.tagging import Word, tagged_words

Range = tuple[int, int]

_REALM = "市县省区州郡镇乡村町里庄屯坊国邦洲岛"
_NATURE = "山河江湖海洋川溪峡湾港峰岭滩沟泉谷原"
_BUILT = "路街道巷桥站场园寺庙宫殿塔城堡关门楼院厅馆"
_OFFICES = (
    "总统 主席 总理 部长 省长 市长 县长 校长 院长 教授 博士 医生 将军 上将 中将 少将 司令 国王 女王 皇帝 皇后 公主 "
    "王子 亲王 公爵 伯爵 导演 演员 歌手 作家 诗人 画家 教练 球员 队长 议员 总督 大臣 首相 法官 律师 记者 经理 董事长 "
    "书记 委员 秘书长 大使 牧师 主教 教皇 神父 爵士 夫人 太太"
)
_BESIDE = frozenset("说 表示 称 指出 认为 出生 生于 去世 饰演 担任 出任 当选 位于 至 到 从 由 自 前往 抵达 来自 和 与".split())


@cache
def _kind_of_place() -> dict[str, str]:
    groups = {"realm": _REALM, "nature": _NATURE, "built": _BUILT}
    table = {name[-1]: "other" for name in kinds()}
    table.update((char, group) for group, chars in groups.items() for char in chars)
    return table


@cache
def _titles() -> frozenset[str]:
    return frozenset([*_OFFICES.split(), *(name for name in titles() if len(name) > 1)])


def chinese_features(text: str, units: Sequence[Range]) -> list[list[str]]:
    """For each unit of a Chinese sentence, strings that say what it is and what stands beside it."""
    plain = simplified(text)
    words = tagged_words(plain)
    rows = _of_characters(plain, units)
    at = 0
    for number, word in enumerate(words):
        shared = _of_word(words, number)
        tag = word.tag
        while at < len(units) and units[at][0] < word.end:
            place = _place(units[at], word)
            row = rows[at]
            row += shared
            row.append(f"t{tag}{place}")
            row.append(f"u{words[number - 1].tag if number else '^'}|{tag}{place}")
            row.append(f"m{place}{tag}|{words[number + 1].tag if number + 1 < len(words) else '$'}")
            row.append(f"l{place}{min(len(word.text), 5)}")
            at += 1
    return rows


def _place(unit: Range, word: Word) -> str:
    if unit[0] <= word.start:
        return "S" if unit[1] >= word.end else "B"
    return "E" if unit[1] >= word.end else "I"


def _of_word(words: Sequence[Word], number: int) -> list[str]:
    word = words[number]
    before = words[number - 1].text if number else "^"
    behind = words[number + 1].text if number + 1 < len(words) else "$"
    kinds_of_place, offices = _kind_of_place(), _titles()
    shared = ["w" + word.text, "v" + before, "n" + behind]
    last = kinds_of_place.get(word.text[-1])
    if last and len(word.text) > 1:
        shared.append("k" + last)
    follows = kinds_of_place.get(behind[0])
    if follows:
        shared.append(f"f{follows}{len(behind) == 1}")
    shared += [
        name
        for name, there in (
            ("office behind", behind in offices),
            ("office before", before in offices),
            ("office", word.text in offices),
        )
        if there
    ]
    if before in _BESIDE:
        shared.append("x" + word.tag)
    if behind in _BESIDE:
        shared.append("z" + word.tag)
    return shared


def _of_characters(plain: str, units: Sequence[Range]) -> list[list[str]]:
    names, kinds_of_place = surnames(), _kind_of_place()
    parts = ["^", "^", *(plain[start:end] for start, end in units), "$", "$"]
    rows = []
    for at in range(len(units)):
        left, before, here, behind, right = parts[at : at + 5]
        row = [
            "0" + here,
            "1" + before,
            "2" + behind,
            f"3{before}{here}",
            f"4{here}{behind}",
            "5" + left,
            "6" + right,
            f"7{left}{before}",
            f"8{behind}{right}",
        ]
        if here in kinds_of_place:
            row.append("p" + kinds_of_place[here])
        if behind in kinds_of_place:
            row.append("q" + kinds_of_place[behind])
        if here in names:
            row.append("surname")
        if before in names:
            row.append("after surname")
        rows.append(row)
    return rows
