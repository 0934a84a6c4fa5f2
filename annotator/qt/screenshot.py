"""Pictures of the window, painted without a screen."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QEventLoop,
    QIODevice,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPixmap

from annotator.cli import Shot
from annotator.core.errors import AnnotatorError
from annotator.core.messages import language, speak
from annotator.qt.app import Options, application, build
from annotator.qt.tasks import busy, finish
from annotator.qt.window import Window
from annotator.services.exporting import atomic
from annotator.services.opening import open_project
from annotator.settings import Settings
from annotator.store.library import JOURNALS, OWN

_PATIENCE_MS = 60_000
_SETTLE_MS = 250


def take(shots: Sequence[Shot]) -> None:
    """Paint each shot and write it as PNG.

    The pictures are of copies, with settings of their own, so that neither the project nor the user's
    settings are touched and a project that is open elsewhere can be painted too.

    Raises:
        AnnotatorError: if a project cannot be opened, has no such document, or a file cannot be written.
    """
    spoken = language()
    try:
        for shot in shots:
            _take(shot)
    finally:
        speak(spoken)


def _take(shot: Shot) -> None:
    with standing(shot) as window:
        picture = window.grab()
    _write(picture, shot.out)


@contextmanager
def standing(shot: Shot) -> Iterator[Window]:
    """The window on a copy of the shot's project, once nothing moves in it any more; closed at the end.

    Raises:
        AnnotatorError: as `take` does.
    """
    doc_id = _document_of(shot)
    with tempfile.TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as scratch:
        copy = Path(scratch) / shot.project.absolute().name
        _copy(shot.project, copy)
        with _opened(shot, copy, doc_id, Settings(Path(scratch) / "settings.json")) as window:
            yield window


def _copy(project: Path, copy: Path) -> None:
    """Copy what is the project's own, without the locks of those who are at work on it."""
    copy.mkdir()
    try:
        for name in OWN & {one.name for one in project.iterdir()}:
            source = project / name
            if source.is_dir():
                locks = shutil.ignore_patterns("lock", "*.lock") if name == JOURNALS else None
                shutil.copytree(source, copy / name, ignore=locks)
            else:
                shutil.copy2(source, copy / name)
    except OSError as error:
        # Of several failures `copytree` makes a list of (from, to, reason).
        failed = error.args[0][0] if isinstance(error, shutil.Error) else (project, copy, error.strerror)
        raise AnnotatorError("error.unreadable", path=failed[0], reason=failed[2]) from error


def _document_of(shot: Shot) -> str | None:
    """The document to show: the one asked for, or the first that can be read."""
    opened = open_project(shot.project, read_only=True)
    try:
        session = opened.session
        ids = [shot.document] if shot.document else list(session.document_ids)
        for doc_id in ids:
            try:
                document = session.document(doc_id)
            except AnnotatorError:
                if doc_id != ids[-1]:
                    continue
                raise
            if shot.select and shot.select not in document.spans:
                raise AnnotatorError("error.no_span", span=shot.select)
            return doc_id
        return None
    finally:
        opened.store.close()


@contextmanager
def _opened(shot: Shot, folder: Path, doc_id: str | None, settings: Settings) -> Iterator[Window]:
    qInstallMessageHandler(_pass_on)
    application()
    window = build(Options(path=folder, lang=shot.lang, theme=shot.theme, size=shot.size), settings)
    try:
        window.show()
        _until(lambda: window.workbench.session is not None and not window.projects.opening)
        if doc_id is not None:
            window.projects.show(doc_id)
            _until(lambda: window.workbench.document_id == doc_id)
        if shot.select:
            window.workbench.select(shot.select, reveal=True)
        settle(window)
        yield window
    finally:
        window.close()
        finish()
        window.deleteLater()


def _pass_on(_: QtMsgType, __: QMessageLogContext, text: str | None) -> None:
    """Qt's remarks without one that a window on no screen draws every time."""
    if text and "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def _until(there: Callable[[], bool]) -> None:
    """Let the window work until something is there."""
    loop = QEventLoop()
    ticks, patience = QTimer(), QTimer()
    ticks.timeout.connect(lambda: loop.quit() if there() else None)
    patience.setSingleShot(True)
    patience.timeout.connect(loop.quit)
    ticks.start(10)
    patience.start(_PATIENCE_MS)
    loop.exec()
    if not there():
        raise AnnotatorError("error.no_picture")


def settle(window: Window) -> None:
    """Let what follows a paint come to an end: panels, words, shown messages, the look for suggestions."""
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    _until(lambda: not busy() and not _looks_through(window) and window.isVisible())


def _looks_through(window: Window) -> bool:
    review = window.workbench.review
    return review is not None and (review.offers.busy or review.offers.scan is not None)


def _write(picture: QPixmap, path: Path) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with atomic(path) as out:
        out.write(bytes(buffer.data().data()))
