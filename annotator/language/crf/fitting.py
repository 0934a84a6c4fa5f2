"""Training a chain: python-crfsuite does it, and writes the file that `Chain.read` reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from annotator.core.job import Job
from annotator.core.span import Side
from annotator.language.crf.features import seen
from annotator.language.crf.tags import Labelled, tagged
from annotator.language.mentions import Heard
from annotator.language.mentions.found import SILENCE

ITERATIONS = 80
_PENALTIES = {"c1": 0.1, "c2": 0.1}


class Example(NamedTuple):
    """A sentence whose annotation is complete, and the names that those before it introduced."""

    text: str
    spans: Sequence[Labelled]
    heard: Heard = SILENCE


def fit(examples: Iterable[Example], side: Side, path: Path, job: Job | None = None) -> int:
    """Train a chain for one side and write it to `path`; gives the number of stretches learnt from.

    With no stretch at all nothing is written. Cancelling takes effect between sentences only: whoever wants
    to stop the optimiser itself ends the process that this runs in.

    Raises:
        Cancelled: if the user asked to stop.
    """
    trainer = _trainer(job or Job())
    count = 0
    for example in examples:
        sentence = seen(example.text, side, example.heard)
        tags = tagged(sentence.units, example.spans)
        count += sum(tag[0] in "BS" for tag in tags)
        if sentence.units:
            trainer.append(sentence.rows, tags)
    if count:
        trainer.train(str(path))
    return count


def _trainer(job: Job):  # type: ignore[no-untyped-def]
    import pycrfsuite

    class Trainer(pycrfsuite.Trainer):  # type: ignore[misc]
        done = 0

        def message(self, message: str) -> None:
            if message.startswith("***** Iteration"):
                self.done += 1
                job.progress(self.done, ITERATIONS)

    trainer = Trainer("lbfgs", verbose=True)
    trainer.set_params({**_PENALTIES, "max_iterations": ITERATIONS})
    return trainer
