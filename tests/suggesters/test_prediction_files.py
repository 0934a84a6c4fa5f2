"""Predictions from files: found by their text, whatever unit the model saw, and held against it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import document, project

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, suggester_named
from annotator.suggesters.files import FilesOptions, read

TEXT = document()
ROW = TEXT.row_text(1, "zh")
SENTENCE = "双方谈了三小时。"


def span(text: str, quote: str, label: str = "PERSON", **more: object) -> dict[str, object]:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "label": label, **more}


def offered(path: Path, rows: range | None = None) -> list[Suggestion]:
    offer = suggester_named("files").make(Evidence(project()), FilesOptions(str(path)), Job())
    found = list(offer(TEXT, rows or range(len(TEXT.pairs))))
    assert all(TEXT.text(one.side)[one.start : one.end] == one.quote for one in found)
    return found


LABEL_STUDIO = [
    {
        "id": 1,
        "data": {"zh": ROW, "en": TEXT.row_text(1, "en")},
        "predictions": [
            {
                "model_version": "m",
                "score": 0.5,
                "result": [
                    {"to_name": "zh", "type": "labels", "value": {**span(ROW, "顾岚"), "labels": ["PER"]}},
                    {
                        "to_name": "en",
                        "type": "labels",
                        "score": 0.9,
                        "value": {**span(TEXT.row_text(1, "en"), "Gu Lan"), "labels": ["PER"]},
                    },
                    {"type": "relation", "from_id": "a", "to_id": "b"},
                ],
            }
        ],
    }
]
FORMS = {
    "rows with spans": [{"text": ROW, "spans": [span(ROW, "顾岚", score=0.8)]}],
    "a sentence": [{"text": SENTENCE, "spans": [span(SENTENCE, "双方")]}],
    "a whole side": [{"text": TEXT.zh, "spans": [span(TEXT.zh, "𠮷田洋子")]}],
    "pairs of ours": [
        {
            "zh": ROW,
            "en": TEXT.row_text(1, "en"),
            "spans": [{"side": "zh", "quote": "顾岚", **span(ROW, "顾岚")}],
        }
    ],
    "Prodigy": [{"text": ROW, "tokens": [], "spans": [span(ROW, "海口", "GPE", token_start=1, token_end=1)]}],
}


@pytest.mark.parametrize(
    ("form", "quotes"),
    list(zip(FORMS, (["顾岚"], ["双方"], ["𠮷田洋子"], ["顾岚"], ["海口"]), strict=True)),
)
def test_json_lines_in_every_form(form, quotes, tmp_path) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in FORMS[form]), "utf-8")
    assert [one.quote for one in offered(path)] == quotes


def test_tasks_of_label_studio_with_both_texts(tmp_path) -> None:
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps(LABEL_STUDIO), "utf-8")
    assert [(one.side, one.quote, one.score, one.source) for one in offered(path)] == [
        ("zh", "顾岚", 0.5, "files@1-tasks"),
        ("en", "Gu Lan", 0.9, "files@1-tasks"),
    ]


def test_only_the_rows_asked_for_are_answered(tmp_path) -> None:
    path = tmp_path / "whole.jsonl"
    spans = [span(TEXT.zh, "港口"), span(TEXT.zh, "𠮷田洋子")]
    path.write_text(json.dumps({"text": TEXT.zh, "spans": spans}), "utf-8")
    assert [one.quote for one in offered(path, range(1, 3))] == ["𠮷田洋子"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no predictions"),
        (b'{"text": "x", "spans": []}', "no predictions"),
        (b'{"text": "x", "spans": [{}]}\n{"text', "line 2"),
        (b"[1, 2]", "line 1"),
        (b"[" * 100_000, "line 1"),
        (b"\xff\xfe", "line 1"),
    ],
    ids=["empty", "nothing predicted", "cut off", "no objects", "too deep", "no text"],
)
def test_a_bad_file_is_an_error_that_says_where(content, sentence, tmp_path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    with pytest.raises(AnnotatorError, match=sentence):
        read(path)


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(AnnotatorError, match="nowhere"):
        read(tmp_path / "nowhere.jsonl")


_GOOD = json.dumps(LABEL_STUDIO + FORMS["pairs of ours"] + FORMS["Prodigy"], ensure_ascii=False).encode()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_mutated_file_is_an_error_or_sound_suggestions(tmp_path_factory, data) -> None:
    content = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    path = tmp_path_factory.mktemp("mutated") / "p.json"
    path.write_bytes(bytes(content))
    with contextlib.suppress(AnnotatorError):
        offered(path)
