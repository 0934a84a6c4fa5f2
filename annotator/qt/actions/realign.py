"""Aligning the document anew, beside the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.pair import Pair
from annotator.qt.actions.registry import Context, action
from annotator.qt.tasks import in_process, run

if TYPE_CHECKING:
    from annotator.language.lexicon import LexiconStack

_LARGE = 200
"""Pairs from which the work goes to a process of its own; below, starting one would take longer."""


@action("align.again")
def again(context: Context) -> None:
    """Align all that is not confirmed anew."""
    document, keeper = context.workbench.document, context.workbench.knowledge
    if document is None:
        return
    if keeper is None:
        _start(context, document, None)
    else:
        keeper.with_lexicon(partial(_start, context, document))


def _start(context: Context, document: Document, lexicon: LexiconStack | None) -> None:
    task = run(
        context.window,
        _realigned,
        document,
        lexicon,
        on_done=partial(_take, context, document),
        on_error=lambda sentence: context.workbench.tell(sentence, "error"),
    )
    context.window.status.work.watch(task, say("align.working", document=document.title))


def _realigned(document: Document, lexicon: LexiconStack | None, *, job: Job) -> tuple[Pair, ...]:
    from annotator.services.aligning import realigned

    pairs = tuple(document.pairs)
    if len(pairs) <= _LARGE:
        return realigned(document.zh, document.en, pairs, lexicon, job=job)
    asked = lexicon.within(document.zh) if lexicon is not None else None
    found: tuple[Pair, ...] = in_process(realigned, document.zh, document.en, pairs, asked, job=job)
    return found


def _take(context: Context, document: Document, pairs: tuple[Pair, ...]) -> None:
    from annotator.services.aligning import realign_edit, regrouped

    bench = context.workbench
    session = bench.session
    if session is None or document.id not in session.document_ids:
        return
    current = session.document(document.id)
    if (current.zh, current.en) != (document.zh, document.en) or current.pairs != document.pairs:
        bench.tell(say("align.stale", document=document.title), "warning")
        return
    edit = realign_edit(current, pairs)
    if not edit.empty and bench.do(edit) is None:
        return
    changed = regrouped(edit)
    key = "align.changed" if changed else "align.unchanged"
    bench.tell(say(key, document=document.title, count=changed))
