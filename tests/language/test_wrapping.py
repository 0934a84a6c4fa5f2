"""Wrapped lines are joined where they were broken, and nothing else is."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.language.wrapping import Words, columns, unwrap

EN = ["the", "postman", "crossed", "pass", "in", "early", "morning", "with", "three", "letters"]
EN += ["of", "which", "two", "went", "to", "old", "teachers", "beyond", "this", "well-known", "bridge"]
EN += ["while", "dogs", "barked", "at", "snow", "and", "nobody", "answered", "until", "evening", "came"]
ZH = "清晨邮差翻过山口他带着三封信其中两封寄给住在桥那边的老校长傍晚雪停了村里的狗开始叫起来老何提灯下山"
SEEDS = st.integers(0, 2**32)


def english(dice: random.Random) -> str:
    """A paragraph of some sentences."""
    made = [dice.choices(EN, k=dice.randint(8, 25)) for _ in range(dice.randint(4, 7))]
    return " ".join(" ".join(words).capitalize() + "." for words in made)


def chinese(dice: random.Random) -> str:
    """A paragraph of some sentences of some clauses."""
    made = [
        ["".join(dice.choices(ZH, k=dice.randint(5, 14))) for _ in range(dice.randint(1, 4))]
        for _ in range(dice.randint(6, 9))
    ]
    return "".join("，".join(clauses) + "。" for clauses in made)


def wrapped(paragraph: str, width: int, lead: str = "") -> str:
    """As English programs wrap."""
    return "\n".join(textwrap.wrap(paragraph, width, initial_indent=lead, break_on_hyphens=False))


def cut(paragraph: str, width: int, lead: str = "") -> str:
    """As Chinese programs wrap: every so many characters."""
    text = lead + paragraph
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def bare(text: str) -> str:
    return "".join(text.split())


def read(text: str) -> list[str]:
    """The lines after joining, without blank ones."""
    made = unwrap(text)
    assert made is not None
    return [line.strip() for line in made.lines if line.strip()]


@given(SEEDS, st.integers(45, 80))
def test_english_paragraphs_come_back(seed: int, width: int) -> None:
    dice = random.Random(seed)
    paragraphs = [english(dice) for _ in range(5)]
    assert read("\n\n".join(wrapped(one, width) for one in paragraphs)) == paragraphs
    assert read("\n".join(wrapped(one, width, "    ") for one in paragraphs)) == paragraphs


@given(SEEDS, st.integers(18, 40))
def test_chinese_paragraphs_come_back(seed: int, width: int) -> None:
    dice = random.Random(seed)
    paragraphs = [chinese(dice) for _ in range(5)]
    assert read("\n\n".join(cut(one, width) for one in paragraphs)) == paragraphs
    assert read("\n".join(cut(one, width, "\u3000\u3000") for one in paragraphs)) == paragraphs


@given(st.text(st.sampled_from("ab C，。雪狗.-\n\n \u3000\t|>1"), max_size=400))
@example("- a\n  b\n")
def test_nothing_but_white_space_and_hyphens_is_lost(text: str) -> None:
    made = unwrap(text)
    if made is None:
        return
    assert bare("".join(made.lines)).replace("-", "") == bare(text).replace("-", "")
    assert len(made.lines) == len(made.places) == text.count("\n") + 1 - made.joined
    starts = [text.split("\n")[place - 1].strip() for place in made.places]
    assert all(
        line.strip().startswith(start.removesuffix("-"))
        for line, start in zip(made.lines, starts, strict=True)
    )


@given(SEEDS, st.integers(1, 20))
def test_a_sentence_a_line_stays(seed: int, count: int) -> None:
    dice = random.Random(seed)
    for make, stop in ((english, ". "), (chinese, "。")):
        text = "\n".join(make(dice).replace(stop, f"{stop.strip()}\n") for _ in range(count))
        assert unwrap(text) is None


VERSE = """The lantern swings above the frozen lane,
And every window keeps its little flame;
The dogs have gone to bed, the wind is plain,
And no one in the village knows my name.
I left my boots beside the kitchen door,
I left my letters on the window sill,
The snow has written what it wrote before
In longer lines upon the longer hill."""
LOWER = VERSE.lower()
COUPLETS = "山下灯火一盏一盏亮起，\n我把写好的信放在窗台上，\n雪又落在昨天落过的地方，\n没人知道，\n" * 2
LIST = "\n".join(f"- {one} and some more things that are listed in a line" for one in EN[:9])
NUMBERED = "\n".join(f"{at}. {one} and some more things that are listed" for at, one in enumerate(EN[:9]))
ROWS = list(zip(EN, EN[5:], EN[9:], strict=False))
TABLE = "\n".join(f"{one:<20} {two:<20} {three:>8}" for one, two, three in ROWS)
NAMES = "\n".join(f"{one.title()} {two.title()} of the Old Bridge" for one, two, _ in ROWS)
CAPTIONS = "\n".join(" ".join(EN[at : at + 2 + at % 7]) for at in range(20))


@pytest.mark.parametrize("text", [VERSE, LOWER, COUPLETS, LIST, NUMBERED, TABLE, NAMES, CAPTIONS])
def test_what_only_looks_wrapped_stays(text: str) -> None:
    assert unwrap(text) is None


def test_verse_in_a_wrapped_text_stays() -> None:
    prose = wrapped(" ".join(EN * 3).capitalize() + ".", 60)
    made = read(f"{prose}\n\n{VERSE}\n\n{prose}")
    assert made[1:-1] == VERSE.split("\n")


def test_items_that_are_wrapped_are_joined_one_by_one() -> None:
    item = " ".join(EN)
    text = "\n".join(
        textwrap.fill(item, 60, initial_indent=f"{mark} ", subsequent_indent="  ") for mark in "-*"
    )
    assert read(text) == [f"- {item}", f"* {item}"]


def test_quoted_lines_and_a_heading_stay() -> None:
    prose = wrapped(" ".join(EN * 3).capitalize() + ".", 60)
    quoted = "\n".join(f"> {line}" for line in prose.split("\n"))
    made = read(f"A Winter's Day\n{prose}\n\n{quoted}")
    assert made[0] == "A Winter's Day"
    assert len(made) == 2 + quoted.count("\n") + 1


def test_a_broken_word_loses_its_hyphen_and_a_compound_keeps_it() -> None:
    words = Words("A well-known song. He remembered it, and the snow man.")
    assert words.joined("They re-", "membered it") == "They remembered it"
    assert words.joined("a well-", "known bridge") == "a well-known bridge"
    assert words.joined("a snow-", "man") == "a snow-man"
    assert words.joined("He stopped--", "and went on") == "He stopped--and went on"


def test_both_languages_are_told_apart() -> None:
    zh = "清晨，邮差翻过山口，他带着三封信，其中两封寄给老校长，另一封没有写名字，谁也不知道该交给谁。" * 2
    en = " ".join(EN * 2).capitalize() + "."
    assert read(f"{cut(zh, 20)}\n{wrapped(en, 60)}") == [zh, en]


def test_chinese_takes_two_columns() -> None:
    assert columns("雪ab") == 4
