"""What becomes of many files that are imported together: how many, which not, and why, to take along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from annotator.core.messages import say
from annotator.services.drafts import Draft


def report(drafts: Sequence[Draft]) -> str:
    """The counts, and each file that cannot be imported with the reason."""
    lines = [f"{draft.name}: {draft.error}" for draft in drafts if draft.error]
    return "\n".join([counts(drafts), "", *lines])


def counts(drafts: Sequence[Draft]) -> str:
    """How many are imported, can be, and cannot be."""
    done, ready = sum(draft.done for draft in drafts), sum(draft.ready for draft in drafts)
    failed = f"{sum(bool(draft.error) for draft in drafts):,}"
    if done:
        return say("import.outcome.after", done=f"{done:,}", failed=failed)
    return say("import.outcome.before", ready=f"{ready:,}", failed=failed)


class Outcome(QWidget):
    """One line for many files, with a button that copies the reasons; seen if some cannot be imported."""

    def __init__(self) -> None:
        super().__init__()
        self._drafts: Sequence[Draft] = ()
        self._words = QLabel(wordWrap=True)
        self._copy = QPushButton(say("import.outcome.copy"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._take_along)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._copy)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_of(self, drafts: Sequence[Draft]) -> None:
        """Tell of these."""
        self._drafts = drafts
        self._words.setText(counts(drafts))
        self._copy.setText(say("import.outcome.copy"))
        self.setVisible(len(drafts) > 1 and any(draft.error for draft in drafts))

    def _take_along(self) -> None:
        QGuiApplication.clipboard().setText(report(self._drafts))
        self._copy.setText(say("import.outcome.copied"))
