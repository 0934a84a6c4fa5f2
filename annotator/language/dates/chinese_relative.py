"""Chinese days and weeks reckoned from the text: 昨天, 上周五, 三年前."""

from __future__ import annotations

import re

from annotator.language.dates import chinese_words as words
from annotator.language.dates import values
from annotator.language.dates.chinese_patterns import HAN, RELATIVE_MONTHS, SEASONS, TO, WEEK, S, look
from annotator.language.dates.chinese_words import number
from annotator.language.dates.mention import Reading

_RELATIVE_WEEKS = RELATIVE_MONTHS
_WEEK_WORD = (
    rf"(?P<rel>上上|上一|下下|下一|这一|上|下|本|这)个?{WEEK}(?:(?P<wd>[一二三四五六日天](?!周年))|(?P<end>末))?"
    "(?![期年转边围刊报](?!间))"
)
_LONE_WEEKDAY = (
    rf"(?<![{HAN}十\d两几每第个半整逢大姓])(?<![{HAN}日][至到])(?:(?:星期|礼拜)(?P<long>[一二三四五六日天])"
    "|周(?P<short>[一二三四五六日])(?![良围圆岁次遍回圈年期刊报边福胖才]))"
)
_WEEKDAY_TO = rf"{TO}{WEEK}?(?P<wd>[一二三四五六日天])(?![年月日天个次])"
_EARLIER_LATER = "(?:稍)?[早晚](?:些)?时候|稍[早晚]"


def read_week(text: str, at: int) -> Reading | None:
    match = look(_WEEK_WORD, text, at)
    if not match:
        return None
    value = f"P{_RELATIVE_WEEKS[match['rel']]}W"
    if match["wd"]:
        value += f"-{words.WEEKDAYS[match['wd']]}"
    if match["end"]:
        value = f"{value}-6/{value}-7"
    later = look(_EARLIER_LATER, text, match.end()) if not match["wd"] else None
    return (later or match).end(), value


def read_weekday(text: str, at: int) -> Reading | None:
    match = look(_LONE_WEEKDAY, text, at)
    if not match:
        return None
    first = f"XXXX-WXX-{words.WEEKDAYS[match['long'] or match['short']]}"
    if to := look(_WEEKDAY_TO, text, match.end()):
        return to.end(), f"{first}/XXXX-WXX-{words.WEEKDAYS[to['wd']]}"
    return match.end(), first


_NIGHT = "(?:(?:的)?(?:夜里|夜晚|晚上|深夜|半夜))"
_DAY_WORDS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_DAY_WORD = (
    f"(?<![如当现古](?=今))(?<!光(?=明))(?P<rel>大前|大后|前|昨|今|明|后)(?:(?P<tian>天|儿个?|个儿)(?P<night>{_NIGHT})?|(?P<ri>日)|(?P<time>晚上?|夜|早|晨|宵))"
    "|今明两[天日]|昨今两[天日]"
)
_NO_DAY = (
    r"前晚(?!上)?(?=[辈])|前[夜早晨儿宵]|后[夜早晨儿宵晚]|前天[津]|(?<=先天)后天|后天(?:性|培养|努力|环境|形成|教育|因素|获得|免疫|习得|失调)"
    r"|今天(?:津|水市|门市|台县|长市)|今日(?:头条|说法|俄罗斯|美国|关注|中国|印度|心理学)|明日(?:之星|黄花|香|报|新闻|帝国|方舟|边缘)|昨日(?:重现|世界)|今朝|"
    r"后日[本]|前日本|今日本|前日军|明[夜宵儿]|后儿|明早期|明晚期|[大]前日|今早期|前日前"
)
_FEW_AGO = "(?<![^，。；：！？“「\n 我你他她它们就是在])前(?:几|两|些)(?P<unit>天|年|个月|周)(?![后])"
_NEXT_DAY = r"(?:次日|翌日|隔日(?!子)|隔天|翌晨|(?<![^，。；：！？“「\n ])第二天|到了第二天)"
_SEASON_WORD = "(?P<rel>今|去|明|来|昨)(?P<season>[春夏秋冬])(?![兰奈])"
_AGO = (
    rf"(?<![\d第头前后每.〇{HAN}十百])(?<!\d,)(?P<n>[{HAN}]?十几|\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,5}}|[〇十百千{HAN}两]{{1,7}}|[数几上][十百千万]{{1,2}}|几|数|半|两三|三四|三五|四五|好几|若干)(?:多|余|来)?{S}"
    r"(?P<unit>年|个多?月|个(?P<half_month>半)月|周|个?星期|个?礼拜|天|日|个世纪)(?P<half>半)?(?:多)?(?P<way>[之以]?前(?!后|景|瞻|期|沿|往|去|进|锋|任|线|身|言|提|辈|台)"
    r"|[之以]?后(?!来|期|勤|面|方|悔|续|备|盾|代|裔|果|天|年|人|世))"
)
_FOUR_DIGITS = re.compile(rf"\d{{4}}|[一二][〇{HAN}]{{3}}")
# Two or three years, thirty or forty years: neighbours, said as about so many.
_ABOUT = re.compile("一两|一二|两三|二三|三四|三五|四五|五六|六七|七八|八九")
_UNITS = {"年": "Y", "月": "M", "周": "W", "期": "W", "拜": "W", "天": "D", "日": "D", "纪": "C"}


