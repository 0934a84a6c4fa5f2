"""What Chromium makes of the page: it asks for nothing, and marks what is annotated."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from programs import browser
from roundtrips import written

from annotator.core.span import SIDES
from annotator.extend import Corpus

pytestmark = pytest.mark.servers

# The texts in the cells, and the pieces that are marked, without the numbers of links.
CELLS = """() => {
    document.querySelectorAll("td sup").forEach(one => one.remove())
    const plain = one => one.innerText.replaceAll("\\u2060", "")
    return [...document.querySelectorAll("td")].map(cell => [
        plain(cell),
        [...cell.querySelectorAll("span.m.b")].map(one => [one.title.split("\\n")[0], plain(one)]),
    ])
}"""


def test_chromium_shows_texts_and_marks_and_asks_for_nothing(corpora: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(written(corpora, "html")[0])
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri())
        page.screenshot(path=tmp_path / "page.png", full_page=True)
        cells = page.evaluate(CELLS)
        sheets = len(page.pdf(print_background=True))
    assert (asked, complaints) == ([path.as_uri()], [])
    assert [text for text, _ in cells] == [
        document.row_text(row, side)
        for document in corpora.documents
        for row in range(len(document.pairs))
        for side in SIDES
    ]
    begun = Counter(label for _, marks in cells for label, _ in marks)
    titles = {label.id: label.title("en") for label in corpora.project.labels}
    spans = Counter(titles[span.label] for document in corpora.documents for span in document.spans)
    # One that goes on in the next pair begins there again.
    assert spans <= begun
    assert begun.total() == spans.total() + 3
    assert sheets > 1000
