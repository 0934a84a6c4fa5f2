"""Where the sides part company, the rest stays aligned and what one side lacks stays alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.language.align import Bead, align

TEXTS = Path(__file__).parents[1] / "data" / "align"
PLACES = (
    "码头/pier",
    "市场/market",
    "学校/school",
    "医院/hospital",
    "车站/station",
    "银行/bank",
    "公园/park",
)
PEOPLE = ("老师/teacher", "医生/doctor", "司机/driver", "工人/worker", "学生/student", "农民/farmer")
ACTS = ("看书/read a book", "唱歌/sang a song", "睡觉/slept", "等车/waited for the bus", "喝茶/drank tea")
SURE = 0.7
NOTE_ZH = ["译者注：以下三段据手稿补入。", "原稿此处有墨迹。", "编者未能辨认全部字句。"]
NOTE_EN = [
    "Translator’s note: the spelling of names follows the first edition.",
    "See the appendix.",
    "E. M.",
]


def diary(count: int, seed: int) -> tuple[list[str], list[str]]:
    """As many sentences a side, each the translation of the other, of people doing things in places."""
    rng = random.Random(seed)
    zh, en = [], []
    for number in range(count):
        place, who, act = (rng.choice(table).split("/") for table in (PLACES, PEOPLE, ACTS))
        zh.append(f"第{number + 11}天，{who[0]}在{place[0]}{act[0]}。")
        en.append(f"On day {number + 11} the {who[1]} {act[1]} at the {place[1]}.")
    return zh, en


def pairs(beads: Sequence[Bead]) -> set[tuple[int, int]]:
    return {
        (bead.zh[0], bead.en[0])
        for bead in beads
        if (bead.zh[1] - bead.zh[0], bead.en[1] - bead.en[0]) == (1, 1)
    }


def alone(beads: Sequence[Bead]) -> tuple[set[int], set[int]]:
    zh = {at for bead in beads if bead.en[0] == bead.en[1] for at in range(*bead.zh)}
    return zh, {at for bead in beads if bead.zh[0] == bead.zh[1] for at in range(*bead.en)}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.integers(5, 40), st.integers(0, 40), st.booleans())
def test_a_section_that_one_side_lacks_stays_alone(seed: int, size: int, at: int, chinese: bool) -> None:
    """But for one sentence at its edge, which may join its neighbour: that pair is not called sure."""
    zh, en = diary(90, seed)
    if chinese:
        beads = align([*zh[:at], *zh[at + size :]], en)
        kept = {(n if n < at else n - size, n) for n in range(90) if not at <= n < at + size}
        lost = set(range(at, at + size)) - alone(beads)[1]
    else:
        beads = align(zh, [*en[:at], *en[at + size :]])
        kept = {(n, n if n < at else n - size) for n in range(90) if not at <= n < at + size}
        lost = set(range(at, at + size)) - alone(beads)[0]
    assert lost <= {at, at + size - 1}
    assert len(lost) <= 1
    assert pairs(beads) <= kept
    assert len(pairs(beads)) >= len(kept) - len(lost)
    wide = [bead for bead in beads if bead.zh[1] - bead.zh[0] + bead.en[1] - bead.en[0] > 2]
    assert all(bead.confidence < SURE for bead in wide)


@pytest.mark.parametrize("at", [0, 1, 20, 59, 60])
def test_a_note_that_was_added_leaves_the_rest_as_it_is(at: int) -> None:
    zh, en = diary(60, 5)
    beads = align([*zh[:at], *NOTE_ZH, *zh[at:]], en)
    kept = {(n if n < at else n + 3, n) for n in range(60)}
    assert len(kept - pairs(beads)) <= 1
    beads = align(zh, [*en[:at], *NOTE_EN, *en[at:]])
    kept = {(n, n if n < at else n + 3) for n in range(60)}
    assert len(kept - pairs(beads)) <= 1


def test_of_two_sections_that_changed_places_one_is_aligned() -> None:
    zh, en = diary(90, 3)
    beads = align(zh, [*en[:30], *en[45:60], *en[30:45], *en[60:]])
    outside = {(n, n) for n in range(90) if not 30 <= n < 60}
    assert outside <= pairs(beads)
    one, other = {(n, n + 15) for n in range(30, 45)}, {(n, n - 15) for n in range(45, 60)}
    assert one <= pairs(beads) or other <= pairs(beads)


def test_a_refrain_is_kept_apart_from_what_follows() -> None:
    zh, en = diary(40, 8)
    zh = [one for sentence in zh for one in (sentence, "雨还在下。")]
    en = [one for sentence in en for one in (sentence, "It was still raining.")]
    assert pairs(align(zh, en)) == {(n, n) for n in range(80)}


def test_a_line_of_boilerplate_at_the_end_is_not_swallowed() -> None:
    zh, en = diary(20, 4)
    beads = align(
        [*zh, "长按识别二维码关注我们"], en, zh_paragraphs=[*range(20), 20], en_paragraphs=[*range(20)]
    )
    assert pairs(beads) == {(n, n) for n in range(20)}
    assert alone(beads) == ({20}, set())


@pytest.mark.parametrize("name", ["political", "magazine", "academic"])
def test_texts_of_other_kinds_are_aligned_but_for_a_few_pairs(name: str) -> None:
    zh, en = ((TEXTS / f"{name}.{side}").read_text("utf-8").splitlines() for side in ("zh", "en"))
    gold = {line for line in (TEXTS / f"{name}.align").read_text("utf-8").splitlines() if "[]" not in line}
    found = {f"{list(range(*bead.zh))}:{list(range(*bead.en))}" for bead in align(zh, en)}
    assert len(gold - found) <= 2
