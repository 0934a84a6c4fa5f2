from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap

import pytest
from making import document
from msgspec.structs import replace
from stored import fresh, project, save, working

from annotator.core.edits import Caption, Edit, ProjectChange
from annotator.core.errors import AnnotatorError
from annotator.services.annotate import annotate
from annotator.services.correct import merge_pairs
from annotator.services.opening import create, open_project


@pytest.fixture
def folder(tmp_path):
    return project(tmp_path / "p")


_HOLDER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from annotator.services.opening import open_project
    opened = open_project(Path(sys.argv[1]), annotator=sys.argv[2])
    if len(sys.argv) > 3:
        opened.store.hold_structure()
    print("open", opened.session.read_only is None, flush=True)
    sys.stdin.read()
    """
)


def _process(folder, *args: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder), *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open True\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_second_process_opens_for_reading_and_is_told_who_is_at_work(folder) -> None:
    process = _process(folder, "ann")
    try:
        opened = open_project(folder, annotator="ann")
        reason = opened.session.read_only
        assert reason is not None
        assert (reason.key, reason.details["pid"]) == ("error.locked_by", process.pid)
        with pytest.raises(AnnotatorError):
            opened.session.do(fresh(opened))
        opened.store.close()
    finally:
        _end(process)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_the_lock_goes_with_a_killed_process(folder) -> None:
    process = _process(folder, "ann", "structure")
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with working(folder) as opened:
        assert opened.session.read_only is None
        opened.session.do(merge_pairs(opened.session.document("doc1"), 1))


def test_two_annotators_work_at_the_same_time(folder) -> None:
    with working(folder) as one, working(folder, "bob") as two:
        one.session.do(fresh(one))
        two.session.do(annotate(two.session.document("doc1"), "en", 0, 4, "PLACE", by="bob"))
        save(one)
        save(two)
    with working(folder) as one, working(folder, "bob") as two:
        assert [span.by for span in one.session.document("doc1").spans] == ["ann"]
        assert [span.by for span in two.session.document("doc1").spans] == ["bob"]


def _titled(opened, title: str) -> Edit:
    before = opened.session.project
    return Edit(caption=Caption("x"), project=ProjectChange(before, replace(before, title=title)))


def test_what_all_share_is_changed_by_one_process_at_a_time(folder) -> None:
    process = _process(folder, "bob", "structure")
    try:
        with working(folder) as opened:
            opened.session.do(fresh(opened))
            for edit in (merge_pairs(opened.session.document("doc1"), 1), _titled(opened, "New")):
                with pytest.raises(AnnotatorError) as caught:
                    opened.session.do(edit)
                assert caught.value.key == "error.structure_locked"
    finally:
        _end(process)
    with working(folder) as opened:
        opened.session.do(_titled(opened, "New"))


def test_shared_files_that_changed_meanwhile_are_not_overwritten(folder) -> None:
    with working(folder) as one:
        edit = merge_pairs(one.session.document("doc1"), 1)
        with working(folder, "bob") as two:
            two.session.do(merge_pairs(two.session.document("doc1"), 0))
            save(two)
        with pytest.raises(AnnotatorError) as caught:
            one.session.do(edit)
        assert caught.value.key == "error.changed_outside"
        one.session.do(fresh(one))
        save(one)
    with working(folder) as one:
        assert len(one.session.document("doc1").pairs) == 3


def test_unsaved_alignment_waits_while_another_process_changes_it(folder) -> None:
    with working(folder) as opened:
        opened.session.do(merge_pairs(opened.session.document("doc1"), 1))
    process = _process(folder, "bob", "structure")
    try:
        opened = open_project(folder, annotator="ann")
        assert opened.session.read_only is not None
        assert opened.session.read_only.key == "error.structure_locked"
        assert len(opened.session.document("doc1").pairs) == 3
        opened.store.close()
    finally:
        _end(process)
    with working(folder) as opened:
        assert opened.session.read_only is None
        assert len(opened.session.document("doc1").pairs) == 3
        save(opened)


def test_annotations_changed_by_another_program_are_not_overwritten(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        save(opened)
        path = folder / "annotations" / "ann" / "doc1.jsonl"
        path.write_bytes(path.read_bytes().replace(b'"L0"', b'"L00"'))
        opened.session.do(fresh(opened))
        with pytest.raises(AnnotatorError) as caught:
            save(opened)
        assert caught.value.key == "error.changed_outside"
    assert b'"L00"' in path.read_bytes()


def test_a_read_only_folder_opens_for_reading(folder, monkeypatch) -> None:
    real = os.open

    def frozen(path, flags, *rest, **more):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", frozen)
        opened = open_project(folder, annotator="ann")
        assert opened.session.read_only is not None
        assert opened.session.read_only.key == "error.read_only_folder"
        assert opened.session.document("doc1").zh == document().zh
        with pytest.raises(AnnotatorError):
            opened.session.do(fresh(opened))
        opened.store.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_opens_for_reading(folder) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    opened = open_project(folder, annotator="ann")
    assert opened.session.read_only is not None
    opened.store.close()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_folder_that_is_not_empty_is_no_place_for_a_project(tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(AnnotatorError) as caught:
        create(tmp_path, "X", annotator="ann")
    assert caught.value.key == "error.folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
