"""Taking in annotations that were read: matched by name to labels and by content to documents, as one edit.

Nothing is guessed about places: a text of the file is looked for in the documents, with white space left
out of account; what is annotated in it is carried to where it was found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from annotator.core.apply import check_segments
from annotator.core.document import Document, DocumentData, Info
from annotator.core.edits import (
    Caption,
    DocumentChange,
    DocumentEdit,
    Edit,
    LinkChange,
    ProjectChange,
    SpanChange,
)
from annotator.core.errors import Conflict
from annotator.core.ids import new_id, now
from annotator.core.job import Job
from annotator.core.pair import Pair, PairTable
from annotator.core.project import Project
from annotator.core.session import Session
from annotator.core.span import SIDES, Link, Side, Span
from annotator.extend import Found, Loss, Reading
from annotator.formats.gather import Rows
from annotator.formats.losses import Losses
from annotator.language.script import chinese_variant
from annotator.language.sentences import split
from annotator.services.aligning import Known, Sentences, pair_up
from annotator.services.finding import Place, Shelf
from annotator.services.labelnames import Labels, plain
from annotator.store.names import slug

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{12}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import of annotations does, before it is done.

    Attributes:
        edit: the step that does it; empty if nothing is new.
        matched: ids of documents that get annotations.
        added: ids of documents that the project did not have.
        spans: how many annotations are new.
        links: how many links are new.
        already: how many annotations were there before.
        labels: labels that the project did not have and gets.
        losses: what could not be taken.
    """

    edit: Edit
    matched: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    spans: int = 0
    links: int = 0
    already: int = 0
    labels: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()


def take(
    session: Session,
    reading: Reading,
    *,
    names: Mapping[str, str] | None = None,
    add_labels: bool = False,
    new_labels: Collection[str] = (),
    add_documents: bool = True,
    job: Job | None = None,
) -> Taken:
    """What taking in a reading would do. `names` says which label of the project one of the file is, or by an
    empty name that what has it is left out.

    Labels that the project does not have are left out and counted; those in `new_labels` are added, with
    `add_labels` all. Documents that it does not have are added, unless `add_documents` is false.

    Raises:
        Cancelled: if the user asked to stop.
    """
    taking = _Taking(session, reading, dict(names or {}), add_labels, frozenset(new_labels), add_documents)
    return taking.run(job or Job())


