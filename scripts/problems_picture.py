"""Paint the README's picture of the list of problems, on a sample with three mistakes planted in it."""

import sys

from steps_picture import PICTURES, ROOT, seen  # First: it says how large Qt is to paint.

# isort: split
from pictures import shrink
from PySide6.QtCore import Qt

from annotator.cli import Shot
from annotator.core.span import Side
from annotator.qt.screenshot import settle, standing
from annotator.qt.window import Window
from annotator.services.annotate import reshape
from annotator.services.mending import correct_text

OUT = PICTURES / "problems.png"
WINDOW = 860, 560
WIDTH = 700
# A slip in a name, and a number that the other side does not have: side, right, wrong.
SLIPS: tuple[tuple[Side, str, str], ...] = (
    ("zh", "克里滕布林克与罗森伯格", "克里滕布林克与罗森博格"),
    ("en", "December 11 and 12, 2022", "December 11 and 13, 2022"),
)
CUT = "East Asia"


def plant(window: Window) -> None:
    """Make three mistakes that are often made."""
    bench = window.workbench
    for side, right, wrong in SLIPS:
        document = bench.document
        assert document is not None
        at = document.text(side).index(right)
        differs = next(place for place, letter in enumerate(right) if letter != wrong[place])
        where = at + differs
        bench.do(correct_text(document, side, where, where + 1, wrong[differs], by=bench.annotator))
    document = bench.document
    assert document is not None
    span = next(one for one in document.spans if one.quote == CUT)
    bench.do(reshape(document, span.id, span.start, span.end - 1))


def main() -> int:
    shot = Shot(project=ROOT / "projects" / "readout", out=OUT, lang="en", theme="light", size=WINDOW)
    with standing(shot) as window:
        plant(window)
        for command in ("view.documents", "view.layout_columns", "panel.problems"):
            window.run(command)
        settle(window)
        settle(window)
        picture = seen(window).toImage()
    picture.setDevicePixelRatio(1)
    picture.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation).save(str(OUT))
    shrink(OUT)
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
