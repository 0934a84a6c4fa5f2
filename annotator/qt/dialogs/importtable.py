"""The lines of a text to be imported, each with its role, which can be changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.core.messages import say
from annotator.language.layout import Role
from annotator.language.script import classify
from annotator.qt.theme import blend, theme
from annotator.services.importing import ImportPlan, PlanLine

Index = QModelIndex | QPersistentModelIndex

ROLES: tuple[Role, ...] = ("zh", "en", "title-zh", "title-en", "aside")
LINE = Qt.ItemDataRole.UserRole
_NUMBER, _ROLE, _TEXT = range(3)
_PAD = 8
_NOWHERE = QModelIndex()

KEYS: dict[Qt.Key, str] = {
    Qt.Key.Key_Z: "zh",
    Qt.Key.Key_E: "en",
    Qt.Key.Key_T: "title",
    Qt.Key.Key_X: "aside",
    Qt.Key.Key_Delete: "aside",
}
"""What a key makes of the selected lines; `title` keeps their side."""


class LinesModel(QAbstractTableModel):
    """A row a line; `changed` tells that the user gave a line another role."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plan: ImportPlan | None = None

    def put(self, plan: ImportPlan | None) -> None:
        """Show the lines of another plan."""
        self.beginResetModel()
        self.plan = plan
        self.endResetModel()

    def give(self, rows: Collection[int], role: str) -> None:
        """Give the lines in `rows` another role; `title` is that of each line's side."""
        if self.plan is None or not rows:
            return
        plan = self.plan
        wanted: dict[Role, list[int]] = {}
        for row in rows:
            line = plan.lines[row]
            wanted.setdefault(_as_title(line) if role == "title" else role, []).append(line.number)  # type: ignore[arg-type]
        for one, numbers in wanted.items():
            plan = plan.with_roles(numbers, one)
        self._replace(plan)

    def swap(self) -> None:
        """Take what is Chinese for English and the other way round."""
        if self.plan is None:
            return
        plan = self.plan
        for one, two in (("zh", "en"), ("title-zh", "title-en")):
            ours = [line.number for line in self.plan.lines if line.role == one]
            theirs = [line.number for line in self.plan.lines if line.role == two]
            plan = plan.with_roles(ours, two).with_roles(theirs, one)  # type: ignore[arg-type]
        self._replace(plan)

    def _replace(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.dataChanged.emit(self.index(0, 0), self.index(len(plan.lines) - 1, _TEXT))
        self.changed.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.plan is None else len(self.plan.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.plan is None:
            return None
        line = self.plan.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (str(line.place), say(f"import.role.{line.role}"), line.text)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return say(line.reason) if line.reason else line.text if index.column() == _TEXT else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _NUMBER:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().muted if index.column() == _NUMBER or line.side is None else theme().text
        return None

    def setData(self, index: Index, value: Any, _: int = Qt.ItemDataRole.EditRole) -> bool:
        self.give([index.row()], str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.plan is None or self.plan.lines[index.row()].role == "blank":
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _ROLE else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return say(("import.column.line", "import.column.role", "import.column.text")[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            edge = Qt.AlignmentFlag.AlignRight if section == _NUMBER else Qt.AlignmentFlag.AlignLeft
            return int(edge | Qt.AlignmentFlag.AlignVCenter)
        return None


def _as_title(line: PlanLine) -> Role:
    side = line.side or ("zh" if classify(line.text) == "zh" else "en")
    return "title-zh" if side == "zh" else "title-en"


class RoleDelegate(QStyledItemDelegate):
    """Paints the role as a chip, and lets it be chosen from a list."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        blank = QStyleOptionViewItem(option)
        super().paint(painter, blank, _NOWHERE)
        if line is None or line.role == "blank":
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = str(index.data())
        metrics = QFontMetrics(option.font)
        height = metrics.height() + 4
        chip = QRect(
            option.rect.left() + _PAD,
            option.rect.center().y() - height // 2,
            metrics.horizontalAdvance(text) + 2 * _PAD,
            height,
        )
        fill, ink, filled = _chip_colours(line.role)
        painter.setPen(ink if not filled else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.setPen(ink)
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

    def createEditor(self, parent: QWidget, _: QStyleOptionViewItem, __: Index) -> QWidget:
        box = QComboBox(parent)
        box.setAccessibleName(say("import.column.role"))
        for role in ROLES:
            box.addItem(say(f"import.role.{role}"), role)
        box.activated.connect(lambda _: self._finish(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(LINE).role))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox) and editor.currentData() != index.data(LINE).role:
            model.setData(index, editor.currentData())

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def _chip_colours(role: Role) -> tuple[QColor, QColor, bool]:
    """Fill, ink, and whether the chip is filled rather than outlined."""
    worn = theme()
    if role == "aside":
        return QColor(Qt.GlobalColor.transparent), worn.muted, False
    colour = worn.accent if role in ("zh", "title-zh") else worn.done
    if role.startswith("title"):
        return colour, worn.on_accent if role == "title-zh" else worn.background, True
    return blend(colour, worn.background, 0.16), colour, True


class TextDelegate(QStyledItemDelegate):
    """Paints the text, and behind it why a line was set aside."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        if line is None or not line.reason:
            super().paint(painter, option, index)
            return
        super().paint(painter, option, _NOWHERE)
        worn, metrics = theme(), QFontMetrics(option.font)
        area = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        reason = f"– {say(line.reason)}"
        room = max(area.width() // 2, area.width() - metrics.horizontalAdvance(reason) - _PAD)
        text = metrics.elidedText(line.text.strip(), Qt.TextElideMode.ElideRight, room)
        painter.save()
        painter.setPen(worn.muted)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.setPen(worn.warning)
        area.setLeft(area.left() + metrics.horizontalAdvance(text) + _PAD)
        shown = metrics.elidedText(reason, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class LinesView(QTableView):
    """The table; letter keys give the selected lines a role."""

    def __init__(self, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setItemDelegateForColumn(_ROLE, RoleDelegate(self))
        self.setItemDelegateForColumn(_TEXT, TextDelegate(self))
        self.setAccessibleName(say("import.lines"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        self.set_widths()

    def set_widths(self) -> None:
        """Columns as wide as what they hold; the text takes the rest."""
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        widest = max(metrics.horizontalAdvance(say(f"import.role.{role}")) for role in ROLES)
        header.resizeSection(_ROLE, widest + 5 * _PAD)
        title = metrics.horizontalAdvance(say("import.column.line"))
        header.resizeSection(_NUMBER, max(title, metrics.horizontalAdvance("00000")) + 3 * _PAD)

    def chosen_rows(self) -> list[int]:
        """The rows that are selected."""
        return [index.row() for index in self.selectionModel().selectedRows()]

    def give(self, role: str) -> None:
        """Give the selected lines a role."""
        self._lines.give(self.chosen_rows(), role)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are roles."""
        role = KEYS.get(Qt.Key(event.key()))
        if role is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.give(role)
            return
        super().keyPressEvent(event)
