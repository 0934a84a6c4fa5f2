"""What readers share: bytes to text and JSON with a clear word on damage, and documents put together.

A reader takes what fits and counts what does not; it stops only where a file is not in its format at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec

from annotator.core.document import Info
from annotator.core.errors import AnnotatorError
from annotator.core.pair import Pair, Segment
from annotator.core.span import CERTAINTIES, SIDE_ORDER, Certainty, Link, Side, Source, Span
from annotator.extend import File, Found
from annotator.formats.losses import Losses
from annotator.language.script import classify
from annotator.language.sentences import split

T = TypeVar("T")
IMPORTED = Source(kind="imported")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")
_GUESSED = 4000


def damaged(file: str, reason: object) -> AnnotatorError:
    """The error that says that a file is not what it was given as."""
    return AnnotatorError("error.read_damaged", file=file, reason=" ".join(str(reason).split())[:200])


def text_of(file: File) -> str:
    """The file as UTF-8 text without a byte order mark, exactly as it is else.

    Raises:
        AnnotatorError: if it is not UTF-8.
    """
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnnotatorError("error.read_encoding", file=file.name, byte=error.start + 1) from None


def decoded(data: bytes | str, kind: type[T], file: str) -> T:
    """JSON as a value of `kind`.

    Raises:
        AnnotatorError: if it is no JSON, or not of that shape; the sentence says where.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise damaged(file, error) from None


