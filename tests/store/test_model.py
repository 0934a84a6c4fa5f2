"""Random work with saves and restarts in between, against a model that is nothing but a list of states."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from making import documents, sound
from stored import WHO, plain, project, random_edit, save

from annotator.core.errors import AnnotatorError
from annotator.services.annotate import annotate
from annotator.services.opening import open_project

_EXAMPLES = int(os.environ.get("ANNOTATOR_EXAMPLES", "25"))


class Work(RuleBasedStateMachine):
    """One project; the model is the states that undo and redo lead through."""

    def __init__(self) -> None:
        super().__init__()
        self._temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self._temporary.name) / "p"
        self.pending = None
        self.marks = 0

    @initialize(one=documents(max_rows=4))
    def start(self, one) -> None:
        project(self.folder, one)
        self.opened = open_project(self.folder, annotator=WHO)
        self.states = [plain(self.opened.session)]
        self.at = 0

    @property
    def work(self):
        return self.opened.session

    def _did(self) -> None:
        self.states = [*self.states[: self.at + 1], plain(self.work)]
        self.at += 1

    @rule(
        kind=st.sampled_from(("remove", "link", "done", "merge", "text", "span", "reject", "dismiss")),
        seed=st.integers(0, 2**32),
    )
    def edit(self, kind, seed) -> None:
        before = plain(self.work)
        try:
            edit = random_edit(self.work.document("doc1"), kind, random.Random(seed))
        except AnnotatorError:
            assert plain(self.work) == before
            return
        if self.work.do(edit).revision and not edit.empty:
            self._did()

    @rule(side=st.sampled_from(("zh", "en")), place=st.integers(0, 200), length=st.integers(1, 20))
    def mark(self, side, place, length) -> None:
        one = self.work.document("doc1")
        text = one.text(side)
        start = place % max(1, len(text))
        length = min(length, len(text) - start)
        quote = text[start : start + length].strip()
        if not quote:
            return
        self.marks += 1
        label = f"L{self.marks}"
        self.work.do(annotate(one, side, start, start + length, label, by=WHO))
        added = [span for span in self.work.document("doc1").spans if span.label == label]
        assert [(span.side, span.quote) for span in added if span not in one.spans] == [(side, quote)]
        self._did()

    @rule()
    def undo(self) -> None:
        changed = self.work.undo()
        # Adding the document is the first step of all; the model starts behind it.
        if self.at == 0:
            if changed is not None:
                self.work.redo()
            return
        assert changed is not None
        self.at -= 1

    @rule()
    def redo(self) -> None:
        changed = self.work.redo()
        assert (changed is not None) == (self.at + 1 < len(self.states))
        self.at += changed is not None

    @rule()
    def save(self) -> None:
        save(self.opened)

    @precondition(lambda self: self.pending is None)
    @rule()
    def begin_to_save(self) -> None:
        self.pending = self.work.state()

    @precondition(lambda self: self.pending is not None)
    @rule()
    def end_the_save(self) -> None:
        state, self.pending = self.pending, None
        self.opened.store.save(state)
        self.work.saved(state)

    @rule()
    def reopen(self) -> None:
        self.opened.store.close()
        self.pending = None
        self.opened = open_project(self.folder, annotator=WHO)
        assert self.opened.problems == []

    @invariant()
    def state_equals_the_model(self) -> None:
        if hasattr(self, "opened"):
            assert plain(self.work) == self.states[self.at]
            sound(self.work.document("doc1"))

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.opened.store.close()
        self._temporary.cleanup()


Work.TestCase.settings = settings(
    max_examples=_EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestWork = Work.TestCase
