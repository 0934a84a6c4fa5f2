"""Every exporter: golden files, the same bytes twice, and no span that does not quote its text."""

from __future__ import annotations

import dataclasses
import io
import json
import os
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.messages import LANGUAGES, catalog
from annotator.core.project import Project
from annotator.core.resources import resource
from annotator.core.spans import SpanTable
from annotator.extend import Corpus, File, Report, exporters, importers
from annotator.formats.archive import unpacked
from annotator.services.exporting import make_options, options_of

GOLDEN = Path(__file__).parent.parent / "data" / "golden"


def there(name: str) -> list[pytest.MarkDecorator]:
    """Skips what needs a library that is not installed, and says which."""
    needs = exporters()[name].needs
    missing = needs is not None and not needs.installed
    return [pytest.mark.skipif(missing, reason=f"not installed: {needs.command}")] if needs else []


NAMES = [pytest.param(name, marks=there(name), id=name) for name in sorted(exporters())]


def variants() -> list[Any]:
    """Each exporter with each of its choices, one at a time against the defaults."""
    found = []
    for name, exporter in sorted(exporters().items()):
        found.append(pytest.param(name, {}, id=name, marks=there(name)))
        for option in options_of(exporter):
            choices = (True, False) if option.kind is bool else option.choices
            found += [
                pytest.param(
                    name, {option.name: choice}, id=f"{name}-{option.name}-{choice}", marks=there(name)
                )
                for choice in choices
                if choice != option.default
            ]
    return found


def shown(name: str, data: bytes) -> bytes:
    """What an export says, where its bytes depend on the compressor or the library as well."""
    if exporters()[name].archive or name == "xlsx":
        files = unpacked(File("golden.zip", data))
        return b"\n".join(f"== {file.name}\n".encode() + file.data for file in files)
    if name == "parquet":
        import pyarrow.parquet

        rows = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    if name == "spacy":
        import spacy
        from spacy.tokens import DocBin

        docs = DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab)
        said = ({**doc.to_json(), "about": dict(doc.user_data)} for doc in docs)
        return "\n".join(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in said).encode()
    return data


def written(corpus: Corpus, name: str, **options: Any) -> tuple[bytes, Report]:
    exporter = exporters()[name]
    out = io.BytesIO()
    report = exporter.write(corpus, out, make_options(exporter, options), Job())
    return out.getvalue(), report


@pytest.mark.parametrize(("name", "options"), variants())
def test_an_export_equals_its_golden_file(corpus: Corpus, name: str, options: dict[str, Any]) -> None:
    data, report = written(corpus, name, **options)
    data = shown(name, data)
    label = "-".join([name, *(f"{key}-{value}" for key, value in options.items())])
    suffix = f"{exporters()[name].suffixes[0]}{'.txt' if exporters()[name].binary else ''}"
    path = GOLDEN / f"{label}{suffix}"
    losses = [f"{loss.key} {loss.count} {loss.example!r}" for loss in report.losses]
    told = "\n".join([f"documents {report.documents}, spans {report.spans}, links {report.links}", *losses])
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.with_suffix(".report").write_text(told + "\n", encoding="utf-8")
    assert data == path.read_bytes()
    assert told == path.with_suffix(".report").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(("name", "options"), variants())
