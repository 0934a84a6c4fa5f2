"""A line above everything for what the user should know all the time, such as a missing Chinese font."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from annotator.core.messages import say
from annotator.qt.icons import wear
from annotator.qt.theme import missing_cjk

SYSTEMS = {
    "debian": "sudo apt install fonts-noto-cjk",
    "ubuntu": "sudo apt install fonts-noto-cjk",
    "fedora": "sudo dnf install google-noto-sans-cjk-fonts",
    "arch": "sudo pacman -S noto-fonts-cjk",
    "suse": "sudo zypper install noto-sans-sc-fonts",
    "alpine": "sudo apk add font-noto-cjk",
}
"""How to install a Chinese font, by what `/etc/os-release` says."""


class Banner(QFrame):
    """One sentence and a cross; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[str, dict[str, str]] = ("", {})
        self.setProperty("role", "banner")
        self._words, self._shut = QLabel(), QToolButton()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shut.clicked.connect(self.hide)
        wear(self._shut, "close")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._shut, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def check_fonts(self) -> None:
        """Say so if Chinese would paint as boxes."""
        if not missing_cjk():
            return
        command = font_command(sys.platform, _os_release())
        self.say_always("window.no_font" if command else "window.no_font_elsewhere", command=command)

    def say_always(self, key: str, **args: str) -> None:
        """Show a sentence until it is dismissed."""
        self._said = key, args
        self._say()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange and self._said[0]:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        key, args = self._said
        self._words.setText(say(key, **args))
        self._shut.setToolTip(say("window.dismiss"))
        self._shut.setAccessibleName(say("window.dismiss"))


def font_command(platform: str, os_release: str) -> str:
    """The command that installs a Chinese font; empty where none is needed to be typed."""
    if not platform.startswith("linux"):
        return ""
    kin = [
        word.strip('"')
        for line in os_release.splitlines()
        if line.startswith(("ID=", "ID_LIKE="))
        for word in line.partition("=")[2].split()
    ]
    return next((SYSTEMS[one.strip('"')] for one in kin if one.strip('"') in SYSTEMS), SYSTEMS["debian"])


def _os_release() -> str:
    try:
        return Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return ""
