"""How the entities panel paints a row: two lines, a patch of colour, a count."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.core.messages import say
from annotator.core.span import Span
from annotator.qt.panels.entitymodel import EntityModel
from annotator.qt.panels.groupedmodel import Index
from annotator.qt.panels.rowpaint import (
    DOT,
    RowDelegate,
    font_for,
    halves,
    paint_dot,
    scaled,
    write,
    write_context,
)
from annotator.qt.theme import theme, tint
from annotator.services.entities import Entity

_GAP = 6


class EntityDelegate(RowDelegate):
    """An entity shows its Chinese names above its English ones; a mention its context above its place."""

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        return QSize(60, 2 * QFontMetrics(option.font).height() + 4 * _GAP)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, EntityModel):
            return
        mention, entity = model.mention(index), model.entity(index)
        area = option.rect.adjusted(_GAP // 2, _GAP, -2 * _GAP, -_GAP)
        if mention is not None:
            self._paint_mention(painter, option, area, model, mention)
        elif entity is not None:
            self._paint_entity(painter, option, area, model, entity)

    def _paint_entity(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, model: EntityModel, entity: Entity
    ) -> None:
        worn = theme()
        label = model.labels.get(entity.label)
        colour = tint(label.color, worn).line if label else worn.muted
        upper, lower = halves(area)
        paint_dot(painter, upper, colour)
        alone = entity.linked < entity.total
        count = say("entities.count", linked=entity.linked, total=entity.total) + (" ○" if alone else "")
        font = option.font
        right = QFontMetrics(font).horizontalAdvance(count)
        write(painter, font, worn.warning if alone else worn.muted, upper, count, right=True)
        upper.adjust(DOT + _GAP, 0, -right - _GAP, 0)
        small = scaled(font, 0.88)
        kind = QFontMetrics(small).elidedText(
            model.label_title(entity.label), Qt.TextElideMode.ElideRight, lower.width() // 3
        )
        write(painter, small, worn.muted, lower, kind, right=True)
        taken = QFontMetrics(small).horizontalAdvance(kind)
        lower.adjust(DOT + _GAP, 0, -taken - _GAP, 0)
        first, second = " / ".join(entity.zh), " / ".join(entity.en)
        zh, en = font_for(font, _zh_language(model)), font_for(font, "")
        if first and second:
            write(painter, zh, worn.text, upper, first)
            write(painter, en, worn.text, lower, second)
            return
        write(painter, zh if first else en, worn.text, upper, first or second)
        only = say("entities.only_zh") if first else say("entities.only_en")
        write(painter, en, worn.muted, lower, only)

    def _paint_mention(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, model: EntityModel, mention: Span
    ) -> None:
        worn = theme()
        upper, lower = halves(area.adjusted(-_GAP, 0, _GAP, 0))
        family = _zh_language(model) if mention.side == "zh" else ""
        font = font_for(option.font, family)
        write_context(painter, font, upper, model.around(mention), mention.quote, bold=True)
        alone = not model.has_partner(mention)
        place = ("○ " if alone else "") + model.place(mention)
        write(painter, option.font, worn.warning if alone else worn.muted, lower, place)


def _zh_language(model: EntityModel) -> str:
    return model.document.language("zh") if model.document else "zh-Hans"
