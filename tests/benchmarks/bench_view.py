"""Figures of the parallel view against a pair of `QTextEdit`s with the same text and formats.

Run as a script it prints one JSON object; each `measure_…` function returns its part of it. Times are in
milliseconds.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "qt"))

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from view_documents import session_of

from annotator.core.document import Document, Info
from annotator.core.pair import Pair, PairTable
from annotator.core.span import MANUAL, Side, Span
from annotator.core.spans import SpanTable
from annotator.language.words import Words
from annotator.qt.parallel.view import ParallelView
from annotator.qt.theme import themes
from annotator.qt.workbench import Workbench
from annotator.services.annotate import annotate
from annotator.services.cursor import Cursor

_ZH = (
    "清河镇的代表在会上说，今年的粮价不会再涨。",
    "老船工站在码头上望着对岸的灯火，一句话也没有说，直到天亮才慢慢地走回镇上去。",
    "会谈是坦率的。",
)
_EN = (
    "A delegate from Qinghe told the meeting that grain prices would not rise again this year.",
    "The old boatman stood on the pier watching the lights across the river without a word, and only "
    "at dawn did he walk slowly back to town.",
    "The talks were frank.",
)
_PLACES: tuple[tuple[Side, int, int], ...] = (("zh", 0, 2), ("zh", 3, 5), ("en", 0, 3), ("en", 4, 9))
_LABELS = ("PLACE", "PERSON", "PLACE", "PERSON")
_SIZE = 1180, 760


def synthetic(pairs: int) -> Document:
    """A document of so many pairs with four spans a pair."""
    zh = "\n".join(_ZH[row % 3] for row in range(pairs))
    en = "\n".join(_EN[row % 3] for row in range(pairs))
    rows: list[Pair] = []
    spans: list[Span] = []
    at: dict[Side, int] = {"zh": 0, "en": 0}
    for row in range(pairs):
        lengths: dict[Side, int] = {"zh": len(_ZH[row % 3]), "en": len(_EN[row % 3])}
        edges: dict[Side, tuple[int, int]] = {side: (at[side], at[side] + lengths[side]) for side in at}
        rows.append(Pair(id=f"p{row}", zh=(edges["zh"],), en=(edges["en"],)))
        for (side, start, end), label in zip(_PLACES, _LABELS, strict=True):
            first, last = at[side] + start, at[side] + end
            quote = (zh if side == "zh" else en)[first:last]
            spans.append(
                Span(
                    id=f"s{len(spans)}",
                    side=side,
                    start=first,
                    end=last,
                    quote=quote,
                    label=label,
                    src=MANUAL,
                    by="me",
                    at="2026-01-01T00:00:00Z",
                )
            )
        for side in at:
            at[side] += lengths[side] + 1
    return Document(
        id="doc", info=Info(title="Synthetic"), zh=zh, en=en, pairs=PairTable(rows), spans=SpanTable(spans)
    )


class Painted(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class KeyedView(ParallelView):
    """The view with one key that annotates the selection, as the window does."""

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        document, chosen = self.workbench.document, self.workbench.cursor.selection
        assert document is not None
        assert chosen is not None
        edit = annotate(document, self.workbench.cursor.side, *chosen, "DATE", by="me")
        self.workbench.do(edit)
        made = edit.parts[0].spans[0].after
        assert made is not None
        self.workbench.select(made.id)


class KeyedEdit(QTextEdit):
    """A text edit with the same key."""

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        self.textCursor().mergeCharFormat(_format("#C98A0C"))


def _format(color: str) -> QTextCharFormat:
    found = QTextCharFormat()
    tint = QColor(color)
    tint.setAlpha(60)
    found.setBackground(tint)
    found.setUnderlineColor(QColor(color))
    found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return found


def _view(document: Document) -> KeyedView:
    workbench = Workbench(Words())
    view = KeyedView(workbench)
    view.resize(*_SIZE)
    workbench.open_session(session_of(document))
    workbench.show_document("doc")
    view.show()
    view.setFocus()
    QApplication.processEvents()
    return view


def _edits(document: Document) -> dict[Side, KeyedEdit]:
    found: dict[Side, KeyedEdit] = {}
    formats = {"PLACE": _format("#17957A"), "PERSON": _format("#3B78C4")}
    for side in ("zh", "en"):
        edit = KeyedEdit()
        edit.setUndoRedoEnabled(False)
        edit.resize(_SIZE[0] // 2, _SIZE[1])
        edit.setPlainText(document.text(side))
        cursor = QTextCursor(edit.document())
        cursor.beginEditBlock()
        for span in document.spans.ordered(side):
            cursor.setPosition(span.start)
            cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(formats[span.label])
        cursor.endEditBlock()
        edit.setUndoRedoEnabled(True)
        edit.show()
        found[side] = edit
    QApplication.processEvents()
    return found


Taken = tuple[float, float]
"""Elapsed time and the thread's own processor time; they differ on a busy machine."""


