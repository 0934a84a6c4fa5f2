"""Whatever the document, an export is whole: what is in the files can be put together again."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from making import documents, project

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.resources import resource
from annotator.extend import Corpus, exporters
from annotator.services.exporting import make_options


def written(name: str, document: Document, **options: Any) -> str:
    exporter = exporters()[name]
    out = io.BytesIO()
    exporter.write(Corpus(project(), (document,), 1, "mei"), out, make_options(exporter, options), Job())
    return out.getvalue().decode()


def schema(name: str) -> Any:
    return json.loads(resource("schema", f"{name}.schema.json").read_text(encoding="utf-8"))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_json_gives_the_document_back(document: Document) -> None:
    content = json.loads(written("json", document))
    jsonschema.Draft202012Validator(schema("bitext-export-1")).validate(content)
    (made,) = content["documents"]
    assert (made["zh"], made["en"]) == (document.zh, document.en)
    assert [(one["id"], one["side"], one["start"], one["end"], one["label"]) for one in made["spans"]] == [
        (span.id, span.side, span.start, span.end, span.label) for span in document.spans
    ]
    assert {(one["a"], one["b"], one["type"]) for one in made["links"]} == {
        (link.a, link.b, link.type) for link in document.links
    }
    assert [one["done"] for one in made["pairs"]] == [pair.id in document.done for pair in document.pairs]


@settings(max_examples=60, deadline=None)
@given(documents())
def test_the_parts_of_a_span_in_jsonl_add_up_to_it(document: Document) -> None:
    lines = [json.loads(line) for line in written("jsonl", document).split("\n") if line]
    assert len(lines) == len(document.pairs)
    parts: dict[str, list[str]] = {}
    for line in lines:
        for one in line["spans"]:
            quote = line[one["side"]][one["start"] : one["end"]]
            assert quote == one["quote"]
            parts.setdefault(one["id"], []).append(quote)
            assert one["part"][0] == len(parts[one["id"]])
    for span in document.spans:
        if span.quote.strip():
            assert "".join("".join(parts[span.id]).split()) == "".join(span.quote.split())


@settings(max_examples=40, deadline=None)
@given(documents())
def test_every_token_of_conll_has_one_tag(document: Document) -> None:
    for scheme in ("bio", "bioes"):
        lines = written("conll", document, scheme=scheme, comments=False).split("\n")
        for line in filter(None, lines):
            token, tag = line.split("\t")
            assert token
            assert re.fullmatch(r"O|[BIES]-\S+", tag)


def damaged(content: Any) -> list[Any]:
    """The same content with one thing wrong, again and again."""
    changes: list[tuple[str, Any]] = [
        ("start", -1), ("start", "3"), ("side", "fr"), ("quote", ""), ("label", None), ("certainty", "maybe"),
        ("src", {}), ("attributes", {"value": 3}),
    ]  # fmt: skip
    made = []
    for field, value in changes:
        copy = json.loads(json.dumps(content))
        copy["documents"][0]["spans"][0][field] = value
        made.append(copy)
    for field in ("format", "documents", "offsets"):
        copy = json.loads(json.dumps(content))
        del copy[field]
        made.append(copy)
    return made


def test_the_schema_refuses_what_is_wrong(corpus: Corpus) -> None:
    exporter = exporters()["json"]
    out = io.BytesIO()
    exporter.write(corpus, out, make_options(exporter, {}), Job())
    validator = jsonschema.Draft202012Validator(schema("bitext-export-1"))
    for content in damaged(json.loads(out.getvalue())):
        with pytest.raises(jsonschema.ValidationError):
            validator.validate(content)


@pytest.mark.parametrize("name", ["bitext-export-1", "bitext-pair-1"])
def test_every_field_of_the_schemas_is_explained(name: str) -> None:
    page = resource("help", "export-format.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", page))))

    def fields(part: Any) -> set[str]:
        if isinstance(part, list):
            return {name for one in part for name in fields(one)}
        if not isinstance(part, dict):
            return set()
        own = set(part.get("properties", {}))
        return own | {name for one in part.values() for name in fields(one)}

    assert fields(schema(name)) <= explained


@pytest.mark.parametrize("name", sorted(exporters()))
def test_every_option_of_every_format_is_explained(name: str) -> None:
    page = resource("help", "export-format.md").read_text(encoding="utf-8")
    exporter = exporters()[name]
    for option in make_options(exporter, {}).__dataclass_fields__:
        assert f"--{option.replace('_', '-')}" in page
