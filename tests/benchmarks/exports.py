"""How fast every export is, and how much memory it takes: `python -m tests.benchmarks.exports`.

Spans a second of CPU time, tokens counted with it; what the words are known by is loaded before. The memory
is that which a process of its own takes at its peak, beyond what it had when the export began.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.labels import Label, LinkType
from annotator.core.project import Project
from annotator.core.span import MANUAL, Link
from annotator.extend import Corpus, exporters
from annotator.language.words import dictionary_words
from annotator.services.options import make_options

from .clock import peak_megabytes
from .documents import SPANS_A_PAIR, synthetic

PROJECT = Project(
    title="Figures",
    labels=tuple(Label(id=one, name={"en": one}, color="#3F7BD0") for one in ("PERSON", "PLACE")),
    link_types=(LinkType(id="SAME", name={"en": "same"}),),
)


class Nowhere(io.RawIOBase):
    """A file that keeps nothing but its size."""

    size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Count."""
        count = memoryview(data).nbytes
        self.size += count
        return count


def linked(pairs: int) -> Document:
    """A synthetic document with a link in every second pair."""
    base = synthetic(pairs)
    sides = [[span.id for span in base.spans.ordered(side)] for side in ("zh", "en")]
    ends = list(zip(*sides, strict=True))[::SPANS_A_PAIR]
    made = (
        Link(id=f"link{number:08}", a=a, b=b, type="SAME", src=MANUAL, by="bench", at="2026-01-01T00:00:00Z")
        for number, (a, b) in enumerate(ends)
    )
    return base.evolve(links=base.links.evolve((), made))


def documents(count: int, spans: int) -> Iterator[Document]:
    """So many documents of so many spans, each with a text of its own, made when they are asked for."""
    for number in range(count):
        yield linked(spans // SPANS_A_PAIR + number % 7).evolve(id=f"doc{number:06}")


@dataclass(frozen=True, slots=True)
class Run:
    """What an export took."""

    spans: int
    seconds: float
    size: int

    @property
    def speed(self) -> float:
        """Spans a second."""
        return self.spans / max(self.seconds, 1e-9)


def export(name: str, corpus: Corpus) -> Run:
    """Write a corpus to nowhere."""
    exporter, out = exporters()[name], Nowhere()
    start = time.process_time()
    report = exporter.write(corpus, out, make_options(exporter, {}), Job())
    return Run(report.spans, time.process_time() - start, out.size)


def bare(made: list[Document]) -> float:
    """The seconds that msgspec takes to encode texts, pairs and spans of these documents as they are."""
    encoder = msgspec.json.Encoder()
    start = time.process_time()
    for one in made:
        encoder.encode([one.id, one.zh, one.en, list(one.pairs), list(one.spans)])
    return time.process_time() - start


def memory(name: str, count: int, spans: int) -> float:
    """Megabytes that an export of documents made on the way takes, in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.exports", "--inside"]
    command += ["--format", name, "--documents", str(count), "--spans", str(spans)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _inside(name: str, count: int, spans: int) -> float:
    export(name, _corpus(documents(2, spans), 2))
    before = peak_megabytes()
    export(name, _corpus(documents(count, spans), count))
    return peak_megabytes() - before


def _corpus(made: Any, count: int) -> Corpus:
    return Corpus(PROJECT, made, count, "bench")


def _speeds(names: list[str], count: int, spans: int) -> None:
    made = list(documents(count, spans))
    list(dictionary_words().spans(made[0].zh[:50], "zh"))
    base = min(bare(made) for _ in range(3))
    print(f"msgspec alone: {base:.3f} s")
    for name in names:
        export(name, _corpus(made[:1], 1))
        runs = [export(name, _corpus(iter(made), count)) for _ in range(3)]
        best = min(runs, key=lambda one: one.seconds)
        print(f"{name:12}{best.speed:10.0f} spans/s{best.seconds / base:8.1f} × msgspec", flush=True)


def main() -> None:
    """Measure and print."""
    known = sorted(name for name, one in exporters().items() if one.needs is None or one.needs.installed)
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.exports")
    parser.add_argument("--format", nargs="+", choices=known, default=known)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--spans", type=int, default=1000, help="of each document")
    parser.add_argument("--memory", action="store_true", help="peak memory in place of speed")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(_inside(options.format[0], options.documents, options.spans))
    elif options.memory:
        for name in options.format:
            print(f"{name:12}{memory(name, options.documents, options.spans):8.1f} MB", flush=True)
    else:
        _speeds(options.format, options.documents, options.spans)


if __name__ == "__main__":
    main()
