"""The guideline: what each label means, with examples, made from the labels themselves."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtWidgets import QPushButton, QTextBrowser, QVBoxLayout, QWidget

from annotator.core.labels import Label, LabelSet
from annotator.core.messages import language, say
from annotator.core.session import Changes
from annotator.qt.panels.base import Panel
from annotator.qt.theme import Tint, theme, themes, tint
from annotator.qt.workbench import Workbench

_BARE = "QTextBrowser { border: none; border-radius: 0; padding: 0; background: transparent; }"


class Guideline(Panel):
    """All labels with description and examples; the selected span's label comes into sight."""

    id = "guideline"
    title_key = "panel.guideline"
    icon = "guideline"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._page = QTextBrowser()
        self._page.setOpenLinks(False)
        self._page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._page.setStyleSheet(_BARE)
        self._page.document().setDocumentMargin(16)
        self._edit = QPushButton()
        self._edit.clicked.connect(self._edit_labels)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._page, 1)
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 8, 16, 16)
        bar.addWidget(self._edit)
        layout.addLayout(bar)
        workbench.project_changed.connect(self._show)
        workbench.edited.connect(self._on_edited)
        workbench.span_selected.connect(self._follow)
        themes().changed.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self._page.setAccessibleName(say(self.title_key))
        self._edit.setText(say("guideline.edit"))
        self._show()

    def _on_edited(self, changes: Changes) -> None:
        if changes.edit.project is not None:
            self._show()

    def _show(self) -> None:
        session = self.workbench.session
        labels = session.project.label_set if session else LabelSet()
        self._edit.setEnabled(session is not None and session.read_only is None)
        place = self._page.verticalScrollBar().value()
        self._page.setHtml(page(labels))
        self._page.verticalScrollBar().setValue(place)

    def _follow(self, *_: object) -> None:
        span = self.workbench.span
        if span is not None:
            self._page.scrollToAnchor(span.label)

    def _edit_labels(self) -> None:
        from annotator.qt.dialogs.labels import edit_labels

        edit_labels(self.workbench, self)


def page(labels: LabelSet) -> str:
    """The guideline as a page of HTML, nested labels indented below their parents."""
    parts = "".join(_section(label, len(labels.ancestors(label.id))) for label in _tree(labels, None))
    return parts or f"<p>{escape(say('guideline.empty'))}</p>"


def _tree(labels: LabelSet, parent: str | None) -> list[Label]:
    found: list[Label] = []
    for label in labels.children(parent):
        found += [label, *_tree(labels, label.id)]
    return found


def _section(label: Label, depth: int) -> str:
    tints = tint(label.color, theme())
    key = f" &nbsp;<small>[{escape(label.key)}]</small>" if label.key else ""
    description = label.description.get(language()) or label.description.get("en") or ""
    examples = "".join(
        f"<p style='margin:6px 0 0 12px; color:{theme().muted.name()}'>{_example(one, tints)}</p>"
        for one in label.examples
    )
    return (
        f"<div style='margin-left:{depth * 14}px'><a name='{escape(label.id)}'></a>"
        f"<p style='margin-top:16px; margin-bottom:4px'>"
        f"<span style='color:{tints.line.name()}'>■</span> "
        f"<b>{escape(label.title(language()))}</b>{key}</p>"
        f"<p style='margin-top:0; margin-bottom:4px'>{escape(description)}</p>{examples}</div>"
    )


def _example(text: str, tints: Tint) -> str:
    """An example, its sides on lines of their own; what stands in brackets is highlighted, nested or not."""
    depth = 0
    parts: list[str] = []
    for piece in re.split(r"([\[\]])", text):
        if piece == "[":
            fill = tints.strong if depth else tints.fill
            parts.append(f"<span style='background-color:{fill.name()}; color:{theme().text.name()}'>")
        elif piece == "]" and depth:
            parts.append("</span>")
        else:
            parts.append(escape(piece).replace(" · ", "<br>"))
        depth += (piece == "[") - (piece == "]" and depth > 0)
    return "".join(parts) + "</span>" * depth
