"""Aligning: sentences into pairs, and a document's pairs anew round those that a person has confirmed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, DoneChange, Edit, PairSplice
from annotator.core.ids import new_id
from annotator.core.job import Job
from annotator.core.pair import Pair, Segment
from annotator.core.span import Side
from annotator.language.align import AlignOptions, Bead, align
from annotator.language.lexicon import LexiconStack

Boundary = tuple[int, int]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one side: where they lie, the line that each stands in, which are titles."""

    text: str
    segments: tuple[Segment, ...]
    lines: tuple[int, ...]
    titles: frozenset[int] = frozenset()

    @property
    def texts(self) -> list[str]:
        """What they say."""
        return [self.text[start:end] for start, end in self.segments]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before aligning, in indices of sentences, Chinese first.

    `fixed` are beads that must come out as they are, `boundaries` places that no pair may cross; of
    boundaries that contradict each other or a fixed bead, the first stands.
    """

    fixed: Sequence[tuple[Range, Range]] = ()
    boundaries: Sequence[Boundary] = ()


def pair_up(
    zh: Sentences,
    en: Sentences,
    known: Known | None = None,
    lexicon: LexiconStack | None = None,
    job: Job | None = None,
) -> tuple[Pair, ...]:
    """Align the sentences of two sides into pairs that cover both in order.

    `lexicon` is what is known of words, the program's own lexicon among it; that alone if it is None.

    Raises:
        Cancelled: if the user asked to stop.
    """
    return tuple(_pair(bead, zh, en) for bead in _beads(zh, en, known or Known(), lexicon, job))


def _beads(
    zh: Sentences, en: Sentences, known: Known, lexicon: LexiconStack | None, job: Job | None
) -> list[Bead]:
    edges = [edge for one, two in known.fixed for edge in ((one[0], two[0]), (one[1], two[1]))]
    beads = align(
        zh.texts,
        en.texts,
        zh_paragraphs=zh.lines,
        en_paragraphs=en.lines,
        anchors=_in_order([*edges, *known.boundaries]),
        options=AlignOptions(lexicon=lexicon),
        job=job,
    )
    return _with_fixed(beads, known.fixed)


def _pair(bead: Bead, zh: Sentences, en: Sentences) -> Pair:
    title = zh.titles.issuperset(range(*bead.zh)) and en.titles.issuperset(range(*bead.en))
    return Pair(
        id=new_id(),
        zh=zh.segments[bead.zh[0] : bead.zh[1]],
        en=en.segments[bead.en[0] : bead.en[1]],
        role="title" if title else "text",
        confidence=round(float(bead.confidence), 3),
    )


def _in_order(boundaries: Sequence[Boundary]) -> list[Boundary]:
    kept: list[Boundary] = []
    for boundary in boundaries:
        at = bisect_left(kept, boundary)
        after_last = at == 0 or kept[at - 1][1] <= boundary[1]
        before_next = at == len(kept) or boundary[1] <= kept[at][1]
        if after_last and before_next and kept[at : at + 1] != [boundary]:
            kept.insert(at, boundary)
    return kept


def _with_fixed(beads: Sequence[Bead], fixed: Sequence[tuple[Range, Range]]) -> list[Bead]:
    """The beads with those inside of a fixed one replaced by it."""
    result: list[Bead] = []
    waiting = list(reversed(fixed))
    for bead in beads:
        if not waiting or not _inside(bead, *waiting[-1]):
            result.append(bead)
            continue
        zh, en = waiting[-1]
        if (bead.zh[1], bead.en[1]) == (zh[1], en[1]):
            found = (bead.zh, bead.en) == (zh, en)
            result.append(Bead(zh, en, bead.confidence if found else 0.5))
            waiting.pop()
    return result


def _inside(bead: Bead, zh: Range, en: Range) -> bool:
    return zh[0] <= bead.zh[0] and bead.zh[1] <= zh[1] and en[0] <= bead.en[0] and bead.en[1] <= en[1]


def realign(document: Document, lexicon: LexiconStack | None = None, job: Job | None = None) -> Edit:
    """Align the document anew. Confirmed rows and titles stay as they are; rows that come out the same keep
    their ids, and with them their done marks; only how sure the aligner is of them may change. The edit is
    empty if nothing changes.

    Raises:
        Cancelled: if the user asked to stop.
    """
    pairs = realigned(document.zh, document.en, tuple(document.pairs), lexicon, job)
    return realign_edit(document, pairs)


def realigned(
    zh: str,
    en: str,
    pairs: tuple[Pair, ...],
    lexicon: LexiconStack | None = None,
    job: Job | None = None,
) -> tuple[Pair, ...]:
    """The pairs aligned anew: the slow part of `realign`, on plain data, for another process.

    To send a large lexicon there, send `lexicon.within(zh)`: it aligns the same and is small.
    """
    sides = _sentences(zh, pairs, "zh"), _sentences(en, pairs, "en")
    at, to = 0, 0
    staying: dict[tuple[Range, Range], Pair] = {}
    for pair in pairs:
        ends = at + len(pair.zh), to + len(pair.en)
        if _stays(pair):
            staying[(at, ends[0]), (to, ends[1])] = pair
        at, to = ends
    same = {(pair.zh, pair.en): pair for pair in pairs if not _stays(pair)}
    result: list[Pair] = []
    for bead in _beads(*sides, Known(fixed=tuple(staying)), lexicon, job):
        fresh = _pair(bead, *sides)
        before = same.get((fresh.zh, fresh.en))
        again = replace(before, confidence=fresh.confidence) if before is not None else fresh
        result.append(staying.get((bead.zh, bead.en)) or again)
    return tuple(result)


def _sentences(text: str, pairs: Sequence[Pair], side: Side) -> Sentences:
    segments = [segment for pair in pairs for segment in pair.segments(side)]
    lines: list[int] = []
    line = read = 0
    for start, _ in segments:
        line += text.count("\n", read, start)
        read = start
        lines.append(line)
    return Sentences(text, tuple(segments), tuple(lines))


def _stays(pair: Pair) -> bool:
    return pair.confirmed or (pair.role == "title" and bool(pair.zh and pair.en))


def realign_edit(document: Document, pairs: Sequence[Pair]) -> Edit:
    """The edit that gives the document these pairs, touching no more rows than need be."""
    old = tuple(document.pairs)
    head = 0
    while head < min(len(old), len(pairs)) and old[head] == pairs[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(pairs)) - head and old[-1 - tail] == pairs[-1 - tail]:
        tail += 1
    before, after = old[head : len(old) - tail], tuple(pairs[head : len(pairs) - tail])
    caption = Caption("edit.realign", {"document": document.title})
    if before == after:
        return Edit(caption=caption)
    gone = {pair.id for pair in before} - {pair.id for pair in after}
    done = tuple(DoneChange(pair, True, False) for pair in sorted(gone) if pair in document.done)
    part = DocumentEdit(doc=document.id, pairs=PairSplice(head, before, after), done=done)
    return Edit(caption=caption, parts=(part,))


def regrouped(edit: Edit) -> int:
    """How many pairs of an edit that aligns anew hold other sentences than before."""
    splices = [part.pairs for part in edit.parts if part.pairs is not None]
    before = {(pair.zh, pair.en) for splice in splices for pair in splice.before}
    return sum((pair.zh, pair.en) not in before for splice in splices for pair in splice.after)
