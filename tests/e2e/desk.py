"""Someone at a desk: starts the program on a screen of its own, and has only a mouse and a keyboard."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

LISTENING = Path(__file__).with_name("listening.py")
ROOT = LISTENING.parents[2]
PATIENCE_MS = 60_000
STEPS = 6


class Desk:
    """One running program, and the hands that work it.

    What is done goes through the X server; the program is asked only what it shows.
    """

    def __init__(self, qtbot: QtBot, environment: dict[str, str], log: Path, *arguments: str | Path) -> None:
        self._qtbot, self._environment, self._log = qtbot, environment, log
        read, write = os.pipe()
        command = [sys.executable, str(LISTENING), str(write), *map(str, arguments)]
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                command,
                env=environment | {"PYTHONPATH": str(ROOT)},
                cwd=ROOT,
                pass_fds=(write,),
                stdin=subprocess.PIPE,
                stdout=errors,
                stderr=errors,
            )
        os.close(write)
        self._answers = os.fdopen(read, "rb")

    def ask(self, *question: object) -> Any:
        """What the program says it shows."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write((json.dumps(question) + "\n").encode())
            self.process.stdin.flush()
        answer = self._answers.readline()
        if not answer:
            raise RuntimeError(f"the program has ended: {self._log.read_text(encoding='utf-8')}")
        said = json.loads(answer)
        if "trouble" in said:
            raise RuntimeError(said["trouble"])
        return said["is"]

    def wait(self, *question: object, until: object = bool) -> Any:
        """Ask until the answer is `until`, or fits it if that is a function; by default, until there is any.

        What a key does is never there at once: keys and questions come to the program on different ways.
        """
        answers: list[Any] = []

        def there() -> bool:
            answers[:] = [self.ask(*question)]
            return bool(until(answers[0])) if callable(until) else answers[0] == until

        try:
            self._qtbot.waitUntil(there, timeout=PATIENCE_MS)
        except TimeoutError as error:
            raise AssertionError(f"{question} is answered {answers}, not {until}") from error
        return answers[0]

    def wait_for(self, what: str) -> None:
        """Wait until this dialog or window is in front and has finished what it was doing."""
        self.wait("front", until={"what": what, "ready": True})

    def back_to_text(self) -> None:
        """Give the window the focus, as a window manager does when a dialog closes; keys go to the text."""
        self.wait_for("Window")
        self._hands("windowfocus", str(self.ask("id")))
        self.wait("text")

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._hands("key", "--clearmodifiers", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._hands("type", "--delay", "2", text)

    def click(self, place: list[int]) -> None:
        """Click on a place of the screen."""
        self._hands("mousemove", *map(str, place), "click", "1")

    def press(self, key: str) -> None:
        """Click on the button that has the text of this catalog key."""
        self.click(self.wait("button", self.ask("say", key)))

    def fill(self, key: str, text: str) -> None:
        """Write into the field that is called by this catalog key."""
        self.click(self.wait("field", self.ask("say", key)))
        self.key("ctrl+a")
        self.write(text)
        self.wait("typed", until=text)

    def drag(self, side: str, start: int, end: int, *, holding: str = "") -> None:
        """Draw the mouse over the text from one character to another, with a key held down."""
        one, other = (self.wait("place", side, offset) for offset in (start, end))
        if holding:
            self._hands("keydown", holding)
        self._draw(one, other)
        if holding:
            self._hands("keyup", holding)

    def pull(self, side: str, to: int, *, at_start: bool = False) -> None:
        """Pull an edge of the selected annotation to a character."""
        self._draw(self.wait("knob", at_start), self.wait("place", side, to))

    def _draw(self, one: list[int], other: list[int]) -> None:
        (x, y), (to_x, to_y) = one, other
        self._hands("mousemove", str(x), str(y), "mousedown", "1")
        for step in range(1, STEPS + 1):
            at = x + (to_x - x) * step // STEPS, y + (to_y - y) * step // STEPS
            self._hands("mousemove", *map(str, at))
        self._hands("mouseup", "1")

    def kill(self) -> None:
        """End the program as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self._let_go()

    def quit(self) -> int:
        """Leave the program by its key; its exit code."""
        self.key("ctrl+q")
        code = self.process.wait(timeout=PATIENCE_MS / 1000)
        self._let_go()
        return code

    def _let_go(self) -> None:
        self.process.wait()
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self._answers.close()

    def _hands(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True, timeout=60)
