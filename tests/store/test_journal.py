from __future__ import annotations

import errno
import os
import shutil

import pytest
from making import document
from stored import Died, fresh, plain, project, save, working

from annotator.core.errors import AnnotatorError
from annotator.core.messages import LANGUAGES, say, speak
from annotator.services.annotate import annotate
from annotator.services.opening import open_project


@pytest.fixture
def folder(tmp_path):
    return project(tmp_path / "p")


def test_an_edit_is_there_again_though_nothing_was_saved(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        after = plain(opened.session)
    with working(folder) as opened:
        assert plain(opened.session) == after
        assert opened.session.dirty
        assert opened.session.undo_caption() is not None


def test_undo_and_redo_reach_back_over_saves_and_restarts(folder) -> None:
    states = []
    for step in range(6):
        with working(folder) as opened:
            states.append(plain(opened.session))
            opened.session.do(fresh(opened))
            if step % 2:
                save(opened)
    with working(folder) as opened:
        last = plain(opened.session)
        for state in reversed(states):
            opened.session.undo()
            assert plain(opened.session) == state
        save(opened)
    with working(folder) as opened:
        for _ in states:
            opened.session.redo()
        assert plain(opened.session) == last


def test_a_save_moves_the_journal_into_the_history(folder) -> None:
    own = folder / ".journal" / "ann"
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        state = opened.session.state()
        opened.session.do(fresh(opened))
        opened.store.save(state)
        opened.session.saved(state)
        assert opened.session.dirty
        after = plain(opened.session)
        assert (own / "journal.jsonl").read_bytes().count(b"\n") == 1
        assert (own / "history.jsonl").read_bytes().count(b"\n") == 2
    with working(folder) as opened:
        assert plain(opened.session) == after


def test_a_caption_is_read_without_the_edit(folder) -> None:
    with working(folder) as opened:
        edit = fresh(opened)
        opened.session.do(edit)
    with working(folder) as opened:
        assert opened.session.undo_caption() == edit.caption


def test_documents_added_and_removed_are_remembered(folder) -> None:
    from annotator.core.edits import Caption, DocumentChange, Edit

    other = document(doc="doc2")
    with working(folder) as opened:
        work = opened.session
        work.do(Edit(caption=Caption("x"), documents=(DocumentChange(None, other.data()),)))
        gone = DocumentChange(work.document("doc1").data(), None)
        work.do(Edit(caption=Caption("x"), documents=(gone,)))
    with working(folder) as opened:
        assert opened.session.document_ids == ("doc2",)
        save(opened)
        assert sorted(path.name for path in (folder / "docs").iterdir()) == ["doc2.json"]
        assert list((folder / ".journal" / "trash").iterdir())
        opened.session.undo()
        save(opened)
    with working(folder) as opened:
        assert sorted(opened.session.document_ids) == ["doc1", "doc2"]
        opened.session.redo()
        opened.session.undo()
        assert opened.session.document("doc1").zh == document().zh


def test_the_label_set_is_remembered(folder) -> None:
    from msgspec.structs import replace

    from annotator.core.edits import Caption, Edit, ProjectChange

    with working(folder) as opened:
        before = opened.session.project
        after = replace(before, title="Harbours")
        opened.session.do(Edit(caption=Caption("x"), project=ProjectChange(before, after)))
    with working(folder) as opened:
        assert opened.session.project == after
        save(opened)
    assert '"Harbours"' in (folder / "project.json").read_text("utf-8")


def _refused(opened, key: str) -> None:
    before, length = plain(opened.session), _journal(opened).stat().st_size
    with pytest.raises(AnnotatorError) as caught:
        opened.session.do(fresh(opened))
    assert caught.value.key == key
    assert plain(opened.session) == before
    assert _journal(opened).stat().st_size == length


def _journal(opened):
    return opened.store.folder / ".journal" / "ann" / "journal.jsonl"


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "error.disk_full"),
        (errno.EROFS, "error.not_writable"),
        (errno.ESTALE, "error.folder_gone"),
        (errno.EIO, "error.disk_fault"),
    ],
)
@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_a_failing_disk_refuses_the_edit_and_nothing_changes(folder, monkeypatch, number, key, call) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        real = os.write

        def fail(fd: int, data: bytes = b"") -> int:
            if data:
                real(fd, bytes(data[:7]))
            raise OSError(number, "no")

        if call == "fdatasync" and not hasattr(os, "fdatasync"):
            pytest.skip("this system has no fdatasync")
        with monkeypatch.context() as patch:
            patch.setattr(os, call, fail)
            _refused(opened, key)
        opened.session.do(fresh(opened))
        after = plain(opened.session)
    with working(folder) as opened:
        assert plain(opened.session) == after
        assert opened.problems == []


def test_a_disk_that_fills_up_for_real_refuses_the_edit(folder) -> None:
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    with working(folder) as opened:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        opened.session.do(fresh(opened))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_journal(opened).stat().st_size + 10, hard))
        try:
            _refused(opened, "error.disk_full")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        opened.session.do(fresh(opened))


