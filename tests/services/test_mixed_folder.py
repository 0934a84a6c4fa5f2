"""A folder as people have them: thousands of files of all kinds, and a report that names each that failed."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from texts.text_files import docx, paragraph, table, zipped

from annotator.core.errors import Cancelled
from annotator.core.job import Job
from annotator.services.drafts import Wishes, failing, read_drafts

ZH = "河边有一座旧桥。\n桥下住着一只猫，它每天晚上都出来。\n"
EN = "There is an old bridge by the river.\nA cat lives under it, and comes out every night.\n"
BOTH = ZH + EN
TEXT_DOCX = docx(*map(paragraph, BOTH.split("\n")))
BOMB = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "ha" * 10}">' for at in range(10))
TMX = '<tmx version="1.4"><header/><body><tu><tuv xml:lang="{}"><seg>{}</seg></tuv></tu></body></tmx>'


def encrypted_zip() -> bytes:
    """An archive whose entries say that they are encrypted."""
    made = bytearray(TEXT_DOCX)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(mark)
        while start >= 0:
            made[start + at] |= 1
            start = made.find(mark, start + 4)
    return bytes(made)


def zip_bomb() -> bytes:
    """A Word document that unfolds to more than memory should take."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(65 << 20))
    return held.getvalue()


GOOD: dict[str, dict[str, bytes]] = {
    "{}.txt": {"{}.txt": BOTH.encode()},
    "{}.zh.txt + {}.en.txt": {"{}.zh.txt": ZH.encode(), "{}.en.txt": EN.encode()},
    "zh/{}.txt + en/{}.txt": {"zh/{}.txt": ZH.encode("gb18030"), "en/{}.txt": EN.encode()},
    "{}_zh.docx + {}_en.docx": {
        "{}_zh.docx": docx(*map(paragraph, ZH.split("\n"))),
        "{}_en.docx": docx(*map(paragraph, EN.split("\n"))),
    },
    "b5/{}.txt": {
        "b5/{}.txt": ("河邊有一座舊橋。\n橋下住著一隻貓，它每天晚上都出來。\n" + EN).encode("big5")
    },
    "u16/{}.txt": {"u16/{}.txt": BOTH.encode("utf-16")},
    "u16bare/{}.txt": {"u16bare/{}.txt": BOTH.encode("utf-16-le")},
    "{}.docx": {"{}.docx": TEXT_DOCX},
    "{}.html": {"{}.html": f"<html><body><p>{ZH}</p><p>{EN}</p></body></html>".encode()},
    "{}.tsv": {"{}.tsv": "猫\tcat\n桥\tbridge\n".encode()},
    "{}.zh-en.zh + {}.zh-en.en": {"{}.zh-en.zh": ZH.encode(), "{}.zh-en.en": EN.encode()},
    "{}.txt.gz": {"{}.txt.gz": gzip.compress(BOTH.encode())},
}
BAD: dict[str, tuple[bytes, str]] = {
    "locked/{}.docx": (encrypted_zip(), "protected by a password"),
    "old/{}.docx": (b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password"),
    "bomb/{}.docx": (zip_bomb(), "64 MB"),
    "bomb/{}.txt.gz": (gzip.compress(bytes(65 << 20)), "64 MB"),
    "laughs/{}.tmx": (f"<!DOCTYPE t [{BOMB}]>{TMX.format('zh', '&l9;')}".encode(), "entit"),
    "outside/{}.xml": (
        b'<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/hostname">]><text><s id="1">&x;</s></text>',
        "entit",
    ),
    "cut/{}.docx": (TEXT_DOCX[: len(TEXT_DOCX) // 2], "damaged"),
    "table/{}.csv": (b'a,b\n"c,d\n', "no column of Chinese"),
    "cells/{}.docx": (docx(table([("一", "二"), ("三", "四")])), "no other file is plainly its translation"),
    "bytes/{}.txt": (BOTH.encode() + b"\xff\xfe\xff" + BOTH.encode(), "damaged character"),
    "control/{}.txt": (BOTH.encode() + b"\x01", "control character"),
    "empty/{}.txt": (b"", "is empty"),
    "blank/{}.txt": (b" \n\n", "is empty"),
    "picture/{}.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "is an image"),
    "lone/{}.zh.txt": (ZH.encode(), "no other file is plainly its translation"),
    "lone/{}.pdf": (b"no pdf", "not the kind of file"),
    "other/{}.zip": (zipped({"a.bin": b"\0"}), "lines belong together"),
}


def fill(folder: Path, rounds: int) -> tuple[list[str], dict[str, str]]:
    """Fill a folder; the names of what can be imported, and what is to be said of the rest."""
    ready: list[str] = []
    failed: dict[str, str] = {}
    for number in range(rounds):
        name = f"talk{number:03}"
        for title, files in GOOD.items():
            ready.append(title.replace("{}", name + _of(title)))
            for path, data in files.items():
                _put(folder / path.replace("{}", name + _of(title)), data)
        for path, (data, said) in BAD.items():
            failed[path.replace("{}", name)] = said
            _put(folder / path.replace("{}", name), data)
        _put(folder / f"{name}.xyz", b"unknown")
    return ready, failed


def _of(title: str) -> str:
    """What keeps the names of each kind of good document apart."""
    return f"-{sorted(GOOD).index(title)}q"


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.mark.parametrize("rounds", [1, 30])
def test_a_mixed_folder_is_imported_and_each_failure_has_its_reason(tmp_path: Path, rounds: int) -> None:
    ready, failed = fill(tmp_path, rounds)
    assert rounds == 1 or sum(path.is_file() for path in tmp_path.rglob("*")) >= 1000
    steps: list[tuple[int, int]] = []
    drafts = read_drafts([tmp_path], Wishes(), Job(lambda done, total: steps.append((done, total))))
    assert sorted(one.name for one in drafts if one.ready) == sorted(ready)
    told = {one.name: failing(one).error for one in drafts if not one.ready}
    assert sorted(told) == sorted(failed)
    assert [name for name, said in failed.items() if said not in told[name]] == []
    assert all(done < total for done, total in steps)


def test_reading_a_folder_can_be_stopped(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    seen: list[int] = []
    job = Job(lambda done, _: seen.append(done), lambda: len(seen) > 4)
    with pytest.raises(Cancelled):
        read_drafts([tmp_path], Wishes(), job)
    assert len(seen) == 5


def test_folders_in_a_folder_can_be_left_out(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    drafts = read_drafts([tmp_path], Wishes(flat=True), Job())
    assert not any("/" in draft.name for draft in drafts)


def test_more_text_than_memory_should_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.services.drafts._MOST", 2 * len(BOTH))
    for name in ("a.txt", "b.txt", "c.txt"):
        _put(tmp_path / name, BOTH.encode())
    drafts = read_drafts([tmp_path], Wishes(), Job())
    assert [(one.name, one.ready) for one in drafts] == [("a.txt", True), ("b.txt", True), ("c.txt", False)]
