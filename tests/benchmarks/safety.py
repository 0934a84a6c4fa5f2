"""The tests that kill the program and that follow random sequences of edits, with their counts raised."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from .run import ROOT

KILLS = ("tests/store/test_kill.py",)
SEQUENCES = ("tests/store/test_model.py",)


@dataclass(frozen=True)
class Result:
    """Whether the tests passed, and what they said."""

    passed: bool
    details: dict[str, Any]


def kills(count: int) -> Result:
    """Kill the program so often in the midst of random edits."""
    return _tests(KILLS, ANNOTATOR_KILLS=str(count))


def sequences(count: int) -> Result:
    """Hold so many random sequences against a model."""
    return _tests(SEQUENCES, ANNOTATOR_EXAMPLES=str(count))


def _tests(files: tuple[str, ...], **environment: str) -> Result:
    missing = [file for file in files if not (ROOT / file).exists()]
    if missing:
        return Result(False, {"missing": missing})
    began = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout=0", *files],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = run.stdout.strip().splitlines()
    details: dict[str, Any] = {
        "seconds": round(time.monotonic() - began),
        "summary": lines[-1] if lines else "",
    }
    if run.returncode:
        details["output"] = lines[-60:]
    return Result(run.returncode == 0, details)
