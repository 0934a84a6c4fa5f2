"""What data libraries make of tables and lines: the same texts, and offsets that cut out the quotations."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from roundtrips import written

from annotator.core.span import SIDES
from annotator.extend import Corpus

MISSING = 'not installed: pip install "annotator[clients]"'
JQ = """[.[] | .zh as $zh | .en as $en | .spans[]
| [(if .side == "zh" then $zh else $en end)[.start:.end], .quote]]"""


def saved(corpus: Corpus, name: str, path: Path) -> str:
    path.write_bytes(written(corpus, name)[0])
    return str(path)


def texts(corpus: Corpus) -> list[tuple[str, str]]:
    """The two texts of every pair."""
    return [
        (document.row_text(row, "zh"), document.row_text(row, "en"))
        for document in corpus.documents
        for row in range(len(document.pairs))
    ]


@pytest.mark.clients
def test_pandas_polars_and_duckdb_read_the_tsv(corpora: Corpus, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING)
    polars = pytest.importorskip("polars", reason=MISSING)
    duckdb = pytest.importorskip("duckdb", reason=MISSING)
    path = saved(corpora, "tsv", tmp_path / "pairs.tsv")
    frame = pandas.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    assert list(zip(frame["zh"], frame["en"], strict=True)) == texts(corpora)
    table = polars.read_csv(path, separator="\t").fill_null("")
    assert list(table.select("zh", "en").iter_rows()) == texts(corpora)
    query = f"select coalesce(zh, ''), coalesce(en, '') from read_csv('{path}', delim='\t', header=true)"
    assert duckdb.sql(query).fetchall() == texts(corpora)
    assert frame["zh PERSON"][1] == table["zh PERSON"][1] == "5-9 𠮷田洋子"


@pytest.mark.clients
def test_offsets_in_the_lines_cut_out_the_quotations(corpora: Corpus, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason=MISSING)
    polars = pytest.importorskip("polars", reason=MISSING)
    duckdb = pytest.importorskip("duckdb", reason=MISSING)
    path = saved(corpora, "jsonl", tmp_path / "pairs.jsonl")
    loaded = datasets.load_dataset("json", data_files=path, split="train", cache_dir=str(tmp_path / "cache"))
    assert list(zip(loaded["zh"], loaded["en"], strict=True)) == texts(corpora)
    cut = [
        (row[one["side"]][one["start"] : one["end"]], one["quote"]) for row in loaded for one in row["spans"]
    ]
    assert len(cut) == 39
    assert all(one == quote for one, quote in cut)
    spans = polars.read_ndjson(path).select("zh", "en", "spans").explode("spans").drop_nulls().unnest("spans")
    text = polars.when(polars.col("side") == "zh").then(polars.col("zh")).otherwise(polars.col("en"))
    sliced = text.str.slice(polars.col("start"), polars.col("end") - polars.col("start"))
    assert spans.select(sliced.alias("cut"), "quote").rows() == cut
    rows = duckdb.sql(
        f"with one as (select zh, en, unnest(spans) as span from read_json('{path}'))"
        " select substring(case when span.side = 'zh' then zh else en end, span.start + 1,"
        ' span."end" - span.start), span.quote from one'
    ).fetchall()
    assert sorted(rows) == sorted(cut)


@pytest.mark.clients
def test_pandas_reads_lines_and_parquet_alike(corpora: Corpus, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING)
    pytest.importorskip("pyarrow", reason='not installed: pip install "annotator[parquet]"')
    lines = pandas.read_json(saved(corpora, "jsonl", tmp_path / "pairs.jsonl"), lines=True)
    table = pandas.read_parquet(saved(corpora, "parquet", tmp_path / "pairs.parquet"))
    assert list(zip(lines["zh"], lines["en"], strict=True)) == texts(corpora)
    for column in ("doc", "pair", "row", "zh", "en"):
        assert list(lines[column]) == list(table[column])
    assert [[one["id"] for one in row] for row in lines["spans"]] == [
        [one["id"] for one in row] for row in table["spans"]
    ]


def test_jq_cuts_out_every_quotation(corpora: Corpus, tmp_path: Path) -> None:
    jq = shutil.which("jq")
    if jq is None:
        pytest.skip("not installed: jq")
    for name, query, options in (("jsonl", JQ, ["-s"]), ("json", f".documents | {JQ}", [])):
        path = saved(corpora, name, tmp_path / name)
        run = subprocess.run([jq, *options, query, path], capture_output=True, check=True)
        rows = json.loads(run.stdout)
        assert len(rows) == (39 if name == "jsonl" else 36)
        assert all(one == quote for one, quote in rows)
    languages = subprocess.run(
        [jq, "-c", ".documents[0].languages | keys", tmp_path / "json"], capture_output=True, check=True
    )
    assert json.loads(languages.stdout) == sorted(SIDES)
