"""Problems dismissed for good, and brought back."""

from __future__ import annotations

from making import document, session

from annotator.services.dismissing import dismiss, restore


def test_a_dismissed_problem_stays_dismissed_until_it_is_brought_back() -> None:
    work = session(document())
    work.do(dismiss(work.document("doc1"), ["number|3|12", "edge|9"], by="ann"))
    assert set(work.document("doc1").dismissed) == {"number|3|12", "edge|9"}
    assert dismiss(work.document("doc1"), ["edge|9"], by="ann").empty
    work.do(restore(work.document("doc1"), ["edge|9", "never there"]))
    assert set(work.document("doc1").dismissed) == {"number|3|12"}
    work.undo()
    work.undo()
    assert work.document("doc1") == document()
