"""Paint the README's pictures anew, from the sample projects, into resources/pictures."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "resources" / "pictures"
LIMIT = 250_000

# Picture -> sample, the quote of the annotation selected in it, and how it is painted.
SHOTS = {
    "light": ("readout", "劳拉·罗森伯格", ()),
    "dark": ("news", "倫敦", ("--theme", "dark")),
    "chinese": ("dialogue", "顾大伯", ("--lang", "zh")),
    "narrow": ("readout", "河北", ("--size", "640x480")),
    "scaled": ("dialogue", "小满", ("--size", "990x600", "--scale", "2")),
}


def span_id(sample: str, quote: str) -> str:
    """The id of the first annotation with this text."""
    for path in (ROOT / "projects" / sample / "annotations").rglob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record.get("quote") == quote:
                return str(record["id"])
    raise SystemExit(f"{sample} has no annotation of {quote}.")


def shrink(path: Path) -> None:
    """Keep the 256 colours that are most there, and give each other pixel the nearest of them."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    size = image.height(), image.width()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(size) & 0xFFFFFF
    found, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = found[np.argsort(counts)[::-1][:256]]
    palette = channels(kept)
    # One by one: all distances at once would fill the memory for a picture with many colours.
    nearest = np.array([np.abs(palette - one).sum(axis=1).argmin() for one in channels(found)], np.uint8)
    indexed = np.ascontiguousarray(nearest[where.reshape(size)])
    small = QImage(indexed.data, size[1], size[0], size[1], QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(colour) for colour in kept])
    small.save(str(path), quality=0)
    if path.stat().st_size > LIMIT:
        raise SystemExit(f"{path.name} has {path.stat().st_size:,} bytes, more than {LIMIT:,}.")


def channels(colours: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Red, green and blue of each colour, `(n, 3)`."""
    return np.stack([colours >> shift & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    for name, (sample, quote, options) in SHOTS.items():
        out = PICTURES / f"{name}.png"
        where = [str(ROOT / "projects" / sample), "--out", str(out), "--select", span_id(sample, quote)]
        subprocess.run(
            [sys.executable, "-m", "annotator", "screenshot", *where, *options], check=True, cwd=ROOT
        )
        shrink(out)
        print(f"{out.relative_to(ROOT)}: {out.stat().st_size:,} bytes")
    for script in ("steps_picture.py", "problems_picture.py"):
        subprocess.run([sys.executable, str(ROOT / "scripts" / script)], check=True, cwd=ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
