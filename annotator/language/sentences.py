"""Where sentences end in Chinese and in English text.

Rules only: a stop with its closing quotes and brackets ends a sentence unless what stands around it says
that the sentence goes on. Lines are independent, and each is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Language = Literal["zh", "en"]
Range = tuple[int, int]

_PARTNER = dict(zip("”’」』）)】〕》〉", "“‘「『（(【〔《〈", strict=True))
_CLOSERS = "".join(_PARTNER)
_OPENERS = "".join(_PARTNER.values())
_QUOTES = "“‘「『"
_LONGEST_ASIDE = 160

_ZH_EVENT = re.compile(rf"[{re.escape(_OPENERS)}]|[。！？!?｡]+|…+|\.+|(?<![—－-])[—－-]++(?=[”’」』])")
_ZH_TAIL = re.compile(rf"(?:\s*[{re.escape(_CLOSERS)}])*(?:\s*…+)?\s*")
_BRACKET = re.compile(rf"[{re.escape(_OPENERS + _CLOSERS)}]")
_STRAIGHT = re.compile(r"\"|(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")
_URL = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
_SPEAKING_ZH = re.compile(
    r"(?!一面|一边|说|听)[^，。！？!?…：；“”‘’「」『』\s\"听]{1,8}"
    r"(?:说|问|道|喊|叫|答|嚷|骂|吼|回应|嘀咕|嘟囔|低语|自语|反驳|插嘴|追问|抱怨|解释|补充|宣布|表示)"
    r"(?:(?:道|着|了|起来)?[。！？!?.]|[，,])"
)
_GOES_ON_ZH = frozenset("，、；：,;:的。！？")
_LATIN_WORD = re.compile(r"[A-Za-z]+\Z")
_ENUMERATOR = re.compile(
    r"\s*[(（\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlcIVXLC]{1,5}|[一二三四五六七八九十]{1,3})\Z"
)

_EN_STOP = re.compile(
    r"(?P<stop>\.(?:[ \u00a0]\.){2,}|(?<![.!?…。！？])[.!?…。！？]++|(?<![—–-])[—–-]++(?=[”’\"']))"
    r"(?P<close>(?:[”’\"')\]»」』）]|\[\d{1,3}\])*)"
    r"(?P<gap>\s+)(?P<open>[“‘\"'(\[«「『]*)(?P<next>\S[\w’'-]*)"
)
_EN_TOKEN = re.compile(r"[\w.&’'-]+\Z")
_SPEAKING_EN = re.compile(
    r"(?:[A-Z][\w’'-]*\.?\s+|the\s+\w+\s+){1,3}(?:\w+ly\s+)?"
    r"(?:said|says|asked|asks|cried|replied|shouted|whispered|answered|exclaimed|added|demanded|"
    r"murmured|muttered|protested|inquired|enquired|wondered|yelled|screamed|called|continued|insisted|"
    r"snapped|growled|retorted|thought|began|sighed|laughed|repeated|responded|remarked)\b"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    "mr mrs ms mx dr prof rev hon pres gov sen rep gen col maj capt cmdr lt sgt cpl pvt adm brig amb "
    "supt messrs mme mlle msgr fr st mt ft vs viz cf e.g i.e eg ie al approx dept univ assn bros ave "
    "blvd rd fig figs eq eqs ch sec secs para paras art arts vol vols ed eds trans chap min pt op cit "
    "ca"
)
_BEFORE_NUMBER = _words("no nos p pp fig figs eq vol vols ch chap sec art arts para pt op n nr ref tel ext")
_SOMETIMES_LAST = _words(
    "inc ltd co corp llc plc jr sr esq etc a.m p.m am pm ph.d m.d b.a m.a b.sc m.sc d.c u.s u.k u.n e.u "
    "u.s.a u.s.s.r p.r.c r.o.c b.c a.d b.c.e c.e est sq mi km kg lb lbs oz jan feb mar apr jun jul aug "
    "sep sept oct nov dec"
)
_ALSO_WORDS = _words("no art sec min ch ed fig mar ave ca pt op am pm est mi sq n p co")
_STARTERS = _words(
    "The A An This That These Those It He She They We I You There Here In On At By For From With After "
    "Before As If When While Since Although Though Because But And Or So Yet However Moreover Meanwhile "
    "Then Now Our His Her Their My Your Its What Who Why How Where Which Both Some Many Most All No Not "
    "One Two To Under Over Through During According Also Once Until Let Do Did Does Is Are Was Were Can "
    "Could Would Will Should Today"
)


def split(text: str, lang: Language) -> list[Range]:
    """Half-open code-point ranges of the sentences of `text`, in order.

    A range never crosses a newline and has no white space at its edges; together the ranges cover every
    character that is not white space. A line without a stop is one sentence.
    """
    cuts = _cuts_zh if lang == "zh" else _cuts_en
    ranges: list[Range] = []
    offset = 0
    for line in text.split("\n"):
        start = 0
        for cut in cuts(line):
            _keep(ranges, line, start, cut, offset)
            start = cut
        _keep(ranges, line, start, len(line), offset)
        offset += len(line) + 1
    return ranges


def _keep(ranges: list[Range], line: str, start: int, end: int, offset: int) -> None:
    piece = line[start:end]
    bare = piece.strip()
    if not bare:
        return
    lead = len(piece) - len(piece.lstrip())
    ranges.append((offset + start + lead, offset + start + lead + len(bare)))


def _cuts_zh(line: str) -> Iterator[int]:
    curly = _curl(line)
    pairs = _pairs(curly)
    closed_by = {close: open_ for open_, close in pairs.items()}
    urls = _URL.finditer(line) if "." in line else iter(())
    url = next(urls, None)
    start = done = quoted_to = aside_to = -1
    sentence = 0
    for event in _ZH_EVENT.finditer(curly):
        start = event.start()
        while url is not None and url.end() <= start:
            url = next(urls, None)
        mark = event[0]
        if mark in _OPENERS:
            close = pairs.get(start, -1)
            if mark in _QUOTES:
                quoted_to = max(quoted_to, close)
            elif close - start <= _LONGEST_ASIDE:
                aside_to = max(aside_to, close)
            continue
        if start < done or (url is not None and url.start() <= start and mark in ".!?"):
            continue
        tail = _ZH_TAIL.match(curly, event.end())
        end = tail.end() if tail else event.end()
        if end <= aside_to or end >= len(line):
            continue
        closers = [at for at in range(event.end(), end) if at in closed_by or curly[at] in _CLOSERS]
        opened = closed_by.get(closers[-1], -1) if closers else -1
        last = curly[closers[-1]] if closers else ""
        if _ends_zh(curly, event.span(), end, last, opened, sentence, start < quoted_to):
            yield end
            done = sentence = end


def _ends_zh(line: str, stop: Range, end: int, closer: str, opened: int, sentence: int, quoted: bool) -> bool:
    mark, following = line[stop[0]], line[end]
    if following in _GOES_ON_ZH or closer in ("》", "〉"):
        return False
    if mark == ".":
        return _full_stop_zh(line, stop, end, sentence)
    if mark == "…" and not closer and quoted:
        return False
    if closer in ("）", ")", "】", "〕"):
        return opened <= sentence or line[opened - 1] in "。！？!?"
    return not (closer and _SPEAKING_ZH.match(line, end))


def _full_stop_zh(line: str, stop: Range, end: int, sentence: int) -> bool:
    start = stop[0]
    before = line[start - 1] if start else " "
    if stop[1] - start > 1 or before in _CLOSERS:
        return not line[end].islower()
    if start - sentence < 9 and _ENUMERATOR.match(line[sentence:start]):
        return False
    if _is_han(before):
        return True
    spaced = line[end - 1].isspace() or stop[1] < end or _is_han(line[end])
    word = _LATIN_WORD.search(line[max(0, start - 24) : start])
    if word is None:
        return before.isdigit() and spaced and not line[end].isdigit()
    known = word[0].lower() in _NEVER_LAST | _SOMETIMES_LAST
    return spaced and len(word[0]) > 2 and not known and not line[end].islower()


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def _curl(line: str) -> str:
    """`line` with its straight quotes turned by turns into opening and closing ones; the length stays."""
    if '"' not in line and "'" not in line:
        return line
    open_now = {'"': False, "'": False}

    def turn(match: re.Match[str]) -> str:
        mark = match[0]
        open_now[mark] = not open_now[mark]
        return ("“" if open_now[mark] else "”") if mark == '"' else ("‘" if open_now[mark] else "’")

    return _STRAIGHT.sub(turn, line)


def _pairs(line: str) -> dict[int, int]:
    """Opening bracket or quote → its closing one; those left alone are not in it."""
    stack: list[tuple[str, int]] = []
    pairs: dict[int, int] = {}
    for match in _BRACKET.finditer(line):
        partner = _PARTNER.get(match[0])
        if partner is None:
            stack.append((match[0], match.start()))
            continue
        for depth in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
            if stack[depth][0] == partner:
                pairs[stack[depth][1]] = match.start()
                del stack[depth:]
                break
    return pairs


def _cuts_en(line: str) -> Iterator[int]:
    sentence = position = 0
    while (match := _EN_STOP.search(line, position)) is not None:
        position = match.start("open")
        if _ends_en(line, match, sentence):
            yield position
            sentence = position


def _ends_en(line: str, match: re.Match[str], sentence: int) -> bool:
    stop, close, open_, following = match["stop"], match["close"], match["open"], match["next"]
    if stop[0] in "—–-":
        return bool(open_) and open_[0] not in "(["
    if not open_ and following[0].islower():
        return False
    if stop == ".":
        return _full_stop_en(line, match, sentence)
    if "." in stop or "…" in stop:
        before = _EN_TOKEN.search(line[max(sentence, match.start() - 24) : match.start()].rstrip(". "))
        return before is None or before[0] != following
    return not (close and not open_ and _SPEAKING_EN.match(line, match.start("next")))


def _full_stop_en(line: str, match: re.Match[str], sentence: int) -> bool:
    start = match.start()
    if start - sentence < 9 and _ENUMERATOR.match(line[sentence:start]):
        return False
    token = _EN_TOKEN.search(line[max(sentence, start - 24) : start])
    if token is None or match["close"].strip(")]"):
        return True
    word, following = token[0].strip("’'-"), match["next"]
    lower = word.lower()
    if following[0].isdigit() and lower in _BEFORE_NUMBER:
        return False
    if lower in _NEVER_LAST and (lower not in _ALSO_WORDS or word[0].isupper()):
        return False
    initials = (len(word) == 1 and word.isupper()) or "." in word
    if initials or lower in _SOMETIMES_LAST:
        starts = following.split("’")[0].split("'")[0] in _STARTERS
        return starts or bool(match["open"]) or lower in _ALSO_WORDS
    return True
