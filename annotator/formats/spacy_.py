"""spaCy: a DocBin for `spacy train`, with all annotations in `spans["sc"]` and flat ones in `ents`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from annotator.core.job import Job
from annotator.core.span import Span
from annotator.extend import Corpus, File, Needs, NoOptions, Reading, Report, exporter, importer
from annotator.formats.choices import (
    Layout,
    Overlaps,
    SideChoice,
    Unit,
    layout_choice,
    overlaps_choice,
    side_choice,
    unit_choice,
)
from annotator.formats.gather import Items, foreign, language_of
from annotator.formats.losses import UNSAID, Losses
from annotator.formats.passages import Passage, passages
from annotator.formats.records import sides_of
from annotator.formats.tokens import cut, priority, spaced, tokenizer

NEEDS = Needs("spacy", ("spacy",))
_KEY = "sc"


@dataclass(frozen=True, slots=True)
class SpacyOptions:
    """What becomes a Doc, what a token is, and which annotations are entities as well."""

    layout: Layout = layout_choice("pair", "document", "interleaved")
    side: SideChoice = side_choice()
    unit: Unit = unit_choice("word")
    overlaps: Overlaps = overlaps_choice()


@exporter(
    "spacy",
    "format.spacy",
    suffixes=(".spacy",),
    options=SpacyOptions,
    loses=(*UNSAID, "loss.links", "loss.clipped", "loss.not_in_rows", "loss.other_side"),
    needs=NEEDS,
    binary=True,
)
def write(corpus: Corpus, out: BinaryIO, options: SpacyOptions, job: Job) -> Report:
    """Write a Doc for each text; where it comes from stands in its `user_data`.

    Of annotations that overlap, `ents` can hold but one; the others are in `spans["sc"]` all the same.
    """
    import spacy
    from spacy.tokens import DocBin

    losses = Losses()
    made = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SPACY", "ORTH"], store_user_data=True)
    maker = _Maker(spacy.blank("xx").vocab, options, priority(options.overlaps, corpus.project))
    documents = total = 0
    sides = sides_of(options.side)
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        spans: set[str] = set()
        with _known_encoders():
            for passage in passages(document, options.layout, sides, losses, links=False):
                made.add(maker.doc(passage))
                spans.update(placed.span.id for placed in passage.spans)
        losses.unsaid(document, sides)
        losses.link_notes(document)
        losses.add("loss.links", count=len(document.links))
        documents += 1
        total += len(spans)
    out.write(made.to_bytes())
    job.progress(documents, documents)
    return Report(documents, total, 0, losses.all())


class _Encoders:
    """Stands in for a registry whose content is known."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._found = found

    def get_all(self) -> dict[str, Any]:
        """What there is."""
        return self._found


@contextmanager
def _known_encoders() -> Iterator[None]:
    """spaCy searches all installed packages for encoders three times a Doc, which takes ten times as long as
    the Doc itself. Those there are do not change meanwhile, so they are searched for once."""
    from srsly import msgpack

    registry = msgpack.msgpack_encoders
    msgpack.msgpack_encoders = _Encoders(registry.get_all())
    try:
        yield
    finally:
        msgpack.msgpack_encoders = registry


class _Maker:
    """Makes Docs of passages."""

    def __init__(self, vocab: Any, options: SpacyOptions, priority: Any) -> None:
        self._vocab, self._options, self._priority = vocab, options, priority
        self._tokenize = tokenizer(options.unit)

    def doc(self, passage: Passage) -> Any:
        """A Doc whose text is the passage's; tokens are cut at the edges of annotations."""
        from spacy.tokens import Doc
        from spacy.tokens import Span as Marked

        text = passage.text
        edges = [edge for placed in passage.spans for part in placed.parts for edge in part]
        side = passage.side or language_of(text)
        tokens = spaced(cut(self._tokenize(text, side), edges, text), text)
        doc = Doc(
            self._vocab, [text[start:end] for start, end, _ in tokens], [space for _, _, space in tokens]
        )
        starts, ends = [token[0] for token in tokens], [token[1] for token in tokens]
        owners = bytearray(len(tokens))
        parts = [(placed.span, *part) for placed in passage.spans for part in placed.parts]
        marked: list[tuple[Span, int, int]] = [
            (span, bisect_left(starts, start), bisect_right(ends, end)) for span, start, end in parts
        ]
        doc.spans[_KEY] = [
            Marked(doc, first, last, label=span.label, span_id=span.id) for span, first, last in marked
        ]
        flat = []
        for span, first, last in sorted(marked, key=lambda one: self._priority(one[0])):
            if not any(owners[first:last]):
                owners[first:last] = b"\1" * (last - first)
                flat.append(Marked(doc, first, last, label=span.label))
        doc.set_ents(sorted(flat, key=lambda one: one.start))
        doc.user_data |= {"document": passage.document.id, "side": passage.side or ""}
        if passage.row is not None:
            doc.user_data |= {"pair": passage.document.pairs[passage.row].id, "row": passage.row + 1}
        return doc


@importer("spacy", "format.spacy", suffixes=(".spacy",), needs=NEEDS)
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read `spans["sc"]` of each Doc, else the span group that there is, else its entities."""
    losses = Losses()
    items = Items(losses)
    for number, file in enumerate(files):
        job.progress(number, len(files))
        with foreign(file.name):
            for doc in _docs(file.data):
                _take(doc, items, file.name.rpartition(".")[0], losses)
    return Reading(items.found(), losses=losses.all())


def _docs(data: bytes) -> list[Any]:
    import spacy
    from spacy.tokens import DocBin

    from annotator.formats.archive import inflated

    # A DocBin is a zlib stream: held against what it may unfold to before anything reads it.
    inflated(data)
    return list(DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab))


def _take(doc: Any, items: Items, default: str, losses: Losses) -> None:
    about = doc.user_data
    name, side, pair = (str(about.get(key, "")) for key in ("document", "side", "pair"))
    gathering, laid = items.add(name or default, doc.text, side, pair)
    groups = (
        doc.spans.get(_KEY) or next((group for group in doc.spans.values() if len(group)), None) or doc.ents
    )
    for span in groups:
        place = laid.place(span.start_char, span.end_char)
        if place is None:
            losses.add("loss.read_outside", span.text[:40])
        else:
            gathering.span(*place, span.label_, key=span.id_)
