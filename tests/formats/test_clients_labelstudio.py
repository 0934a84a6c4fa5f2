"""What Label Studio's own server and page make of the tasks: the same annotations go in and come out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from programs import Api, await_answer, browser, free_port, installed, running
from roundtrips import joined, places, read_back

from annotator.core.document import Document
from annotator.extend import Corpus, exporter_named
from annotator.services.exporting import export, make_options

pytestmark = pytest.mark.servers

MAIL, PASSWORD, TOKEN = "mei@thaw.example", "river-has-thawed", "0123456789abcdef" * 2 + "01234567"
SELECTED = "window.Htx.annotationStore.selected"
DRAWN = """() => {
    const regions = window.Htx?.annotationStore.selected?.regions
    return regions?.length && regions.every(
        region => region._spans?.length && region._spans.every(mark => mark.isConnected))
}"""
# Of a region: its pane, the offsets and text that the page knows, what stands before and in its highlight.
REGION = """region => {
    const marks = region._spans
    const before = document.createRange()
    before.setStart(marks[0].closest("[class*=richtext__container]"), 0)
    before.setEndBefore(marks[0])
    return {
        pane: region.object.name, start: region.startOffset, end: region.endOffset, text: region.text,
        labels: region.labels, shown: marks.map(mark => mark.textContent).join(""), before: before.toString(),
    }
}"""
REGIONS = f"() => ({DRAWN})() && {SELECTED}.regions.map({REGION})"
RELATIONS = f"""() => {SELECTED}.relationStore.relations.map(
    one => [one.node1.id.split("#")[0], one.node2.id.split("#")[0], one.labels[0]])"""
# Where words of a pane stand on the screen.
EXTENT = """([pane, words]) => {
    const texts = document.querySelectorAll("[class*=richtext__container]")
    const walker = document.createTreeWalker(texts[pane], NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words)
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(walker.currentNode, at)
        range.setEnd(walker.currentNode, at + words.length)
        const box = range.getBoundingClientRect()
        return [box.left + 1, box.right - 1, (box.top + box.bottom) / 2]
    }
}"""


@dataclass(frozen=True)
class Studio:
    """A running Label Studio, and what it is asked."""

    api: Api

    def project(self, corpus: Corpus, folder: Path, write_as: str = "annotations") -> int:
        """Make a project of an export, with the configuration that stands beside it."""
        options = make_options(exporter_named("labelstudio"), {"write_as": write_as})
        export(corpus, "labelstudio", options, folder / "tasks.json")
        config = (folder / "tasks.config.xml").read_text(encoding="utf-8")
        project = self.api.json("/api/projects/", {"title": "Thaw", "label_config": config})["id"]
        tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
        taken = self.api.json(f"/api/projects/{project}/import", tasks)
        assert taken["task_count"] == corpus.count
        return int(project)

    def exported(self, project: int) -> bytes:
        return self.api.ask(f"/api/projects/{project}/export?exportType=JSON")

    def page_of(self, chromium: Any) -> Any:
        """A page of somebody who is logged in."""
        page = chromium.new_page(viewport={"width": 1500, "height": 1000})
        page.goto(f"{self.api.address}/user/login/")
        page.fill("#email", MAIL)
        page.fill("#password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "login" not in url)
        return page

    def open_task(self, page: Any, project: int, number: int) -> None:
        """Show a task and wait until all its highlights are there."""
        page.goto(f"{self.api.address}/projects/{project}/data?task={number}")
        # It draws what it has first, and again when it has heard more from the server.
        page.wait_for_load_state("networkidle")
        page.wait_for_function(DRAWN)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    program = installed("labelstudio", "bin", "label-studio")
    home = tmp_path_factory.mktemp("studio")
    environment = {
        "HOME": str(home),
        "LABEL_STUDIO_BASE_DATA_DIR": str(home),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "COLLECT_ANALYTICS": "false",
    }
    port, log = free_port(), home / "log"
    command = (
        program, "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(port),
        "--username", MAIL, "--password", PASSWORD, "--user-token", TOKEN,
    )  # fmt: skip
    with running(*command, log=log, environment=environment) as process:
        address = f"http://127.0.0.1:{port}"
        await_answer(process, f"{address}/health", log)
        yield Studio(Api(address, {"Authorization": f"Token {TOKEN}"}))


def squeezed(text: str) -> str:
    return "".join(text.split())


def by_id(corpus: Corpus) -> dict[str, Document]:
    return {document.id: document for document in corpus.documents}


def test_what_goes_into_label_studio_comes_out_of_it(corpora: Corpus, studio: Studio, tmp_path: Path) -> None:
    project = studio.project(corpora, tmp_path)
    for found in read_back("labelstudio", studio.exported(project)).documents:
        document = by_id(corpora)[found.name]
        assert dict(found.texts) == {"zh": document.zh, "en": document.en}
        assert places(found.spans) == places(document.spans)
        assert joined(found) == joined(document)
        assert {link.type for link in found.links} == {link.type for link in document.links}
        notes = {span.id: span.note for span in document.spans}
        assert {span.id: span.note for span in found.spans} == notes


def test_predictions_are_predictions(corpora: Corpus, studio: Studio, tmp_path: Path) -> None:
    project = studio.project(corpora, tmp_path, "predictions")
    tasks = studio.api.json(f"/api/tasks/?project={project}&fields=all")["tasks"]
    assert len(tasks) == 2
    for task in tasks:
        document = by_id(corpora)[task["data"]["document"]]
        (prediction,) = task["predictions"]
        assert task["annotations"] == []
        assert prediction["model_version"] == "annotator"
        kinds = [item["type"] for item in prediction["result"]]
        assert (kinds.count("labels"), kinds.count("relation")) == (len(document.spans), len(document.links))


def test_the_page_highlights_what_is_annotated_on_either_side(
    corpora: Corpus, studio: Studio, tmp_path: Path
) -> None:
    project = studio.project(corpora, tmp_path)
    with browser() as chromium:
        page = studio.page_of(chromium)
        for task in studio.api.json(f"/api/tasks/?project={project}&fields=all")["tasks"]:
            document = by_id(corpora)[task["data"]["document"]]
            studio.open_task(page, project, task["id"])
            left = page.eval_on_selector_all(
                "[class*=richtext__container]", "all => all.map(one => one.getBoundingClientRect().left)"
            )
            assert left[0] + 300 < left[1]
            regions = page.wait_for_function(REGIONS).json_value()
            assert {(one["pane"], one["start"], one["end"], one["labels"][0]) for one in regions} == places(
                document.spans
            )
            for one in regions:
                text = document.text(one["pane"])
                assert one["text"] == text[one["start"] : one["end"]]
                assert squeezed(one["shown"]) == squeezed(one["text"])
                assert squeezed(one["before"]) == squeezed(text[: one["start"]])
            links = {(link.a, link.b, link.type) for link in document.links}
            assert {tuple(one) for one in page.evaluate(RELATIONS)} == links
            page.screenshot(path=tmp_path / f"{document.id}.png")


def test_what_is_marked_in_the_page_is_read(corpora: Corpus, studio: Studio, tmp_path: Path) -> None:
    project = studio.project(corpora, tmp_path)
    marked = {"zh": ("鱼", "THEME"), "en": ("likes", "DATE")}
    with browser() as chromium:
        page = studio.page_of(chromium)
        tasks = studio.api.json(f"/api/tasks/?project={project}&fields=all")["tasks"]
        (number,) = [task["id"] for task in tasks if task["data"]["document"] == "letter"]
        studio.open_task(page, project, number)
        for pane, (side, (words, label)) in enumerate(marked.items()):
            page.locator(".lsf-label", has_text=label).filter(has_not_text="/").nth(pane).click()
            page.wait_for_function(f"() => {SELECTED}.names.get('label_{side}').selectedLabels.length")
            before = page.evaluate(f"{SELECTED}.regions.length")
            left, right, middle = page.evaluate(EXTENT, [pane, words])
            page.mouse.move(left, middle)
            page.mouse.down()
            page.mouse.move(right, middle, steps=5)
            page.mouse.up()
            page.wait_for_function(f"() => {SELECTED}.regions.length > {before}")
        with page.expect_response(lambda one: one.request.method == "PATCH" and "/annotations/" in one.url):
            page.locator("button", has_text="Update").click()
    reading = read_back("labelstudio", studio.exported(project))
    (found,) = [one for one in reading.documents if one.name == "letter"]
    added = places(found.spans) - places(by_id(corpora)["letter"].spans)
    assert {(side, found.texts[side][start:end], label) for side, start, end, label in added} == {
        (side, words, label) for side, (words, label) in marked.items()
    }
