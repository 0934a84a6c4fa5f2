"""Asking a service over HTTP: only where the user allows it, with bounds on time and size.

Texts are sent to the one address that the user allowed; a redirection to anywhere is refused, since it would
carry the text on. Passwords come from the system's keyring, never from a project's files.
"""

from __future__ import annotations

import base64
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import msgspec

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job

KEYRING = "annotator"
"""The name under which the keyring has the user's passwords."""

_SECONDS = 20.0
_TRIES = 3
_LARGEST = 32_000_000
_PIECE = 1 << 16
_BUSY = (429, 502, 503, 504)


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Service:
    """A service at one address."""

    def __init__(self, address: str, allowed: frozenset[str], job: Job, seconds: float = _SECONDS) -> None:
        """
        Args:
            address: of the service, such as `http://localhost:9090/model`.
            allowed: origins (`origin`) to which the user allows texts to be sent.
            seconds: how long one answer may take.

        Raises:
            AnnotatorError: if it is no address, or texts may not be sent there.
        """
        self.address = address.rstrip("/")
        if origin(address) not in allowed:
            raise AnnotatorError("error.address_not_allowed", address=origin(address))
        self._job, self._seconds = job, seconds
        self._open = urllib.request.build_opener(_NoRedirection).open
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        self._headers |= _authorization(origin(address))

    def post(self, path: str, record: object) -> Any:
        """Send a record to `path` below the address; what comes back, decoded.

        A service that is busy is asked again, three times in all.

        Raises:
            AnnotatorError: if it cannot be reached, takes too long, refuses, or answers something else than
                JSON of a reasonable size.
            Cancelled: if the user asked to stop.
        """
        request = urllib.request.Request(
            self.address + path, msgspec.json.encode(record), self._headers, method="POST"
        )
        for attempt in range(1, _TRIES + 1):
            self._job.progress(0, 1)
            try:
                return self._answer(request)
            except urllib.error.HTTPError as error:
                if error.code not in _BUSY or attempt == _TRIES:
                    raise self._failure("error.service_refused", f"{error.code} {error.reason}") from error
                time.sleep(attempt * 0.25)
            except (OSError, HTTPException, ValueError) as error:
                reason = getattr(error, "reason", None) or error
                raise self._failure("error.service_silent", reason) from error
        raise AssertionError("every attempt returns or raises")

    def _answer(self, request: urllib.request.Request) -> Any:
        until, data = time.monotonic() + self._seconds, bytearray()
        with self._open(request, timeout=self._seconds) as reply:
            while piece := reply.read1(_PIECE):
                data += piece
                if len(data) > _LARGEST:
                    raise self._failure("error.service_large", f"{_LARGEST // 1_000_000} MB")
                if time.monotonic() > until:
                    raise TimeoutError("timed out")
        try:
            return msgspec.json.decode(bytes(data)) if data.strip() else None
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            raise self._failure("error.service_answer", error) from error

    def _failure(self, key: str, reason: object) -> AnnotatorError:
        return AnnotatorError(key, address=self.address, reason=str(reason)[:200])


def origin(address: str) -> str:
    """Scheme, host and port of an address: what a user allows.

    Raises:
        AnnotatorError: if it is no address of the web, or has a name or password in it.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        raise AnnotatorError("error.address", address=address) from None
    if not parts.hostname or parts.username is not None:
        raise AnnotatorError("error.address", address=address)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}"


def _authorization(address: str) -> dict[str, str]:
    """The name and password that the keyring has for an address, if there is a keyring and it has any."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return {}
    try:
        known = keyring.get_credential(f"{KEYRING}:{address}", None)
    except KeyringError:
        return {}
    if known is None:
        return {}
    pair = base64.b64encode(f"{known.username}:{known.password}".encode()).decode("ascii")
    return {"Authorization": f"Basic {pair}"}
