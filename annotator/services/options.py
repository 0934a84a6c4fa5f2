"""Options of formats: frozen dataclasses, from which the command line and the dialog take their fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from annotator.core.errors import AnnotatorError
from annotator.extend import Exporter, Importer


@dataclass(frozen=True, slots=True)
class Option:
    """One field of a format's options: `kind` is `bool`, `int`, `float` or `str`; `help` a catalog key."""

    name: str
    kind: type[Any]
    default: Any
    choices: tuple[str, ...] = ()
    help: str = ""


def options_in(options: type[Any]) -> list[Option]:
    """The fields of a dataclass of options."""
    hints = get_type_hints(options)
    return [
        Option(
            name=one.name,
            kind=hints[one.name] if hints[one.name] in (bool, int, float) else str,
            default=one.default,
            choices=tuple(one.metadata.get("choices", ())),
            help=one.metadata.get("help", ""),
        )
        for one in dataclasses.fields(options)
    ]


def options_of(format: Exporter | Importer) -> list[Option]:
    """The options of a format, for the command line and the dialog to build from."""
    return options_in(format.options)


def make_options(format: Exporter | Importer, given: Mapping[str, Any]) -> Any:
    """The options dataclass with what is given; what is not keeps its default.

    Raises:
        AnnotatorError: if there is no such option, or it does not take the value.
    """
    return checked_options(format.options, format.name, given)


def remembered_options(format: Exporter | Importer, given: Mapping[str, Any]) -> Any:
    """The options dataclass with what of an earlier choice still fits; the rest has its default."""
    fitting: dict[str, Any] = {}
    for option in options_of(format):
        value = given.get(option.name, option.default)
        if isinstance(value, option.kind) and (not option.choices or value in option.choices):
            fitting[option.name] = value
    return format.options(**fitting)


def checked_options(options: type[Any], name: str, given: Mapping[str, Any]) -> Any:
    """An instance of a dataclass of options; `name` stands in what is said of a wrong one.

    Raises:
        AnnotatorError: as `make_options` does.
    """
    known = {option.name: option for option in options_in(options)}
    for key, value in given.items():
        option = known.get(key)
        if option is None:
            raise AnnotatorError("error.no_option", name=key, format=name, known=", ".join(known) or "–")
        if not isinstance(value, option.kind) or (option.choices and value not in option.choices):
            choices = ", ".join(option.choices) or option.kind.__name__
            raise AnnotatorError("error.option_value", name=key, value=value, choices=choices)
    return options(**given)


def check_installed(format: Exporter | Importer) -> None:
    """Hold an importer or exporter against the libraries that are there.

    Raises:
        AnnotatorError: if one is missing; the sentence says what installs it.
    """
    if format.needs is not None and not format.needs.installed:
        raise AnnotatorError("error.format_extra", name=format.name, command=format.needs.command)
