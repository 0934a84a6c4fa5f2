"""The span table against a plain list that does the same slowly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from making import made
from msgspec.structs import replace

from annotator.core import spans as module
from annotator.core.span import Side, Span
from annotator.core.spans import SpanTable

_SPANS = st.lists(
    st.tuples(st.sampled_from(["zh", "en"]), st.integers(0, 60), st.integers(1, 25), st.sampled_from("AB")),
    max_size=40,
)
_PLACES = st.integers(-1, 90)


def _spans(rows: list[tuple[Side, int, int, str]]) -> list[Span]:
    return [made(side, start, start + size, "x" * size, label) for side, start, size, label in rows]


def _ordered(spans: list[Span], side: Side) -> list[Span]:
    return sorted((span for span in spans if span.side == side), key=lambda span: span.order)


def _agrees(table: SpanTable, spans: list[Span], start: int, end: int) -> None:
    assert len(table) == len(spans)
    assert table == SpanTable(spans)
    for side in ("zh", "en"):
        ordered = _ordered(spans, side)
        assert list(table.ordered(side)) == ordered
        assert [one for block in table.blocks(side) for one in block] == ordered
        overlapping = [one for one in ordered if one.start < end and one.end > start]
        assert table.overlapping(side, start, end) == overlapping
        assert table.after(side, start) == next((one for one in ordered if one.start > start), None)
        assert table.before(side, start) == next((one for one in ordered[::-1] if one.start < start), None)
    for one in spans:
        assert table.get(one.id) == one


@settings(max_examples=200, deadline=None)
@given(_SPANS, st.lists(st.tuples(_SPANS, st.randoms(use_true_random=False)), max_size=4), _PLACES, _PLACES)
def test_a_table_answers_as_a_plain_list_does_through_all_changes(rows_first, steps, start, end) -> None:
    full, module._FULL = module._FULL, 3
    try:
        spans = _spans(rows_first)
        table = SpanTable(spans)
        _agrees(table, spans, start, end)
        for rows, random in steps:
            removed = random.sample(spans, random.randint(0, len(spans)))
            added = _spans(rows)
            ids = {one.id for one in removed}
            older, table = table, table.evolve(removed, added)
            _agrees(older, spans, start, end)
            spans = [one for one in spans if one.id not in ids] + added
            _agrees(table, spans, start, end)
    finally:
        module._FULL = full


@settings(max_examples=100, deadline=None)
@given(_SPANS, st.integers(0, 60), st.integers(0, 9))
def test_moving_shifts_what_starts_behind_a_place(rows, start: int, by: int) -> None:
    spans = _spans(rows)

    def shift(one: Span) -> Span:
        return replace(one, start=one.start + by, end=one.end + by)

    table = SpanTable(spans).moved("zh", start, shift)
    moved = [shift(one) if one.side == "zh" and one.start >= start else one for one in spans]
    _agrees(table, moved, start, start + 5)


def test_a_replaced_span_keeps_its_id_and_changes_its_place() -> None:
    one, two = made("zh", 0, 2, "一二"), made("zh", 4, 6, "五六")
    table = SpanTable([one, two]).evolve([one], [replace(one, start=8, end=10)])
    assert [span.id for span in table.ordered("zh")] == [two.id, one.id]
