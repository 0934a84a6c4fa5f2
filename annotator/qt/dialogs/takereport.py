"""What an import of annotations takes and what it cannot, in sentences that can be copied."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.messages import say
from annotator.core.session import Session
from annotator.services.receiving import Received
from annotator.services.taking import Taken


def summary(taken: Taken) -> str:
    """How much is new, in one sentence."""
    counts = {"spans": taken.spans, "links": taken.links, "documents": len(taken.matched) + len(taken.added)}
    said = say("taking.summary", **counts)
    return f"{said} {say('taking.already', count=taken.already)}" if taken.already else said


def report(session: Session, received: Received, taken: Taken, *, done: bool = False) -> str:
    """All of it: per document, then what is left out, then the files that could not be read."""
    when = "done" if done else "will"
    left = (say(one.key, count=one.count, example=one.example) for one in taken.losses)
    failed = (f"{one.file}: {one.error}" for one in received.failures)
    parts = {
        f"taking.head.{when}": _documents(session, taken),
        "taking.head.labels": taken.labels,
        f"taking.head.{when}_not": left,
        "taking.head.failed": failed,
    }
    blocks = [_block(say(head), list(lines)) for head, lines in parts.items()]
    return "\n\n".join(filter(None, blocks)) or say("taking.nothing")


def _block(head: str, lines: list[str]) -> str:
    return "\n".join([head, *(f"• {line}" for line in lines)]) if lines else ""


def _documents(session: Session, taken: Taken) -> Iterator[str]:
    for part in taken.edit.parts:
        title, spans, links = session.document(part.doc).title, len(part.spans), len(part.links)
        yield say("taking.document", title=title, spans=spans, links=links)
    for data in (change.after for change in taken.edit.documents):
        if data is not None:
            title, spans, links = data.info.title, len(data.spans), len(data.links)
            yield say("taking.new_document", title=title, spans=spans, links=links)
