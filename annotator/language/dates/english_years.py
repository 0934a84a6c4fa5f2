"""When a number of four digits in an English text is a year."""

from __future__ import annotations

import re

from annotator.language.dates import english_words as words
from annotator.language.dates.english_days import EVENTS
from annotator.language.dates.english_patterns import DASH, S, look, word_before
from annotator.language.dates.mention import Reading

_PLACES = words.as_set(
    "in since by until till before after during from between circa c ca through throughout year "
    "around mid early late summer spring autumn fall winter of"
)
_SURE_PLACES = words.as_set("in since circa c ca year before until by after")
_WEAK_PLACES = words.as_set(
    "to for post pre when born died founded established est built b d copyright © dated published "
    "released model"
)
_FREE_YEAR = r"(?P<n>(?:1[0-9]|20)\d\d)(?![\d%$€£°/@:_=+]|[,.]\d|['’]?s\b|[A-Za-z])"
_YEAR_RANGE = (
    rf"(?P<first>(?:1\d|20)\d\d)(?:(?: ?{DASH}{{1,2}} ?|/|{S}(?:to|through|until|till){S})"
    rf"(?P<last>(?:1\d|20)\d\d|\d\d))"
    rf"(?![\d%°:]|[,.]\d|{DASH}\d|/\d)"
)
_NO_UNIT = rf"(?!{S}(?:{words.UNITS})\b| ?(?:{DASH}[a-z]|%))"
NOT_COUNTED = rf"{_NO_UNIT}(?!{S}(?:{words.THINGS})\b)"
_CLOSES = (
    r"(?=[.,;:!?)\]\"”’'—–]|$|\n| {1,2}(?:and|or|to|but|when|while|as|for|on|by|with|at|after|"
    r"before|because|the|a|an|he|she|it|they|we|I|his|her|its|their|was|is|were|are|has|had|have|"
    r"will|would|until|that|which|who|there|this|in|from|of)\b| [-–—(A-Z])"
)
_STARTERS = (
    r"{s}(?:was|is|saw|has|had|will|marked|brought|marks|sees|would|could|may|began|ended|proved|"
    r"turned|looks|became)\b"
).replace("{s}", S)
_DETERMINERS = words.as_set(
    "the a an this that his her its their our my your s every another first second third new"
)
_AFTER_YEAR_NOUN = rf"{S}(?:[A-Z][A-Za-z]+|[a-z]{{3,}})"


def read_year_range(text: str, at: int) -> Reading | None:
    match = look(_YEAR_RANGE, text, at)
    if not match or not stands_free(text, at) or not look(NOT_COUNTED, text, match.end()):
        return None
    first, last, before = match["first"], match["last"], word_before(text, at)
    joined = not text[match.end("first") :].lstrip()[0].isalpha()
    if len(last) == 2:
        last = first[:2] + last
        if not joined or not _short_range(text[match.end("first")], int(first), int(last), before):
            return None
    if int(first) >= int(last) or before in _OTHER_RANGES:
        return None
    if not joined and before not in ("from", "the") and not look(_CLOSES, text, match.end()):
        return None
    return match.end(), f"{first}/{last}"


_OTHER_RANGES = frozenset(("$", "£", "€", "about", "some", "nearly", "pages", "page", "pp", "lines", "room"))


def _short_range(dash: str, first: int, last: int, before: str) -> bool:
    """1998-99 rather than the month 2012-12."""
    expected = before in _PLACES or before in _DETERMINERS
    return expected or before == "(" or (last == first + 1 and (dash != "-" or last % 100 > 12))


_BETWEEN = rf"(?P<first>(?:1\d|20)\d\d){S}and{S}(?P<last>(?:1\d|20)\d\d)(?!\d|,\d|\.\d)"


def read_between(text: str, at: int) -> Reading | None:
    match = look(_BETWEEN, text, at)
    if not match or word_before(text, at) != "between" or int(match["first"]) >= int(match["last"]):
        return None
    if not look(NOT_COUNTED, text, match.end()):
        return None
    return match.end(), f"{match['first']}/{match['last']}"


def stands_free(text: str, at: int) -> bool:
    """Whether the number at `at` is no part of a longer number, a name or an address."""
    before = text[at - 1 : at]
    if before in "-‐‑–—" and before:
        return not re.search(r"[\w.]$", text[max(0, at - 2) : at - 1])
    return not before or not (before.isalnum() or before in "$£€¥#/.@:_=+&*\\,'’")


def read_year(text: str, at: int) -> Reading | None:
    match = look(_FREE_YEAR, text, at)
    if not match or not stands_free(text, at):
        return None
    sure = word_before(text, at) in _SURE_PLACES and not match["n"].endswith("00")
    if not look(_NO_UNIT if sure else NOT_COUNTED, text, match.end()):
        return None
    return (match.end(), match["n"]) if _expected_year(text, at, match.end()) else None


_EVENT_NEAR = rf"{S}(?:[A-Za-z]+{S})?{EVENTS}"
_GOES_ON = rf"{DASH}\d|/\d"
_REST_BLANK = r" *$"
_BRACKET_END = r"[)\],;–-]"
_PLURAL_AFTER = rf"{S}[a-z]+s\b(?<!ss)(?! (?:Games|in|of|and|for|were|on))"


_SHORTENED = re.compile(r"\b(ca?|b|d|est)\. ?$")


def _expected_year(text: str, at: int, end: int) -> bool:
    before, value = word_before(text, at), int(text[at : at + 4])
    if before == "." and (short := _SHORTENED.search(text[max(0, at - 8) : at])):
        before = short[1]
    if look(_GOES_ON, text, end):
        return False
    likely = 1500 <= value <= 2060 and value % 1000 != 0
    if before in _PLACES:
        return likely or (before in _SURE_PLACES and bool(look(_CLOSES, text, end)))
    if before in _DETERMINERS and look(_EVENT_NEAR, text, end):
        return True
    if not likely:
        return False
    if before in _STARTS:
        return bool(look(_STARTERS, text, end)) or (at == 0 and bool(look(_REST_BLANK, text, end)))
    if before in ("(", "["):
        return bool(look(_BRACKET_END, text, end))
    if before in _DETERMINERS:
        counted = (value % 100 == 0 or before in _SINGULAR) and look(_PLURAL_AFTER, text, end)
        return bool(look(_AFTER_YEAR_NOUN, text, end) and not counted)
    return before in _WEAK_PLACES and (value % 100 != 0 or value >= 1900) and bool(look(_CLOSES, text, end))


_STARTS = frozenset(("", ".", "\n", "“", '"', "”"))
_SINGULAR = frozenset(("a", "an", "another", "every"))

LISTED = re.compile(
    r"(?:,| and| or| &|, and|, or)[ \n\u00a0](?:in )?(?P<n>(?:1\d|20)\d\d)(?![\d%:]|[,.]\d|"
    r"['’]?s\b|[A-Za-z/])",
    re.ASCII,
)
