"""The problems of a document as a tree for Qt: kinds, and below each its problems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from annotator.core.document import Document
from annotator.core.labels import LabelSet
from annotator.core.messages import say
from annotator.qt.panels.groupedmodel import GroupedModel, Index
from annotator.services.problems import KINDS, Kind, Problem, located, sentence

PROBLEM = Qt.ItemDataRole.UserRole

_BATCH = 300


class ProblemModel(GroupedModel):
    """Kinds on top, their problems below; the tree asks for problems in batches as it is scrolled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self.labels = LabelSet()
        self.groups: list[tuple[Kind, list[Problem]]] = []
        self._shown: list[int] = []

    def put(self, document: Document | None, labels: LabelSet, problems: Sequence[Problem]) -> None:
        """Show other problems; `document` is the one that they were found in."""
        by_kind: dict[str, list[Problem]] = {}
        for problem in problems:
            by_kind.setdefault(problem.kind, []).append(problem)
        self.beginResetModel()
        self.document, self.labels = document, labels
        self.groups = [(kind, by_kind[name]) for name, kind in KINDS.items() if name in by_kind]
        self._shown = [min(_BATCH, len(problems)) for _, problems in self.groups]
        self.endResetModel()

    def kind(self, index: Index) -> Kind | None:
        """The kind at `index`, or that of the problem there."""
        group = self.group_row(index)
        return None if group is None else self.groups[group][0]

    def problem(self, index: Index) -> Problem | None:
        """The problem at `index`; None on a kind."""
        group = self.group_row(index)
        if group is None or not index.internalId():
            return None
        return self.groups[group][1][index.row()]

    def problems(self, index: Index) -> list[Problem]:
        """The problem at `index`, or all of the kind there."""
        problem, group = self.problem(index), self.group_row(index)
        if problem is not None:
            return [problem]
        return [] if group is None else self.groups[group][1]

    def reach(self, problem: Problem) -> QModelIndex:
        """Where a problem stands, which is shown from now on; invalid if it is not among them."""
        for row, (kind, problems) in enumerate(self.groups):
            if kind.id != problem.kind:
                continue
            at = next((at for at, one in enumerate(problems) if one.key == problem.key), -1)
            parent = self.index(row, 0)
            while at >= self._shown[row]:
                self.fetchMore(parent)
            return self.index(at, 0, parent)
        return QModelIndex()

    def sentence(self, problem: Problem) -> str:
        """What is wrong."""
        if self.document is None:
            return ""
        return sentence(self.document, KINDS[problem.kind], problem, self.labels)

    def place(self, problem: Problem) -> str:
        """Where it is."""
        at = located(self.document, problem.places[0]) if self.document else None
        if at is None:
            return ""
        more = len(problem.more)
        key = "problems.place.more" if more and problem.kind == "rendering" else "problems.place"
        return say(key, row=at.row + 1, side=say(f"side.{at.side}"), more=more)

    def weak(self, problem: Problem) -> bool:
        """Whether it is only a hint."""
        return problem.weak or KINDS[problem.kind].severity == "hint"

    def canFetchMore(self, parent: Index) -> bool:
        group = self.group_row(parent)
        return (
            group is not None and not parent.internalId() and self._shown[group] < len(self.groups[group][1])
        )

    def fetchMore(self, parent: Index) -> None:
        group = self.group_row(parent)
        if group is None or parent.internalId():
            return
        until = min(self._shown[group] + _BATCH, len(self.groups[group][1]))
        self.beginInsertRows(self.index(group, 0), self._shown[group], until - 1)
        self._shown[group] = until
        self.endInsertRows()

    def group_count(self) -> int:
        return len(self.groups)

    def member_count(self, row: int) -> int:
        return self._shown[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        kind, problem = self.kind(index), self.problem(index)
        if kind is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if problem is None:
                return f"{say(kind.title)} ({len(self.problems(index))})"
            severity = say("problems.severity.hint" if self.weak(problem) else "problems.severity.warning")
            return f"{self.place(problem)}, {severity}: {self.sentence(problem)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.sentence(problem) if problem else say(f"{kind.title}.about")
        return problem if role == PROBLEM else None
