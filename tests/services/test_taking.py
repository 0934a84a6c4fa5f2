"""Annotations of other programs find their labels by name and their documents by what is written there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from making import MemoryJournal, Shelf, document, span, with_spans

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.labels import Label, LinkType
from annotator.core.project import Project
from annotator.core.session import Session
from annotator.extend import Reading
from annotator.services.reading import read
from annotator.services.taking import take

PROJECT = Project(
    title="Ports",
    labels=(
        Label(id="PERSON", name={"en": "Person", "zh": "人物"}, color="#3F7BD0"),
        Label(id="PLACE", name={"en": "Place", "zh": "地点"}, color="#17957A"),
        Label(id="THEME", name={"en": "Theme", "zh": "主题"}, color="#B0609E"),
        Label(id="THEME/trade", name={"en": "Trade", "zh": "经贸"}, color="#B0609E", parent="THEME"),
    ),
    link_types=(LinkType(id="SAME", name={"en": "same", "zh": "同指"}),),
)


def session(*documents: Document) -> Session:
    return Session(PROJECT, Shelf(*documents), MemoryJournal(), annotator="mei")


def tagged(tmp_path: Path, *lines: str) -> Reading:
    path = tmp_path / "tags.conll"
    path.write_text("\n".join(lines).replace(" ", "\t") + "\n", encoding="utf-8")
    return read("conll", [path])


def labels(work: Session, doc: str = "doc1") -> list[tuple[str, str]]:
    return [(one.quote, one.label) for one in work.document(doc).spans]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("PERSON", "PERSON"), ("person", "PERSON"), ("Person", "PERSON"), ("人物", "PERSON"),
        ("PER", "PERSON"),
        ("LOC", "PLACE"), ("GPE", "PLACE"), ("THEME_trade", "THEME/trade"), ("trade", "THEME/trade"),
        ("经贸", "THEME/trade"),
    ],
)  # fmt: skip
def test_labels_are_known_by_their_names(tmp_path: Path, name: str, label: str) -> None:
    work = session(document())
    work.do(take(work, tagged(tmp_path, f"顾 B-{name}", f"岚 I-{name}", "说 O")).edit)
    assert labels(work) == [("顾岚", label)]


def test_a_label_that_is_not_there_is_counted_added_or_mapped(tmp_path: Path) -> None:
    reading = tagged(tmp_path, "海 B-HARBOUR", "口 I-HARBOUR")
    work = session(document())
    left = take(work, reading)
    assert left.edit.empty
    assert [(loss.key, loss.example) for loss in left.losses] == [("loss.read_label", "HARBOUR")]
    mapped = take(work, reading, names={"HARBOUR": "PLACE"})
    assert [change.after.label for change in mapped.edit.parts[0].spans if change.after] == ["PLACE"]
    added = take(work, reading, add_labels=True)
    work.do(added.edit)
    assert added.labels == ("HARBOUR",)
    assert work.project.labels[-1].id == "HARBOUR"
    work.undo()
    assert work.project == PROJECT
    assert labels(work) == []


def test_white_space_does_not_keep_a_text_from_being_found(tmp_path: Path) -> None:
    work = session(document())
    lines = ["Gu B-PER", "Lan I-PER", "met O", "Yoko B-PER", "Yoshida I-PER", "in O", "Haikou B-LOC"]
    work.do(take(work, tagged(tmp_path, *lines)).edit)
    assert labels(work) == [("Gu Lan", "PERSON"), ("Yoko Yoshida", "PERSON"), ("Haikou", "PLACE")]


def test_sentences_that_stand_twice_are_found_in_their_order(tmp_path: Path) -> None:
    twice = document(zh=("下雪。", "下雪。"), en=("Snow.", "Snow."))
    work = session(twice)
    taken = take(work, tagged(tmp_path, "下 O", "雪 B-THEME", "。 O", "", "下 B-THEME", "雪 O", "。 O"))
    work.do(taken.edit)
    assert [(one.start, one.quote) for one in work.document("doc1").spans] == [(1, "雪"), (4, "下")]


def test_of_sentences_that_stand_twice_those_without_annotations_keep_the_place(tmp_path: Path) -> None:
    work = session(document(zh=("下雪。", "停了。", "下雪。"), en=("Snow.", "It stopped.", "Snow.")))
    unknown = ("不 O", "在 O", "")
    tags = ("下 O", "雪 O", "。 O", "", *unknown, "下 B-THEME", "雪 O", "。 O")
    work.do(take(work, tagged(tmp_path, *tags)).edit)
    assert [(one.start, one.quote) for one in work.document("doc1").spans] == [(8, "下")]


def test_a_sentence_is_found_whole_before_it_is_found_within_another(tmp_path: Path) -> None:
    work = session(document(zh=("又下雪。", "下雪。"), en=("Snow again.", "Snow.")))
    work.do(take(work, tagged(tmp_path, "下 B-THEME", "雪 O", "。 O")).edit)
    assert [(one.start, one.quote) for one in work.document("doc1").spans] == [(5, "下")]


def test_sentences_out_of_several_documents_go_to_each(tmp_path: Path) -> None:
    other = document(zh=("停了。",), en=("It stopped.",), doc="doc2")
    work = session(document(), other)
    tags = ("停 B-THEME", "了 O", "。 O", "", "海 B-LOC", "口 I-LOC", "", "别 B-PER", "处 O")
    taken = take(work, tagged(tmp_path, *tags))
    work.do(taken.edit)
    assert (labels(work), labels(work, "doc2")) == ([("海口", "PLACE")], [("停", "THEME")])
    assert [(loss.key, loss.example) for loss in taken.losses] == [("loss.read_text", "别")]


def test_what_is_there_already_is_not_taken_twice(tmp_path: Path) -> None:
    base = document()
    work = session(with_spans(base, [span(base, "zh", "顾岚")]))
    taken = take(work, tagged(tmp_path, "顾 B-PER", "岚 I-PER", "在 O", "海 B-LOC", "口 I-LOC"))
    assert (taken.already, taken.spans) == (1, 1)
    work.do(taken.edit)
    again = take(work, tagged(tmp_path, "顾 B-PER", "岚 I-PER", "在 O", "海 B-LOC", "口 I-LOC"))
    assert again.edit.empty
    assert again.already == 2


def test_a_text_in_one_language_that_no_document_has_is_told_of(tmp_path: Path) -> None:
    work = session(document())
    taken = take(work, tagged(tmp_path, "别 B-PER", "处 O"))
    assert taken.edit.empty
    assert [loss.key for loss in taken.losses] == ["loss.read_no_document"]


def test_annotations_are_by_who_reads_them_in(tmp_path: Path) -> None:
    work = session(document())
    work.do(take(work, tagged(tmp_path, "顾 B-PER", "岚 I-PER")).edit)
    (made,) = work.document("doc1").spans
    assert (made.by, made.src.kind) == ("mei", "imported")
    assert len(made.id) == 12


def test_rows_of_a_part_find_their_pairs_by_id(tmp_path: Path) -> None:
    twice = document(zh=("下雪。", "停了。", "下雪。"), en=("Snow.", "It stopped.", "Snow."))
    lines = [
        {
            "format": "bitext-pair/1", "doc": "doc1", "pair": "pair00000002", "zh": "下雪。", "en": "Snow.",
            "spans": [{"id": "s", "side": "zh", "start": 1, "end": 2, "quote": "雪", "label": "THEME"}],
        }
    ]  # fmt: skip
    path = tmp_path / "part.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    work = session(twice)
    work.do(take(work, read("jsonl", [path])).edit)
    assert [one.start for one in work.document("doc1").spans] == [twice.zh.rindex("雪")]


def test_a_translation_memory_becomes_a_document_of_confirmed_pairs(tmp_path: Path) -> None:
    units = "".join(
        f'<tu><tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv><tuv xml:lang="en-US"><seg>{en}</seg></tuv></tu>'
        for zh, en in (("下雪。", "Snow."), ("停了。", "It stopped."))
    )
    path = tmp_path / "winter.tmx"
    path.write_text(f'<tmx version="1.4"><header/><body>{units}</body></tmx>', encoding="utf-8")
    work = session(document())
    taken = take(work, read("tmx", [path]))
    work.do(taken.edit)
    assert taken.added == ("winter",)
    made = work.document("winter")
    assert [made.row_text(row, "en") for row in range(2)] == ["Snow.", "It stopped."]
    assert all(pair.confirmed for pair in made.pairs)


def test_files_of_a_folder_and_of_an_archive_are_read_alike(tmp_path: Path) -> None:
    import zipfile

    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "a.txt").write_text("顾岚说", encoding="utf-8")
    (folder / "a.ann").write_text("T1\tPERSON 0 2\t顾岚\n", encoding="utf-8")
    (folder / "notes.md").write_text("no annotation", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "brat.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    found = [read("brat", [path]) for path in (folder, tmp_path / "brat.zip")]
    assert found[0] == found[1]
    assert [one.quote for one in found[0].documents[0].spans] == ["顾岚"]


@pytest.mark.parametrize(
    ("name", "key"), [("missing.conll", "error.import_missing"), ("empty", "error.read_nothing")]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, key: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(AnnotatorError) as caught:
        read("conll", [tmp_path / name])
    assert caught.value.key == key
