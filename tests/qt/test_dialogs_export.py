"""The export dialog on a real project: what it shows before, what it writes, what it asks, what it keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.core.messages import LANGUAGES, speak
from annotator.extend import Loss, Report, exporters
from annotator.qt.dialogs.exporting import ExportDialog
from annotator.qt.dialogs.exportlook import sentences
from annotator.qt.dialogs.exporttarget import free
from annotator.qt.dialogs.optionsform import OptionsForm
from annotator.qt.tasks import busy
from annotator.qt.theme import themes
from annotator.qt.workbench import Workbench
from annotator.services import exporting
from annotator.services.samples import private_copy
from annotator.settings import Settings
from annotator.store import suggestion_file

Make = Callable[[], ExportDialog]


@pytest.fixture
def make(qtbot: QtBot, bench: Workbench, tmp_path: Path) -> Iterator[Make]:
    settings = Settings(tmp_path / "settings.json")
    made: list[ExportDialog] = []

    def make() -> ExportDialog:
        assert bench.session is not None
        dialog = ExportDialog(bench, bench.session, folder=private_copy("readout"), settings=settings)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.target.line.setText(str(tmp_path / "out"))
        dialog.formats.choose("jsonl")
        made.append(dialog)
        return dialog

    yield make
    for one in made:
        one.reject()
    qtbot.waitUntil(lambda: not busy(), timeout=60_000)


@pytest.fixture
def dialog(make: Make) -> ExportDialog:
    return make()


def settled(qtbot: QtBot, dialog: ExportDialog) -> None:
    # A library that is imported for the first time may take its time.
    qtbot.waitUntil(lambda: dialog.look.settled, timeout=60_000)


def written(qtbot: QtBot, dialog: ExportDialog) -> list[Path]:
    qtbot.waitUntil(lambda: dialog._report is not None)
    return list(dialog._report.files)


def question() -> QMessageBox | None:
    return next((one for one in QGuiApplication.instance().topLevelWidgets() if _asks(one)), None)


def _asks(widget: object) -> bool:
    return isinstance(widget, QMessageBox) and widget.isVisible()


def press(box: QMessageBox, text: str) -> None:
    next(one for one in box.buttons() if one.text().startswith(text)).click()


@pytest.mark.parametrize("name", sorted(exporters()))
def test_previews_every_format_that_can_be_written(dialog: ExportDialog, qtbot: QtBot, name: str) -> None:
    dialog.formats.choose(name)
    settled(qtbot, dialog)
    if not dialog.formats.ready:
        assert not dialog._accept.isEnabled()
        assert exporters()[name].needs.command == dialog.formats._command.text()
        return
    expected = exporting.preview(dialog.corpus(), name, dialog.options.options(), 500)
    assert dialog.look.text.toPlainText().startswith(expected[:500].rstrip("\n"))
    assert dialog.look.losses.text()
    assert dialog.look.counts.text().startswith("1 document, ")


def test_a_format_whose_library_is_missing_is_grey_and_its_command_can_be_copied(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.extend.find_spec", lambda _: None)
    dialog = make()
    dialog.formats.choose("spacy")
    starts = Qt.MatchFlag.MatchStartsWith
    ready, missing = (dialog.formats.list.findItems(one, starts)[0] for one in ("doccano", "spaCy"))
    assert missing.foreground() != ready.foreground()
    qtbot.mouseClick(dialog.formats._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == 'pip install "annotator[spacy]"'
    assert not dialog._accept.isEnabled()
    dialog.formats.choose("doccano")
    assert dialog._accept.isEnabled()
    assert not dialog.formats._install.isVisible()


def test_formats_are_found_by_typing(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.formats.search, "label stu")
    assert dialog.exporter.name == "labelstudio"
    items = dialog.formats.list.findItems("", Qt.MatchFlag.MatchContains)
    assert [one.text() for one in items if not one.isHidden()] == [dialog.formats.list.currentItem().text()]
    dialog.formats.search.clear()
    qtbot.keyClicks(dialog.formats.search, ".conll")
    qtbot.keyClick(dialog.formats.search, Qt.Key.Key_Down)
    assert dialog.exporter.name.startswith("conll")


def test_each_format_says_what_it_has_no_place_for(dialog: ExportDialog) -> None:
    dialog.formats.choose("tmx")
    assert dialog.formats._about.text().startswith("Has no place for: annotations, links")


def test_options_are_those_that_the_format_declares(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.formats.choose("conll")
    settled(qtbot, dialog)
    before = dialog.look.text.toPlainText()
    box = dialog.options._fields["unit"]
    box.setCurrentIndex(box.findData("word"))
    settled(qtbot, dialog)
    assert dialog.look.text.toPlainText() != before
    dialog.formats.choose("tmx")
    assert set(dialog.options._fields) == {"codes", "one_sided"}
    dialog.formats.choose("tsv")
    assert not dialog._options_section.isVisible()


def test_counts_and_losses_stand_there_before_anything_is_written(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.formats.choose("conll")
    settled(qtbot, dialog)
    assert dialog.look.counts.text().endswith(" annotations, 0 links")
    assert "Links, left out: 50." in dialog.look.losses.text()


def test_enter_exports_and_says_where(
    dialog: ExportDialog, told: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog.formats.list, Qt.Key.Key_Return)
    assert written(qtbot, dialog) == [tmp_path / "out.jsonl"]
    assert dialog.outcome.head.text() == "1 file written"
    assert str(tmp_path / "out.jsonl") in dialog.outcome.more.text()
    assert str(tmp_path / "out.jsonl") in told[-1]
    assert dialog._reveal.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_nothing_is_replaced_without_a_question(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("mine", encoding="utf-8")
    dialog._accept.click()
    box = question()
    assert str(path) in box.text()
    press(box, "Cancel")
    assert path.read_text(encoding="utf-8") == "mine"
    dialog._accept.click()
    press(question(), "Save as “out-2.jsonl”")
    assert written(qtbot, dialog) == [tmp_path / "out-2.jsonl"]
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_is_replaced_if_that_is_the_answer(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("mine", encoding="utf-8")
    dialog._accept.click()
    press(question(), "Replace")
    assert written(qtbot, dialog) == [path]
    assert path.read_text(encoding="utf-8").startswith("{")


def test_what_lies_beside_a_file_is_asked_for_too(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "out.config.xml").write_text("mine", encoding="utf-8")
    dialog.formats.choose("labelstudio")
    dialog._accept.click()
    box = question()
    assert "out.config.xml" in box.text()
    press(box, "Cancel")


def test_parts_go_to_a_folder_that_is_never_replaced(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("x", encoding="utf-8")
    dialog.parts["split"].put({"split": "80/20", "seed": 3, "stratify": True})
    dialog.parts["record"].put({"manifest": True, "anonymous": True})
    assert dialog.target.line.text() == str(tmp_path / "out")
    settled(qtbot, dialog)
    assert "train: 1 document" in dialog.look.counts.text()
    dialog._accept.click()
    box = question()
    assert [one.text() for one in box.buttons() if one.text() == "Replace"] == []
    press(box, "Save as “out-2”")
    names = [one.name for one in written(qtbot, dialog)]
    assert names == ["manifest.json", "train.jsonl"]
    record = json.loads((tmp_path / "out-2" / "manifest.json").read_text(encoding="utf-8"))
    assert record["selection"]["seed"] == 3
    assert "annotator-1" in (tmp_path / "out-2" / "train.jsonl").read_text(encoding="utf-8")


def test_shares_that_are_none_are_told_at_once(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.parts["split"].put({"split": "all"})
    settled(qtbot, dialog)
    assert "“all” is no division" in dialog.complaint
    dialog.parts["split"].put({"split": "80/20"})
    assert dialog.complaint == ""


def test_documents_of_no_such_kind_are_told_at_once(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.parts["some"].put({"state": "done"})
    settled(qtbot, dialog)
    assert "None of the documents" in dialog.complaint
    assert dialog.sections["some"].summary.text() == "done"


def test_only_some_labels_go_out(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.parts["annotations"].put({"labels": "PLACE"})
    assert dialog.sections["annotations"].summary.text().startswith("1 of ")
    dialog._accept.click()
    (path,) = written(qtbot, dialog)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {span["label"] for line in lines for span in line["spans"]} == {"PLACE"}


def test_without_any_label_there_is_nothing_to_export(dialog: ExportDialog) -> None:
    labels = dialog.parts["annotations"]._labels
    for row in range(labels.count()):
        labels.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog._accept.isEnabled()
    assert "at least one" in dialog.complaint
    labels.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog._accept.isEnabled()
    assert dialog.complaint == ""
    dialog.parts["annotations"].put({"labels": "GONE"})
    assert dialog.selection().labels == ""


def test_the_annotations_of_another_are_those_on_file(make: Make, qtbot: QtBot) -> None:
    folder = private_copy("readout")
    (folder / "annotations" / "gold").mkdir()
    own = make()
    assert own.layer.findData("gold") > 0
    own.layer.setCurrentIndex(own.layer.findData("gold"))
    settled(qtbot, own)
    assert own.look.counts.text() == "1 document, 0 annotations, 0 links"
    own.layer.setCurrentIndex(0)
    settled(qtbot, own)
    assert own.look.counts.text() != "1 document, 0 annotations, 0 links"


def test_suggestions_on_file_can_be_taken_along(bench: Workbench, make: Make, qtbot: QtBot) -> None:
    from annotator.core.suggestion import Reason, Suggestion

    folder = private_copy("readout")
    document = bench.document
    assert document is not None
    offered = [
        Suggestion(
            side="zh",
            start=at,
            end=at + 1,
            quote=document.zh[at],
            label="THEME",
            score=score,
            source="probe@1",
            reason=Reason("reason.file", {"file": "x"}),
        )
        for at, score in ((0, 0.9), (1, 0.2))
    ]
    path = folder / suggestion_file.suggestion_path("probe@1", document.id)
    suggestion_file.write(path, document, "probe@1", offered)
    dialog = make()
    settled(qtbot, dialog)
    without = len(document.spans)
    part = dialog.parts["annotations"]
    assert part._suggestions.isEnabled()
    part._suggestions.click()
    settled(qtbot, dialog)
    assert f"{without + 1} annotations" in dialog.look.counts.text()
    part._lowest.setValue(0.1)
    settled(qtbot, dialog)
    assert f"{without + 2} annotations" in dialog.look.counts.text()


def test_what_was_chosen_last_is_chosen_again(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    first = make()
    first.formats.choose("conll")
    box = first.options._fields["scheme"]
    box.setCurrentIndex(box.findData("bioes"))
    first.parts["split"].put({"split": "70/30", "seed": 9})
    first._accept.click()
    written(qtbot, first)
    again = make()
    assert again.selection().split == "70/30"
    again.formats.choose("conll")
    assert again.options.options().scheme == "bioes"
    assert again._memory.values["format"] == "conll"
    assert again._memory.values["to"] == str(tmp_path)


def test_a_file_that_cannot_be_written_is_told_in_the_dialog(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    dialog.write(tmp_path / "file" / "out.json")
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.isVisible()
    assert "out.json" in dialog.complaint or "file" in dialog.complaint


def test_cancelling_leaves_no_file(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    dialog.write(tmp_path / "out.jsonl")
    assert not dialog.formats.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.formats.isEnabled()
    qtbot.waitUntil(lambda: not busy())
    assert dialog._report is None


def test_the_ending_follows_the_format_and_the_name_the_choice(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dialog.target.path == tmp_path / "out.jsonl"
    dialog.formats.choose("tmx")
    assert dialog.target.path == tmp_path / "out.tmx"
    chosen = str(tmp_path / "other.tmx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (chosen, ""))
    dialog.target.browse.click()
    assert dialog.target.line.text() == chosen
    dialog.target.line.clear()
    dialog._accept.click()
    assert dialog.complaint


def test_a_free_name_has_the_next_number(tmp_path: Path) -> None:
    (tmp_path / "a-2.json").touch()
    assert free(tmp_path / "a.json") == tmp_path / "a-3.json"


def test_losses_are_sentences() -> None:
    assert sentences(Report()) == "Nothing is left out: everything that is annotated is in the file."
    assert sentences(Report(losses=(Loss("loss.links", 3),))) == "• Links, left out: 3."


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_small_window_with_every_section_open(make: Make, language: str) -> None:
    speak(language)
    themes().wear()
    dialog = make()
    for section in dialog.sections.values():
        section.heading.setChecked(True)
    dialog.formats.choose("conll")
    dialog.resize(760, 560)
    assert (dialog.width(), dialog.height()) == (760, 560)
    for name, part in dialog.parts.items():
        assert part.minimumSizeHint().width() <= part.width(), name


@dataclass(frozen=True)
class Options:
    """Options of every kind."""

    flag: bool = True
    count: int = 3
    name: str = "x"
    side: str = field(default="zh", metadata={"help": "option.side", "choices": ("both", "zh")})


def test_a_form_gives_back_what_was_set(qtbot: QtBot) -> None:
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


def test_every_option_of_every_format_can_be_set(qtbot: QtBot) -> None:
    for exporter in exporters().values():
        form = OptionsForm()
        qtbot.addWidget(form)
        form.show_options(exporter.options)
        assert form.options() == exporter.options()


def test_the_default_name_is_a_file_name(dialog: ExportDialog) -> None:
    assert not set(dialog._name("document")) & set('/\\:*?"<>| ')


def test_the_preview_opens_at_the_first_annotation(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.formats.choose("json")
    settled(qtbot, dialog)
    first = dialog.look.text.firstVisibleBlock().blockNumber()
    lines = dialog.look.text.toPlainText().splitlines()
    assert any('"spans"' in line for line in lines[first : first + 3])
