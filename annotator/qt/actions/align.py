"""Correcting the alignment, the sentences and the text in place."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.qt.actions.doing import attempt, current_row
from annotator.qt.actions.registry import Context, action
from annotator.services import correct
from annotator.services.cursor import Cursor


def _do(context: Context, build: Callable[[Document, Cursor], Edit]) -> None:
    """Do an edit at the caret, which stays in sight."""
    cursor = context.workbench.cursor
    if attempt(context, lambda document: build(document, cursor)) is not None:
        context.view.reveal(context.workbench.cursor)


@action("align.merge")
def merge(context: Context) -> None:
    """Merge the pair with the next."""
    row = current_row(context)
    _do(context, lambda document, _: correct.merge_pairs(document, row))


@action("align.split")
def split(context: Context) -> None:
    """Split the pair before the sentence that follows the caret."""
    row = current_row(context)
    _do(context, lambda document, cursor: correct.split_pair(document, row, cursor.side, cursor.offset))


@action("align.sentence_up")
def sentence_up(context: Context) -> None:
    """Move the caret's sentence to the pair above."""
    _do(context, lambda document, cursor: correct.move_sentence(document, cursor.side, cursor.offset, -1))


@action("align.sentence_down")
def sentence_down(context: Context) -> None:
    """Move the caret's sentence to the pair below."""
    _do(context, lambda document, cursor: correct.move_sentence(document, cursor.side, cursor.offset, 1))


@action("align.confirm")
def confirm(context: Context) -> None:
    """Confirm the pair's alignment, or take that back."""
    row = current_row(context)
    if row < 0:
        return
    _do(
        context,
        lambda document, _: correct.confirm_pairs(document, [row], not document.pairs[row].confirmed),
    )


@action("sentence.split")
def split_sentence(context: Context) -> None:
    """Split the sentence at the caret."""
    _do(context, lambda document, cursor: correct.split_sentence(document, cursor.side, cursor.offset))


@action("sentence.merge")
def merge_sentence(context: Context) -> None:
    """Join the caret's sentence with the next."""
    _do(context, lambda document, cursor: correct.merge_sentence(document, cursor.side, cursor.offset))


@action("text.correct")
def correct_text(context: Context) -> None:
    """Open the text at the caret for a correction."""
    from annotator.qt.dialogs.correct import correct_text as open_dialog

    open_dialog(context.workbench, context.window)
