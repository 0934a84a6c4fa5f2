"""The command table: complete, free of clashes, and said in both languages."""

import itertools

import pytest

from annotator.commands import CARET, COMMANDS, MENUS, Situation, clashes, keys_in_force
from annotator.core.messages import LANGUAGES, catalog

NOTHING = Situation()
EVERYTHING = Situation(
    project=True,
    document=True,
    writable=True,
    selection=True,
    span=True,
    linked=True,
    suggestion=True,
    can_undo=True,
    can_redo=True,
)


def test_no_two_commands_claim_one_key() -> None:
    assert clashes(keys_in_force({})) == {}


def test_a_clash_names_the_key_and_its_holders() -> None:
    found = clashes({"a.one": ["X", "Y"], "a.two": ["Y"], "a.three": ["Z"]})
    assert found == {"Y": ["a.one", "a.two"]}


def test_the_keys_of_the_shipped_labels_are_free_in_the_text() -> None:
    taken = set(itertools.chain.from_iterable(command.keys for command in COMMANDS.values()))
    assert taken.isdisjoint("1234567890")


def test_a_users_keys_replace_the_defaults_and_may_be_none() -> None:
    keys = keys_in_force({"span.link": ["X"], "span.delete": []})
    assert keys["span.link"] == ("X",)
    assert keys["span.delete"] == ()
    assert keys["edit.undo"] == COMMANDS["edit.undo"].keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_menu_has_a_title(language: str) -> None:
    texts = catalog(language)
    titles = {command.title for command in COMMANDS.values()}
    menus = {f"menu.{part}" for command in COMMANDS.values() for part in command.menu.split("/") if part}
    assert sorted((titles | menus) - texts.keys()) == []


def test_every_command_stands_in_a_menu_of_the_bar_or_moves_the_caret() -> None:
    assert {command.menu.partition("/")[0] for command in COMMANDS.values()} == {*MENUS, CARET}


def test_with_nothing_open_only_what_needs_nothing_is_enabled() -> None:
    enabled = {name for name, command in COMMANDS.items() if command.when(NOTHING)}
    assert {"file.new", "file.open", "file.import", "help.keys", "edit.settings"} <= enabled
    assert enabled.isdisjoint({"file.close", "file.export", "edit.undo", "span.delete", "pair.done"})
    assert not any(name.startswith(("move.", "extend.", "annotate.", "align.")) for name in enabled)


def test_with_everything_there_all_is_enabled() -> None:
    assert all(command.when(EVERYTHING) for command in COMMANDS.values())


def test_a_read_only_project_can_be_looked_at_but_not_changed() -> None:
    there = Situation(project=True, document=True, selection=True, span=True, linked=True)
    enabled = {name for name, command in COMMANDS.items() if command.when(there)}
    assert {"nav.next_span", "nav.partner", "edit.copy", "file.export"} <= enabled
    assert enabled.isdisjoint({"annotate.label", "span.delete", "span.link", "align.merge", "text.correct"})


def test_single_letters_work_only_in_the_text() -> None:
    single = [
        command for command in COMMANDS.values() for key in command.keys if len(key) == 1 and key != "?"
    ]
    assert {command.scope for command in single} == {"text"}
