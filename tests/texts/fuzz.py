"""Every reader of texts on files with random damage: `python tests/texts/fuzz.py [CASES] [SEED] [ENDING …]`.

A case is a document or one of our own errors. Anything else, a case of more than `SECONDS` of processor time
and more than `MEMORY` bytes in all are findings; their files are kept in the folder that is named at the end.
"""

from __future__ import annotations

import io
import random
import re
import resource
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from texts.test_corpora import OPUS_ZH, XCES
from texts.test_damaged import FILES, outcome
from texts.text_files import zipped

SPOKEN = "雪停了。\n\n他来了，\n她走了。\n\nThe snow\nstopped.\n\nHe came, she left.\n"
PLAIN = {
    ".txt": [SPOKEN.encode(code) for code in ("utf-8", "gb18030", "utf-16", "utf-16-le")],
    ".tsv": ['zh\ten\n雪停了。\tThe snow stopped.\n"他\n来了"\tHe came.\n'.encode()],
    ".csv": ['zh,en\n雪停了。,The snow stopped.\n"他,\n来了",He came.\n'.encode()],
}
SECONDS = 20
MEMORY = 3 << 30
TOKENS = (b"", b"\0", b"<", b"&", b'"', b"\xff", b"</", b"]]>", b"<!--", b"-1", b"999999999", b"&#x0;")
PART = re.compile(rb"<(\w+)[^>]*>[^<]*(?:</\1>)?|(?<=\")[^\"<>&]*(?=\")|(?<=>)[^<>&]+(?=<)")


def damaged(data: bytes, dice: random.Random) -> bytes:
    """With some bytes changed, cut out, doubled or moved; of an archive mostly what is packed in it."""
    if data.startswith(b"PK") and dice.random() < 0.7:
        return _inside(data, dice)
    if data.lstrip().startswith(b"<") and dice.random() < 0.8:
        return _marked(data, dice)
    made = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(made) + 1)
        size = dice.choice((0, 1, 1, 2, 8, 40, 400))
        piece = bytes(made[at : at + size])
        kinds = (
            dice.choice(TOKENS),
            piece * dice.choice((2, 50)),
            dice.randbytes(size),
            _elsewhere(made, dice),
        )
        made[at : at + size] = dice.choice(kinds)
    return bytes(made)


def _elsewhere(made: bytearray, dice: random.Random) -> bytes:
    at = dice.randrange(len(made) + 1)
    return bytes(made[at : at + dice.randint(0, 80)])


def _marked(data: bytes, dice: random.Random) -> bytes:
    """Markup with elements, values and texts cut out, doubled or exchanged: mostly well-formed."""
    for _ in range(dice.randint(1, 6)):
        parts = list(PART.finditer(data))
        if not parts:
            break
        one, two = dice.choice(parts), dice.choice(parts)
        put_in = dice.choice((b"", one[0] * dice.choice((2, 300)), two[0], two[0], b" 1 2 #z1 9 "))
        data = data[: one.start()] + put_in + data[one.end() :]
    return data


def _inside(data: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(held))
    if dice.random() < 0.1:
        del held[name]
    else:
        held[name] = damaged(held[name], dice) if held[name] else dice.randbytes(9)
    return zipped(held)


def run(cases: int, seed: int, endings: list[str]) -> int:
    """Run that many cases for each ending; the number of findings."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz"))
    for code, text in (("en", FILES[".xml"][1]), ("zh_cn", OPUS_ZH.encode())):
        (folder / code).mkdir()
        (folder / code / "one.xml").write_bytes(text)
    kept: list[Path] = []
    for ending in endings:
        files = [*FILES.get(ending, PLAIN.get(ending, ())), *([XCES.encode()] if ending == ".xml" else ())]
        dice = random.Random(f"{seed}{ending}")
        seen: Counter[str] = Counter()
        slowest = 0.0
        for case in range(cases):
            path = folder / f"x{ending}"
            path.write_bytes(damaged(dice.choice(files), dice))
            began = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                refused = outcome(path)
                seen[refused.key if refused else "document"] += 1
            except Exception as error:
                seen[f"FINDING {type(error).__name__}"] += 1
                kept.append(path.rename(folder / f"finding{len(kept)}-{case}{ending}"))
            signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, time.process_time() - began)
        print(ending, f"slowest {slowest:.2f} s", dict(seen.most_common()), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{len(kept)} findings in {folder}, {peak} MB at most")
    return len(kept)


def _too_slow(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    signal.signal(signal.SIGPROF, _too_slow)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    number, chosen, *wanted = [*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]]
    sys.exit(bool(run(int(number), int(chosen), wanted or [*sorted(FILES), *PLAIN])))
