"""A spaCy pipeline that the user has on disk: its entities, and spans of a span categoriser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import SIDES, Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, Offer, suggester
from annotator.suggesters.claims import Checked, Claim, Labels, extents_of

_VERSION = "1"
_ENTITY_SCORE = 0.8


@dataclass(frozen=True, slots=True)
class SpacyOptions:
    """Where the pipeline lies, which sides it is asked about, and its names of labels."""

    path: str = field(default="", metadata={"help": "option.model_path"})
    side: str = field(default="both", metadata={"help": "option.service_side", "choices": ("both", *SIDES)})
    labels: str = field(default="", metadata={"help": "option.their_labels"})


@suggester("spacy", "suggester.spacy", version=_VERSION, options=SpacyOptions)
def make(evidence: Evidence, options: SpacyOptions, job: Job) -> Offer:
    """Loads the pipeline."""
    pipeline = load(Path(options.path))
    name = f"{pipeline.meta.get('name', 'pipeline')}-{pipeline.meta.get('version', '0')}"
    checked = Checked(
        Labels(evidence.project, options.labels),
        f"spacy@{_VERSION}-{name}",
        Reason("reason.model", {"model": name}),
        job,
    )
    sides = tuple(side for side in SIDES if options.side in (side, "both") and _speaks(pipeline, side))

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for side in sides:
            extents = extents_of(document, side, rows)
            texts = [document.text(side)[start:end] for start, end in extents]
            for extent, found in zip(extents, pipeline.pipe(texts), strict=True):
                yield from checked.suggestions(document, side, extent, _claims(found))

    return offer


def load(path: Path) -> Any:
    """The pipeline in a folder.

    Raises:
        AnnotatorError: if spaCy is not installed, or there is no pipeline that it can load.
    """
    try:
        import spacy
    except ImportError:
        raise AnnotatorError("error.extra_missing", library="spaCy", extra="spacy") from None
    if not path.is_dir():
        raise AnnotatorError("error.source_model_missing", path=path)
    try:
        return spacy.load(path)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise AnnotatorError("error.source_model_unreadable", path=path, reason=str(error)[:300]) from error


def _speaks(pipeline: Any, side: Side) -> bool:
    """Whether the pipeline is for this side's language, or for any."""
    return pipeline.lang in (side, "xx")


def _claims(found: Any) -> Iterator[Claim]:
    for entity in found.ents:
        yield Claim(entity.start_char, entity.end_char, entity.label_, _ENTITY_SCORE)
    for group in found.spans.values():
        scores = group.attrs.get("scores", ())
        for number, span in enumerate(group):
            score = float(scores[number]) if number < len(scores) else _ENTITY_SCORE
            yield Claim(span.start_char, span.end_char, span.label_, score)
