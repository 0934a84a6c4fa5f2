"""All kinds of problems, in the order in which they are shown, and what finds them pair by pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.services.problems import counterparts, edges, labelling, pairs, partners, rendering
from annotator.services.problems.problem import Kind, Problem
from annotator.services.problems.rows import Row

Detector = Callable[[Row], Iterator[Problem]]

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        rendering.RENDERING,
        partners.LABELS,
        partners.DATES,
        pairs.NUMBERS,
        edges.EDGES,
        labelling.DIFFERING,
        labelling.UNLABELLED,
        labelling.MOSTLY,
        counterparts.MENTION,
        pairs.ONE_SIDED,
        counterparts.STRETCH,
        partners.DISTANCE,
    )
}

DETECTORS: tuple[Detector, ...] = (
    counterparts.detect,
    partners.detect,
    edges.detect,
    pairs.detect_numbers,
    pairs.detect_one_sided,
)
"""What looks at one pair by itself; names are looked at over all pairs (`checker`)."""
