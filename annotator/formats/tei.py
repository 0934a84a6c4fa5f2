"""TEI P5: words in sentences, annotations as spans that point at words, alignment and links as link groups.

The text of each `<ab>` is the document's, character by character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element

from annotator.core.about import version
from annotator.core.document import Document, Info
from annotator.core.job import Job
from annotator.core.pair import Pair, Segment
from annotator.core.project import Project
from annotator.core.span import SIDES, Side, Span
from annotator.extend import Corpus, File, Found, NoOptions, Reading, Report, exporter, importer
from annotator.formats import marked
from annotator.formats.choices import Unit, unit_choice
from annotator.formats.gather import Gathering, language_of
from annotator.formats.losses import Losses
from annotator.formats.marked import attributes, name, text
from annotator.formats.records import checked_spans, ordered_links
from annotator.formats.tokens import Tokenize, cut, tokenizer
from annotator.language.script import chinese_variant

_NAMESPACE = "http://www.tei-c.org/ns/1.0"


@dataclass(frozen=True, slots=True)
class TeiOptions:
    """What a word is."""

    unit: Unit = unit_choice("word")


@exporter(
    "tei",
    "format.tei",
    suffixes=(".xml",),
    options=TeiOptions,
    loses=("loss.notes", "loss.attributes", "loss.sources", "loss.no_token"),
)
def write(corpus: Corpus, out: BinaryIO, options: TeiOptions, job: Job) -> Report:
    """Write a corpus of documents, each with two texts and what is said of them."""
    losses = Losses()
    tokenize = tokenizer(options.unit)
    documents = spans = links = 0
    out.write(_opening(corpus.project).encode())
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        made = _Tei(document, documents + 1, tokenize, losses)
        out.writelines(piece.encode() for piece in made.pieces())
        losses.unsaid(document, SIDES, "loss.notes", "loss.certainty")
        losses.link_notes(document)
        documents += 1
        spans += made.spans
        links += made.links
    if not documents:
        out.write(f"<TEI>{_header('–')}<text><body><ab/></body></text></TEI>\n".encode())
    out.write(b"</teiCorpus>\n")
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


def _opening(project: Project) -> str:
    categories = "".join(
        f'<category xml:id="{_label_id(label.id)}" n="{marked.value(label.id)}">'
        f'<catDesc xml:lang="en">{text(label.title("en"))}</catDesc>'
        f'<catDesc xml:lang="zh">{text(label.title("zh"))}</catDesc></category>\n'
        for label in project.labels
    )
    declared = f"<classDecl><taxonomy>\n{categories}</taxonomy></classDecl>" if categories else ""
    program = f'<application ident="annotator" version="{version()}"><label>Annotator</label></application>'
    about = f"<appInfo>{program}</appInfo>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{_NAMESPACE}">\n'
        f"{_header(project.title, f'<encodingDesc>{about}{declared}</encodingDesc>')}\n"
    )


def _header(title: str, more: str = "", date: str | None = None) -> str:
    said = f"<p>{text(date)}</p>" if date else "<p/>"
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{text(title)}</title></titleStmt>"
        f"<publicationStmt><p/></publicationStmt><sourceDesc>{said}</sourceDesc></fileDesc>{more}</teiHeader>"
    )


def _label_id(label: str) -> str:
    # Letters, digits, `.`, `-` and `_` stay; what else there is gets its number, so that no two are alike.
    return "label." + "".join(one if one.isalnum() or one in "_-" else f".{ord(one):x}." for one in label)


class _Tei:
    """One document; its ids begin with its number in the corpus."""

    def __init__(self, document: Document, number: int, tokenize: Tokenize, losses: Losses) -> None:
        self._document, self._tokenize, self._losses = document, tokenize, losses
        self._prefix = f"d{number}."
        self._words: dict[Side, list[Segment]] = {}
        self._spans = {side: list(checked_spans(document, side)) for side in SIDES}
        self._labels: dict[str, str] = {}
        self.spans = self.links = 0

    def pieces(self) -> Iterator[str]:
        """The document, piece by piece."""
        document = self._document
        yield f'<TEI n="{marked.value(document.id)}">{_header(document.title, date=document.info.date)}\n'
        sides = [f"<text{self._about(side)}><body>{self._body(side)}</body></text>\n" for side in SIDES]
        yield self._stand_off()
        yield "<text><group>\n"
        yield from sides
        yield "</group></text>\n</TEI>\n"

    def _about(self, side: Side) -> str:
        return attributes(xml_lang=self._document.language(side), xml_space="preserve")

    def _body(self, side: Side) -> str:
        whole = self._document.text(side)
        edges = sorted({edge for span in self._spans[side] for edge in (span.start, span.end)})
        words = self._words[side] = []
        parts = ["<ab>"]
        prefix = f"{self._prefix}{side}.w"
        at = 0
        for row, pair in enumerate(self._document.pairs):
            for number, (start, end) in enumerate(pair.segments(side)):
                parts.append(text(whole[at:start]))
                about = attributes(xml_id=f"{self._prefix}{side}.s{row}.{number}")
                parts.append(f"<s{about}>")
                inside = [one - start for one in edges[bisect_right(edges, start) : bisect_left(edges, end)]]
                sentence = whole[start:end]
                at = start
                for a, b in cut(self._tokenize(sentence, side), inside, sentence):
                    between = text(whole[at : start + a]) if at < start + a else ""
                    parts.append(f'{between}<w xml:id="{prefix}{len(words)}">{text(sentence[a:b])}</w>')
                    words.append((start + a, start + b))
                    at = start + b
                parts.append(f"{text(whole[at:end])}</s>")
                at = end
        return "".join([*parts, text(whole[at:]), "</ab>"])

    def _stand_off(self) -> str:
        groups: list[str] = []
        written: set[str] = set()
        for side in SIDES:
            lines = [line for span in self._spans[side] if (line := self._span(span, side, written))]
            if lines:
                groups.append(f'<spanGrp type="annotation" subtype="{side}">\n{"".join(lines)}</spanGrp>\n')
        groups += self._alignment()
        groups += self._linked(written)
        self.spans = len(written)
        return f"<standOff>\n{''.join(groups)}</standOff>\n" if groups else ""

    def _span(self, span: Span, side: Side, written: set[str]) -> str:
        words = self._words[side]
        first = bisect_left(words, span.start, key=lambda word: word[0])
        last = bisect_right(words, span.end, key=lambda word: word[1]) - 1
        if first > last:
            self._losses.add("loss.no_token", span.quote)
            return ""
        written.add(span.id)
        there = f"#{self._prefix}{side}.w{first}", f"#{self._prefix}{side}.w{last}"
        certainty = {"likely": "medium", "unsure": "low"}.get(span.certainty)
        label = self._labels.get(span.label)
        if label is None:
            label = self._labels[span.label] = attributes(ana=f"#{_label_id(span.label)}", n=span.label)
        about = f' xml:id="{self._prefix}{name(span.id)}"{label} from="{there[0]}" to="{there[1]}"'
        about += f' cert="{certainty}"' if certainty else ""
        note = f"<note>{text(span.note)}</note>" if span.note else ""
        return f"<span{about}>{note}</span>\n"

    def _alignment(self) -> Iterator[str]:
        pairs = []
        for row, pair in enumerate(self._document.pairs):
            ends = [
                f"#{self._prefix}{side}.s{row}.{number}"
                for side in SIDES
                for number in range(len(pair.segments(side)))
            ]
            if pair.zh and pair.en:
                done = "done" if pair.id in self._document.done else None
                about = attributes(xml_id=f"{self._prefix}{name(pair.id)}", type=pair.role, subtype=done)
                pairs.append(f"<link{about}{attributes(target=' '.join(ends))}/>\n")
        if pairs:
            yield f'<linkGrp type="alignment">\n{"".join(pairs)}</linkGrp>\n'

    def _linked(self, written: set[str]) -> Iterator[str]:
        lines = []
        for link in ordered_links(self._document):
            if link.a in written and link.b in written:
                ends = " ".join(f"#{self._prefix}{name(end)}" for end in (link.a, link.b))
                about = attributes(
                    xml_id=f"{self._prefix}{name(link.id)}", type=name(link.type), n=link.type, target=ends
                )
                lines.append(f"<link{about}/>\n")
        self.links = len(lines)
        if lines:
            yield f'<linkGrp type="links">\n{"".join(lines)}</linkGrp>\n'


@importer("tei", "format.tei", suffixes=(".xml",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read texts with words that have ids, and the spans and links that point at them."""
    losses = Losses()
    found = []
    for number, file in enumerate(files):
        job.progress(number, len(files))
        root = marked.parsed(file)
        default = file.name.rpartition(".")[0]
        for one in marked.named(root, "TEI"):
            found.append(_Read(one, one.get("n") or default, losses))
    return Reading(tuple(one.found() for one in found if one.texts), losses=losses.all())


