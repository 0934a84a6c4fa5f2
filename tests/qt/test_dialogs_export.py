"""The export dialog on a real project."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.core.errors import Cancelled
from annotator.extend import Loss, Report, exporters
from annotator.qt.dialogs import exporting as module
from annotator.qt.dialogs.exporting import ExportDialog, sentences
from annotator.qt.dialogs.optionsform import OptionsForm
from annotator.qt.tasks import busy
from annotator.qt.workbench import Workbench
from annotator.services import exporting


@pytest.fixture
def dialog(qtbot, bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> ExportDialog:
    monkeypatch.setattr(module, "_last", {})
    result = ExportDialog(bench, bench.session)
    qtbot.addWidget(result)
    result.show()
    yield result
    result.reject()
    qtbot.waitUntil(lambda: not busy())


def settled(qtbot, dialog: ExportDialog) -> None:
    # A library that is imported for the first time may take its time.
    qtbot.waitUntil(lambda: not dialog._pause.isActive() and dialog._glance is None, timeout=60_000)


def choose(dialog: ExportDialog, name: str) -> None:
    dialog._format.setCurrentIndex(dialog._format.findData(name))


@pytest.mark.parametrize("name", sorted(exporters()))
def test_previews_every_format(dialog, qtbot, name):
    needs = exporters()[name].needs
    if needs is not None and not needs.installed:
        choose(dialog, name)
        settled(qtbot, dialog)
        assert needs.command in dialog.complaint
        return
    choose(dialog, name)
    settled(qtbot, dialog)
    expected = exporting.preview(dialog.corpus(), name, dialog._options.options(), 500)
    assert dialog._preview.toPlainText().startswith(expected[:500].rstrip("\n"))
    assert dialog._losses.text()


def test_an_option_changes_the_preview(dialog, qtbot):
    choose(dialog, "conll")
    settled(qtbot, dialog)
    before = dialog._preview.toPlainText()
    box = dialog._options._fields["unit"]
    box.setCurrentIndex(box.findData("word"))
    settled(qtbot, dialog)
    assert dialog._preview.toPlainText() != before


def test_tells_what_is_lost(dialog, qtbot):
    choose(dialog, "conll")
    settled(qtbot, dialog)
    assert "Links, left out: 50." in dialog._losses.text()


def test_writes_the_file_and_says_where(dialog, told, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "out.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    choose(dialog, "json")
    dialog._accept.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert json.loads(path.read_text(encoding="utf-8"))
    assert str(path) in told[-1]


def test_a_file_that_cannot_be_written_is_told_in_the_dialog(dialog, tmp_path, qtbot):
    dialog.write(tmp_path / "missing" / "out.json")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.isVisible()
    assert "out.json" in dialog.complaint


def test_cancelling_leaves_no_file(dialog, tmp_path, qtbot, monkeypatch):
    def slow(*_: object, job) -> None:
        while not job.cancelled():
            pass
        raise Cancelled

    monkeypatch.setattr(module.exporting, "export", slow)
    dialog.write(tmp_path / "out.json")
    assert not dialog._format.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    assert dialog._format.isEnabled()
    qtbot.waitUntil(lambda: not busy())
    assert list(tmp_path.glob("*.json")) == []


def test_losses_are_sentences():
    assert sentences(Report()) == "Nothing: everything that is annotated is in the file."
    assert sentences(Report(losses=(Loss("loss.links", 3),))) == "• Links, left out: 3."


@dataclass(frozen=True)
class Options:
    """Options of every kind."""

    flag: bool = True
    count: int = 3
    name: str = "x"
    side: str = field(default="zh", metadata={"help": "option.side", "choices": ("both", "zh")})


def test_a_form_gives_back_what_was_set(qtbot):
    form = OptionsForm()
    qtbot.addWidget(form)
    form.show_options(Options)
    assert form.options() == Options()
    form._fields["flag"].setChecked(False)
    form._fields["count"].setValue(7)
    form._fields["name"].setText("y")
    with qtbot.waitSignal(form.changed):
        form._fields["side"].setCurrentIndex(0)
    assert form.options() == Options(False, 7, "y", "both")


def test_every_option_of_every_format_can_be_set(qtbot):
    for exporter in exporters().values():
        form = OptionsForm()
        qtbot.addWidget(form)
        form.show_options(exporter.options)
        assert form.options() == exporter.options()


def test_the_default_name_is_a_file_name(dialog):
    assert not set(dialog._name()) & set('/\\:*?"<>| ')
    assert isinstance(Path(dialog._name()), Path)


def test_the_preview_opens_at_the_first_annotation(dialog, qtbot):
    choose(dialog, "json")
    dialog.show()
    settled(qtbot, dialog)
    first = dialog._preview.firstVisibleBlock().blockNumber()
    lines = dialog._preview.toPlainText().splitlines()
    assert any('"spans"' in line for line in lines[first : first + 3])
