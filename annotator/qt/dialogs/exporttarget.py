"""Where an export goes: a path that follows the format until somebody names another, and never without a
question onto something that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget

from annotator.core.messages import say
from annotator.extend import Exporter, exporters


class Target(QWidget):
    """One line with the path, and a button that asks for another."""

    def __init__(self) -> None:
        super().__init__()
        self._exporter: Exporter | None = None
        self._parts = False
        self.line = QLineEdit()
        caption = QLabel(say("transfer.target"))
        caption.setBuddy(self.line)
        self.browse = QPushButton(say("transfer.browse"))
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)

    def start(self, folder: str, stem: str) -> None:
        """Offer a place: a folder that was used last, else that of the user's documents."""
        self._write(_usual(folder) / stem)

    def follow(self, exporter: Exporter, *, parts: bool) -> None:
        """Take the ending of a format, or none where a folder of parts is written."""
        bare = self._bare()
        self._exporter, self._parts = exporter, parts
        self._write(bare)

    def rename(self, before: str, after: str) -> None:
        """Another name is the usual one now; one that somebody wrote stays."""
        bare = self._bare()
        if bare.name == before:
            self._write(bare.with_name(after))

    @property
    def path(self) -> Path | None:
        """Where to; None if the line is empty. A file gets the ending of its format."""
        text = self.line.text().strip()
        if not text:
            return None
        path = Path(text).expanduser()
        exporter = self._exporter
        if exporter is None or self._parts or exporter.archive or path.suffix:
            return path
        return path.with_name(path.name + exporter.suffixes[0])

    def _bare(self) -> Path:
        """The path without the ending of a format."""
        path = Path(self.line.text().strip())
        known = {suffix for one in exporters().values() for suffix in one.suffixes}
        return path.with_suffix("") if path.suffix in known else path

    def _write(self, bare: Path) -> None:
        ending = "" if self._parts or self._exporter is None else self._exporter.suffixes[0]
        self.line.setText(f"{bare}{ending}")
        self.line.setCursorPosition(len(self.line.text()))

    def _ask(self) -> None:
        exporter = self._exporter
        kinds = " ".join(f"*{one}" for one in (exporter.suffixes if exporter else ()))
        # Whether something is there is asked for once, when it is written.
        options = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(
            self, say("export.title"), self.line.text(), f"{kinds};;*", options=options
        )
        if name:
            self.line.setText(name)


def ask_before(
    parent: QWidget, there: list[Path], path: Path, replace: Callable[[], None], keep: Callable[[Path], None]
) -> QMessageBox:
    """Ask what becomes of what is there. A folder is never replaced: there may be other things in it."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(say("export.title"))
    names = "\n".join(str(one) for one in there)
    fresh = free(path)
    folder = path.is_dir()
    box.setText(say("transfer.there_folder" if folder else "transfer.there", names=names))
    role = QMessageBox.ButtonRole.AcceptRole
    both = box.addButton(say("transfer.keep_both", name=fresh.name), role)
    both.clicked.connect(lambda: keep(fresh))
    if not folder:
        over = box.addButton(say("transfer.replace"), QMessageBox.ButtonRole.DestructiveRole)
        over.clicked.connect(lambda: replace())
    box.setEscapeButton(box.addButton(say("button.cancel"), QMessageBox.ButtonRole.RejectRole))
    box.setDefaultButton(both)
    box.open()
    return box


def free(path: Path) -> Path:
    """The first of `name-2`, `name-3` … that is not there yet."""
    number = 2
    while (other := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return other


def _usual(folder: str) -> Path:
    """Qt would take the working folder for one that is not there."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    usual = Path(folder or documents or Path.home())
    return usual if usual.is_dir() else Path.home()
