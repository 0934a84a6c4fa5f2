"""Scores against gold: beads counted as the published scorers count them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.core.errors import AnnotatorError
from annotator.services.evaluating import count_beads, evaluate_alignment, evaluate_projection

ZH = ["清晨六点，渡船离开了码头。", "河上有雾。", "老吴说：“今天只有12个人。”", "没有人回答他。"]
EN = [
    "At six the ferry left the landing.",
    "There was fog.",
    "“Only 12 people today,” said Old Wu.",
    "Silence.",
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "a.zh").write_text("\n".join(ZH) + "\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("\n".join(EN) + "\n", encoding="utf-8")
    (tmp_path / "a.align").write_text("[0]:[0]\n[1]:[1]\n[2]:[2]\n[3]:[3]\n", encoding="utf-8")
    return tmp_path


def test_lone_sentences_count_neither_as_found_nor_as_missed() -> None:
    count = count_beads([((0,), (0,)), ((1,), ())], [((0,), (0,)), ((), (1,)), ((1,), ())])
    assert count.score().strict.f1 == 1.0


def test_a_bead_that_only_overlaps_the_gold_is_right_laxly() -> None:
    score = count_beads([((0, 1), (0,)), ((2,), (3,))], [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]).score()
    assert score.strict.f1 == 0.0
    assert (score.lax.precision, score.lax.recall) == (0.5, 0.3333)


def test_a_bead_must_meet_one_gold_bead_with_both_sides() -> None:
    score = count_beads([((0,), (1,))], [((0,), (0,)), ((1,), (1,))]).score()
    assert score.lax.precision == 0.0


def test_a_folder_is_scored_as_a_whole_and_by_document(gold: Path) -> None:
    report = evaluate_alignment(gold)
    assert report.strict.f1 == 1.0
    assert list(report.documents) == ["a"]
    assert report.seconds >= 0


def test_the_command_prints_the_figures_as_json(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "align", str(gold), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert set(record) == {"strict", "lax", "seconds", "documents"}
    assert record["documents"]["a"]["strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_pooled_and_calibrated_figures_are_printed_if_asked_for(
    gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "align", str(gold), "--pooled", "--calibration", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert set(record) == {"strict", "lax", "seconds", "documents", "calibration"}
    assert sum(bucket["count"] for bucket in record["calibration"]["buckets"]) == 4
    assert main(["evaluate", "align", str(gold), "--calibration"]) == 0
    assert "right 1.00" in capsys.readouterr().out


def test_pooling_lets_one_text_teach_another(tmp_path: Path) -> None:
    """A name that no lexicon has tells two sentences apart, once another text has shown what it is."""
    talk = [("茹沁文", "Calliope"), ("她", "She")]
    rows = [
        (f"{zh}{verb}了{number}天。", f"{en} {did} for {number} days.")
        for number in range(20, 80)
        for (zh, en), (verb, did) in zip(talk, [("等", "waited"), ("走", "walked")], strict=True)
    ]
    names = [("茹沁文说话。", "Calliope talks, as everyone does."), ("他不是。", "Not him.")]
    for name, pairs in (("long", rows), ("short", names)):
        (tmp_path / f"{name}.zh").write_text("\n".join(zh for zh, _ in pairs) + "\n", encoding="utf-8")
        (tmp_path / f"{name}.en").write_text("\n".join(en for _, en in pairs) + "\n", encoding="utf-8")
        beads = "".join(f"[{at}]:[{at}]\n" for at in range(len(pairs)))
        (tmp_path / f"{name}.align").write_text(beads, encoding="utf-8")
    assert evaluate_alignment(tmp_path, pooled=True).strict.f1 >= evaluate_alignment(tmp_path).strict.f1
    assert evaluate_alignment(tmp_path, pooled=True).documents["long"].strict.f1 == 1.0


def test_a_model_that_is_none_is_told(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "align", str(gold), "--model", str(gold)]) != 0
    assert "config.json" in capsys.readouterr().err


@pytest.mark.parametrize(("bead", "key"), [("0-0", "error.gold_bead"), ("[0]:[9]", "error.gold_bead_beyond")])
def test_a_line_that_is_no_bead_is_named(gold: Path, bead: str, key: str) -> None:
    (gold / "a.align").write_text(f"[0]:[0]\n{bead}\n", encoding="utf-8")
    with pytest.raises(AnnotatorError) as caught:
        evaluate_alignment(gold)
    assert caught.value.key == key
    assert "2" in str(caught.value)


def test_missing_files_and_folders_are_told(gold: Path, tmp_path: Path) -> None:
    (gold / "a.en").unlink()
    with pytest.raises(AnnotatorError, match=r"a\.en"):
        evaluate_alignment(gold)
    with pytest.raises(AnnotatorError, match="no gold"):
        evaluate_alignment(tmp_path / "nowhere")


@pytest.fixture
def spans(tmp_path: Path) -> Path:
    pair = {
        "id": "1",
        "zh": "诺拉·温斯顿昨天到了奥斯陆。",
        "zh_spans": [[0, 6, "PERSON"], [10, 13, "PLACE"]],
        "en": "Nora Winston arrived in Oslo with the Fund yesterday.",
        "en_spans": [[0, 12, "PERSON"], [24, 28, "PLACE"], [38, 42, "ORG"]],
    }
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(pair, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_projection_is_scored_without_organisations(
    spans: Path, direction: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "project", str(spans), "--direction", direction, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('{"zh": "他"}', "error.gold_spans"),
        ('{"zh":"他","en":"he","zh_spans":[[0,9,"PERSON"]],"en_spans":[]}', "error.gold_spans_beyond"),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str, key: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(AnnotatorError, match="Line 1") as caught:
        evaluate_projection(path, "zh-en")
    assert caught.value.key == key
