"""Training a chain: python-crfsuite does it, and writes the file that `Chain.read` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from annotator.core.job import Job
from annotator.language.crf.features import Studied, marks
from annotator.language.crf.tags import Labelled, tagged

ITERATIONS = 60
_TRUST = 0.6
_OF_A_LABEL = 60
_OF_A_PATTERN = 6
_LONGEST = 3
_PENALTIES = {"c1": 1.0, "c2": 0.5}


class Example(NamedTuple):
    """A sentence whose annotation is complete, and what rules and chain see in it."""

    studied: Studied
    spans: Sequence[Labelled]


def fit(examples: Iterable[Example], path: Path, job: Job | None = None) -> int:
    """Train a chain and write it to `path`; gives the number of stretches learnt from.

    With no stretch at all nothing is written. Cancelling takes effect between sentences only: whoever wants
    to stop the optimiser itself ends the process that this runs in.

    Raises:
        Cancelled: if the user asked to stop.
    """
    trainer = _trainer(job or Job())
    count = 0
    patterns: dict[tuple[str, str], float] = {}
    for example in examples:
        patterns.update(((one.label, one.pattern), one.score) for one in example.studied.found)
        sentence = example.studied.seen
        tags = tagged(sentence.units, example.spans)
        count += sum(tag[0] in "BS" for tag in tags)
        if sentence.units:
            trainer.append(sentence.rows, tags)
    for rows, tags in trust_in_rules(patterns):
        trainer.append(rows, tags)
    if count:
        trainer.train(str(path))
    return count


def trust_in_rules(patterns: Mapping[tuple[str, str], float]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Made-up sentences without words that say how far each pattern of the rules can be trusted.

    A chain that saw few sentences would otherwise take a rule for chance, since each of its patterns was seen
    once or never. `patterns` gives the share of right mentions by label and pattern; in as large a share of
    these sentences the mention is labelled.
    """
    shares: dict[tuple[str, str], tuple[float, int]] = {
        key: (share, _OF_A_PATTERN) for key, share in patterns.items()
    }
    shares.update(((label, ""), (_TRUST, _OF_A_LABEL)) for label, _ in patterns)
    for (label, pattern), (share, count) in sorted(shares.items()):
        for number in range(count):
            size = 1 + number % _LONGEST
            rows: list[list[str]] = [[] for _ in range(size + 2)]
            for at, string in marks(len(rows), 1, size, label, pattern):
                rows[at].append(string)
            units = [(at, at + 1) for at in range(size + 2)]
            is_right = int((number + 1) * share) > int(number * share)
            yield rows, tagged(units, [Labelled(1, size + 1, label)] if is_right else [])


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
