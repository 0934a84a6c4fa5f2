"""What a project's annotations teach, kept up with every edit."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from making import document, link, session, span, with_spans
from stored import project, random_step, working

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.session import Changes, Session
from annotator.services.annotate import annotate, relabel, remove
from annotator.services.annotate import link as join
from annotator.services.correct import correct_text
from annotator.services.dictionaries import Dictionary, Volume
from annotator.services.knowledge import Learnt, counted, difference, knowledge


def following(work: Session) -> Learnt:
    """What is learnt of a session's documents as they are, and then edit by edit."""
    learnt = Learnt()
    for doc_id in work.document_ids:
        learnt.take(counted(work.document(doc_id)))

    def follow(changes: Changes) -> None:
        for doc_id in {part.doc for part in changes.edit.parts}:
            learnt.take(difference(changes.of(doc_id), work.document(doc_id)))

    work.subscribe(follow)
    return learnt


def told(learnt: Learnt) -> tuple[list[str], dict[str, list[str]]]:
    return sorted(learnt.words), {zh: sorted(en) for zh, en in learnt.linked.items()}


def linked_port() -> Document:
    """The port with one mention linked across, one nowhere, a theme and a date."""
    port = document()
    names = [span(port, "zh", "顾岚"), span(port, "en", "Gu Lan"), span(port, "zh", "海口", "PLACE")]
    others = [span(port, "zh", "港口改造计划", "THEME"), span(port, "zh", "周二", "DATE")]
    return with_spans(port, [*names, *others], [link(names[0], names[1])])


def test_mentions_are_words_and_links_tell_names() -> None:
    learnt = following(session(linked_port()))
    assert told(learnt) == (["海口", "顾岚"], {"顾岚": ["Gu Lan"]})
    assert learnt.take(counted(linked_port())) == ([], [])


def test_an_annotation_teaches_and_undo_takes_that_back() -> None:
    work = session(document())
    learnt = following(work)
    at = work.document("doc1").zh.index("顾岚")
    work.do(annotate(work.document("doc1"), "zh", at, at + 2, "PERSON", by="ann"))
    assert learnt.words == ["顾岚"]
    work.undo()
    assert learnt.words == []
    work.redo()
    (one,) = work.document("doc1").spans
    work.do(relabel(work.document("doc1"), [one.id], "THEME"))
    assert learnt.words == []


def test_a_removed_mention_takes_its_links_along() -> None:
    port = linked_port()
    work = session(port)
    learnt = following(work)
    person = next(one for one in port.spans if one.quote == "Gu Lan")
    work.do(remove(port, [person.id]))
    assert learnt.linked == {}
    work.undo()
    assert learnt.linked == {"顾岚": ("Gu Lan",)}


def test_the_commonest_partner_comes_first() -> None:
    port = linked_port()
    more = [span(port, "zh", "顾岚", nth=1), span(port, "zh", "海口", nth=1), span(port, "en", "Haikou")]
    again = [span(port, "en", "Gu Lan", nth=1), span(port, "en", "She")]
    work = session(with_spans(port, [*more, *again], [link(more[0], again[0]), link(more[1], again[1])]))
    learnt = following(work)
    one = next(one for one in port.spans if one.quote == "顾岚")
    work.do(join(work.document("doc1"), one.id, again[1].id, "SAME", by="ann"))
    assert learnt.linked["顾岚"] == ("Gu Lan", "She")


def test_a_corrected_text_teaches_the_corrected_name() -> None:
    work = session(linked_port())
    learnt = following(work)
    at = work.document("doc1").zh.index("岚")
    work.do(correct_text(work.document("doc1"), "zh", at, at + 1, "澜", by="ann"))
    assert told(learnt) == (["海口", "顾澜"], {"顾澜": ["Gu Lan"]})


@pytest.mark.parametrize("seed", range(6))
def test_edit_by_edit_teaches_the_same_as_the_documents_themselves(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    with working(project(tmp_path / "p", linked_port())) as opened:
        learnt = following(opened.session)
        steps = sum(random_step(opened.session, rng) for _ in range(120))
        assert steps > 20
        afresh = Learnt()
        afresh.take(counted(opened.session.document("doc1")))
        assert told(learnt) == told(afresh)


def test_counterparts_are_told_links_glosses_and_the_date(tmp_path: Path) -> None:
    read = [
        Volume(Dictionary(tmp_path / "a.tsv", "user"), {"灯塔": ("lighthouse",)}, None, None),
        Volume(Dictionary(tmp_path / "b.tsv", "project"), {"灯塔": ("beacon", "lighthouse")}, None, None),
    ]
    broken = Volume(Dictionary(tmp_path / "c.tsv", "user"), {}, AnnotatorError("error.cancelled"), None)
    known = knowledge({"顾岚": ("Gu Lan",)}, [*read, broken], "2026-01-02")
    assert known.glosses is not None
    assert known.glosses("燈塔") == ("lighthouse", "beacon")
    assert known.glosses("船") == ()
    assert (known.linked, known.date) == ({"顾岚": ("Gu Lan",)}, "2026-01-02")
    assert knowledge({}, [broken]).glosses is None
