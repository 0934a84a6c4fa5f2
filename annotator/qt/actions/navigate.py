"""Moving about: the caret, from span to span, to the other side, to the next open pair."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from annotator.core.document import Document
from annotator.core.messages import say
from annotator.core.span import Span, other
from annotator.qt.actions.doing import attempt, current_row
from annotator.qt.actions.registry import Context, action
from annotator.services import navigate
from annotator.services.annotate import is_done, mark_done
from annotator.services.cursor import Cursor

Direction = Literal[-1, 1]


def _move(context: Context, *, unit: navigate.Unit, direction: Direction, extend: bool) -> None:
    bench = context.workbench
    if bench.document is not None:
        words = bench.words
        bench.move(navigate.move(bench.document, bench.cursor, unit, direction, extend=extend, words=words))


def _line(context: Context, *, direction: Direction, extend: bool) -> None:
    context.view.vertical_move(direction, extend)


def _page(context: Context, *, direction: Direction, extend: bool) -> None:
    context.view.page_move(direction, extend)


def _line_edge(context: Context, *, direction: Direction, extend: bool) -> None:
    context.view.line_edge_move(direction, extend)


_UNITS: tuple[navigate.Unit, ...] = ("char", "word", "sentence", "pair", "document")
_DIRECTIONS: tuple[tuple[str, Direction], ...] = (("previous", -1), ("next", 1))

for _verb, _extend in (("move", False), ("extend", True)):
    for _name, _direction in _DIRECTIONS:
        for _unit in _UNITS:
            action(f"{_verb}.{_name}_{_unit}")(
                partial(_move, unit=_unit, direction=_direction, extend=_extend)
            )
        for _seen, _function in (("line", _line), ("page", _page), ("line_edge", _line_edge)):
            action(f"{_verb}.{_name}_{_seen}")(partial(_function, direction=_direction, extend=_extend))


@action("nav.next_span")
def next_span(context: Context) -> None:
    """Select the next span of this side."""
    bench = context.workbench
    if bench.document is not None:
        _show(context, navigate.next_span(bench.document, bench.cursor, bench.selected))


@action("nav.previous_span")
def previous_span(context: Context) -> None:
    """Select the span before."""
    bench = context.workbench
    if bench.document is not None:
        _show(context, navigate.previous_span(bench.document, bench.cursor, bench.selected))


def _show(context: Context, span: Span | None) -> None:
    if span is None:
        context.workbench.tell(say("navigating.no_more_spans"))
    else:
        context.workbench.select(span.id, reveal=True)


@action("nav.partner")
def partner(context: Context) -> None:
    """Select the span that the selected one is linked with, one on the other side first."""
    bench = context.workbench
    document, span = bench.document, bench.span
    if document is None or span is None:
        return
    found = sorted(document.partners(span.id), key=lambda one: one.side == span.side)
    if found:
        bench.select(found[0].id, reveal=True)
    else:
        bench.tell(say("navigating.no_partner"))


@action("nav.counterpart")
def counterpart(context: Context) -> None:
    """Go to the other side at the aligned place."""
    bench = context.workbench
    if bench.document is not None:
        bench.move(navigate.counterpart(bench.document, bench.cursor, words=bench.words))


@action("pair.done")
def done(context: Context) -> None:
    """Mark the pair as done and go to the next one that is not."""
    row = current_row(context)
    if row < 0:
        return
    attempt(context, lambda document: mark_done(document, [row], True))
    document = context.workbench.document
    if document is not None and is_done(document, row):
        _go_to_open(context, document, row)


@action("pair.toggle_done")
def toggle_done(context: Context) -> None:
    """Mark the pair as done or as open again; the argument is a row number, without it the caret's."""
    row = int(context.argument) if context.argument else current_row(context)
    if row >= 0:
        attempt(context, lambda document: mark_done(document, [row], not is_done(document, row)))


@action("nav.next_open")
def next_open(context: Context) -> None:
    """Go to the next pair that is not done."""
    if context.workbench.document is not None:
        _go_to_open(context, context.workbench.document, current_row(context))


@action("nav.next_doubtful")
def next_doubtful(context: Context) -> None:
    """Go to the next pair of which the aligner was not sure."""
    _go_to_doubtful(context, 1)


@action("nav.previous_doubtful")
def previous_doubtful(context: Context) -> None:
    """Go to the one before."""
    _go_to_doubtful(context, -1)


def _go_to_doubtful(context: Context, direction: Direction) -> None:
    document, row = context.workbench.document, current_row(context)
    if document is None:
        return
    found = navigate.next_doubtful_row(document, row, direction)
    if found is None:
        context.workbench.tell(say("navigating.no_doubtful"))
        return
    go_to_row(context, document, found)
    if (found - row) * direction <= 0:
        key = "navigating.doubtful_first" if direction > 0 else "navigating.doubtful_last"
        context.workbench.tell(say(key, count=len(document.pairs.doubtful)))


@action("nav.go_to")
def go_to(context: Context) -> None:
    """Go to the pair whose number the user gives."""
    document = context.workbench.document
    if document is None or not len(document.pairs):
        return
    dialog = QInputDialog(context.view)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(1, len(document.pairs))
    dialog.setIntValue(current_row(context) + 1)
    dialog.setWindowTitle(say("command.nav.go_to").rstrip("…"))
    dialog.setLabelText(say("navigating.go_to", count=len(document.pairs)))
    dialog.setOkButtonText(say("navigating.go"))
    dialog.setCancelButtonText(say("navigating.stay"))
    dialog.intValueSelected.connect(lambda number: go_to_row(context, document, number - 1))
    dialog.open()


def _go_to_open(context: Context, document: Document, row: int) -> None:
    found = navigate.next_open_row(document, row)
    if found is None:
        context.workbench.tell(say("navigating.all_done"))
    else:
        go_to_row(context, document, found)


def go_to_row(context: Context, document: Document, row: int) -> None:
    """Put the caret at the start of a row, on the side where it is, else on the other."""
    side = context.workbench.cursor.side
    for one in (side, other(side)):
        extent = document.pairs[row].extent(one)
        if extent is not None:
            context.workbench.move(Cursor.at(one, extent[0]))
            return
