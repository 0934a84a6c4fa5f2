from __future__ import annotations

import errno
import os
from contextlib import suppress

import pytest
from making import document
from stored import adding, fresh, plain, project, save, working

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.gentle import gently
from annotator.core.job import Job


@pytest.fixture
def folder(tmp_path):
    return project(tmp_path / "p")


def _drafts(folder) -> list[str]:
    return [path.name for path in (folder / ".journal" / "ann" / "staged").iterdir()]


class DiskFull(Exception):
    """The save said that the disk is full."""


def _save_or_full(opened, state) -> None:
    try:
        opened.store.save(state)
    except AnnotatorError as error:
        raise (DiskFull if error.key == "error.disk_full" else error) from error


def _failing(monkeypatch, call: str, after: int):
    real, calls = getattr(os, call), [0]

    def fail(*args: object, **more: object) -> object:
        calls[0] += 1
        if calls[0] > after:
            raise OSError(errno.ENOSPC, "no space")
        return real(*args, **more)

    monkeypatch.setattr(os, call, fail)


@pytest.mark.parametrize("after", [0, 1, 2, 3])
@pytest.mark.parametrize("call", ["write", "replace"])
def test_a_save_on_a_full_disk_fails_with_a_sentence_and_can_be_done_later(
    folder, monkeypatch, call, after
) -> None:
    with working(folder) as opened:
        opened.session.do(adding(document(doc="doc2")))
        opened.session.do(fresh(opened))
        state = opened.session.state()
        before = plain(opened.session)
        with monkeypatch.context() as patch:
            _failing(patch, call, after)
            with suppress(DiskFull):
                _save_or_full(opened, state)
        opened.session.do(fresh(opened))
        opened.session.undo()
        save(opened)
        assert plain(opened.session) == before
        assert not _drafts(folder)
    with working(folder) as opened:
        assert plain(opened.session) == before
        assert not opened.session.dirty


def test_a_cancelled_save_writes_nothing(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        before = (folder / "annotations" / "ann" / "doc1.jsonl").read_bytes()
        with pytest.raises(Cancelled):
            opened.store.save(opened.session.state(), Job(is_cancelled=lambda: True))
        assert (folder / "annotations" / "ann" / "doc1.jsonl").read_bytes() == before
        assert not _drafts(folder)
        assert opened.session.dirty


def test_an_older_state_never_overwrites_a_newer_one(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        old = opened.session.state()
        opened.session.do(fresh(opened))
        after = plain(opened.session)
        save(opened)
        opened.store.save(old)
        opened.session.saved(old)
    with working(folder) as opened:
        assert plain(opened.session) == after


def test_edits_go_on_while_a_save_runs(folder) -> None:
    import threading

    with working(folder) as opened:
        for _ in range(12):
            opened.session.do(fresh(opened))
            state = opened.session.state()
            saving = threading.Thread(target=opened.store.save, args=(state,))
            saving.start()
            opened.session.do(fresh(opened))
            opened.session.undo()
            saving.join()
            opened.session.saved(state)
        after = plain(opened.session)
    with working(folder) as opened:
        assert plain(opened.session) == after
        assert opened.problems == []


def test_what_is_written_gently_is_the_same() -> None:
    assert list(gently(iter([b"a", b"b"]))) == [b"a", b"b"]
