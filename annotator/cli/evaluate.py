"""`annotator evaluate WHAT PATH`: how good the program is on gold data, as figures."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator.cli.desktop import Desktop
from annotator.cli.evaluate_learning import effort, fill_effort, learnt
from annotator.cli.output import OK, Output, Progress
from annotator.core.messages import say
from annotator.core.span import SIDES

if TYPE_CHECKING:
    from annotator.services.evaluating import AlignmentReport

if TYPE_CHECKING:
    from annotator.services.evaluating import AlignmentReport


def _fill_align(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="DIR", help=say("counterpart.arg.folder"))
    parser.add_argument("--lexicon", type=Path, metavar="FILE", help=say("counterpart.arg.lexicon"))
    parser.add_argument("--pooled", action="store_true", help=say("alignment.arg.pooled"))
    parser.add_argument("--model", type=Path, metavar="DIR", help=say("alignment.arg.model"))
    parser.add_argument("--calibration", action="store_true", help=say("alignment.arg.calibration"))


def _align(arguments: Namespace, output: Output) -> None:
    from annotator.services.evaluating import evaluate_alignment

    job = Progress(say("counterpart.evaluating"))
    report = evaluate_alignment(
        arguments.path,
        arguments.lexicon,
        job,
        pooled=arguments.pooled,
        model=arguments.model,
        calibration=arguments.calibration,
    )
    job.finish()
    output.result(
        msgspec.to_builtins(report),
        *(
            say("counterpart.figures", what=say(f"counterpart.{name}"), **msgspec.structs.asdict(score))
            for name, score in (("strict", report.strict), ("lax", report.lax))
        ),
        say("counterpart.seconds", seconds=report.seconds),
        *_calibration(report),
    )


def _calibration(report: AlignmentReport) -> Iterator[str]:
    if report.calibration:
        yield say("alignment.calibration", error=report.calibration.error)
        for bucket in report.calibration.buckets:
            yield say("alignment.bucket", **msgspec.structs.asdict(bucket))


def _fill_project(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE.jsonl", help=say("counterpart.arg.file"))
    parser.add_argument(
        "--direction", required=True, choices=("zh-en", "en-zh"), help=say("counterpart.arg.direction")
    )
    parser.add_argument("--lexicon", type=Path, metavar="FILE", help=say("counterpart.arg.lexicon"))


def _project(arguments: Namespace, output: Output) -> None:
    from annotator.services.evaluating import evaluate_projection

    job = Progress(say("counterpart.evaluating"))
    score = evaluate_projection(arguments.path, arguments.direction, arguments.lexicon, job)
    job.finish()
    figures = msgspec.structs.asdict(score)
    output.result(figures, say("counterpart.figures", what=say("counterpart.projection"), **figures))


def _fill_suggest(parser: ArgumentParser) -> None:
    parser.add_argument("paths", type=Path, nargs="+", metavar="FILE.jsonl", help=say("evaluate.arg.files"))
    parser.add_argument("--side", choices=SIDES, help=say("evaluate.arg.side"))
    parser.add_argument("--train", type=Path, metavar="FILE.jsonl", help=say("evaluate.arg.train"))
    parser.add_argument("--first", type=int, metavar="N", help=say("evaluate.arg.first"))


def _suggest(arguments: Namespace, output: Output) -> None:
    if arguments.train is not None:
        learnt(arguments, output)
        return
    from annotator.services.evaluating_suggestions import evaluate_suggestions

    job = Progress(say("counterpart.evaluating"))
    report = evaluate_suggestions(arguments.paths, arguments.side, job)
    job.finish()
    scores = {say("evaluate.suggest"): report, **report.labels}
    output.result(
        msgspec.to_builtins(report),
        *(
            say("counterpart.figures", what=what, precision=one.precision, recall=one.recall, f1=one.f1)
            for what, one in scores.items()
        ),
    )


_FILL: dict[str, Callable[[ArgumentParser], None]] = {
    "align": _fill_align,
    "project": _fill_project,
    "suggest": _fill_suggest,
    "effort": fill_effort,
}
_RUN: dict[str, Callable[[Namespace, Output], None]] = {
    "align": _align,
    "project": _project,
    "suggest": _suggest,
    "effort": effort,
}


def fill(parser: ArgumentParser, arguments: Sequence[str]) -> None:
    """The arguments of `evaluate`: what is evaluated decides which others there are."""
    parser.add_argument("what", choices=tuple(_FILL), help=say("counterpart.arg.what"))
    chosen = next((argument for argument in arguments if argument in _FILL), "")
    if chosen:
        _FILL[chosen](parser)


def evaluate(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """Score one ability of the program against gold."""
    _RUN[arguments.what](arguments, output)
    return OK
