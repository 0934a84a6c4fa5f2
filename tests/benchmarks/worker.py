"""One measurement in a process of its own: `python -m tests.benchmarks.worker JOB [ARGUMENT…]`.

The result is one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def _run(job: str, arguments: list[str]) -> dict[str, Any]:
    if job == "edits":
        from . import baseline

        return baseline.measure(int(arguments[0]), int(arguments[1]))
    if job == "project":
        from .documents import make_project

        make_project(Path(arguments[0]), int(arguments[1]))
        return {}
    if job == "sample":
        from annotator.services.samples import private_copy

        private_copy(arguments[0])
        return {}
    from . import window

    match job:
        case "window":
            return window.measure(Path(arguments[0]), int(arguments[1]), int(arguments[2]))
        case "undo":
            return window.measure_undo(Path(arguments[0]), int(arguments[1]))
        case "saving":
            return window.measure_saving(Path(arguments[0]))
        case "training":
            return window.measure_training(Path(arguments[0]))
        case "pauses":
            return window.measure_start(arguments[0])
    raise ValueError(job)


def main() -> None:
    """Do what the command line says."""
    job, *arguments = sys.argv[1:]
    if job == "start":
        from . import start

        start.program(arguments[0]) if arguments else start.bare()
        return
    print(json.dumps(_run(job, arguments)), flush=True)
    # Closing would save again, which nobody looks at.
    os._exit(0)


if __name__ == "__main__":
    main()
