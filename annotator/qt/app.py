"""Starting the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QEvent, QTranslator
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from annotator.core.messages import LANGUAGES, language, say, speak
from annotator.qt import bugs
from annotator.qt.tasks import finish
from annotator.qt.theme import themes, ui_font
from annotator.qt.window import Window
from annotator.qt.workbench import Workbench
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.language.words import Words


class Options(Struct, frozen=True):
    """How the window is to start; empty fields follow the settings."""

    path: Path | None = None
    """A project folder, or a text file to import."""
    sample: str = ""
    lang: str = ""
    theme: str = ""
    size: tuple[int, int] | None = None


UNTHICKENED = "cff:darkening-parameters=500,0,1000,0,1667,0,2333,0"
"""FreeType's own setting: at every stroke width it adds nothing."""

_translators: list[QTranslator] = []


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one application object, dressed; made on first use."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    # Named here, the style costs nothing; set by a call, Python's picture of QStyle takes 10 ms to build.
    created = QApplication(["annotator", "-style", "fusion", *arguments])
    created.setApplicationName("annotator")
    created.setApplicationDisplayName("Annotator")
    created.setDesktopFileName("annotator")
    return created


def dress(app: QApplication, settings: Settings) -> None:
    """Wear the language, the lettering and the theme of the settings."""
    speak_as(settings.get("language"))
    app.setFont(ui_font(app.font()))
    themes().choose(settings.get("theme"))
    if themes().current.dark:
        # FreeType thickens the strokes of Chinese letters for dark ink; light ink would look bold. It reads
        # this once, with the first letter painted.
        os.environ.setdefault("FREETYPE_PROPERTIES", UNTHICKENED)
    themes().wear()


def speak_as(choice: str) -> None:
    """Speak the chosen language, or the system's."""
    speak(choice if choice in LANGUAGES else system_language())
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _translate_qt(app)


def _translate_qt(app: QApplication) -> None:
    """Let Qt's own buttons and dialogs speak along; English is what they speak by themselves."""
    while _translators:
        app.removeTranslator(_translators.pop())
    if language() != "zh":
        return
    from PySide6.QtCore import QLibraryInfo

    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        _translators.append(translator)


def system_language() -> str:
    """The best of our languages for this user."""
    for tag in _system_languages():
        if tag[:2].lower() in LANGUAGES and not tag[2:3].isalpha():
            return tag[:2].lower()
    return "en"


def _system_languages() -> list[str]:
    if sys.platform.startswith("linux"):
        # Here `QLocale` reads nothing else, and its names of all languages take 15 ms to build.
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        chosen = next((os.environ[name] for name in names if os.environ.get(name)), "C")
        wanted = os.environ.get("LANGUAGE", "") if chosen.partition(".")[0] not in ("C", "POSIX") else ""
        return [*filter(None, wanted.split(":")), chosen]
    from PySide6.QtCore import QLocale

    return QLocale.system().uiLanguages()


def follow(app: QApplication, settings: Settings, name: str) -> None:
    """A setting has changed that concerns the whole application."""
    if name == "theme":
        themes().choose(settings.get("theme"))
    elif name == "language":
        speak_as(settings.get("language"))
        for window in app.topLevelWidgets():
            # A form that is made anew takes the lists of its choices along, which are windows too.
            if isValid(window):
                QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def build(options: Options, settings: Settings) -> Window:
    """The window, not yet shown, with its project on the way."""
    app = application()
    if options.lang:
        settings.lay_over("language", options.lang)
    if options.theme:
        settings.lay_over("theme", options.theme)
    dress(app, settings)
    settings.subscribe(lambda name: follow(app, settings, name))
    workbench = Workbench(_words)
    window = Window(workbench, settings)
    if options.size is not None:
        window.resize(*options.size)
    _open(window, options)
    window.show_page()
    return window


def run(options: Options) -> int:
    """Show the window until it is closed; the exit code."""
    if not has_display():
        print(say("window.no_display"), file=sys.stderr)
        return 3
    app = application()
    settings = Settings()
    window = build(options, settings)
    bugs.BugHook(window.workbench).install()
    window.painted.connect(bugs.keep_log)
    window.painted.connect(gc.enable)
    window.show()
    code = app.exec()
    finish()
    return code


def has_display() -> bool:
    """Whether Qt would find a screen; without one it ends the process."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _words() -> Words:
    from annotator.language.words import Words

    return Words()


def _open(window: Window, options: Options) -> None:
    if options.sample:
        window.projects.open_sample(options.sample)
    elif options.path is not None and options.path.is_dir():
        window.projects.open(options.path)
    elif options.path is not None:
        path = options.path
        window.painted.connect(lambda: window.take([path]))
