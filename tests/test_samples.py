"""The sample projects keep every rule of the format and of their own guideline.

They are the gold of other tests, so they are checked with nothing but the standard library.
"""

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PROJECTS = ROOT / "projects"
NAMES = ("readout", "news", "dialogue")
SIDES = ("zh", "en")
ID = re.compile(r"[0-9abcdefghjkmnpqrstvwxyz]{12}")
MENTIONS = ("PERSON", "PLACE", "DATE")
# Capitalised, but neither a person nor a place by the guideline.
OTHER_NAMES = {
    "National Security Council",
    "Half-Day Leisure",
    "Group",
    "Twenty",
    "State Department",
    "Swedish",
}

Record = dict[str, Any]


class Sample:
    """One sample project, read as plain JSON."""

    def __init__(self, name: str) -> None:
        self.name = name
        folder = PROJECTS / name
        self.project: Record = json.loads((folder / "project.json").read_text("utf-8"))
        self.document: Record = json.loads((folder / "docs" / f"{name}.json").read_text("utf-8"))
        self.raw = (folder / "annotations" / "sample" / f"{name}.jsonl").read_text("utf-8")
        self.records: list[Record] = [json.loads(line) for line in self.raw.splitlines()]
        self.text = {side: "\n".join(self.document[side]["lines"]) for side in SIDES}
        self.pairs: list[Record] = self.document["pairs"]
        self.spans = self.of_type("span")
        self.links = self.of_type("link")
        self.done = self.of_type("done")

    def of_type(self, kind: str) -> list[Record]:
        return [record for record in self.records if record["t"] == kind]

    def on(self, side: str) -> list[Record]:
        return [span for span in self.spans if span["side"] == side]

    def mentions(self, side: str) -> list[Record]:
        return [span for span in self.on(side) if span["label"] in MENTIONS]

    def segments(self, side: str) -> list[list[int]]:
        return [segment for pair in self.pairs for segment in pair[side]]

    def pair_of(self, span: Record) -> int:
        for index, pair in enumerate(self.pairs):
            segments = pair[span["side"]]
            if segments and segments[0][0] <= span["start"] < segments[-1][1]:
                return index
        raise AssertionError(f"{span['quote']} lies in no pair")

    def linked(self) -> list[tuple[Record, Record]]:
        by_id = {span["id"]: span for span in self.spans}
        return [(by_id[link["a"]], by_id[link["b"]]) for link in self.links]


@pytest.fixture(scope="module", params=NAMES)
def sample(request: pytest.FixtureRequest) -> Sample:
    return Sample(request.param)


def default_labels() -> Record:
    return tomllib.loads((ROOT / "resources" / "labels.toml").read_text("utf-8"))


def occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """Where the quote stands in the text; a Latin quote only as whole words."""
    pattern = re.escape(quote)
    if quote[0].isascii():
        pattern = rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"
    return [match.span() for match in re.finditer(pattern, text)]


def inside(start: int, end: int, spans: list[Record]) -> bool:
    return any(span["start"] <= start and end <= span["end"] for span in spans)


def test_default_labels_are_complete_in_both_languages() -> None:
    labels = default_labels()["labels"]
    ids = [label["id"] for label in labels]
    assert ids[:4] == ["PERSON", "PLACE", "DATE", "THEME"]
    assert len({label["key"] for label in labels}) == len({label["color"] for label in labels}) == len(ids)
    for label in labels:
        assert label.get("parent") == (label["id"].rpartition("/")[0] or None)
        assert re.fullmatch(r"#[0-9A-F]{6}", label["color"])
        assert label["examples"]
        for texts in (label["name"], label["description"]):
            assert re.match(r"[A-Z]", texts["en"])
            assert re.match(r"[一-鿿]", texts["zh"])
            assert not any("\n" in text for text in texts.values())


def test_projects_start_with_the_default_labels(sample: Sample) -> None:
    defaults = default_labels()
    filled = [{"parent": None, "attributes": [], **label} for label in defaults["labels"]]
    assert sample.project["labels"][: len(filled)] == filled
    assert sample.project["link_types"] == defaults["link_types"]


