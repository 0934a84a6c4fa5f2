"""A source held against the annotations: everything counted once, every difference named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from making import document, documents, made, span, with_spans

from annotator.core.document import Document
from annotator.core.span import Span
from annotator.core.suggestion import Reason, Suggestion
from annotator.services.comparing import Figures, compare

TEXT = document()


def offered(of: Span, **changes: object) -> Suggestion:
    fields = {"start": of.start, "end": of.end, "label": of.label, **changes}
    text = TEXT.text(of.side) if "quote" not in changes else ""
    return Suggestion(
        **{"side": of.side, "quote": text[fields["start"] : fields["end"]], **fields},
        score=0.5,
        source="test@1",
        reason=Reason("reason.test"),
    )


GU, YOSHIDA, HAIKOU = (
    span(TEXT, "zh", "顾岚"),
    span(TEXT, "zh", "𠮷田洋子"),
    span(TEXT, "en", "Haikou", "PLACE"),
)


def test_equal_ones_are_right_and_each_other_difference_has_its_kind() -> None:
    annotated = with_spans(
        TEXT, [GU, YOSHIDA, HAIKOU, span(TEXT, "en", "Gu Lan"), span(TEXT, "en", "Yoko Yoshida")]
    )
    suggested = [
        offered(GU),
        offered(YOSHIDA, start=YOSHIDA.start + 2),
        offered(HAIKOU, label="PERSON"),
        offered(span(TEXT, "en", "Lan", "PLACE")),
        offered(span(TEXT, "en", "Tuesday", "DATE")),
    ]
    result = compare([(annotated, suggested)])
    assert [(one.side, one.kind) for one in result.differences] == [
        ("zh", "edges"),
        ("en", "both"),
        ("en", "missing"),
        ("en", "label"),
        ("en", "spurious"),
    ]
    assert result.labels == {
        "DATE": Figures(0, 1, 0),
        "PERSON": Figures(1, 3, 4),
        "PLACE": Figures(0, 1, 1),
    }
    assert result.confusion == {
        ("PERSON", "PERSON"): 2,
        ("PLACE", "PERSON"): 1,
        ("PERSON", "PLACE"): 1,
        ("PERSON", ""): 1,
        ("", "DATE"): 1,
    }


def test_figures_are_shares() -> None:
    figures = Figures(1, 2, 4)
    assert (figures.precision, figures.recall, round(figures.f1, 4)) == (0.5, 0.25, 0.3333)
    assert (Figures(0, 0, 0).precision, Figures(0, 0, 0).recall, Figures(0, 0, 0).f1) == (0.0, 0.0, 0.0)


def test_a_nested_span_takes_the_suggestion_that_fits_it_best() -> None:
    outer = made("zh", 0, 6, TEXT.zh[:6], "THEME")
    inner = made("zh", 0, 2, TEXT.zh[:2], "PLACE")
    result = compare([(with_spans(TEXT, [outer, inner]), [offered(inner), offered(outer)])])
    assert result.differences == ()
    assert result.total == Figures(2, 2, 2)


def test_one_stretch_with_two_partners_counts_once() -> None:
    result = compare([(TEXT, [offered(GU, partner="a"), offered(GU, partner="b")])])
    assert result.total == Figures(0, 1, 0)


@given(documents(), st.data())
def test_everything_is_counted_exactly_once(one: Document, data) -> None:
    spans = list(one.spans)
    suggested = [
        Suggestion(
            side=of.side,
            start=of.start,
            end=of.end,
            quote=of.quote,
            label=data.draw(st.sampled_from([of.label, "OTHER"])),
            score=0.5,
            source="test@1",
            reason=Reason("reason.test"),
        )
        for of in spans
        if data.draw(st.booleans())
    ]
    result = compare([(one, suggested)])
    distinct = len({made.key for made in suggested})
    assert result.total.annotated == len(spans)
    assert result.total.suggested == distinct
    met = sum(count for (ours, theirs), count in result.confusion.items() if ours and theirs)
    assert sum(result.confusion.values()) == len(spans) + distinct - met
    assert len(result.differences) == sum(result.confusion.values()) - result.total.right
    assert result.total.right <= met
