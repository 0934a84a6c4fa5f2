"""Suggested mentions against gold: exact spans and labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.core.errors import AnnotatorError
from annotator.services.evaluating_suggestions import Tally, evaluate_suggestions, read_gold

ZH = "律师苏明远昨天在广州发言。"
EN = "The lawyer Su Mingyuan spoke in Guangzhou."


def lines(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return path


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    return lines(
        tmp_path / "zh.jsonl",
        {"id": "zh_1", "text": ZH, "spans": [[2, 5, "PERSON"], [8, 10, "PLACE"]]},
        {"id": "zh_2", "text": "会场设在白鹭大学。", "spans": [[4, 8, "ORG"]]},
    )


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    record = {"zh": ZH, "en": EN, "zh_spans": [[2, 5, "PERSON"]], "en_spans": [[32, 41, "PLACE"]]}
    return lines(tmp_path / "pairs.jsonl", record)


def test_a_suggestion_counts_if_stretch_and_label_are_those_of_the_gold() -> None:
    tally = Tally()
    tally.add([(0, 2, "PERSON"), (3, 5, "PLACE")], [(0, 2, "PERSON"), (3, 6, "PLACE"), (7, 8, "ORG")])
    report = tally.report()
    assert (report.precision, report.recall, report.f1) == (0.5, 0.5, 0.5)
    assert report.labels["PERSON"].f1 == 1.0
    assert report.labels["PLACE"].f1 == 0.0


def test_sentences_are_scored_by_label(sentences: Path) -> None:
    report = evaluate_suggestions([sentences])
    assert report.f1 == 1.0
    assert set(report.labels) == {"PERSON", "PLACE"}


def test_files_are_counted_together(sentences: Path, tmp_path: Path) -> None:
    missed = lines(tmp_path / "en.jsonl", {"id": "en_1", "text": "it", "spans": [[0, 2, "PERSON"]]})
    assert evaluate_suggestions([sentences, missed]).recall == pytest.approx(2 / 3, abs=1e-4)


def test_the_language_is_told_by_the_text_if_the_id_does_not_tell(tmp_path: Path) -> None:
    gold = read_gold(lines(tmp_path / "a.jsonl", {"text": ZH}, {"text": EN}, {"id": "en_3", "text": "广州"}))
    assert [one.side for one in gold] == ["zh", "en", "en"]


def test_of_pairs_one_side_is_scored(pairs: Path) -> None:
    assert evaluate_suggestions([pairs], "zh").labels["PERSON"].f1 == 1.0
    assert evaluate_suggestions([pairs], "en").labels["PLACE"].f1 == 1.0
    with pytest.raises(AnnotatorError, match="--side"):
        evaluate_suggestions([pairs])


def test_the_command_prints_the_figures_as_json(sentences: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "suggest", str(sentences), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert set(record) == {"precision", "recall", "f1", "labels"}
    assert record["labels"]["PLACE"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_the_command_scores_a_side_of_pairs(pairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "suggest", str(pairs), "--side", "en"]) == 0
    assert "PLACE" in capsys.readouterr().out


@pytest.mark.parametrize(
    "record",
    [
        {"id": "zh_1", "spans": []},
        {"text": ZH, "spans": [[1, 2]]},
        {"text": "短", "spans": [[0, 2, "PLACE"]]},
    ],
)
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, record: dict[str, object]) -> None:
    path = lines(tmp_path / "bad.jsonl", {"text": ZH, "spans": []}, record)
    with pytest.raises(AnnotatorError, match="2"):
        evaluate_suggestions([path], "zh")


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"nothing\.jsonl"):
        evaluate_suggestions([tmp_path / "nothing.jsonl"])
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(AnnotatorError, match=r"bytes\.jsonl"):
        evaluate_suggestions([tmp_path / "bytes.jsonl"])