class _Taking:
    def __init__(
        self,
        session: Session,
        reading: Reading,
        names: dict[str, str],
        add: bool,
        new: frozenset[str],
        documents: bool,
    ) -> None:
        self._session, self._reading, self._names, self._add = session, reading, names, add
        self._new, self._documents = new, documents
        self._losses = Losses()
        for loss in reading.losses:
            self._losses.add(loss.key, loss.example, loss.count)
        self._project = session.project
        self._labels = Labels(session.project, names)
        self._shelf = Shelf(session)
        self._parts: dict[str, _Part] = {}
        self._added: dict[str, DocumentData] = {}
        self._already = 0

    def run(self, job: Job) -> Taken:
        documents = self._reading.documents
        strangers: dict[str, list[Found]] = {}
        for number, found in enumerate(documents):
            job.progress(number, len(documents))
            if not any(text.strip() for text in found.texts.values()):
                continue
            place = self._shelf.find(found)
            if place is None and self._annotate_rows(found):
                continue
            if place is None:
                strangers.setdefault(found.name, []).append(found)
            else:
                self._annotate(place, found)
        for parts_of_one in strangers.values():
            self._add_document(joined(parts_of_one), job)
        job.progress(len(documents), len(documents))
        parts = tuple(part.edit() for part in self._parts.values() if part.spans or part.links)
        project = ProjectChange(self._session.project, self._project) if self._labels.fresh else None
        count = sum(len(part.spans) for part in parts)
        new = tuple(DocumentChange(None, data) for data in self._added.values())
        caption = Caption(
            "edit.take", {"count": str(count + sum(len(one.spans) for one in self._added.values()))}
        )
        return Taken(
            edit=Edit(caption=caption, parts=parts, documents=new, project=project),
            matched=tuple(self._parts),
            added=tuple(self._added),
            spans=count + sum(len(one.spans) for one in self._added.values()),
            links=sum(len(part.links) for part in parts)
            + sum(len(one.links) for one in self._added.values()),
            already=self._already,
            labels=tuple(label.id for label in self._labels.fresh),
            losses=self._losses.all(),
        )

    def _label(self, name: str) -> str | None:
        if self._names.get(name) == "":
            self._losses.add("loss.read_left_out", name)
            return None
        label = self._labels.exact(name) if name in self._new else self._labels.find(name)
        if label is None and (self._add or name in self._new):
            label = self._labels.add(name, self._reading.labels)
            self._project = replace(
                self._project, labels=(*self._session.project.labels, *self._labels.fresh)
            )
        if label is None:
            self._losses.add("loss.read_label", name)
        return label

    def _annotate(self, place: Place, found: Found) -> None:
        document = place.document
        part = self._parts.setdefault(document.id, _Part(document))
        for span in found.spans:
            carried = place.carried(span)
            label = self._label(span.label)
            if carried is None:
                self._losses.add("loss.read_text", span.quote)
            elif label is not None:
                made = replace(_own(carried, self._session.annotator), label=label)
                self._already += not part.add(found.name, span.id, made)
        for link in found.links:
            self._link(part, found.name, link)

    def _annotate_rows(self, found: Found) -> bool:
        """Take the rows of a text that is in no document as a whole; whether any of them is in one."""
        # Rows without annotations are looked for too: what stands there twice is told by what is before it.
        rows = [(row, place) for row in apart(found) if (place := self._shelf.find(row)) is not None]
        rows = [(row, place) for row, place in rows if row.spans]
        for row, place in rows:
            self._annotate(place, row)
        if not rows:
            return False
        known = {span.id for row, _ in rows for span in row.spans}
        for span in found.spans:
            if span.id not in known:
                self._losses.add("loss.read_text", span.quote)
        for link in found.links:
            ends = {(found.name, link.a), (found.name, link.b)}
            part = next((one for one in self._parts.values() if ends <= one.taken.keys()), None)
            if part is None:
                self._losses.add("loss.read_link", link.type)
            else:
                self._link(part, found.name, link)
        return True

    def _link(self, part: _Part, name: str, link: Link) -> None:
        type = _link_type(self._project, link.type)
        ends = part.taken.get((name, link.a)), part.taken.get((name, link.b))
        if type is None:
            self._losses.add("loss.read_link_type", link.type)
        elif ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            self._losses.add("loss.read_link", link.type)
        else:
            part.add_link(replace(_own(link, self._session.annotator), a=ends[0], b=ends[1], type=type))

    def _add_document(self, found: Found, job: Job) -> None:
        missing = next((side for side in SIDES if not found.texts.get(side, "").strip()), None)
        if missing is not None or not self._documents:
            why = "loss.read_no_document" if missing else "loss.read_new_document"
            self._losses.add(why, found.name)
            self._losses.add("loss.read_text", _first(found), 0 if missing else len(found.spans))
            return
        taken = {*self._session.document_ids, *self._added}
        doc_id = slug(found.name or "document", taken)
        info = found.info or Info(title=found.name, zh_lang=chinese_variant(found.texts["zh"]))
        # A lone carriage return counts as the space that it becomes.
        zh, en = (found.texts[side].replace("\r", " ") for side in SIDES)
        bare = Document(id=doc_id, info=info, zh=zh, en=en)
        part = _Part(bare)
        place = Place.same(bare)
        self._parts[doc_id] = part
        self._annotate(place, found)
        del self._parts[doc_id]
        pairs = _pairs_of(found, bare, job)
        known = {pair.id for pair in pairs}
        self._added[doc_id] = replace(
            bare.data(),
            pairs=pairs,
            spans=tuple(sorted(part.spans.values(), key=lambda span: (span.side != "zh", span.order))),
            links=tuple(part.links.values()),
            done=tuple(one for one in found.done if one in known),
        )


def _first(found: Found) -> str:
    return found.spans[0].quote if found.spans else ""


