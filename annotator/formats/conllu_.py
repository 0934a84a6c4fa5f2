"""CoNLL-U: words of sentences, with annotations as the entities of CorefUD; linked ones are one entity.

Syntax is not annotated here: every word but the first hangs on the first one, as readers ask for a tree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple
from urllib.parse import quote as escape
from urllib.parse import unquote

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.pair import Segment
from annotator.core.span import SIDES, Side
from annotator.extend import Corpus, File, NoOptions, Reading, Report, exporter, importer
from annotator.formats.choices import SideChoice, Unit, choice, side_choice, unit_choice
from annotator.formats.gather import Gathering, damaged, language_of, text_of, unix
from annotator.formats.losses import UNSAID, Losses
from annotator.formats.records import checked_spans, sides_of
from annotator.formats.tokens import Tokenize, cut, tokenizer

_SAME = "SAME"
_KINDS = {
    "PERSON": "person", "PLACE": "place", "DATE": "time", "TIME": "time", "ORG": "organization",
    "THEME": "abstract", "EVENT": "event",
}  # fmt: skip
_LABELS = {"person": "PERSON", "place": "PLACE", "time": "DATE", "organization": "ORG", "abstract": "THEME"}
_HEAD = "# global.Entity = eid-etype-head-other\n"
_PIECE = re.compile(r"\(([^()]*)\)?|([^()]+)\)")
_WORD = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class ConlluOptions:
    """Which side, what a word is, and what a sentence."""

    side: SideChoice = side_choice()
    unit: Unit = unit_choice("word")
    sentence: Literal["segment", "pair"] = choice("sentence", "segment", "pair")


@exporter(
    "conllu",
    "format.conllu",
    suffixes=(".conllu",),
    options=ConlluOptions,
    loses=(
        *UNSAID,
        "loss.same_place",
        "loss.crossing",
        "loss.split",
        "loss.no_token",
        "loss.links",
        "loss.entity_links",
        "loss.other_side",
    ),
)
def write(corpus: Corpus, out: BinaryIO, options: ConlluOptions, job: Job) -> Report:
    """Write each side of each document as one; words are cut where annotations begin and end."""
    losses = Losses()
    tokenize = tokenizer(options.unit)
    documents = spans = links = count = 0
    out.write(_HEAD.encode())
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        sides = sides_of(options.side)
        entities = _entities(document, count)
        # Readers take entities of one name for one, wherever they are in the file.
        count += len(set(entities.values()))
        for side in sides:
            made = _Side(document, side, options, tokenize, entities, losses)
            out.writelines(made.lines())
            spans += made.written
        same = [link for link in document.links if link.type == _SAME]
        sizes = Counter(entities.values())
        losses.add("loss.entity_links", count=sum(sizes[entities[link.a]] > 2 for link in same))
        losses.add("loss.links", count=len(document.links) - len(same))
        if len(sides) == 2:
            links += len(same)
        else:
            losses.add("loss.links", count=len(same))
        losses.unsaid(document, sides)
        losses.link_notes(document)
        losses.other_side(document, sides)
        documents += 1
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


class _Entity(NamedTuple):
    key: str
    kind: str


def _entities(document: Document, before: int) -> dict[str, _Entity]:
    """The entity of each span: spans that are linked as the same have one, of the kind of the first."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = key = leader[leader[key]]
        return key

    for link in document.links:
        if link.type == _SAME:
            one, two = sorted((find(link.a), find(link.b)))
            leader[two] = one
    found: dict[str, _Entity] = {}
    for span in document.spans:
        found.setdefault(find(span.id), _Entity(f"e{before + len(found) + 1}", _kind(span.label)))
    return {span.id: found[find(span.id)] for span in document.spans}


