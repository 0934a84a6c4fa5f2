"""Whether confidence means what it says: of what is shown as .9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

_BUCKETS = 10


class Bucket(Struct, frozen=True, kw_only=True):
    """Predictions of like confidence: how many, the mean of what they claim, and the share that is right."""

    count: int
    claimed: float
    right: float


class Reliability(Struct, frozen=True, kw_only=True):
    """Confidences in ten buckets, empty ones left out.

    `error` is the expected calibration error: the mean of the distances between claim and truth, by count.
    """

    error: float
    buckets: list[Bucket]


def reliability(judged: Iterable[tuple[float, bool]]) -> Reliability:
    """What confidences are worth, given with whether each prediction was right."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        groups.setdefault(min(_BUCKETS - 1, int(confidence * _BUCKETS)), []).append((confidence, right))
    buckets = [_bucket(groups[number]) for number in sorted(groups)]
    total = sum(bucket.count for bucket in buckets)
    error = sum(bucket.count * abs(bucket.claimed - bucket.right) for bucket in buckets) / (total or 1)
    return Reliability(error=round(error, 4), buckets=buckets)


def _bucket(group: list[tuple[float, bool]]) -> Bucket:
    count = len(group)
    return Bucket(
        count=count,
        claimed=round(sum(confidence for confidence, _ in group) / count, 4),
        right=round(sum(right for _, right in group) / count, 4),
    )