def apart(found: Found) -> Iterator[Found]:
    """The rows of a text, each as a text; annotations over several rows stay away."""
    if len(found.pairs) < 2:
        return
    rows: dict[int, list[Span]] = {row: [] for row in range(len(found.pairs))}
    table = PairTable(found.pairs)
    for span in found.spans:
        row = table.row_at(span.side, span.start)
        extent = found.pairs[row].extent(span.side)
        if extent and extent[0] <= span.start and span.end <= extent[1]:
            rows[row].append(span)
    for row, spans in rows.items():
        pair = found.pairs[row]
        extents = {side: extent for side in SIDES if (extent := pair.extent(side)) is not None}
        texts = {side: found.texts[side][start:end] for side, (start, end) in extents.items()}
        moved = [
            replace(one, start=one.start - extents[one.side][0], end=one.end - extents[one.side][0])
            for one in spans
        ]
        whole = {side: ((0, len(text)),) for side, text in texts.items()}
        own = Pair(id=pair.id, zh=whole.get("zh", ()), en=whole.get("en", ()))
        yield Found(found.name, texts, (own,), tuple(moved))


def joined(parts: Sequence[Found]) -> Found:
    """Stretches of one document as one; what has no pairs of its own becomes one pair."""
    if len(parts) == 1:
        return parts[0]
    rows, spans, links = Rows(), list[Span](), list[Link]()
    for number, part in enumerate(parts):
        key = part.pairs[0].id if len(part.pairs) == 1 else ""
        starts = rows.add(part.texts, key=key, confirmed=False)
        spans += (
            replace(
                span,
                id=f"{number}.{span.id}",
                start=span.start + starts[span.side],
                end=span.end + starts[span.side],
            )
            for span in part.spans
            if span.side in starts
        )
        links += (
            replace(link, id=f"{number}.{link.id}", a=f"{number}.{link.a}", b=f"{number}.{link.b}")
            for link in part.links
        )
    return Found(parts[0].name, rows.texts, tuple(rows.pairs), tuple(spans), tuple(links))


def _own(thing: Any, annotator: str) -> Any:
    """With an id of the project's kind, and made by somebody at some time."""
    return replace(
        thing,
        id=thing.id if _ID.fullmatch(thing.id) else new_id(),
        by=thing.by or annotator,
        at=thing.at or now(),
    )


def _link_type(project: Project, name: str) -> str | None:
    wanted = plain(name)
    for type in project.link_types:
        if wanted in (plain(type.id), *map(plain, type.name.values())):
            return type.id
    return None


@dataclass(slots=True)
class _Part:
    """What one document gets."""

    document: Document
    spans: dict[str, Span] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    _places: dict[tuple[Side, int, int, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {
            (span.side, span.start, span.end, span.label): span.id for span in self.document.spans
        }

    def add(self, name: str, key: str, span: Span) -> bool:
        """Take a span unless its place has its label already; whether it is new."""
        place = (span.side, span.start, span.end, span.label)
        if place in self._places:
            self.taken[name, key] = self._places[place]
            return False
        if span.id in self.document.spans or span.id in self.spans:
            span = replace(span, id=new_id())
        self.spans[span.id] = span
        self.taken[name, key] = self._places[place] = span.id
        return True

    def add_link(self, link: Link) -> None:
        """Take a link unless its ends are joined already."""
        if self.document.links.between(link.a, link.b) is not None:
            return
        if any({one.a, one.b} == {link.a, link.b} for one in self.links.values()):
            return
        if link.id in self.document.links or link.id in self.links:
            link = replace(link, id=new_id())
        self.links[link.id] = link

    def edit(self) -> DocumentEdit:
        """The change to the document."""
        return DocumentEdit(
            doc=self.document.id,
            spans=tuple(SpanChange(None, span) for span in self.spans.values()),
            links=tuple(LinkChange(None, link) for link in self.links.values()),
        )


def _pairs_of(found: Found, document: Document, job: Job) -> tuple[Pair, ...]:
    """The pairs that the file knows if they fit its texts, else those of the aligner."""
    pairs = tuple(found.pairs)
    try:
        for side in SIDES:
            check_segments(PairTable(pairs), side, document.text(side), 0, len(pairs))
    except Conflict:
        pairs = ()
    if pairs and len({pair.id for pair in pairs}) == len(pairs):
        return tuple(pair if _ID.fullmatch(pair.id) else replace(pair, id=new_id()) for pair in pairs)
    return pair_up(_sentences(document, "zh"), _sentences(document, "en"), Known(), job=job)


def _sentences(document: Document, side: Side) -> Sentences:
    text = document.text(side)
    segments = tuple(split(text, side))
    return Sentences(text, segments, tuple(text.count("\n", 0, start) for start, _ in segments))
