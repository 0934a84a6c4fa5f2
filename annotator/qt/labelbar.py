"""The slim palette of labels above the text: a swatch, the name, the key. A click annotates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from annotator.core.labels import Label, LabelSet
from annotator.core.messages import language, say
from annotator.qt.parallel.colors import colors
from annotator.qt.parallel.strokes import underline
from annotator.qt.theme import theme, themes, tint
from annotator.qt.workbench import Workbench

Use = Callable[[str], None]


_AROUND = 6
"""Pixels above and below the labels."""


def button_height(metrics: QFontMetrics) -> int:
    """How high a label is in these letters."""
    return metrics.height() + 9


def line_height(metrics: QFontMetrics) -> int:
    """How high the bar is while its labels have room on one line, without the rule below it."""
    return button_height(metrics) + 2 * _AROUND


class LabelButton(QAbstractButton):
    """One label, drawn as its highlight looks in the text."""

    def __init__(self, label: Label, kind: str, use: Use, parent: QWidget) -> None:
        super().__init__(parent)
        self.label, self._kind = label, kind
        title = label.title(language())
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(label.description.get(language(), ""))
        keys = f" ({label.key})" if label.key else ""
        self.setToolTip(f"{title}{keys} — {label.id}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: use(label.id))

    def sizeHint(self) -> QSize:
        """As wide as the name and the key need."""
        metrics = self.fontMetrics()
        key = metrics.horizontalAdvance(self.label.key) + 9 if self.label.key else 0
        return QSize(metrics.horizontalAdvance(self.text()) + key + 18, button_height(metrics))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the highlight with its underline, the name and the key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        worn, look = theme(), tint(self.label.color, theme())
        area = self.rect().adjusted(1, 1, -1, -1)
        if not self.isEnabled():
            painter.setOpacity(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.strong if self.underMouse() or self.isDown() else look.fill)
        painter.drawRoundedRect(area, 4, 4)
        underline(painter, look.line, self._kind, area.left() + 7, area.right() - 6, area.bottom() - 1, 2)
        metrics = self.fontMetrics()
        painter.setPen(worn.text)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(8, -1, 0, -1), middle, self.text())
        painter.setPen(look.ink)
        left = 8 + metrics.horizontalAdvance(self.text()) + 8
        painter.drawText(area.adjusted(left, -1, 0, -1), middle, self.label.key)
        if self.hasFocus():
            painter.setPen(QPen(worn.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 4, 4)


class Flow(QLayout):
    """Lays its widgets out in lines, as text."""

    def __init__(self, parent: QWidget, spacing: int = 5) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at `index`."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """It has: more lines in less width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        """Place everything."""
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        """One line, if the width allows."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, area: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inside = area.marginsRemoved(margins)
        x, y, line = inside.x(), inside.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > inside.x() and x + size.width() > inside.right() + 1:
                x, y, line = inside.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - area.y() + margins.bottom()


class LabelBar(QWidget):
    """All labels of the project. Their keys work while the text has the focus."""

    def __init__(self, workbench: Workbench, text: QWidget, use: Use) -> None:
        super().__init__()
        self._workbench, self._text, self._use = workbench, text, use
        self._shown: tuple[object, ...] = ()
        self._keys: list[QAction] = []
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._flow = Flow(self)
        self._flow.setContentsMargins(10, _AROUND, 10, _AROUND + 1)
        self.setAccessibleName(say("window.labels"))
        workbench.project_changed.connect(self.refresh)
        workbench.edited.connect(lambda changes: self.refresh() if changes.edit.project else None)
        themes().changed.connect(self.update)

    @property
    def buttons(self) -> list[LabelButton]:
        """The labels' buttons in order."""
        return self.findChildren(LabelButton)

    def refresh(self) -> None:
        """Show the labels of the project as they are now."""
        session = self._workbench.session
        labels = session.project.label_set if session else LabelSet()
        writable = session is not None and session.read_only is None
        shown = (labels, language(), writable)
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        styles = colors(theme()).label_styles(labels)
        for label in labels:
            button = LabelButton(label, styles[label.id].kind, self._use, self)
            button.setEnabled(writable)
            self._flow.addWidget(button)
            button.show()
            self._bind(label)
        self.setVisible(bool(len(labels)))
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say("window.labels"))
            self.refresh()
        super().changeEvent(event)

    def _bind(self, label: Label) -> None:
        if not label.key:
            return
        key = QAction(label.id, self)
        key.setShortcut(QKeySequence(label.key.upper()))
        key.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.triggered.connect(lambda: self._use(label.id))
        self._text.addAction(key)
        self._keys.append(key)

    def _clear(self) -> None:
        for key in self._keys:
            self._text.removeAction(key)
            key.deleteLater()
        self._keys.clear()
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
