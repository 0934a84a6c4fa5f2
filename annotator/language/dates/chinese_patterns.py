"""What the expressions for Chinese dates have in common."""

from __future__ import annotations

import re
from functools import cache

S = " ?"
TO = rf"{S}(?:至|到|-{{1,2}}){S}"
AND = rf"{S}(?:、|和|与|及|或){S}"
HAN = "一二三四五六七八九"
MONTH = rf"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[{HAN}]|元(?=月))"
DAY = rf"(?:3[01]|[12]\d|0?[1-9](?!\d)|三十一?|[一二]?十[{HAN}]?|廿[{HAN}]?|卅一?|[{HAN}])"
NUMBER = rf"(?:\d{{1,4}}|[〇十百千廿卅{HAN}]{{1,7}})"
WEEK = "(?:周|星期|礼拜)"
WEEKDAY = f"{WEEK}(?P<wd>[一二三四五六日天])"
Y4 = r"(?:1\d{3}|20\d\d|21\d\d)(?!\d)"
HAN_YEAR = rf"[一二][〇{HAN}]{{3}}"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def look(pattern: str, text: str, at: int) -> re.Match[str] | None:
    return compiled(pattern).match(text, at)


STOP = r"(?=[，,。．；;：:、！!？?）)》」”的之又至到前时起 \n-]|$)"
PARTS = {
    "头十年": "d1", "前十年": "d1", "第一个十年": "d1", "最初十年": "d1",
    "初": "early", "初期": "early", "早期": "early", "前期": "early", "伊始": "early",
    "早些时候": "early", "年初": "early", "开年": "early", "稍早": "early", "稍早时候": "early",
    "较早时候": "early", "初叶": "early", "早些时": "early", "较早前": "early", "稍早前": "early",
    "中": "mid", "中期": "mid", "年中": "mid", "中叶": "mid", "中段": "mid", "底": "end", "末": "end",
    "年底": "end", "年末": "end", "岁末": "end", "年终": "end", "终": "end", "尾": "end", "末期": "late",
    "后期": "late", "晚些时候": "late", "稍晚": "late", "晚期": "late", "末叶": "late",
    "稍晚时候": "late", "晚些时": "late", "中后期": "late", "中前期": "early", "上半年": "h1",
    "前半年": "h1", "下半年": "h2", "后半年": "h2", "上半叶": "h1", "下半叶": "h2", "前半叶": "h1",
    "后半叶": "h2", "前半期": "h1", "后半期": "h2", "上半": "h1", "下半": "h2", "前半": "h1",
    "后半": "h2",
}  # fmt: skip
CENTURY_PART = (
    "(?P<part>[头前]十年|第一个十年|最初十年|初[期叶]|早期|前期|中[期叶]|中后期|末[期叶]|后期|晚期|[上下前后]半[叶期]|[上下前后]半(?!年)|"
    f"初(?![中次步级选审赛始婚恋衷版春夏秋冬见露具现识遇雪伏])|末(?![代班尾日])|底(?![特部层线薪])|中{STOP})"
)
SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
OF = f"{S}的?"
RELATIVE_MONTHS = {
    "上上": -2,
    "上": -1,
    "上一": -1,
    "本": 0,
    "这": 0,
    "这一": 0,
    "下": 1,
    "下一": 1,
    "下下": 2,
}
