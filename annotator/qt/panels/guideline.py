"""The guideline: what each label means, with examples, made from the labels themselves."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QPushButton, QTextBrowser, QVBoxLayout, QWidget

from annotator.core.labels import Label, LabelSet
from annotator.core.messages import language, say
from annotator.qt.panels.base import Panel
from annotator.qt.workbench import Workbench


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
        self._shown: LabelSet | None = None
        workbench.project_changed.connect(self._show)
        workbench.edited.connect(lambda changes: self._show() if changes.edit.project else None)
        workbench.span_selected.connect(lambda _: self._follow())
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self._page.setAccessibleName(say(self.title_key))
        self._edit.setText(say("guideline.edit"))
        self._show()

    def _show(self) -> None:
        session = self.workbench.session
        labels = session.project.label_set if session else LabelSet()
        self._edit.setEnabled(session is not None and session.read_only is None)
        self._page.setHtml(page(labels))

    def _follow(self) -> None:
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
    key = f" &nbsp;<small>[{escape(label.key)}]</small>" if label.key else ""
    description = label.description.get(language()) or label.description.get("en") or ""
    examples = "".join(f"<li>{escape(example)}</li>" for example in label.examples)
    listed = f"<ul style='margin-top:2px'>{examples}</ul>" if examples else ""
    return (
        f"<div style='margin-left:{depth * 16}px; margin-bottom:14px'><a name='{escape(label.id)}'></a>"
        f"<p style='margin-bottom:2px'><span style='color:{escape(label.color)}'>■</span> "
        f"<b>{escape(label.title(language()))}</b>{key}</p>"
        f"<p style='margin-top:0'>{escape(description)}</p>{listed}</div>"
    )
