"""The actions that annotate, move and align, through the keys of the command table and a real view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from making import document, link, session, span, with_spans
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu

from annotator.commands import COMMANDS
from annotator.core.document import Document
from annotator.language.words import Words
from annotator.qt.actions.registry import Context, actions
from annotator.qt.linking import candidates, linking
from annotator.qt.parallel.view import ParallelView
from annotator.qt.workbench import Workbench
from annotator.services.cursor import Cursor

OURS = ("annotate.", "span.", "align.", "sentence.", "text.", "pair.", "move.", "extend.", "labels.")
NAV = ("nav.next_span", "nav.previous_span", "nav.partner", "nav.counterpart", "nav.next_open")


@dataclass
class Desk:
    """A view with the keys of the commands, and what it said."""

    bench: Workbench
    view: ParallelView
    told: list[str] = field(default_factory=list)

    def run(self, command_id: str, argument: str = "") -> None:
        actions()[command_id].function(Context(self.bench, self.view, self, argument))

    def open(self, text: Document) -> None:
        self.bench.open_session(session(text))
        self.bench.show_document(text.id)

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(self.view, combination.key(), combination.keyboardModifiers())

    @property
    def text(self) -> Document:
        shown = self.bench.document
        assert shown is not None
        return shown

    @property
    def quotes(self) -> list[tuple[str, str]]:
        return [(one.quote, one.label) for one in self.text.spans]

    @property
    def selected(self) -> str | None:
        return self.bench.span.quote if self.bench.span else None


@pytest.fixture
def desk(qtbot) -> Iterator[Desk]:
    bench = Workbench(Words())
    view = ParallelView(bench)
    qtbot.addWidget(view)
    result = Desk(bench, view)
    bench.message.connect(lambda text, _: result.told.append(text))
    for name, command in COMMANDS.items():
        if name in actions() and command.scope == "text":
            one = QAction(view)
            one.setShortcuts([QKeySequence(key) for key in command.keys])
            one.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            one.triggered.connect(lambda *_, name=name: result.run(name))
            view.addAction(one)
    view.resize(900, 600)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    result.open(document())
    yield result
    bench.open_session(None)


def _put(desk: Desk, side: str, quote: str) -> None:
    start = desk.text.text(side).index(quote)
    desk.bench.move(Cursor.over(side, start, start + len(quote)))


def test_every_command_of_these_areas_is_bound() -> None:
    ours = {name for name in COMMANDS if name.startswith(OURS) or name in NAV}
    assert ours - set(actions()) <= {"annotate.occurrences_project"}


def test_a_label_annotates_the_selection_and_then_relabels_the_span(desk: Desk) -> None:
    _put(desk, "zh", "顾岚")
    desk.run("annotate.label", "PERSON")
    assert desk.quotes == [("顾岚", "PERSON")]
    assert desk.selected == "顾岚"
    assert desk.bench.cursor.selection is None
    desk.run("annotate.label", "PLACE")
    assert desk.quotes == [("顾岚", "PLACE")]


def test_a_label_without_a_selection_says_what_to_do(desk: Desk) -> None:
    desk.run("annotate.label", "PERSON")
    assert desk.quotes == []
    assert "Select some text" in desk.told[-1]


def test_a_selection_made_by_keys_alone_is_annotated(desk: Desk) -> None:
    desk.press("Ctrl+Down", "Right", "Right", "Right", "Shift+Right", "Shift+Right")
    desk.run("annotate.label", "PERSON")
    assert desk.quotes == [("顾岚", "PERSON")]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_label_key_offers_all_labels(desk: Desk) -> None:
    _put(desk, "zh", "顾岚")
    desk.press("L")
    (menu,) = desk.view.findChildren(QMenu)
    assert [entry.text().partition("\t")[0] for entry in menu.actions()] == ["Person", "Place"]
    menu.actions()[1].trigger()
    menu.close()
    assert desk.quotes == [("顾岚", "PLACE")]


def test_return_selects_the_innermost_span_and_then_the_next_one_out(desk: Desk) -> None:
    text = document()
    desk.open(with_spans(text, [span(text, "zh", "海口"), span(text, "zh", "在海口会见", "THEME")]))
    desk.bench.move(Cursor.at("zh", text.zh.index("口会")))
    desk.press("Return")
    assert desk.selected == "海口"
    desk.press("Return")
    assert desk.selected == "在海口会见"
    desk.press("Home", "Return")
    assert "no annotation" in desk.told[-1]


def test_deleting_leaves_the_caret_where_the_span_was(desk: Desk) -> None:
    text = document()
    one = span(text, "en", "Gu Lan")
    desk.open(with_spans(text, [one]))
    desk.press("Tab", "N", "Del")
    assert desk.quotes == []
    assert desk.bench.cursor == Cursor.at("en", one.start)
    desk.bench.undo()
    assert desk.quotes == [("Gu Lan", "PERSON")]


@pytest.mark.parametrize(
    ("key", "quote"),
    [
        ("A", "met Yoko Yoshida"),
        ("S", "Yoshida"),
        ("D", "Yoko"),
        ("F", "Yoko Yoshida in"),
        ("Shift+A", "t Yoko Yoshida"),
        ("Shift+S", "oko Yoshida"),
        ("Shift+D", "Yoko Yoshid"),
        ("Shift+F", "Yoko Yoshida i"),
    ],
)
def test_keys_nudge_either_edge_by_word_or_character(desk: Desk, key: str, quote: str) -> None:
    text = document()
    one = span(text, "en", "Yoko Yoshida")
    desk.open(with_spans(text, [one]))
    desk.bench.select(one.id, reveal=True)
    desk.press(key)
    assert desk.selected == quote


def test_certainty_goes_round(desk: Desk) -> None:
    text = document()
    one = span(text, "en", "Haikou")
    desk.open(with_spans(text, [one]))
    desk.bench.select(one.id)
    seen = []
    for _ in range(3):
        desk.press("C")
        assert desk.bench.span is not None
        seen.append(desk.bench.span.certainty)
    assert seen == ["likely", "unsure", "certain"]


def test_next_and_previous_annotation_and_the_partner(desk: Desk) -> None:
    text = document()
    zh, en, last = span(text, "zh", "顾岚"), span(text, "en", "Gu Lan"), span(text, "zh", "周三")
    desk.open(with_spans(text, [zh, en, last], [link(zh, en)]))
    desk.press("N")
    assert desk.selected == "顾岚"
    desk.press("G")
    assert (desk.selected, desk.bench.cursor.side) == ("Gu Lan", "en")
    desk.press("G", "N")
    assert desk.selected == "周三"
    desk.press("N")
    assert "No further annotation" in desk.told[-1]
    desk.press("P")
    assert desk.selected == "顾岚"


def test_tab_goes_to_the_aligned_place_and_back(desk: Desk) -> None:
    desk.press("Ctrl+Down", "Ctrl+Down", "Tab")
    assert desk.bench.cursor == Cursor.at("en", desk.text.en.index("“Not"))
    desk.press("Tab")
    assert desk.bench.cursor == Cursor.at("zh", desk.text.zh.index("“还"))


def test_space_marks_the_pair_as_done_and_goes_on(desk: Desk) -> None:
    desk.press("Space", "Space")
    assert len(desk.text.done) == 2
    assert desk.bench.cursor == Cursor.at("zh", desk.text.zh.index("“还"))
    desk.press("Ctrl+Return")
    assert len(desk.text.done) == 3
    desk.press("U", "Space")
    assert "All pairs are done" in desk.told[-1]
    desk.run("pair.toggle_done", "0")
    assert len(desk.text.done) == 3


def test_a_pair_is_gone_to_by_its_number(desk: Desk) -> None:
    desk.run("nav.go_to")
    (dialog,) = desk.view.findChildren(QInputDialog)
    assert dialog.intMaximum() == 4
    dialog.setIntValue(3)
    dialog.accept()
    assert desk.bench.cursor == Cursor.at("zh", desk.text.zh.index("“还"))


def _pairs(desk: Desk) -> list[tuple[int, int]]:
    return [(len(pair.zh), len(pair.en)) for pair in desk.text.pairs]


def test_the_alignment_is_corrected_by_keys_and_taken_back(desk: Desk) -> None:
    before = desk.text
    desk.press("Ctrl+Down", "Alt+Right", "Ctrl+D")
    assert _pairs(desk) == [(1, 1)] * 5
    desk.press("Ctrl+Up", "Ctrl+M")
    assert len(desk.text.pairs) == 4
    desk.press("Alt+Down")
    assert desk.text.pairs[1].confirmed
    for _ in range(3):
        desk.bench.undo()
    assert desk.text == before


def test_sentences_are_split_and_joined_at_the_caret(desk: Desk) -> None:
    desk.press("Ctrl+Down", "Right", "Right", "Right", "Ctrl+Shift+D")
    assert len(desk.text.pairs[1].zh) == 3
    desk.press("Left", "Ctrl+Shift+M")
    assert len(desk.text.pairs[1].zh) == 2
    desk.press("Ctrl+Home", "Ctrl+Shift+M")
    assert "last sentence of pair 1" in desk.told[-1]


def test_confirming_is_a_switch(desk: Desk) -> None:
    desk.press("Ctrl+Shift+Return")
    assert desk.text.pairs[0].confirmed
    desk.press("Ctrl+Shift+Return")
    assert not desk.text.pairs[0].confirmed


def test_undo_and_redo_show_what_they_changed(desk: Desk) -> None:
    _put(desk, "en", "Wednesday")
    desk.run("annotate.label", "PERSON")
    start = desk.text.en.index("Wednesday")
    for command, selected in (("edit.undo", None), ("edit.redo", "Wednesday")):
        desk.bench.move(Cursor())
        desk.run(command)
        assert desk.bench.cursor == Cursor.at("en", start)
        assert desk.selected == selected
    desk.press("Space")
    desk.bench.move(Cursor())
    desk.run("edit.undo")
    assert desk.bench.cursor == Cursor.at("zh", desk.text.zh.index("她周三"))


def test_undo_in_another_document_says_where(desk: Desk) -> None:
    desk.bench.open_session(session(document(), document(doc="doc2")))
    desk.bench.show_document("doc2")
    desk.press("Space")
    desk.bench.show_document("doc1")
    desk.run("edit.undo")
    assert desk.told[-1] == "Changed in “Port”."


def _people(desk: Desk, *english: str) -> None:
    text = document()
    spans = [span(text, "zh", "顾岚"), *(span(text, "en", quote) for quote in english)]
    desk.open(with_spans(text, spans))
    desk.bench.select(spans[0].id, reveal=True)


def test_a_single_fitting_candidate_is_linked_at_once(desk: Desk) -> None:
    _people(desk, "Gu Lan")
    desk.press("K")
    assert len(desk.text.links) == 1
    assert desk.told[-1] == "Linked “顾岚” with “Gu Lan”."
    assert desk.selected == "顾岚"
    desk.press("Shift+K")
    assert not len(desk.text.links)


def test_tab_goes_through_the_candidates_and_return_links(desk: Desk) -> None:
    _people(desk, "Gu Lan", "Yoko Yoshida")
    desk.press("K")
    assert desk.selected == "Gu Lan"
    desk.press("Tab")
    assert desk.selected == "Yoko Yoshida"
    desk.press("Tab", "Shift+Tab", "Return")
    (made,) = desk.text.links
    assert desk.text.spans.get(made.b).quote == "Yoko Yoshida"
    assert linking(desk.view).held is None


def test_escape_lets_go_and_the_keys_mean_what_they_meant(desk: Desk) -> None:
    _people(desk, "Gu Lan", "Yoko Yoshida")
    desk.press("K", "Tab", "Esc")
    assert desk.selected == "顾岚"
    assert not len(desk.text.links)
    desk.press("Tab")
    assert desk.bench.cursor.side == "en"


def test_a_clicked_span_is_linked_too(desk: Desk, qtbot) -> None:
    _people(desk, "Gu Lan", "Yoko Yoshida")
    desk.press("K")
    target = next(one for one in desk.text.spans if one.quote == "Yoko Yoshida")
    rect = desk.view.scene.caret("en", target.start + 3)
    assert rect is not None
    QTest.mouseClick(
        desk.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        rect.center().toPoint(),
    )
    qtbot.waitUntil(lambda: len(desk.text.links) == 1)
    (made,) = desk.text.links
    assert made.b == target.id


def test_without_a_candidate_any_other_span_can_be_chosen(desk: Desk) -> None:
    text = document()
    one, far = span(text, "zh", "顾岚"), span(text, "en", "Gu Lan", nth=1)
    desk.open(with_spans(text, [one, far]))
    desk.bench.select(one.id, reveal=True)
    desk.press("K")
    assert "Select the annotation" in desk.told[-1]
    desk.bench.select(far.id, reveal=True)
    desk.press("K")
    assert len(desk.text.links) == 1


def test_candidates_come_with_the_same_label_and_without_a_partner_first() -> None:
    text = document()
    zh, other_zh = span(text, "zh", "顾岚"), span(text, "zh", "𠮷田洋子")
    gu, yoko, place = (
        span(text, "en", "Gu Lan"),
        span(text, "en", "Yoko Yoshida"),
        span(text, "en", "Haikou", "PLACE"),
    )
    text = with_spans(text, [zh, other_zh, gu, yoko, place], [link(other_zh, gu)])
    assert candidates(text, zh) == [yoko, gu, place]
    assert candidates(text, other_zh) == [yoko, place]
