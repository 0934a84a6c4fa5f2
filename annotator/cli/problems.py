"""`annotator check --language`: likely mistakes in annotations and texts, document by document."""

from __future__ import annotations

from argparse import Namespace

from annotator.cli.opened import opened, progress
from annotator.cli.output import OK, PROBLEMS, Output
from annotator.core.document import Document
from annotator.core.labels import LabelSet
from annotator.core.messages import say
from annotator.language.words import dictionary_words
from annotator.services.problems import KINDS, Knowledge, Problem, located, mendable, sentence
from annotator.services.problems.project import Findings, check_all


def check_language(arguments: Namespace, output: Output) -> int:
    """Print what is found; `PROBLEMS` if any of it is not dismissed."""
    with opened(arguments.project, output, annotator=arguments.annotator) as project:
        session = project.session
        documents = [session.document(doc_id) for doc_id in session.document_ids]
        labels = session.project.label_set
        knowledge = Knowledge(labels, dictionary_words())
        with progress(say("cli.problems.checking", document=session.project.title)) as job:
            found = list(check_all(documents, knowledge, kinds=arguments.kind or (), job=job))
    records = [_document_record(one, labels) for one in found]
    count = sum(len(one.problems) for one in found)
    dismissed = sum(one.dismissed for one in found)
    sentences = [line for one in found if one.problems for line in _lines(one, labels)]
    ending = say("cli.problems.summary", count=count, dismissed=dismissed) if count or dismissed else ""
    output.result(
        {"ok": not count, "dismissed": dismissed, "documents": records},
        *sentences,
        ending or say("cli.problems.none"),
    )
    return PROBLEMS if count else OK


def _lines(found: Findings, labels: LabelSet) -> list[str]:
    document = found.document
    lines = [say("cli.problems.document", title=document.title, document=document.id)]
    for problem in found.problems:
        at = located(document, problem.places[0])
        place = say("cli.problems.place", row=at.row + 1, side=say(f"side.{at.side}")) if at else ""
        said = sentence(document, KINDS[problem.kind], problem, labels)
        lines.append(say("cli.problems.line", place=place, said=said))
    return lines


def _document_record(found: Findings, labels: LabelSet) -> dict[str, object]:
    document = found.document
    return {
        "id": document.id,
        "title": document.title,
        "dismissed": found.dismissed,
        "problems": [_record(document, problem, labels) for problem in found.problems],
    }


def _record(document: Document, problem: Problem, labels: LabelSet) -> dict[str, object]:
    kind = KINDS[problem.kind]
    return {
        "key": problem.key,
        "kind": problem.kind,
        "severity": "hint" if problem.weak else kind.severity,
        "message": sentence(document, kind, problem, labels),
        "fixable": mendable(problem),
        "places": [
            {
                "pair": at.row + 1,
                "side": at.side,
                "start": at.start,
                "end": at.end,
                "quote": document.text(at.side)[at.start : at.end],
            }
            for at in (located(document, place) for place in problem.places)
            if at is not None
        ],
    }
