"""After any sequence of edits the view shows what one that is opened afresh would show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from view_documents import document_of, session_of, with_spans

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.language.words import Words
from annotator.qt.parallel.scene import Scene
from annotator.qt.parallel.view import ParallelView
from annotator.qt.workbench import Workbench
from annotator.services.annotate import annotate, link, mark_done, remove, reshape
from annotator.services.correct import merge_pairs, move_sentence, split_pair, split_sentence
from annotator.services.mending import correct_text

ROWS = [
    ("\n集市", "\nThe Market"),
    (
        ("天没亮，集市就开了。", "卖鱼的先到。"),
        ("The market opened before dawn.", "The fishmongers came first."),
    ),
    (
        "\n阿秀挑着两筐莲藕，从𠮷祥桥那边走来。",
        "\nAxiu came from Jixiang Bridge with two baskets of lotus root.",
    ),
    ("（此处原文缺页。）", ""),
    (("雨停了。", "人也多了。", "她笑了。"), ("The rain stopped.", "The crowd grew, and she smiled.")),
    ("\n散集以后，桥上只剩下风。", "\nWhen the market broke up only the wind was left on the bridge."),
]
Step = tuple[str, Side, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "annotate",
                "remove",
                "reshape",
                "link",
                "merge",
                "split",
                "move",
                "cut",
                "mend",
                "done",
                "undo",
                "redo",
            )
        ),
        st.sampled_from(SIDES),
        st.integers(0, 200),
        st.integers(1, 60),
    ),
    min_size=1,
    max_size=14,
)


def edit_of(document: Document, step: Step) -> Edit | None:
    name, side, place, length = step
    text, spans = document.text(side), list(document.spans)
    start = place % max(1, len(text))
    row = place % max(1, len(document.pairs))
    some = spans[place % len(spans)] if spans else None
    makers: dict[str, Callable[[], Edit | None]] = {
        "annotate": lambda: annotate(document, side, start, min(start + length, len(text)), "THEME", by="me"),
        "remove": lambda: remove(document, [some.id]) if some else None,
        "reshape": lambda: reshape(document, some.id, start, start + length) if some else None,
        "link": lambda: (
            link(document, some.id, spans[length % len(spans)].id, "SAME", by="me") if some else None
        ),
        "merge": lambda: merge_pairs(document, row),
        "split": lambda: split_pair(document, row, side, start),
        "move": lambda: move_sentence(document, side, start, 1 if length % 2 else -1),
        "cut": lambda: split_sentence(document, side, start),
        "mend": lambda: correct_text(
            document, side, start, min(start + length % 3, len(text)), "新x", by="me"
        ),
        "done": lambda: mark_done(document, [row], bool(length % 2)),
    }
    return makers[name]()


def shown(scene: Scene) -> list[Any]:
    found: list[Any] = []
    for number in range(scene.count):
        row = scene.row(number)
        blocks = {
            side: (block.text, block.height, [(line.start, line.end, line.baseline) for line in block.lines])
            for side, block in row.blocks.items()
        }
        marks = {
            side: [(m.span_id, m.label, m.lane, m.slot, m.starts, m.ends, m.boxes) for m in found]
            for side, found in (row.marks or {}).items()
        }
        found.append((row.height, dict(row.places), blocks, marks, scene.heights.height(number)))
    return found


@pytest.mark.usefixtures("qapp")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_view_follows_every_edit(wanted: list[Step]) -> None:
    document = with_spans(
        document_of(ROWS, title_row=True),
        [("zh", "阿秀", "PERSON"), ("en", "Axiu", "PERSON"), ("zh", "雨停…多了。", "THEME")],
        [(0, 1)],
    )
    workbench = Workbench(Words())
    view = ParallelView(workbench)
    view.resize(800, 300)
    workbench.open_session(session_of(document))
    workbench.show_document("doc")
    view.grab()
    for step in wanted:
        follow(workbench, step)
        view.viewport().repaint()
        now = workbench.document
        assert now is not None
        fresh = Scene()
        fresh.resize(view.scene.width, view.scene.height, view.scene.dpi)
        fresh.show(now)
        assert view.scene.document is now
        assert shown(view.scene) == shown(fresh)
        assert view.scene.heights.count == len(now.pairs)
        assert view.scene.heights.total == pytest.approx(fresh.heights.total)
    view.close()
    view.deleteLater()


def follow(workbench: Workbench, step: Step) -> None:
    if step[0] == "undo":
        workbench.undo()
        return
    if step[0] == "redo":
        workbench.redo()
        return
    document = workbench.document
    assert document is not None
    try:
        edit = edit_of(document, step)
    except AnnotatorError:
        return
    if edit is not None and not edit.empty:
        workbench.do(edit)
