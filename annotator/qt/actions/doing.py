"""What the actions have in common: build an edit, tell what is wrong with it, do it."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.session import Changes
from annotator.qt.actions.registry import Context
from annotator.services.navigate import row_of


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


def current_row(context: Context) -> int:
    """The row of the caret, or that of the selected span; -1 if there is none."""
    bench = context.workbench
    if bench.document is None:
        return -1
    return bench.document.row_of_span(bench.span) if bench.span else row_of(bench.document, bench.cursor)
