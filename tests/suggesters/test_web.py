"""Services that are asked over HTTP: nothing is sent unallowed, and no answer does harm."""

from __future__ import annotations

import pytest
from suggesters.service import reply, serving

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.suggesters.web import Service, origin


def service(address: str, job: Job | None = None, seconds: float = 5.0) -> Service:
    return Service(address, frozenset([origin(address)]), job or Job(), seconds)


def test_a_record_goes_out_and_an_answer_comes_back() -> None:
    with serving(lambda path, record: reply({"path": path, "got": record})) as (address, _):
        assert service(address + "/model/").post("/predict", {"text": "𠮷田"}) == {
            "path": "/model/predict",
            "got": {"text": "𠮷田"},
        }


def test_nothing_is_sent_to_an_address_that_is_not_allowed() -> None:
    with serving(lambda *_: reply({})) as (address, asked):
        with pytest.raises(AnnotatorError, match="before you allow it"):
            Service(address, frozenset(["http://localhost:9090"]), Job())
        assert asked == []


def test_a_busy_service_is_asked_again() -> None:
    answers = iter([reply({}, 503), reply({}, 429), reply({"at": "last"})])
    with serving(lambda *_: next(answers)) as (address, asked):
        assert service(address).post("/predict", {}) == {"at": "last"}
        assert len(asked) == 3


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((500, b"broken"), "refused: 500"),
        ((503, b"busy"), "refused: 503"),
        ((302, b""), "refused: 302"),
        ((200, b"<html>hello</html>"), "cannot be understood"),
        ((200, b"[" * 200_000), "cannot be understood"),
        ((200, b"\xff\xfe\x00"), "cannot be understood"),
        ((200, b" " * 33_000_000), "more than 32 MB"),
    ],
    ids=["failing", "always busy", "redirecting", "no JSON", "too deep", "no text", "too large"],
)
def test_a_bad_answer_is_an_error_with_a_sentence(answer, sentence) -> None:
    with serving(lambda *_: answer) as (address, _), pytest.raises(AnnotatorError, match=sentence):
        service(address).post("/predict", {})


def test_a_service_that_is_not_there_is_named() -> None:
    with serving(lambda *_: reply({})) as (address, _):
        gone = address
    with pytest.raises(AnnotatorError, match=gone):
        service(gone).post("/predict", {})


def test_a_service_that_takes_too_long_is_given_up() -> None:
    with serving(lambda *_: reply({})) as (address, _), pytest.raises(AnnotatorError, match="timed out"):
        service(address, seconds=1e-9).post("/predict", {})


def test_a_person_can_stop_it() -> None:
    with serving(lambda *_: reply({})) as (address, asked):
        with pytest.raises(Cancelled):
            service(address, Job(is_cancelled=lambda: True)).post("/predict", {})
        assert asked == []


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("http://localhost:9090/model", "http://localhost:9090"),
        ("https://Example.org", "https://example.org:443"),
        ("http://[::1]:80/x", "http://[::1]:80"),
    ],
)
def test_what_a_user_allows_is_scheme_host_and_port(address, allowed) -> None:
    assert origin(address) == allowed


@pytest.mark.parametrize(
    "address",
    ["", "localhost:9090", "ftp://a.org", "file:///etc/passwd", "http://", "http://a:b@c.org", "http://a:x/"],
)
def test_what_is_no_address_is_refused(address) -> None:
    with pytest.raises(AnnotatorError, match="not the address of a service"):
        origin(address)


def test_a_password_comes_from_the_keyring_and_goes_to_its_address_alone(monkeypatch) -> None:
    keyring = pytest.importorskip("keyring", reason="keyring is not installed: pip install keyring")
    from keyring.backend import KeyringBackend
    from keyring.credentials import SimpleCredential

    class Ring(KeyringBackend):
        priority = 1

        def get_credential(self, service, _):
            return SimpleCredential("ann", "pass:wörd") if service == f"annotator:{origin(address)}" else None

        def get_password(self, *_):
            raise NotImplementedError

        set_password = get_password

    monkeypatch.setattr("keyring.core._keyring_backend", Ring())
    assert isinstance(keyring.get_keyring(), Ring)
    headers: list[str | None] = []
    with serving(lambda *_: reply({}), headers=headers) as (address, _):
        service(address).post("/predict", {})
        with serving(lambda *_: reply({}), headers=headers) as (other, _):
            service(other).post("/predict", {})
    assert headers == ["Basic YW5uOnBhc3M6d8O2cmQ=", None]