def test_formats_are_named(sample: Sample) -> None:
    head = sample.records[0]
    assert sample.project["format"] == "bitext-project/1"
    assert sample.project["offsets"] == "codepoint"
    assert sample.document["format"] == "bitext-document/1"
    assert sample.document["id"] == sample.name
    assert head["t"] == "head"
    assert head["format"] == "bitext-annotations/1"
    assert (head["doc"], head["annotator"], head["status"]) == (sample.name, "sample", "open")
    assert {annotator["id"] for annotator in sample.project["annotators"]} == {"sample"}


def test_one_sample_is_in_traditional_chinese() -> None:
    langs = {name: Sample(name).document["zh"]["lang"] for name in NAMES}
    assert langs == {"readout": "zh-Hans", "news": "zh-Hant", "dialogue": "zh-Hans"}


def test_digests_are_those_of_the_texts(sample: Sample) -> None:
    expected = {side: hashlib.sha256(sample.text[side].encode()).hexdigest() for side in SIDES}
    assert sample.records[0]["sha256"] == expected


def test_documents_have_ten_to_forty_pairs_with_every_kind_of_bead(sample: Sample) -> None:
    shapes = {(len(pair["zh"]), len(pair["en"])) for pair in sample.pairs}
    roles = [pair.get("role", "text") for pair in sample.pairs]
    assert 10 <= len(sample.pairs) <= 40
    assert {(1, 1), (1, 2), (2, 1)} <= shapes
    assert ((1, 0) in shapes) == (sample.name == "dialogue")
    assert roles == ["title"] + ["text"] * (len(roles) - 1)


@pytest.mark.parametrize("side", SIDES)
def test_segments_cover_the_text_in_order_without_white_space_around(sample: Sample, side: str) -> None:
    text, position = sample.text[side], 0
    for start, end in sample.segments(side):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        position = end
    assert not text[position:].strip()


def test_ids_are_unique_crockford_ids() -> None:
    samples = [Sample(name) for name in NAMES]
    ids = [record["id"] for s in samples for record in (*s.pairs, *s.spans, *s.links)]
    assert all(ID.fullmatch(found) for found in ids)
    assert len(ids) == len(set(ids))


def test_quotes_are_the_text_at_their_offsets(sample: Sample) -> None:
    for span in sample.spans:
        assert sample.text[span["side"]][span["start"] : span["end"]] == span["quote"]
        assert span["quote"] == span["quote"].strip() != ""


def test_labels_and_attributes_are_declared(sample: Sample) -> None:
    declared = {label["id"]: {a["id"]: a for a in label["attributes"]} for label in sample.project["labels"]}
    for span in sample.spans:
        assert span.get("certainty", "likely") in ("likely", "unsure")
        for name, value in span.get("attributes", {}).items():
            attribute = declared[span["label"]][name]
            assert attribute["kind"] != "choice" or value in attribute["choices"]
    assert {span["label"].partition("/")[0] for span in sample.spans} == {*MENTIONS, "THEME"}


def test_records_are_sorted_and_compact(sample: Sample) -> None:
    spans = [(SIDES.index(s["side"]), s["start"], -s["end"], s["label"], s["id"]) for s in sample.spans]
    links = [(link["a"], link["b"], link["id"]) for link in sample.links]
    done = [record["pair"] for record in sample.done]
    assert (spans, links, done) == (sorted(spans), sorted(links), sorted(done))
    assert sample.records == [sample.records[0], *sample.spans, *sample.links, *sample.done]
    written = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in sample.records]
    assert sample.raw == "\n".join(written) + "\n"


def test_links_join_a_chinese_and_an_english_span_of_the_same_pair(sample: Sample) -> None:
    types = {link_type["id"] for link_type in sample.project["link_types"]}
    for a, b in sample.linked():
        assert (a["side"], b["side"]) == SIDES
        assert a["label"] == b["label"]
        assert sample.pair_of(a) == sample.pair_of(b)
    assert {link["type"] for link in sample.links} <= types
    assert len({(link["a"], link["b"]) for link in sample.links}) == len(sample.links)


