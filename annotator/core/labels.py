"""Labels: what a span may say of its text, and the guideline that tells when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.errors import AnnotatorError

Text = dict[str, str]
"""A text by language: `{"en": …, "zh": …}`."""


class Attribute(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A free attribute that spans of a label carry; `choices` only for the kind `choice`."""

    id: str
    name: Text
    kind: Literal["text", "choice", "number", "flag"] = "text"
    choices: tuple[str, ...] = ()
    extra: dict[str, Any] | None = None


class Label(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One label; a nested one is named `PARENT/child` and names its `parent`.

    From this record come the highlight, the palette button, the shortcut, the guideline page and the
    tag in every export. `color` is `#RRGGBB`, `key` a single key or empty. `keywords` are words of either
    language that tell a theme; one with `-` before it never counts.
    """

    id: str
    name: Text
    color: str
    key: str = ""
    parent: str | None = None
    description: Text = {}
    examples: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    keywords: tuple[str, ...] = ()
    extra: dict[str, Any] | None = None

    def title(self, language: str) -> str:
        """The name in `language`, else in English, else the id."""
        return self.name.get(language) or self.name.get("en") or self.id


class LinkType(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a link may say of its two spans."""

    id: str
    name: Text
    extra: dict[str, Any] | None = None

    def title(self, language: str) -> str:
        """The name in `language`, else in English, else the id."""
        return self.name.get(language) or self.name.get("en") or self.id


class LabelSet:
    """The labels of a project in their order. Immutable: every change gives a new set."""

    __slots__ = ("_by_id", "_labels")

    def __init__(self, labels: Iterable[Label] = ()) -> None:
        self._labels = tuple(labels)
        self._by_id = {label.id: label for label in self._labels}
        self._check()

    def _check(self) -> None:
        if len(self._by_id) != len(self._labels):
            raise AnnotatorError("error.label_twice", label=_first_double(self._labels))
        for label in self._labels:
            if not label.id.strip():
                raise AnnotatorError("error.label_empty")
            if label.parent is not None and label.parent not in self._by_id:
                raise AnnotatorError("error.label_parent", label=label.id, parent=label.parent)
            if label.id in self.ancestors(label.id):
                raise AnnotatorError("error.label_cycle", label=label.id)
        _check_keys(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def __iter__(self) -> Iterator[Label]:
        return iter(self._labels)

    def __contains__(self, label_id: object) -> bool:
        return label_id in self._by_id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LabelSet) and self._labels == other._labels

    def __hash__(self) -> int:
        return hash(tuple(self._by_id))

    def get(self, label_id: str) -> Label | None:
        """The label with this id."""
        return self._by_id.get(label_id)

    def title(self, label_id: str, language: str) -> str:
        """What the label with this id is called in `language`; the id itself if there is no such label."""
        label = self._by_id.get(label_id)
        return label.title(language) if label else label_id

    def by_key(self, key: str) -> Label | None:
        """The label that `key` annotates with."""
        return next((label for label in self._labels if label.key == key and key), None)

    def children(self, parent: str | None) -> tuple[Label, ...]:
        """The labels directly below `parent`; below None the outermost."""
        return tuple(label for label in self._labels if label.parent == parent)

    def ancestors(self, label_id: str) -> tuple[str, ...]:
        """Ids of the label's parents, nearest first; a cycle ends where it closes."""
        found: list[str] = []
        label = self._by_id.get(label_id)
        while label is not None and label.parent is not None and label.parent not in found:
            found.append(label.parent)
            label = self._by_id.get(label.parent)
        return tuple(found)

    def put(self, label: Label, at: int | None = None) -> LabelSet:
        """With `label` added, or replacing the one of the same id; `at` moves it."""
        rest = [one for one in self._labels if one.id != label.id]
        place = [one.id for one in self._labels].index(label.id) if label.id in self else len(rest)
        rest.insert(place if at is None else at, label)
        return LabelSet(rest)

    def without(self, label_id: str) -> LabelSet:
        """Without the label; its children move up to its parent."""
        gone = self._by_id[label_id]
        return LabelSet(
            replace(label, parent=gone.parent) if label.parent == label_id else label
            for label in self._labels
            if label.id != label_id
        )

    def renamed(self, old: str, new: str) -> LabelSet:
        """With the id `old` become `new`, its children following."""
        return LabelSet(
            replace(
                label,
                id=new if label.id == old else label.id,
                parent=new if label.parent == old else label.parent,
            )
            for label in self._labels
        )


def _first_double(labels: tuple[Label, ...]) -> str:
    seen: set[str] = set()
    for label in labels:
        if label.id in seen:
            return label.id
        seen.add(label.id)
    return ""


def _check_keys(labels: tuple[Label, ...]) -> None:
    holder: dict[str, str] = {}
    for label in labels:
        if label.key and label.key in holder:
            raise AnnotatorError("error.label_key", key=label.key, one=holder[label.key], two=label.id)
        if label.key:
            holder[label.key] = label.id
