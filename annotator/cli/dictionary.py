"""`annotator dictionary`: the dictionaries of a project or of the user; and what other verbs ask of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.desktop import Desktop
from annotator.cli.opened import progress
from annotator.cli.output import OK, Output
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.language.lexicon import LexiconStack
    from annotator.services.dictionaries import Dictionary, Volume

_ACTIONS = ("list", "add", "remove")


def fill(parser: ArgumentParser, _: Sequence[str]) -> None:
    """The arguments of `dictionary`."""
    parser.add_argument("words", nargs="*", metavar="DIR | ACTION | FILE", help=say("cli.arg.dictionary"))
    parser.add_argument("--user", action="store_true", help=say("cli.arg.dictionary_user"))


def fill_lexicon(parser: ArgumentParser) -> None:
    """The option of verbs that align."""
    parser.add_argument(
        "--lexicon", action="append", default=[], type=Path, metavar="FILE", help=say("cli.arg.lexicon")
    )


def dictionary(arguments: Namespace, output: Output, _: Desktop | None) -> int:
    """List, add or remove dictionaries."""
    words = list(arguments.words)
    project = None if arguments.user else _project(words)
    action = words.pop(0) if words else "list"
    if action not in _ACTIONS or (action == "list") == bool(words):
        raise AnnotatorError("error.dictionary_action", actions=", ".join(_ACTIONS))
    if action == "add":
        _add(project, [Path(word) for word in words])
    elif action == "remove":
        _remove(project, words)
    _list(project, output)
    return OK


def lexicon_for(project: Path, once: Iterable[Path], output: Output) -> LexiconStack | None:
    """What aligning asks for words: the dictionaries in force, and those given for this once; None if there
    is none. One in force that cannot be read is told, one given is an error.

    Raises:
        AnnotatorError: if a dictionary given for this once cannot be read.
    """
    from annotator.services.dictionaries import Dictionary, in_force, stack

    with progress(say("cli.reading_dictionaries")):
        volumes = _read(in_force(_own(), project))
        given = _read([Dictionary(path, "user") for path in once])
    for volume in given:
        if volume.trouble is not None:
            raise volume.trouble
    for volume in volumes:
        if volume.trouble is not None:
            output.note(str(volume.trouble))
    known = [*volumes, *given]
    return stack(known) if any(volume.entries for volume in known) else None


def _project(words: list[str]) -> Path:
    from annotator.store.library import is_project

    folder = Path(words.pop(0)) if words else Path()
    if not is_project(folder):
        raise AnnotatorError("error.not_a_project", folder=folder.absolute())
    return folder


def _own() -> list[str]:
    return list(Settings().get("dictionaries"))


def _read(dictionaries: Sequence[Dictionary]) -> tuple[Volume, ...]:
    from annotator.services.dictionaries import read_all

    return read_all(dictionaries)


def _add(project: Path | None, files: Sequence[Path]) -> None:
    from annotator.services.dictionaries import add_to_project, with_path

    own = _own()
    with progress(say("cli.reading_dictionaries")) as job:
        # All are read before the first is taken: all or none.
        for file in files:
            own = with_path(own, file, job)
        if project is None:
            Settings().set("dictionaries", own)
            return
        for file in files:
            add_to_project(project, file, job)


def _remove(project: Path | None, names: Sequence[str]) -> None:
    from annotator.services.dictionaries import remove_from_project, without_path

    there = _in_place(project)
    chosen = [next((one for one in there if name in (one.name, str(one.path))), None) for name in names]
    for name, found in zip(names, chosen, strict=True):
        if found is None:
            known = ", ".join(one.name for one in there) or "–"
            raise AnnotatorError("error.dictionary_unknown", name=name, known=known)
    for found in filter(None, chosen):
        if project is None:
            Settings().set("dictionaries", without_path(_own(), found))
        else:
            remove_from_project(project, found)


def _in_place(project: Path | None) -> list[Dictionary]:
    """Those that belong to the project, or to the user if there is none."""
    from annotator.services.dictionaries import in_force

    return in_force(_own(), None) if project is None else in_force((), project)


def _list(project: Path | None, output: Output) -> None:
    from annotator.services.dictionaries import in_force

    with progress(say("cli.reading_dictionaries")):
        volumes = _read(in_force(_own(), project))
    records = [
        {
            "name": volume.dictionary.name,
            "path": str(volume.dictionary.path),
            "owner": volume.dictionary.owner,
            "words": len(volume.entries),
            "error": str(volume.trouble) if volume.trouble is not None else None,
        }
        for volume in volumes
    ]
    lines = [
        str(record["error"])
        if record["error"]
        else say(
            "cli.dictionary_line",
            name=record["name"],
            owner=say(f"dictionaries.owner.{record['owner']}"),
            words=record["words"],
        )
        for record in records
    ]
    output.result({"dictionaries": records}, *(lines or [say("cli.no_dictionaries")]))
