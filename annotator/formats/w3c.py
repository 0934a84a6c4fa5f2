"""W3C Web Annotation: JSON-LD with a position and a quotation for each annotation, and links between them."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import msgspec

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import SIDES, Link, Side, Span
from annotator.extend import Corpus, File, NoOptions, Reading, Report, exporter, importer
from annotator.formats.gather import Gathering, decoded, language_of, text_of, unix
from annotator.formats.losses import Losses
from annotator.formats.records import Record, checked_spans, ordered_links

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_TEXT = "urn:annotator:text"
_AROUND = 32


@exporter(
    "w3c",
    "format.w3c",
    suffixes=(".jsonld",),
    loses=("loss.attributes", "loss.certainty", "loss.sources"),
)
def write(corpus: Corpus, out: BinaryIO, _: NoOptions, job: Job) -> Report:
    """Write a page of annotations. Its `texts`, a term of its own, hold what the annotations are about."""
    losses = Losses()
    documents = spans = links = 0
    out.write(b'{"@context":["' + _CONTEXT.encode() + b'",{"texts":"' + _TEXT.encode() + b'"}],')
    out.write(b'"type":"AnnotationPage","items":[')
    # The texts come last, and must not wait for that in memory.
    with tempfile.TemporaryFile() as texts:
        for document in corpus.documents:
            job.progress(documents, corpus.count)
            for item in _items(document):
                out.write((b",\n" if spans or links else b"\n") + msgspec.json.encode(item))
                spans += item["motivation"] == "tagging"
                links += item["motivation"] == "linking"
            for side in SIDES:
                texts.write((b",\n" if texts.tell() else b"\n") + msgspec.json.encode(_text(document, side)))
            losses.unsaid(document, SIDES, "loss.notes")
            documents += 1
        out.write(b'\n],"texts":[')
        texts.seek(0)
        shutil.copyfileobj(texts, out)
    out.write(b"\n]}\n")
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


def source(doc_id: str, side: Side) -> str:
    """The name of a side's text."""
    return f"urn:annotator:{_quoted(doc_id)}:{side}"


def _text(document: Document, side: Side) -> Record:
    return {
        "id": source(document.id, side),
        "format": "text/plain",
        "language": document.language(side),
        "value": document.text(side),
    }


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _items(document: Document) -> Iterator[Record]:
    for side in SIDES:
        text = document.text(side)
        for span in checked_spans(document, side):
            yield _tagging(span, source(document.id, side), text)
    for link in ordered_links(document):
        yield _linking(link)


def _tagging(span: Span, source: str, text: str) -> Record:
    body: list[Record] = [{"type": "TextualBody", "purpose": "tagging", "value": span.label}]
    if span.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": span.note})
    selectors: list[Record] = [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.quote,
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
    ]
    return {
        "id": f"urn:annotator:span:{span.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"type": "Person", "nickname": span.by},
        "created": span.at,
        "body": body,
        "target": {"source": source, "selector": selectors},
    }


def _linking(link: Link) -> Record:
    body: list[Record] = [{"type": "TextualBody", "purpose": "tagging", "value": link.type}]
    if link.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": link.note})
    return {
        "id": f"urn:annotator:link:{link.id}",
        "type": "Annotation",
        "motivation": "linking",
        "creator": {"type": "Person", "nickname": link.by},
        "created": link.at,
        "body": body,
        "target": [f"urn:annotator:span:{link.a}", f"urn:annotator:span:{link.b}"],
    }