class _Read:
    """A document that is being read."""

    def __init__(self, root: Element, default: str, losses: Losses) -> None:
        self._root, self._losses = root, losses
        self._name = default
        self.texts: dict[Side, str] = {}
        self._places: dict[str, tuple[Side, int, int]] = {}
        for one in marked.named(root, "text"):
            if not marked.named(one, "group"):
                self._text(one)

    def _text(self, element: Element) -> None:
        places: list[tuple[str, int, int]] = []
        parts: list[str] = []
        bodies = marked.named(element, "ab") or marked.named(element, "p")
        for body in bodies:
            _walk(body, parts, places, [sum(map(len, parts))])
            if body is not bodies[-1]:
                parts.append("\n")
        whole = "".join(parts)
        told = marked.attribute(element, "lang").partition("-")[0]
        side: Side = "zh" if told == "zh" else "en" if told == "en" else language_of(whole)
        if side in self.texts or not whole.strip():
            return
        self.texts[side] = whole
        self._places |= {key: (side, start, end) for key, start, end in places}

    def found(self) -> Found:
        """The document."""
        gathering = Gathering(self._name, self.texts, self._losses)
        taken: dict[str, str | None] = {}
        for span in marked.named(self._root, "span"):
            taken[marked.attribute(span, "id")] = self._span(span, gathering)
        pairs: list[Pair] = []
        done: list[str] = []
        for group in marked.named(self._root, "linkGrp"):
            links = [one for one in group if marked.local(one) == "link"]
            if marked.attribute(group, "type") == "alignment":
                pairs += map(self._pair, links)
                done += (_bare(one) for one in links if marked.attribute(one, "subtype") == "done")
            else:
                for link in links:
                    self._link(link, taken, gathering)
        return gathering.found(self._with_one_sided(pairs), done, self._info())

    def _info(self) -> Info:
        title = next((one.text or "" for one in marked.named(self._root, "title")), "")
        return Info(title=title or self._name, zh_lang=chinese_variant(self.texts.get("zh", "")))

    def _range(self, element: Element) -> tuple[Side, int, int] | None:
        """From the first to the last word that an element points at."""
        ends = f"{marked.attribute(element, 'from')} {marked.attribute(element, 'to')}"
        named = (ends if ends.strip() else marked.attribute(element, "target")).split()
        places = [self._places.get(one.removeprefix("#")) for one in named]
        known = [place for place in places if place is not None]
        if not known or len(known) < len(places) or len({place[0] for place in known}) > 1:
            return None
        return known[0][0], min(place[1] for place in known), max(place[2] for place in known)

    def _span(self, element: Element, gathering: Gathering) -> str | None:
        place = self._range(element)
        ana = marked.attribute(element, "ana").removeprefix("#").removeprefix("label.")
        label = element.get("n") or ana or marked.attribute(element, "type")
        if place is None:
            self._losses.add("loss.read_outside", label)
            return None
        certainty = {"medium": "likely", "low": "unsure"}.get(marked.attribute(element, "cert"), "certain")
        note = "\n".join(marked.flat(one) for one in marked.named(element, "note"))
        return gathering.span(*place, label, key=_bare(element), note=note, certainty=certainty)

    def _pair(self, element: Element) -> Pair:
        sides: dict[Side, list[Segment]] = {"zh": [], "en": []}
        for one in marked.attribute(element, "target").split():
            place = self._places.get(one.removeprefix("#"))
            if place is not None:
                sides[place[0]].append(place[1:])
        title = marked.attribute(element, "type") == "title"
        return Pair(
            id=_bare(element),
            zh=tuple(sorted(sides["zh"])),
            en=tuple(sorted(sides["en"])),
            role="title" if title else "text",
        )

    def _with_one_sided(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs with rows of their own for sentences that no pair has, in text order."""
        paired = {(side, segment) for pair in pairs for side in SIDES for segment in pair.segments(side)}
        alone: list[Pair] = []
        for key, (side, start, end) in self._places.items():
            if ".s" in key and (side, (start, end)) not in paired:
                segment = ((start, end),)
                alone.append(
                    Pair(id=key, zh=segment if side == "zh" else (), en=segment if side == "en" else ())
                )
        return _merged(pairs, alone)

    def _link(self, element: Element, taken: dict[str, str | None], gathering: Gathering) -> None:
        ends = [taken.get(one.removeprefix("#")) for one in marked.attribute(element, "target").split()]
        type = element.get("n") or marked.attribute(element, "type")
        if len(ends) == 2:
            gathering.link(ends[0], ends[1], type, key=_bare(element))
        else:
            self._losses.add("loss.read_link", type)


def _merged(pairs: list[Pair], alone: list[Pair]) -> list[Pair]:
    """One-sided rows put in before the first pair that begins behind them on their side."""
    rows = list(pairs)
    for one in alone:
        side: Side = "zh" if one.zh else "en"
        start = one.segments(side)[0][0]
        behind = (
            at for at, row in enumerate(rows) if row.segments(side) and row.segments(side)[0][0] > start
        )
        rows.insert(next(behind, len(rows)), one)
    return rows


def _bare(element: Element) -> str:
    """The id of an element without the number of its document, nor what made it a name."""
    return marked.attribute(element, "id").rpartition(".")[2].removeprefix("_")


def _walk(element: Element, parts: list[str], places: list[tuple[str, int, int]], at: list[int]) -> None:
    """Put together the text below an element, and where each element with an id lies in it."""
    start = at[0]
    _put(element.text, parts, at)
    for child in element:
        if isinstance(child.tag, str) and marked.local(child) != "note":
            _walk(child, parts, places, at)
        _put(child.tail, parts, at)
    key = marked.attribute(element, "id")
    if key:
        places.append((key, start, at[0]))


def _put(piece: str | None, parts: list[str], at: list[int]) -> None:
    if piece:
        parts.append(piece)
        at[0] += len(piece)
