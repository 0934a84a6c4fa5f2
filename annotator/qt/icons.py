"""Icons: line drawings from `resources/icons` in the colour of the theme, crisp at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from annotator.core.resources import resource
from annotator.qt.theme import theme, themes

SIZES = (16, 20, 24)
"""Side lengths that icons are drawn for, in device-independent pixels."""


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The icon `name` in the theme's text colour, or another; ask again when the theme changes."""
    worn = theme()
    return _icon(name, (colour or worn.text).name(), worn.faint.name(), _scale())


def wear(button: QAbstractButton, name: str) -> None:
    """Give a button the icon `name`, now and in every theme to come."""
    _Wearer(button, name)


class _Wearer(QObject):
    """A child of the button, so that it goes with it."""

    def __init__(self, button: QAbstractButton, name: str) -> None:
        super().__init__(button)
        self._button, self._name = button, name
        themes().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._button.setIcon(icon(self._name))


def pixmap(name: str, size: int, colour: QColor | None = None) -> QPixmap:
    """The icon `name` as a picture of `size` device-independent pixels."""
    return _paint(name, (colour or theme().text).name(), size, _scale())


@cache
def application_icon() -> QIcon:
    """The program's own icon."""
    result = QIcon()
    for size in (16, 32, 64, 128):
        result.addPixmap(_render(resource("icons", "annotator.svg").read_bytes(), size, 1))
    return result


def _scale() -> float:
    screens = QGuiApplication.screens()
    return max((screen.devicePixelRatio() for screen in screens), default=1.0)


@cache
def _icon(name: str, colour: str, disabled: str, scale: float) -> QIcon:
    result = QIcon()
    for size in SIZES:
        result.addPixmap(_paint(name, colour, size, scale))
        result.addPixmap(_paint(name, disabled, size, scale), QIcon.Mode.Disabled)
    return result


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _paint(name: str, colour: str, size: int, scale: float) -> QPixmap:
    return _render(_source(name).replace("currentColor", colour).encode(), size, scale)


def _render(svg: bytes, size: int, scale: float) -> QPixmap:
    pixels = round(size * scale)
    result = QPixmap(QSize(pixels, pixels))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    result.setDevicePixelRatio(scale)
    return result
