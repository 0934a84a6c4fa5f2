"""What other programs say of a text is held against it: nothing wrong gets through, whatever is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from making import document, project

from annotator.core.job import Job
from annotator.core.suggestion import Reason
from annotator.suggesters.claims import Checked, Claim, Labels, claim_of

TEXT = document()


def checked(*claims: Claim, renamed: str = "") -> tuple[list[tuple[str, str]], list[str]]:
    """Quotes and labels of what holds in the second row, and what was told."""
    told: list[str] = []
    one = Checked(Labels(project(), renamed), "test@1", Reason("reason.test"), Job(on_notice=told.append))
    extent = TEXT.pairs[1].extent("zh")
    found = list(one.suggestions(TEXT, "zh", extent, claims))
    assert all(TEXT.zh[made.start : made.end] == made.quote for made in found)
    return [(made.quote, made.label) for made in found], told


def test_names_of_labels_are_matched_as_people_would() -> None:
    claims = [Claim(3, 5, name) for name in ("PERSON", "person", "Person", "PER", "GPE")]
    assert checked(*claims)[0] == [("顾岚", label) for label in ("PERSON",) * 4 + ("PLACE",)]


def test_other_names_can_be_given_and_labels_left_out() -> None:
    found, told = checked(Claim(3, 5, "Human"), Claim(6, 8, "LOC"), renamed="human=PERSON, LOC=")
    assert found == [("顾岚", "PERSON")]
    assert told == []


def test_what_does_not_hold_is_left_out_and_told_once_each() -> None:
    found, told = checked(
        Claim(3, 5, "PERSON", 0.9, "顾岚"),
        Claim(3, 5, "PERSON", 0.9, "岚顾"),
        Claim(3, 5, "PERSON", 0.9, "岚岚"),
        Claim(3, 500, "PERSON"),
        Claim(-3, 2, "PERSON"),
        Claim(5, 3, "PERSON"),
        Claim(3, 5, "MOOD"),
        Claim(6, 8, "MOOD"),
        Claim(6, 8, "WEATHER"),
    )
    assert found == [("顾岚", "PERSON")]
    assert len(told) == 4


def test_white_space_at_the_edges_is_left_outside() -> None:
    assert checked(Claim(0, 24, "PERSON"))[0][0][0] == TEXT.row_text(1, "zh").strip()


@given(
    st.lists(
        st.builds(
            Claim,
            st.integers(-5, 60),
            st.integers(-5, 60),
            st.sampled_from(["PERSON", "LOC", "x"]),
            st.floats(),
            st.none() | st.text(max_size=3),
        )
    )
)
def test_whatever_is_claimed_what_comes_out_quotes_the_text(claims) -> None:
    checked(*claims)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)


@given(_JSON, st.dictionaries(st.sampled_from(["start", "end", "label", "score", "quote"]), _JSON))
def test_no_record_breaks_the_reading_of_claims(anything, record) -> None:
    for one in (anything, record):
        found = claim_of(one)
        assert found is None or isinstance(found, Claim)