def test_both_sides_are_annotated_and_nearly_everything_is_linked(sample: Sample) -> None:
    linked = {end["id"] for ends in sample.linked() for end in ends}
    loose = [span["quote"] for span in sample.spans if span["id"] not in linked]
    assert min(len(sample.on(side)) for side in SIDES) >= 30
    assert 1 <= len(loose) <= 3


def test_linked_dates_and_places_have_the_same_attributes(sample: Sample) -> None:
    for a, b in sample.linked():
        if a["label"] in ("DATE", "PLACE"):
            assert a.get("attributes") == b.get("attributes")


@pytest.mark.parametrize("side", SIDES)
def test_a_name_marked_once_is_marked_everywhere(sample: Sample, side: str) -> None:
    mentions = sample.mentions(side)
    for quote in {span["quote"] for span in mentions if span["label"] != "DATE"}:
        for start, end in occurrences(sample.text[side], quote):
            assert inside(start, end, mentions), f"{quote} at {start}"


def test_latin_names_on_the_chinese_side_are_marked(sample: Sample) -> None:
    for match in re.finditer(r"[A-Za-z][A-Za-z ]+", sample.text["zh"]):
        assert inside(*match.span(), sample.mentions("zh")), match.group()


def test_capitalised_words_inside_english_sentences_are_marked(sample: Sample) -> None:
    text, title_end = sample.text["en"], sample.pairs[0]["en"][0][1]
    for match in re.finditer(r"(?<=[a-z0-9,] )[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*", text):
        if match.start() < title_end or match.group() in OTHER_NAMES:
            continue
        assert inside(*match.span(), sample.mentions("en")), match.group()


@pytest.mark.parametrize("side", SIDES)
def test_themes_run_over_several_pairs_and_within_a_sentence(sample: Sample, side: str) -> None:
    themes = [span for span in sample.on(side) if span["label"].startswith("THEME")]
    starts = [pair[side][0][0] for pair in sample.pairs if pair[side]]
    crossed = [sum(theme["start"] < start < theme["end"] for start in starts) for theme in themes]
    assert max(crossed) >= 2
    assert min(crossed) == 0


@pytest.mark.parametrize("side", SIDES)
def test_spans_nest(side: str) -> None:
    nested = {
        (inner["label"].partition("/")[0], outer["label"].partition("/")[0])
        for name in NAMES
        for spans in [Sample(name).on(side)]
        for outer in spans
        for inner in spans
        if inner is not outer and outer["start"] <= inner["start"] and inner["end"] <= outer["end"]
    }
    assert {(label, "THEME") for label in (*MENTIONS, "THEME")} <= nested
    assert {("PLACE", "PERSON"), ("PLACE", "PLACE")} <= nested


def test_some_pairs_are_done_and_some_are_left(sample: Sample) -> None:
    done = {record["pair"] for record in sample.done}
    assert done < {pair["id"] for pair in sample.pairs}
    assert len(done) >= 10


def test_notes_and_certainties_are_used(sample: Sample) -> None:
    assert any(span.get("note") for span in sample.spans)
    assert any(span.get("certainty") for span in sample.spans)


def test_plain_texts_are_the_lines_of_the_projects() -> None:
    def lines(name: str) -> list[str]:
        return (PROJECTS / "texts" / name).read_text("utf-8").splitlines()

    readout, news, dialogue = (Sample(name) for name in NAMES)
    set_aside = readout.document["set_aside"]
    both = [line for side in SIDES for line in readout.document[side]["lines"]]
    assert lines("readout.txt") == [*both, *(entry["text"] for entry in set_aside)]
    assert [entry["line"] for entry in set_aside] == [len(both) + 1]
    assert [lines(f"news.{side}.txt") for side in SIDES] == [news.document[side]["lines"] for side in SIDES]
    rows = [row.split("\t") for row in lines("dialogue.tsv")]
    for column, side in enumerate(SIDES):
        assert [row[column] for row in rows if row[column]] == dialogue.document[side]["lines"]
    assert len(rows) == len(dialogue.pairs)
