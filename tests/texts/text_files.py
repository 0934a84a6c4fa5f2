"""Small files of other programs, made as these programs lay them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

from annotator.services.importing import ImportPlan, build, preview, read_sources

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ZH = ["山里的邮差", "清晨，邮差翻过山口。他带着三封信。", "傍晚，雪停了。"]
EN = [
    "The Postman in the Hills",
    "In the early morning the postman crossed the pass. He carried three letters.",
    "Towards evening the snow stopped.",
]
PAIRS = list(zip(ZH, EN, strict=True))


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def paragraph(*texts: str) -> str:
    """A paragraph of a Word document, one run a text."""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' for text in texts)
    return f"<w:p>{runs}</w:p>"


def table(rows: list[tuple[str, ...]]) -> str:
    """A table of a Word document; a line break in a cell parts paragraphs."""
    made = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{''.join(map(paragraph, cell.split(chr(10))))}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/>{made}</w:tbl>"


def docx(*body: str, head: str = "") -> bytes:
    """A Word document."""
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def put(folder: Path, name: str, data: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def planned(path: Path) -> ImportPlan:
    """What the import makes of one file."""
    return preview(read_sources([path]))


def pairs(plan: ImportPlan) -> list[tuple[str, str]]:
    """The texts of the pairs that the plan becomes."""
    data = build(plan, doc_id="d")
    return [
        (" ".join(data.zh[a:b] for a, b in pair.zh), " ".join(data.en[a:b] for a, b in pair.en))
        for pair in data.pairs
    ]


def lines(path: Path) -> list[str]:
    """The lines of text in one file."""
    (source,) = read_sources([path])
    return source.text.split("\n")


def notices(plan: ImportPlan) -> dict[str, object]:
    """What is told beside the plan, with how often."""
    return {one.key: dict(one.details).get("count") for one in plan.notices}
