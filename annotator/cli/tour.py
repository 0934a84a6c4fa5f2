"""The tour: the main job once from end to end on the sample text, without a window."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from annotator.cli.desktop import Desktop, Shot
from annotator.cli.opened import opened
from annotator.cli.output import Output
from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.resources import sample_projects
from annotator.core.session import Session
from annotator.core.span import SIDES, Span
from annotator.extend import exporters
from annotator.services import importing
from annotator.services.annotate import link, mark_done
from annotator.services.exporting import corpus_of, export, make_options
from annotator.services.occurrences import annotate_all, find
from annotator.services.opening import create, open_project

SAMPLE = "readout"
ANNOTATOR = "tour"
_MARK = ".annotator-tour"


def take_tour(folder: Path, output: Output, desktop: Desktop | None) -> dict[str, Any]:
    """Import the sample text into a new project below `folder`, align it, annotate it, export it, and take
    pictures of it if there is a window to take them of.

    Raises:
        AnnotatorError: if the folder holds anything but an earlier tour, or something cannot be written.
    """
    _clear(folder)
    project = folder / "project"
    create(project, say("cli.tour_title"), annotator=ANNOTATOR)
    with opened(project, output, annotator=ANNOTATOR, read_only=False) as work:
        session = work.session
        document = _import(session)
        output.note(
            say("cli.done_import", title=document.title, document=document.id, pairs=len(document.pairs))
        )
        spans, links = _annotate(session, document.id)
        output.note(say("cli.tour_annotated", spans=spans, links=links))
        state = session.state()
        work.store.save(state)
        session.saved(state)
        files = _export(session, folder / "export", output)
        shown = _to_show(session.document(document.id))
    pictures = _pictures(project, folder / "screenshots", shown, output, desktop)
    return {
        "folder": str(folder),
        "project": str(project),
        "spans": spans,
        "links": links,
        "exports": files,
        "screenshots": pictures,
    }


def _clear(folder: Path) -> None:
    """Make room for a tour where nothing was, or where only an earlier tour is."""
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
            raise AnnotatorError("error.tour_folder", folder=folder)
        for name in ("project", "export", "screenshots"):
            if (folder / name).exists():
                shutil.rmtree(folder / name)
        (folder / "export").mkdir(parents=True)
        (folder / _MARK).touch()
    except OSError as error:
        raise AnnotatorError("error.export_write", file=folder, reason=error.strerror or error) from error


def _import(session: Session) -> Document:
    source = importing.read_sources([sample_projects() / "texts" / f"{SAMPLE}.txt"])
    plan = importing.preview(source)
    data = importing.build(plan, doc_id=importing.document_id(plan, session.document_ids))
    session.do(importing.add_edit(data))
    return session.document(data.id)


def _annotate(session: Session, doc_id: str) -> tuple[int, int]:
    """What a person would do with the sample's annotations before them: mark all occurrences of each
    name at once, longest first, then link what is linked there; at last mark every row as done."""
    gold_project = open_project(sample_projects() / SAMPLE, annotator="sample", read_only=True)
    try:
        gold = gold_project.session.document(gold_project.session.document_ids[0])
        for side in SIDES:
            names = {(span.quote, span.label) for span in gold.spans.ordered(side)}
            for quote, label in sorted(names, key=lambda name: (-len(name[0]), name)):
                document = session.document(doc_id)
                places = [one for one in find(document, quote, side, label) if not one.blocked]
                if places:
                    session.do(annotate_all([document], places, label, ANNOTATOR))
        for one in sorted(gold.links, key=lambda link: link.id):
            _link_alike(session, doc_id, gold.spans.get(one.a), gold.spans.get(one.b), one.type)
    finally:
        gold_project.store.close()
    document = session.document(doc_id)
    session.do(mark_done(document, range(len(document.pairs)), True))
    document = session.document(doc_id)
    return len(document.spans), len(document.links)


def _link_alike(session: Session, doc_id: str, one: Span | None, two: Span | None, type: str) -> None:
    document = session.document(doc_id)
    ends = [_at(document, span) for span in (one, two) if span is not None]
    if len(ends) < 2 or ends[0] is None or ends[1] is None:
        return
    if document.links.between(ends[0].id, ends[1].id) is None:
        session.do(link(document, ends[0].id, ends[1].id, type, by=ANNOTATOR))


def _at(document: Document, gold: Span) -> Span | None:
    """The annotation that was made where the sample has this one."""
    around = document.spans.overlapping(gold.side, gold.start, gold.end)
    wanted = (gold.start, gold.end, gold.label)
    return next((span for span in around if (span.start, span.end, span.label) == wanted), None)


def _export(session: Session, folder: Path, output: Output) -> list[str]:
    files: list[str] = []
    for name, exporter in sorted(exporters().items()):
        if exporter.needs is not None:
            continue
        # Formats that share an ending are told apart by their names.
        own = exporter.suffixes[0] == f".{name}"
        path = folder / f"{SAMPLE}{'' if own else f'.{name}'}{exporter.suffixes[0]}"
        report = export(corpus_of(session), name, make_options(exporter, {}), path)
        counts = {"documents": report.documents, "spans": report.spans, "links": report.links}
        output.note(say("cli.done_export", out=path, **counts))
        files.append(str(path))
    return files


def _to_show(document: Document) -> str:
    """A linked mention near the head, for its link to be seen."""
    linked = (span.id for span in document.spans.ordered("zh") if document.partners(span.id))
    return next(linked, "")


def _pictures(project: Path, folder: Path, shown: str, output: Output, desktop: Desktop | None) -> list[str]:
    if desktop is None:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    shots = [
        Shot(project=project, out=folder / f"{theme}-{lang}.png", theme=theme, lang=lang, select=shown)
        for theme in ("light", "dark")
        for lang in ("en", "zh")
    ]
    try:
        desktop.take(shots)
    except AnnotatorError as error:
        # What was exported is worth having without its pictures.
        output.note(str(error))
        return []
    for shot in shots:
        output.note(say("cli.done_screenshot", out=shot.out))
    return [str(shot.out) for shot in shots]
