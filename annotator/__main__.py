"""The program's entry: verbs run without Qt, which is imported only when a window is asked for."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from annotator.cli import Desktop, Shot, WindowRequest
from annotator.cli import main as run_cli
from annotator.core.errors import AnnotatorError


def main() -> int:
    """Run the program; its exit code."""
    return run_cli(sys.argv[1:], Desktop(_open, _take))


def _open(request: WindowRequest) -> int:
    # Nothing is garbage yet: looking for it while the program loads takes a tenth of the start.
    gc.disable()
    from annotator.qt.app import Options, run

    return run(
        Options(
            path=request.path,
            sample=request.sample,
            lang=request.lang,
            theme=request.theme,
            size=request.size,
        )
    )


def _take(shots: Sequence[Shot]) -> None:
    # Set before Qt is there: pictures are painted without a screen.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(shots[0].scale)
    try:
        from annotator.qt.screenshot import take
    except ImportError as error:
        raise AnnotatorError("error.no_window") from error
    take(shots)


if __name__ == "__main__":
    sys.exit(main())
