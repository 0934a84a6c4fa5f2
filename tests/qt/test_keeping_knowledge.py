"""What the window knows of words: dictionaries, confirmed mentions, links, followed edit by edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from making import document, link, span, with_spans
from pytestqt.qtbot import QtBot
from stored import project

from annotator.qt import knowledge as module
from annotator.qt.tasks import busy
from annotator.qt.window import Window
from annotator.services.annotate import annotate, relabel
from annotator.services.properties import remove_document
from annotator.settings import Settings

OpenWindow = Callable[..., Window]

OTHER_ZH = ("谷里滕布林来了。", "谷里滕布林又走了。")
OTHER_EN = ("Gulliten came.", "Gulliten left again.")


@pytest.fixture
def ports(tmp_path: Path) -> Path:
    """Two documents, both with linked mentions."""
    one = document()
    names = [span(one, "zh", "顾岚"), span(one, "en", "Gu Lan")]
    two = document(OTHER_ZH, OTHER_EN, doc="doc2")
    others = [span(two, "zh", "谷里滕布林"), span(two, "en", "Gulliten")]
    return project(
        tmp_path / "p",
        with_spans(one, names, [link(*names)]),
        with_spans(two, others, [link(*others)]),
        who="ann",
    )


@pytest.fixture
def opened(open_window: OpenWindow, ports: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Window:
    # The look for problems, which loads the other documents, does not begin.
    monkeypatch.setattr("annotator.qt.problemwatch._OPENED_MS", 600_000)
    window = open_window(ports)
    rest(window, qtbot)
    return window


def rest(window: Window, qtbot: QtBot) -> None:
    """Until all is read, counted and fed."""
    qtbot.waitUntil(lambda: not busy() and not window.knowledge.reading, timeout=20_000)
    qtbot.waitUntil(lambda: window.workbench.words.ready, timeout=20_000)


def cut(window: Window, text: str) -> list[str]:
    return [text[start:end] for start, end in window.workbench.words.spans(text, "zh")]


def test_all_documents_teach_names_and_links(opened: Window) -> None:
    assert opened.knowledge.knowledge().linked == {"顾岚": ("Gu Lan",), "谷里滕布林": ("Gulliten",)}
    assert "谷里滕布林" in cut(opened, "他和谷里滕布林会面")
    assert opened.workbench.session is not None
    assert not opened.workbench.session.loaded("doc2")


def test_a_confirmed_name_is_one_word_until_it_goes(opened: Window) -> None:
    bench = opened.workbench
    assert bench.document is not None
    at = bench.document.zh.index("港口改造")
    assert "港口改造" not in cut(opened, "谈到港口改造时")
    bench.do(annotate(bench.document, "zh", at, at + 4, "PLACE", by="ann"))
    assert "港口改造" in cut(opened, "谈到港口改造时")
    bench.undo()
    assert "港口改造" not in cut(opened, "谈到港口改造时")
    bench.redo()
    assert "港口改造" in cut(opened, "谈到港口改造时")


def test_a_bulk_edit_is_learnt_in_the_background(
    opened: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 0)
    bench = opened.workbench
    assert bench.document is not None
    bench.do(relabel(bench.document, [one.id for one in bench.document.spans], "THEME"))
    qtbot.waitUntil(lambda: "顾岚" not in opened.knowledge.knowledge().linked)
    assert "顾岚" not in opened.knowledge.learnt.words
    bench.undo()
    qtbot.waitUntil(lambda: "顾岚" in opened.knowledge.knowledge().linked)


def test_a_document_that_goes_takes_its_lessons_along_and_brings_them_back(
    opened: Window, qtbot: QtBot
) -> None:
    bench = opened.workbench
    assert bench.session is not None
    bench.do(remove_document(bench.session.document("doc2")))
    qtbot.waitUntil(lambda: list(opened.knowledge.knowledge().linked) == ["顾岚"])
    qtbot.waitUntil(lambda: "谷里滕布林" not in cut(opened, "他和谷里滕布林会面"))
    bench.undo()
    qtbot.waitUntil(lambda: "谷里滕布林" in opened.knowledge.knowledge().linked)
    qtbot.waitUntil(lambda: "谷里滕布林" in cut(opened, "他和谷里滕布林会面"))


def test_an_edit_made_while_documents_are_counted_is_counted_once(
    open_window: OpenWindow, ports: Path, qtbot: QtBot
) -> None:
    window = open_window(ports)
    bench = window.workbench
    window.knowledge._on_project()
    assert bench.document is not None
    at = bench.document.zh.index("海口")
    bench.do(annotate(bench.document, "zh", at, at + 2, "PLACE", by="ann"))
    rest(window, qtbot)
    assert "海口" in window.knowledge.learnt.words
    bench.undo()
    assert sorted(window.knowledge.learnt.words) == ["谷里滕布林", "顾岚"]


def test_another_project_starts_from_nothing(opened: Window, tmp_path: Path, qtbot: QtBot) -> None:
    opened.projects.open(project(tmp_path / "q", who="ann"))
    qtbot.waitUntil(lambda: opened.projects.folder == tmp_path / "q")
    rest(opened, qtbot)
    assert opened.knowledge.knowledge().linked == {}
    qtbot.waitUntil(lambda: "谷里滕布林" not in cut(opened, "他和谷里滕布林会面"))


def test_dictionaries_in_force_teach_words_and_glosses(
    open_window: OpenWindow, ports: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("江畔茶社\tRiverside Teahouse\n", encoding="utf-8")
    (ports / "dictionaries").mkdir()
    (ports / "dictionaries" / "shared.csv").write_text("灯塔守,lighthouse keeper\n", encoding="utf-8")
    Settings().set("dictionaries", [str(own)])
    window = open_window(ports)
    rest(window, qtbot)
    known = window.knowledge.knowledge()
    assert known.glosses is not None
    assert [known.glosses(word) for word in ("江畔茶社", "燈塔守")] == [
        ("Riverside Teahouse",),
        ("lighthouse keeper",),
    ]
    glosses = window.knowledge.glosses()
    assert glosses is not None
    assert glosses("江畔茶社") == ("Riverside Teahouse",)
    qtbot.waitUntil(lambda: "江畔茶社" in cut(window, "他加入江畔茶社多年"))
    assert window.knowledge.lexicon is not None
    assert window.knowledge.lexicon.equivalents("灯塔守") == ("lighthouse keeper",)
    window.settings.set("dictionaries", [])
    window.knowledge.read()
    rest(window, qtbot)
    qtbot.waitUntil(lambda: "江畔茶社" not in cut(window, "他加入江畔茶社多年"))
    assert "灯塔守" in cut(window, "那位灯塔守老了")


def test_a_broken_dictionary_is_told_once_and_the_rest_work(
    open_window: OpenWindow, ports: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    good = tmp_path / "good.tsv"
    good.write_text("灯塔守\tlighthouse keeper\n", encoding="utf-8")
    window = open_window()
    told: list[str] = []
    window.workbench.message.connect(lambda text, _: told.append(text))
    window.settings.set("dictionaries", [str(tmp_path / "gone.tsv"), str(good)])
    window.knowledge.read()
    rest(window, qtbot)
    window.projects.open(ports)
    qtbot.waitUntil(lambda: window.projects.folder == ports)
    rest(window, qtbot)
    assert len([text for text in told if "gone.tsv" in text]) == 1
    assert window.knowledge.lexicon is not None


def test_aligning_again_waits_for_dictionaries_that_are_being_read(opened: Window, qtbot: QtBot) -> None:
    got: list[object] = []
    opened.knowledge.read()
    opened.knowledge.with_lexicon(got.append)
    assert got == []
    qtbot.waitUntil(lambda: got == [None])
    opened.knowledge.with_lexicon(got.append)
    assert got == [None, None]
