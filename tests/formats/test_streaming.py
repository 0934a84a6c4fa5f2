"""An export holds the document that it writes, not those before it; the same corpus is the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import weakref
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzz.run import ports
from roundtrips import PROJECT, there, written

from annotator.core.document import Document
from annotator.core.pair import PairTable
from annotator.extend import Corpus, exporters

NAMES = [pytest.param(name, id=name, marks=there(name)) for name in sorted(exporters())]
_ROOT = Path(__file__).parent.parent.parent
_DIGESTS = """
import sys
sys.path[:0] = ["tests", "tests/formats"]
from test_streaming import digests
print(digests())
"""


class Watched(PairTable):
    """The pairs of a document, which live as long as it does."""

    __hash__ = object.__hash__


class Counted:
    """Documents made one at a time, and how many of them were ever alive at once."""

    def __init__(self, count: int) -> None:
        self.most, self._count = 0, count
        self._alive: weakref.WeakSet[Watched] = weakref.WeakSet()

    def __iter__(self) -> Iterator[Document]:
        base = ports()
        for number in range(self._count):
            pairs = Watched(list(base.pairs))
            self._alive.add(pairs)
            self.most = max(self.most, len(self._alive))
            yield base.evolve(id=f"doc{number}", pairs=pairs)
            del pairs


@pytest.mark.parametrize("name", NAMES)
def test_an_export_lets_each_document_go(name: str) -> None:
    documents = Counted(12)
    _, report = written(Corpus(PROJECT, documents, 12, "ann"), name)
    assert report.documents == 12
    assert documents.most <= 2


def digests() -> dict[str, str]:
    """What each export that can be made here comes to."""
    corpus = Corpus(PROJECT, (ports(),), 1, "ann")
    known = [name for name, one in sorted(exporters().items()) if one.needs is None or one.needs.installed]
    return {name: hashlib.sha256(written(corpus, name)[0]).hexdigest() for name in known}


def test_no_export_hangs_on_the_order_of_a_set() -> None:
    found = set()
    for seed in ("1", "2", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(_ROOT)}
        command = [sys.executable, "-W", "ignore", "-c", _DIGESTS]
        done = subprocess.run(
            command, cwd=_ROOT, env=environment, check=True, capture_output=True, encoding="utf-8"
        )
        found.add(done.stdout.strip().splitlines()[-1])
    assert len(found) == 1


@pytest.mark.parametrize(
    "name", [pytest.param(one, id=one, marks=there(one)) for one in ("brat", "xmi", "xlsx")]
)
def test_no_archive_says_when_it_was_made(name: str) -> None:
    data, _ = written(Corpus(PROJECT, (ports(),), 1, "ann"), name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time[:2] for one in archive.infolist()} == {(1980, 1)}
