"""Aligning a document anew: what a person fixed stays, what is the same keeps its id."""

from __future__ import annotations

from immutables import Map
from msgspec import structs
from msgspec.structs import replace

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.ids import new_id
from annotator.core.pair import Pair, PairTable
from annotator.services.aligning import realign
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
