"""Where spans are in the viewport, for the mouse and for painting again no more than needed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF

from annotator.core.span import Span
from annotator.qt.parallel.highlights import KNOB, Mark, knob
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.scene import Hit, Placed, Scene


def partners(scene: Scene, look: Look) -> frozenset[str]:
    """Ids of the spans linked with the selected or the hovered one."""
    if scene.document is None:
        return frozenset()
    links = scene.document.links
    return frozenset(one for span in (look.selected, look.hovered) if span for one in links.partners(span))


def emphasis_area(scene: Scene, look: Look) -> QRect:
    """The stripe of the viewport that the spans which stand out and their connections lie in."""
    document, rows = scene.document, scene.placed()
    found = QRect()
    if document is None or not rows:
        return found
    for span_id in (look.selected, look.hovered, *look.partners):
        span = document.spans.get(span_id) if span_id else None
        if span is not None:
            top, bottom = _stripe(scene, rows, span)
            found |= QRect(0, int(top - scene.metrics.zh.leading), scene.width, int(bottom - top) + 60)
    return found


def _stripe(scene: Scene, rows: list[Placed], span: Span) -> tuple[float, float]:
    """The rows of a span from top to bottom; of one out of sight, the edge that a connection leads to."""
    first, last = scene.row_of(span.side, span.start), scene.row_of(span.side, span.end - 1)
    shown = [placed for placed in rows if first <= placed.number <= last]
    if shown:
        return shown[0].y, shown[-1].y + shown[-1].row.height
    edge = 0.0 if last < rows[0].number else float(scene.height)
    return edge, edge


def knob_area(scene: Scene, span: Span, at_start: bool) -> QRectF | None:
    """Where the mouse takes hold of the start or the end of the selected span, if that is in the viewport."""
    placed = scene.find(scene.row_of(span.side, span.start if at_start else span.end - 1))
    mark = mark_of(placed, span) if placed else None
    if placed is None or mark is None or not mark.boxes:
        return None
    area, unit = mark.boxes[0 if at_start else -1], scene.metrics.unit
    x, y = knob(area, not at_start, unit)
    left, top = placed.row.places[span.side]
    beside, reach = 4 * unit, KNOB * unit
    # Wider than it is seen, but not higher: above it is text.
    return QRectF(left + x, placed.y + top + y, 0, 0).adjusted(
        -reach - beside, -reach, reach + beside, reach + 2 * unit
    )


def mark_of(placed: Placed, span: Span) -> Mark | None:
    """The highlight of a span in a row."""
    found = (placed.row.marks or {}).get(span.side, [])
    return next((mark for mark in found if mark.span_id == span.id), None)


def bracket_at(scene: Scene, hit: Hit, position: QPointF) -> Span | None:
    """The stretch whose bracket lies under a point beside the text."""
    placed, document = scene.find(hit.row), scene.document
    if placed is None or document is None:
        return None
    left, reach = scene.columns.x[hit.side], 2.5 * scene.metrics.unit
    for mark in (placed.row.marks or {}).get(hit.side, []):
        if mark.slot >= 0 and abs(position.x() - left - mark.bracket_x) <= reach:
            return document.spans.get(mark.span_id)
    return None