def test_where_not_even_the_torn_line_can_be_cut_nothing_more_is_accepted(folder, monkeypatch) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        before = plain(opened.session)
        real = os.write

        def half(fd: int, data: bytes) -> int:
            real(fd, bytes(data[:20]))
            raise OSError(errno.EIO, "no")

        def no(*_: object) -> None:
            raise OSError(errno.EIO, "no")

        with monkeypatch.context() as patch:
            patch.setattr(os, "write", half)
            patch.setattr(os, "ftruncate", no)
            with pytest.raises(AnnotatorError):
                opened.session.do(fresh(opened))
        with pytest.raises(AnnotatorError) as caught:
            opened.session.do(fresh(opened))
        assert caught.value.key == "error.journal_broken"
    with working(folder) as opened:
        assert plain(opened.session) == before
        assert [problem.key for problem in opened.problems] == ["problem.journal_torn"]
        opened.session.do(fresh(opened))


def test_a_folder_that_vanishes_refuses_the_edit(folder) -> None:
    with working(folder) as opened:
        edit = fresh(opened)
        shutil.move(folder, folder.with_name("elsewhere"))
        with pytest.raises(AnnotatorError) as caught:
            opened.session.do(edit)
        assert caught.value.key == "error.folder_gone"
        shutil.move(folder.with_name("elsewhere"), folder)
        opened.session.do(fresh(opened))


def test_a_journal_that_somebody_else_writes_refuses_the_edit(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        with _journal(opened).open("ab") as file:
            file.write(b"x")
        with pytest.raises(AnnotatorError) as caught:
            opened.session.do(fresh(opened))
        assert caught.value.key == "error.journal_changed"


def test_half_a_character_is_refused(folder) -> None:
    with working(folder) as opened:
        one = opened.session.document("doc1")
        edit = annotate(one, "zh", 0, 2, "PLACE", by="ann", note="\ud83c")
        with pytest.raises(AnnotatorError) as caught:
            opened.session.do(edit)
        assert caught.value.key == "error.half_character"


def _three_edits(folder):
    states = []
    with working(folder) as opened:
        for _ in range(3):
            states.append(plain(opened.session))
            opened.session.do(fresh(opened))
        path = _journal(opened)
        states.append(plain(opened.session))
    return path, states


@pytest.mark.parametrize("left", [1, 9, 40])
def test_a_torn_tail_is_cut_and_kept_aside(folder, left) -> None:
    path, states = _three_edits(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]) + lines[2][:left])
    with working(folder) as opened:
        assert plain(opened.session) == states[2]
        assert [problem.severity for problem in opened.problems] == ["info"]
    assert path.read_bytes() == b"".join(lines[:2])
    (kept,) = (folder / ".journal" / "aside").iterdir()
    assert kept.read_bytes() == lines[2][:left]


def test_behind_a_damaged_line_all_is_kept_aside_and_named(folder) -> None:
    path, states = _three_edits(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    broken = lines[1].replace(b"do", b"du", 1)
    path.write_bytes(lines[0] + broken + lines[2])
    with working(folder) as opened:
        assert plain(opened.session) == states[1]
        (problem,) = opened.problems
        assert (problem.line, problem.severity, problem.details["count"]) == (2, "error", 2)
        assert problem.file == ".journal/ann/journal.jsonl"
        opened.session.do(fresh(opened))
    (kept,) = (folder / ".journal" / "aside").iterdir()
    assert kept.read_bytes() == broken + lines[2]


def test_edits_that_no_longer_fit_are_kept_aside_and_named(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        save(opened)
        first = plain(opened.session)
        span = next(iter(opened.session.document("doc1").spans))
    path, _ = _three_edits(folder)
    before = path.read_bytes()
    notes = folder / "annotations" / "ann" / "doc1.jsonl"
    with working(folder) as opened:
        from annotator.services.annotate import remove

        opened.session.do(remove(opened.session.document("doc1"), [span.id]))
    whole = path.read_bytes()
    notes.write_bytes(notes.read_bytes().replace(b'"label":"L0"', b'"label":"Z0"'))
    with working(folder) as opened:
        assert [problem.key for problem in opened.problems] == ["problem.journal_unfit"]
        assert len(opened.session.document("doc1").spans) == 4
    (kept,) = (folder / ".journal" / "aside").iterdir()
    assert before + kept.read_bytes() == whole
    assert first


def test_the_journal_dies_quietly_with_the_process(folder, monkeypatch) -> None:
    with working(folder) as opened:
        before = plain(opened.session)

        def die(*_: object) -> None:
            raise Died

        with monkeypatch.context() as patch:
            patch.setattr(os, "write", die)
            with pytest.raises(Died):
                opened.session.do(fresh(opened))
    with working(folder) as opened:
        assert plain(opened.session) == before


def test_a_read_only_look_sees_the_journal_and_writes_nothing(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        after = plain(opened.session)
    with (folder / ".journal" / "ann" / "journal.jsonl").open("ab") as file:
        file.write(b"torn")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    opened = open_project(folder, annotator="ann", read_only=True)
    assert plain(opened.session) == after
    with pytest.raises(AnnotatorError):
        opened.session.do(fresh(opened))
    with pytest.raises(AnnotatorError):
        opened.store.save(opened.session.state())
    opened.store.close()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_every_failure_has_its_sentence_in_both_languages() -> None:
    try:
        for language in LANGUAGES:
            speak(language)
            sentences = {
                say(f"error.{key}", path="p") for key in ("disk_full", "not_writable", "folder_gone")
            }
            assert len(sentences) == 3
            assert not any(sentence.startswith("error.") for sentence in sentences)
    finally:
        speak("en")
