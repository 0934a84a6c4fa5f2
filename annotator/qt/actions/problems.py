"""Going from problem to problem in the text, and mending or dismissing the one under the caret."""

from __future__ import annotations

from annotator.core.messages import say
from annotator.core.span import SIDE_ORDER
from annotator.qt.actions.doing import attempt
from annotator.qt.actions.registry import Context, action
from annotator.qt.panels.problems import Problems, jump
from annotator.qt.problemwatch import ProblemWatch, watch_of
from annotator.services.cursor import Cursor
from annotator.services.dismissing import dismiss
from annotator.services.problems import Located, Problem, located

Stop = tuple[tuple[int, int, int], Problem, int]
"""A place of a problem: where it stands in the text, the problem, and which of its places it is."""


@action("panel.problems")
def show_problems(context: Context) -> None:
    """Open the problems panel."""
    context.window.show_panel("problems")


@action("nav.next_problem")
def next_problem(context: Context) -> None:
    """Go to the next place of a problem; behind the last, to the first."""
    _go(context, 1)


@action("nav.previous_problem")
def previous_problem(context: Context) -> None:
    """Go to the place of a problem before."""
    _go(context, -1)


@action("problem.fix")
def fix(context: Context) -> None:
    """Mend what is selected in the panel, or the problem under the caret."""
    panel = _panel(context)
    if panel is not None and panel.isAncestorOf(context.window.focusWidget()):
        panel.fix_selected()
        return
    watch = watch_of(context.workbench)
    problem = _here(context, watch)
    if problem is not None:
        attempt(context, lambda _: watch.mending([problem]))


@action("problem.dismiss")
def dismiss_here(context: Context) -> None:
    """Dismiss the problem under the caret for good."""
    problem = _here(context, watch_of(context.workbench))
    if problem is not None:
        by = context.workbench.annotator
        attempt(context, lambda document: dismiss(document, [problem.key], by=by))


def _go(context: Context, direction: int) -> None:
    watch = watch_of(context.workbench)
    watch.want()
    stops = _stops(context, watch)
    if not stops:
        context.workbench.tell(say("problems.none.title" if watch.complete else "problems.still_checking"))
        return
    here = _caret(context)
    if direction > 0:
        stop = next((one for one in stops if one[0] > here), stops[0])
    else:
        stop = next((one for one in reversed(stops) if one[0] < here), stops[-1])
    _, problem, nth = stop
    jump(context.workbench, problem, nth)
    panel = _panel(context)
    if panel is not None and panel.isVisible():
        panel.show_problem(problem)


def _stops(context: Context, watch: ProblemWatch) -> list[Stop]:
    """All places of all problems in the order of the text, row by row, the Chinese first."""
    document = context.workbench.document
    if document is None:
        return []
    found: list[Stop] = []
    for problem in watch.problems:
        for nth, place in enumerate(problem.places):
            at = located(document, place)
            if at is not None:
                found.append(((at.row, SIDE_ORDER[at.side], at.start), problem, nth))
    return sorted(found, key=lambda stop: stop[0])


def _caret(context: Context) -> tuple[int, int, int]:
    """Where the caret stands, in the order of the stops: at the start of what is selected."""
    document, cursor = context.workbench.document, context.workbench.cursor
    span = context.workbench.span
    if document is None:
        return (-1, 0, 0)
    if span is not None:
        return document.row_of_span(span), SIDE_ORDER[span.side], span.start
    start = cursor.selection[0] if cursor.selection else cursor.offset
    fresh = cursor == Cursor() and not cursor.selection
    return document.pairs.row_at(cursor.side, start), SIDE_ORDER[cursor.side], start - fresh


def _here(context: Context, watch: ProblemWatch) -> Problem | None:
    """The problem under the caret, the one meant most narrowly; tells if there is none."""
    document = context.workbench.document
    row, side, start = _caret(context)
    found: list[tuple[int, Problem]] = []
    for problem in watch.problems if document else ():
        for at in (located(document, place) for place in problem.places if document):
            if at is not None and _holds(at, row, side, start):
                found.append((at.end - at.start, problem))
    if not found:
        context.workbench.tell(say("problems.none_here"))
        return None
    return min(found, key=lambda one: one[0])[1]


def _holds(at: Located, row: int, side: int, offset: int) -> bool:
    return at.row == row and SIDE_ORDER[at.side] == side and at.start <= max(offset, 0) <= at.end


def _panel(context: Context) -> Problems | None:
    return context.window.sidebar.findChild(Problems)
