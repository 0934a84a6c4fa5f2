"""Identifiers and time stamps."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_TWO = [one + other for one in _CROCKFORD for other in _CROCKFORD]


def new_id() -> str:
    """60 random bits as 12 Crockford base-32 characters."""
    return id_from(secrets.randbits(60))


def id_from(bits: int) -> str:
    """The lowest 60 bits as an id."""
    return (
        _TWO[bits >> 50 & 1023]
        + _TWO[bits >> 40 & 1023]
        + _TWO[bits >> 30 & 1023]
        + _TWO[bits >> 20 & 1023]
        + _TWO[bits >> 10 & 1023]
        + _TWO[bits & 1023]
    )


def now() -> str:
    """The present moment in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
