"""The entities panel on a real project."""

from __future__ import annotations

import pytest
from making import document, session, span, with_spans
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from annotator.core.messages import speak
from annotator.qt.panels.entities import Entities, next_mention
from annotator.qt.panels.entitymodel import EntityModel, names
from annotator.qt.workbench import Workbench
from annotator.services import annotate
from annotator.services.entities import Entity, groups


@pytest.fixture
def panel(qtbot, bench: Workbench) -> Entities:
    result = Entities(bench)
    qtbot.addWidget(result)
    result.resize(260, 600)
    result.show()
    qtbot.waitUntil(lambda: result._model.rowCount() > 0)
    return result


def row_of(panel: Entities, name: str) -> QModelIndex:
    rows = range(panel._model.rowCount())
    return next(panel._model.index(row, 0) for row in rows if name in panel._model.entities[row].en)


def test_lists_every_entity_with_both_names(panel, bench):
    assert list(panel._model.entities) == groups(bench.document)
    assert names(panel._model.entity(row_of(panel, "Langfang"))) == "廊坊 ↔ Langfang"


def test_return_goes_from_mention_to_mention_and_round_again(panel, bench, qtbot):
    index = row_of(panel, "Langfang")
    entity = panel._model.entity(index)
    panel._tree.setCurrentIndex(index)
    seen = []
    for _ in range(entity.total + 1):
        qtbot.keyClick(panel._tree, Qt.Key.Key_Return)
        seen.append(bench.selected)
    assert seen == [*entity.mentions, entity.mentions[0]]
    assert (bench.cursor.side, bench.cursor.offset) == (bench.span.side, bench.span.start)


def test_a_click_on_a_mention_selects_it(panel, bench, qtbot):
    index = row_of(panel, "Langfang")
    panel._tree.expand(index)
    mention = panel._model.index(2, 0, index)
    panel._tree.scrollTo(mention)
    place = panel._tree.visualRect(mention).center()
    qtbot.mouseClick(panel._tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.selected == panel._model.entity(index).mentions[2]


def test_the_search_finds_names_of_either_side_and_labels(panel, qtbot):
    panel._search.setText("廊坊")
    qtbot.waitUntil(lambda: [one.en for one in panel._model.entities] == [("Langfang",)])
    panel._search.setText("langf")
    qtbot.waitUntil(lambda: [one.en for one in panel._model.entities] == [("Langfang",)])
    panel._search.setText("DATE")
    qtbot.waitUntil(lambda: {one.label for one in panel._model.entities} == {"DATE"})


def test_an_empty_search_says_so(panel, qtbot):
    panel._search.setText("no such thing anywhere")
    qtbot.waitUntil(panel._no_match.isVisible)


def test_the_filter_keeps_those_with_a_mention_without_partner(panel, qtbot):
    panel._filter.setCurrentIndex(panel._filter.findData("alone"))
    qtbot.waitUntil(lambda: all(one.linked < one.total for one in panel._model.entities))
    assert panel._model.rowCount()


def test_a_mention_without_partner_says_so_in_words(panel):
    alone = next(one for one in panel._model.entities if one.linked < one.total)
    parent = panel._model.index(list(panel._model.entities).index(alone), 0)
    texts = [panel._model.index(row, 0, parent).data() for row in range(alone.total)]
    assert sum("unlinked" in text for text in texts) == alone.total - alone.linked


def test_follows_edits_and_keeps_what_was_unfolded(panel, bench, qtbot):
    index = row_of(panel, "Langfang")
    panel._tree.expand(index)
    entity = panel._model.entity(index)
    bench.do(annotate.remove(bench.document, [entity.mentions[-1]]))
    qtbot.waitUntil(lambda: panel._model.entity(row_of(panel, "Langfang")).total == entity.total - 1)
    assert panel._tree.isExpanded(row_of(panel, "Langfang"))


def test_hidden_it_does_nothing_until_it_is_shown(panel, bench, qtbot):
    entity = panel._model.entity(row_of(panel, "Langfang"))
    panel.hide()
    bench.do(annotate.remove(bench.document, entity.mentions))
    assert panel._work is None or not panel._pause.isActive() or panel._model.entities
    panel.show()
    qtbot.waitUntil(lambda: entity not in panel._model.entities)


def test_a_span_selected_in_the_text_is_brought_into_sight(panel, bench):
    entity = panel._model.entity(row_of(panel, "Langfang"))
    bench.select(entity.mentions[1])
    assert panel._model.entity(panel._tree.currentIndex()) == entity


def test_without_spans_it_says_what_to_do(qtbot):
    bare = Workbench(None)  # type: ignore[arg-type]
    text = document()
    bare.open_session(session(text))
    bare.show_document(text.id)
    panel = Entities(bare)
    qtbot.addWidget(panel)
    panel.show()
    assert panel._nothing.isVisible()
    assert not panel._search.isEnabled()


def test_speaks_another_language_at_once(panel, qtbot):
    speak("zh")
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert panel._filter.itemText(0) == "全部实体"
    qtbot.waitUntil(lambda: "个实体" in panel._summary.text())


def test_nothing_is_cut_off_in_a_narrow_sidebar(panel):
    assert panel.minimumSizeHint().width() <= 260
    assert not panel._tree.horizontalScrollBar().isVisible()


def test_the_next_mention_starts_at_the_first():
    entity = Entity("X", ("a",), (), ("one", "two"), 0, 2)
    assert [next_mention(entity, at) for at in (None, "one", "two")] == ["one", "two", "one"]


def test_many_entities_are_shown_in_batches(qtmodeltester):
    text = document()
    text = with_spans(text, [span(text, "zh", "顾岚")])
    model = EntityModel()
    mentions = (next(iter(text.spans)).id,)
    model.put(text, session(text).project.label_set, [Entity("PERSON", ("顾岚",), (), mentions, 0, 1)] * 1200)
    assert model.rowCount() < 1200
    assert model.reach(1100).isValid()
    qtmodeltester.check(model)
