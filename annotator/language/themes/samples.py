"""Sentences as sets of words, the same for both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from annotator.language.lexicon import fold
from annotator.language.script import simplified
from annotator.language.words import Words

NONE = ""
"""The theme of a sentence that has none."""

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_LATIN = re.compile(r"[^\W\d_]{3,}")
_NAME = re.compile(r"(?<![.!?:“\"]\s)(?<!\A)\b[A-Z][\w’'-]*")
# Words that say nothing of what a text speaks of.
_EMPTY_WORDS = """
about above across after again against all almost along already also although always among and
another any are around back because been before being below between both but came can cannot come
could did does doing done down during each either else enough even ever every few first for from
further get give goes going gone got had has have her here hers herself him himself his how however
into its itself just keep kept know last least less let like made make many may might mine more most
much must myself neither never next not nothing now off often once one only onto other others our
ours out over own perhaps put quite rather said same say says see seem seen several shall she should
since some something still such take than that the their theirs them themselves then there these
they thing things this those though through thus till too took toward towards two under until upon
used very was way well went were what when where whether which while who whom whose why will with
within without would yes yet you your yours
一个 一些 一样 一直 一种 一起 一般 上面 下面 不会 不但 不同 不能 不过 之后 之间 也是 于是
什么 今天 他们 但是 但 你们 其他 其中 再次 出来 出现 别的 到了 即使 却是 只有 只是 可以
可能 各种 同时 后来 因为 因此 如何 如果 它们 对于 就是 已经 应该 开始 当时 很多 怎么 总是
我们 所以 所有 才能 接着 无论 时候 时间 是否 曾经 最后 有些 有人 有的 有着 没有 然后 然而
由于 甚至 现在 由此 第一 终于 经过 而且 自己 至今 虽然 表示 觉得 认为 许多 说道 起来 过去
还是 这个 这些 这样 这里 进行 通过 那个 那么 那些 那样 那里 都是 非常 需要 为了 并且 可是
不是 还有 知道
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


class Sample(NamedTuple):
    """The words of a sentence and the theme that a person gave it, `NONE` for none."""

    words: frozenset[str]
    theme: str


def features(text: str, words: Words) -> frozenset[str]:
    """The words of a sentence of either language that may tell its theme: Chinese of two characters and
    more, simplified; English folded. Function words and English names are left out."""
    text = simplified(text)
    chinese = (text[start:end] for start, end in words.spans(text, "zh"))
    found = {word for word in chinese if _HAN.fullmatch(word)}
    found.update(map(fold, (word.lower() for word in _LATIN.findall(_NAME.sub(" ", text)))))
    return frozenset(found - _EMPTY_FOLDED)


_EMPTY_FOLDED = frozenset(map(fold, _EMPTY)) | _EMPTY


def both(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    """The words of several sentences together."""
    return frozenset().union(*parts)