def read_day_word(text: str, at: int) -> Reading | None:
    if look(_NO_DAY, text, at):
        return None
    match = look(_DAY_WORD, text, at)
    if match and match["rel"]:
        return match.end(), f"P{_DAY_WORDS[match['rel']]}D"
    if match:
        return match.end(), "P0D/P1D" if "明" in match[0] else "P-1D/P0D"
    if match := look(_FEW_AGO, text, at):
        return match.end(), f"P-X{_UNITS[match['unit'][-1]]}"
    if match := look(_NEXT_DAY, text, at):
        return match.end(), "@P1D"
    if match := look(_SEASON_WORD, text, at):
        year = {"今": 0, "去": -1, "昨": -1, "明": 1, "来": 1}[match["rel"]]
        return match.end(), values.part(f"P{year}Y", SEASONS[match["season"]])
    return None


def read_ago(text: str, at: int) -> Reading | None:
    """三年前 is reckoned from the text; 三年后 from what was told before."""
    match = look(_AGO, text, at)
    if not match or (match["unit"] == "日" and match["n"].isdigit()):
        return None
    if match["unit"] == "年" and _is_year(match["n"], back=match["way"].endswith("前")):
        return None
    unit = _UNITS[match["unit"][-1]]
    count = _count(match["n"], unit, bool(match["half"] or match["half_month"]))
    if unit == "C" or (match["n"] == "半" and unit in "YM"):
        unit = {"C": "Y", "Y": "M", "M": "D"}[unit]
    elif match["half"] or match["half_month"]:
        unit = {"Y": "M", "M": "D"}.get(unit, unit)
    back = match["way"].endswith("前")
    return match.end(), f"P-{count}{unit}" if back else f"@P{count}{unit}"


def _is_year(text: str, *, back: bool) -> bool:
    """Whether the number before 年 names a year: 一九四九年以后, 1850年前; 1500年前 is long ago."""
    if not (_FOUR_DIGITS.fullmatch(text) and 1000 <= (value := number(text)) < 2200):
        return False
    return not back or value % 100 != 0 or value == 1900


def _count(text: str, unit: str, half: bool) -> str:
    if text == "半":
        return {"Y": "6", "M": "15", "C": "50"}.get(unit, "X")
    if text[0] in "数几上好若" or text.endswith("几") or _ABOUT.match(text):
        return "X"
    count = number(text.replace(",", "")) * (100 if unit == "C" else 1)
    if half:
        count = count * {"Y": 12, "M": 30}.get(unit, 1) + {"Y": 6, "M": 15}.get(unit, 0)
    return str(count)
