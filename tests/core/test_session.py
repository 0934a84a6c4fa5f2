from __future__ import annotations

import pytest
from making import MemoryJournal, document, project, session
from msgspec.structs import replace

from annotator.core.edits import Caption, DocumentChange, Edit, ProjectChange
from annotator.core.errors import AnnotatorError, Conflict
from annotator.core.session import Changes, rebuild_stacks
from annotator.services.annotate import annotate, mark_done, remove


def _two_edits():
    text = document()
    return text, annotate(text, "zh", 0, 2, "PLACE", by="ann"), mark_done(text, [1], True)


def test_every_step_is_taken_back_and_done_again_in_order() -> None:
    text, one, two = _two_edits()
    work = session(text)
    work.do(one)
    work.do(two)
    full = work.document("doc1")
    assert work.undo_caption() == two.caption
    assert work.redo_caption() is None
    work.undo()
    assert work.redo_caption() == two.caption
    work.undo()
    assert work.document("doc1") == text
    assert work.undo() is None
    work.redo()
    work.redo()
    assert work.document("doc1") == full
    assert work.redo() is None


def test_a_new_edit_forgets_what_could_be_redone() -> None:
    text, one, two = _two_edits()
    work = session(text)
    work.do(one)
    work.undo()
    work.do(two)
    assert work.redo_caption() is None


def test_the_history_survives_a_restart() -> None:
    text, one, two = _two_edits()
    journal = MemoryJournal()
    work = session(text, journal=journal)
    work.do(one)
    work.do(two)
    work.undo()
    again = session(work.document("doc1"), journal=journal)
    assert (again.undo_caption(), again.redo_caption()) == (one.caption, two.caption)
    again.undo()
    assert again.document("doc1") == text


def test_a_conflict_leaves_all_as_it_is() -> None:
    text, one, _ = _two_edits()
    other = document(doc="doc2")
    journal = MemoryJournal()
    work = session(text, other, journal=journal)
    work.do(one)
    before, seen = work.document("doc1"), []
    work.subscribe(seen.append)
    stale = replace(one, parts=(replace(mark_done(other, [0], True).parts[0]), *one.parts))
    with pytest.raises(Conflict):
        work.do(stale)
    assert work.document("doc1") is before
    assert work.document("doc2") is other
    assert (len(journal.entries), seen, work.revision) == (1, [], 1)
    assert work.undo_caption() == one.caption


@pytest.mark.parametrize("step", ["do", "undo", "redo"])
def test_what_the_journal_refuses_is_not_done(step: str) -> None:
    text, one, two = _two_edits()
    journal = MemoryJournal()
    work = session(text, journal=journal)
    work.do(one)
    work.do(two)
    work.undo()
    before, journal.full = work.document("doc1"), True
    with pytest.raises(AnnotatorError):
        work.do(remove(before, [one.parts[0].spans[0].after.id])) if step == "do" else getattr(work, step)()
    assert work.document("doc1") is before
    assert (work.undo_caption(), work.redo_caption()) == (one.caption, two.caption)
    journal.full = False
    work.redo()


def test_a_read_only_session_says_why() -> None:
    text, one, _ = _two_edits()
    work = session(text)
    work.read_only = AnnotatorError("error.cancelled")
    with pytest.raises(AnnotatorError, match="Stopped"):
        work.do(one)
    assert work.document("doc1") == text


def test_an_empty_edit_is_neither_journalled_nor_undone() -> None:
    text, _, _ = _two_edits()
    journal = MemoryJournal()
    work = session(text, journal=journal)
    work.do(mark_done(text, [0], False))
    assert journal.entries == []
    assert work.undo_caption() is None


def test_listeners_are_told_what_was_applied_until_they_leave() -> None:
    text, one, _ = _two_edits()
    work = session(text)
    seen: list[Changes] = []
    leave = work.subscribe(seen.append)
    work.do(one)
    work.undo()
    leave()
    work.redo()
    assert [(each.kind, each.revision) for each in seen] == [("do", 1), ("undo", 2)]
    assert seen[1].of("doc1")[0].spans[0].after is None
    assert seen[1].of("doc2") == []


def test_documents_come_and_go_and_come_back() -> None:
    text = document()
    work = session(text)
    added = document(doc="doc2").data()
    work.do(Edit(caption=Caption("edit.add"), documents=(DocumentChange(None, added),)))
    assert work.document_ids == ("doc1", "doc2")
    with pytest.raises(Conflict):
        work.do(Edit(caption=Caption("edit.add"), documents=(DocumentChange(None, added),)))
    work.do(Edit(caption=Caption("edit.drop"), documents=(DocumentChange(text.data(), None),)))
    assert work.document_ids == ("doc2",)
    with pytest.raises(AnnotatorError, match="no document"):
        work.document("doc1")
    work.undo()
    assert work.document("doc1") == text


def test_a_document_that_changed_since_is_not_removed() -> None:
    text, one, _ = _two_edits()
    work = session(text)
    work.do(one)
    with pytest.raises(Conflict):
        work.do(Edit(caption=Caption("edit.drop"), documents=(DocumentChange(text.data(), None),)))
    assert work.document_ids == ("doc1",)


def test_the_project_changes_only_from_what_it_is() -> None:
    work = session(document())
    after = replace(project(), title="Harbours")
    edit = Edit(caption=Caption("edit.title"), project=ProjectChange(project(), after))
    work.do(edit)
    assert work.project.title == "Harbours"
    with pytest.raises(Conflict):
        work.do(edit)
    work.undo()
    assert work.project.title == "Ports"


def test_a_save_keeps_what_changed_meanwhile() -> None:
    text, one, two = _two_edits()
    work = session(text)
    work.do(one)
    state = work.state()
    work.do(two)
    work.saved(state)
    assert list(work.state().changed) == ["doc1"]
    work.saved(work.state())
    assert not work.dirty


def test_a_damaged_history_does_not_derail_the_stacks() -> None:
    history = [
        (1, "do", None),
        (2, "undo", 1),
        (3, "undo", 9),
        (4, "redo", 1),
        (5, "do", None),
        (6, "redo", 5),
    ]
    assert rebuild_stacks(history) == ([1, 5], [])
