"""Carrying annotations through corrections that someone else made to the text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from annotator.core.document import Correction, digest
from annotator.core.span import Side, Span


def corrections_since(
    corrections: Sequence[Correction], side: Side, text: str, sha256: str
) -> tuple[str, list[Correction]] | None:
    """The text of `side` that has this digest, and the corrections that led from it to `text`.

    None if the digest is none of the texts that the corrections lead through.
    """
    own = [one for one in corrections if one.side == side]
    if sha256 not in {one.sha256 for one in own}:
        return None
    for at in range(len(own) - 1, -1, -1):
        one = own[at]
        end = one.at + len(one.after)
        if text[one.at : end] != one.after:
            return None
        text = text[: one.at] + one.before + text[end:]
        if one.sha256 == sha256:
            return (text, own[at:]) if digest(text) == sha256 else None
    return None


def carried(span: Span, corrections: Sequence[Correction], text: str) -> Span | None:
    """`span` as it lies after `corrections` in `text`; None if nothing is left of it.

    A correction that it overlaps becomes part of it.
    """
    start, end = span.start, span.end
    for one in corrections:
        stop, shift = one.at + len(one.before), len(one.after) - len(one.before)
        if start >= stop:
            start, end = start + shift, end + shift
        elif end > one.at:
            start = min(start, one.at)
            end = max(end, stop) + shift
    if start >= end:
        return None
    return replace(span, start=start, end=end, quote=text[start:end])
