"""What a project says of itself: its labels, link types and annotators."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from annotator.core.labels import Label, LabelSet, LinkType


class Annotator(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A person (or a gold standard) whose annotations lie in a folder of their own."""

    id: str
    name: str = ""
    extra: dict[str, Any] | None = None


class Project(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The project's own record. `extra` holds fields of newer versions.

    `sources` names the sources of suggestions that are in use; None for all that there are.
    """

    title: str
    labels: tuple[Label, ...] = ()
    link_types: tuple[LinkType, ...] = ()
    annotators: tuple[Annotator, ...] = ()
    sources: tuple[str, ...] | None = None
    extra: dict[str, Any] | None = None

    @property
    def label_set(self) -> LabelSet:
        """The labels with their look-ups."""
        return LabelSet(self.labels)
