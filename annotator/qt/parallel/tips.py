"""What a tool tip says: a span's label and note, or why a mark stands in the gap."""

from __future__ import annotations

from annotator.core.messages import say
from annotator.core.span import Span
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.scene import Hit, Scene


def tip(scene: Scene, look: Look, hit: Hit, x: float, here: list[Span]) -> str:
    """The tip for a point with the spans `here`; empty if there is nothing to add."""
    noted = next((span for span in here if span.note), None)
    if noted is not None:
        label = look.style(noted.label).title or noted.label
        return say("view.tip.note", label=label, note=noted.note)
    if here or scene.document is None or not scene.document.pairs[hit.row].doubtful:
        return ""
    return say("view.tip.doubt") if _beside_text(scene, x) else ""


def _beside_text(scene: Scene, x: float) -> bool:
    """Whether a place is where marks of doubt stand: in the gap, or left of texts above each other."""
    left = scene.columns.x[scene.columns.first]
    if scene.columns.stacked:
        return x < left
    right = left + scene.columns.width[scene.columns.first]
    return right <= x < right + scene.metrics.gap
