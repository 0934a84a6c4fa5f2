"""A hand that annotates until a document is as it should be, and counts what that takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import product

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from review_desk import Desk

from annotator.commands import COMMANDS
from annotator.core.document import Document
from annotator.core.span import SIDE_ORDER, Side, Span
from annotator.core.suggestion import Suggestion
from annotator.qt.linking import candidates, fits
from annotator.qt.panels.inspector import Inspector
from annotator.qt.panels.linklist import LinkList
from annotator.services.cursor import Cursor
from annotator.services.navigate import Unit, nudged
from annotator.services.suggesting import as_span

Place = tuple[Side, int, int, str]
Pair = tuple[Place, Place]

_DEEPEST = 2
"""Moves of an edge above which selecting and labelling anew is as cheap."""
_UNITS: tuple[Unit, ...] = ("word", "char")
_MOVES: tuple[tuple[str, bool, Unit, int], ...] = tuple(
    (COMMANDS[f"span.{edge}_{unit}_{name}"].keys[0], edge == "start", unit, direction)
    for unit in _UNITS
    for edge in ("start", "end")
    for name, direction in (("back", -1), ("on", 1))
)


class Content(Struct, frozen=True):
    """Annotations, and the types of links by their ends, the Chinese one first."""

    places: frozenset[Place]
    links: dict[Pair, str]


def content(document: Document, labels: Callable[[str], bool]) -> Content:
    """What a document says under these labels, but for who made it, notes, certainty and attributes."""
    spans = {one.id: place(one) for one in document.spans if labels(one.label)}
    ours = [one for one in document.links if one.a in spans and one.b in spans]
    return Content(frozenset(spans.values()), {(spans[one.a], spans[one.b]): one.type for one in ours})


def place(one: Span | Suggestion) -> Place:
    """Where it stands, and as what."""
    return one.side, one.start, one.end, one.label


def pair(one: Place, two: Place) -> Pair:
    """The ends of a link, the Chinese one first."""
    return (one, two) if one[0] == "zh" else (two, one)


class Hand:
    """Presses keys and moves the mouse in the real window; each press and each gesture is one action.

    Reading and scrolling are not counted. It works on annotations with labels that `labels` lets through;
    suggestions of others are turned down, which counts.
    """

    def __init__(self, desk: Desk, gold: Document, labels: Callable[[str], bool]) -> None:
        self.desk, self._gold = desk, gold
        self.spent: Counter[str] = Counter()
        self._task = ""
        self.take_up(labels)
        session = desk.window.workbench.session
        assert session is not None
        self._label_keys = {one.id: one.key for one in session.project.label_set}
        self._types = [one.id for one in session.project.link_types]

    def take_up(self, labels: Callable[[str], bool]) -> None:
        """Work on annotations with these labels from now on."""
        self._labels, self.wanted = labels, content(self._gold, labels)

    @property
    def actions(self) -> int:
        """All that was done."""
        return self.spent.total()

    @property
    def now(self) -> Content:
        """What the document says by now."""
        return content(self.desk.text, self._labels)

    def work(self) -> None:
        """From whatever the document says to what it should."""
        self._decide()
        self._mend()
        self._add_spans()
        self._add_links()

    # What is suggested

    def _decide(self) -> None:
        """Until there is no further suggestion."""
        self._task = "deciding"
        while (active := self._active or self._next()) is not None:
            self._press(*self._decision(active))
            assert self.actions < 4 * len(self.wanted.places), "this comes to no end"

    def _next(self) -> Suggestion | None:
        self._press("J")
        return self._active

    def _decision(self, suggestion: Suggestion) -> Iterable[str]:
        """The fewest keys that make of a suggestion what it should be, or put it away."""
        missing = self.wanted.places - self.now.places
        if suggestion.key in missing or self._is_right_link(suggestion):
            return "Y"
        for label in {one[3] for one in missing if one[:3] == suggestion.key[:3]}:
            return self._label_keys[label]
        moves = self._moves(as_span(suggestion), missing - self._offered)
        return (*moves, "Y") if moves else "X"

    def _is_right_link(self, suggestion: Suggestion) -> bool:
        partner = self.desk.text.spans.get(suggestion.partner) if suggestion.partner else None
        return partner is not None and self._is_open(place(partner), suggestion.key)

    @property
    def _active(self) -> Suggestion | None:
        return self.desk.window.workbench.suggestion

    @property
    def _offered(self) -> set[Place]:
        offering = self.desk.window.review.offers.offering
        assert offering is not None
        return {one.key for row in range(len(self.desk.text.pairs)) for one in offering.in_row(row)}

    def _moves(self, span: Span, aims: Iterable[Place]) -> tuple[str, ...]:
        """The fewest keys that bring the edges of `span` to one of the aims; none if that takes too many."""
        extents = {one[1:3] for one in aims if (one[0], one[3]) == (span.side, span.label)}
        for count in range(1, _DEEPEST + 1):
            for moves in product(_MOVES, repeat=count):
                if self._moved(span, moves) in extents:
                    return tuple(key for key, *_ in moves)
        return ()

    def _moved(self, span: Span, moves: Iterable[tuple[str, bool, Unit, int]]) -> tuple[int, int] | None:
        words = self.desk.window.workbench.words
        for _, at_start, unit, direction in moves:
            extent = nudged(self.desk.text, span, unit, direction, at_start=at_start, words=words)
            if extent is None:
                return None
            span = replace(span, start=extent[0], end=extent[1])
        return span.start, span.end

    # What is wrong

    def _mend(self) -> None:
        self._task = "mending"
        for span in [one for one in self.desk.text.spans if self._labels(one.label)]:
            missing = self.wanted.places - self.now.places
            if place(span) not in self.wanted.places:
                self._choose(span)
                labels = [one[3] for one in missing if one[:3] == place(span)[:3]]
                keys = [self._label_keys[label] for label in labels[:1]]
                self._press(*(keys or self._moves(span, missing) or ["Del"]))
        for a, b in self.now.links.keys() - self.wanted.links.keys():
            # What else hangs on it is cut too, and linked again later.
            self._choose(self._span(a))
            self._press("Shift+K")
            assert (a, b) not in self.now.links

    # What is missing

    def _add_spans(self) -> None:
        while missing := self.wanted.places - self.now.places:
            side, start, end, label = min(missing, key=self._reading_order)
            self._task = "labelling"
            self._mark(side, start, end)
            self._press(self._label_keys[label])
            assert (side, start, end, label) in self.now.places
            self._task = "linking"
            while self._active is not None and self._is_for_selected(self._active):
                self._press("Y")

    def _reading_order(self, one: Place) -> tuple[int, int, int, int]:
        return self.desk.text.pairs.row_at(one[0], one[1]), SIDE_ORDER[one[0]], one[1], -one[2]

    def _is_for_selected(self, suggestion: Suggestion) -> bool:
        span = self.desk.window.workbench.span
        return span is not None and self._is_open(place(span), suggestion.key)

    def _is_open(self, one: Place, two: Place) -> bool:
        """Whether these should be linked and are not."""
        return pair(one, two) in self.wanted.links.keys() - self.now.links.keys()

    def _add_links(self) -> None:
        while missing := self.wanted.links.keys() - self.now.links.keys():
            a, b = min(missing, key=lambda ends: self._reading_order(ends[0]))
            self._link(self._span(a), self._span(b))
            assert (a, b) in self.now.links
        for (a, b), kind in self.wanted.links.items():
            if self.now.links[a, b] != kind:
                self._retype(self._span(a), self.now.links[a, b], kind)

    def _link(self, one: Span, two: Span) -> None:
        if self._joined_at_once(two, one):
            one, two = two, one
        self._choose(one)
        if self._active is not None and self._active.key == place(two):
            self._press("Y")
            return
        asks = not self._joined_at_once(one, two)
        self._press("K")
        if asks:
            self._choose(two)
            QApplication.processEvents()

    def _joined_at_once(self, one: Span, two: Span) -> bool:
        document = self.desk.text
        return [each for each in candidates(document, one) if fits(document, one, each)] == [two]

    def _retype(self, span: Span, before: str, kind: str) -> None:
        """Choose another type in the list of links beside the text."""
        self._choose(span)
        panel = self.desk.window.show_panel("inspector")
        assert isinstance(panel, Inspector)
        links = panel.findChild(LinkList)

        def boxes() -> list[QComboBox]:
            found = [one for one in links.findChildren(QComboBox) if one.isVisible()]
            return [one for one in found if panel._shown == span.id and one.currentData() == before]

        self.desk.until(lambda: bool(boxes()))
        box = boxes()[0]
        self.spent[self._task] += 1
        box.setFocus()
        for _ in range(self._types.index(kind) - self._types.index(before)):
            self.spent[self._task] += 1
            QTest.keyClick(box, Qt.Key.Key_Down)
        self.desk.window.view.setFocus()
        self.desk.settle()

    def _span(self, one: Place) -> Span:
        return next(span for span in self.desk.text.spans if place(span) == one)

    # Keys and gestures

    def _press(self, *keys: str) -> None:
        for key in keys:
            self.spent[self._task] += 1
            self.desk.press(key)

    def _choose(self, span: Span) -> None:
        """Click on an annotation until it is selected: inner ones come first."""
        bench = self.desk.window.workbench
        for _ in range(4):
            if bench.selected == span.id:
                return
            self._reveal(span.side, span.start)
            self._click(self._point(span.side, span.start) + QPointF(4, 0))
        assert bench.selected == span.id, span

    def _mark(self, side: Side, start: int, end: int) -> None:
        """Drag from edge to edge, by characters; what is too long to be in sight takes two clicks."""
        view = self.desk.window.view
        self._reveal(side, start)
        if view.scene.caret(side, end) is not None:
            self._drag(self._point(side, start), self._point(side, end))
        else:
            self._click(self._point(side, start))
            self._reveal(side, end)
            self._click(self._point(side, end), Qt.KeyboardModifier.ShiftModifier)
        assert view.workbench.cursor.selection == (start, end)

    def _clear(self, where: QPointF) -> None:
        """Send the bar of a suggestion away that stands where the mouse should go."""
        bar = self.desk.window.review.bar
        if bar.isVisible() and bar.geometry().contains(where.toPoint()):
            self._press("Esc")

    def _drag(self, start: QPointF, end: QPointF) -> None:
        self._clear(start)
        self.spent[self._task] += 1
        alt = Qt.KeyboardModifier.AltModifier
        self._mouse(QEvent.Type.MouseButtonPress, start, alt)
        self._mouse(QEvent.Type.MouseMove, end, alt)
        self._mouse(QEvent.Type.MouseButtonRelease, end, alt)
        self.desk.settle()

    def _click(self, where: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._clear(where)
        self.spent[self._task] += 1
        self._mouse(QEvent.Type.MouseButtonPress, where, keys)
        self._mouse(QEvent.Type.MouseButtonRelease, where, keys)
        self.desk.settle()

    def _mouse(self, kind: QEvent.Type, where: QPointF, keys: Qt.KeyboardModifier) -> None:
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        button = none if kind == QEvent.Type.MouseMove else left
        held = none if kind == QEvent.Type.MouseButtonRelease else left
        port = self.desk.window.view.viewport()
        QApplication.sendEvent(port, QMouseEvent(kind, where, port.mapToGlobal(where), button, held, keys))

    def _point(self, side: Side, offset: int) -> QPointF:
        caret = self.desk.window.view.scene.caret(side, offset)
        assert caret is not None
        return caret.center()

    def _reveal(self, side: Side, offset: int) -> None:
        self.desk.window.view.reveal(Cursor.at(side, offset))
        QApplication.processEvents()
