"""Sentences of the catalogs."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from annotator.core import messages
from annotator.core.messages import LANGUAGES, say
from annotator.core.resources import resource


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    known: dict[str, str] = {}
    monkeypatch.setattr(messages, "catalog", lambda _language: known)
    return known


@pytest.mark.parametrize(("count", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), ("1", "1 row")])
def test_a_number_takes_its_noun_along(texts: dict[str, str], count: object, said: str) -> None:
    texts["x"] = "{count:row|rows}"
    assert say("x", count=count) == said


def test_other_formats_still_count(texts: dict[str, str]) -> None:
    texts["x"] = "{share:.1f} {name}"
    assert say("x", share=0.25, name="007") == "0.2 007"


def test_an_unknown_key_is_said_as_it_is() -> None:
    assert say("no.such") == "no.such"


def test_a_text_that_asks_for_more_than_is_given_is_shown_unfilled(texts: dict[str, str]) -> None:
    texts["x"] = "{missing}"
    assert say("x", other=1) == "{missing}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_in_two_catalogs(language: str) -> None:
    keys = Counter(
        key
        for path in resource("translations", language).glob("*.json")
        for key in json.loads(path.read_text(encoding="utf-8"))
    )
    assert [key for key, count in keys.items() if count > 1] == []
