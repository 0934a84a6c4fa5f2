"""What the README promises is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.cli.parser import VERBS
from annotator.commands import COMMANDS
from annotator.extend import exporters

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "README.zh.md")
TOURS = {"README.md": "tour.en.md", "README.zh.md": "tour.zh.md"}
LABEL_KEYS = set("1234567890")
ALONE = {"Alt", "Shift", "Ctrl"}


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_keys_are_those_of_the_command_table(page: str) -> None:
    words = re.findall(r"`([^`\n]+)`", (ROOT / page).read_text(encoding="utf-8"))
    named = {word for word in words if re.fullmatch(r"(?:\w+\+)*(?:[A-Z0-9?]|[A-Z]\w+|F\d)", word)}
    known = {key for command in COMMANDS.values() for key in command.keys} | LABEL_KEYS | ALONE
    formats = {"GB18030", "Big5"}
    assert len(named) > 10
    assert named - known - formats == set()


def test_every_verb_shown_exists_and_every_format_is_shown() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    verbs = re.findall(r"^    annotator (\w+)", text, re.MULTILINE)
    assert set(verbs) <= set(VERBS)
    assert [name for name in exporters() if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize(("page", "tour"), TOURS.items())
def test_the_tour_of_the_help_is_that_of_the_readme(page: str, tour: str) -> None:
    steps = (ROOT / "resources" / "help" / tour).read_text(encoding="utf-8").partition("\n1. ")[2]
    assert len(steps) > 500
    assert steps.strip() in (ROOT / page).read_text(encoding="utf-8")
