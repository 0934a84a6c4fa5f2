"""What every test runs under: folders of its own, no screen, and no tolerance for unexpected warnings."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from annotator.core.messages import speak

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from annotator.qt.window import Window

os.environ["QT_QPA_PLATFORM"] = "offscreen"

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


class LogTrap(logging.Handler):
    """Keeps what is logged at level warning or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, data and cache of this test alone."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ANNOTATOR_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test starts in English."""
    speak("en")
    yield
    speak("en")


@pytest.fixture(autouse=True)
def no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless it is marked `logs`."""
    trap = LogTrap()
    root = logging.getLogger()
    root.addHandler(trap)
    yield
    root.removeHandler(trap)
    if trap.lines and request.node.get_closest_marker("logs") is None:
        pytest.fail("unexpected in the log:\n" + "\n".join(trap.lines))


@pytest.fixture(scope="session")
def xvfb_display() -> Iterator[dict[str, str]]:
    """The environment of a process that shall show its window on an X server started for these tests."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    command = [server, "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        process.kill()
        pytest.skip("Xvfb does not start here")
    yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    process.terminate()
    process.wait()


OpenWindow = Callable[..., "Window"]


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Open the real window, on a project folder if one is given; it is closed after the test.

    Suggestions are switched off unless they are asked for: what they look for takes its time.
    """
    from annotator.qt.app import Options, build
    from annotator.qt.tasks import busy, finish
    from annotator.qt.theme import themes
    from annotator.settings import Settings

    windows: list[Window] = []

    def opened(
        path: Path | None = None,
        *,
        sample: str = "",
        lang: str = "en",
        size: tuple[int, int] = (1280, 820),
        suggestions: bool = False,
    ) -> Window:
        settings = Settings()
        if not suggestions:
            settings.lay_over("suggestions", False)
        window = build(Options(path=path, sample=sample, lang=lang, theme="light", size=size), settings)
        qtbot.addWidget(window)
        windows.append(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(lambda: not busy(), timeout=60_000)
        return window

    yield opened
    for window in windows:
        window.close()
    finish()
    themes().choose("system")
