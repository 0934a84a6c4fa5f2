"""The registry: what is not there is refused with the list of what is."""

from __future__ import annotations

import pytest

from annotator.core.errors import AnnotatorError
from annotator.extend import Evidence, NoOptions, Suggester, suggester_named


def test_an_unknown_source_of_suggestions_is_refused() -> None:
    with pytest.raises(AnnotatorError, match="nobody"):
        suggester_named("nobody")


def test_a_source_is_named_with_its_version() -> None:
    def make(evidence: Evidence, options: NoOptions, job: object) -> object:
        raise NotImplementedError

    assert Suggester("rules", "suggester.rules", "3", NoOptions, make).source == "rules@3"  # type: ignore[arg-type]
