"""Settings: a table with defaults, of which only the differences are kept."""

import json
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.core.messages import LANGUAGES, catalog
from annotator.settings import SETTINGS, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_only_differences_from_the_defaults_are_saved(path: Path) -> None:
    settings = Settings(path)
    settings.set("theme", "dark")
    settings.set("zoom", 120)
    settings.set("zoom", 100)
    assert json.loads(path.read_text(encoding="utf-8")) == {"theme": "dark"}
    assert Settings(path).get("theme") == "dark"
    assert Settings(path).get("zoom") == 100


def test_the_home_of_the_environment_holds_the_file(home: Path) -> None:
    Settings().set("language", "zh")
    assert json.loads((home / "config" / "settings.json").read_text(encoding="utf-8")) == {"language": "zh"}


def test_a_value_that_does_not_fit_is_refused(path: Path) -> None:
    settings = Settings(path)
    for name, value in (("theme", "pink"), ("zoom", 1000), ("zoom", True), ("all_tags", "yes")):
        with pytest.raises(AnnotatorError, match=name):
            settings.set(name, value)
    assert not path.exists()


def test_a_stored_value_that_does_not_fit_falls_back_to_the_default(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"theme": "pink", "zoom": 150}', encoding="utf-8")
    settings = Settings(path)
    assert settings.get("theme") == "system"
    assert settings.get("zoom") == 150


def test_a_damaged_file_is_put_aside_and_the_defaults_hold(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("{half", encoding="utf-8")
    settings = Settings(path)
    assert settings.damaged is not None
    assert settings.damaged.read_text(encoding="utf-8") == "{half"
    settings.set("theme", "light")
    assert Settings(path).get("theme") == "light"


def test_settings_of_a_newer_version_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"voice": "calm"}', encoding="utf-8")
    Settings(path).set("zoom", 110)
    assert json.loads(path.read_text(encoding="utf-8")) == {"voice": "calm", "zoom": 110}


def test_two_windows_do_not_undo_each_others_settings(path: Path) -> None:
    one, two = Settings(path), Settings(path)
    one.set("theme", "dark")
    two.set("zoom", 130)
    assert json.loads(path.read_text(encoding="utf-8")) == {"theme": "dark", "zoom": 130}


def test_what_cannot_be_saved_holds_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    settings = Settings(blocked / "settings.json")
    with pytest.raises(AnnotatorError, match="could not be saved"):
        settings.set("theme", "dark")
    assert settings.get("theme") == "dark"


def test_a_value_laid_over_holds_until_the_setting_is_changed(path: Path) -> None:
    settings = Settings(path)
    settings.lay_over("theme", "dark")
    assert settings.get("theme") == "dark"
    settings.set("zoom", 110)
    assert "theme" not in json.loads(path.read_text(encoding="utf-8"))
    settings.set("theme", "light")
    assert settings.get("theme") == "light"


def test_listeners_hear_of_changes_only(path: Path) -> None:
    settings = Settings(path)
    heard: list[str] = []
    stop = settings.subscribe(heard.append)
    settings.set("zoom", 120)
    settings.set("zoom", 120)
    stop()
    settings.set("zoom", 130)
    assert heard == ["zoom"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_that_a_person_sees_is_named(language: str) -> None:
    texts = catalog(language)
    shown = [setting for setting in SETTINGS.values() if setting.kind != "kept"]
    keys = {f"setting.{setting.name}" for setting in shown} | {f"setting.group.{one.group}" for one in shown}
    keys |= {f"setting.{setting.name}.{choice}" for setting in shown for choice in setting.choices}
    assert sorted(keys - texts.keys()) == []
