"""The suggestion before the user: it follows the caret, moves by key, and is decided by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from PySide6.QtCore import QObject

from annotator.commands import COMMANDS
from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.suggestion import Suggestion
from annotator.qt.review.bar import Bar
from annotator.qt.review.offers import Offers
from annotator.qt.review.overlay import Overlay, described
from annotator.qt.review.state import Active, at_hand, joins
from annotator.qt.theme import themes
from annotator.services.cursor import Cursor
from annotator.services.navigate import Unit, nudged
from annotator.services.offering import Offering, Place, order
from annotator.services.suggesting import Twins, accept, as_span, reject

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView

Direction = Literal[-1, 1]


class Review(QObject):
    """Decides suggestions in one view. `key_of` names the key of a command for the bar."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        self._bench = view.workbench
        self.offers = Offers(view)
        self.overlay = Overlay(view, self.offers)
        self.key_of: Callable[[str], str] = lambda name: COMMANDS[name].keys[0]
        self.bar = Bar(view.viewport(), self.accept, self.reject, self._show)
        self._left: Suggestion | None = None
        self._seeking: tuple[Place, Direction] | None = None
        self._lost: Suggestion | None = None
        self._reviewing: str | None = None
        self._deciding = False
        view.look.overlay = self.overlay
        self.offers.changed.connect(self._on_offers)
        self.offers.found.connect(self.overlay.forget_rows)
        self._bench.cursor_moved.connect(self._on_cursor)
        self._bench.span_selected.connect(lambda _: self._follow())
        view.seen.connect(self._place_bar)
        view.suggestion_taken.connect(self._take)
        themes().changed.connect(self._show)

    @property
    def active(self) -> Active | None:
        """The suggestion that a key would decide."""
        return self.overlay.active

    @property
    def own(self) -> bool:
        """Whether the keys of labels and edges are for the active suggestion."""
        return self.active is not None and self.active.own

    def accept(self, label: str | None = None) -> None:
        """Accept the active suggestion, under another label if one is given; without one, go to the next."""
        active = self.active
        if active is None:
            self.step(1)
            return
        place = self._place(active.suggestion)
        if self._do(lambda document: self._accepted(document, active, label)):
            self._go_on(active, place)

    def _accepted(self, document: Document, active: Active, label: str | None) -> Edit:
        """The edit that accepts a suggestion, together with its twin on the other side."""
        found, twin, offering = [active.suggestion], active.twin, self.offers.offering
        mate = offering.mate(active.suggestion) if offering is not None else None
        return accept(
            document,
            [*found, twin] if twin is not None else found,
            by=self._bench.annotator,
            link_type=self.link_type,
            label=label,
            extent=active.extent,
            twins=[(active.suggestion.key, mate)] if mate is not None else [],
        )

    def reject(self) -> None:
        """Turn the active suggestion down; without one, go to the next."""
        active = self.active
        if active is None:
            self.step(1)
            return
        place = self._place(active.suggestion)
        if self._do(lambda document: reject(document, [active.suggestion], by=self._bench.annotator)):
            self._go_on(active, place)

    def accept_pair(self) -> None:
        """Accept all that is shown in the pair as one step."""
        by, link_type = self._bench.annotator, self.link_type
        self._decide_pair(
            lambda document, found, twins: accept(document, found, by=by, link_type=link_type, twins=twins)
        )

    def reject_pair(self) -> None:
        """Turn down all that is shown in the pair as one step."""
        self._decide_pair(lambda document, found, _: reject(document, found, by=self._bench.annotator))

    def step(self, direction: Direction) -> None:
        """Go to the next suggestion, or the one before."""
        document = self._bench.document
        if self.offers.offering is None or document is None:
            self._bench.tell(say("suggesting.off"))
            return
        active = self.active
        here = active.suggestion if active is not None and active.own else self._left
        self._go_from(self._place(here) if here is not None else self._here(), direction)

    def leave(self) -> None:
        """Let go of the suggestion without deciding it."""
        if self.active is not None:
            self._left = self.active.suggestion
            self._set(None)

    def nudge(self, unit: Unit, direction: int, *, at_start: bool) -> None:
        """Move an edge of the active suggestion; accepting it then labels what is marked."""
        active, document = self.active, self._bench.document
        if active is None or document is None:
            return
        start, end = active.range
        shown = replace(as_span(active.suggestion), start=start, end=end)
        wanted = nudged(document, shown, unit, direction, at_start=at_start, words=self._bench.words)
        if wanted is None:
            self._bench.tell(say("annotating.edge_stays"))
            return
        self._set(replace(active, extent=wanted, own=True))
        self._view.reveal(Cursor.at(active.suggestion.side, wanted[0 if at_start else 1]))

    def go(self, suggestion: Suggestion) -> None:
        """Put a suggestion before the user, if it is still made."""
        offering = self.offers.offering
        still = offering.still(suggestion) if offering is not None else None
        if still is not None:
            self._go(still)

    def hint(self) -> str:
        """What the status line says of the active suggestion."""
        active = self.active
        if active is None:
            return ""
        keys = {name: self.key_of(f"suggest.{name}") for name in ("accept", "reject", "next")}
        style = self._view.look.style(active.suggestion.label)
        return say("suggesting.hint", label=style.title or active.suggestion.label, **keys)

    # Going on

    def _go_on(self, decided: Active, place: Place) -> None:
        """After a decision: to the next one, unless the selected annotation is what is worked on."""
        if decided.own:
            self._go_from(place, 1)

    def _go_from(self, place: Place, direction: Direction, *, told: bool = True) -> None:
        """Go to the next one from a place; that there is none is `told` to whoever asked for it."""
        offering = self.offers.offering
        found = offering.step(place, direction) if offering is not None else None
        self._seeking = None
        if isinstance(found, Suggestion):
            self._go(found)
        elif found is not None:
            self._seeking = place, direction
            self.offers.seek(found)
        else:
            self._set(None)
            if told:
                self._bench.tell(say("suggesting.no_more"))

    def _go(self, suggestion: Suggestion) -> None:
        self._left = None
        offering = self.offers.offering
        found = Active(suggestion, own=True, twin=offering.twin(suggestion) if offering else None)
        self._set(found)
        self._bench.select(None)
        self._bench.move(Cursor.at(suggestion.side, suggestion.start))
        self._set(found)
        self._reviewing = self._bench.document_id

    def _take(self, suggestion: Suggestion) -> None:
        if self.offers.offering is not None and self.offers.offering.still(suggestion) is not None:
            self._go(suggestion)
            self.accept()

    def _place(self, suggestion: Suggestion) -> Place:
        document = self._bench.document
        return order(document, suggestion) if document is not None else (0, 0, 0, 0)

    def _here(self) -> Place:
        document, cursor = self._bench.document, self._bench.cursor
        row = document.pairs.row_at(cursor.side, cursor.offset) if document is not None else 0
        return max(0, row), 0 if cursor.side == "zh" else 1, cursor.offset, -len(cursor.side) * 10**9

    # Deciding

    @property
    def link_type(self) -> str:
        """The type of the links that are made."""
        session = self._bench.session
        types = session.project.link_types if session else ()
        return types[0].id if types else "SAME"

    def _do(self, build: Callable[[Document], Edit]) -> bool:
        document = self._bench.document
        if document is None:
            return False
        try:
            edit = build(document)
        except AnnotatorError as error:
            self._bench.tell(str(error), "warning")
            return False
        self._deciding = True
        try:
            return not edit.empty and self._bench.do(edit) is not None
        finally:
            self._deciding = False

    def _decide_pair(self, build: Callable[[Document, Sequence[Suggestion], Sequence[Twins]], Edit]) -> None:
        offering, document = self.offers.offering, self._bench.document
        if offering is None or document is None or not len(document.pairs):
            self._bench.tell(say("suggesting.off"))
            return
        active = self.active
        side, offset = self._bench.cursor.side, self._bench.cursor.offset
        if active is not None and active.own:
            side, offset = active.suggestion.side, active.suggestion.start
        row = max(0, document.pairs.row_at(side, offset))
        found = offering.in_row(row)
        if not found:
            self._bench.tell(say("suggesting.none_in_pair"))
            return
        twins = offering.twins_in_row(row)
        if self._do(lambda document: build(document, found, twins)):
            self._go_from((row + 1, 0, -1, 0), 1)

    # Following

    def _on_cursor(self, _cursor: Cursor) -> None:
        self._left = self._seeking = self._lost = None
        self._reviewing = None
        self._follow()

    def _on_offers(self, rows: list[int] | None) -> None:
        if rows is None:
            self._view.scene.forget_ghosts()
            self._view.viewport().update()
        elif rows:
            self._view.scene.forget_ghosts(rows)
            self._view.update_rows((row, row + 1) for row in rows)
        offering, active = self.offers.offering, self.active
        if offering is None:
            self._set(None)
        elif active is not None and active.own:
            still = offering.still(active.suggestion)
            twin = offering.twin(still) if still else None
            here = self._reviewing is not None and self._reviewing == self._bench.document_id
            if still is None and here and not self._deciding:
                self._lost = active.suggestion
            self._set(replace(active, suggestion=still, twin=twin) if still else None)
        if self._lost is not None and offering is not None:
            self._find_again(offering, self._lost)
        if not self.own and self._lost is None:
            self._follow()
        if self._seeking is not None and offering is not None:
            place, direction = self._seeking
            found = offering.step(place, direction)
            if not isinstance(found, int) or offering.unanswered([found]):
                self._go_from(place, direction)

    def _find_again(self, offering: Offering, lost: Suggestion) -> None:
        """What was before the user is not suggested any more: take up what is at its place, or the next one,
        once it is known what that is."""
        row = offering.document.pairs.row_at(lost.side, lost.start)
        if self._deciding or (row >= 0 and offering.unanswered([row])):
            return
        self._lost = None
        here = offering.touching(row, lost.side) if row >= 0 else []
        across = [one for one in here if one.start < lost.end and lost.start < one.end]
        if across:
            self._go(across[0])
        else:
            self._go_from(order(offering.document, lost), 1, told=False)

    def _follow(self) -> None:
        """Take up what the caret or the selected annotation points at."""
        offering, document = self.offers.offering, self._bench.document
        found = None
        if offering is not None and document is not None and offering.document is document:
            found = at_hand(offering, document, self._bench.cursor, self._bench.span)
        if found is not None and self._left is not None and found.suggestion.key == self._left.key:
            found = None
        if found is not None and self._bench.cursor.selection is not None:
            # What a person selected is what they mean to label, whatever is suggested there.
            found = replace(found, own=False)
        active = self.active
        if found is not None and active is not None and found.suggestion == active.suggestion:
            found = replace(found, extent=active.extent)
        self._set(found)

    def _set(self, active: Active | None) -> None:
        if active == self.active:
            return
        document, rows = self._bench.document, []
        for one in (self.active, active):
            if one is not None and document is not None:
                each = [one.suggestion, one.twin] if one.twin is not None else [one.suggestion]
                rows += [document.pairs.row_at(suggestion.side, suggestion.start) for suggestion in each]
        self.overlay.active = active
        self._view.scene.forget_ghosts(rows)
        self._view.viewport().update()
        self._bench.suggest(active.suggestion if active else None, own=self.own)
        self._show()

    def _show(self) -> None:
        active, document, look = self.active, self._bench.document, self._view.look
        look.said = ""
        if active is None or document is None:
            self.bar.hide()
        else:
            style = look.style(active.suggestion.label)
            keys = self.key_of("suggest.accept"), self.key_of("suggest.reject")
            link_only = joins(document, active.suggestion) is not None
            self.bar.show_suggestion(active, style, keys, link_only=link_only)
            quote = document.text(active.suggestion.side)[slice(*active.range)]
            look.said = say("suggesting.said", quote=quote, tip=described(active.suggestion, style.title))
            self._place_bar()
        self._view.follower.describe()

    def _place_bar(self) -> None:
        if self.active is None:
            return
        placed = self.overlay.place()
        areas, twins = self.overlay.areas(), self.overlay.twin_areas()
        self.bar.stand(areas, twins, above=bool(placed and placed.room))


def review(view: ParallelView) -> Review:
    """The review of a view; made when first asked for, and on only once it is turned on."""
    return view.findChild(Review) or Review(view)
