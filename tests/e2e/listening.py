"""The program as it is, with an ear: it answers questions about what it shows, a line of JSON each.

Nothing here acts: all that is done to the program comes to it through the X server.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from annotator.__main__ import main
from annotator.core.document import Document
from annotator.core.messages import say
from annotator.core.span import Side, Span
from annotator.qt.app import application
from annotator.qt.parallel.areas import knob_area
from annotator.qt.tasks import busy
from annotator.qt.window import Window

Answer = Any
W = TypeVar("W", bound=QWidget)


def window() -> Window | None:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, Window)), None)


def front() -> QWidget | None:
    """The dialog that has to be answered, else the window."""
    return QApplication.activeModalWidget() or window()


def shown(kind: type[W]) -> Iterator[W]:
    """One by one, since what Qt has made itself is known to Python only while the widget in front is."""
    top = front()
    for one in top.findChildren(kind) if top else ():
        if one.isVisible() and one.isEnabled():
            yield one


def centre(widget: QWidget) -> list[int]:
    point = widget.mapToGlobal(widget.rect().center())
    return [point.x(), point.y()]


def ask_front() -> Answer:
    """What is in front: the class of the dialog or window, and whether something is still going on."""
    top = front()
    ready = window() is not None and not busy() and top is not None and top.isVisible()
    return {"what": type(top).__name__, "ready": ready}


def ask_button(text: str) -> Answer:
    """Where the button with this text lies."""
    found = (one for one in shown(QPushButton) if one.text().replace("&", "") == text)
    return next(map(centre, found), None)


def ask_field(name: str) -> Answer:
    """Where the field with this accessible name lies."""
    return next((centre(one) for one in shown(QLineEdit) if one.accessibleName() == name), None)


def ask_typed() -> Answer:
    """What stands in the field that has the focus."""
    field = QApplication.focusWidget()
    return field.text() if isinstance(field, QLineEdit) else None


def ask_say(key: str) -> Answer:
    """What the program says under a key of its catalog."""
    return say(key)


def ask_words() -> Answer:
    """Whether Chinese words are known by now; their dictionary is read in pauses."""
    top = window()
    return top is not None and top.workbench.words.ready


def ask_roles() -> Answer:
    """What the import dialog takes each line for."""
    plan = getattr(getattr(front(), "draft", None), "plan", None)
    return [line.role for line in plan.lines] if plan else None


def ask_place(side: Side, offset: int) -> Answer:
    """Where on the screen a caret before this character would stand."""
    top = window()
    rect = top.view.scene.caret(side, offset) if top else None
    if top is None or rect is None:
        return None
    point = top.view.viewport().mapToGlobal(rect.center().toPoint() + QPoint(1, 0))
    return [point.x(), point.y()]


def ask_knob(at_start: bool) -> Answer:
    """Where on the screen the selected annotation is pulled by its start, or by its end."""
    top = window()
    span = top.workbench.span if top else None
    area = knob_area(top.view.scene, span, at_start) if top and span else None
    if top is None or area is None:
        return None
    point = top.view.viewport().mapToGlobal(area.center().toPoint())
    return [point.x(), point.y()]


def ask_id() -> Answer:
    """By what number the X server knows the window."""
    top = window()
    return int(top.winId()) if top else None


def ask_text() -> Answer:
    """Whether keys go to the text."""
    top = window()
    return top is not None and QApplication.focusWidget() is top.view


def ask_document() -> Answer:
    """The document shown, as its reader sees it."""
    top = window()
    document = top.workbench.document if top else None
    return described(document) if document else None


def described(document: Document) -> Answer:
    links = [(document.spans.get(link.a), document.spans.get(link.b)) for link in document.links]
    return {
        "title": document.title,
        "zh": document.text("zh"),
        "en": document.text("en"),
        "pairs": [[list(pair.segments("zh")), list(pair.segments("en"))] for pair in document.pairs],
        "spans": sorted(map(brief, document.spans)),
        "links": sorted([brief(one), brief(two)] for one, two in links if one and two),
        "done": sorted(row for row, pair in enumerate(document.pairs) if pair.id in document.done),
    }


def brief(span: Span) -> list[Any]:
    return [span.side, span.start, span.end, span.quote, span.label]


def ask_chosen() -> Answer:
    """The selected text, and the quote of the selected annotation."""
    top = window()
    document = top.workbench.document if top else None
    if top is None or document is None:
        return None
    cursor, span = top.workbench.cursor, top.workbench.span
    text = document.text(cursor.side)[slice(*cursor.selection)] if cursor.selection else ""
    return {"side": cursor.side, "text": text, "span": span.quote if span else None}


def listen(channel: int) -> None:
    """Answer what is asked on standard input; the answers go to the channel kept for them."""
    question = json.loads(sys.stdin.readline() or "null")
    if question is None:
        return
    name, *arguments = question
    try:
        answer = {"is": globals()[f"ask_{name}"](*arguments)}
    except Exception:
        answer = {"trouble": traceback.format_exc()}
    os.write(channel, (json.dumps(answer, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    answers = int(sys.argv.pop(1))
    app = application()
    ear = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ear.activated.connect(lambda *_: listen(answers))
    sys.exit(main())
