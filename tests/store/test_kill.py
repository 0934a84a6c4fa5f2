"""A process is killed at random moments, during saves too; every acknowledged edit is there again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from stored import fingerprint, project, save, working

_TIMES = int(os.environ.get("ANNOTATOR_KILLS", "20"))
_EDITOR = Path(__file__).parent / "dying_editor.py"


def _killed(folder: Path, seed: int) -> list[str]:
    """What the process acknowledged before it was killed."""
    rng = random.Random(seed)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, str(_EDITOR), str(folder), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(rng.randint(1, 60))]
    os.kill(process.pid, signal.SIGKILL)
    said += process.communicate()[0].splitlines(keepends=True)
    return [line for line in said if line.endswith("\n")]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.timeout(60 + 10 * _TIMES)
def test_no_acknowledged_edit_is_lost(tmp_path, record_property) -> None:
    folder = project(tmp_path / "p")
    acknowledged = lost = 0
    for turn in range(_TIMES):
        said = _killed(folder, turn)
        assert said, "the editor never started"
        seq, state = said[-1].split()
        first = int(said[0].split()[0])
        acknowledged += int(seq) - first
        with working(folder) as opened:
            work = opened.session
            assert [problem for problem in opened.problems if problem.severity != "info"] == []
            if work.revision == int(seq) + 1:
                # The last edit was on disk, but there was no time to say so.
                undone = list(opened.store.journal.history())[-1][1] == "undo"
                assert (work.redo() if undone else work.undo()) is not None
            lost += fingerprint(work) != state or work.revision < int(seq)
            if turn % 5 == 4:
                save(opened)
    record_property("acknowledged", acknowledged)
    print(f"{_TIMES} kills, {acknowledged} edits acknowledged, {lost} lost")
    assert lost == 0
    assert acknowledged > _TIMES