class _Side:
    """One side of a document as sentences of words."""

    def __init__(
        self,
        document: Document,
        side: Side,
        options: ConlluOptions,
        tokenize: Tokenize,
        entities: dict[str, _Entity],
        losses: Losses,
    ) -> None:
        self._document, self._side, self._losses = document, side, losses
        self._text = document.text(side)
        self._tokenize, self._entities = tokenize, entities
        self._by_pair = options.sentence == "pair"
        self._spans = list(checked_spans(document, side))
        self._doubles: set[str] = set()
        self.written = 0

    def lines(self) -> Iterator[bytes]:
        """The document's head and its sentences."""
        document, side = self._document, self._side
        name = re.sub(r"\s", "_", document.id)
        yield f"# newdoc id = {name}.{side}\n".encode()
        edges = sorted({edge for span in self._spans for edge in (span.start, span.end)})
        seen: set[str] = set()
        first = 0
        for row, pair in enumerate(document.pairs):
            extent = pair.extent(side)
            segments = [extent] if self._by_pair and extent else pair.segments(side)
            for number, (start, end) in enumerate(segments, 1):
                text = self._text[start:end]
                inside = [edge - start for edge in edges[bisect_left(edges, start) : bisect_left(edges, end)]]
                words = [(start + a, start + b) for a, b in cut(self._tokenize(text, side), inside, text)]
                while first < len(self._spans) and self._spans[first].end <= start:
                    first += 1
                entities = self._marks(words, end, first, seen)
                about = f"# sent_id = {name}.{side}.{row + 1}.{number}\n# pair = {pair.id}\n"
                if number == 1 and pair.role == "title":
                    about += "# role = title\n"
                yield (about + self._sentence(words, entities)).encode()
        self.written = len(seen)
        dropped = {span.id for span in self._spans} - seen - self._doubles
        for span in self._spans:
            if span.id in dropped:
                self._losses.add("loss.no_token", span.quote)

    def _marks(self, words: list[Segment], end: int, first: int, seen: set[str]) -> dict[int, str]:
        """What stands in the `Entity` attribute of the words that an entity begins or ends at."""
        starts, ends = [word[0] for word in words], [word[1] for word in words]
        opening: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
        closing: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        taken: set[tuple[int, int]] = set()
        same: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at in range(first, bisect_left(self._spans, end, first, key=lambda span: span.start)):
            span = self._spans[at]
            a, b = bisect_left(starts, span.start), bisect_left(ends, span.end + 1)
            if a >= b:
                continue
            if (a, b) in taken:
                self._losses.add("loss.same_place", span.quote)
                self._doubles.add(span.id)
                continue
            taken.add((a, b))
            key, kind = self._entities[span.id]
            if any(one < a < two < b for one, two in same[key]):
                # Brackets of one entity are told apart by nesting alone.
                self._losses.add("loss.crossing", span.quote)
                self._doubles.add(span.id)
                continue
            same[key].append((a, b))
            part = ""
            if span.start < starts[0] or span.end > end:
                part = f",span:{_escaped(span.id)}"
                if span.id not in seen:
                    self._losses.add("loss.split", span.quote)
            seen.add(span.id)
            opening[a].append((b, key, f"({key}-{kind}-1-label:{_escaped(span.label)}{part}"))
            if b - a > 1:
                closing[b - 1].append((a, key))
        marks: dict[int, str] = {}
        for at in {*opening, *closing}:
            # Outer ones open first and close last.
            opened = sorted(opening[at], key=lambda one: -one[0])
            closed = "".join(f"{key})" for _, key in sorted(closing[at], key=lambda one: -one[0]))
            begun = "".join(text + (")" if b == at + 1 else "") for b, _, text in opened)
            marks[at] = closed + begun if not any(b == at + 1 for b, _, _ in opened) else begun + closed
        return marks

    def _sentence(self, words: list[Segment], entities: dict[int, str]) -> str:
        text, lines, said = self._text, [], ""
        for at, (start, end) in enumerate(words):
            form = text[start:end]
            glued = at + 1 < len(words) and words[at + 1][0] == end
            misc = [f"Entity={entities[at]}"] if at in entities else []
            misc += ["SpaceAfter=No"] if glued else []
            head, relation = ("0", "root") if at == 0 else ("1", "dep")
            lines.append(f"{at + 1}\t{form}\t_\tX\t_\t_\t{head}\t{relation}\t_\t{'|'.join(misc) or '_'}\n")
            said += form + ("" if glued or at + 1 == len(words) else " ")
        return f"# text = {said}\n{''.join(lines)}\n"


def _kind(label: str) -> str:
    return _KINDS.get(label.partition("/")[0].upper(), "other")


def _escaped(label: str) -> str:
    return escape(label, safe="/").replace("-", "%2D")


