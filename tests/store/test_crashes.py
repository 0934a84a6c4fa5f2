"""The process dies at every single call that changes the disk, and nothing acknowledged is lost."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress

import pytest
from making import document
from msgspec.structs import replace
from stored import Died, Mortal, adding, bury, fresh, plain, project, random_step, save, working

from annotator.core.edits import Caption, DocumentChange, Edit, ProjectChange
from annotator.services.opening import open_project


def _busy(opened) -> None:
    """Work that a save has to write in many places: texts, labels, documents that come and go."""
    work = opened.session
    rng = random.Random(5)
    for _ in range(25):
        random_step(work, rng)
    changed = replace(work.project, title="Harbours")
    work.do(Edit(caption=Caption("x"), project=ProjectChange(work.project, changed)))
    work.do(adding(document(doc="doc3")))
    work.do(Edit(caption=Caption("x"), documents=(DocumentChange(work.document("doc2").data(), None),)))


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    folder = project(tmp_path_factory.mktemp("ready") / "p", document(), document(doc="doc2"))
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        save(opened)
    return folder


def _die_in_save(folder, monkeypatch, at: int | None) -> tuple[int, dict[str, str]]:
    opened = open_project(folder, annotator="ann")
    _busy(opened)
    state = opened.session.state()
    opened.session.do(fresh(opened))
    expected = plain(opened.session)
    with monkeypatch.context() as patch:
        mortal = Mortal(patch, at)
        with suppress(Died):
            opened.store.save(state)
    bury(opened.store)
    return mortal.calls, expected


def test_a_save_that_dies_anywhere_loses_nothing(ready, tmp_path, monkeypatch) -> None:
    shutil.copytree(ready, tmp_path / "whole")
    calls, _ = _die_in_save(tmp_path / "whole", monkeypatch, None)
    assert calls > 20
    for at in range(1, calls + 1):
        folder = shutil.copytree(ready, tmp_path / f"died{at}")
        _, expected = _die_in_save(folder, monkeypatch, at)
        look = open_project(folder, annotator="ann", read_only=True)
        assert plain(look.session) == expected, f"call {at}, read-only"
        look.store.close()
        with working(folder) as opened:
            assert plain(opened.session) == expected, f"call {at}"
            assert [problem for problem in opened.problems if problem.severity != "info"] == []
            assert opened.session.project.title == "Harbours"
            opened.session.undo()
            undone = plain(opened.session)
            save(opened)
        with working(folder) as opened:
            assert plain(opened.session) == undone
            assert opened.problems == []
        assert not list((folder / ".journal" / "ann" / "staged").iterdir())


def test_opening_that_dies_anywhere_can_be_done_again(ready, tmp_path, monkeypatch) -> None:
    for at in (12, 20, 25):
        half = shutil.copytree(ready, tmp_path / f"half{at}")
        _, expected = _die_in_save(half, monkeypatch, at)
        for again in range(1, 12):
            folder = shutil.copytree(half, tmp_path / f"half{at}-{again}")
            with monkeypatch.context() as patch:
                Mortal(patch, again)
                try:
                    opened = open_project(folder, annotator="ann")
                except Died:
                    opened = None
            if opened is not None:
                bury(opened.store)
            with working(folder) as opened:
                assert plain(opened.session) == expected
