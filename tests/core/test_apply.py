"""What an edit may not do to a document: every broken rule is a conflict, and nothing has changed."""

from __future__ import annotations

import pytest
from making import document, link, made, span, with_spans
from msgspec.structs import replace

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.edits import (
    DocumentEdit,
    DoneChange,
    InfoChange,
    LinkChange,
    PairSplice,
    SpanChange,
    TextSplice,
)
from annotator.core.errors import Conflict

TEXT = document()
ZH, EN = span(TEXT, "zh", "顾岚"), span(TEXT, "en", "Gu Lan")
LINK = link(ZH, EN)
BASE = with_spans(TEXT, [ZH, EN], [LINK])
NEW = span(TEXT, "zh", "海口", "PLACE")
FIRST = BASE.pairs[0]


def _edit(**changes: object) -> DocumentEdit:
    return DocumentEdit(doc="doc1", **changes)


BROKEN = {
    "a quote that the text does not have": _edit(spans=(SpanChange(None, replace(NEW, quote="上海")),)),
    "a span outside of the text": _edit(spans=(SpanChange(None, made("zh", 900, 902, "海口")),)),
    "an empty span": _edit(spans=(SpanChange(None, made("zh", 3, 3, "")),)),
    "a span without a label": _edit(spans=(SpanChange(None, replace(NEW, label="")),)),
    "an id that is taken": _edit(spans=(SpanChange(None, replace(NEW, id=EN.id)),)),
    "an id twice": _edit(spans=(SpanChange(None, NEW), SpanChange(None, replace(NEW, label="THEME")))),
    "a removed span that is not there": _edit(spans=(SpanChange(NEW, None),)),
    "a span removed twice": _edit(spans=(SpanChange(ZH, None), SpanChange(ZH, None))),
    "an outdated span": _edit(spans=(SpanChange(replace(ZH, note="old"), None),)),
    "a link left without its end": _edit(spans=(SpanChange(ZH, None),)),
    "a link to nothing": _edit(links=(LinkChange(None, link(ZH, NEW)),)),
    "a link to itself": _edit(links=(LinkChange(None, link(ZH, ZH)),)),
    "a link twice": _edit(links=(LinkChange(None, LINK),)),
    "a link removed twice": _edit(links=(LinkChange(LINK, None), LinkChange(LINK, None))),
    "two links of one id": _edit(links=(LinkChange(None, replace(LINK, id="x")),) * 2),
    "an outdated pair": _edit(pairs=PairSplice(0, (replace(FIRST, confirmed=True),), (FIRST,))),
    "a row too many": _edit(pairs=PairSplice(4, (), (replace(FIRST, id="new"),))),
    "a pair id twice": _edit(pairs=PairSplice(0, (FIRST,), (replace(FIRST, en=()), replace(FIRST, zh=())))),
    "text in no sentence": _edit(pairs=PairSplice(0, (FIRST,), (replace(FIRST, zh=()),))),
    "an empty sentence": _edit(pairs=PairSplice(0, (FIRST,), (replace(FIRST, zh=(*FIRST.zh, (6, 6))),))),
    "a pair id that is taken": _edit(pairs=PairSplice(0, (FIRST,), (replace(FIRST, id=BASE.pairs[1].id),))),
    "text changed without its rows": _edit(text=TextSplice("zh", 0, "港", "江")),
    "an outdated text": _edit(text=TextSplice("zh", 0, "江", "港"), pairs=PairSplice(0, (FIRST,), (FIRST,))),
    "text changed under a span": _edit(
        text=TextSplice("zh", ZH.start, "顾", "古"),
        pairs=PairSplice(1, (BASE.pairs[1],), (BASE.pairs[1],)),
    ),
    "a done mark that is there": _edit(done=(DoneChange(FIRST.id, True, False),)),
    "a done mark for no pair": _edit(done=(DoneChange("nowhere", False, True),)),
    "an outdated record": _edit(info=InfoChange(replace(BASE.info, title="?"), BASE.info)),
}


@pytest.mark.parametrize("edit", BROKEN.values(), ids=BROKEN.keys())
def test_an_edit_that_breaks_a_rule_is_a_conflict(edit: DocumentEdit) -> None:
    with pytest.raises(Conflict):
        apply(BASE, edit)


def test_a_done_row_cannot_vanish_without_its_mark() -> None:
    done = apply(BASE, _edit(done=(DoneChange(BASE.pairs[1].id, False, True),)))
    one, two = BASE.pairs[0], BASE.pairs[1]
    merged = replace(one, zh=one.zh + two.zh, en=one.en + two.en)
    splice = PairSplice(0, (one, two), (merged,))
    with pytest.raises(Conflict):
        apply(done, _edit(pairs=splice))
    assert not apply(done, _edit(pairs=splice, done=(DoneChange(two.id, True, False),))).done


def _typo(before: str, after: str) -> Document:
    row = BASE.pairs[0]
    splice = TextSplice("zh", 0, before, after)
    changed = replace(row, zh=((0, row.zh[0][1] + splice.shift),))
    return apply(BASE, _edit(text=splice, pairs=PairSplice(0, (row,), (changed,))))


@pytest.mark.parametrize(("before", "after"), [("港口", "码头港口"), ("港口", "港"), ("", "新")])
def test_what_stands_behind_a_text_change_moves_by_itself(before: str, after: str) -> None:
    changed = _typo(before, after)
    shift = len(after) - len(before)
    moved = changed.spans.get(ZH.id)
    assert moved is not None
    assert changed.zh[moved.start : moved.end] == "顾岚"
    assert changed.pairs[1].zh[0][0] == BASE.pairs[1].zh[0][0] + shift
    assert changed.spans.get(EN.id) == EN
