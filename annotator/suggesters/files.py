"""Predictions that a model wrote to a file: our JSON lines, Label Studio, Prodigy or spaCy.

A prediction belongs to a text. It is looked for as a whole row, a sentence or the whole side of a document,
so that predictions are found whatever unit the model was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.span import SIDES, Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, Offer, suggester
from annotator.suggesters import labelstudio
from annotator.suggesters.claims import Checked, Claim, Labels, claim_of, extents_of

_VERSION = "1"
_LARGEST = 2_000_000_000
_EVERY = 1000

Claims = dict[str, list[Claim]]


@dataclass(frozen=True, slots=True)
class FilesOptions:
    """The file with the predictions, and its names of labels."""

    path: str = field(default="", metadata={"help": "option.predictions_path"})
    labels: str = field(default="", metadata={"help": "option.their_labels"})


@suggester("files", "suggester.files", version=_VERSION, options=FilesOptions)
def make(evidence: Evidence, options: FilesOptions, job: Job) -> Offer:
    """Reads the file."""
    path = Path(options.path)
    found = read(path, job)
    reason = Reason("reason.file", {"file": path.name})
    checked = Checked(
        Labels(evidence.project, options.labels), f"files@{_VERSION}-{path.stem[:40]}", reason, job
    )

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for side in SIDES:
            for extent in _extents(document, side, rows):
                claims = found.get(document.text(side)[extent[0] : extent[1]])
                if claims:
                    yield from checked.suggestions(document, side, extent, claims)
            yield from _of_whole(document, side, rows, found, checked)

    return offer


def read(path: Path, job: Job | None = None) -> Claims:
    """What a file says, by the text that it speaks of.

    Raises:
        AnnotatorError: if it cannot be read, is too large, or holds no prediction in any of the known forms.
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    try:
        if path.stat().st_size > _LARGEST:
            raise AnnotatorError("error.predictions_large", path=path)
        records = _docbin(path) if path.suffix == ".spacy" else _records(path)
        found: Claims = {}
        for number, (text, claims) in enumerate(records, 1):
            found.setdefault(text, []).extend(claims)
            if number % _EVERY == 0:
                job.progress(number, number + _EVERY)
    except OSError as why:
        raise AnnotatorError("error.predictions_unreadable", path=path, reason=why.strerror or why) from why
    if not any(found.values()):
        raise AnnotatorError("error.predictions_none", path=path)
    return found


def _extents(document: Document, side: Side, rows: range) -> Iterator[tuple[int, int]]:
    """Each row and, where it has several, each of its sentences."""
    for row in rows:
        segments = document.pairs[row].segments(side)
        extent = document.pairs[row].extent(side)
        if extent is not None:
            yield extent
        if len(segments) > 1:
            yield from segments


def _of_whole(
    document: Document, side: Side, rows: range, found: Claims, checked: Checked
) -> Iterator[Suggestion]:
    """What is said of the whole side, as far as it starts in these rows."""
    claims = found.get(document.text(side))
    extents = extents_of(document, side, rows)
    if not claims or not extents:
        return
    first, last = extents[0][0], extents[-1][1]
    inside = [claim for claim in claims if first <= claim.start < last]
    yield from checked.suggestions(document, side, (0, len(document.text(side))), inside)


def _records(path: Path) -> Iterator[tuple[str, list[Claim]]]:
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    for number, record in _objects(data, path):
        if isinstance(record, Mapping):
            yield from of_record(record)
        else:
            raise AnnotatorError(
                "error.predictions_line", path=path, line=number, reason=say("error.no_object")
            )


def _objects(data: bytes, path: Path) -> Iterator[tuple[int, object]]:
    """The objects of a JSON list, of one JSON object, or one a line."""
    if data.lstrip()[:1] == b"[":
        try:
            records = msgspec.json.decode(data, type=list[object])
        except (msgspec.DecodeError, RecursionError, UnicodeError) as why:
            raise AnnotatorError("error.predictions_line", path=path, line=1, reason=why) from why
        yield from enumerate(records, 1)
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as why:
            raise AnnotatorError("error.predictions_line", path=path, line=number, reason=why) from why


def of_record(record: Mapping[str, object]) -> Iterator[tuple[str, list[Claim]]]:
    """The texts of one record and what is said of each: a pair of ours, a task of Label Studio's, or one of
    the many forms with `text` and `spans`."""
    data, spans, text = record.get("data"), record.get("spans"), record.get("text")
    predictions = record.get("predictions")
    if isinstance(data, Mapping) and isinstance(predictions, list):
        yield from _of_task(data, predictions)
    elif isinstance(spans, list) and isinstance(text, str):
        yield text, [claim for one in spans if (claim := claim_of(one))]
    elif isinstance(spans, list):
        for side in SIDES:
            ours = [one for one in spans if isinstance(one, Mapping) and one.get("side") == side]
            if isinstance(side_text := record.get(side), str):
                yield side_text, [claim for one in ours if (claim := claim_of(one))]


def _of_task(data: Mapping[str, object], predictions: list[object]) -> Iterator[tuple[str, list[Claim]]]:
    """A task may have several texts, each region naming its own by `to_name`; the last prediction counts."""
    texts = {name: text for name, text in data.items() if isinstance(name, str) and isinstance(text, str)}
    latest = predictions[-1] if predictions else None
    regions = latest.get("result") if isinstance(latest, Mapping) else None
    if not isinstance(latest, Mapping) or not isinstance(regions, list):
        return
    for name, text in texts.items():
        own = [
            one
            for one in regions
            if isinstance(one, Mapping) and (len(texts) == 1 or one.get("to_name") == name)
        ]
        yield text, list(labelstudio.claims({**latest, "result": own}))


def _docbin(path: Path) -> Iterator[tuple[str, list[Claim]]]:
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError:
        raise AnnotatorError("error.extra_missing", library="spaCy", extra="spacy") from None
    try:
        docs = list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))
    except (ValueError, KeyError, TypeError, EOFError) as why:
        raise AnnotatorError("error.predictions_unreadable", path=path, reason=str(why)[:200]) from why
    for doc in docs:
        spans = [*doc.ents, *(span for group in doc.spans.values() for span in group)]
        yield doc.text, [Claim(span.start_char, span.end_char, span.label_) for span in spans]
