"""The tabbed sidebar: every panel of `annotator.qt.panels`, built when it is first shown."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget, QWidget

from annotator.core.messages import say
from annotator.qt import panels as package
from annotator.qt.icons import icon
from annotator.qt.labelbar import line_height
from annotator.qt.theme import themes
from annotator.qt.workbench import Workbench

if TYPE_CHECKING:
    from annotator.qt.panels.base import Panel

LAG_MS = 10
"""Panels show what an edit changed so much later: the text is painted first."""
_AROUND_TITLE = 46
"""Pixels of a tab beside its title: the icon and what is left free."""
ORDER = ("inspector", "entities", "problems", "guideline")
"""Panels that come first; others follow by id."""


def panel_classes() -> list[type[Panel]]:
    """All panels, in the order of the tabs. A module in the folder is enough to join."""
    found = {one.id: one for module in _modules() for one in _panels_of(module)}
    ranks = {panel_id: rank for rank, panel_id in enumerate(ORDER)}
    return sorted(found.values(), key=lambda one: (ranks.get(one.id, len(ORDER)), one.id))


def _modules() -> Iterator[object]:
    import pkgutil

    for module in pkgutil.iter_modules(package.__path__):
        yield import_module(f"{package.__name__}.{module.name}")


def _panels_of(module: object) -> Iterator[type[Panel]]:
    for one in vars(module).values():
        if isinstance(one, type) and issubclass(one, QWidget) and "title_key" in vars(one):
            yield cast("type[Panel]", one)


class _Tabs(QTabBar):
    """As high as one line of labels, so that the lines below both are one."""

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(super().tabSizeHint(index).width(), line_height(self.fontMetrics()))


class Sidebar(QTabWidget):
    """The panels beside the text."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.setTabBar(_Tabs(self))
        self.tabBar().setDrawBase(False)
        self._workbench = workbench
        self._classes: list[type[Panel]] = []
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.currentChanged.connect(self._build)
        self.currentChanged.connect(lambda _: self._fit())
        themes().changed.connect(self._draw)

    def fill(self) -> None:
        """Make the tabs; called once, after the window has been painted."""
        if self._classes:
            return
        self._classes = panel_classes()
        for one in self._classes:
            self.addTab(QWidget(), icon(one.icon), say(one.title_key))
        self.retranslate()

    @property
    def ids(self) -> list[str]:
        """The ids of the panels in the order of their tabs."""
        return [one.id for one in self._classes]

    @property
    def current(self) -> str:
        """The id of the panel that is shown."""
        return self._classes[self.currentIndex()].id if self._classes else ""

    def open(self, panel_id: str) -> QWidget | None:
        """Show a panel and return it."""
        self.fill()
        if panel_id not in self.ids:
            return None
        focus = self.focusWidget()
        within = focus is not None and focus.hasFocus()
        self.setCurrentIndex(self.ids.index(panel_id))
        panel = self.currentWidget()
        if within and panel is not None:
            # Else Qt would give the focus of what is hidden to whatever comes next, a message for instance.
            panel.setFocus()
            taken = QApplication.focusWidget()
            if taken is None or not panel.isAncestorOf(taken):
                self.tabBar().setFocus()
        return panel

    def retranslate(self) -> None:
        """Say the titles again."""
        self.setAccessibleName(say("command.view.sidebar"))
        self.tabBar().setAccessibleName(self.accessibleName())
        for index, one in enumerate(self._classes):
            self.setTabToolTip(index, say(one.title_key))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the titles into the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the titles do not stand side by side, only the current tab shows its own."""
        titles = [say(one.title_key) for one in self._classes]
        metrics = self.tabBar().fontMetrics()
        needed = sum(metrics.horizontalAdvance(title) + _AROUND_TITLE for title in titles)
        for index, title in enumerate(titles[: self.count()]):
            shown = title if needed <= self.width() or index == self.currentIndex() else ""
            if self.tabText(index) != shown:
                self.setTabText(index, shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _build(self, index: int) -> None:
        if not 0 <= index < len(self._classes) or hasattr(self.widget(index), "title_key"):
            return
        place = self.widget(index)
        panel = self._classes[index](self._workbench)
        panel.lag_ms = LAG_MS
        self.blockSignals(True)
        self.removeTab(index)
        self.insertTab(index, panel, icon(self._classes[index].icon), say(self._classes[index].title_key))
        self.setCurrentIndex(index)
        self.blockSignals(False)
        self._fit()
        if place is not None:
            place.deleteLater()

    def _draw(self) -> None:
        for index, one in enumerate(self._classes):
            self.setTabIcon(index, icon(one.icon))
