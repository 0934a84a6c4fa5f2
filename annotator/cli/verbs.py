"""The verbs: each takes its parsed arguments and gives an exit code."""

from __future__ import annotations

import platform
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from annotator.cli import formats
from annotator.cli.desktop import Desktop, Shot
from annotator.cli.dictionary import dictionary, learning, lexicon_for
from annotator.cli.evaluate import evaluate
from annotator.cli.opened import commit, opened, progress
from annotator.cli.output import OK, PROBLEMS, Output, version_text
from annotator.cli.suggesting import suggest, train
from annotator.core.document import DocumentData
from annotator.core.errors import AnnotatorError
from annotator.core.messages import language, say
from annotator.extend import Report, exporter_named
from annotator.formats.plain import LARGEST
from annotator.services import importing
from annotator.services.aligning import realign, regrouped
from annotator.services.drafts import Draft, failing, read_drafts
from annotator.services.exporting import Selection, corpus_of, export, make_options
from annotator.services.opening import create, user_name
from annotator.services.options import checked_options
from annotator.services.sources import ARCHIVE

STANDARD = Path("-")


def new(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Make a project."""
    folder: Path = arguments.project
    title = arguments.title or folder.absolute().name
    annotator = arguments.annotator or user_name()
    create(folder, title, annotator=annotator)
    record = {"project": str(folder), "title": title, "annotator": annotator}
    output.result(record, say("cli.done_new", project=folder))
    return OK


def import_(arguments: Namespace, output: Output, desktop: Desktop | None) -> int:
    """Import texts, all of them or none; with a format, annotations."""
    if arguments.format:
        return formats.take(arguments, output, desktop)
    plans, failed = _plans(arguments, output)
    if arguments.preview:
        _show_plans(plans, output)
        _tell_failed(failed, output)
        return PROBLEMS if failed else OK
    with opened(arguments.project, output, annotator=arguments.annotator, read_only=False) as project:
        lexicon = lexicon_for(arguments.project, arguments.lexicon, output)
        documents: list[DocumentData] = []
        taken = list(project.session.document_ids)
        for plan in plans:
            doc_id = importing.document_id(plan, taken)
            taken.append(doc_id)
            with progress(say("cli.aligning", document=plan.title)) as job:
                title = arguments.title
                data = importing.build(plan, doc_id=doc_id, title=title, lexicon=lexicon, job=job)
            documents.append(data)
        if documents:
            commit(project, importing.add_edit(*documents))
    _tell_imported(plans, documents, failed, output)
    return PROBLEMS if failed else OK


def _plans(arguments: Namespace, output: Output) -> tuple[list[importing.ImportPlan], list[Draft]]:
    """The plans, and of folders what does not go into one."""
    folders = [path for path in arguments.files if path.is_dir() or path.suffix.casefold() == ARCHIVE]
    if not folders:
        return _plans_of_files(arguments), []
    if arguments.title or len(folders) != len(arguments.files) or arguments.zh or arguments.en:
        raise AnnotatorError("error.text_folders_alone")
    with progress(say("cli.reading_folder"), output.note) as job:
        drafts = read_drafts(folders, arguments.encoding, job, keep_lines=arguments.keep_lines)
    plans = [draft.plan for draft in drafts if draft.ready and draft.plan]
    return plans, [failing(draft) for draft in drafts if not draft.ready]


def _plans_of_files(arguments: Namespace) -> list[importing.ImportPlan]:
    if not (arguments.files or arguments.zh or arguments.en):
        raise AnnotatorError("error.import_nothing")
    from_stdin = [path for path in arguments.files if path == STANDARD]
    files = [path for path in arguments.files if path != STANDARD]
    sources = importing.read_sources(files, zh=arguments.zh, en=arguments.en, encoding=arguments.encoding)
    if from_stdin:
        name = say("cli.stdin")
        # A standard input that was closed is None.
        data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        decoded = importing.read_text(data, name=name, encoding=arguments.encoding)
        sources.append(importing.Source(name, decoded.text, decoded.encoding, plain=True))
    groups = importing.group(sources)
    return [importing.preview(group, keep_lines=arguments.keep_lines) for group in groups]


def _show_plans(plans: Sequence[importing.ImportPlan], output: Output) -> None:
    records = [
        {
            "title": plan.title,
            "files": plan.files,
            "encoding": plan.encoding,
            "arrangement": plan.arrangement,
            "notices": list(map(str, plan.notices)),
            "lines": [_line_record(line) for line in plan.lines if line.role != "blank"],
        }
        for plan in plans
    ]
    sentences = [
        text
        for plan in plans
        for text in (
            f"{plan.title} ({say(f'arrangement.{plan.arrangement}')}, {plan.encoding})",
            *(f"{line.place:>6}  {line.role:<9} {line.text}" for line in plan.lines if line.role != "blank"),
            *map(str, plan.notices),
        )
    ]
    output.result({"documents": records}, *sentences)


def _line_record(line: importing.PlanLine) -> dict[str, object]:
    reason = say(line.reason) if line.reason else ""
    return {"line": line.place, "role": line.role, "reason": reason, "text": line.text}


def _tell_imported(
    plans: Sequence[importing.ImportPlan],
    documents: Sequence[DocumentData],
    failed: Sequence[Draft],
    output: Output,
) -> None:
    records = [
        {
            "id": data.id,
            "title": data.info.title,
            "files": data.info.source.files,
            "encoding": data.info.source.encoding,
            "arrangement": plan.arrangement,
            "languages": {"zh": data.info.zh_lang, "en": data.info.en_lang},
            "pairs": len(data.pairs),
            "set_aside": [{"line": one.line, "text": one.text} for one in data.info.set_aside],
            "notices": list(map(str, plan.notices)),
        }
        for plan, data in zip(plans, documents, strict=True)
    ]
    sentences = [
        say("cli.done_import", title=data.info.title, document=data.id, pairs=len(data.pairs))
        for data in documents
    ]
    asides = [
        say("cli.set_aside", line=one.line, text=one.text)
        for data in documents
        for one in data.info.set_aside
    ]
    for plan in plans:
        for notice in plan.notices:
            if notice.key != "import.set_aside":
                output.note(str(notice))
    _tell_failed(failed, output)
    lost = [{"file": draft.name, "reason": draft.error} for draft in failed]
    output.result({"documents": records, **({"failed": lost} if lost else {})}, *sentences, *asides)


def _tell_failed(failed: Sequence[Draft], output: Output) -> None:
    if failed:
        output.note(say("text.failed_count", count=len(failed)))
    for draft in failed:
        output.note(say("text.failed", file=draft.name, reason=draft.error))


def align(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Align documents anew round what is confirmed."""
    from annotator.language.embeddings import sentence_vectors

    records = []
    vectors = sentence_vectors(arguments.model) if arguments.model else None
    with opened(arguments.project, output, annotator=arguments.annotator, read_only=False) as project:
        lexicon = lexicon_for(arguments.project, arguments.lexicon, output)
        if arguments.learn:
            lexicon = learning(project.session, lexicon)
        for doc_id in arguments.documents or project.session.document_ids:
            document = project.session.document(doc_id)
            with progress(say("cli.aligning", document=document.title)) as job:
                edit = realign(document, lexicon, job, vectors=vectors)
            changed = regrouped(edit)
            commit(project, edit)
            pairs = len(project.session.document(doc_id).pairs)
            records.append({"id": doc_id, "pairs": pairs, "changed": changed})
    sentences = [
        say("cli.done_align", document=one["id"], pairs=one["pairs"], changed=one["changed"])
        for one in records
    ]
    output.result({"documents": records}, *sentences)
    return OK


def export_(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Export in one of the formats."""
    options = make_options(exporter_named(arguments.format), formats.given(arguments, "option"))
    selection = checked_options(Selection, arguments.format, formats.given(arguments, "selection"))
    to_stdout = arguments.out == STANDARD
    with (
        opened(arguments.project, output, annotator=arguments.annotator) as project,
        progress(say("cli.exporting")) as job,
    ):
        corpus = corpus_of(project.session, arguments.document, arguments.project)
        path = None if to_stdout else arguments.out
        report = export(corpus, arguments.format, options, path, job, selection)
    _tell_report(report, str(arguments.out), output, to_stdout=to_stdout)
    return OK


def _tell_report(report: Report, path: str, output: Output, *, to_stdout: bool) -> None:
    losses = formats.loss_records(report.losses)
    counts = {"documents": report.documents, "spans": report.spans, "links": report.links}
    for loss in losses:
        output.note(str(loss["message"]))
    if not to_stdout:
        output.result({"out": path, **counts, "losses": losses}, say("cli.done_export", out=path, **counts))


def check(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Hold a project against every rule of the format, or look for likely mistakes in what it says."""
    if arguments.language or arguments.kind:
        from annotator.cli.problems import check_language

        return check_language(arguments, output)
    from annotator.services.checking import check as check_project

    problems = check_project(arguments.project)
    records = [
        {
            "file": problem.file,
            "line": problem.line,
            "severity": problem.severity,
            "key": problem.key,
            "message": problem.sentence(),
        }
        for problem in problems
    ]
    bad = any(problem.severity == "error" for problem in problems)
    sentences = [_place(record) + str(record["message"]) for record in records]
    output.result(
        {"ok": not bad, "problems": records}, *sentences, *(() if problems else (say("cli.done_check"),))
    )
    return PROBLEMS if bad else OK


def _place(record: Mapping[str, object]) -> str:
    if str(record["file"]) in str(record["message"]):
        return ""
    line = f":{record['line']}" if record["line"] else ""
    return f"{record['file']}{line}: "


def stats(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Count what is annotated, linked and done."""
    from annotator.services.stats import stats as count

    with opened(arguments.project, output, annotator=arguments.annotator) as project:
        session = project.session
        documents = {doc_id: session.document(doc_id) for doc_id in session.document_ids}
        total = count(documents.values())
        each = {doc_id: count((document,)) for doc_id, document in documents.items()}
    record = {"total": msgspec.to_builtins(total), "documents": msgspec.to_builtins(each)}
    lines = [say("cli.stats_summary", documents=total.documents, pairs=total.pairs, done=total.pairs_done)]
    lines += [
        say("cli.stats_label", label=label, zh=counts.zh, en=counts.en, linked=f"{counts.linked_share:.0%}")
        for label, counts in total.labels.items()
    ]
    output.result(record, *lines, say("cli.stats_links", count=total.links))
    return OK


def labels(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """List the project's labels."""
    with opened(arguments.project, output, annotator=arguments.annotator) as project:
        found = project.session.project.labels
    lines = [f"{label.key or ' '}  {label.id:<20} {label.title(language())}" for label in found]
    output.result({"labels": msgspec.to_builtins(found)}, *lines)
    return OK


def screenshot(arguments: Namespace, output: Output, desktop: Desktop | None) -> int:
    """Paint a project as its window shows it."""
    if desktop is None:
        raise AnnotatorError("error.no_window")
    shot = Shot(
        project=arguments.project,
        out=arguments.out,
        size=arguments.size,
        theme=arguments.theme,
        lang=language(),
        document=arguments.document,
        select=arguments.select,
        scale=arguments.scale,
    )
    desktop.take([shot])
    output.result({"out": str(arguments.out)}, say("cli.done_screenshot", out=arguments.out))
    return OK


def tour(arguments: Namespace, output: Output, desktop: Desktop | None) -> int:
    """Do the main job once from end to end."""
    from annotator.cli.tour import take_tour

    record = take_tour(arguments.out, output, desktop)
    output.result(record, say("cli.done_tour", folder=arguments.out))
    return OK


def version(_: Namespace, output: Output, __: Desktop | None) -> int:
    """Print the version."""
    record = {"annotator": version_text(), "python": platform.python_version()}
    output.result(record, f"Annotator {record['annotator']}")
    return OK


Verb = Callable[[Namespace, Output, Desktop | None], int]

VERBS: dict[str, Verb] = {
    "new": new,
    "import": import_,
    "align": align,
    "dictionary": dictionary,
    "export": export_,
    "check": check,
    "stats": stats,
    "labels": labels,
    "train": train,
    "suggest": suggest,
    "evaluate": evaluate,
    "formats": formats.show,
    "screenshot": screenshot,
    "tour": tour,
    "version": version,
}
