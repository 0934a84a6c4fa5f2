"""An external recommender of INCEpTION: any model behind that protocol, asked over HTTP with UIMA's XMI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import SIDES, Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, Offer, suggester
from annotator.language.words import Words, dictionary_words
from annotator.suggesters.claims import Checked, Claim, Labels, extents_of
from annotator.suggesters.web import Service

_VERSION = "1"
_ROOM = "de.tudarmstadt.ukp.dkpro.core.api"
_SENTENCE = f"{_ROOM}.segmentation.type.Sentence"
_TOKEN = f"{_ROOM}.segmentation.type.Token"
_IS_PREDICTION = "inception_internal_predicted"
_GAP = "\n"


@dataclass(frozen=True, slots=True)
class InceptionOptions:
    """Where the recommender is, which layer and feature it fills, its names of labels."""

    address: str = field(default="", metadata={"help": "option.service_address"})
    layer: str = field(default=f"{_ROOM}.ner.type.NamedEntity", metadata={"help": "option.layer"})
    feature: str = field(default="value", metadata={"help": "option.feature"})
    side: str = field(default="both", metadata={"help": "option.service_side", "choices": ("both", *SIDES)})
    labels: str = field(default="", metadata={"help": "option.their_labels"})


@suggester("inception", "suggester.inception", version=_VERSION, options=InceptionOptions)
def make(evidence: Evidence, options: InceptionOptions, job: Job) -> Offer:
    """Loads the Chinese dictionary: recommenders expect words."""
    cassis = _library()
    service = Service(options.address, evidence.addresses, job)
    words = dictionary_words()
    reason = Reason("reason.service", {"service": "INCEpTION"})
    checked = Checked(Labels(evidence.project, options.labels), f"inception@{_VERSION}", reason, job)

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for side in SIDES:
            extents = extents_of(document, side, rows)
            if extents and options.side in ("both", side):
                asked = _Asked(cassis, options, document, side, extents)
                asked.lay_words(words)
                yield from asked.checked(service, evidence.annotator, checked)

    return offer


def _library() -> Any:
    try:
        import cassis
    except ImportError:
        raise AnnotatorError("error.extra_missing", library="dkpro-cassis", extra="xmi") from None
    return cassis


class _Asked:
    """Some rows of one side as a document of UIMA's."""

    def __init__(
        self,
        cassis: Any,
        options: InceptionOptions,
        document: Document,
        side: Side,
        extents: list[tuple[int, int]],
    ) -> None:
        self._cassis, self._options = cassis, options
        self._document, self._side, self._extents = document, side, extents
        texts = [document.text(side)[start:end] for start, end in extents]
        self._text = _GAP.join(texts)
        self._types = cassis.TypeSystem()
        for name in (_SENTENCE, _TOKEN):
            self._types.create_type(name, supertypeName="uima.tcas.Annotation")
        layer = self._types.create_type(options.layer, supertypeName="uima.tcas.Annotation")
        for feature, kind in (
            (options.feature, "String"),
            (_IS_PREDICTION, "Boolean"),
            (f"{options.feature}_score", "Double"),
        ):
            self._types.create_feature(layer, feature, f"uima.cas.{kind}")
        self._cas = cassis.Cas(self._types, sofa_string=self._text, document_language=side)
        self._cas.sofa_mime = "text/plain"

    def lay_words(self, words: Words) -> None:
        """Mark sentences and words, which recommenders look for."""
        sentence, token = self._types.get_type(_SENTENCE), self._types.get_type(_TOKEN)
        at = 0
        for start, end in self._extents:
            text = self._document.text(self._side)[start:end]
            self._cas.add(sentence(begin=at, end=at + len(text)))
            for first, last in words.spans(text, self._side):
                if text[first:last].strip():
                    self._cas.add(token(begin=at + first, end=at + last))
            at += len(text) + len(_GAP)

    def checked(self, service: Service, user: str, checked: Checked) -> Iterator[Suggestion]:
        """Ask, and hold the answer against the document."""
        options = self._options
        reply = service.post(
            "/predict",
            {
                "metadata": {
                    "layer": options.layer,
                    "feature": options.feature,
                    "projectId": 1,
                    "anchoringMode": "tokens",
                    "crossSentence": False,
                    "range": {"begin": 0, "end": len(self._text)},
                },
                "document": {
                    "xmi": self._cas.to_xmi(),
                    "documentId": self._document.id,
                    "userId": user or "annotator",
                },
                "typeSystem": self._types.to_xml(),
            },
        )
        xmi = reply.get("document") if isinstance(reply, dict) else None
        claims = list(self._claims(xmi, service))
        at = 0
        for start, end in self._extents:
            inside = [
                claim._replace(start=claim.start - at, end=claim.end - at)
                for claim in claims
                if at <= claim.start < at + end - start + len(_GAP)
            ]
            yield from checked.suggestions(self._document, self._side, (start, end), inside)
            at += end - start + len(_GAP)

    def _claims(self, xmi: object, service: Service) -> Iterator[Claim]:
        if not isinstance(xmi, str) or "<!DOCTYPE" in xmi or "<!ENTITY" in xmi:
            raise AnnotatorError("error.service_answer", address=service.address, reason="document.xmi")
        try:
            cas = self._cassis.load_cas_from_xmi(xmi, typesystem=self._types)
            found = list(cas.select(self._options.layer))
            if cas.sofa_string != self._text:
                raise ValueError("the text came back changed")
        except Exception as why:
            # What a parser does with hostile input is not documented: whatever it raises, the answer is bad.
            raise AnnotatorError("error.service_answer", address=service.address, reason=why) from why
        for one in found:
            label = getattr(one, self._options.feature, None)
            if getattr(one, _IS_PREDICTION, False) is not True or not isinstance(label, str):
                continue
            score = getattr(one, f"{self._options.feature}_score", None)
            yield Claim(one.begin, one.end, label, float(score) if score is not None else 0.5)