def _until_painted(painted: Painted, action: Callable[[], None]) -> Taken:
    before, start, own = painted.count, time.perf_counter(), time.thread_time()
    action()
    while painted.count == before:
        QApplication.processEvents()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - own) * 1000


def _summary(times: list[Taken]) -> dict[str, float]:
    elapsed, own = (sorted(part) for part in zip(*times, strict=True))
    last = min(len(elapsed) - 1, int(len(elapsed) * 0.99))
    return {
        "median": round(elapsed[len(elapsed) // 2], 3),
        "p99": round(elapsed[last], 3),
        "max": round(elapsed[-1], 3),
        "cpu_median": round(own[len(own) // 2], 3),
        "cpu_p99": round(own[last], 3),
    }


def _fresh_places(document: Document, count: int) -> list[tuple[int, int]]:
    """Ranges of three characters behind the annotated ones, in rows spread over the document."""
    rows = random.Random(1).sample(range(len(document.pairs)), count)
    return [(document.pairs[row].zh[0][0] + 5, document.pairs[row].zh[0][0] + 7) for row in rows]


def measure_press_view(document: Document, count: int = 200) -> dict[str, float]:
    """From key press to the new highlight painted, in the view."""
    view = _view(document)
    painted = Painted(view.viewport())
    times: list[Taken] = []
    for start, end in _fresh_places(document, count):
        view.workbench.move(Cursor.over("zh", start, end))
        QApplication.processEvents()
        times.append(_until_painted(painted, lambda: QTest.keyClick(view, Qt.Key.Key_3)))
    view.close()
    return _summary(times)


def measure_press_edits(document: Document, count: int = 100) -> dict[str, float]:
    """The same in a pair of text edits."""
    edits = _edits(document)
    edit = edits["zh"]
    painted = Painted(edit.viewport())
    times: list[Taken] = []
    for start, end in _fresh_places(document, count):
        cursor = edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        QApplication.processEvents()
        times.append(_until_painted(painted, lambda: QTest.keyClick(edit, Qt.Key.Key_3)))
    for one in edits.values():
        one.close()
    return _summary(times)


def measure_new_screens(document: Document, count: int = 300) -> dict[str, float]:
    """From a jump to a place never seen to its paint."""
    view = _view(document)
    painted = Painted(view.viewport())
    rng = random.Random(2)
    times = [
        _until_painted(painted, lambda: view.scroll_to(rng.uniform(0, view.scene.range)))
        for _ in range(count)
    ]
    view.close()
    return _summary(times)


def measure_warm(document: Document, count: int = 200) -> dict[str, float]:
    """Scrolling by three lines."""
    view = _view(document)
    painted = Painted(view.viewport())
    times = [_until_painted(painted, lambda: view.scroll_by(90)) for _ in range(count)]
    view.close()
    return _summary(times)


def measure_open(document: Document) -> float:
    """From a document in memory to its first paint."""
    workbench = Workbench(Words())
    view = KeyedView(workbench)
    view.resize(*_SIZE)
    workbench.open_session(session_of(document))
    view.show()
    QApplication.processEvents()
    painted = Painted(view.viewport())
    taken, _ = _until_painted(painted, lambda: workbench.show_document("doc"))
    view.close()
    return round(taken, 2)


def measure(small: int = 10_000, large: int = 100_000) -> dict[str, Any]:
    """All figures, with the ratios that are asked for."""
    themes().wear()
    one = synthetic(small)
    gc.collect()
    found: dict[str, Any] = {"press_edits": measure_press_edits(one), "press_view": measure_press_view(one)}
    found["open_view"] = measure_open(one)
    two = synthetic(large)
    gc.collect()
    found["open_view_large"] = measure_open(two)
    found["press_view_large"] = measure_press_view(two)
    found["new_screen_large"] = measure_new_screens(two)
    found["scroll_large"] = measure_warm(two)
    found["ratio_press"] = round(found["press_view"]["median"] / found["press_edits"]["median"], 3)
    found["ratio_large"] = round(found["press_view_large"]["median"] / found["press_view"]["median"], 3)
    return found


if __name__ == "__main__":
    application = QApplication.instance() or QApplication([])
    print(json.dumps(measure(), indent=2))
