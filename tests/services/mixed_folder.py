"""A folder as people have it: files of all kinds, good and bad, and what an import has to say of each.

`python -m services.mixed_folder FOLDER 20` (from `tests/`) makes a large one to try by hand.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from texts.test_corpora import ALIGNED, BOMB, OPUS_EN, OPUS_ZH, OUTSIDE, TEI
from texts.test_damaged import PDF
from texts.test_epub import book
from texts.test_html import PAGE
from texts.test_pairs import PO, TMX, XLIFF, workbook
from texts.test_pdf import LOCKED
from texts.test_subtitles import BOTH
from texts.text_files import EN, PAIRS, ZH, docx, paragraph, zipped

ZH_TEXT, EN_TEXT = "\n".join(ZH), "\n".join(EN)
BOTH_TEXTS = f"{ZH_TEXT}\n{EN_TEXT}\n"
HANT = "山裡的郵差\n清晨，郵差翻過山口。他帶著三封信，走過許多村莊。\n傍晚，雪停了，門還開著。\n"
HUGE = bytes(65 << 20)
OLE = b"\xd0\xcf\x11\xe0" + bytes(600)
TEI_PAIR = TEI.format(
    '<text><body><ab xml:lang="zh"><s xml:id="z">雪停了。</s></ab><ab xml:lang="en"><s xml:id="e">The snow '
    'stopped.</s></ab></body></text><linkGrp type="alignment"><link target="#z #e"/></linkGrp>'
)

Files = dict[str, str | bytes]
GOOD = "ready"


def good(number: int) -> Iterator[tuple[str, Files]]:
    """Documents by their names in the report, each with its files."""
    n = f"{number:03}"
    zh, en = ZH_TEXT.encode("utf-8-sig"), EN_TEXT
    yield f"talk{n}.zh.txt + talk{n}.en.txt", {f"talk{n}.zh.txt": zh, f"talk{n}.en.txt": en}
    yield f"zh/story{n}.txt + en/story{n}.txt", {f"zh/story{n}.txt": zh, f"en/story{n}.txt": en}
    words = {side: docx(*map(paragraph, texts)) for side, texts in (("zh", ZH), ("en", EN))}
    letters = {f"letters/note{n}_{side}.docx": data for side, data in words.items()}
    yield f"letters/note{n}_zh.docx + letters/note{n}_en.docx", letters
    front = {f"en-post{n}.html": "<p>" + "</p><p>".join(EN), f"zh-post{n}.txt": ZH_TEXT}
    yield f"zh-post{n}.txt + en-post{n}.html", front
    for name, data in (
        (f"gb{n}.txt", BOTH_TEXTS.encode("gb18030")),
        (f"big{n}.txt", (HANT + EN_TEXT).encode("big5")),
        (f"bom{n}.txt", BOTH_TEXTS.encode("utf-16")),
        (f"bare{n}.txt", BOTH_TEXTS.encode("utf-16-le")),
        (f"packed{n}.txt.gz", gzip.compress(BOTH_TEXTS.encode())),
        (f"rows{n}.tsv", "雪停了。\tThe snow stopped.\n他来了。\tHe came.\n"),
        (f"rows{n}.csv", "zh,en\n雪停了。,The snow stopped.\n"),
        (f"rows{n}.xlsx", workbook(list(PAIRS))),
        (f"memory{n}.tmx", TMX),
        (f"memory{n}.tmx.gz", gzip.compress(TMX.encode())),
        (f"job{n}.xlf", XLIFF),
        (f"program{n}.po", PO),
        (f"page{n}.html", PAGE),
        (f"film{n}.srt", BOTH),
        (f"book{n}.epub", book()),
        (f"deep/er/tei{n}.xml", TEI_PAIR),
    ):
        yield name, {name: data}
    moses = {f"news{n}.en-zh.zh": "雪停了。\n他来了。\n", f"news{n}.en-zh.en": "It stopped.\nHe came.\n"}
    yield f"news{n}.en-zh.en", moses
    inner = {"zh/a.txt": ZH_TEXT, "en/a.txt": EN_TEXT}
    yield f"both{n}.zip/zh/a.txt + both{n}.zip/en/a.txt", {f"both{n}.zip": zipped(inner)}
    opus = {f"opus{n}/en/b.xml.gz": OPUS_EN, f"opus{n}/zh/b.xml.gz": OPUS_ZH}
    aligned = ALIGNED.replace("bridge", "b").replace("zh_CN", "zh")
    packed = {name: gzip.compress(text.encode()) for name, text in opus.items()}
    yield f"opus{n}/en-zh.xml.gz", {**packed, f"opus{n}/en-zh.xml.gz": gzip.compress(aligned.encode())}


def bad(number: int) -> Iterator[tuple[str, str, str | bytes]]:
    """Files that cannot be imported, each with the key of what is said of it."""
    n = f"{number:03}"
    yield f"lonely{n}.zh.txt", "error.import_no_partner", ZH_TEXT
    yield f"alone/en/word{n}.txt", "error.import_no_partner", EN_TEXT
    yield f"english{n}.pdf", "error.import_no_partner", PDF
    yield f"locked{n}.pdf", "error.text_locked", LOCKED
    yield f"broken{n}.pdf", "error.text_damaged", b"%PDF-1.7\nbroken"
    yield f"old{n}.docx", "error.text_protected", OLE
    yield f"torn{n}.docx", "error.text_damaged", docx(*map(paragraph, ZH))[:-40]
    yield f"bomb{n}.xml", "error.read_xml_entity", BOMB
    yield f"outside{n}.xml", "error.read_xml_entity", OUTSIDE
    yield f"cut{n}.xml", "error.read_damaged", "<TEI><text>"
    yield f"feed{n}.xml", "error.text_xml", "<rss/>"
    yield f"lost/en-zh{n}.xml", "error.text_opus_missing", ALIGNED
    yield f"uneven{n}.en-zh.zh", "error.text_moses", "雪停了。\n"
    yield f"uneven{n}.en-zh.en", "error.text_moses", "It stopped.\nHe came.\n"
    yield f"prose{n}.csv", "error.import_table", "雪停了。\n他来了。\n"
    yield f"french{n}.xlsx", "error.text_table", workbook([("une", "deux"), ("trois", "quatre")])
    yield f"torn{n}.xlsx", "error.text_damaged", workbook(list(PAIRS))[:-30]
    yield (
        f"spoilt{n}.txt",
        "error.import_bytes",
        "雪停了，他来了，门开了。".encode() + b"\xff\xfe" + ZH_TEXT.encode(),
    )
    yield f"picture{n}.txt", "error.import_kind_image", b"\x89PNG\r\n\x1a\n" + bytes(50)
    yield f"empty{n}.txt", "error.import_empty", ""
    yield f"blank{n}.html", "error.text_kind", "\n \n"[:0] + "no markup here"
    yield f"control{n}.txt", "error.import_control", f"{ZH_TEXT}\x07\n{EN_TEXT}"
    yield f"silent{n}.srt", "error.text_no_cues", "no times\n"
    yield f"numbers{n}.txt", "error.import_no_partner", "1\n2\n3\n"
    yield f"pictures{n}.zip", "error.text_no_files", zipped({"a.png": b"x"})
    yield f"torn{n}.zip", "error.text_damaged", b"PK\x03\x04 and no more"


def bombs() -> Iterator[tuple[str, str, bytes]]:
    """Small files that unpack to large ones."""
    yield "bomb.docx", "error.read_large", zipped({"word/document.xml": HUGE})
    yield "bomb.zip/a.txt", "error.read_large", zipped({"a.txt": HUGE})
    yield "bomb.txt.gz", "error.read_large", gzip.compress(HUGE, 1)
    yield (
        "bomb.xlsx",
        "error.read_large",
        zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/a.xml": HUGE}),
    )


def make(folder: Path, rounds: int) -> dict[str, str]:
    """The files, and the whole report on them: names with `GOOD` or the key of an error."""
    report: dict[str, str] = {}
    files: Files = {
        "picture.png": b"\x89PNG",
        "program.exe": b"MZ",
        "~$talk000.docx": b"x",
        ".hidden.txt": "",
    }
    for number in range(rounds):
        for name, parts in good(number):
            report[name] = GOOD
            files |= parts
        for name, key, data in bad(number):
            report[name] = key
            files[name] = data
    for name, key, data in bombs():
        report[name] = key
        files[name.partition("/")[0]] = data
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return report


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), int(sys.argv[2]))
    ready = sum(outcome == GOOD for outcome in made.values())
    print(f"{ready} documents and {len(made) - ready} files that cannot be imported")
