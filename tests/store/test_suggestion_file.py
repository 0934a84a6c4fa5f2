"""Files of suggestions: written in order, read back the same, held against the text."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import EN_ROWS, ZH_ROWS, document

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES
from annotator.core.suggestion import Reason, Suggestion
from annotator.store.suggestion_file import digests, is_current, read, suggestion_path, write

DOCUMENT = document()


@st.composite
def suggestions(draw: st.DrawFn) -> Suggestion:
    side = draw(st.sampled_from(SIDES))
    text = DOCUMENT.text(side)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Suggestion(
        side=side,
        start=start,
        end=end,
        quote=text[start:end],
        label=draw(st.sampled_from(("PERSON", "PLACE"))),
        score=draw(st.floats(0, 1)),
        source="combined@3",
        reason=Reason("suggest.memory", {"times": "2"}),
        attributes=draw(st.none() | st.just({"value": "2024-05"})),
        partner=draw(st.none() | st.just("abcdefghjkmn")),
    )


@given(st.lists(suggestions(), max_size=8))
def test_what_was_written_is_read_back_in_the_order_of_the_text(
    tmp_path_factory: pytest.TempPathFactory, made: list[Suggestion]
) -> None:
    path = tmp_path_factory.mktemp("suggestions") / "a" / "doc1.jsonl"

    assert write(path, DOCUMENT, "combined@3", made) == len(made)
    again = read(path, DOCUMENT)

    assert again.head.source == "combined@3"
    assert sorted(map(str, again.suggestions)) == sorted(map(str, made))
    places = [(one.side == "en", one.start, -one.end) for one in again.suggestions]
    assert places == sorted(places)
    data = path.read_bytes()
    write(path, DOCUMENT, "combined@3", reversed(again.suggestions))
    assert path.read_bytes() == data


def one(**changes: object) -> Suggestion:
    made = Suggestion(
        side="zh",
        start=12,
        end=14,
        quote=DOCUMENT.zh[12:14],
        label="PERSON",
        score=0.5,
        source="rules@1",
        reason=Reason("suggest.learner"),
    )
    return msgspec.structs.replace(made, **changes)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"start": 11}, "suggest.file.quote"),
        ({"end": 9999}, "suggest.file.quote"),
        ({"start": -3}, "suggest.file.quote"),
        ({"quote": "别的"}, "suggest.file.quote"),
        ({"label": ""}, "suggest.file.quote"),
        ({"score": 1.5}, "suggest.file.line"),
    ],
)
def test_a_line_that_does_not_fit_the_text_is_named(
    tmp_path: Path, change: dict[str, object], key: str
) -> None:
    path = tmp_path / "doc1.jsonl"
    write(path, DOCUMENT, "rules@1", [one(start=0, end=1, quote=DOCUMENT.zh[:1]), one(**change)])
    with pytest.raises(AnnotatorError) as caught:
        read(path, DOCUMENT)
    assert caught.value.key == key
    assert "1" in str(caught.value) or "2" in str(caught.value) or "3" in str(caught.value)


def test_damage_other_texts_and_newer_versions_are_told(tmp_path: Path) -> None:
    path = tmp_path / "doc1.jsonl"
    write(path, DOCUMENT, "rules@1", [one()])
    good = path.read_bytes()
    other = document([*ZH_ROWS[:-1], "变了。"], EN_ROWS)
    for data, against, key in (
        (good, other, "suggest.file.other_text"),
        (good.replace(b"suggestions/1", b"suggestions/2"), DOCUMENT, "suggest.file.newer"),
        (good.split(b"\n", 1)[1], DOCUMENT, "suggest.file.head"),
        (b"", DOCUMENT, "suggest.file.head"),
        (good + b"{half", DOCUMENT, "suggest.file.line"),
        (good + good, DOCUMENT, "suggest.file.line"),
    ):
        path.write_bytes(data)
        with pytest.raises(AnnotatorError) as caught:
            read(path, against)
        assert caught.value.key == key


def test_a_file_is_current_for_its_source_and_texts_only(tmp_path: Path) -> None:
    path = tmp_path / "doc1.jsonl"
    texts = digests(DOCUMENT)
    assert not is_current(path, "rules@1", texts)
    write(path, DOCUMENT, "rules@1", [])
    assert is_current(path, "rules@1", texts)
    assert not is_current(path, "rules@2", texts)
    assert not is_current(path, "rules@1", {**texts, "en": "0"})
    path.write_bytes(b"\xff\n")
    assert not is_current(path, "rules@1", texts)


def test_names_that_lead_elsewhere_are_refused() -> None:
    assert suggestion_path("learner@3", "doc1") == "suggestions/learner@3/doc1.jsonl"
    for source, doc in (("../x@1", "doc1"), ("rules@1", "../doc1"), ("rules@../..", "doc1")):
        with pytest.raises(AnnotatorError):
            suggestion_path(source, doc)