def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus, name: str, options: dict[str, Any]) -> None:
    shuffled = [
        document.evolve(spans=SpanTable(reversed(list(document.spans)))) for document in corpus.documents
    ]
    assert written(corpus, name, **options) == written(
        dataclasses.replace(corpus, documents=shuffled), name, **options
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_span_that_does_not_quote_its_text_stops_the_export(
    corpus: Corpus, document: Document, name: str
) -> None:
    first = next(iter(document.spans))
    wrong = document.spans.evolve([first], [replace(first, quote="别的")])
    damaged = dataclasses.replace(corpus, documents=(document.evolve(spans=wrong),))
    with pytest.raises(AnnotatorError) as raised:
        written(damaged, name)
    assert raised.value.key == "error.span_quote"


@pytest.mark.parametrize("name", NAMES)
def test_a_project_without_documents_can_be_exported(project: Project, name: str) -> None:
    _, report = written(Corpus(project, (), 0), name)
    assert report.documents == 0


def test_every_exporter_option_and_loss_has_words_in_both_languages(corpus: Corpus) -> None:
    keys = {exporter.title for exporter in exporters().values()}
    keys |= {option.help for exporter in exporters().values() for option in options_of(exporter)}
    keys |= {importer.title for importer in importers().values()}
    keys |= {option.help for importer in importers().values() for option in options_of(importer)}
    keys |= {kind for exporter in exporters().values() for loss in exporter.loses
             for kind in (loss, loss.replace("loss.", "lost.", 1))}  # fmt: skip
    for name, exporter in exporters().items():
        if exporter.needs is not None and not exporter.needs.installed:
            continue
        for option, choice in ((o, c) for o in options_of(exporter) for c in (*o.choices, o.default)):
            losses = {loss.key for loss in written(corpus, name, **{option.name: choice})[1].losses}
            assert losses <= set(exporter.loses), name
            keys |= losses
    for language in LANGUAGES:
        assert keys <= catalog(language).keys()


def schema(name: str) -> Any:
    return json.loads(resource("schema", f"{name}.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("side", "pretty"), [*product(("both", "zh", "en"), (False, True))])
def test_the_json_export_fits_its_schema(corpus: Corpus, side: str, pretty: bool) -> None:
    data, _ = written(corpus, "json", side=side, pretty=pretty)
    jsonschema.Draft202012Validator(schema("bitext-export-1")).validate(json.loads(data))


def test_every_line_of_the_jsonl_export_fits_its_schema(corpus: Corpus) -> None:
    data, _ = written(corpus, "jsonl")
    validator = jsonschema.Draft202012Validator(schema("bitext-pair-1"))
    for line in data.decode().splitlines():
        validator.validate(json.loads(line))


@pytest.mark.parametrize("name", ["bitext-export-1", "bitext-pair-1"])
def test_the_schemas_are_themselves_valid(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_doccano_need_not_guess_the_encoding_of_relations(corpora: Corpus) -> None:
    data = written(corpora, "doccano", relations=True)[0]
    assert data.isascii()
    assert [json.loads(line)["text"] for line in data.splitlines()] == [
        json.loads(line)["text"] for line in written(corpora, "doccano")[0].splitlines()
    ]


def test_json_offsets_count_code_points(corpus: Corpus) -> None:
    content = json.loads(written(corpus, "json")[0])
    for document in content["documents"]:
        for one in document["spans"]:
            assert document[one["side"]][one["start"] : one["end"]] == one["quote"]


def test_the_json_export_says_all_that_the_document_holds(corpus: Corpus, document: Document) -> None:
    (content,) = json.loads(written(corpus, "json")[0])["documents"]
    assert {one["id"] for one in content["spans"]} == {one.id for one in document.spans}
    assert {one["id"] for one in content["links"]} == {one.id for one in document.links}
    assert [one["id"] for one in content["pairs"]] == [one.id for one in document.pairs]
    by_id = {one["id"]: one for one in content["spans"]}
    assert by_id["span00000003"]["note"] == "née Sato"
    assert by_id["span00000002"]["attributes"] == {"value": "03-02"}
    assert by_id["span00000004"]["src"] == {"kind": "accepted", "model": "demo@1", "score": 0.91}
    assert by_id["span00000005"]["certainty"] == "likely"


def test_pretty_json_says_the_same(corpus: Corpus) -> None:
    assert json.loads(written(corpus, "json", pretty=True)[0]) == json.loads(written(corpus, "json")[0])


def test_fields_of_newer_versions_are_exported(corpus: Corpus, document: Document) -> None:
    first = next(iter(document.spans))
    newer = document.spans.evolve([first], [replace(first, extra={"mood": "calm", "quote": "never"})])
    changed = dataclasses.replace(corpus, documents=(document.evolve(spans=newer),))
    (content,) = json.loads(written(changed, "json")[0])["documents"]
    found = next(one for one in content["spans"] if one["id"] == first.id)
    assert found["mood"] == "calm"
    assert found["quote"] == first.quote


def test_one_side_alone_tells_what_it_leaves_out(corpus: Corpus) -> None:
    data, report = written(corpus, "json", side="zh")
    (content,) = json.loads(data)["documents"]
    assert "en" not in content
    assert {loss.key: loss.count for loss in report.losses} == {"loss.other_side": 6, "loss.links_across": 6}


def test_jsonl_spans_point_into_their_own_line_and_into_the_document(
    corpus: Corpus, document: Document
) -> None:
    for line in map(json.loads, written(corpus, "jsonl")[0].decode().splitlines()):
        for one in line["spans"]:
            assert line[one["side"]][one["start"] : one["end"]] == one["quote"]
            whole = document.spans.get(one["id"])
            assert whole is not None
            assert (one["doc_start"], one["doc_end"]) == (whole.start, whole.end)
            assert one["quote"] in whole.quote


def test_jsonl_clips_a_span_over_several_pairs_and_says_so(corpus: Corpus) -> None:
    data, report = written(corpus, "jsonl")
    parts = [
        (line["row"], one["part"], one["quote"])
        for line in map(json.loads, data.decode().splitlines())
        for one in line["spans"]
        if one["id"] == "span00000007"
    ]
    assert parts == [(3, [1, 2], "河水解冻了，U盘也找到了。”"), (4, [2, 2], "夜里下了雪。")]
    assert {loss.key: loss.count for loss in report.losses} == {"loss.clipped": 3}


def test_jsonl_tells_whether_both_ends_of_a_link_are_on_the_line(corpus: Corpus) -> None:
    lines = [json.loads(line) for line in written(corpus, "jsonl")[0].decode().splitlines()]
    found = {
        (line["row"], one["id"]): one["complete"]
        for line in lines
        for one in line["links"]
        if one["type"] != "SAME"
    }
    assert found == {(1, "link00000099"): False, (2, "link00000099"): False}


def test_jsonl_can_keep_to_the_rows_that_are_done(corpus: Corpus) -> None:
    lines = written(corpus, "jsonl", rows="done")[0].decode().splitlines()
    assert [json.loads(line)["pair"] for line in lines] == ["pair00000002"]


def test_labels_with_all_their_fields_are_exported(corpus: Corpus, project: Project) -> None:
    labels = json.loads(written(corpus, "json")[0])["labels"]
    assert [one["id"] for one in labels] == [label.id for label in project.labels]
    assert labels[4]["parent"] == "THEME"
    assert isinstance(project.labels[0], Label)
