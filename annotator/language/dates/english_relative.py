"""English dates reckoned from the text: last year, next Wednesday, two days ago."""

from __future__ import annotations

import re

from annotator.language.dates import english_words as words
from annotator.language.dates import values
from annotator.language.dates.english_patterns import MONTH, S, look, word_before
from annotator.language.dates.mention import Reading

_POINTER = (
    rf"(?P<rel>last|this|next|the{S}(?:previous|following|next|preceding|coming|same|current)|"
    rf"the{S}year{S}before{S}last|"
    rf"Last|This|Next|The{S}(?:previous|following|next|preceding|coming|same|current)|that|"
    rf"early next|late last){S}"
    rf"(?P<unit>year|month|week|day|morning|evening|night|afternoon|weekend|quarter|spring|"
    rf"summer|autumn|fall|winter|decade|Spring|Summer|Fall|Winter"
    rf"|{MONTH}|{'|'.join(words.WEEKDAY_NAMES)})\b(?!{S}(?:or{S}(?:so|two)|and{S}a{S}half|of\b)"
    rf"|-(?:old|long|end|on|to)|['’]?s?-old)"
)
STEPS = {
    "last": -1, "this": 0, "next": 1, "previous": -1, "preceding": -1, "following": 1, "coming": 1,
    "same": 0, "current": 0, "that": 0,
}  # fmt: skip
_POINTER_UNITS = {
    "year": "Y", "month": "M", "week": "W", "day": "D", "night": "D", "morning": "D", "evening": "D",
    "afternoon": "D",
}  # fmt: skip
_TIMES_OF_DAY = ("morning", "evening", "afternoon")


def read_pointer(text: str, at: int) -> Reading | None:
    """Last year, this week, next Wednesday; from the text or, after the article, from a date named before."""
    match = look(_POINTER, text, at)
    if not match:
        return None
    rel, unit = match["rel"].lower().split(), match["unit"]
    step = STEPS.get(rel[-1])
    if step is None or not _sensible(text, match, rel, unit.lower()):
        return None
    mark = "@" if rel[0] in ("the", "that") and rel[-1] not in ("current", "coming") else ""
    value = _pointed_value(mark, step, unit.lower())
    return (match.end(), value) if value else None


_VERB_AFTER = rf"{S}(?:be|not|have|well|seem|also)\b"


def _sensible(text: str, match: re.Match[str], rel: list[str], unit: str) -> bool:
    word, article = rel[-1], rel[0] in ("the", "that")
    if word in ("same", "that"):
        return False
    if unit == "day":
        return article and word in ("next", "following", "previous", "preceding")
    if unit == "night":
        return (word == "last") != article
    if unit in _TIMES_OF_DAY:
        return word == "this" or (article and word in ("next", "following"))
    if unit in ("may", "march") and word == "this":
        return match["unit"][0].isupper() and not look(_VERB_AFTER, text, match.end())
    if (
        article
        and word in ("next", "last")
        and word_before(text, match.start()) in ("over", "for", "within", "during", "in")
    ):
        return False
    if word == "last" and word_before(text, match.start()) in (
        "the",
        "its",
        "his",
        "her",
        "their",
        "my",
        "our",
    ):
        return False
    return not (word == "same" or (word == "current" and unit != "year"))


def _pointed_value(mark: str, step: int, unit: str) -> str | None:
    if unit in _POINTER_UNITS:
        return f"{mark}P{step}{_POINTER_UNITS[unit]}"
    if unit == "weekend":
        return f"{mark}P{step}W-6/{mark}P{step}W-7"
    if unit in words.WEEKDAYS:
        return f"{mark}P{step}W-{words.WEEKDAYS[unit]}"
    if unit.rstrip(".") in words.MONTHS:
        return values.date(f"{mark}P{step}Y", words.MONTHS[unit.rstrip(".")])
    if unit in ("spring", "summer", "autumn", "fall", "winter"):
        return values.part(f"{mark}P{step}Y", "autumn" if unit == "fall" else unit)
    if unit == "quarter":
        return f"{mark}P{3 * step}M" if step == 0 else f"{mark}P{step}Q"
    return None


