"""Thousands of spoilt files for the readers of texts: each must give a document or a sentence, and soon.

From `tests/`: `python -m texts.fuzz_texts 2000 [SEED]`. What breaks the rule is kept in a folder
that is named.
"""

from __future__ import annotations

import gzip
import io
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from services.mixed_folder import bad, good
from texts.test_damaged import FILES
from texts.text_files import zipped

from annotator.core.job import Job
from annotator.services.drafts import read_drafts
from annotator.services.importing import build

SECONDS = 20
BYTES = 3 << 30
PIECES = (
    b"",
    b"\0",
    b"<",
    b">",
    b"&",
    b'"',
    b"\xff",
    b"\n",
    b"\t",
    b"]]>",
    b"<s>",
    b"</p>",
    b"PK\x03\x04",
    b"-->",
)


Files = dict[str, bytes]


def samples() -> list[Files]:
    """Real files, those together that belong together."""
    groups = [parts for _, parts in good(0)]
    groups += [{name: data} for name, _, data in bad(0)]
    groups += [{f"sample{ending}": data} for ending, every in FILES.items() for data in every]
    return [
        {name: data.encode() if isinstance(data, str) else data for name, data in parts.items()}
        for parts in groups
    ]


def spoilt(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The file spoilt, or one file in it if it is packed."""
    if chance.random() < 0.8:
        if data.startswith(b"\x1f\x8b"):
            return gzip.compress(_spoilt(gzip.decompress(data), other, chance))
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
            name = chance.choice(sorted(inner))
            return zipped({**inner, name: _spoilt(archive.read(name), other, chance)})
    return _spoilt(data, other, chance)


def _spoilt(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The file with pieces changed, doubled, moved, taken from another file, or cut off."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 6))):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 1, 4, 40, 400))
        piece = bytes(made[at : at + length])
        start = chance.randrange(len(other) + 1)
        foreign = other[start : start + length], chance.randbytes(length)
        put_in = chance.choice((*PIECES, *(piece * 2, piece * 300) * 4, *foreign))
        made[at : at + chance.choice((0, length))] = put_in
    return bytes(made[: chance.randrange(len(made) + 1)] if chance.random() < 0.1 else made)


def outcome(given: Path) -> str:
    """What became of a file or a folder."""
    found = "sentence"
    for draft in read_drafts([given], "", Job()):
        if draft.ready and draft.plan is not None:
            build(draft.plan, doc_id="x")
            found = "document"
    return found


def main(count: int, seed: int) -> int:
    """Try so many files; how many broke the rule."""
    chance = random.Random(seed)
    groups = samples()
    kept = Path(tempfile.mkdtemp(prefix="fuzz-"))
    seen: Counter[str] = Counter()
    longest = (0.0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    for number in range(count):
        files = dict(chance.choice(groups))
        name = chance.choice(sorted(files))
        other = chance.choice(list(chance.choice(groups).values()))
        files[name] = spoilt(files[name], other, chance)
        began = time.process_time()
        found = _tried(files, name, kept / str(number))
        seen[found] += 1
        longest = max(longest, (time.process_time() - began, number))
    print(f"{dict(seen)}, longest {longest[0]:.2f} s (case {longest[1]}), peak {_peak()} MB, kept in {kept}")
    return seen["broken"]


def _tried(files: Files, name: str, kept: Path) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        for one, data in files.items():
            path = Path(scratch) / one
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        signal.alarm(SECONDS)
        try:
            return outcome(Path(scratch) if len(files) > 1 else path)
        except BaseException:
            kept.mkdir()
            (kept / Path(name).name).write_bytes(files[name])
            (kept / "traceback").write_text(traceback.format_exc(), encoding="utf-8")
            return "broken"
        finally:
            signal.alarm(0)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _late(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    signal.signal(signal.SIGALRM, _late)
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
