"""Whose annotations are exported: one's own, another annotator's, and suggestions beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.ids import id_from
from annotator.core.span import Source, Span
from annotator.core.spans import SpanTable
from annotator.core.suggestion import Suggestion
from annotator.extend import Corpus
from annotator.services.opening import annotators
from annotator.store import suggestion_file
from annotator.store.library import Library, natural

Offered = Callable[[Document], Iterable[Suggestion]]
SUGGESTED = "suggested"
"""The kind of source of a span that is a suggestion still."""


def layers(root: Path, own: str) -> list[str]:
    """Whose annotations the project has, one's own first; an adjudicated version has a name of its own."""
    return [own, *(name for name in annotators(root) if name != own)]


def by_another(corpus: Corpus, root: Path, annotator: str) -> Corpus:
    """The documents of a corpus with the annotations of somebody else, as they are saved.

    Raises:
        AnnotatorError: if the project has no annotations of this person.
    """
    known = annotators(root)
    if annotator not in known:
        raise AnnotatorError("error.no_layer", annotator=annotator, known=", ".join(known) or "–")
    documents = Read(Library(root, annotator).load, corpus.ids)
    return replace(corpus, documents=documents, annotator=annotator)


class Read:
    """Documents read one at a time, as often as they are asked for."""

    def __init__(self, read: Callable[[str], Document], ids: tuple[str, ...]) -> None:
        self._read, self._ids = read, ids

    def __iter__(self) -> Iterator[Document]:
        return map(self._read, self._ids)


def sources_on_file(root: Path) -> list[str]:
    """The sources, `name@version`, of which the project has suggestions in files; of each the newest."""
    folder = root / suggestion_file.FOLDER
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    newest = {name.partition("@")[0]: name for name in sorted(names, key=natural) if "@" in name}
    return [newest[name] for name in sorted(newest)]


def offered(root: Path) -> Offered:
    """What gives the suggestions that are on file for a document, as far as they were made on its text."""

    def read(document: Document) -> Iterator[Suggestion]:
        texts = suggestion_file.digests(document)
        for source in sources_on_file(root):
            path = root / suggestion_file.suggestion_path(source, document.id)
            if suggestion_file.is_current(path, source, texts):
                yield from suggestion_file.read(path, document).suggestions

    return read


def with_suggestions(document: Document, suggestions: Iterable[Suggestion], lowest: float) -> Document:
    """The document with suggestions of at least this score as further spans: those that are neither
    annotated nor turned down, each once, the surest of equals."""
    decided = {(one.side, one.start, one.end, one.label) for one in (*document.spans, *document.rejections())}
    best: dict[object, Suggestion] = {}
    for one in suggestions:
        if one.score >= lowest and one.key not in decided:
            known = best.get(one.key)
            if known is None or (known.score, known.source) < (one.score, one.source):
                best[one.key] = one
    spans = (_span(document.id, one) for one in best.values())
    return document.evolve(spans=SpanTable((*document.spans, *spans)))


def _span(doc_id: str, one: Suggestion) -> Span:
    # The same suggestion has the same id in every export.
    digest = hashlib.sha256(repr((doc_id, *one.key)).encode()).digest()
    return Span(
        id=id_from(int.from_bytes(digest[:8], "big")),
        side=one.side,
        start=one.start,
        end=one.end,
        quote=one.quote,
        label=one.label,
        attributes=one.attributes,
        src=Source(kind=SUGGESTED, model=one.source, score=one.score),
        by="",
        at="",
    )