_DAY_WORDS = (
    rf"(?:[Tt]he{S})?(?P<far>[Dd]ay{S}(?:after{S}tomorrow|before{S}yesterday))\b|(?P<w>[Tt]oday|"
    rf"[Yy]esterday|[Tt]omorrow|[Tt]onight|TODAY|TOMORROW|YESTERDAY|TONIGHT)\b(?P<night>{S}"
    rf"(?:night|evening)\b)?"
)
_DAY_STEPS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
_YEAR_BEFORE = rf"(?:[Tt]he{S})(?P<u>year|month|week){S}(?P<w>before{S}last|after{S}next)\b"
_COUNT = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})?|[A-Za-z]{{1,9}}(?:-[a-z]{{3,5}})?(?:{S}(?:hundred|thousand))?)"
_AGO = (
    rf"(?:(?P<half>[Hh]alf{S}an?{S})|(?:(?:more|less|fewer){S}than{S})?{_COUNT}{S}(?P<and>and{S}"
    rf"an?{S}half{S})?)(?P<u>year|month|week|day|decade|centur)(?:s|y|ies)?{S}"
    rf"(?P<half2>and{S}a{S}half{S})?(?P<way>ago|earlier|later|before(?=[.,;:)]|$)|back(?=[.,;:)"
    rf"]|$)|from{S}(?:now|today))\b"
)


def read_day_word(text: str, at: int) -> Reading | None:
    if match := look(_YEAR_BEFORE, text, at):
        return match.end(), f"P{-2 if match['w'][0] == 'b' else 2}{match['u'][0].upper()}"
    match = look(_DAY_WORDS, text, at)
    if not match:
        return None
    if match["far"]:
        return match.end(), "P2D" if "after" in match["far"] else "P-2D"
    if match["w"] == "Today" and re.search(r"(?:[A-Z][a-z]+|USA|US) $", text[max(0, at - 12) : at]):
        return None
    night = match["night"] and match["w"].lower() != "today"
    return match.end() if night else match.end("w"), f"P{_DAY_STEPS[match['w'].lower()]}D"


def read_ago(text: str, at: int) -> Reading | None:
    match = look(_AGO, text, at)
    if not match:
        return None
    count = 1 if match["half"] else _number(match["n"])
    if count is None:
        return None
    unit = {"centur": "C", "decade": "X"}.get(match["u"], match["u"][0].upper())
    value = _ago_count(count, unit, bool(match["half"]), bool(match["and"] or match["half2"]))
    way = match["way"].split()[0]
    if way in ("earlier", "before"):
        return match.end(), f"@P-{value}"
    return match.end(), {"later": "@P", "from": "P"}.get(way, "P-") + value


def _ago_count(count: int, unit: str, half: bool, and_half: bool) -> str:
    if count < 0:
        return f"X{'Y' if unit in 'CX' else unit}"
    if unit in "CX":
        years = count * (100 if unit == "C" else 10)
        return f"{years // 2 if half else years}Y"
    if half or and_half:
        whole = 0 if half else count
        return {"Y": f"{12 * whole + 6}M", "M": f"{30 * whole + 15}D"}.get(unit, f"{count}{unit}")
    return f"{count}{unit}"


_SIZES = {"hundred": 100, "thousand": 1000}


def _number(text: str) -> int | None:
    """The number; -1 if it is left open (several years ago); None for another word."""
    small = text.lower().replace(",", "")
    if small.isdigit():
        return int(small)
    if small in ("several", "few", "some"):
        return -1
    head, _, size = small.replace("\n", " ").partition(" ")
    if size.strip() in _SIZES:
        first = words.NUMBERS.get(head)
        return first * _SIZES[size.strip()] if first else None
    if small.endswith("-odd"):
        return words.NUMBERS.get(small.removesuffix("-odd"))
    if "-" in small:
        tens, ones = small.split("-")
        return (
            words.NUMBERS[tens] + words.NUMBERS[ones]
            if tens in words.NUMBERS and ones in words.NUMBERS
            else None
        )
    return words.NUMBERS.get(small)


_FEW = rf"[Aa]{S}(?:few|couple(?:{S}of)?){S}(?P<u>year|month|week|day)s{S}(?P<way>ago|earlier|later)\b"


def read_few(text: str, at: int) -> Reading | None:
    match = look(_FEW, text, at)
    if not match:
        return None
    unit = match["u"][0].upper()
    return match.end(), {"ago": "P-X", "earlier": "@P-X", "later": "@PX"}[match["way"]] + unit
