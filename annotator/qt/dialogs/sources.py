"""Which sources of suggestions a project uses."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from annotator.core.edits import Caption, Edit, ProjectChange
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.extend import suggesters
from annotator.qt.dialogs.base import Dialog, muted
from annotator.qt.workbench import Workbench
from annotator.services.asking import sources_of


class SourcesDialog(Dialog):
    """A tick for every source that there is."""

    def __init__(self, workbench: Workbench, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(say("command.suggest.sources").rstrip("…"), parent)
        self._workbench = workbench
        self._project = project
        self.body.addWidget(muted(say("sources.about")))
        used = sources_of(project)
        self.boxes: dict[str, QCheckBox] = {}
        for name, source in suggesters().items():
            box = QCheckBox(say(source.title))
            box.setChecked(name in used)
            box.setToolTip(source.source)
            self.boxes[name] = box
            self.body.addWidget(box)
            about = say(f"{source.title}.about")
            if about != f"{source.title}.about":
                remark = muted(about)
                remark.setContentsMargins(26, 0, 0, 0)
                self.body.addWidget(remark)
        self.add_accept(say("button.ok"))
        self.add_cancel()
        self.fit(440)

    def accept(self) -> None:
        """Use what is ticked; what is used without a choice is the same as never having chosen."""
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        untouched = list(chosen) == sources_of(replace(self._project, sources=None))
        wanted = None if untouched else chosen
        if wanted != self._project.sources:
            after = replace(self._project, sources=wanted)
            edit = Edit(caption=Caption("edit.sources"), project=ProjectChange(self._project, after))
            if self._workbench.do(edit) is None:
                return
        super().accept()


def choose_sources(workbench: Workbench, parent: QWidget) -> None:
    """Open the dialog on the project as it is."""
    if workbench.session is None:
        return
    dialog = SourcesDialog(workbench, workbench.session.project, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
