"""What holds for the repository as a whole and can be read off its files."""

from __future__ import annotations

import ast
import fnmatch
import json
import re
import string
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "annotator").rglob("*.py"))
LANGUAGES = ("en", "zh")


def catalog(language: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in (ROOT / "resources" / "translations" / language).glob("*.json"):
        texts |= json.loads(path.read_text(encoding="utf-8"))
    return texts


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def literal_calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every `say("key", …)` whose key is written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"):
            continue
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node.args[0].value, node


def error_keys(path: Path) -> Iterator[str]:
    """Every literal that can only be the key of an error; of a key put together, `prefix*`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if re.fullmatch(r"error(\.[a-z0-9_]*)+", node.value):
            yield node.value + ("*" if id(node) in parts else "")


def tracked_files() -> list[Path]:
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode or not listing.stdout:
        pytest.skip("not a git checkout")
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def package_name(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_both_languages_say_the_same_things() -> None:
    english, chinese = (catalog(language) for language in LANGUAGES)
    assert english.keys() == chinese.keys()


def test_translations_take_the_same_arguments() -> None:
    english, chinese = (catalog(language) for language in LANGUAGES)
    differing = [
        key
        for key in english.keys() & chinese.keys()
        if placeholders(english[key]) != placeholders(chinese[key])
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_something(language: str) -> None:
    assert [key for key, text in catalog(language).items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_defined_in_one_file_only(language: str) -> None:
    counts: Counter[str] = Counter()
    for path in (ROOT / "resources" / "translations" / language).glob("*.json"):
        pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
        counts.update(key for key, _ in pairs)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_the_code_says_is_in_the_catalog(path: Path) -> None:
    known = catalog("en")
    keys = {key for key, _ in literal_calls(path)} | set(error_keys(path))
    assert [key for key in sorted(keys) if not fnmatch.filter(known, key)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sentence_gets_all_its_arguments(path: Path) -> None:
    known = catalog("en")
    lacking = {}
    for key, call in literal_calls(path):
        given = {keyword.arg for keyword in call.keywords}
        if None not in given and (missing := placeholders(known.get(key, "")) - given):
            lacking[f"{key} (line {call.lineno})"] = missing
    assert lacking == {}


def test_nothing_names_a_package_registry_or_a_path_of_one_machine() -> None:
    # Put together here so that this file does not name them either.
    hosts = [
        "pypi" + ".org",
        "python" + "hosted",
        "npmjs" + ".",
        "deb.debian" + ".org",
        "archive.ubuntu" + ".com",
    ]
    places = ["/" + place + "/" for place in ("work", "root")]
    pattern = re.compile("|".join(map(re.escape, hosts)) + "|" + "|".join(rf"(?<![\w.]){p}" for p in places))
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {match.group()}"
        for path in tracked_files()
        if (match := pattern.search(path.read_bytes().decode("utf-8", errors="replace")))
    ]
    assert found == []


def test_no_work_is_left_marked_in_the_code() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [path.name for path in SOURCES if marks.search(path.read_text(encoding="utf-8"))] == []


def test_every_dependency_is_pinned_to_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    required = [
        *project["project"]["dependencies"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
        *project["build-system"]["requires"],
    ]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", pin)] == []
    assert {package_name(name) for name in required} <= {package_name(pin) for pin in pins}


def test_everything_but_the_window_imports_without_qt() -> None:
    code = """
import importlib, pkgutil, sys
sys.modules["PySide6"] = None
import annotator
for module in pkgutil.walk_packages(annotator.__path__, "annotator."):
    if module.name.split(".")[1] not in ("qt", "__main__"):
        importlib.import_module(module.name)
"""
    # walk_packages itself imports packages; that of the window must then not need Qt either.
    result = python("-c", code)
    assert result.returncode == 0, result.stderr


def test_rooms_import_only_downward() -> None:
    result = python("-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo")
    assert result.returncode == 0, result.stdout + result.stderr
