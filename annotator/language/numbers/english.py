"""Numbers in English texts, in digits and in words."""

from __future__ import annotations

import re

from annotator.language.numbers.number import Number, enumerated

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
"""
_CARDINAL = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)
}
_ORDINAL = {word: value for value, word in enumerate(_ORDINALS.split())} | {
    word[:-1] + "ieth": 10 * tens for tens, word in enumerate(_TENS.split(), 2)
}
_DECADES = {word[:-1] + "ies": 10 * tens for tens, word in enumerate(_TENS.split(), 2)}
_SCALE = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_MONTH_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS = {month: number for number, months in enumerate(_MONTH_NAMES, 1) for month in months.split()}
# Words that a Chinese number may stand for.
_WORTH: dict[str, tuple[float, ...]] = {
    "dozen": (12,), "dozens": (12,), "couple": (2,), "pair": (2,), "pairs": (2,), "both": (2,), "twin":
    (2,), "twins": (2,), "twice": (2,), "double": (2,), "doubled": (2,), "doubles": (2,), "doubling":
    (2, 100), "either": (2,), "triple": (3,), "tripled": (3, 200), "trio": (3,), "thrice": (3,),
    "triplets": (3,), "quadruple": (4,), "quadrupled": (4,), "quartet": (4,), "single": (1,), "once":
    (1,), "a": (1,), "an": (1,), "half": (0.5, 50, 6, 30, 12), "halved": (0.5, 50), "quarter": (25, 4,
    0.25, 3, 15), "quarters": (25, 4, 0.25), "decade": (10,), "decades": (10, 20), "century": (100,),
    "centuries": (100,), "millennium": (1000,), "millennia": (1000,), "centennial": (100,), "centenary":
    (100,), "bicentennial": (200,), "fortnight": (2, 14), "noon": (12,), "midnight": (12, 0, 24),
    "millionaire": (10**6,), "millionaires": (10**6,), "billionaire": (10**9,), "billionaires":
    (10**9,), "score": (20,), "weekly": (1,), "teen": (10, 13), "teens": (10,), "teenager": (10,),
    "teenage": (10,), "hundredfold": (100,), "tenfold": (10,), "twofold": (2,), "threefold": (3,),
    "secondary": (2,), "primary": (1,), "year": (12, 1), "week": (7, 1), "day": (24, 1), "hour": (60,
    1), "minute": (60, 1), "percent": (100,), "hundreds": (100,), "ii": (2,), "thousands": (1000,),
    "millions": (10**6,),
}  # fmt: skip
_WORDS = "|".join(sorted((*_CARDINAL, *_ORDINAL, *_SCALE), key=len, reverse=True))
_RUN = rf"(?:(?:{_WORDS})(?:s?(?=[\W_]|\Z)))(?:(?:[\s-]+(?:and\s+)?)(?:{_WORDS})(?=[\W_]|\Z))*"
_PARTS = "half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth"
_BELOW = {"half": 2, "halve": 2, "quarter": 4, "hundredth": 100} | _ORDINAL
_D = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_TOKEN = re.compile(
    rf"(?P<above>\d+|an?|{'|'.join(_CARDINAL)})[\s-](?P<below>{_PARTS})s?\b(?!\s+(?:century|day|time|year|round))"
    rf"|(?<![\w.])(?P<over>\d{{1,2}})/(?P<under>\d{{1,3}})(?![\d/])"
    rf"|(?P<digits>{_D})(?:(?P<decade>[’']?s\b)|(?P<ordinal>st|nd|rd|th)\b"
    rf"|[\s-]*(?P<scale>hundred|thousand|million|billion|trillion)\b|(?P<short>k|m|mn|bn|b|tn)\b)?"
    rf"|\b(?P<words>{_RUN})"
    rf"|\b(?P<decades>{'|'.join(_DECADES)})\b"
    rf"|\b(?P<month>{'|'.join(_MONTHS)})\b"
    rf"|\b(?P<roman>[IVX]{{2,}}|[VX](?=[\s.,)]))(?![\w-])"
    rf"|\b(?P<worth>{'|'.join(_WORTH)})\b",
    re.IGNORECASE,
)
# Trying the long expression at every letter would take a hundred times as long.
_WORD = re.compile(r"(?P<figure>(?<![\w.])\.\d|\d)|[^\W\d_]+")
_VOCABULARY = frozenset((*_CARDINAL, *_ORDINAL, *_SCALE, *_DECADES, *_MONTHS, *_WORTH)) | frozenset(
    f"{word}s" for word in (*_CARDINAL, *_ORDINAL, *_SCALE)
)
_CENTURY = re.compile(r"[\s-]+(?:century|centuries|c\.)", re.IGNORECASE)
_SPAN = re.compile(r"[\s-]+(decade|century|centuries|dozen|week|year|day|hour)s?\b", re.IGNORECASE)
_SPANS = {
    "decade": 10,
    "century": 100,
    "centuries": 100,
    "dozen": 12,
    "week": 7,
    "year": 12,
    "day": 24,
    "hour": 60,
}
_UNITS = re.compile(
    r"[\s-]*(?:square\s+|cubic\s+)?(?:miles?|mph|feet|foot|ft|inch(?:es)?|pounds?|lbs?|acres?|gallons?|ounces?|yards?"
    r"|degrees(?: fahrenheit)?|°\s?f|met(?:er|re)s?|kilomet(?:er|re)s?|kilograms?|[”\"’'](?=\W))\b",
    re.IGNORECASE,
)
_AFTERNOON = re.compile(r"(?::\d\d)?\s*[ap]\.?\s?m\b|\s*o[’']clock", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_NOUN = re.compile(r"[\s-](?!of\b|or\b|to\b|and\b|in\b|were\b|are\b|had\b|have\b)[a-z]")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def find(text: str) -> list[Number]:
    """The numbers of an English text."""
    found: list[Number] = []
    done = 0
    for word in _WORD.finditer(text):
        if word.start() < done or not (word["figure"] or _may_count(word[0])):
            continue
        match = _TOKEN.match(text, word.start())
        if match is not None:
            done = match.end()
            number = _read(match, text)
            found.extend(() if number is None else (number,))
    return found


def _may_count(word: str) -> bool:
    return word.lower() in _VOCABULARY or (word.isupper() and not word.strip("IVX"))


def _read(match: re.Match[str], text: str) -> Number | None:
    start, end = match.span()
    if match["above"]:
        return _fraction(match)
    if match["over"]:
        over, under = float(match["over"]), float(match["under"])
        share = {over / under, round(100 * over / under)} if under else set[float]()
        return Number(start, end, over, frozenset({over, under, *share}))
    if match["digits"]:
        return _digits(match, text)
    if match["words"]:
        return _words(match, text)
    if match["decades"]:
        worth = _DECADES[match["decades"].lower()]
        return Number(start, end, worth, frozenset({1900 + worth, 1800 + worth}), firm=False)
    if match["month"]:
        return Number(start, end, _MONTHS[match["month"].lower()], firm=False)
    if match["roman"]:
        return Number(start, end, _roman(match["roman"]), firm=False) if match["roman"].isupper() else None
    worths = _WORTH[match["worth"].lower()]
    return Number(start, end, worths[0], frozenset(worths), firm=False)


def _fraction(match: re.Match[str]) -> Number:
    word = match["above"].lower()
    above = float(word) if word.isdigit() else _CARDINAL.get(word, 1)
    below = _BELOW[match["below"].lower().replace("halves", "half")]
    share = above / below
    also = frozenset(
        {above, below, above + below, share * 100, round(share * 100), above + share, 6, 50 * above}
    )
    return Number(match.start(), match.end(), share, also, firm=False)


def _digits(match: re.Match[str], text: str) -> Number:
    start, end = match.span()
    worth = float(match["digits"].replace(",", ""))
    also: set[float] = set()
    scale = _SCALE.get((match["scale"] or "").lower()) or _SHORT.get((match["short"] or "").lower())
    if scale:
        also.add(worth)
        if match["short"]:
            also.add(worth)
        worth *= scale
    elif later := re.match(
        rf"\s?(?:-|–|—|to)\s?(?:{_D})\s?(hundred|thousand|million|billion|trillion)\b", text[end:]
    ):
        also.add(worth * _SCALE[later[1]])
    if match["decade"] and worth < 100:
        also |= {1900 + worth, 1800 + worth, 2000 + worth}
    if match["decade"] and worth % 100 == 0:
        also.add(worth / 100 + 1)
    if match["decade"]:
        also.add(worth % 100)
    if _AFTERNOON.match(text, end):
        also |= {worth + 12, worth - 12}
    if clock := _CLOCK.fullmatch(match["digits"]):
        also |= {float(clock[1]), float(clock[2])}
    also |= _shortened_year(text, start, worth)
    also |= _of_span(text, end, worth)
    if _CENTURY.match(text, end):
        also |= {(worth - 1) * 100}
    code = text[start - 1 : start].isalpha() or text[match.end("digits") : match.end("digits") + 1].isupper()
    firm = not (code or enumerated(text, start, end))
    return Number(start, end, worth, frozenset(also), firm, firm, foreign=bool(_UNITS.match(text, end)))


def _shortened_year(text: str, start: int, worth: float) -> set[float]:
    """`1914–18` ends in 1918, ’87 is 1987."""
    if worth >= 100:
        return set()
    if start and text[start - 1] in "’'‘":
        return {1900 + worth, 2000 + worth}
    before = re.search(r"(\d\d)\d\d\s?[-–—/]\s?\Z", text[max(0, start - 8) : start])
    return {int(before[1]) * 100 + worth} if before else set()


def _of_span(text: str, end: int, worth: float) -> set[float]:
    span = _SPAN.match(text, end)
    return {worth * _SPANS[span[1].lower()]} if span else set()


def _words(match: re.Match[str], text: str) -> Number | None:
    start, end = match.span()
    parts = re.findall(r"[a-z]+", match["words"].lower())
    parts = [part for part in parts if part != "and"]
    ordinal = any(part in _ORDINAL for part in parts)
    if parts[0].endswith("s") and parts[0][:-1] in _SCALE:
        return None
    pieces = _pieces(parts)
    worth = pieces[0]
    also = set(pieces[1:]) | _of_span(text, end, worth)
    if len(pieces) == 2 and 13 <= pieces[0] <= 21:
        also.add(pieces[0] * 100 + pieces[1])
    if _CENTURY.match(text, end):
        also.add((worth - 1) * 100)
    if _AFTERNOON.match(text, end):
        also |= {worth + 12, worth - 12}
    if len(parts) > 1 and parts[-1] in _SCALE:
        also.add(_pieces(parts[:-1])[0])
    firm = worth >= 11 and worth != 10_000 and len(pieces) == 1 and parts[0] not in _SCALE and not ordinal
    counts = firm or (2 <= worth < 10 and len(parts) == 1 and not ordinal and bool(_NOUN.match(text, end)))
    return Number(start, end, worth, frozenset(also), firm, counts, foreign=bool(_UNITS.match(text, end)))


def _pieces(parts: list[str]) -> list[float]:
    """What the words are worth; several if they do not make one number, as in nineteen eighty-four."""
    pieces: list[float] = []
    total = section = 0.0
    last = 0.0
    for part in parts:
        part = part if part in _CARDINAL or part in _ORDINAL or part in _SCALE else part.removesuffix("s")
        worth = _CARDINAL.get(part, _ORDINAL.get(part, 0))
        if part == "hundred":
            section = (section or 1) * 100
        elif part in _SCALE:
            total += (section or 1) * _SCALE[part]
            section = 0
        elif last and not (worth < 10 and last % 10 == 0 and last >= 20) and last < 100:
            pieces.append(total + section)
            total, section = 0.0, worth
        else:
            section += worth
        last = _SCALE.get(part, worth)
    pieces.append(total + section)
    return pieces


def _roman(text: str) -> float:
    values = [_ROMAN[char] for char in text.upper()]
    return float(
        sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    )
