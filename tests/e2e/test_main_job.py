"""The main job, whole, in a real window with a real mouse and keyboard.

A mixed text is imported and aligned, annotated by hand, outlives the process, and is exported.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from e2e.desk import Desk
from jsonschema import Draft202012Validator
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "resources" / "schema" / "bitext-export-1.schema.json"
REAL = ROOT.parent / "shared" / "seed" / "langfang.txt"

# As mixed texts come: ASCII commas and brackets in the Chinese, a bullet inside names, curly apostrophes, a
# title of three words, a last line that belongs to neither language's text, and no line end after it.
WRITTEN = Path(__file__).with_name("mixed.txt")


@dataclass(frozen=True)
class Text:
    """A mixed text, what is in it, and what shall be annotated: a person by mouse, a place by keyboard."""

    content: str
    pairs: int
    person: tuple[str, str]
    place: tuple[str, str]

    @property
    def lines(self) -> list[str]:
        return self.content.split("\n")


def written() -> Text:
    return Text(WRITTEN.read_text(encoding="utf-8"), 6, ("马库斯•奥尔森", "Marcus Olsen"), ("宁波", "Ningbo"))


def real() -> Text:
    if not REAL.is_file():
        pytest.skip("the text that the program was first meant for is not here")
    content = REAL.read_text(encoding="utf-8")
    return Text(content, 13, ("劳拉•罗森伯格", "Laura Rosenberger"), ("廊坊", "Langfang"))


Start = Callable[..., Desk]


@pytest.fixture
def start(qtbot: QtBot, xvfb_display: dict[str, str], home: Path, tmp_path: Path) -> Iterator[Start]:
    """Start the program with these arguments; whatever still runs after the test is ended."""
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed")
    desks: list[Desk] = []
    (tmp_path / "me").mkdir()
    environment = xvfb_display | {"ANNOTATOR_HOME": str(home), "HOME": str(tmp_path / "me")}

    def started(*arguments: str | Path) -> Desk:
        desks.append(Desk(qtbot, environment, tmp_path / "program.log", "--lang", "en", *arguments))
        desks[-1].wait("front")
        return desks[-1]

    yield started
    for desk in desks:
        if desk.process.poll() is None:
            desk.kill()


@pytest.mark.xvfb
@pytest.mark.parametrize("source", [written, real], ids=["written", "real"])
def test_the_main_job(source: Callable[[], Text], start: Start, tmp_path: Path) -> None:
    text = source()
    file = tmp_path / "mixed.txt"
    file.write_bytes(text.content.encode())

    desk = start(file)
    imported(desk, text, tmp_path)
    aligned_as_the_lines_are(desk.ask("document"), text)
    annotated_by_mouse(desk, text)
    annotated_by_keyboard(desk, text)
    edge_pulled_and_put_back(desk, text)
    alignment_corrected_and_taken_back(desk)
    text_corrected_and_taken_back(desk)
    before = desk.ask("document")
    desk.kill()

    folder = next(path.parent for path in tmp_path.glob("*/project.json"))
    desk = start(folder)
    desk.wait("document", until=before)
    undone_across_the_restart(desk, before)
    exported(desk, before, tmp_path / "me")
    desk.back_to_text()
    assert desk.quit() == 0
    sound(folder)


def imported(desk: Desk, text: Text, place: Path) -> None:
    desk.wait_for("NewProject")
    desk.fill("new_project.name", "mixed")
    desk.fill("new_project.place", str(place))
    desk.fill("new_project.annotator", "lin")
    desk.press("new_project.accept")
    desk.wait_for("ImportDialog")
    side_lines = len(text.lines) // 2
    zh, en = ([f"title-{side}", *[side] * (side_lines - 1)] for side in ("zh", "en"))
    desk.wait("roles", until=[*zh, *en, "aside"])
    desk.press("import.accept")
    desk.wait("document")
    desk.wait("words")
    desk.back_to_text()


def aligned_as_the_lines_are(document: dict[str, Any], text: Text) -> None:
    half = len(text.lines) // 2
    assert document["zh"] == "\n".join(text.lines[:half])
    assert document["en"] == "\n".join(text.lines[half:-1])
    assert len(document["pairs"]) == text.pairs
    for zh, en in document["pairs"]:
        assert len(zh) == len(en) == 1
        lines = [document[side][: one[0][0]].count("\n") for side, one in (("zh", zh), ("en", en))]
        assert lines[0] == lines[1]


def annotated_by_mouse(desk: Desk, text: Text) -> None:
    document = desk.ask("document")
    start = document["zh"].index(text.person[0])
    desk.drag("zh", start, start + 2, holding="alt")
    desk.wait("chosen", until={"side": "zh", "text": text.person[0][:2], "span": None})
    for side, name in zip(("zh", "en"), text.person, strict=True):
        start = document[side].index(name)
        # From within the first word into the last: whole words are taken.
        desk.drag(side, start + 1, start + len(name) - 1)
        desk.wait("chosen", until={"side": side, "text": name, "span": None})
        desk.key("1")
        desk.wait("chosen", until={"side": side, "text": "", "span": name})
    desk.key("k")
    desk.wait("document", until=lambda now: linked(now) == [text.person])


def annotated_by_keyboard(desk: Desk, text: Text) -> None:
    desk.key("Tab", "ctrl+Home")
    for side, name in zip(("zh", "en"), text.place, strict=True):
        desk.wait("chosen", until={"side": side, "text": "", "span": None})
        desk.key("ctrl+shift+Right")
        desk.wait("chosen", until={"side": side, "text": name, "span": None})
        desk.key("2")
        desk.wait("chosen", until={"side": side, "text": "", "span": name})
        if side == "zh":
            desk.key("ctrl+Home", "Tab")
    desk.key("k", "space")
    after = desk.wait("document", until=lambda now: now["done"] == [0])
    assert linked(after) == [text.place, text.person]
    assert [(quote, label) for *_, quote, label in after["spans"]] == [
        (text.place[1], "PLACE"),
        (text.person[1], "PERSON"),
        (text.place[0], "PLACE"),
        (text.person[0], "PERSON"),
    ]


def linked(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one[3], two[3]) for one, two in document["links"]]


def edge_pulled_and_put_back(desk: Desk, text: Text) -> None:
    before = desk.ask("document")
    name = text.person[1]
    start = before["en"].index(name)
    desk.click(desk.wait("place", "en", start + 2))
    desk.wait("chosen", until={"side": "en", "text": "", "span": name})
    desk.pull("en", start + 2)
    desk.wait("chosen", until={"side": "en", "text": "", "span": name.split()[0]})
    desk.key("ctrl+z")
    desk.wait("document", until=before)


def alignment_corrected_and_taken_back(desk: Desk) -> None:
    before = desk.ask("document")
    desk.key("ctrl+m")
    after = desk.wait("document", until=lambda now: len(now["pairs"]) == len(before["pairs"]) - 1)
    assert (after["spans"], after["links"]) == (before["spans"], before["links"])
    desk.key("ctrl+z")
    desk.wait("document", until=before)


def text_corrected_and_taken_back(desk: Desk) -> None:
    before = desk.ask("document")
    desk.key("ctrl+Home", "F2")
    desk.wait_for("CorrectDialog")
    desk.key("ctrl+Home")
    desk.write("A ")
    desk.press("correct.accept")
    desk.back_to_text()
    after = desk.wait("document", until=lambda now: now["en"] == "A " + before["en"])
    quotes = [[quote for *_, quote, _ in one["spans"]] for one in (before, after)]
    assert quotes[0] == quotes[1]
    desk.key("ctrl+z")
    desk.wait("document", until=before)


def undone_across_the_restart(desk: Desk, before: dict[str, Any]) -> None:
    desk.back_to_text()
    desk.key("ctrl+z")
    desk.wait("document", until=before | {"done": []})
    desk.key("ctrl+z")
    desk.wait("document", until=lambda now: len(now["links"]) == len(before["links"]) - 1)
    desk.key("ctrl+shift+z", "ctrl+shift+z")
    desk.wait("document", until=before)


def exported(desk: Desk, document: dict[str, Any], folder: Path) -> None:
    desk.key("ctrl+e")
    desk.wait_for("ExportDialog")
    desk.key("alt+s")
    path = Path(desk.wait("typed", until=lambda typed: str(typed).endswith(".json")))
    assert path.parent == folder
    desk.key("Return")
    desk.press("button.close")
    desk.wait_for("Window")
    written = json.loads(path.read_bytes())
    Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate(written)
    (only,) = written["documents"]
    assert (only["zh"], only["en"]) == (document["zh"], document["en"])
    for span in only["spans"]:
        assert only[span["side"]][span["start"] : span["end"]] == span["quote"]
    found = sorted(
        [one["side"], one["start"], one["end"], one["quote"], one["label"]] for one in only["spans"]
    )
    assert found == document["spans"]
    assert len(only["links"]) == len(document["links"])
    assert written["annotator"] == "lin"


def sound(folder: Path) -> None:
    command = [sys.executable, "-m", "annotator", "check", str(folder), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
