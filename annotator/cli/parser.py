"""The parsers: one for the window, one a verb, with help and complaints in the language spoken.

What a verb needs is imported when its parser is made: the window must not wait for it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from annotator.core.messages import LANGUAGES, say

if TYPE_CHECKING:
    from annotator.extend import Exporter, Importer
    from annotator.services.options import Option

# What argparse says by itself, and the key of our words for it.
_ARGPARSE = {
    "usage: ": "cli.usage",
    "options": "cli.options",
    "positional arguments": "cli.arguments",
    "show this help message and exit": "cli.help",
    "argument %(argument_name)s: %(message)s": "cli.error_argument",
    "the following arguments are required: %s": "cli.error_required",
    "unrecognized arguments: %s": "cli.error_unrecognized",
    "expected one argument": "cli.error_one",
    "expected at least one argument": "cli.error_some",
    "invalid choice: %(value)r (choose from %(choices)s)": "cli.error_choice",
    "invalid %(type)s value: %(value)r": "cli.error_value",
}


class UsageError(Exception):
    """The arguments are not understood; `usage` shows how they go."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """One that leaves it to its caller how to complain."""

    def error(self, message: str) -> NoReturn:
        complaint = say("error.usage", prog=self.prog, message=message)
        raise UsageError(complaint, self.format_usage())


def read_arguments(verb: str, arguments: Sequence[str]) -> argparse.Namespace:
    """What the arguments of a verb say; options may stand among the files.

    Raises:
        UsageError: if they are not understood.
    """
    parser = verb_parser(verb, arguments)
    # Else argparse takes its own word for “usage” off the line, which is not ours in every language.
    parser.usage = parser.format_usage().removeprefix(say("cli.usage")).strip().replace("%", "%%")
    return parser.parse_intermixed_args(arguments)


def speak_argparse() -> None:
    """Let argparse speak the language of the catalogs."""
    argparse._ = _spoken  # type: ignore[attr-defined]


def _spoken(text: str) -> str:
    key = _ARGPARSE.get(text)
    return say(key) if key else text


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language to speak: `--lang` wherever it stands, else that of the environment.

    Of a screenshot, `--lang` says what the picture speaks; it is the same option.
    """
    for at, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and at + 1 < len(arguments):
            value = arguments[at + 1]
        if value in LANGUAGES:
            return value
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((environment[name] for name in names if environment.get(name)), "")
    return "zh" if wanted.lower().startswith("zh") else "en"


def path(text: str) -> Path:
    """A path; nothing, as of an unset variable, is not the current folder."""
    if not text:
        raise argparse.ArgumentTypeError(say("cli.error_path"))
    return Path(text)


def size(text: str) -> tuple[int, int]:
    """Width and height from `WxH`."""
    width, _, height = text.lower().partition("x")
    numbers = [int(part) for part in (width, height) if part.isdecimal()]
    if len(numbers) < 2 or not all(0 < number <= 10000 for number in numbers):
        raise argparse.ArgumentTypeError(say("cli.error_size", value=text))
    return numbers[0], numbers[1]


