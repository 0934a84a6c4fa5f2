from __future__ import annotations

import pytest
from making import document, link, project, span, with_spans

from annotator.core.apply import apply
from annotator.core.errors import AnnotatorError
from annotator.core.labels import Label, LinkType
from annotator.services import labelling

THEME = Label(id="THEME", name={"en": "Theme"}, color="#AA5500", key="4")
CLIMATE = Label(id="THEME/climate", name={"en": "Climate"}, color="#AA7700", parent="THEME")


def _labels(edit) -> list[str]:
    return [label.id for label in edit.project.after.labels]


def test_a_label_is_added_once_and_its_key_is_its_own() -> None:
    assert _labels(labelling.add_label(project(), THEME)) == ["PERSON", "PLACE", "THEME"]
    with pytest.raises(AnnotatorError, match="two labels"):
        labelling.add_label(project(THEME), THEME)
    with pytest.raises(AnnotatorError, match="key 1"):
        labelling.add_label(project(), Label(id="X", name={}, color="#000000", key="1"))


def test_labels_change_and_move() -> None:
    changed = labelling.change_label(project(), Label(id="PLACE", name={"en": "Spot"}, color="#000000"))
    assert changed.project is not None
    assert changed.project.after.labels[1].name == {"en": "Spot"}
    assert _labels(labelling.move_label(project(), "PLACE", 0)) == ["PLACE", "PERSON"]
    assert labelling.move_label(project(), "PLACE", 7).empty
    with pytest.raises(AnnotatorError, match="no label"):
        labelling.change_label(project(), THEME)


def test_renaming_takes_spans_and_nested_labels_along() -> None:
    text = document()
    text = with_spans(text, [span(text, "zh", "顾岚", "THEME"), span(text, "zh", "海口", "THEME/climate")])
    edit = labelling.rename_label(project(THEME, CLIMATE), [text], "THEME", "TOPIC")
    assert _labels(edit) == ["TOPIC", "TOPIC/climate"]
    assert edit.project is not None
    assert edit.project.after.labels[1].parent == "TOPIC"
    assert [one.label for one in apply(text, edit.parts[0]).spans] == ["TOPIC", "TOPIC/climate"]


def test_a_taken_name_is_refused_and_the_own_name_changes_nothing() -> None:
    with pytest.raises(AnnotatorError, match="two labels"):
        labelling.rename_label(project(), [], "PERSON", "PLACE")
    assert labelling.rename_label(project(), [], "PERSON", "PERSON").empty


def test_removing_keeps_or_moves_the_spans() -> None:
    text = document()
    text = with_spans(text, [span(text, "zh", "顾岚", "PERSON")])
    kept = labelling.remove_label(project(), [text], "PERSON", move_to=None)
    assert (kept.parts, _labels(kept)) == ((), ["PLACE"])
    moved = labelling.remove_label(project(), [text], "PERSON", move_to="PLACE")
    assert labelling.usage([apply(text, moved.parts[0])], "PLACE") == 1
    with pytest.raises(AnnotatorError):
        labelling.remove_label(project(), [text], "PERSON", move_to="PERSON")


def test_nested_labels_move_up_when_their_parent_goes() -> None:
    edit = labelling.remove_label(project(THEME, CLIMATE), [], "THEME", move_to=None)
    assert edit.project is not None
    assert edit.project.after.labels[0].parent is None


def test_link_types_are_put_and_removed() -> None:
    added = labelling.put_link_type(project(), LinkType(id="PART", name={"en": "part"}))
    assert added.project is not None
    text = document()
    one, two = span(text, "zh", "顾岚"), span(text, "en", "Gu Lan")
    text = with_spans(text, [one, two], [link(one, two, "PART")])
    gone = labelling.remove_link_type(added.project.after, [text], "PART", move_to="SAME")
    assert [each.type for each in apply(text, gone.parts[0]).links] == ["SAME"]
    with pytest.raises(AnnotatorError, match="no link type"):
        labelling.remove_link_type(project(), [], "PART", move_to=None)
