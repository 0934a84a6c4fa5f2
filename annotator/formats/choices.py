"""Options that several formats share, so that they mean the same in each."""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

SideChoice = Literal["both", "zh", "en"]
Layout = Literal["document", "pair", "interleaved"]
Unit = Literal["char", "word"]
Overlaps = Literal["outermost", "longest", "label"]


def choice(name: str, *choices: str, default: str = "") -> Any:
    """A field of options that takes one of `choices`; without `default`, the first is it."""
    return field(default=default or choices[0], metadata={"help": f"option.{name}", "choices": choices})


def side_choice() -> Any:
    """Which side to write."""
    return choice("side", "both", "zh", "en")


def layout_choice(*choices: str) -> Any:
    """What becomes one text in a format whose items have one text."""
    return choice("layout", *(choices or ("document", "pair", "interleaved")))


def unit_choice(default: str = "char") -> Any:
    """What a token is."""
    return choice("unit", "char", "word", default=default)


def overlaps_choice() -> Any:
    """Which of two overlapping annotations stays."""
    return choice("overlaps", "outermost", "longest", "label")