@importer("w3c", "format.w3c", suffixes=(".jsonld", ".json", ".txt"), shared=(".txt",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read annotations of texts that stand in the file, or in text files given beside it."""
    losses = Losses()
    given = {file.name: unix(text_of(file)) for file in files if file.name.endswith(".txt")}
    pages = [file for file in files if not file.name.endswith(".txt")]
    found = []
    for number, file in enumerate(pages):
        job.progress(number, len(pages))
        page = _Page(decoded(text_of(file), Any, file.name), given, file.name, losses)
        found += page.gathered()
    return Reading(tuple(one.found() for one in found), losses=losses.all())


class _Page:
    """Annotations of one file, by the texts that they are about."""

    def __init__(self, content: Any, given: Mapping[str, str], file: str, losses: Losses) -> None:
        self._losses, self._file = losses, file
        self._annotations = [one for one in _listed(content) if isinstance(one, dict)]
        texts = content.get("texts") if isinstance(content, dict) else None
        known = {
            str(one.get("id")): unix(str(one.get("value", "")))
            for one in (texts if isinstance(texts, list) else ())
            if isinstance(one, dict)
        }
        self._texts = {**given, **known}
        self._homes: dict[str, tuple[Gathering, Side]] = {}
        self._all: dict[str, Gathering] = {}

    def gathered(self) -> list[Gathering]:
        """The documents that annotations or texts of the file are of.

        Raises:
            AnnotatorError: if no annotation has a text.
        """
        for name in self._texts:
            self._home(name)
        taken = {str(one.get("id")): self._take(one) for one in self._annotations if _target(one)}
        if self._annotations and not self._texts:
            raise AnnotatorError("error.read_no_text", file=self._file)
        for one in self._annotations:
            if not _target(one):
                self._link(one, taken)
        return list(self._all.values())

    def _home(self, name: str) -> tuple[Gathering, Side] | None:
        text = self._texts.get(name)
        if text is None:
            # A source may be an address whose last part is the file's name, or the only text there is.
            near = [one for one in self._texts if name.endswith(one)]
            if not near and len(self._texts) == 1:
                near = list(self._texts)
            return self._home(near[0]) if near else None
        if name not in self._homes:
            doc, side = _parts(name, text)
            home = self._all.get(doc)
            if home is None or side in home.texts:
                key = doc if home is None else name
                home = self._all[key] = Gathering(doc, {}, self._losses)
            home.add_texts({side: text})
            self._homes[name] = home, side
        return self._homes[name]

    def _take(self, one: Record) -> tuple[Gathering, str] | None:
        target = _target(one)
        home = self._home(str(target.get("source") if target else ""))
        if home is None or target is None:
            self._losses.add("loss.read_text", str(one.get("id"))[:60])
            return None
        gathering, side = home
        place = _place(target.get("selector"), gathering.texts[side])
        label, note = _body(one)
        if place is None:
            self._losses.add("loss.read_outside", label)
            return None
        creator = one.get("creator")
        by = creator.get("nickname") or creator.get("name") if isinstance(creator, dict) else creator
        key = gathering.span(
            side,
            *place,
            label,
            key=str(one.get("id", "")).rpartition(":")[2],
            note=note,
            by=by if isinstance(by, str) else "",
            at=str(one.get("created") or ""),
        )
        return (gathering, key) if key else None

    def _link(self, one: Record, taken: Mapping[str, tuple[Gathering, str] | None]) -> None:
        targets = one.get("target")
        ends = [taken.get(str(end)) for end in targets] if isinstance(targets, list) else []
        label, note = _body(one)
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0][0] is not ends[1][0]:
            self._losses.add("loss.read_link", label)
            return
        ends[0][0].link(
            ends[0][1], ends[1][1], label, key=str(one.get("id", "")).rpartition(":")[2], note=note
        )


def _listed(content: Any) -> list[Any]:
    """The annotations of a page, of a collection's first page, of a list, or the one that there is."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        return []
    page = content.get("first")
    items = content.get("items", page.get("items") if isinstance(page, dict) else None)
    return items if isinstance(items, list) else [content] if "target" in content else []


def _target(one: Record) -> Record | None:
    """What the annotation is about, if that is one place in one text."""
    target = one.get("target")
    if isinstance(target, list) and len(target) == 1:
        target = target[0]
    return target if isinstance(target, dict) and "selector" in target else None


def _parts(name: str, text: str) -> tuple[str, Side]:
    from urllib.parse import unquote

    ours = re.fullmatch(r"urn:annotator:(.*):(zh|en)", name)
    if ours:
        return unquote(ours[1]), "zh" if ours[2] == "zh" else "en"
    stem = name.rpartition("/")[2].removesuffix(".txt")
    return stem.removesuffix(".zh").removesuffix(".en"), language_of(text)


def _body(one: Record) -> tuple[str, str]:
    """The label (a tag, else whatever is said first) and the comment."""
    body = one.get("body")
    bodies = [part for part in (body if isinstance(body, list) else [body]) if isinstance(part, dict)]
    said = [(str(part.get("purpose", "")), str(part.get("value", ""))) for part in bodies]
    tags = [value for purpose, value in said if purpose == "tagging"]
    comments = [value for purpose, value in said if purpose in ("commenting", "replying", "describing")]
    return (tags or [value for _, value in said] or [""])[0], "\n".join(comments)


def _place(selector: Any, text: str) -> tuple[int, int] | None:
    """Where the selectors point: the position if the quotation is there, else where that stands."""
    selectors = [
        one for one in (selector if isinstance(selector, list) else [selector]) if isinstance(one, dict)
    ]
    position = next((one for one in selectors if one.get("type") == "TextPositionSelector"), {})
    quote = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), {})
    start, end = position.get("start"), position.get("end")
    exact = quote.get("exact")
    if (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start < end <= len(text)
        and (not isinstance(exact, str) or text[start:end] == exact)
    ):
        return start, end
    if not isinstance(exact, str) or not exact:
        return None
    near = start if isinstance(start, int) else 0
    prefix, suffix = str(quote.get("prefix", "")), str(quote.get("suffix", ""))
    found = _quoted_at(text, exact, prefix, suffix, near)
    return None if found is None else (found, found + len(exact))


def _quoted_at(text: str, exact: str, prefix: str, suffix: str, near: int) -> int | None:
    """The occurrence whose surroundings agree most, of these the one nearest to where it is said to be."""
    best: tuple[int, int, int] | None = None
    at = text.find(exact)
    while at >= 0:
        agreeing = _agreeing(text[:at][-len(prefix) :][::-1], prefix[::-1]) if prefix else 0
        agreeing += _agreeing(text[at + len(exact) :][: len(suffix)], suffix)
        best = max(best or (-1, 0, 0), (agreeing, -abs(at - near), at))
        at = text.find(exact, at + 1)
    return best[2] if best else None


def _agreeing(one: str, two: str) -> int:
    count = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        count += 1
    return count
