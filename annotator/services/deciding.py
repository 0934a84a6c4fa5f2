"""Deciding many suggestions of the queue as one edit, step by step, so that whoever waits can stop it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import Caption, Edit
from annotator.core.suggestion import Key, Suggestion
from annotator.services.offering import Offering
from annotator.services.queueing import Entry
from annotator.services.suggesting import EVERY, Steps, Twins, accepting, allow, finished, rejecting

Joined = Mapping[str, Sequence[Twins]]
"""What is to be linked, by document."""


def with_counterparts(
    offerings: Mapping[str, Offering], entries: Iterable[Entry], *, both: bool
) -> Steps[tuple[list[Entry], Joined]]:
    """The open entries as they are suggested now, and what is to be linked.

    With `both`, what is open on the other side of an entry is accepted with it, as in the text.
    """
    found: dict[tuple[str, Key], Entry] = {}
    joined: dict[str, list[Twins]] = {}
    for count, entry in enumerate(entries, 1):
        if count % EVERY == 0:
            yield
        offering, key = offerings.get(entry.doc), entry.suggestion.key
        now = offering.made_at(key) if offering is not None else None
        found[entry.doc, key] = entry if now in (None, entry.suggestion) else replace(entry, suggestion=now)
        there = offering.mate(now or entry.suggestion) if offering is not None else None
        if offering is None or there is None:
            continue
        joined.setdefault(entry.doc, []).append((key, there))
        twin = offering.made_at(there) if both else None
        if twin is not None:
            found.setdefault((entry.doc, there), Entry(twin, entry.doc, entry.place, entry.row))
    return list(found.values()), joined


def accepting_all(
    documents: Iterable[Document],
    entries: Iterable[Entry],
    *,
    by: str,
    link_type: str,
    label: str | None = None,
    joined: Joined | None = None,
) -> Steps[Edit]:
    """The open entries as annotations, in however many documents, as one edit; `joined` are linked.

    Raises:
        AnnotatorError: as `accept` does.
    """
    edits = []
    for document, each in _by_document(documents, entries):
        twins = (joined or {}).get(document.id, ())
        steps = accepting(document, each, by=by, link_type=link_type, label=label, twins=twins)
        edits.append((yield from steps))
    return _together(edits, "edit.accept")


def accept_all(
    documents: Iterable[Document],
    entries: Iterable[Entry],
    *,
    by: str,
    link_type: str,
    label: str | None = None,
    joined: Joined | None = None,
) -> Edit:
    """What `accepting_all` does, at once."""
    return finished(accepting_all(documents, entries, by=by, link_type=link_type, label=label, joined=joined))


def rejecting_all(documents: Iterable[Document], entries: Iterable[Entry], *, by: str) -> Steps[Edit]:
    """The open entries turned down, as one edit.

    Raises:
        AnnotatorError: as `reject` does.
    """
    edits = []
    for document, each in _by_document(documents, entries):
        edits.append((yield from rejecting(document, each, by=by)))
    return _together(edits, "edit.reject")


def reject_all(documents: Iterable[Document], entries: Iterable[Entry], *, by: str) -> Edit:
    """What `rejecting_all` does, at once."""
    return finished(rejecting_all(documents, entries, by=by))


def allow_all(documents: Iterable[Document], entries: Sequence[Entry]) -> Edit:
    """The rejected entries may be suggested again, as one edit."""
    ids = {entry.id for entry in entries}
    edits = (
        allow(document, [one for one in document.rejections() if one.id in ids]) for document in documents
    )
    return _together(edits, "edit.allow")


def _by_document(
    documents: Iterable[Document], entries: Iterable[Entry]
) -> Iterator[tuple[Document, list[Suggestion]]]:
    found: dict[str, list[Suggestion]] = {}
    for entry in entries:
        found.setdefault(entry.doc, []).append(entry.suggestion)
    for document in documents:
        if document.id in found:
            yield document, found[document.id]


def _together(edits: Iterable[Edit], key: str) -> Edit:
    """Edits of single documents as one; its caption counts if there are several."""
    done = [edit for edit in edits if not edit.empty]
    if len(done) == 1:
        return done[0]
    parts = tuple(part for edit in done for part in edit.parts)
    count = sum(len(part.spans) or len(part.rejected) or len(part.links) for part in parts)
    name = key if key == "edit.allow" else f"{key}_many"
    return Edit(caption=Caption(name, {"count": str(count)}), parts=parts)
