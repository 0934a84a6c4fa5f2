"""Paint the README's picture of how suggestions are decided, step by step, into resources/pictures."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "resources" / "pictures"
OUT = PICTURES / "review.png"
SCALE = 2
# Painted at twice the size and made smaller smoothly, so that the letters stay sharp.
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(SCALE)}

from pictures import shrink  # noqa: E402
from PySide6.QtCore import QRect, QRectF, Qt  # noqa: E402
from PySide6.QtGui import QColor, QFont, QImage, QKeySequence, QPainter, QPen, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from annotator.cli import Shot  # noqa: E402
from annotator.qt.screenshot import settle, standing  # noqa: E402
from annotator.qt.theme import theme  # noqa: E402
from annotator.qt.window import Window  # noqa: E402

WINDOW = 820, 520
WIDTH = 590
GAP, CAPTION = 20, 40
ACCEPTED = 6
CAPTIONS = (
    "What looks like a name, a place or a date is outlined.",
    "One is at hand: its label, the reason, Y and X.",
    f"{ACCEPTED} × Y: labelled on both sides, and linked.",
    "The queue: one by one, or all from a score on.",
)


def press(window: Window, *keys: str) -> None:
    """Press keys in the text, each once the one before has had its effect."""
    for key in keys:
        QTest.keySequence(window.view, QKeySequence(key))
        settle(window)


def steps(project: Path) -> Iterator[QPixmap]:
    """The window after each step."""
    shot = Shot(project=project, out=OUT, lang="en", theme="light", size=WINDOW)
    with standing(shot) as window:
        window.activateWindow()
        window.view.setFocus()
        for command in ("view.documents", "view.layout_columns"):
            window.run(command)
        press(window, "End")
        yield seen(window)
        press(window, "Ctrl+Home")
        yield seen(window)
        press(window, *["Y"] * ACCEPTED, "Esc")
        yield seen(window)
        press(window, "Alt+5")
        yield seen(window)


def seen(window: Window) -> QPixmap:
    """The window without its menus."""
    top = window.menuBar().height()
    return window.grab(QRect(0, top, window.width(), window.height() - top))


def composed(pictures: list[QPixmap]) -> QImage:
    """Two rows of two steps, each under its number and a line."""
    ratio = WIDTH / pictures[0].deviceIndependentSize().width()
    height = round(pictures[0].deviceIndependentSize().height() * ratio)
    whole = QImage(2 * WIDTH + 3 * GAP, 2 * (height + CAPTION + GAP) + GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor("white"))
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(lettering())
    for number, picture in enumerate(pictures):
        left = GAP + number % 2 * (WIDTH + GAP)
        top = GAP + number // 2 * (height + CAPTION + GAP)
        head(painter, number, left, top)
        size = QRect(left, top + CAPTION, WIDTH, height)
        small = picture.toImage().scaled(
            size.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(1)
        painter.drawImage(size.topLeft(), small)
        painter.setPen(QPen(theme().line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(size)
    painter.end()
    return whole


def lettering() -> QFont:
    """The window's letters, a little larger."""
    font = QApplication.font()
    font.setPixelSize(17)
    return font


def head(painter: QPainter, number: int, left: int, top: int) -> None:
    """The number of a step in a disc, and its line."""
    disc = QRectF(left, top + 4, 26, 26)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().accent)
    painter.drawEllipse(disc)
    painter.setPen(theme().on_accent)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number + 1))
    painter.setPen(theme().text)
    line = QRectF(left + 36, top, WIDTH - 36, 34)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, CAPTIONS[number])


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "readout"
        shutil.copytree(ROOT / "projects" / "readout", project)
        shutil.rmtree(project / "annotations")
        pictures = list(steps(project))
    composed(pictures).save(str(OUT))
    shrink(OUT)
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
