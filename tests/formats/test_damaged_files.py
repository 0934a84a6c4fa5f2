"""A damaged file is told of or read as far as it goes: no reader fails in another way, hangs or swells."""

from __future__ import annotations

import io
import zipfile

import pytest
from fuzz.run import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roundtrips import PROJECT, documents, files_of, session, there, written

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.extend import Corpus, File, Reading, exporters, importers
from annotator.formats import archive
from annotator.services.reading import read_files
from annotator.services.taking import take

READERS = [pytest.param(name, id=name, marks=there(name)) for name in sorted(importers())]
GENTLE = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
BITS = (
    b"", b"\0", b"\xff\xfe", b"\xf0\x9f", b"{", b"}", b"[", b"]", b'"', b"<", b">", b"&x;", b"\t", b"\n",
    b"\r", b"-1", b"99999999999999999999", b"null", b"1e400", b"NaN", b" ", b"|", b"(", b")", b"-", b"true",
    "𠮷".encode(), b"\xed\xa0\x80", b'"start":-5', b"<w>", b"]]>", b"T1\tX 0 9;3 1\t", b"{}", b"[[[[",
    b"Entity=(e1",
)  # fmt: skip
DEEP = (b"[" * 100_000, b'{"a":' * 50_000, b"<a>" * 100_000, b"(" * 9999)


@st.composite
def mutations(draw: st.DrawFn) -> list[tuple[float, int, bytes]]:
    """Places (as shares of the length), how many bytes go there, and what comes instead."""
    one = st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(BITS) | st.binary(max_size=6))
    return draw(st.lists(one, min_size=1, max_size=4))


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, count, bit in changes:
        at = int(share * len(data))
        data = data[:at] + bit + data[at + count :]
    return data


def read(name: str, files: list[File]) -> Reading | None:
    try:
        return read_files(importers()[name], files)
    except AnnotatorError:
        return None


@pytest.mark.parametrize("name", READERS)
@GENTLE
@given(document=documents(), changes=mutations())
def test_a_mutated_file_is_read_or_refused(
    name: str, document: Document, changes: list[tuple[float, int, bytes]]
) -> None:
    data, _ = written(Corpus(PROJECT, (document,), 1), name)
    files = [File(file.name, mutated(file.data, changes)) for file in files_of(name, data)]
    reading = read(name, files)
    if reading is not None:
        work = session(document)
        work.do(take(work, reading, add_labels=True).edit)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("data", [*BITS, *DEEP])
def test_what_is_no_such_file_at_all_is_read_as_nothing_or_refused(name: str, data: bytes) -> None:
    suffix = importers()[name].suffixes[0]
    reading = read(name, [File(f"x{suffix}", data)])
    assert reading is None or not any(found.spans for found in reading.documents)


@pytest.mark.parametrize("name", READERS)
def test_cases_by_the_number_are_read_or_refused(name: str) -> None:
    assert [one for one in run(name, range(60)) if one is not None] == []


@pytest.mark.parametrize("kind", ["[]", "{}", "null", "3", "[[]]"])
def test_a_region_of_label_studio_whose_type_is_no_name_is_left_out_and_counted(kind: str) -> None:
    region = f'{{"id": "a", "type": {kind}, "to_name": "zh", "value": {{"start": 0, "end": 1}}}}'
    task = f'[{{"data": {{"zh": "雪"}}, "annotations": [{{"result": [{region}]}}]}}]'
    reading = read_files(importers()["labelstudio"], [File("x.json", task.encode())])
    assert [loss.key for loss in reading.losses] == ["loss.read_kind"]


@pytest.mark.parametrize("place", ["XFD1048576", "A99999999999", "ZZZZZZZ9", "xfd1048576"])
def test_a_cell_far_away_is_refused_before_it_takes_all_memory(document: Document, place: str) -> None:
    data, _ = written(Corpus(PROJECT, (document,), 1), "xlsx")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for file in archive.unpacked(File("x.xlsx", data)):
            out.writestr(file.name, file.data.replace(b'r="A2"', f'r="{place}"'.encode()))
    with pytest.raises(AnnotatorError):
        read_files(importers()["xlsx"], [File("x.xlsx", made.getvalue())])


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<tmx><body><tu><tuv xml:lang="zh"><seg>&b;</seg></tuv></tu></body></tmx>"""
OUTSIDE = b"""<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/hostname">]><TEI><text><ab>&x;</ab></text></TEI>"""
DTD = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><body><tu>
<tuv xml:lang="zh-CN"><seg>雪</seg></tuv><tuv lang="EN-US"><seg>sn<ph>{1}</ph>ow</seg></tuv>
</tu></body></tmx>"""


@pytest.mark.parametrize("name", ["tmx", "tei", "xmi"])
@pytest.mark.parametrize("data", [BOMB, OUTSIDE])
def test_entities_are_neither_unfolded_nor_fetched(name: str, data: bytes) -> None:
    if there(name) and there(name)[0].args[0]:
        pytest.skip("not installed")
    with pytest.raises(AnnotatorError) as caught:
        read_files(importers()[name], [File("x.xml", data)])
    assert caught.value.key == "error.read_xml_entity"


def test_a_doctype_without_declarations_is_passed_over_and_codes_are_no_text() -> None:
    (found,) = read_files(importers()["tmx"], [File("x.tmx", DTD.encode())]).documents
    assert found.texts == {"zh": "雪", "en": "snow"}


def test_an_archive_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 10_000)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"\0" * 1_000_000)
    with pytest.raises(AnnotatorError) as caught:
        archive.unpacked(File("x.xlsx", held.getvalue()), 10_000)
    assert caught.value.key == "error.read_large"


def test_every_format_but_the_page_is_written_and_read() -> None:
    names = "json jsonl conll conllu spacy parquet brat xmi labelstudio prodigy doccano tei w3c tmx xlsx tsv"
    assert set(names.split(" ")) == importers().keys()
    assert {*names.split(" "), "html"} == exporters().keys()