def scale(text: str) -> float:
    """A factor from 0.5 to 4."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.5 <= value <= 4:
        raise argparse.ArgumentTypeError(say("cli.error_scale", value=text))
    return value


def window_parser(verbs: Sequence[str]) -> argparse.ArgumentParser:
    """`annotator [PROJECT | FILE]`, whose help lists the verbs."""
    width = max(map(len, verbs)) + 2
    table = "\n".join(f"  {verb:<{width}}{say(f'cli.{verb}')}" for verb in verbs)
    parser = Parser(
        prog="annotator",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=say("cli.about"),
        epilog=f"{say('cli.verbs')}\n{table}\n\n{say('cli.more')}\n{say('cli.exit_codes')}",
    )
    parser.add_argument("path", nargs="?", type=path, metavar="PROJECT | FILE", help=say("cli.arg.path"))
    parser.add_argument("--sample", default="", metavar="NAME", help=say("cli.arg.sample"))
    parser.add_argument("--theme", default="", choices=("light", "dark"), help=say("cli.arg.theme"))
    parser.add_argument("--size", type=size, metavar="WxH", help=say("cli.arg.size"))
    parser.add_argument("--version", action="store_true", help=say("cli.version"))
    _common(parser, json=False)
    return parser


def _common(parser: argparse.ArgumentParser, *, json: bool = True) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default="", help=say("cli.arg.lang"))
    if json:
        parser.add_argument("--json", action="store_true", help=say("cli.arg.json"))


def verb_parser(verb: str, arguments: Sequence[str] = ()) -> Parser:
    """The parser of one verb; that of `export` has the options of the format in `arguments`."""
    parser = Parser(
        prog=f"annotator {verb}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=f"{say(f'cli.{verb}')}\n{say(f'cli.{verb}.about')}",
        epilog=say("cli.exit_codes"),
        allow_abbrev=False,
    )
    _FILL[verb](parser, arguments)
    _common(parser)
    return parser


def _project(parser: argparse.ArgumentParser, *, annotator: bool = True) -> None:
    parser.add_argument("project", type=path, metavar="DIR", help=say("cli.arg.project"))
    if annotator:
        parser.add_argument("--annotator", metavar="ID", help=say("cli.arg.annotator"))


def _new(parser: argparse.ArgumentParser, _: Sequence[str]) -> None:
    _project(parser)
    parser.add_argument("--title", default="", metavar="TITLE", help=say("cli.arg.project_title"))


def _import(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    from annotator.cli.dictionary import fill_lexicon
    from annotator.extend import importers
    from annotator.services.receiving import AUTO

    _project(parser)
    parser.add_argument("files", nargs="*", type=path, metavar="FILE", help=say("cli.arg.files"))
    parser.add_argument("--zh", type=path, metavar="FILE", help=say("cli.arg.zh"))
    parser.add_argument("--en", type=path, metavar="FILE", help=say("cli.arg.en"))
    parser.add_argument("--title", default="", metavar="TITLE", help=say("cli.arg.title"))
    parser.add_argument("--encoding", default="", metavar="NAME", help=say("cli.arg.encoding"))
    parser.add_argument("--keep-lines", action="store_true", help=say("cli.arg.keep_lines"))
    parser.add_argument("--preview", action="store_true", help=say("cli.arg.preview"))
    fill_lexicon(parser)
    known = importers()
    choices = (*sorted(known), AUTO)
    parser.add_argument("--format", choices=choices, help=say("cli.arg.read_format", auto=AUTO))
    parser.add_argument("--add-labels", action="store_true", help=say("cli.arg.add_labels"))
    parser.add_argument("--map", action="append", default=[], metavar="NAME=LABEL", help=say("cli.arg.map"))
    parser.add_argument("--new", action="append", default=[], metavar="NAME", help=say("transfer.arg.new"))
    parser.add_argument("--only-known", action="store_true", help=say("transfer.arg.only_known"))
    chosen = known.get(_format_in(arguments))
    if chosen is not None:
        _format_options(parser, chosen)


def _align(parser: argparse.ArgumentParser, _: Sequence[str]) -> None:
    from annotator.cli.dictionary import fill_lexicon

    _project(parser)
    parser.add_argument("documents", nargs="*", metavar="DOC", help=say("cli.arg.documents"))
    fill_lexicon(parser)
    parser.add_argument("--learn", action="store_true", help=say("cli.arg.learn"))
    parser.add_argument("--model", type=path, metavar="DIR", help=say("alignment.arg.model"))


def _export(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    from annotator.extend import exporters
    from annotator.services.options import options_in
    from annotator.services.selecting import Selection

    _project(parser)
    known = exporters()
    parser.add_argument("--format", required=True, choices=sorted(known), help=say("cli.arg.format"))
    parser.add_argument("--out", required=True, type=path, metavar="PATH", help=say("cli.arg.out"))
    parser.add_argument(
        "--document", action="append", default=None, metavar="DOC", help=say("cli.arg.document")
    )
    _option_flags(parser.add_argument_group(say("cli.selection")), options_in(Selection), "selection")
    chosen = known.get(_format_in(arguments))
    if chosen is not None:
        _format_options(parser, chosen)
        return
    lines = [f"  {name:<12}{say(known[name].title)}" for name in sorted(known)]
    parser.epilog = "\n".join(
        [say("cli.formats.title"), *lines, say("cli.format_help"), "", parser.epilog or ""]
    )


def _format_in(arguments: Sequence[str]) -> str:
    for at, argument in enumerate(arguments):
        if argument.startswith("--format="):
            return argument.partition("=")[2]
        if argument == "--format" and at + 1 < len(arguments):
            return arguments[at + 1]
    return ""


def _format_options(parser: argparse.ArgumentParser, format: Exporter | Importer) -> None:
    from annotator.services.options import options_of

    group = parser.add_argument_group(say("cli.format_options", format=say(format.title)))
    _option_flags(group, options_of(format), "option")


def _option_flags(group: argparse._ArgumentGroup, options: Sequence[Option], kind: str) -> None:
    for option in options:
        flag = f"--{option.name.replace('_', '-')}"
        text = say(option.help) if option.help else None
        if option.kind is bool:
            group.add_argument(
                flag, action=argparse.BooleanOptionalAction, dest=f"{kind}_{option.name}", help=text
            )
            continue
        default = f" ({say('cli.default', value=option.default)})" if option.default != "" else ""
        shown = f"{text}{default}" if text else None
        group.add_argument(
            flag,
            dest=f"{kind}_{option.name}",
            type=option.kind,
            choices=option.choices or None,
            metavar=None if option.choices else option.name.upper(),
            help=shown,
        )


def _read_only(parser: argparse.ArgumentParser, _: Sequence[str]) -> None:
    _project(parser)


def _check(parser: argparse.ArgumentParser, _: Sequence[str]) -> None:
    from annotator.services.problems.kinds import KINDS

    _project(parser)
    parser.add_argument("--language", action="store_true", help=say("cli.arg.language"))
    kinds = sorted(KINDS)
    parser.add_argument("--kind", action="append", choices=kinds, metavar="KIND", help=say("cli.arg.kind"))
    lines = [f"  {kind:<19}{say(KINDS[kind].title)}" for kind in kinds]
    parser.epilog = "\n".join([say("cli.problems.kinds"), *lines, "", parser.epilog or ""])


def _screenshot(parser: argparse.ArgumentParser, _: Sequence[str]) -> None:
    _project(parser, annotator=False)
    parser.add_argument("--out", required=True, type=path, metavar="FILE.png", help=say("cli.arg.picture"))
    parser.add_argument("--size", type=size, default=(1280, 820), metavar="WxH", help=say("cli.arg.size"))
    parser.add_argument("--theme", default="light", choices=("light", "dark"), help=say("cli.arg.theme"))
    parser.add_argument("--document", default="", metavar="DOC", help=say("cli.arg.shown"))
    parser.add_argument("--select", default="", metavar="ID", help=say("cli.arg.select"))
    parser.add_argument("--scale", type=scale, default=1.0, metavar="FACTOR", help=say("cli.arg.scale"))


def _tour(parser: argparse.ArgumentParser, _: Sequence[str]) -> None:
    parser.add_argument("--out", required=True, type=path, metavar="DIR", help=say("cli.arg.tour"))


def _dictionary(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    from annotator.cli.dictionary import fill

    fill(parser, arguments)


def _evaluate(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    from annotator.cli.evaluate import fill

    fill(parser, arguments)


def _suggest(parser: argparse.ArgumentParser, _: Sequence[str]) -> None:
    from annotator.extend import suggesters

    _project(parser)
    parser.add_argument(
        "--source", action="append", choices=sorted(suggesters()), help=say("cli.arg.suggest_source")
    )


def _nothing(_: argparse.ArgumentParser, __: Sequence[str]) -> None:
    pass


_FILL: dict[str, Callable[[argparse.ArgumentParser, Sequence[str]], None]] = {
    "new": _new,
    "import": _import,
    "align": _align,
    "dictionary": _dictionary,
    "export": _export,
    "check": _check,
    "stats": _read_only,
    "labels": _read_only,
    "train": _read_only,
    "suggest": _suggest,
    "evaluate": _evaluate,
    "formats": _nothing,
    "screenshot": _screenshot,
    "tour": _tour,
    "version": _nothing,
}

VERBS = tuple(_FILL)


def environment_language(arguments: Sequence[str]) -> str:
    """The language to speak in this process."""
    return language_of(arguments, os.environ)
