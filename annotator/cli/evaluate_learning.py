"""`annotator evaluate suggest --train` and `annotator evaluate effort`: what learning is worth."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

import msgspec

from annotator.cli.opened import progress
from annotator.cli.output import Output
from annotator.core.messages import say
from annotator.core.span import SIDES


def learnt(arguments: Namespace, output: Output) -> None:
    """Score suggestions after so many annotated sentences."""
    from annotator.services.evaluating_learning import evaluate_learning

    with progress(say("counterpart.evaluating")) as job:
        report = evaluate_learning(arguments.paths, arguments.train, arguments.first, arguments.side, job)
    scores = {"learner": report.learner, "combined": report.combined}
    output.result(
        msgspec.to_builtins(report),
        say("evaluate.trained_on", sentences=report.trained_on),
        *(
            say("counterpart.figures", what=say(f"suggester.{name}"), **msgspec.structs.asdict(one))
            for name, one in scores.items()
        ),
        say("evaluate.calibration", **msgspec.structs.asdict(report.calibration)),
    )


def fill_effort(parser: ArgumentParser) -> None:
    """The arguments of `evaluate effort`."""
    parser.add_argument("paths", type=Path, nargs="+", metavar="FILE.jsonl", help=say("evaluate.arg.files"))
    parser.add_argument("--side", choices=SIDES, help=say("evaluate.arg.side"))
    parser.add_argument("--confirmed-side", choices=SIDES, help=say("evaluate.arg.confirmed"))
    parser.add_argument(
        "--source", action="append", choices=("learner", "memory", "rules"), help=say("evaluate.arg.source")
    )


def effort(arguments: Namespace, output: Output) -> None:
    """Count what annotating costs with suggestions."""
    from annotator.services.evaluating_effort import ALL_SOURCES, evaluate_effort

    sources = frozenset(arguments.source or ALL_SOURCES)
    with progress(say("counterpart.evaluating")) as job:
        report = evaluate_effort(arguments.paths, arguments.side, arguments.confirmed_side, sources, job)
    figures = msgspec.structs.asdict(report)
    output.result(figures, say("evaluate.effort", **figures))
