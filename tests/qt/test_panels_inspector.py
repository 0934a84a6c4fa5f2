"""The inspector and the guideline on a real project."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from annotator.core.labels import LabelSet
from annotator.core.messages import say, speak
from annotator.qt.panels.guideline import Guideline, page
from annotator.qt.panels.inspector import Inspector, shortened
from annotator.qt.workbench import Workbench
from annotator.services import annotate


@pytest.fixture
def panel(qtbot, bench: Workbench) -> Inspector:
    result = Inspector(bench)
    qtbot.addWidget(result)
    result.resize(260, 700)
    result.show()
    return result


@pytest.fixture
def linked(bench: Workbench) -> str:
    """The id of a span that has a partner."""
    return next(one.id for one in bench.document.spans if bench.document.links.of(one.id))


def test_says_what_to_do_while_nothing_is_selected(panel):
    assert panel._empty.isVisible()


def test_shows_the_selected_span(panel, bench, linked):
    bench.select(linked)
    span = bench.span
    assert panel._quote.text() == span.quote
    assert panel._label.currentData() == span.label
    assert panel._certainty.currentData() == span.certainty


def test_relabels(panel, bench, linked):
    bench.select(linked)
    panel._label.setCurrentIndex(panel._label.findData("THEME"))
    panel._label.activated.emit(panel._label.currentIndex())
    assert bench.span.label == "THEME"
    bench.undo()
    assert panel._label.currentData() == bench.span.label != "THEME"


def test_a_label_that_stands_there_already_is_refused_in_words(panel, bench, told, linked):
    bench.select(linked)
    span = bench.span
    bench.do(annotate.annotate(bench.document, span.side, span.start, span.end, "THEME", by="me"))
    panel._label.setCurrentIndex(panel._label.findData("THEME"))
    panel._label.activated.emit(panel._label.currentIndex())
    assert len(told) == 1
    assert panel._label.currentData() == span.label


def test_keeps_a_note_when_another_span_is_selected(panel, bench, linked):
    bench.select(linked)
    panel._note.setPlainText("a\u00a0doubt")
    other = next(one.id for one in bench.document.spans if one.id != linked)
    bench.select(other)
    assert bench.document.spans.get(linked).note == "a\u00a0doubt"
    assert panel._note.toPlainText() != "a doubt"


def test_edit_note_puts_the_caret_there(panel, bench, linked, qtbot):
    bench.select(linked)
    panel.activateWindow()
    panel.edit_note()
    qtbot.waitUntil(panel._note.hasFocus)


def test_a_partner_is_followed_and_cut(panel, bench, linked):
    bench.select(linked)
    partner = bench.document.partners(linked)[0]
    panel._links.findChild(QPushButton).click()
    assert bench.selected == partner.id
    count = len(bench.document.links)
    panel._links.findChild(QToolButton).click()
    assert len(bench.document.links) == count - 1


def test_speaks_another_language_at_once(panel, bench, linked):
    bench.select(linked)
    speak("zh")
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert panel._captions["note"].text() == say("inspector.note") == "备注"


def test_fits_a_narrow_sidebar(panel, bench):
    for span in bench.document.spans:
        bench.select(span.id)
        area = panel._stack.currentWidget()
        assert area.widget().minimumSizeHint().width() <= area.viewport().width(), span.quote


def test_a_long_quote_loses_its_middle():
    assert len(shortened("很长" * 200)) < 170
    assert shortened("a\n b") == "a b"


def test_the_guideline_names_every_label(bench, qtbot):
    panel = Guideline(bench)
    qtbot.addWidget(panel)
    labels = bench.session.project.label_set
    text = panel._page.toPlainText()
    assert all(label.title("en") in text for label in labels)
    examples = [line.translate({91: None, 93: None}) for one in labels for line in one.examples]
    assert all(part in text for line in examples for part in line.split(" · "))
    assert page(LabelSet()) == "<p>This project has no labels yet.</p>"
