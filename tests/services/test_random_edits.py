"""Random work on random documents: always sound, always taken back exactly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from making import documents, session, sound

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError, Conflict
from annotator.core.suggestion import Reason, Suggestion
from annotator.services import annotate, correct, dismissing, occurrences, suggesting
from annotator.services.annotate import trimmed

_LABELS = st.sampled_from(["PERSON", "PLACE", "THEME"])
_NEW = st.text(alphabet="顾a’. 𠮷。", max_size=6)


def _range(draw, document: Document, side: str, longest: int = 12) -> tuple[int, int]:
    length = len(document.text(side))
    start = draw(st.integers(0, length))
    return start, min(length, start + draw(st.integers(0, longest)))


def _annotate(draw, document: Document) -> Edit:
    side = draw(st.sampled_from(["zh", "en"]))
    return annotate.annotate(document, side, *_range(draw, document, side), draw(_LABELS), by="ann")


def _on_span(draw, document: Document) -> Edit:
    if not len(document.spans):
        raise AnnotatorError("error.no_span", span="")
    one = draw(st.sampled_from(list(document.spans)))
    two = draw(st.sampled_from(list(document.spans)))
    match draw(st.integers(0, 6)):
        case 0:
            return annotate.remove(document, [one.id, two.id])
        case 1:
            return annotate.relabel(document, [one.id], draw(_LABELS))
        case 2:
            return annotate.reshape(document, one.id, *_range(draw, document, one.side))
        case 3:
            return annotate.describe(document, one.id, note=draw(st.text(max_size=3)), certainty="likely")
        case 4:
            return annotate.link(document, one.id, two.id, "SAME", by="ann")
        case 5:
            return annotate.unlink(document, [link.id for link in document.links.of(one.id)])
        case _:
            found = occurrences.find(document, one.quote, one.side, one.label)
            return occurrences.annotate_all([document], found, one.label, "ann")


def _on_rows(draw, document: Document) -> Edit:
    side = draw(st.sampled_from(["zh", "en"]))
    row = draw(st.integers(0, len(document.pairs)))
    offset = draw(st.integers(0, len(document.text(side))))
    match draw(st.integers(0, 6)):
        case 0:
            return correct.merge_pairs(document, row)
        case 1:
            return correct.split_pair(document, row, side, offset)
        case 2:
            return correct.move_sentence(document, side, offset, draw(st.sampled_from([-1, 1])))
        case 3:
            return correct.split_sentence(document, side, offset)
        case 4:
            return correct.merge_sentence(document, side, offset)
        case 5:
            return correct.confirm_pairs(document, [row], draw(st.booleans()))
        case _:
            return annotate.mark_done(document, [row], draw(st.booleans()))


def _decide(draw, document: Document) -> Edit:
    match draw(st.integers(0, 3)):
        case 0:
            side = draw(st.sampled_from(["zh", "en"]))
            return suggesting.reject(document, [_suggestion(draw, document, side)], by="ann")
        case 1:
            return suggesting.allow(document, list(document.rejections())[:2])
        case 2:
            return dismissing.dismiss(document, [draw(_NEW) or "problem"], by="ann")
        case _:
            return dismissing.restore(document, list(document.dismissed))


def _suggestion(draw, document: Document, side: str) -> Suggestion:
    start, end = trimmed(document.text(side), *_range(draw, document, side))
    return Suggestion(
        side=side,
        start=start,
        end=end,
        quote=document.text(side)[start:end],
        label=draw(_LABELS),
        score=0.5,
        source="test@1",
        reason=Reason("reason.test"),
    )


def _correct(draw, document: Document) -> Edit:
    side = draw(st.sampled_from(["zh", "en"]))
    return correct.correct_text(document, side, *_range(draw, document, side), draw(_NEW), by="ann")


_STEPS = (_annotate, _on_span, _on_rows, _on_rows, _correct, _decide)


@settings(max_examples=150, deadline=None)
@given(st.data(), documents())
def test_any_sequence_of_edits_keeps_the_rules_and_can_be_taken_back(data, document: Document) -> None:
    work = session(document)
    states = [document]
    for _ in range(data.draw(st.integers(1, 8))):
        try:
            edit = data.draw(st.sampled_from(_STEPS))(data.draw, states[-1])
        except Conflict:
            raise
        except AnnotatorError:
            continue
        if edit.empty:
            continue
        work.do(edit)
        states.append(work.document("doc1"))
        sound(states[-1])
    for state in reversed(states[:-1]):
        work.undo()
        assert work.document("doc1") == state
    for state in states[1:]:
        work.redo()
        assert work.document("doc1") == state


@settings(max_examples=200, deadline=None)
@given(st.data(), documents())
def test_a_corrected_text_keeps_offsets_quotes_and_sentences_in_agreement(data, document: Document) -> None:
    try:
        edit = _correct(data.draw, document)
    except AnnotatorError:
        return
    work = session(document)
    work.do(edit)
    sound(work.document("doc1"))
    work.undo()
    assert work.document("doc1") == document
