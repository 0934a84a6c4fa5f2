"""Aligning a document anew: what a person fixed stays, what is the same keeps its id."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map
from msgspec import structs
from msgspec.structs import replace

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.ids import new_id
from annotator.core.pair import Pair, PairTable
from annotator.core.span import MANUAL, Link, Span
from annotator.language.lexicon import stack_of
from annotator.services import aligning
from annotator.services.aligning import learnt, realign
from annotator.services.importing import build, from_text, preview

TEXT = """清晨的渡船
船夫老顾5点起床。他先看天，再看水。
第一批乘客是两个学生。他们要去对岸的学校，每人付3元。
中午起了雾。船停了40分钟。
The Morning Ferry
Old Gu, the boatman, gets up at 5. He looks at the sky first, then at the water.
The first passengers are two students. They go to the school on the far bank and pay 3 yuan each.
At noon fog came up. The boat waited for 40 minutes.
"""


def ferry() -> Document:
    return Document.of(build(preview([from_text(TEXT, "ferry.txt")]), doc_id="ferry"))


def realigned(document: Document) -> Document:
    edit = realign(document)
    for part in edit.parts:
        document = apply(document, part)
    return document


def shapes(document: Document) -> list[tuple[object, object]]:
    return [(pair.zh, pair.en) for pair in document.pairs]


def test_aligning_what_is_aligned_changes_nothing() -> None:
    assert realign(ferry()).empty


def test_a_spoilt_alignment_is_put_right_and_other_rows_keep_their_ids() -> None:
    good = ferry()
    one, two = good.pairs[3], good.pairs[4]
    wrong = (
        Pair(id=new_id(), zh=one.zh + two.zh, en=()),
        Pair(id=new_id(), zh=(), en=one.en + two.en),
    )
    spoilt = replace(good, pairs=good.pairs.splice(3, 2, wrong))
    mended = realigned(spoilt)
    assert shapes(mended) == shapes(good)
    assert [pair.id for pair in mended.pairs][:3] == [pair.id for pair in good.pairs][:3]
    assert [pair.id for pair in mended.pairs][5:] == [pair.id for pair in good.pairs][5:]
    (part,) = realign(spoilt).parts
    assert part.pairs is not None
    assert (part.pairs.at, len(part.pairs.before)) == (3, 2)


def test_confirmed_rows_stay_even_if_they_are_wrong() -> None:
    good = ferry()
    one, two = good.pairs[1], good.pairs[2]
    forced = Pair(id=new_id(), zh=one.zh + two.zh, en=one.en, confirmed=True)
    alone = Pair(id=new_id(), en=two.en)
    document = replace(good, pairs=good.pairs.splice(1, 2, (forced, alone)))
    result = realigned(document)
    assert forced in tuple(result.pairs)
    assert shapes(result)[1:3] == [(forced.zh, forced.en), ((), two.en)]


def test_done_marks_of_rows_that_vanish_go_with_them_and_others_stay() -> None:
    good = ferry()
    merged = Pair(id=new_id(), zh=good.pairs[3].zh + good.pairs[4].zh, en=())
    rest = Pair(id=new_id(), en=good.pairs[3].en + good.pairs[4].en)
    done = Map({merged.id: True, good.pairs[1].id: True})
    document = replace(good, pairs=good.pairs.splice(3, 2, (merged, rest)), done=done)
    result = realigned(document)
    assert dict(result.done) == {good.pairs[1].id: True}


def test_the_edit_can_be_taken_back() -> None:
    good = ferry()
    merged = Pair(id=new_id(), zh=good.pairs[3].zh + good.pairs[4].zh, en=good.pairs[3].en + good.pairs[4].en)
    document = replace(good, pairs=good.pairs.splice(3, 2, (merged,)), done=Map({merged.id: True}))
    edit = realign(document)
    changed = apply(document, edit.parts[0])
    assert apply(changed, edit.inverse().parts[0]) == document


def test_a_document_without_pairs_stays_as_it_is() -> None:
    empty = replace(ferry(), zh="", en="", pairs=PairTable())
    assert realign(empty).empty


def test_a_title_stays_one_row() -> None:
    good = ferry()
    title = structs.replace(good.pairs[0], confidence=None)
    document = replace(good, pairs=good.pairs.splice(0, 1, (title,)))
    assert realigned(document).pairs[0] == title


def joined(document: Document, at: int, count: int, *, zh: int, en: int) -> Document:
    """The document with `count` pairs from `at` made into three: all but the last few of each side in the
    first, which is confirmed, and the rest alone."""
    taken = [document.pairs[number] for number in range(at, at + count)]
    ours = [segment for pair in taken for segment in pair.zh]
    theirs = [segment for pair in taken for segment in pair.en]
    zh, en = min(zh, len(ours) - 1), min(en, len(theirs) - 1)
    parts = [
        Pair(
            id=new_id(),
            zh=tuple(ours[: len(ours) - zh]),
            en=tuple(theirs[: len(theirs) - en]),
            confirmed=True,
        ),
        Pair(id=new_id(), zh=tuple(ours[len(ours) - zh :])),
        Pair(id=new_id(), en=tuple(theirs[len(theirs) - en :])),
    ]
    kept = tuple(pair for pair in parts if pair.zh or pair.en)
    return replace(document, pairs=document.pairs.splice(at, count, kept))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_is_confirmed_never_moves_and_no_sentence_changes(data: st.DataObject) -> None:
    good = ferry()
    at = data.draw(st.integers(1, len(good.pairs) - 1))
    count = data.draw(st.integers(1, len(good.pairs) - at))
    spoilt = joined(good, at, count, zh=data.draw(st.integers(0, 3)), en=data.draw(st.integers(0, 3)))
    result = realigned(spoilt)
    confirmed = [pair for pair in spoilt.pairs if pair.confirmed]
    assert [pair for pair in result.pairs if pair.confirmed] == confirmed
    for side in ("zh", "en"):
        before = [segment for pair in spoilt.pairs for segment in pair.segments(side)]
        assert [segment for pair in result.pairs for segment in pair.segments(side)] == before
    assert realign(result).empty


def test_sentences_that_a_person_joined_stay_joined() -> None:
    good = ferry()
    one, two = good.pairs[3], good.pairs[4]
    wide = ((one.zh[0][0], two.zh[-1][1]),)
    joint = Pair(id=new_id(), zh=wide, en=one.en)
    document = replace(good, pairs=good.pairs.splice(3, 2, (joint, Pair(id=new_id(), en=two.en))))
    result = realigned(document)
    assert wide in [pair.zh for pair in result.pairs]
    assert next(pair for pair in result.pairs if pair.zh == wide).en == one.en + two.en


def test_a_lexicon_aligns_the_same_whole_or_as_the_part_that_is_sent_to_a_process() -> None:
    good = ferry()
    stack = stack_of([{"老顾": ("Old Gu",), "对岸": ("far bank",), "票友": ("amateur",)}])
    part = pickle.loads(pickle.dumps(stack.within(good.zh)))
    given_whole = aligning.realigned(good.zh, good.en, tuple(good.pairs), stack)
    given_part = aligning.realigned(good.zh, good.en, tuple(good.pairs), part)
    assert [(pair.zh, pair.en, pair.confidence) for pair in given_whole] == [
        (pair.zh, pair.en, pair.confidence) for pair in given_part
    ]


def span(side: str, text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(
        id=f"{side}-{quote}", side=side, start=start, end=start + len(quote), quote=quote, label="PERSON",
        src=MANUAL, by="ann", at="2026-01-02T03:04:05Z",
    )  # fmt: skip


def test_linked_names_teach_even_a_small_project() -> None:
    good = ferry()
    zh, en = span("zh", good.zh, "老顾"), span("en", good.en, "Old Gu")
    link = Link(id="l", a=zh.id, b=en.id, type="SAME", src=MANUAL, by="ann", at="2026-01-02T03:04:05Z")
    data = good.data()
    document = Document.of(structs.replace(data, spans=(zh, en), links=(link,)))
    (source,) = learnt([document, good])
    assert list(source.lexicon) == ["老顾"]
    known = stack_of(learnt=[source]).known("老顾")
    assert known is not None
    assert known.own == {"old gu": source.trust}
    assert learnt([good]) == ()
