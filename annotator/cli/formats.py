"""`formats`, and `import --format`: what the formats are, and annotations read in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from annotator.cli.desktop import Desktop
from annotator.cli.opened import commit, opened, progress
from annotator.cli.output import OK, PROBLEMS, Output
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.extend import Exporter, Importer, Loss, exporters, importer_named, importers
from annotator.services.options import make_options, options_of
from annotator.services.receiving import AUTO, Received, receive
from annotator.services.taking import Taken
from annotator.services.taking import take as taken_in


def given(arguments: Namespace, kind: str) -> dict[str, Any]:
    """The options of one kind that the arguments set, by their names."""
    return {
        name.removeprefix(f"{kind}_"): value
        for name, value in vars(arguments).items()
        if name.startswith(f"{kind}_") and value is not None
    }


def loss_records(losses: Iterable[Loss]) -> list[dict[str, object]]:
    """Losses with their sentences."""
    return [
        {**asdict(loss), "message": say(loss.key, count=loss.count, example=loss.example)} for loss in losses
    ]


def show(_: Namespace, output: Output, __: Desktop | None) -> int:
    """List the formats: what each reads, writes, loses and needs."""
    out, in_ = exporters(), importers()
    records = [_record(name, out.get(name), in_.get(name)) for name in sorted({*out, *in_})]
    output.result({"formats": records}, *map(_line, records))
    return OK


def _record(name: str, out: Exporter | None, in_: Importer | None) -> dict[str, Any]:
    needs = (out.needs if out else None) or (in_.needs if in_ else None)
    title = out.title if out else in_.title if in_ else name
    return {
        "name": name,
        "title": say(title),
        "suffixes": out.suffixes if out else (),
        "writes": out is not None,
        "reads": in_ is not None,
        "read_suffixes": in_.suffixes if in_ else (),
        "loses": [
            {"key": key, "what": say(key.replace("loss.", "lost."))} for key in (out.loses if out else ())
        ],
        "installed": needs is None or needs.installed,
        "install": needs.command if needs else "",
        "options": _options(out),
        "read_options": _options(in_),
    }


def _options(format: Exporter | Importer | None) -> list[dict[str, object]]:
    return [
        {
            "name": option.name,
            "type": option.kind.__name__,
            "default": option.default,
            "choices": option.choices,
            "help": say(option.help) if option.help else "",
        }
        for option in (options_of(format) if format else ())
    ]


def _line(record: dict[str, Any]) -> str:
    key = {(True, True): "both", (True, False): "out", (False, True): "in"}[record["writes"], record["reads"]]
    line = f"{record['name']:<12} {say(f'cli.formats.{key}'):<8} {record['title']}"
    return line if record["installed"] else f"{line}  ({record['install']})"


def take(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Read annotations into a project as one step; with `--preview`, only tell what it would be."""
    if not arguments.files:
        raise AnnotatorError("error.import_nothing")
    names = dict(_mapping(arguments.map))
    new = frozenset(arguments.new)
    known = arguments.format != AUTO
    options = make_options(importer_named(arguments.format), given(arguments, "option")) if known else None
    with opened(
        arguments.project, output, annotator=arguments.annotator, read_only=arguments.preview
    ) as project:
        _check_labels(project.session.project, names)
        with progress(say("cli.reading")) as job:
            received = receive(arguments.format, arguments.files, options, job)
            taken = taken_in(
                project.session,
                received.reading,
                names=names,
                add_labels=arguments.add_labels,
                new_labels=new,
                add_documents=not arguments.only_known,
                job=job,
            )
        if not arguments.preview:
            commit(project, taken.edit)
    _tell(taken, received, output, preview=arguments.preview)
    return PROBLEMS if received.failures else OK


def _mapping(given: Iterable[str]) -> Iterable[tuple[str, str]]:
    for one in given:
        name, equals, label = one.rpartition("=")
        if not (name and equals):
            raise AnnotatorError("error.map", value=one)
        yield name, label


def _check_labels(project: Project, names: Mapping[str, str]) -> None:
    """Hold the labels that are meant against those there are."""
    labels = project.label_set
    for label in names.values():
        if label and label not in labels:
            raise AnnotatorError("error.no_label", label=label, known=", ".join(one.id for one in labels))


def _tell(taken: Taken, received: Received, output: Output, *, preview: bool) -> None:
    losses = loss_records(taken.losses)
    counts = {"spans": taken.spans, "links": taken.links, "already": taken.already}
    record = {
        "format": received.format,
        **counts,
        "matched": taken.matched,
        "added": taken.added,
        "labels": taken.labels,
        "losses": losses,
        "failed": [{"file": one.file, "reason": str(one.error)} for one in received.failures],
    }
    for failure in received.failures:
        output.note(str(failure.error))
    for loss in losses:
        output.note(str(loss["message"]))
    key = "cli.would_take" if preview else "cli.done_take"
    output.result(record, say(key, **counts, matched=len(taken.matched), added=len(taken.added)))
