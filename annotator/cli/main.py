"""From the arguments to an exit code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator.cli.desktop import Desktop, Shot, WindowRequest
from annotator.cli.output import BUG, FAILED, USAGE, Output, version_text
from annotator.cli.parser import VERBS, environment_language, speak_argparse, verb_parser, window_parser
from annotator.core.errors import AnnotatorError
from annotator.core.folders import cache_folder
from annotator.core.messages import say, speak

__all__ = ["Desktop", "Shot", "WindowRequest", "main"]

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None, desktop: Desktop | None = None) -> int:
    """Run one command; without a verb, open the window of `desktop`."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    speak(environment_language(arguments))
    speak_argparse()
    verb, rest = _verb_in(arguments)
    try:
        return _run(verb, rest, desktop) if verb else _window(arguments, desktop)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    except AnnotatorError as error:
        _tell(error, as_json="--json" in rest)
        return FAILED
    except KeyboardInterrupt:
        print(say("error.cancelled"), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        return FAILED
    except Exception:
        print(say("cli.bug", log=_log()), file=sys.stderr)
        return BUG


def _verb_in(arguments: list[str]) -> tuple[str, list[str]]:
    """The verb, which may stand behind `--lang`, and all other arguments."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("--lang"):
        at += 1 if "=" in arguments[at] else 2
    verb = arguments[at] if at < len(arguments) else ""
    if verb not in VERBS:
        return "", arguments
    return verb, arguments[:at] + arguments[at + 1 :]


def _run(verb: str, arguments: list[str], desktop: Desktop | None) -> int:
    parsed = verb_parser(verb, arguments).parse_args(arguments)
    from annotator.cli import verbs

    return verbs.VERBS[verb](parsed, Output(as_json=parsed.json), desktop)


def _window(arguments: list[str], desktop: Desktop | None) -> int:
    parsed: argparse.Namespace = window_parser(VERBS).parse_args(arguments)
    if parsed.version:
        print(f"Annotator {version_text()}")
        return 0
    path: Path | None = parsed.path
    if path is not None and not path.exists():
        raise AnnotatorError("error.no_path", path=path)
    if desktop is None:
        raise AnnotatorError("error.no_window")
    request = WindowRequest(
        path=path, sample=parsed.sample, lang=parsed.lang, theme=parsed.theme, size=parsed.size
    )
    return desktop.open(request)


def _tell(error: AnnotatorError, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"error": {"key": error.key, "message": str(error)}}, ensure_ascii=False))
    print(error, file=sys.stderr)


def _log() -> str:
    """Keep the traceback where the sentence says; a log that cannot be written must not hide the mistake."""
    import traceback

    trace = traceback.format_exc()
    path = cache_folder() / "command-line.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(trace, encoding="utf-8")
    except OSError:
        return trace
    return str(path)
