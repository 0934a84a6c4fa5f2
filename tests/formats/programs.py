"""Programs of others that read the exports: where they are, how they are started and asked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".clients"
HERE = Path(__file__).parent / "clients"
_STARTING = 600


def installed(*parts: str) -> Path:
    """A file of a program that `make test-servers` installs; skips the test if it is not there."""
    path = PROGRAMS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"not installed: {parts[0]} (make test-servers installs it)")
    return path


def command(name: str, package: str) -> str:
    """A program of the system; skips the test if it is not there."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"not installed: {name} (Debian's package {package})")
    return found


def node(script: str, *arguments: str | Path) -> Any:
    """What a script of `clients/` prints as JSON, run with the libraries that are installed for it."""
    folder = installed("node", "node_modules").parent
    runner = command("node", "nodejs")
    # Libraries are looked for from where the script is.
    shutil.copy(HERE / script, folder)
    run = subprocess.run(
        [runner, folder / script, *arguments], capture_output=True, text=True, encoding="utf-8",
        timeout=240, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


@contextmanager
def browser() -> Iterator[Any]:
    """Debian's Chromium without a window; pages of it are opened by `new_page`."""
    playwright = pytest.importorskip("playwright.sync_api", reason="not installed: playwright")
    path = command("chromium", "chromium")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    *arguments: str | Path, log: Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in the background, ended with all that it started."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            arguments,
            cwd=cwd,
            env=os.environ | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def await_answer(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait until something answers at the address."""
    for _ in range(_STARTING):
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            pass
        try:
            process.wait(0.3)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"{address} does not answer:\n{log.read_text(errors='replace')[-3000:]}")


class Api:
    """What a server says, as JSON or bytes; cookies are kept."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self.address, self.headers = address, dict(headers or {})
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(
        self, path: str, sent: Any = None, *, method: str | None = None, form: bytes | None = None
    ) -> bytes:
        """The body of the answer.

        Raises:
            AssertionError: if the server refuses, with what it said.
        """
        headers = dict(self.headers)
        if sent is not None:
            headers["Content-Type"] = "application/json"
            form = json.dumps(sent).encode()
        request = urllib.request.Request(self.address + path, form, headers, method=method)
        try:
            with self._opener.open(request, timeout=120) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.code} {error.read()[:2000]!r}") from None

    def json(self, path: str, sent: Any = None, **more: Any) -> Any:
        """The answer as JSON."""
        return json.loads(self.ask(path, sent, **more) or b"null")

    def upload(self, path: str, name: str, file: str, content: bytes) -> bytes:
        """Send a file as a page does."""
        edge = b"----------edge-of-the-form"
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\n'.encode()
        kind = b"Content-Type: application/octet-stream\r\n\r\n"
        body = b"--" + edge + b"\r\n" + head + kind + content + b"\r\n--" + edge + b"--\r\n"
        return self._send(path, body, f"multipart/form-data; boundary={edge.decode()}")

    def _send(self, path: str, body: bytes, kind: str) -> bytes:
        headers = self.headers | {"Content-Type": kind}
        request = urllib.request.Request(self.address + path, body, headers)
        with self._opener.open(request, timeout=120) as answer:
            return bytes(answer.read())
