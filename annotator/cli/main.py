"""From the arguments to an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator.cli.desktop import Desktop, Shot, WindowRequest
from annotator.cli.output import BUG, FAILED, USAGE, Output, dumped, version_text
from annotator.cli.parser import (
    VERBS,
    UsageError,
    environment_language,
    read_arguments,
    speak_argparse,
    window_parser,
)
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
    as_json = bool(verb) and "--json" in rest
    try:
        return _run(verb, rest, desktop) if verb else _window(arguments, desktop)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    except UsageError as error:
        return _tell("error.usage", str(error), USAGE, as_json=as_json, before=error.usage)
    except AnnotatorError as error:
        if error.key == "error.stdout":
            _give_up_stdout()
        return _tell(error.key, str(error), FAILED, as_json=as_json)
    except KeyboardInterrupt:
        return _tell("error.cancelled", say("error.cancelled"), _INTERRUPTED, as_json=as_json)
    except BrokenPipeError:
        _give_up_stdout()
        return FAILED
    except Exception:
        return _tell("cli.bug", say("cli.bug", log=_log()), BUG, as_json=as_json)


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
    parsed = read_arguments(verb, arguments)
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


def _tell(key: str, message: str, code: int, *, as_json: bool, before: str = "") -> int:
    """Say what went wrong, to a machine too if one asked; gives `code` back."""
    if as_json:
        print(dumped({"error": {"key": key, "message": message}}, indent=None))
    print(f"{before}{message}", file=sys.stderr)
    return code


def _give_up_stdout() -> None:
    """Nobody reads on, or nothing more fits; the interpreter must not complain a second time at its end."""
    if sys.stdout is None:
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