@importer("conllu", "format.conllu", suffixes=(".conllu",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read the entities of each document; entities that have several mentions link them."""
    losses = Losses()
    found = []
    for number, file in enumerate(files):
        job.progress(number, len(files))
        documents: dict[str, _Read] = {}
        for name, sentence in _sentences(file):
            documents.setdefault(name, _Read(name)).add(sentence, file.name)
        found += _gathered(documents.values(), losses)
    return Reading(tuple(one.found() for one in found), losses=losses.all())


def _sentences(file: File) -> Iterator[tuple[str, list[str]]]:
    """The lines of each sentence, with the document that it is in."""
    name = file.name.rpartition(".")[0]
    lines: list[str] = []
    for line in [*unix(text_of(file)).split("\n"), ""]:
        if line.startswith("# newdoc"):
            name = line.partition("=")[2].strip() or name
        elif line.strip():
            lines.append(line)
        elif lines:
            yield name, lines
            lines = []


class _Read:
    """A document that is being read: its text, and its mentions by entity."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.mentions: list[tuple[str, str, int, int]] = []
        self._open: dict[str, list[tuple[tuple[str, str], int]]] = {}
        self._parts: dict[tuple[str, str], int] = {}

    def add(self, lines: list[str], file: str) -> None:
        """Take a sentence."""
        self.text += "\n" if self.text else ""
        for line in lines:
            cells = line.split("\t")
            if line.startswith("#") or not _WORD.fullmatch(cells[0]):
                continue
            if len(cells) != 10 or not cells[1]:
                raise damaged(file, line[:60])
            misc = dict(one.partition("=")[::2] for one in cells[9].split("|"))
            start = len(self.text)
            self.text += cells[1]
            self._entities(misc.get("Entity", ""), start, len(self.text))
            self.text += "" if misc.get("SpaceAfter") == "No" else " "
        self.text = self.text.rstrip(" ")
        self._open.clear()

    def _entities(self, value: str, start: int, end: int) -> None:
        for piece in _PIECE.finditer(value):
            if piece[2] is not None:
                key = piece[2].partition("-")[0]
                waiting = self._open.get(key)
                if waiting:
                    label, begun = waiting.pop()
                    self._mention(key, label, begun, end)
                continue
            key, kind, other = _fields(piece[1])
            label = _label(kind, other)
            if piece[0].endswith(")"):
                self._mention(key, label, start, end)
            else:
                self._open.setdefault(key, []).append((label, start))

    def _mention(self, key: str, label: tuple[str, str], start: int, end: int) -> None:
        """Take a mention, or the rest of one that began in a sentence before."""
        name, span = label
        at = self._parts.get((key, span)) if span else None
        if at is not None:
            self.mentions[at] = (key, name, self.mentions[at][2], end)
            return
        if span:
            self._parts[key, span] = len(self.mentions)
        self.mentions.append((key, name, start, end))


def _fields(piece: str) -> tuple[str, str, str]:
    """Entity, type and what else is said of a mention."""
    parts = piece.split("-")
    return parts[0], parts[1] if len(parts) > 1 else "", "-".join(parts[3:])


def _label(kind: str, other: str) -> tuple[str, str]:
    """The label of a mention, and the span that it is a part of, if that runs over several sentences."""
    said = dict(one.partition(":")[::2] for one in other.split(","))
    label = unquote(said["label"]) if "label" in said else _LABELS.get(kind, kind or "other")
    return label, said.get("span", "")


def _gathered(documents: Iterable[_Read], losses: Losses) -> list[Gathering]:
    """The documents; the two sides of one come together."""
    made: dict[str, Gathering] = {}
    mentions: dict[tuple[str, str], list[str]] = {}
    for one in documents:
        stem, _, told = one.name.rpartition(".")
        side: Side = "zh" if told == "zh" else "en" if told == "en" else language_of(one.text)
        name = stem if told in SIDES else one.name
        gathering = made.get(name)
        if gathering is None or side in gathering.texts:
            name = name if gathering is None else one.name
            gathering = made[name] = Gathering(name, {}, losses)
        gathering.add_texts({side: one.text})
        for key, label, start, end in one.mentions:
            taken = gathering.span(side, start, end, label)
            if taken:
                mentions.setdefault((name, key), []).append(taken)
    for (name, _), keys in mentions.items():
        for key in keys[1:]:
            made[name].link(keys[0], key, _SAME)
    return list(made.values())
