"""Strings counted in sentences that come and go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import Side
from annotator.language.occurring import Occurrences, times_in

ALPHABETS: dict[Side, str] = {"zh": "王小明在上海见到李华，", "en": "Ann An Lee. saw"}


@pytest.mark.parametrize("side", ["zh", "en"])
@given(data=st.data())
def test_what_is_counted_is_what_stands_there(side: Side, data: st.DataObject) -> None:
    sentence = st.text(ALPHABETS[side], max_size=12)
    texts = data.draw(st.lists(sentence, max_size=30)) * 6
    asked = data.draw(st.lists(st.text(ALPHABETS[side], min_size=1, max_size=4), min_size=1, max_size=4))
    gone = data.draw(st.integers(0, len(texts)))
    occurrences, times = Occurrences(side), times_in(side)
    for number, text in enumerate(texts):
        occurrences.add(text)
        if number % 40 == 0:
            occurrences.count(asked[0])
    for text in texts[:gone]:
        occurrences.remove(text)
    for string in asked:
        assert occurrences.count(string) == sum(times(string, text) for text in texts[gone:])


def test_english_strings_count_between_words_only() -> None:
    occurrences = Occurrences("en")
    for _ in range(100):
        occurrences.add("Ann met Annie and Ann-Marie.")
    assert occurrences.count("Ann") == 200
    assert occurrences.count("Annie") == 100
    assert occurrences.count("nn") == 0
