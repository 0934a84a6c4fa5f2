"""Which numbers of a sentence its translation lacks."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.language.numbers.number import Number, find

_CLOSE = 1e-6
# A mile in kilometres, a foot in metres, a pound in kilograms, an acre in hectares, an inch in centimetres, a
# gallon in litres, an ounce in grams; a square mile, a square foot.
_FACTORS = (1.609, 0.3048, 0.4536, 0.4047, 2.54, 3.785, 28.35, 2.59, 0.0929, 30.48)
_ROUNDED = 0.08


def unmatched(zh: str, en: str) -> tuple[list[Number], list[Number]]:
    """The firm numbers of either text that nothing in the other text answers for.

    A number that occurs twice may be said once. Lengths and weights that a translator converted answer for
    each other. Small numbers in words come up only where one stands against another: 三天, four days.
    """
    first, second = find(zh, "zh"), find(en, "en")
    alone = _without(first, second), _without(second, first)
    return alone if any(alone) else _small(first, second)


def _small(first: list[Number], second: list[Number]) -> tuple[list[Number], list[Number]]:
    alone = (
        [one for one in first if one.counts and not any(_answers(one, other) for other in second)],
        [one for one in second if one.counts and not any(_answers(one, other) for other in first)],
    )
    return alone if len(alone[0]) == len(alone[1]) == 1 else ([], [])


def _without(numbers: list[Number], others: list[Number]) -> list[Number]:
    firm = [one for one in numbers if one.firm]
    return [one for one in firm if not any(_answers(one, other) for other in others)] if firm else []


def _answers(one: Number, other: Number) -> bool:
    if _alike(one.value, other.value):
        return True
    if one.foreign and other.foreign and _converted(one.value, other.value):
        return True
    return _among(one.value, other.also) or _among(other.value, one.also) or _shared(one.also, other.also)


def _converted(one: float, other: float) -> bool:
    if not one or not other:
        return False
    ratio = one / other
    if any(
        abs(ratio / factor - 1) < _ROUNDED or abs(1 / ratio / factor - 1) < _ROUNDED for factor in _FACTORS
    ):
        return True
    return any(
        abs((fahrenheit - 32) / 1.8 - celsius) < 1 for fahrenheit, celsius in ((one, other), (other, one))
    )


def _shared(some: Iterable[float], others: frozenset[float]) -> bool:
    return any(_among(value, others) for value in some)


def _among(value: float, values: Iterable[float]) -> bool:
    return any(_alike(value, one) for one in values)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(abs(one), abs(other))
