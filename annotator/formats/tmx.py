"""TMX 1.4b: aligned pairs for translation memories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Literal
from xml.etree.ElementTree import Element

from annotator.core.about import version
from annotator.core.document import Document, Info
from annotator.core.job import Job
from annotator.core.pair import Pair
from annotator.core.span import SIDES, Side
from annotator.extend import Corpus, File, Found, NoOptions, Reading, Report, exporter, importer
from annotator.formats import marked
from annotator.formats.choices import choice
from annotator.formats.gather import Gathering, Rows, unix
from annotator.formats.losses import Losses
from annotator.formats.records import checked_spans
from annotator.language.script import chinese_variant

_REGIONS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
# What these hold belongs to the layout of the file that the text came from.
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))


@dataclass(frozen=True, slots=True)
class TmxOptions:
    """How languages are named, and which pairs are written."""

    codes: Literal["region", "script"] = choice("codes", "region", "script")
    one_sided: bool = field(default=False, metadata={"help": "option.one_sided"})


@exporter(
    "tmx",
    "format.tmx",
    suffixes=(".tmx",),
    options=TmxOptions,
    loses=("loss.spans", "loss.links", "loss.one_sided"),
)
def write(corpus: Corpus, out: BinaryIO, options: TmxOptions, job: Job) -> Report:
    """Write a translation unit for each pair, with its document in a property."""
    losses = Losses()
    documents = 0
    out.write(_head().encode())
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        out.writelines(unit.encode() for unit in _units(document, options, losses))
        for side in SIDES:
            for span in checked_spans(document, side):
                losses.add("loss.spans", span.quote)
        losses.add("loss.links", count=len(document.links))
        documents += 1
    out.write(b"</body>\n</tmx>\n")
    job.progress(documents, documents)
    return Report(documents, 0, 0, losses.all())


def _head() -> str:
    about = marked.attributes(
        creationtool="Annotator",
        creationtoolversion=version(),
        segtype="block",
        o_tmf="annotator",
        adminlang="en",
        srclang="*all*",
        datatype="plaintext",
    ).replace("o:tmf", "o-tmf")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header{about}/>\n<body>\n'


def _units(document: Document, options: TmxOptions, losses: Losses) -> Iterator[str]:
    codes = {side: _code(document.language(side), options) for side in SIDES}
    prop = f'<prop type="x-document">{marked.text(document.id)}</prop>'
    for row, pair in enumerate(document.pairs):
        texts = {side: document.row_text(row, side) for side in SIDES}
        if not all(texts.values()) and not options.one_sided:
            losses.add("loss.one_sided", texts["zh"] or texts["en"])
            continue
        yield f"<tu{marked.attributes(tuid=pair.id)}>\n{prop}\n{_role(pair)}"
        for side in SIDES:
            if texts[side]:
                yield f'<tuv xml:lang="{codes[side]}"><seg>{marked.text(texts[side])}</seg></tuv>\n'
        yield "</tu>\n"


def _role(pair: Pair) -> str:
    return '<prop type="x-role">title</prop>\n' if pair.role == "title" else ""


def _code(language: str, options: TmxOptions) -> str:
    return _REGIONS.get(language, language) if options.codes == "region" else language


@importer("tmx", "format.tmx", suffixes=(".tmx",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read the units that have a Chinese or an English text; those of one document stay together."""
    losses = Losses()
    documents: dict[str, Rows] = {}
    for number, file in enumerate(files):
        job.progress(number, len(files))
        for unit in marked.named(marked.parsed(file), "tu"):
            _take(unit, documents, file.name.rpartition(".")[0], losses)
    return Reading(tuple(_found(documents, losses)), losses=losses.all())


def _take(unit: Element, documents: dict[str, Rows], default: str, losses: Losses) -> None:
    texts: dict[Side, str] = {}
    for variant in marked.named(unit, "tuv"):
        language = marked.attribute(variant, "lang")
        side = _side(language)
        if side is None or side in texts:
            losses.add("loss.read_language", language)
            continue
        texts[side] = unix("".join(marked.flat(one, is_text) for one in marked.named(variant, "seg")))
    props = {marked.attribute(one, "type"): one.text or "" for one in unit if marked.local(one) == "prop"}
    rows = documents.setdefault(props.get("x-document", default) or default, Rows())
    rows.add(texts, key=marked.attribute(unit, "tuid"), role=props.get("x-role", "text"))


def _side(language: str) -> Side | None:
    primary = language.replace("_", "-").partition("-")[0].casefold()
    return {"zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh", "en": "en", "eng": "en"}.get(primary)  # type: ignore[return-value]


def is_text(element: Element) -> bool:
    """Whether what an element inside a segment holds is text rather than layout."""
    return marked.local(element) not in _CODES


def _found(documents: dict[str, Rows], losses: Losses) -> Iterator[Found]:
    for name, rows in documents.items():
        if rows.pairs:
            info = Info(title=name, zh_lang=chinese_variant(rows.texts.get("zh", "")))
            yield Gathering(name, rows.texts, losses).found(rows.pairs, info=info)
