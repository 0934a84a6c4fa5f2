"""An immutable mapping by id that is cheap to make in bulk and cheap to change a little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from immutables import Map

T = TypeVar("T")


class Keyed(Generic[T]):
    """A dict that nobody changes any more, and over it a small persistent map of what changed since."""

    __slots__ = ("_base", "_changed", "_size")

    def __init__(self, base: dict[str, T]) -> None:
        """The mapping takes `base` over."""
        self._base = base
        self._changed: Map[str, T | None] = Map()
        self._size = len(base)

    def __len__(self) -> int:
        return self._size

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Keyed)
            and self._size == other._size
            and all(other.get(key) == value for key, value in self.items())
        )

    __hash__ = None  # type: ignore[assignment]

    def get(self, key: str) -> T | None:
        """The value of `key`."""
        if self._changed and key in self._changed:
            return self._changed[key]
        return self._base.get(key)

    def items(self) -> Iterator[tuple[str, T]]:
        """All keys and values; changed ones come last."""
        if not self._changed:
            yield from self._base.items()
            return
        for key, value in self._base.items():
            if key not in self._changed:
                yield key, value
        for key, changed in self._changed.items():
            if changed is not None:
                yield key, changed

    def values(self) -> Iterator[T]:
        """All values."""
        return (value for _, value in self.items())

    def evolve(self, changes: Mapping[str, T | None]) -> Keyed[T]:
        """The mapping with other values at some keys; None takes a key away."""
        size = self._size
        for key, value in changes.items():
            size += (value is not None) - (self.get(key) is not None)
        result: Keyed[T] = Keyed.__new__(Keyed)
        result._size = size
        if len(changes) + len(self._changed) > 1024 + len(self._base) // 4:
            result._base = self._gathered(changes)
            result._changed = Map()
            return result
        result._base = self._base
        result._changed = self._changed.update(changes)
        return result

    def _gathered(self, changes: Mapping[str, T | None]) -> dict[str, T]:
        everything: dict[str, T] = self._base.copy()
        for some in (self._changed, changes):
            everything.update(some)  # type: ignore[arg-type]
            for key in [key for key, value in some.items() if value is None]:
                everything.pop(key, None)
        return everything
