"""What the tests of the checks share: words, a project's labels, and a way to run all checks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.core.document import Document
from annotator.core.labels import Label, LabelSet
from annotator.language.words import Words
from annotator.services.problems import Checker, Knowledge, Problem

LABELS = ("PERSON", "PLACE", "DATE", "THEME", "PLACE/city")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    words = Words()
    words.load()
    labels = (
        Label(id=name, name={"en": name.title()}, color="#000000", parent=name.rpartition("/")[0] or None)
        for name in LABELS
    )
    return Knowledge(LabelSet(labels), words)


Find = Callable[..., list[Problem]]


@pytest.fixture
def find(knowledge: Knowledge) -> Find:
    """All problems of a document, or those of some kinds."""

    def found(document: Document, *kinds: str) -> list[Problem]:
        checker = Checker(knowledge)
        for _ in checker.check(document):
            pass
        assert checker.settled
        return [problem for problem in checker.found() if not kinds or problem.kind in kinds]

    return found
