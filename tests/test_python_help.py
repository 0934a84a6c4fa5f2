"""The help page for Python: every example on it gives what it says."""

from __future__ import annotations

import doctest

from annotator.core.resources import resource


def test_every_example_for_python_gives_what_it_says() -> None:
    result = doctest.testfile(str(resource("help", "python.md")), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0
