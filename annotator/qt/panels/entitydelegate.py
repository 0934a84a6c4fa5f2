"""How the entities panel paints a row: two lines, a patch of colour, a count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.messages import say
from annotator.core.span import Span
from annotator.qt.panels.entitymodel import EntityModel
from annotator.qt.theme import families, theme, tint
from annotator.services.entities import Entity

Index = QModelIndex | QPersistentModelIndex

_GAP = 6
_DOT = 9


class EntityDelegate(QStyledItemDelegate):
    """An entity shows its Chinese names above its English ones; a mention its context above its place."""

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        return QSize(60, 2 * QFontMetrics(option.font).height() + 4 * _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, EntityModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_hover(painter, option)
        mention, entity = model.mention(index), model.entity(index)
        area = option.rect.adjusted(_GAP // 2, _GAP, -2 * _GAP, -_GAP)
        if mention is not None:
            self._paint_mention(painter, option, area, model, mention)
        elif entity is not None:
            self._paint_entity(painter, option, area, model, entity)
        painter.restore()

    def _paint_hover(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_MouseOver and not state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().hover)
            painter.drawRoundedRect(option.rect.adjusted(0, 1, -4, -1), 5, 5)

    def _paint_entity(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, model: EntityModel, entity: Entity
    ) -> None:
        worn = theme()
        label = model.labels.get(entity.label)
        colour = tint(label.color, worn).line if label else worn.muted
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        upper, lower = _halves(area)
        painter.drawEllipse(upper.left(), upper.center().y() - _DOT // 2 + 1, _DOT, _DOT)
        alone = entity.linked < entity.total
        count = say("entities.count", linked=entity.linked, total=entity.total) + (" ○" if alone else "")
        font = option.font
        right = QFontMetrics(font).horizontalAdvance(count)
        _write(painter, font, worn.warning if alone else worn.muted, upper, count, right_aligned=True)
        upper.adjust(_DOT + _GAP, 0, -right - _GAP, 0)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        kind = QFontMetrics(small).elidedText(
            model.label_title(entity.label), Qt.TextElideMode.ElideRight, lower.width() // 3
        )
        _write(painter, small, worn.muted, lower, kind, right_aligned=True)
        taken = QFontMetrics(small).horizontalAdvance(kind)
        lower.adjust(_DOT + _GAP, 0, -taken - _GAP, 0)
        first, second = " / ".join(entity.zh), " / ".join(entity.en)
        zh, en = _font(font, _zh_language(model)), _font(font, "")
        if first and second:
            _write(painter, zh, worn.text, upper, first)
            _write(painter, en, worn.text, lower, second)
            return
        _write(painter, zh if first else en, worn.text, upper, first or second)
        only = say("entities.only_zh") if first else say("entities.only_en")
        _write(painter, en, worn.muted, lower, only)

    def _paint_mention(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, model: EntityModel, mention: Span
    ) -> None:
        worn = theme()
        upper, lower = _halves(area.adjusted(-_GAP, 0, _GAP, 0))
        family = _zh_language(model) if mention.side == "zh" else ""
        _paint_context(painter, _font(option.font, family), upper, model.around(mention), mention.quote)
        alone = not model.has_partner(mention)
        place = ("○ " if alone else "") + model.place(mention)
        _write(painter, option.font, worn.warning if alone else worn.muted, lower, place)


def _paint_context(painter: QPainter, font: QFont, area: QRect, around: tuple[str, str], quote: str) -> None:
    """Keyword in context: the quote in bold, what stands before it cut on the left."""
    worn = theme()
    strong = QFont(font)
    strong.setBold(True)
    plain, bold = QFontMetrics(font), QFontMetrics(strong)
    quote_width = min(bold.horizontalAdvance(quote), area.width())
    room = (area.width() - quote_width) // 2
    before = plain.elidedText(around[0], Qt.TextElideMode.ElideLeft, max(0, room))
    at = area.left()
    for text, one, colour in (
        (before, font, worn.muted),
        (quote, strong, worn.text),
        (around[1], font, worn.muted),
    ):
        rest = QRect(at, area.top(), max(0, area.right() - at), area.height())
        _write(painter, one, colour, rest, text)
        at += QFontMetrics(one).horizontalAdvance(text)
        if at >= area.right():
            return


def _halves(area: QRect) -> tuple[QRect, QRect]:
    middle = area.height() // 2
    return (
        QRect(area.left(), area.top(), area.width(), middle),
        QRect(area.left(), area.top() + middle, area.width(), area.height() - middle),
    )


def _zh_language(model: EntityModel) -> str:
    return model.document.language("zh") if model.document else "zh-Hans"


def _font(base: QFont, language: str) -> QFont:
    if not language:
        return base
    font = QFont(base)
    font.setFamilies([*base.families(), *families(language)])
    return font


def _write(
    painter: QPainter, font: QFont, colour: QColor, area: QRect, text: str, *, right_aligned: bool = False
) -> None:
    edge = Qt.AlignmentFlag.AlignRight if right_aligned else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(colour)
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
    painter.drawText(area, int(edge | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), elided)
