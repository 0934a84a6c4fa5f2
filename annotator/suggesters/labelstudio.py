"""A Label Studio ML backend: any model behind Label Studio's protocol, asked over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import SIDES, Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, Offer, suggester
from annotator.suggesters.claims import Checked, Claim, Labels, claim_of, extents_of
from annotator.suggesters.web import Service

_VERSION = "1"


@dataclass(frozen=True, slots=True)
class LabelStudioOptions:
    """Where the backend is, which sides it is asked about, and its names of labels."""

    address: str = field(default="", metadata={"help": "option.service_address"})
    side: str = field(default="both", metadata={"help": "option.service_side", "choices": ("both", *SIDES)})
    labels: str = field(default="", metadata={"help": "option.their_labels"})


@suggester("labelstudio", "suggester.labelstudio", version=_VERSION, options=LabelStudioOptions)
def make(evidence: Evidence, options: LabelStudioOptions, job: Job) -> Offer:
    """Greets the backend, which may load its model then."""
    service = Service(options.address, evidence.addresses, job)
    config = _config(label.id for label in evidence.project.labels)
    project = {"project": "annotator", "label_config": config}
    greeting = service.post("/setup", {**project, "schema": config, "extra_params": {}})
    version = greeting.get("model_version") if isinstance(greeting, dict) else None
    source = f"labelstudio@{_VERSION}" + (f"-{str(version)[:40]}" if version else "")
    reason = Reason("reason.service", {"service": "Label Studio"})
    checked = Checked(Labels(evidence.project, options.labels), source, reason, job)

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for side in SIDES:
            if options.side in ("both", side):
                yield from _ask(service, project, document, side, rows, checked)

    return offer


def _config(labels: Iterable[str]) -> str:
    """A labelling configuration of one text; what most backends look the names in."""
    values = "".join(f"<Label value={quoteattr(label)}/>" for label in labels)
    return (
        f'<View><Labels name="label" toName="text">{values}</Labels><Text name="text" value="$text"/></View>'
    )


def _ask(
    service: Service, project: dict[str, Any], document: Document, side: Side, rows: range, checked: Checked
) -> Iterator[Suggestion]:
    extents = extents_of(document, side, rows)
    texts = [document.text(side)[start:end] for start, end in extents]
    if not texts:
        return
    tasks = [{"id": number, "data": {"text": text}} for number, text in enumerate(texts, 1)]
    params = {"login": None, "password": None, "context": None}
    reply = service.post("/predict", {"tasks": tasks, **project, "params": params})
    results = reply.get("results") if isinstance(reply, dict) else None
    if not isinstance(results, list) or len(results) != len(texts):
        raise AnnotatorError("error.service_answer", address=service.address, reason="results")
    for extent, result in zip(extents, results, strict=True):
        yield from checked.suggestions(document, side, extent, claims(result))


def claims(prediction: object) -> Iterator[Claim]:
    """What a prediction of Label Studio's says of its text; what is no label of a stretch is passed over."""
    if not isinstance(prediction, Mapping) or not isinstance(prediction.get("result"), list):
        return
    for region in prediction["result"]:
        value = region.get("value") if isinstance(region, Mapping) else None
        if not isinstance(value, Mapping):
            continue
        names = value.get(str(region.get("type", "labels")), value.get("labels"))
        score = region.get("score", prediction.get("score"))
        for name in names if isinstance(names, list) else ():
            claim = claim_of({"score": score, **value, "label": name})
            if claim is not None:
                yield claim
