"""Tables of pairs: delimiters, quotes, headers and columns as spreadsheets write them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.table import read_table

PAIRS = [
    ("井边有一棵老枣树。", "By the well stands an old jujube tree."),
    ("枣子红了，孩子们来打枣。", "When the dates turn red, the children come, sticks in hand."),
    ("“别摇，”奶奶说，“会断的。”", "“Don’t shake it,” said Grandma, “it will break.”"),
]


def written(rows: list[list[str]], delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def cells(text: str) -> list[tuple[str, str]]:
    table = read_table(text)
    assert table is not None
    return [(row.zh, row.en) for row in table.rows]


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("header", [[], [["中文", "English"]], [["ZH", "en"]]])
def test_any_delimiter_quoting_and_header(delimiter: str, quoting: int, header: list[list[str]]) -> None:
    rows = header + [list(pair) for pair in PAIRS]
    assert cells(written(rows, delimiter, quoting)) == PAIRS


def test_columns_may_stand_the_other_way_round_and_others_beside_them() -> None:
    rows = [["id", "English", "note", "Chinese"]]
    rows += [[str(at), en, "ok", zh] for at, (zh, en) in enumerate(PAIRS)]
    table = read_table(written(rows, ","))
    assert table is not None
    assert (table.zh_column, table.en_column, table.left_out, table.header) == (3, 1, 2, True)
    assert [(row.zh, row.en) for row in table.rows] == PAIRS


def test_columns_are_told_by_what_stands_in_them_where_there_is_no_header() -> None:
    rows = [[str(at), en, zh] for at, (zh, en) in enumerate(PAIRS)]
    assert cells(written(rows, "\t")) == PAIRS


def test_a_header_that_names_no_language_is_left_out() -> None:
    rows = [["编号", "原文", "译文"], *([str(at), zh, en] for at, (zh, en) in enumerate(PAIRS))]
    assert cells(written(rows, ",")) == PAIRS


def test_a_cell_may_hold_line_breaks() -> None:
    rows = [["白天。\n夜里。", "By day.\nBy night."], *map(list, PAIRS)]
    table = read_table(written(rows, ","))
    assert table is not None
    assert table.rows[0].zh == "白天。\n夜里。"
    assert [row.number for row in table.rows] == [1, 4, 5, 6]


def test_quotes_that_the_author_wrote_stay_in_a_table_of_tabs() -> None:
    text = '"走吧。"\t"Let us go."\n他说："走吧。"\tHe said, "Let us go." Then he went.\n好。\tGood.\n'
    assert cells(text)[0] == ('"走吧。"', '"Let us go."')
    assert cells(text)[1][1] == 'He said, "Let us go." Then he went.'


def test_doubled_quotes_of_a_spreadsheet_are_undone() -> None:
    text = '"他说：""走吧。"""\t"He said, ""Go."""\n好。\tGood.\n'
    assert cells(text)[0] == ('他说："走吧。"', 'He said, "Go."')


def test_empty_cells_and_rows() -> None:
    text = "井水很凉。\tThe well water is cold.\n\n枣树不高。\t\n\tNobody came.\n"
    assert cells(text) == [
        ("井水很凉。", "The well water is cold."),
        ("枣树不高。", ""),
        ("", "Nobody came."),
    ]


def test_prose_is_no_table() -> None:
    prose = "井水很凉,很甜。\n枣树不高。\nThe water, cold and sweet.\nThe tree, not tall.\n"
    assert read_table(prose) is None
    assert read_table("井水很凉。\nThe water is cold.\n", only_tabs=True) is None


@given(
    st.lists(
        st.tuples(
            st.text('井水枣树，。“”"\n,;', min_size=1, max_size=12).map(lambda text: f"井{text}"),
            st.text("well tree.,;'\"\n", min_size=1, max_size=12).map(lambda text: f"Well {text}"),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(",;\t"),
)
def test_what_a_spreadsheet_quotes_comes_back(pairs: list[tuple[str, str]], delimiter: str) -> None:
    rows = [["zh", "en"], *map(list, pairs)]
    assert cells(written(rows, delimiter, csv.QUOTE_ALL)) == pairs


def test_a_wide_header_above_narrow_rows_is_no_table() -> None:
    assert read_table("id,text\n雪\n猫\n") is None
