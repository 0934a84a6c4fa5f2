"""What the actions have in common: build an edit, tell what is wrong with it, do it."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.session import Changes
from annotator.qt.actions.registry import Context
from annotator.services.navigate import place_of, row_of


def attempt(context: Context, build: Callable[[Document], Edit]) -> Changes | None:
    """Do the edit that `build` makes of the document shown; a refusal becomes a message."""
    document = context.workbench.document
    if document is None:
        return None
    try:
        edit = build(document)
    except AnnotatorError as error:
        context.workbench.tell(str(error), "warning")
        return None
    return None if edit.empty else context.workbench.do(edit)


def show_change(context: Context, changes: Changes | None) -> None:
    """Go where an undo or a redo has just changed something, and select the span that it brought."""
    bench = context.workbench
    document = bench.document
    if changes is None or document is None:
        return
    parts = changes.of(document.id)
    if not parts:
        if changes.edit.parts and bench.session is not None:
            other = bench.session.document(changes.edit.parts[0].doc)
            bench.tell(say("navigating.changed_elsewhere", document=other.title))
        return
    place = place_of(document, parts[0])
    if place is None:
        return
    if document.pairs.row_at(place.side, place.offset) != current_row(context) or parts[0].spans:
        bench.move(place)
    brought = parts[0].spans[0].after if len(parts[0].spans) == 1 else None
    if brought is not None:
        bench.select(brought.id)


def current_row(context: Context) -> int:
    """The row of the caret, or that of the selected span; -1 if there is none."""
    bench = context.workbench
    if bench.document is None:
        return -1
    return bench.document.row_of_span(bench.span) if bench.span else row_of(bench.document, bench.cursor)
