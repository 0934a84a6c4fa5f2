"""The properties of a document and of a project; taking a document out of its project."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QMessageBox, QWidget

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.qt.dialogs.base import Dialog, muted
from annotator.qt.workbench import Workbench
from annotator.services import properties

_VARIANTS = ("zh-Hans", "zh-Hant")
_STATES = ("open", "done")


class DocumentProperties(Dialog):
    """Title, date, script and status of a document, and what is known of its origin."""

    def __init__(self, workbench: Workbench, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(say("properties.document"), parent)
        self._workbench, self._document = workbench, document
        info = document.info
        self._title = QLineEdit(info.title)
        self._date = QLineEdit(info.date or "", placeholderText=say("properties.date.hint"))
        self._variant = _choice("properties.variant", _VARIANTS, info.zh_lang)
        self._status = _choice("properties.status", _STATES, info.status)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for key, field in (
            ("title", self._title),
            ("date", self._date),
            ("variant", self._variant),
            ("status", self._status),
        ):
            field.setAccessibleName(say(f"properties.{key}"))
            form.addRow(say(f"properties.{key}"), field)
        self.body.addLayout(form)
        self.body.addWidget(muted(_facts(document)))
        self.body.addStretch(1)
        accept = self.add_accept(say("properties.accept"))
        self.add_cancel()
        session = workbench.session
        accept.setEnabled(session is not None and session.read_only is None)
        self.fit(460)

    def accept(self) -> None:
        """Keep what was changed, or say what is wrong with it."""
        try:
            edit = properties.change_info(
                self._document,
                title=self._title.text().strip(),
                date=self._date.text().strip() or None,
                zh_lang=self._variant.currentData(),
                status=self._status.currentData(),
            )
        except AnnotatorError as error:
            self.complain(str(error))
            return
        if self._workbench.do(edit) is not None:
            super().accept()


class ProjectProperties(Dialog):
    """The title of a project."""

    def __init__(self, workbench: Workbench, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(say("properties.project"), parent)
        self._workbench, self._project = workbench, project
        self._title = QLineEdit(project.title)
        self._title.setAccessibleName(say("properties.title"))
        form = QFormLayout()
        form.addRow(say("properties.title"), self._title)
        self.body.addLayout(form)
        count = len(workbench.session.document_ids) if workbench.session else 0
        self.body.addWidget(
            muted(say("properties.project.facts", documents=count, labels=len(project.labels)))
        )
        self.body.addStretch(1)
        self.add_accept(say("properties.accept"))
        self.add_cancel()
        self.fit(460)

    def accept(self) -> None:
        """Keep the title, or say what is wrong with it."""
        try:
            edit = properties.rename_project(self._project, self._title.text())
        except AnnotatorError as error:
            self.complain(str(error))
            return
        if self._workbench.do(edit) is not None:
            super().accept()


def _choice(key: str, values: tuple[str, ...], chosen: str) -> QComboBox:
    box = QComboBox()
    for value in values if chosen in values else (*values, chosen):
        title = say(f"{key}.{value}")
        box.addItem(value if title == f"{key}.{value}" else title, value)
    box.setCurrentIndex(box.findData(chosen))
    return box


def _facts(document: Document) -> str:
    info = document.info
    facts = [
        say(
            "properties.facts",
            rows=len(document.pairs),
            spans=len(document.spans),
            links=len(document.links),
        )
    ]
    if info.source.files:
        key = "properties.source" if info.source.encoding else "properties.source.plain"
        facts.append(say(key, files=", ".join(info.source.files), encoding=info.source.encoding))
    if info.set_aside:
        facts.append(say("properties.set_aside", count=len(info.set_aside)))
    if info.corrections:
        facts.append(say("properties.corrections", count=len(info.corrections)))
    return "\n".join(facts)


def document_properties(workbench: Workbench, parent: QWidget | None = None) -> None:
    """Open the properties of the document shown."""
    if workbench.document is not None:
        dialog = DocumentProperties(workbench, workbench.document, parent)
        dialog.exec()
        dialog.deleteLater()


def project_properties(workbench: Workbench, parent: QWidget | None = None) -> None:
    """Open the properties of the project."""
    if workbench.session is not None:
        dialog = ProjectProperties(workbench, workbench.session.project, parent)
        dialog.exec()
        dialog.deleteLater()


def remove_document(workbench: Workbench, parent: QWidget | None = None) -> str | None:
    """Take the document shown out of the project, if the user agrees; the id of the one to show then."""
    document, session = workbench.document, workbench.session
    if document is None or session is None or not _agreed(document, parent):
        return None
    place = session.document_ids.index(document.id)
    if workbench.do(properties.remove_document(document)) is None:
        return None
    rest = session.document_ids
    return rest[min(place, len(rest) - 1)] if rest else None


def _agreed(document: Document, parent: QWidget | None) -> bool:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(say("remove.title"))
    box.setText(say("remove.ask", document=document.title))
    box.setInformativeText(say("remove.more", rows=len(document.pairs), spans=len(document.spans)))
    remove = box.addButton(say("remove.accept"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(say("button.cancel"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is remove
