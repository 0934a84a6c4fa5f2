"""Edits: the only way to change a document.

An edit says of everything that it touches what was there before and what is there after. So it can be
checked against the document that it meets, and its inverse is the same edit read backwards.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.document import DocumentData, Info
from annotator.core.pair import Pair
from annotator.core.project import Project
from annotator.core.span import Dismissal, Link, Rejection, Side, Span


class Caption(Struct, frozen=True, omit_defaults=True):
    """The name of an edit in the undo menu: a catalog key and its arguments."""

    key: str
    args: dict[str, str] = {}


class SpanChange(Struct, frozen=True, gc=False, omit_defaults=True):
    """A span added (`before` is None), removed (`after` is None) or changed (same id)."""

    before: Span | None = None
    after: Span | None = None


class LinkChange(Struct, frozen=True, gc=False, omit_defaults=True):
    """A link added, removed or changed."""

    before: Link | None = None
    after: Link | None = None


class PairSplice(Struct, frozen=True):
    """The rows `before`, which start at row `at`, become the rows `after`."""

    at: int
    before: tuple[Pair, ...]
    after: tuple[Pair, ...]


class TextSplice(Struct, frozen=True):
    """On `side`, the text `before`, which starts at `at`, becomes `after`.

    Spans that overlap it and rows that hold it stand in the same edit with their new shape; everything
    behind it moves by itself.
    """

    side: Side
    at: int
    before: str
    after: str

    @property
    def shift(self) -> int:
        """By how much the text behind it moves."""
        return len(self.after) - len(self.before)

    @property
    def end(self) -> int:
        """Where the old text ends."""
        return self.at + len(self.before)


class DoneChange(Struct, frozen=True, gc=False):
    """The row of this pair is marked as done, or no longer."""

    pair: str
    before: bool
    after: bool


class RejectionChange(Struct, frozen=True, gc=False, omit_defaults=True):
    """A suggestion turned down, no longer, or moved with its text."""

    before: Rejection | None = None
    after: Rejection | None = None


class DismissalChange(Struct, frozen=True, gc=False, omit_defaults=True):
    """A problem dismissed, or no longer."""

    before: Dismissal | None = None
    after: Dismissal | None = None


class InfoChange(Struct, frozen=True):
    """The document's own record changes."""

    before: Info
    after: Info


class DocumentEdit(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What one edit changes in one document."""

    doc: str
    text: TextSplice | None = None
    pairs: PairSplice | None = None
    spans: tuple[SpanChange, ...] = ()
    links: tuple[LinkChange, ...] = ()
    done: tuple[DoneChange, ...] = ()
    info: InfoChange | None = None
    rejected: tuple[RejectionChange, ...] = ()
    dismissed: tuple[DismissalChange, ...] = ()

    def inverse(self) -> DocumentEdit:
        """The edit that takes this one back."""
        text, pairs, info = self.text, self.pairs, self.info
        return DocumentEdit(
            doc=self.doc,
            text=text and TextSplice(text.side, text.at, text.after, text.before),
            pairs=pairs and PairSplice(pairs.at, pairs.after, pairs.before),
            spans=tuple(SpanChange(change.after, change.before) for change in self.spans),
            links=tuple(LinkChange(change.after, change.before) for change in self.links),
            done=tuple(DoneChange(change.pair, change.after, change.before) for change in self.done),
            info=info and InfoChange(info.after, info.before),
            rejected=tuple(RejectionChange(change.after, change.before) for change in self.rejected),
            dismissed=tuple(DismissalChange(change.after, change.before) for change in self.dismissed),
        )


class DocumentChange(Struct, frozen=True, omit_defaults=True):
    """A whole document added (`before` is None) or removed (`after` is None)."""

    before: DocumentData | None = None
    after: DocumentData | None = None


class ProjectChange(Struct, frozen=True):
    """The project's own record changes: labels, link types, title."""

    before: Project
    after: Project


class Edit(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One step of work, undone and redone as one. Its parts are applied in order."""

    caption: Caption
    parts: tuple[DocumentEdit, ...] = ()
    documents: tuple[DocumentChange, ...] = ()
    project: ProjectChange | None = None

    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        project = self.project
        return replace(
            self,
            parts=tuple(part.inverse() for part in reversed(self.parts)),
            documents=tuple(DocumentChange(one.after, one.before) for one in reversed(self.documents)),
            project=project and ProjectChange(project.after, project.before),
        )

    @property
    def empty(self) -> bool:
        """Whether the edit changes nothing."""
        return not (self.documents or self.project or any(_changes(part) for part in self.parts))


def _changes(part: DocumentEdit) -> bool:
    things: tuple[Any, ...] = (part.text, part.pairs, part.spans, part.links, part.done, part.info)
    return any(things) or bool(part.rejected or part.dismissed)
