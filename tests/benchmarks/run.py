"""Running measurements as processes, in turn, and what their samples come to."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """A measurement did not come to its end; its words say why."""


class Bench:
    """Where one run of the benchmarks keeps its projects and its settings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, Path] = {}
        self._copies = 0
        self._environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "ANNOTATOR_HOME": str(folder / "home"),
            # Whatever this environment says of bytecode, it is there from the second start on, as it is
            # for a user.
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def say(self, text: str) -> None:
        """Tell what is going on."""
        print(text, file=sys.stderr, flush=True)

    def project(self, pairs: int) -> Path:
        """A copy of its own of the synthetic project of so many pairs."""
        if pairs not in self._made:
            self.say(f"Making a project of {pairs:,} pairs.")
            self._made[pairs] = self._folder / f"project-{pairs}"
            self.work("project", str(self._made[pairs]), str(pairs))
        self._copies += 1
        return shutil.copytree(self._made[pairs], self._folder / f"copy-{self._copies}")

    def work(self, *command: str) -> Any:
        """The result of one worker."""
        return json.loads(self._output(command, {}))

    def window(self, job: str, pairs: int, *arguments: object) -> Any:
        """The result of one worker on a fresh copy of a project, which goes afterwards."""
        folder = self.project(pairs)
        try:
            return self.work(job, str(folder), *(str(one) for one in arguments))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def start(self, *command: str, display: str | None) -> float:
        """Milliseconds from the start of a process to the moment that it prints."""
        environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"} if display else {}
        began = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        return (int(self._output(("start", *command), environment)) - began) / 1e6

    def _output(self, command: tuple[str, ...], environment: dict[str, str]) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.worker", *command],
            cwd=ROOT,
            env=self._environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise Failed(f"{' '.join(command)}: {run.stderr.strip()[-2000:]}")
        return run.stdout.strip().rpartition("\n")[2]


@contextmanager
def bench() -> Iterator[Bench]:
    """A place for one run, cleared afterwards."""
    with tempfile.TemporaryDirectory(prefix="annotator-figures-") as folder:
        yield Bench(Path(folder))


@contextmanager
def screen() -> Iterator[str | None]:
    """The name of a virtual screen, if there is a program for it."""
    server = shutil.which("Xvfb")
    if server is None:
        yield None
        return
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as lines:
            yield f":{lines.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def in_turn(rounds: int, *jobs: Callable[[], Any]) -> list[list[Any]]:
    """Each job's results, the jobs taken in turn: A B A B, so that a busy machine is busy for all."""
    results = [[job() for job in jobs] for _ in range(rounds)]
    return [list(one) for one in zip(*results, strict=True)]


def median(values: list[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def p99(values: list[float]) -> float:
    """What 99 in 100 stay below or at."""
    return sorted(values)[max(0, -(-len(values) * 99 // 100) - 1)]


def pooled(results: list[dict[str, Any]], key: str) -> list[float]:
    """The samples of all rounds together."""
    return [value for one in results for value in one[key]]
