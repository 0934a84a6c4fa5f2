"""Which sources of suggestions a project uses, and where those are that must be told."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.core.edits import Caption, Edit, ProjectChange
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.extend import Suggester, suggesters
from annotator.qt.dialogs.base import Dialog, muted, start_with
from annotator.qt.dialogs.optionsform import OptionsForm
from annotator.qt.workbench import Workbench
from annotator.services.asking import is_set_up, needs_setup, options_of, sources_of
from annotator.settings import Settings
from annotator.suggesters.web import origin

_INDENT = 26


class SourcesDialog(Dialog):
    """A tick for every source that there is; below one that must be set up, its options."""

    def __init__(
        self, workbench: Workbench, project: Project, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(say("command.suggest.sources").rstrip("…"), parent)
        self._workbench, self._project, self._settings = workbench, project, settings
        self.boxes: dict[str, QCheckBox] = {}
        self.forms: dict[str, OptionsForm] = {}
        self.body.addWidget(muted(say("sources.about")))
        page = QWidget()
        self._list = QVBoxLayout(page)
        self._list.setContentsMargins(0, 0, 8, 0)
        for name, source in sorted(suggesters().items(), key=lambda one: (needs_setup(one[1]), one[0])):
            self._add(name, source)
        self._list.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self.body.addWidget(area, 1)
        self.add_accept(say("button.ok"))
        self.add_cancel()
        start_with(self, 500, 560)

    def _add(self, name: str, source: Suggester) -> None:
        box = QCheckBox(say(source.title))
        box.setChecked(name in sources_of(self._project))
        box.setToolTip(source.source)
        self.boxes[name] = box
        self._list.addWidget(box)
        about = say(f"{source.title}.about")
        if about != f"{source.title}.about":
            remark = muted(about)
            remark.setContentsMargins(_INDENT, 0, 0, 0)
            self._list.addWidget(remark)
        if needs_setup(source):
            form = OptionsForm()
            form.setContentsMargins(_INDENT, 0, 0, 6)
            kept = self._settings.get("source_options").get(name, {})
            form.show_options(source.options, options_of(source, kept))
            for label in form.findChildren(QLabel):
                label.setWordWrap(True)
            form.setVisible(box.isChecked())
            box.toggled.connect(form.setVisible)
            self.forms[name] = form
            self._list.addWidget(form)

    def accept(self) -> None:
        """Use what is ticked; what is used without a choice is the same as never having chosen."""
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        try:
            self._keep_options(chosen)
        except AnnotatorError as error:
            self.complain(str(error))
            return
        untouched = list(chosen) == sources_of(replace(self._project, sources=None))
        wanted = None if untouched else chosen
        if wanted != self._project.sources:
            after = replace(self._project, sources=wanted)
            edit = Edit(caption=Caption("edit.sources"), project=ProjectChange(self._project, after))
            if self._workbench.do(edit) is None:
                return
        super().accept()

    def _keep_options(self, chosen: tuple[str, ...]) -> None:
        """Keep what was set up. Who gives an address and confirms allows texts to be sent there.

        Raises:
            AnnotatorError: if a source that is to be used is not set up, or an address is none.
        """
        kept: dict[str, Any] = dict(self._settings.get("source_options"))
        addresses = set(self._settings.get("source_addresses"))
        for name in (one for one in chosen if one in self.forms):
            source, options = suggesters()[name], self.forms[name].options()
            if not is_set_up(source, options):
                raise AnnotatorError("suggesting.not_set_up", source=say(source.title))
            kept[name] = asdict(options)
            if hasattr(options, "address"):
                addresses.add(origin(options.address))
        self._settings.set("source_options", kept)
        self._settings.set("source_addresses", sorted(addresses))


def choose_sources(workbench: Workbench, settings: Settings, parent: QWidget) -> None:
    """Open the dialog on the project as it is."""
    if workbench.session is None:
        return
    dialog = SourcesDialog(workbench, workbench.session.project, settings, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
