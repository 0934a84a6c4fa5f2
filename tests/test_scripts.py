"""The set-up tells what it cannot do, and does nothing twice."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the set-up is for Linux and macOS")


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module(name)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as on a Debian machine whose user may install nothing and lacks nothing."""
    module = script("system", monkeypatch)
    monkeypatch.setattr(module, "privilege", lambda: None)
    monkeypatch.setattr(module, "missing_packages", lambda _kind: [])
    monkeypatch.setattr(module, "is_known", lambda _package: False)
    monkeypatch.setattr(module.shutil, "which", lambda name: f"/usr/bin/{name}")
    return module


def choose_python(named: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON"}
    if named is not None:
        environment["PYTHON"] = named
    command = ["sh", str(ROOT / "scripts" / "python.sh")]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_named_python_is_taken() -> None:
    assert choose_python(sys.executable).stdout.strip() == sys.executable


def test_a_python_that_does_not_start_is_refused_with_its_name() -> None:
    result = choose_python("no-such-python")
    assert result.returncode != 0
    assert "no-such-python" in result.stderr


def test_some_python_is_found_without_naming_one() -> None:
    assert shutil.which(choose_python(None).stdout.strip(), path=f"{ROOT}:{os.environ['PATH']}")


def test_a_complete_system_is_left_alone(system: ModuleType) -> None:
    said: list[str] = []
    system.provide("test", [], said.append)
    assert said == []


def test_without_qt_libraries_it_stops_with_the_command_to_run(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing_packages", lambda _kind: ["libegl1", "fonts-noto-cjk"])
    with pytest.raises(system.MissingPackagesError, match=r"apt-get install .* libegl1 fonts-noto-cjk\n"):
        system.provide("run", [], lambda _text: None)


def test_without_a_chinese_font_it_goes_on_and_says_what_will_be_seen(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing_packages", lambda _kind: ["fonts-noto-cjk"])
    said: list[str] = []
    system.provide("run", [], said.append)
    assert "boxes" in said[0]
    assert "apt-get install" in said[0]


def test_another_distribution_is_told_what_is_lacking(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing_packages", lambda _kind: ["libegl1"])
    monkeypatch.setattr(system.shutil, "which", lambda _name: None)
    said: list[str] = []
    system.provide("run", [], said.append)
    assert "libegl1" in said[0]


def test_what_was_prepared_for_the_tests_suffices_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = script("setup", monkeypatch)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup, "VENV_PYTHON", tmp_path / "bin" / "python")
    assert not setup.is_prepared("run")
    setup.stamp("test").write_text(setup.fingerprint(), encoding="ascii")
    assert setup.is_prepared("run")
    assert setup.is_prepared("test")


def test_changed_pins_are_prepared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = script("setup", monkeypatch)
    pins = tmp_path / "constraints.txt"
    monkeypatch.setattr(setup, "INPUTS", (pins,))
    pins.write_text("jieba==1", encoding="utf-8")
    before = setup.fingerprint()
    pins.write_text("jieba==2", encoding="utf-8")
    assert setup.fingerprint() != before


def test_no_display_is_seen_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    start = script("start", monkeypatch)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not start.has_display()


def test_a_display_that_is_named_but_gone_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    start = script("start", monkeypatch)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not start.has_display()
