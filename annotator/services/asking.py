"""Asking the sources of suggestions: making them ready, and what they say of single rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.core.labels import LabelSet
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.core.span import SIDE_ORDER
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, Offer, Suggester, suggesters
from annotator.services.setups import options_of
from annotator.services.suggesting import Twins, apart, as_span, is_open

LEAST = 0.4
"""What is less likely to be accepted is not shown."""
COUNTERPART = "counterpart"
"""The source that knows what is linked with what."""
_WHERE = ("path", "address")


class Prepared(Struct, frozen=True):
    """Sources that are ready to be asked, by name, and a sentence for each that is not."""

    offers: dict[str, Offer] = {}
    troubles: tuple[str, ...] = ()


def needs_setup(source: Suggester) -> bool:
    """Whether a source must first be told where its model or its service is.

    Such a source has an option `path` or `address`, which is empty at first.
    """
    return any(one.name in _WHERE and one.default == "" for one in fields(source.options))


def is_set_up(source: Suggester, options: Any) -> bool:
    """Whether a source knows where its model or its service is, or need not know."""
    return all(getattr(options, one.name) for one in fields(source.options) if one.name in _WHERE)


def sources_of(project: Project) -> list[str]:
    """The names of the sources that the project uses and that there are.

    Without a choice those are all that can do without being set up, but for those that another covers.
    """
    known = suggesters()
    if project.sources is not None:
        return [name for name in known if name in project.sources]
    covered = {name for source in known.values() for name in source.covers}
    return [name for name, source in known.items() if not needs_setup(source) and name not in covered]


def prepare(
    evidence: Evidence,
    job: Job,
    former: Mapping[str, Offer] | None = None,
    setups: Mapping[str, Any] | None = None,
    notice: Callable[[str], None] | None = None,
) -> Prepared:
    """The project's sources, made ready. May take long; one that cannot be made ready hinders no other.

    Args:
        former: those that were ready before. Those stay that learn nothing here, as models and services that
            were set up, and those that learn by themselves from every document that they are asked about.
        setups: options by the source's name, as `services.setups` keeps them.
        notice: told what a person should know of a source that goes on, now and whenever it is asked.
    """
    heard = Job(None, job.cancelled, notice)
    known = suggesters()
    names = sources_of(evidence.project)
    offers: dict[str, Offer] = {}
    troubles: list[str] = []
    for place, name in enumerate(names):
        job.progress(place, len(names))
        source = known[name]
        if former and name in former and (needs_setup(source) or _keeps_up(former[name])):
            offers[name] = former[name]
            continue
        options = options_of(source, setups or {})
        if needs_setup(source) and not is_set_up(source, options):
            troubles.append(say("suggesting.not_set_up", source=say(source.title)))
            continue
        try:
            offers[name] = source.make(evidence, options, heard)
        except Cancelled:
            raise
        except AnnotatorError as error:
            troubles.append(failed(name, error))
    return Prepared(offers, tuple(troubles))


def _keeps_up(offer: Offer) -> bool:
    return callable(getattr(offer, "learn", None))


def failed(name: str, error: AnnotatorError) -> str:
    """A sentence that says that a source suggests nothing, and why."""
    return say("suggesting.source_failed", source=_title(name, ""), reason=error)


class Answer(Struct, frozen=True):
    """What sources suggest for one row, which of that belongs together, and which sources failed at it."""

    found: list[Suggestion]
    twins: tuple[Twins, ...] = ()
    failures: dict[str, Exception] = {}


def ask(offers: Mapping[str, Offer], document: Document, row: int, labels: LabelSet) -> Answer:
    """What the sources suggest for one row under the labels that there are, each place and partner once."""
    found: list[Suggestion] = []
    failures: dict[str, Exception] = {}
    for name, offer in offers.items():
        try:
            found.extend(offer(document, range(row, row + 1)))
        except Exception as error:
            failures[name] = error
    kept = merged(one for one in found if one.label in labels and one.score >= LEAST)
    twins: tuple[Twins, ...] = ()
    if COUNTERPART in offers and COUNTERPART not in failures:
        try:
            twins = twins_of(offers[COUNTERPART], document, row, kept)
        except Exception as error:
            failures[COUNTERPART] = error
    return Answer(kept, twins, failures)


def twins_of(
    counterparts: Offer, document: Document, row: int, found: Iterable[Suggestion]
) -> tuple[Twins, ...]:
    """Which suggestions of the two sides of a row would be linked, were all of them accepted."""
    alone = [one for one in found if one.partner is None and is_open(document, one)]
    if len({one.side for one in alone}) < 2:
        return ()
    named = {f"suggested-{number}": one for number, one in enumerate(apart(alone))}
    spans = {name: as_span(one, name) for name, one in named.items()}
    supposed = document.evolve(spans=document.spans.evolve((), spans.values()))
    keys = {span_id: (one.side, one.start, one.end, one.label) for span_id, one in spans.items()}
    known = set(keys.values())
    joined = (one for one in counterparts(supposed, range(row, row + 1)) if one.score >= LEAST)
    pairs = {
        tuple(sorted((one.key, keys[one.partner]), key=lambda key: SIDE_ORDER[key[0]]))
        for one in joined
        if one.partner in keys and one.key in known
    }
    return tuple(sorted(pairs))  # type: ignore[arg-type]


def merged(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Each place, label and partner once, the surest first; one without a partner joins one that has it."""
    best: dict[tuple[object, ...], Suggestion] = {}
    partnered: dict[object, tuple[object, ...]] = {}
    ordered = sorted(suggestions, key=lambda one: (one.partner is None, -one.score))
    for one in ordered:
        same = (one.key, one.partner)
        if one.partner is None:
            same = partnered.get(one.key, same)  # type: ignore[assignment]
        else:
            partnered.setdefault(one.key, same)
        best[same] = _joined(best[same], one) if same in best else one
    return sorted(best.values(), key=lambda one: -one.score)


def _joined(one: Suggestion, two: Suggestion) -> Suggestion:
    surest, other = (one, two) if one.score >= two.score else (two, one)
    sources = dict.fromkeys([*surest.source.split("+"), *other.source.split("+")])
    return replace(
        surest,
        source="+".join(sources),
        partner=one.partner or two.partner,
        attributes=surest.attributes or other.attributes,
    )


def source_titles(source: str) -> str:
    """What a person reads for `name@version+…`: the title of each source that is known, and its version."""
    return " + ".join(_title(*one.partition("@")[::2]) for one in source.split("+"))


def _title(name: str, version: str) -> str:
    key = f"suggester.{name}"
    return f"{name if say(key) == key else say(key)} {version}".strip()
