"""The small stylesheet that Fusion wears over the theme's palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.resources import resource

if TYPE_CHECKING:
    from annotator.qt.theme import Theme

_TEMPLATE = """
QToolTip {{ color: {text}; background: {raised}; border: 1px solid {border}; padding: 4px 6px; }}
QMainWindow::separator, QSplitter::handle {{ background: {line}; }}
QMainWindow::separator:hover, QSplitter::handle:hover {{ background: {focus}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QMenuBar {{ background: {surface}; border-bottom: 1px solid {line}; padding: 1px 6px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {raised}; border: 1px solid {border}; padding: 5px 0; }}
QMenu::item {{ padding: 5px 28px 5px 12px; }}
QMenu::icon {{ padding-left: 10px; }}
QMenu::item:selected {{ background: {hover}; color: {text}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 5px 0; }}
QStatusBar {{ background: {surface}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: none; }}
QPushButton {{
    background: {raised}; border: 1px solid {border}; border-radius: 5px; padding: 5px 14px;
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton:focus {{ border: 2px solid {focus}; padding: 4px 13px; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:default:focus {{ border: 2px solid {text}; }}
QPushButton:disabled {{ color: {faint}; border-color: {line}; background: {surface}; }}
QPushButton[role="flat"] {{ background: transparent; border: 1px solid transparent; text-align: left; }}
QPushButton[role="flat"]:hover {{ background: {hover}; }}
QPushButton[role="flat"]:focus {{ border: 2px solid {focus}; padding: 4px 13px; }}
QToolButton {{
    background: transparent; border: 2px solid transparent; border-radius: 5px; padding: 3px 5px;
}}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked {{ background: {hover}; color: {accent}; }}
QToolButton:focus {{ border-color: {focus}; }}
QToolButton[role="heading"] {{ font-weight: 600; padding: 3px 6px 3px 2px; }}
QToolButton[role="heading"]:checked {{ background: transparent; color: {text}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit, QTextEdit {{
    background: {background}; border: 1px solid {border}; border-radius: 5px; padding: 4px 7px;
    selection-background-color: {selection}; selection-color: {text};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{
    border: 2px solid {focus}; padding: 3px 6px;
}}
QComboBox, QAbstractSpinBox {{
    background: {background}; border: 1px solid {border}; border-radius: 5px; padding: 4px 7px;
    selection-background-color: {selection}; selection-color: {text};
}}
QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus {{ border: 2px solid {focus}; padding: 3px 6px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled,
QAbstractSpinBox:disabled {{ color: {faint}; border-color: {line}; background: {surface}; }}
QAbstractSpinBox {{ padding: 3px 4px 3px 3px; }}
QAbstractSpinBox:focus {{ padding: 2px 3px 2px 2px; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; border: none; background: transparent; width: 20px; margin-right: 2px;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ image: url("{arrow_up}"); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow {{ image: url("{arrow}"); width: 10px; height: 10px; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {border}; border-radius: 0; }}
QListView, QTreeView, QTableView, QListWidget, QTreeWidget {{
    background: {background}; border: 1px solid {line}; border-radius: 5px; outline: none;
}}
QListView[role="plain"], QTreeView[role="plain"], QListWidget[role="plain"], QTreeWidget[role="plain"] {{
    background: transparent; border: none;
}}
QListView::item, QTreeView::item {{ padding: 4px 6px; color: {text}; }}
QListView::item:hover, QTreeView::item:hover {{ background: {hover}; }}
QListView::item:selected, QTreeView::item:selected {{ background: {selection}; color: {text}; }}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: 2px solid {focus}; }}
QListView[role="plain"]:focus, QTreeView[role="plain"]:focus {{ border: none; }}
QListView[role="plain"]::item:selected:focus {{ border: 2px solid {focus}; }}
QHeaderView::section {{
    background: {surface}; color: {muted}; border: none; border-bottom: 1px solid {line}; padding: 5px 7px;
}}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{
    background: {border}; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px;
}}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTabBar::tab {{
    background: transparent; color: {muted}; border: none; border-bottom: 2px solid transparent;
    padding: 7px 10px 6px 10px;
}}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:focus {{ background: {hover}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QCheckBox {{ spacing: 7px; }}
QCheckBox::indicator, QListView::indicator, QTreeView::indicator, QTableView::indicator {{
    width: 15px; height: 15px; border: 1px solid {faint}; border-radius: 3px; background: {background};
}}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked,
QTableView::indicator:checked {{
    border-color: {accent}; background: {accent}; image: url("{tick}");
}}
QCheckBox::indicator:focus {{ border: 2px solid {focus}; }}
QCheckBox::indicator:disabled {{ border-color: {line}; background: {surface}; }}
QProgressBar {{ background: {line}; border: none; border-radius: 3px; height: 6px; }}
QProgressBar::chunk {{ background: {done}; border-radius: 3px; }}
QScrollArea {{ background: transparent; border: none; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="title"] {{ font-size: 22px; font-weight: 600; }}
QLabel[role="section"] {{ color: {muted}; font-weight: 600; }}
QLabel[role="error"] {{ color: {error}; }}
QFrame[role="rule"] {{ background: {line}; border: none; max-height: 1px; }}
QFrame[role="card"] {{ background: {raised}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[role="card"]:hover {{ border-color: {border}; background: {background}; }}
QFrame[role="card"]:focus {{ border: 2px solid {focus}; }}
QFrame[role="toast"] {{ background: {raised}; border: 1px solid {border}; border-radius: 8px; }}
QFrame[role="toast"][level="warning"] {{ border-color: {warning}; }}
QFrame[role="toast"][level="error"] {{ border-color: {error}; }}
QFrame[role="banner"] {{ background: {hover}; border: none; border-bottom: 1px solid {line}; }}
QFrame[role="note"] {{ background: {raised}; border: none; border-bottom: 1px solid {line}; }}
QFrame[role="drop"] {{ background: transparent; border: 2px dashed {border}; border-radius: 8px; }}
QFrame[role="drop"][over="true"] {{ border-color: {accent}; background: {hover}; }}
QWidget[role="bar"] {{ background: {surface}; border-bottom: 1px solid {line}; }}
QWidget[role="page"] {{ background: {background}; }}
"""


def stylesheet(theme: Theme) -> str:
    """The stylesheet in the colours of `theme`."""
    from annotator.qt.theme import colours

    tick = resource("icons", f"tick-{'dark' if theme.dark else 'light'}.svg").as_posix()
    arrow = resource("icons", "chevron.svg").as_posix()
    arrow_up = resource("icons", "chevron-up.svg").as_posix()
    shades = {name: colour.name() for name, colour in colours(theme).items()}
    return _TEMPLATE.format(tick=tick, arrow=arrow, arrow_up=arrow_up, **shades)
