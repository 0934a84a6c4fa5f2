"""The problems of one document, kept up to date edit by edit.

A pair is looked at by itself and remembered with what was found. Names are counted over all pairs: what is
labelled where, and which of them look like one name with a slip. An edit is followed by looking again at the
pairs that it touched, and at those in which a name stands that became known or is known no longer. All of it
is done by generators, which pause after a few pairs, so that a window can drive them in slices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit
from annotator.core.span import Span
from annotator.services.problems.kinds import DETECTORS
from annotator.services.problems.knowledge import Knowledge
from annotator.services.problems.labelling import Unlabelled, contested, differing
from annotator.services.problems.misspelt import Misspelt
from annotator.services.problems.names import Fact, Name, Names, facts, mentions_of
from annotator.services.problems.occurrences import Finder, places_of, rows_with
from annotator.services.problems.problem import Place, Problem
from annotator.services.problems.rendering import RENDERING, Renderings
from annotator.services.problems.rows import Row
from annotator.services.problems.touched import touched

Steps = Generator[None, None, None]

_EVERY = 8
_FEW = 500


class Checker:
    """Checks one document: `check` first, then `follow` after each edit.

    An interrupted run loses nothing: the next takes up what it left. What is asked meanwhile is answered from
    what has been seen so far.

    Args:
        others: the names of the project's other documents, which count as if they stood in this one. The
            checker takes them over and counts those of its document in.
    """

    def __init__(self, knowledge: Knowledge, others: Names | None = None) -> None:
        self.knowledge = knowledge
        self.document: Document | None = None
        self._names = Names() if others is None else others
        self._finder = Finder()
        self._renderings = Renderings(self._names, knowledge)
        self._unlabelled = Unlabelled(self._names, knowledge)
        self._misspelt = Misspelt(self._names)
        self._own: dict[str, tuple[Problem, ...]] = {}
        self._facts: dict[str, tuple[Fact, ...]] = {}
        self._known_facts: dict[Fact, Fact] = {}
        self._of_names: dict[Name, tuple[Problem, ...]] = {}
        self._pairs: dict[str, None] = {}
        self._searched: dict[str, None] = {}
        self._changed: dict[Name, None] = {}

    @property
    def settled(self) -> bool:
        """Whether everything has been looked at."""
        return not (self._pairs or self._searched or self._changed)

    @property
    def left(self) -> int:
        """How many steps over single pairs are still to be done; each pair takes two."""
        return 2 * len(self._pairs) + len(self._searched)

    def check(self, document: Document) -> Steps:
        """Look at all of a document."""
        self.document = document
        self._finder.add(self._names)
        self._changed.update(dict.fromkeys(self._names))
        self._pairs = {pair.id: None for pair in document.pairs}
        yield from self._work()

    def follow(self, document: Document, parts: Sequence[DocumentEdit]) -> Steps:
        """Look again at what an edit changed; `document` is as it is after `parts`."""
        if self.document is None:
            yield from self.check(document)
            return
        self._pairs.update(dict.fromkeys(touched(self.document, document, parts)))
        self.document = document
        yield from self._work()

    def found(self) -> Iterator[Problem]:
        """All problems, dismissed ones included, pair by pair in the order of the text."""
        if self.document is None:
            return
        names: defaultdict[str, list[Problem]] = defaultdict(list)
        for problems in self._of_names.values():
            for problem in problems:
                names[problem.pair].append(problem)
        loose = self._unlabelled.found
        said = self._places_of_slips()
        for pair in self.document.pairs:
            written = names.get(pair.id, ())
            slips = (one for one in self._misspelt.found.get(pair.id, ()) if not _said(one, said))
            here = (*self._own.get(pair.id, ()), *written, *slips, *loose.get(pair.id, ()))
            yield from sorted(here, key=_in_pair) if len(here) > 1 else here

    def _places_of_slips(self) -> set[Place]:
        problems = (problem for found in self._of_names.values() for problem in found)
        return {place for one in problems if one.kind == RENDERING.id for place in one.places}

    def _work(self) -> Steps:
        yield from self._look_at_pairs()
        yield from self._search()
        yield from self._compare_names()
        if self.document is not None:
            yield from self._unlabelled.settle(self.document)

    def _look_at_pairs(self) -> Steps:
        fresh: set[Name] = set()
        gone: set[Name] = set()
        document = self.document
        everything = document is not None and len(self._pairs) >= len(document.pairs)
        for count, pair in enumerate(list(self._pairs), 1):
            came, went = self._look(pair)
            fresh = (fresh | came) - went
            gone = (gone | went) - came
            self._searched[pair] = None
            del self._pairs[pair]
            if count % _EVERY == 0:
                yield
        self._finder.remove(gone)
        self._finder.add(fresh)
        other_expectations = self._misspelt.renew(self._changed)
        if document is None or everything:
            return
        for name in (*fresh, *gone, *other_expectations):
            self._searched.update(dict.fromkeys(rows_with(document, name)))
            yield

    def _look(self, pair: str) -> tuple[set[Name], set[Name]]:
        """Check one pair by itself and count its names; those that came and those that went."""
        document = self.document
        row = document.pairs.row_of(pair) if document else None
        now: tuple[Fact, ...] = ()
        self._own.pop(pair, None)
        if document is not None and row is not None:
            here = Row(document, row, self.knowledge)
            found = tuple(problem for detect in DETECTORS for problem in detect(here))
            if found:
                self._own[pair] = found
            spans = (*here.spans["zh"], *here.spans["en"])
            now = tuple(
                self._known_facts.setdefault(one, one) for one in facts(document, spans, self.knowledge)
            )
        before = self._facts.pop(pair, ())
        if now:
            self._facts[pair] = now
        self._changed.update((fact.name, None) for fact in (*before, *now))
        went, came = self._names.remove(before), self._names.add(now)
        return came - went, went - came

    def _search(self) -> Steps:
        """Look for names that are not labelled in the pairs that may have some."""
        for count, pair in enumerate(list(self._searched), 1):
            document = self.document
            row = document.pairs.row_of(pair) if document else None
            here = Row(document, row, self.knowledge) if document is not None and row is not None else None
            places = places_of(here, self._finder) if here is not None else {}
            self._unlabelled.put(pair, here, places)
            self._misspelt.put(pair, here, places)
            del self._searched[pair]
            if count % _EVERY == 0:
                yield

    def _compare_names(self) -> Steps:
        """Compare each changed name with those like it, and its labels with each other."""
        self._renderings.add(self._changed)
        yield
        affected: dict[Name, None] = {}
        for count, name in enumerate(self._changed, 1):
            affected.update(dict.fromkeys(self._renderings.renew(name)))
            if count % _EVERY == 0:
                yield
        self._changed.clear()
        for count, name in enumerate(affected, 1):
            yield from self._tell_of(name)
            if count % _EVERY == 0:
                yield

    def _tell_of(self, name: Name) -> Steps:
        document = self.document
        self._of_names.pop(name, None)
        slips = self._renderings.slips(name)
        if document is None or not (slips or contested(self._names.get(name))):
            return
        mentions: list[Span] = []
        for count, span in enumerate(mentions_of(document, name), 1):
            mentions.append(span)
            if count % _EVERY == 0:
                yield
        found = (
            *self._renderings.problems(document, slips, mentions),
            *differing(document, mentions, self._names, self.knowledge),
        )
        if found:
            self._of_names[name] = found


def _said(problem: Problem, places: set[Place]) -> bool:
    """Whether a slip was told of already, with the mention that it is in."""
    return any(
        (place.pair, place.side) == (problem.pair, problem.side)
        and place.start <= problem.start
        and problem.end <= place.end
        for place in places
    )


def _in_pair(problem: Problem) -> tuple[bool, int]:
    return problem.side != "zh", problem.start
