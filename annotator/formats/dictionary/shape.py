"""What the kinds of XML dictionaries differ in."""

from __future__ import annotations

from msgspec import Struct


class Shape(Struct, frozen=True, kw_only=True):
    """Names of elements, in small letters and without prefix.

    A concept holds languages, a language terms; what stands in an element that is `unread` is no part of
    the term.
    """

    roots: frozenset[str]
    concepts: frozenset[str]
    languages: frozenset[str]
    terms: frozenset[str]
    unread: frozenset[str] = frozenset()
