"""People and places in English sentences, by rules alone."""

from __future__ import annotations

import pytest

from annotator.language.mentions import SHOWN, Heard, find_mentions, hear


def found(text: str, heard: Heard | None = None, least: float = SHOWN) -> list[tuple[str, str]]:
    """What is found, each with P for a person and L for a place."""
    mentions = find_mentions(text, "en", heard or Heard(), least=least)
    return [(text[one.start : one.end], "P" if one.label == "PERSON" else "L") for one in mentions]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday Margaret Holloway flew to Lisbon.", [("Margaret Holloway", "P"), ("Lisbon", "L")]),
        ("Mr. Quillfeather sold the boat.", [("Quillfeather", "P")]),
        ("The poet James T. Orchard wrote back.", [("James T. Orchard", "P")]),
        ("“Not today,” Dalgliesh said.", [("Dalgliesh", "P")]),
        ("We met Zhang Wenbo in Suzhou.", [("Zhang Wenbo", "P"), ("Suzhou", "L")]),
        ("The award went to Lin Shu-hua.", [("Lin Shu-hua", "P")]),
        ("Uncle Gu waved.", [("Uncle Gu", "P")]),
        ("They camped beside Marrow Lake.", [("Marrow Lake", "L")]),
        ("Talks on the Korean Peninsula stalled.", [("Korean Peninsula", "L")]),
        ("He was born in Quenby, Ohio.", [("Quenby", "L"), ("Ohio", "L")]),
        ("Rain fell on the Port of Rotterdam.", [("Port of Rotterdam", "L")]),
    ],
)
def test_names_of_people_and_places_are_found_whole(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


def test_the_possessive_ending_stays_outside() -> None:
    assert found("It was Margaret’s idea to see China's coast.") == [("Margaret", "P"), ("China", "L")]


def test_the_article_stays_outside() -> None:
    assert found("She lives in the Netherlands.") == [("Netherlands", "L")]


def test_a_word_is_no_name_because_it_begins_a_sentence() -> None:
    assert found("Mark my words. Will you come? Rose petals fell.") == []


def test_a_name_that_is_a_word_too_is_told_by_what_follows() -> None:
    assert found("Mark said nothing.") == [("Mark", "P")]


def test_peoples_and_adjectives_are_no_places() -> None:
    assert found("Two Swedish ships and some Americans left.") == []


def test_a_place_in_the_name_of_an_organisation_is_held_back() -> None:
    text = "He works for the Bank of England."
    assert found(text) == []
    assert "en.in_organisation" in {one.pattern for one in find_mentions(text, "en", least=0)}


def test_a_person_of_an_organisation_is_still_found() -> None:
    assert found("We saw Laura Bennett of the State Department.") == [("Laura Bennett", "P")]


def test_abbreviations_of_states_need_their_capitals() -> None:
    assert found("He moved to Boise, ID last year.") == [("Boise", "L"), ("ID", "L")]
    assert found("Come in or go me out, de la.") == []


def test_the_point_that_ends_the_sentence_is_no_part_of_an_abbreviation() -> None:
    assert found("He left the U.S.") == [("U.S", "L")]
    assert found("The U.S. team left.") == [("U.S.", "L")]


def test_places_in_small_letters_are_found_if_they_can_be_nothing_else() -> None:
    assert found("anyone been to san francisco or reading?") == [("san francisco", "L")]


def test_a_last_name_is_known_when_the_whole_was_heard() -> None:
    heard = hear(["The pianist Teresa Vandermolen arrived."], "en")
    assert heard.names["Vandermolen"] == "PERSON"
    assert found("Everyone adored Vandermolen.", heard) == [("Vandermolen", "P")]


def test_a_person_is_not_taken_for_the_city_of_that_name() -> None:
    heard = hear(["The actress Paula Houston spoke first."], "en")
    assert found("Later Houston sang.", heard) == [("Houston", "P")]
    assert found("Later Houston sang.") != [("Houston", "P")]


def test_words_with_ending_are_cut_off_names() -> None:
    assert found("A Chicago-based firm won.") == [("Chicago", "L")]
