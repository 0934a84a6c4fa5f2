"""What joins the review of suggestions with the window: settings, progress, the status line, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.messages import say
from annotator.qt.review.learning import Learning
from annotator.qt.review.review import Review, review
from annotator.qt.review.scan import Scan
from annotator.services.setups import ADDRESSES, SETUPS

if TYPE_CHECKING:
    from annotator.qt.window import Window


class ReviewDesk(QObject):
    """Made once the window has been seen."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._settings = window, window.settings
        self.review: Review = review(window.view)
        self.review.key_of = window.commands.key_of
        bench = window.workbench
        bench.suggested.connect(lambda _: self._hint())
        self.review.offers.scanning.connect(self._watch)
        self.learning = Learning(self.review.offers, bench, window.status.work.watch)
        self._settings.subscribe(self._on_setting)
        self._set_up()
        self.review.offers.turn(self._settings.get("suggestions"))
        bench.review = self.review
        bench.review_begun.emit()

    def retranslate(self) -> None:
        """Say everything again."""
        self._hint()
        scan = self.review.offers.scan
        if scan is not None:
            self._window.status.work.rename(scan, say("suggesting.looking"))

    def _hint(self) -> None:
        self._window.status.show_hint(self.review.hint())

    def _watch(self, scan: Scan) -> None:
        self._window.status.work.watch(scan, say("suggesting.looking"))

    def _on_setting(self, name: str) -> None:
        if name in (SETUPS, ADDRESSES):
            self._set_up()
        elif name == "suggestions":
            self.review.offers.turn(self._settings.get("suggestions"))
            self._window.commands.tick()

    def _set_up(self) -> None:
        self.review.offers.set_up(self._settings.get(SETUPS), self._settings.get(ADDRESSES))
