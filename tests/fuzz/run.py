"""Cases by number: the same number gives the same files on every machine."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from formats.roundtrips import PROJECT, both_ways, files_of, session, written
from making import document, link, span, with_spans
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.span import Span
from annotator.extend import Corpus, File, exporters, importers
from annotator.services.reading import read_files
from annotator.services.taking import take

from .mutate import mutated

SECONDS = 5
"""A file that takes longer hangs."""
BYTES = 4 << 30
"""What the process may ask of the system."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A case in which a reader failed in another way than with a sentence."""

    format: str
    number: int
    kind: str
    trace: str


def ports() -> Document:
    """A document with astral characters, nested, crossing and touching annotations, and links."""
    base = document()
    spans: list[Span] = [
        span(base, "zh", "𠮷田洋子"),
        span(base, "zh", "𠮷田"),
        span(base, "zh", "顾岚在海口", "THEME"),
        span(base, "zh", "海口会见", "THEME/weather"),
        span(base, "zh", "海口", "PLACE"),
        span(base, "zh", "双方谈了三小时。\n“还不够，”", "THEME"),
        span(base, "en", "Yoko Yoshida"),
        span(base, "en", "Haikou", "PLACE"),
        span(base, "en", "three hours.\n“Not yet", "THEME"),
    ]
    spans = [replace(one, id=f"span{number:08}") for number, one in enumerate(spans)]
    links = [link(spans[0], spans[6]), link(spans[4], spans[7])]
    return with_spans(base, spans, [replace(one, id=f"link{one.a[4:]}") for one in links])


def seeds(name: str) -> list[list[File]]:
    """The files of a format as this program writes them, with each of its choices."""
    corpus = Corpus(PROJECT, (ports(), document(doc="doc2")), 2, "ann")
    chosen = [dict(one.values[1]) for one in both_ways() if one.values[0] == name]
    return [files_of(name, written(corpus, name, **options)[0]) for options in chosen]


def case(name: str, number: int, grown: list[list[File]]) -> list[File]:
    """The damaged files of a case."""
    chance = random.Random(f"{name} {number}")
    files = list(chance.choice(grown))
    others = [file.data for file in chance.choice(grown)]
    at = chance.randrange(len(files))
    files[at] = File(files[at].name, mutated(files[at].data, chance, others))
    if chance.random() < 0.05:
        files.append(files[at])
    return files


def run(name: str, numbers: range) -> Iterator[Finding | None]:
    """Read each case and take what it holds; None where that went as it should."""
    grown = seeds(name)
    for number in numbers:
        files = case(name, number, grown)
        try:
            with _limited():
                _read(name, files)
        except Exception as error:
            kind = type(error).__name__
            yield Finding(name, number, kind, "".join(traceback.format_exception(error)[-6:]))
        else:
            yield None


def _read(name: str, files: list[File]) -> None:
    try:
        reading = read_files(importers()[name], files)
        work = session(ports())
        work.do(take(work, reading, add_labels=True).edit)
    except AnnotatorError as error:
        if not str(error).strip():
            raise


@contextmanager
def _limited() -> Iterator[None]:
    """Raise where it takes too long; on a system without alarms, wait."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def is_there(name: str) -> bool:
    """Whether what the format needs is installed."""
    needs = importers()[name].needs
    return needs is None or needs.installed


def _bounded() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def main() -> int:
    """Run cases and tell the findings; 1 if there are any."""
    known = [
        name
        for name in sorted(importers())
        if exporters()[name].needs is None or exporters()[name].needs.installed
    ]
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="how many of each format")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--format", nargs="+", choices=known, default=known)
    parser.add_argument("--verbose", action="store_true", help="with the traceback of each finding")
    options = parser.parse_args()
    _bounded()
    total = 0
    for name in options.format:
        start = time.process_time()
        findings = [one for one in run(name, range(options.first, options.first + options.cases)) if one]
        used = time.process_time() - start
        print(f"{name}: {options.cases} cases, {len(findings)} findings, {used:.0f} s of CPU", flush=True)
        for one in findings:
            last = one.trace.strip().splitlines()
            print(f"  {one.number} {one.kind}: {one.trace if options.verbose else last[-1]}")
        total += len(findings)
    return 1 if total else 0
