"""Which columns of a table are Chinese and English."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from annotator.core.messages import say
from annotator.core.span import SIDES
from annotator.qt.panels.base import give_way, shortened
from annotator.services.importing import ImportPlan

_LONGEST = 40


class ColumnChoice(QWidget):
    """Shown only for a table of more than two columns; `chosen` carries the Chinese and the English one."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.boxes = tuple(QComboBox() for _ in SIDES)
        for side, box in zip(SIDES, self.boxes, strict=True):
            give_way(box)
            box.setAccessibleName(say(f"import.column_of.{side}"))
            box.activated.connect(self._tell)
            row.addWidget(QLabel(say(f"import.column_of.{side}")))
            row.addWidget(box, 1)

    def show_plan(self, plan: ImportPlan | None) -> None:
        """Offer the columns of `plan`."""
        several = plan is not None and len(plan.columns) > 2
        self.setVisible(several)
        if plan is None or plan.chosen is None or not several:
            return
        for box, chosen in zip(self.boxes, plan.chosen, strict=True):
            box.clear()
            box.addItems([f"{at}: {shortened(name, _LONGEST)}" for at, name in enumerate(plan.columns, 1)])
            box.setCurrentIndex(chosen)

    def _tell(self) -> None:
        zh, en = self.boxes
        self.chosen.emit(zh.currentIndex(), en.currentIndex())
