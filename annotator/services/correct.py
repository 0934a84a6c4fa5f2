"""Correcting the alignment, the sentence boundaries and the text itself: builders of edits.

A row that a person touched is `confirmed` and has no confidence any more. A row that ends up empty on both
sides vanishes, and its done mark with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, DoneChange, Edit, PairSplice
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id
from annotator.core.pair import Pair, Segment
from annotator.core.span import Side, other
from annotator.services.annotate import bare, check_row, one_part
from annotator.services.mending import correct_text

__all__ = [
    "confirm_pairs",
    "correct_text",
    "merge_pairs",
    "merge_sentence",
    "move_sentence",
    "split_pair",
    "split_sentence",
]


def merge_pairs(document: Document, row: int) -> Edit:
    """The row and the next as one, under the id of the first; done only if both were.

    Raises:
        AnnotatorError: if there is no such row, or none behind it.
    """
    check_row(document, row)
    if row + 1 >= len(document.pairs):
        raise AnnotatorError("error.merge_last")
    first, second = document.pairs[row], document.pairs[row + 1]
    merged = _touched(
        first, zh=first.zh + second.zh, en=first.en + second.en, role=_common_role(first, second)
    )
    part = _rows(document, row, 2, [merged])
    if first.id in document.done and second.id not in document.done:
        part = replace(part, done=(*part.done, DoneChange(first.id, True, False)))
    return one_part(Caption("edit.merge_pairs", {"row": str(row + 1)}), part)


def split_pair(document: Document, row: int, side: Side, offset: int) -> Edit:
    """The row cut in two before the first sentence of `side` that starts at or behind `offset`.

    The other side is cut at the sentence edge nearest to the same proportion; a single sentence stays. The
    first row keeps the id; both are done if the row was.

    Raises:
        AnnotatorError: if there is no such row, or all sentences of `side` would end up in one row.
    """
    check_row(document, row)
    pair = document.pairs[row]
    here = pair.segments(side)
    count = sum(start < offset for start, _ in here)
    if not 0 < count < len(here):
        raise AnnotatorError("error.split_edge", row=row + 1)
    there = pair.segments(other(side))
    cut = _proportional_cut(there, _length(here[:count]) / _length(here))
    first = _with_side(_with_side(_touched(pair), side, here[:count]), other(side), there[:cut])
    second = _with_side(_with_side(_touched(pair), side, here[count:]), other(side), there[cut:])
    second = replace(second, id=new_id(), extra=None)
    part = _rows(document, row, 1, [first, second])
    if pair.id in document.done:
        part = replace(part, done=(DoneChange(second.id, False, True),))
    return one_part(Caption("edit.split_pair", {"row": str(row + 1)}), part)


def move_sentence(document: Document, side: Side, offset: int, direction: int) -> Edit:
    """The sentence at `offset` in the previous (`direction` -1) or the next (+1) row.

    What stands between the sentence and that edge of its row goes with it, so that the order stays.

    Raises:
        AnnotatorError: if there is no sentence there, or no row in that direction.
    """
    row, index = sentence_at(document, side, offset)
    target = row + (1 if direction > 0 else -1)
    if not 0 <= target < len(document.pairs):
        raise AnnotatorError("error.move_nowhere")
    source, goal = document.pairs[row], document.pairs[target]
    segments = source.segments(side)
    cut = index if direction > 0 else index + 1
    before, behind = segments[:cut], segments[cut:]
    role = _common_role(source, goal)
    if direction > 0:
        kept = _with_side(_touched(source), side, before)
        grown = _with_side(_touched(goal, role=role), side, behind + goal.segments(side))
        rows = [kept, grown]
    else:
        kept = _with_side(_touched(source), side, behind)
        grown = _with_side(_touched(goal, role=role), side, goal.segments(side) + before)
        rows = [grown, kept]
    part = _rows(document, min(row, target), 2, [pair for pair in rows if pair.zh or pair.en])
    key = "edit.move_down" if direction > 0 else "edit.move_up"
    return one_part(Caption(key, {"row": str(row + 1)}), part)


def split_sentence(document: Document, side: Side, offset: int) -> Edit:
    """The sentence around `offset` cut in two there, within its row, without the white space at the cut.

    Raises:
        AnnotatorError: if `offset` is not within a sentence, or the row is a title.
    """
    row, index = sentence_at(document, side, offset)
    pair = document.pairs[row]
    segments, text = pair.segments(side), document.text(side)
    start, end = segments[index]
    first, second = bare(text, start, max(start, offset)), bare(text, max(start, offset), end)
    if first is None or second is None:
        raise AnnotatorError("error.split_sentence_edge")
    if pair.role == "title":
        raise AnnotatorError("error.split_title")
    changed = _with_side(_touched(pair), side, (*segments[:index], first, second, *segments[index + 1 :]))
    part = _rows(document, row, 1, [changed])
    return one_part(Caption("edit.split_sentence", {"row": str(row + 1)}), part)


def merge_sentence(document: Document, side: Side, offset: int) -> Edit:
    """The sentence at `offset` joined with the next one of its row.

    Raises:
        AnnotatorError: if there is no sentence there, or it is the last of its row.
    """
    row, index = sentence_at(document, side, offset)
    pair = document.pairs[row]
    segments = pair.segments(side)
    if index + 1 >= len(segments):
        raise AnnotatorError("error.merge_sentence_last", row=row + 1)
    joined = (segments[index][0], segments[index + 1][1])
    changed = _with_side(_touched(pair), side, (*segments[:index], joined, *segments[index + 2 :]))
    part = _rows(document, row, 1, [changed])
    return one_part(Caption("edit.merge_sentence", {"row": str(row + 1)}), part)


def confirm_pairs(document: Document, rows: Iterable[int], confirmed: bool) -> Edit:
    """The rows marked as confirmed by a person, or no longer; those that are so already stay.

    Raises:
        AnnotatorError: if a row does not exist.
    """
    wanted = sorted(set(rows))
    for row in wanted:
        check_row(document, row)
    changed = {row for row in wanted if document.pairs[row].confirmed != confirmed}
    key = "edit.confirm" if confirmed else "edit.unconfirm"
    caption = Caption(key, {"count": str(len(changed))})
    if not changed:
        return one_part(caption, DocumentEdit(doc=document.id))
    first, last = min(changed), max(changed) + 1
    after = [
        replace(pair, confirmed=confirmed) if row in changed else pair
        for row, pair in enumerate(document.pairs[first:last], first)
    ]
    return one_part(caption, _rows(document, first, last - first, after))


def sentence_at(document: Document, side: Side, offset: int) -> tuple[int, int]:
    """The row and the index in it of the sentence at `offset` of `side`; between two, the one before.

    Raises:
        AnnotatorError: if the side has no sentence.
    """
    row = document.pairs.row_at(side, offset)
    segments = document.pairs[row].segments(side) if row >= 0 else ()
    if not segments:
        raise AnnotatorError("error.no_sentence")
    return row, max(0, sum(start <= offset for start, _ in segments) - 1)


def _touched(pair: Pair, **changes: object) -> Pair:
    return replace(pair, confirmed=True, confidence=None, **changes)


def _with_side(pair: Pair, side: Side, segments: tuple[Segment, ...]) -> Pair:
    return replace(pair, zh=segments) if side == "zh" else replace(pair, en=segments)


def _common_role(one: Pair, two: Pair) -> str:
    return one.role if one.role == two.role else "text"


def _rows(document: Document, at: int, count: int, after: Sequence[Pair]) -> DocumentEdit:
    before = document.pairs[at : at + count]
    kept = {pair.id for pair in after}
    gone = (pair.id for pair in before if pair.id not in kept and pair.id in document.done)
    return DocumentEdit(
        doc=document.id,
        pairs=PairSplice(at, before, tuple(after)),
        done=tuple(DoneChange(pair_id, True, False) for pair_id in gone),
    )


def _length(segments: Sequence[Segment]) -> int:
    return sum(end - start for start, end in segments)


def _proportional_cut(segments: Sequence[Segment], share: float) -> int:
    if len(segments) < 2:
        return len(segments)
    total = _length(segments)
    sums = list(accumulate(end - start for start, end in segments))
    return min(range(1, len(segments)), key=lambda cut: abs(sums[cut - 1] / total - share))
