"""`annotator train` and `annotator suggest`: learning and suggesting without a window."""

from __future__ import annotations

from argparse import Namespace

import msgspec

from annotator.cli.desktop import Desktop
from annotator.cli.opened import opened, progress
from annotator.cli.output import OK, Output
from annotator.core.messages import say


def train(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Train the learner on a project, and say how well that carries over."""
    from annotator.services.training import lessons_for, models_folder
    from annotator.services.training import train as teach

    with opened(arguments.project, output, annotator=arguments.annotator) as project:
        session = project.session
        documents = (session.document(doc_id) for doc_id in session.document_ids)
        lessons = lessons_for(session.project, documents)
    with progress(say("learn.training")) as job:
        report = teach(lessons, models_folder(arguments.project), job)
    lines = [say("learn.trained", source=report.source, seconds=report.seconds)]
    for side, one in report.sides.items():
        lines.append(say("learn.side", side=say(f"side.{side}"), sentences=one.sentences, spans=one.spans))
        scores = {
            say("suggester.learner"): one.learner,
            say("suggester.combined"): one.combined,
            **one.labels,
        }
        lines += [
            "  " + say("counterpart.figures", what=what, **msgspec.structs.asdict(score))
            for what, score in scores.items()
        ]
    output.result(msgspec.to_builtins(report), *lines)
    return OK


def suggest(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Write suggestions for all documents of a project."""
    from annotator.services.preannotating import DEFAULT, Ask, preannotate

    with opened(arguments.project, output, annotator=arguments.annotator) as project:
        annotator = project.store.library.annotator
    ask = Ask(arguments.project.absolute(), annotator, tuple(dict.fromkeys(arguments.source or DEFAULT)))
    with progress(say("suggest.working")) as job:
        written = preannotate(ask, job)
    lines = [say("suggest.written", **msgspec.structs.asdict(one)) for one in written]
    output.result({"sources": msgspec.to_builtins(written)}, *lines)
    return OK