def decoded_lines(file: File, kind: type[T]) -> Iterator[T]:
    """JSON lines as values of `kind`; empty lines are passed over.

    Raises:
        AnnotatorError: as `decoded` does, with the number of the line.
    """
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(text_of(file).split("\n"), 1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
                raise damaged(f"{file.name}:{number}", error) from None


@contextmanager
def foreign(file: str) -> Iterator[None]:
    """Libraries raise whatever their authors chose; on a damaged file it all means the same.

    Raises:
        AnnotatorError: in the place of any exception but those that end the program.
    """
    try:
        yield
    except AnnotatorError:
        raise
    except Exception as error:
        raise damaged(file, error or type(error).__name__) from error


def language_of(text: str) -> Side:
    """The side that a text belongs to, by the script of its head."""
    return "zh" if classify(text[:_GUESSED]) == "zh" else "en"


class Gathering:
    """One document in the making. Texts are taken exactly; spans that do not fit them are counted."""

    def __init__(self, name: str, texts: dict[Side, str], losses: Losses) -> None:
        self.name = name
        self.texts: dict[Side, str] = {}
        self.add_texts(texts)
        self.losses = losses
        self._spans: dict[str, Span] = {}
        self._links: dict[str, Link] = {}

    def add_texts(self, texts: Mapping[Side, str]) -> None:
        """Take the texts of sides.

        Raises:
            AnnotatorError: if one holds control characters, which no document can.
        """
        for text in texts.values():
            bad = _CONTROL.search(text)
            if bad:
                raise damaged(self.name, f"U+{ord(bad[0]):04X}")
        self.texts |= texts

    def span(
        self,
        side: Side,
        start: int,
        end: int,
        label: str,
        *,
        quote: str | None = None,
        key: str = "",
        note: str = "",
        certainty: str = "",
        attributes: dict[str, str] | None = None,
        src: Source = IMPORTED,
        by: str = "",
        at: str = "",
        extra: dict[str, Any] | None = None,
    ) -> str | None:
        """Take a span; its id is `key` if that is given and free. None if it does not fit its text."""
        text = self.texts.get(side, "")
        if not label or not 0 <= start < end <= len(text):
            self.losses.add("loss.read_outside", quote or label)
            return None
        there = text[start:end]
        if quote is not None and quote != there and "".join(quote.split()) != "".join(there.split()):
            self.losses.add("loss.read_quote", quote)
            return None
        key = key if key and key not in self._spans else f"read{len(self._spans):08d}"
        self._spans[key] = Span(
            id=key,
            side=side,
            start=start,
            end=end,
            quote=there,
            label=label,
            note=note,
            certainty=certain(certainty),
            attributes=attributes or None,
            src=src,
            by=by,
            at=at,
            extra=extra,
        )
        return key

    def link(
        self, one: str | None, two: str | None, type: str, *, key: str = "", note: str = "", **more: Any
    ) -> None:
        """Take a link between two spans that were taken; across sides the Chinese one becomes `a`."""
        a, b = self._spans.get(one or ""), self._spans.get(two or "")
        if a is None or b is None or a is b or not type:
            self.losses.add("loss.read_link", type)
            return
        if SIDE_ORDER[a.side] > SIDE_ORDER[b.side]:
            a, b = b, a
        key = key if key and key not in self._links else f"link{len(self._links):08d}"
        fields = {"src": IMPORTED, "by": "", "at": "", **more}
        self._links[key] = Link(id=key, a=a.id, b=b.id, type=type, note=note, **fields)

    def found(self, pairs: Iterable[Pair] = (), done: Iterable[str] = (), info: Info | None = None) -> Found:
        """The document."""
        return Found(
            self.name,
            self.texts,
            tuple(pairs),
            tuple(self._spans.values()),
            tuple(self._links.values()),
            tuple(done),
            info,
        )


def certain(value: str) -> Certainty:
    """A certainty as it is said, else certain."""
    return next((one for one in CERTAINTIES if one == value), "certain")


def source_of(model: str | None = None, score: float | None = None) -> Source:
    """Where an annotation came from that a file brings along."""
    return Source(kind="imported", model=model or None, score=score)


class Laid:
    """The one text of an item as the sides that it is made of.

    `side` is what the file says; without it, a text with lines in both languages is taken for interleaved.
    """

    def __init__(self, text: str, side: str = "") -> None:
        self._starts: list[int] = []
        self._lines: list[tuple[Side, int, int]] = []
        self.texts: dict[Side, str] = {}
        lines = text.split("\n")
        sides = [side] * len(lines) if side in SIDE_ORDER else sides_of_lines(lines, text)
        parts: dict[Side, list[str]] = {"zh": [], "en": []}
        lengths: dict[Side, int] = {"zh": 0, "en": 0}
        at = 0
        for line, one in zip(lines, sides, strict=True):
            self._starts.append(at)
            self._lines.append((one, at, lengths[one]))  # type: ignore[arg-type, index]
            parts[one].append(line)  # type: ignore[index]
            lengths[one] += len(line) + 1  # type: ignore[index]
            at += len(line) + 1
        self._text = text
        self.texts = {one: "\n".join(found) for one, found in parts.items() if found}

    def place(self, start: int, end: int) -> tuple[Side, int, int] | None:
        """Where a range of the item's text lies; None if it is none, or begins and ends on two sides."""
        if not 0 <= start < end <= len(self._text):
            return None
        one, at, to = self._lines[bisect_right(self._starts, start) - 1]
        two, at_last, to_last = self._lines[bisect_right(self._starts, end - 1) - 1]
        return (one, start - at + to, end - at_last + to_last) if one == two else None


class Items:
    """Documents from items with one text each: the two sides of a document, or of a row, come together."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._all: list[tuple[Gathering, str]] = []
        self._open: dict[tuple[str, str], Gathering] = {}

    def add(self, name: str, text: str, side: str = "", pair: str = "") -> tuple[Gathering, Laid]:
        """Take an item's text; where to put its spans, and how its offsets lie on the sides. `pair` is the id
        of the one pair that it is of, if it is."""
        laid = Laid(text, side)
        one = self._open.get((name, pair))
        if one is None or one.texts.keys() & laid.texts.keys():
            one = self._open[name, pair] = Gathering(name, {}, self._losses)
            self._all.append((one, pair))
        one.add_texts(laid.texts)
        return one, laid

    def found(self) -> tuple[Found, ...]:
        """The documents."""
        return tuple(one.found(_row(one.texts, pair)) for one, pair in self._all)


def _row(texts: Mapping[Side, str], pair: str) -> Iterator[Pair]:
    """The pair that texts are of, if they are of one."""
    whole = {side: ((0, len(text)),) for side, text in texts.items() if text}
    if pair and whole:
        yield Pair(id=pair, zh=whole.get("zh", ()), en=whole.get("en", ()))


def sides_of_lines(lines: list[str], text: str) -> list[Side]:
    """The side of each line of a text: all one if hardly any is in the other language; lines without letters
    go with the one before."""
    whole = language_of(text)
    known = [classify(line) for line in lines]
    minority = sum(one not in (whole, "other") for one in known)
    if minority * 10 < sum(one != "other" for one in known):
        return [whole] * len(lines)
    sides: list[Side] = []
    for one in known:
        if one == "other":
            sides.append(sides[-1] if sides else whole)
        else:
            sides.append("zh" if one == "zh" else "en")
    return sides


def unix(text: str) -> str:
    """The text with newlines as its line ends."""
    return _LINE_ENDS.sub("\n", text)


class Rows:
    """Texts that come pair by pair, put together with a line end between them."""

    def __init__(self) -> None:
        self._parts: dict[Side, list[str]] = {"zh": [], "en": []}
        self._lengths: dict[Side, int] = {"zh": 0, "en": 0}
        self._ids: set[str] = set()
        self.pairs: list[Pair] = []

    def add(
        self,
        cells: Mapping[Side, str],
        *,
        key: str = "",
        role: str = "text",
        segments: Mapping[Side, Iterable[Segment]] | None = None,
        confidence: float | None = None,
        confirmed: bool = True,
    ) -> dict[Side, int]:
        """Take a pair; where its texts begin in those of the whole, for the sides that it has."""
        starts: dict[Side, int] = {}
        ranges: dict[Side, tuple[Segment, ...]] = {"zh": (), "en": ()}
        for side, cell in cells.items():
            if not cell.strip():
                continue
            at = starts[side] = self._lengths[side]
            self._parts[side].append(cell)
            self._lengths[side] += len(cell) + 1
            known = (segments or {}).get(side)
            ranges[side] = tuple(
                (at + start, at + end) for start, end in known or sentences(cell, side, role)
            )
        if starts:
            self._take(key, ranges, role, confidence, confirmed)
        return starts

    def _take(
        self,
        key: str,
        ranges: Mapping[Side, tuple[Segment, ...]],
        role: str,
        confidence: float | None,
        confirmed: bool,
    ) -> None:
        key = key if key and key not in self._ids else f"row{len(self.pairs):09d}"
        self._ids.add(key)
        self.pairs.append(
            Pair(
                id=key,
                zh=ranges["zh"],
                en=ranges["en"],
                role="title" if role == "title" else "text",
                confidence=confidence,
                confirmed=confirmed,
            )
        )

    @property
    def texts(self) -> dict[Side, str]:
        """The text of each side that has one."""
        return {side: "\n".join(parts) for side, parts in self._parts.items() if parts}


def sentences(text: str, side: Side, role: str = "text") -> list[Segment]:
    """The sentences of a text; a title is one."""
    if role == "title":
        start = len(text) - len(text.lstrip())
        return [(start, start + len(text.strip()))]
    return split(text, side)
