"""Which sources of suggestions a project uses."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.core.edits import Caption, Edit, ProjectChange
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.extend import Suggester, suggesters
from annotator.qt.dialogs.base import Dialog, muted, start_with
from annotator.qt.dialogs.sourcesetup import SourceSetup
from annotator.qt.workbench import Workbench
from annotator.services.asking import is_set_up, needs_setup, sources_of
from annotator.services.setups import SETUPS, options_of
from annotator.settings import Settings

_AROUND = 150
"""Pixels of the dialog above and below the sources."""


class SourcesDialog(Dialog):
    """A tick for every source that there is."""

    def __init__(
        self, workbench: Workbench, settings: Settings, project: Project, parent: QWidget | None = None
    ) -> None:
        super().__init__(say("command.suggest.sources").rstrip("…"), parent)
        self._workbench = workbench
        self._project, self._settings = project, settings
        self.body.addWidget(muted(say("sources.about")))
        used = sources_of(project)
        self.boxes: dict[str, QCheckBox] = {}
        lines = self._scrolled()
        for name, source in sorted(suggesters().items(), key=lambda one: needs_setup(one[1])):
            box = QCheckBox(say(source.title))
            box.setChecked(name in used)
            box.setToolTip(source.source)
            self.boxes[name] = box
            lines.addLayout(self._line(source, box))
            about = say(f"{source.title}.about")
            if about != f"{source.title}.about":
                remark = muted(about)
                remark.setContentsMargins(26, 0, 0, 0)
                lines.addWidget(remark)
        self.add_accept(say("button.ok"))
        self.add_cancel()
        start_with(self, 460, self._lines.heightForWidth(420) + _AROUND)

    def _scrolled(self) -> QVBoxLayout:
        """Where the sources stand: all of them, if the screen is high enough."""
        self._lines = QWidget()
        lines = QVBoxLayout(self._lines)
        lines.setContentsMargins(0, 0, 8, 0)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(self._lines)
        self.body.addWidget(area, 1)
        return lines

    def _line(self, source: Suggester, box: QCheckBox) -> QHBoxLayout:
        """The tick, and for a source outside the program the way to set it up."""
        line = QHBoxLayout()
        line.addWidget(box, 1)
        if needs_setup(source):
            button = QPushButton(say("sources.set_up"))
            button.setAutoDefault(False)
            button.setAccessibleName(say("sources.set_up_one", source=say(source.title)))
            button.clicked.connect(partial(self._set_up, source))
            line.addWidget(button)
        return line

    def _is_ready(self, source: Suggester) -> bool:
        return is_set_up(source, options_of(source, self._settings.get(SETUPS)))

    def _set_up(self, source: Suggester) -> None:
        dialog = SourceSetup(source, self._settings, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self.boxes[source.name].setChecked, True))
        dialog.open()

    def accept(self) -> None:
        """Use what is ticked; what is used without a choice is the same as never having chosen."""
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        known = suggesters()
        unready = next((known[name] for name in chosen if not self._is_ready(known[name])), None)
        if unready is not None:
            self.complain(say("suggesting.not_set_up", source=say(unready.title)))
            return
        untouched = list(chosen) == sources_of(replace(self._project, sources=None))
        wanted = None if untouched else chosen
        if wanted != self._project.sources:
            after = replace(self._project, sources=wanted)
            edit = Edit(caption=Caption("edit.sources"), project=ProjectChange(self._project, after))
            if self._workbench.do(edit) is None:
                return
        super().accept()


def choose_sources(workbench: Workbench, settings: Settings, parent: QWidget) -> None:
    """Open the dialog on the project as it is."""
    if workbench.session is None:
        return
    dialog = SourcesDialog(workbench, settings, workbench.session.project, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
