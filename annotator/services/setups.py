"""How sources of suggestions outside the program are set up: where they are, and what may be sent there.

A project says which sources it uses; where a model or a service lies differs from computer to computer and is
kept with the user's settings. Texts go only to addresses that the user allowed there.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from typing import Any

from annotator.core.errors import AnnotatorError
from annotator.extend import Suggester
from annotator.settings import Settings
from annotator.suggesters.web import KEYRING, origin

SETUPS, ADDRESSES = "setups", "addresses"


def options_of(source: Suggester, setups: Mapping[str, Any]) -> Any:
    """The source's options as they were set up; what does not fit them, and the rest, is as by default."""
    given = setups.get(source.name)
    defaults = source.options()
    if not isinstance(given, Mapping):
        return defaults
    fitting = {
        one.name: given[one.name]
        for one in fields(source.options)
        if type(given.get(one.name)) is type(getattr(defaults, one.name))
    }
    return source.options(**fitting)


def set_up(settings: Settings, source: Suggester, options: Any, *, allowed: bool) -> None:
    """Keep the options, and whether texts may be sent to the address among them, if there is one.

    Raises:
        AnnotatorError: if the address is none, or it cannot be kept.
    """
    values = {one.name: getattr(options, one.name) for one in fields(source.options)}
    addresses = set(settings.get(ADDRESSES))
    if values.get("address"):
        place = origin(values["address"])
        (addresses.add if allowed else addresses.discard)(place)
    settings.set(SETUPS, {**settings.get(SETUPS), source.name: values})
    settings.set(ADDRESSES, sorted(addresses))


def is_allowed(settings: Settings, address: str) -> bool:
    """Whether the user lets texts be sent to an address."""
    with suppress(AnnotatorError):
        return origin(address) in settings.get(ADDRESSES)
    return False


def has_keyring() -> bool:
    """Whether passwords can be kept on this computer."""
    try:
        import keyring
        from keyring.backends.fail import Keyring as NoKeyring
    except ImportError:
        return False
    return not isinstance(keyring.get_keyring(), NoKeyring)


def remember(address: str, name: str, password: str) -> None:
    """Put name and password for an address into the system's keyring; an empty name takes them out.

    Raises:
        AnnotatorError: if the address is none, or the keyring refuses.
    """
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    entry = f"{KEYRING}:{origin(address)}"
    try:
        known = keyring.get_credential(entry, None)
        if known is not None and known.username != name:
            with suppress(PasswordDeleteError):
                keyring.delete_password(entry, known.username)
        if name:
            keyring.set_password(entry, name, password)
    except KeyringError as error:
        raise AnnotatorError("error.keyring", reason=error) from error


def name_for(address: str) -> str:
    """The name that the keyring has for an address, if any."""
    from keyring import get_credential
    from keyring.errors import KeyringError

    with suppress(AnnotatorError, KeyringError):
        known = get_credential(f"{KEYRING}:{origin(address)}", None)
        return known.username if known is not None else ""
    return ""
