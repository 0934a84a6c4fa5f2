"""What doccano's own server and page make of the items: the same annotations go in and come out."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from programs import Api, await_answer, browser, free_port, installed, running
from roundtrips import joined, places, read_back, written

from annotator.extend import Corpus

pytestmark = pytest.mark.servers

NAME, PASSWORD = "admin", "river-has-thawed"
# Of each line under a text: the label written below it, and the characters of the text that are above it.
# Texts with letters that run from right to left are left out: neighbours there need not be so in the string.
MARKS = """() => [...document.querySelectorAll("svg text[style*=pre]")].filter(
    text => !/[\u0590-\u06ff]/.test(text.textContent)
).flatMap(text =>
    [...text.parentNode.querySelectorAll("line")].map(line => {
        const [left, right] = [line.x1.baseVal.value, line.x2.baseVal.value]
        const above = [...Array(text.textContent.length).keys()].filter(at => {
            const box = text.getExtentOfChar(at)
            return left - 3 <= box.x + box.width / 2 && box.x + box.width / 2 <= right + 3
        })
        return [line.nextElementSibling.textContent, above.map(at => text.textContent[at]).join("")]
    }))"""


@dataclass(frozen=True)
class Doccano:
    """A running doccano, and what it is asked."""

    api: Api

    def project(self, data: bytes, *, relations: bool) -> int:
        """Make a project, and import a file as its page does."""
        project = self.api.json(
            "/v1/projects",
            {
                "name": "Thaw",
                "description": "Thaw",
                "project_type": "SequenceLabeling",
                "resourcetype": "SequenceLabelingProject",
                "allow_overlapping": True,
                "use_relation": relations,
                "tags": [],
            },
        )["id"]
        upload = self.api.upload("/v1/fp/process/", "filepond", "items.jsonl", data).decode()
        wanted: dict[str, Any] = {"format": "JSONL", "uploadIds": [upload]}
        if relations:
            wanted["task"] = "RelationExtraction"
        else:
            wanted |= {"task": "SequenceLabeling", "column_data": "text", "column_label": "label",
                       "encoding": "utf_8"}  # fmt: skip
        task = self.api.json(f"/v1/projects/{project}/upload", wanted)["task_id"]
        assert self._done(task) == {"ready": True, "result": {"error": []}, "error": None}
        return int(project)

    def exported(self, project: int) -> bytes:
        """The items of a project as doccano writes them."""
        wanted = {"format": "JSONL", "exportApproved": False}
        task = self.api.json(f"/v1/projects/{project}/download", wanted)["task_id"]
        assert self._done(task)["error"] is None
        archive = self.api.ask(f"/v1/projects/{project}/download?taskId={task}")
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            return files.read(f"{NAME}.jsonl")

    def _done(self, task: str) -> Any:
        for _ in range(2000):
            status = self.api.json(f"/v1/tasks/status/{task}")
            if status["ready"]:
                return status
        pytest.fail("doccano's task does not end")


@pytest.fixture(scope="module")
def doccano(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doccano]:
    program = installed("doccano", "bin", "doccano")
    home = tmp_path_factory.mktemp("doccano")
    environment = {
        "HOME": str(home),
        "DOCCANO_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home}/db.sqlite3",
        "MEDIA_ROOT": str(home / "media"),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "STANDALONE": "True",
    }
    for arguments in (["init"], ["createuser", "--username", NAME, "--password", PASSWORD]):
        subprocess.run([program, *arguments], env=os.environ | environment, check=True, capture_output=True)
    (backend,) = program.parent.parent.glob("lib/python*/site-packages/backend")
    port, log = free_port(), home / "log"
    # Its own command would listen on every address of the machine.
    server = (program.parent / "gunicorn", "--bind", f"127.0.0.1:{port}", "--chdir", backend, "config.wsgi")
    worker = (program, "task", "--concurrency", "1")
    with (
        running(*server, log=log, environment=environment) as process,
        running(*worker, log=home / "worker", environment=environment),
    ):
        address = f"http://127.0.0.1:{port}"
        await_answer(process, f"{address}/v1/health/", log)
        key = Api(address).json("/v1/auth/login/", {"username": NAME, "password": PASSWORD})["key"]
        yield Doccano(Api(address, {"Authorization": f"Token {key}"}))


def visible(text: str) -> str:
    """A text without what has no width and no place of its own."""
    return re.sub(r"[\s\u0301\u200b\u200d]", "", text)


def drawn(item: Any) -> list[tuple[str, str]]:
    """The lines that belong under the lines of an item, and their labels, as far as these are shown."""
    found, start = [], 0
    for line in item["text"].split("\n"):
        units = line.encode("utf-16-le")
        for one in item["entities"]:
            first, last = max(0, one["start_offset"] - start), one["end_offset"] - start
            words = units[2 * first : max(0, 2 * last)].decode("utf-16-le")
            if words and not re.search("[\u0590-\u06ff]", line):
                found.append((one["label"][:10], visible(words)))
        start += len(units) // 2 + 1
    return found


def test_whole_texts_go_in_and_come_out(corpora: Corpus, doccano: Doccano) -> None:
    data, _ = written(corpora, "doccano", layout="document")
    reading = read_back("doccano", doccano.exported(doccano.project(data, relations=False)))
    assert {found.name for found in reading.documents} == {"spring", "letter"}
    for found, document in zip(reading.documents, corpora.documents, strict=True):
        assert dict(found.texts) == {"zh": document.zh, "en": document.en}
        assert places(found.spans) == places(document.spans)


def test_pairs_go_in_and_come_out(corpora: Corpus, doccano: Doccano) -> None:
    data, _ = written(corpora, "doccano", layout="pair")
    back = doccano.exported(doccano.project(data, relations=False))
    before, after = read_back("doccano", data).documents, read_back("doccano", back).documents
    for one, two in zip(before, after, strict=True):
        assert (one.name, dict(one.texts)) == (two.name, dict(two.texts))
        assert places(one.spans) == places(two.spans)


def test_relations_between_the_languages_go_in_and_come_out(corpora: Corpus, doccano: Doccano) -> None:
    data, _ = written(corpora, "doccano", layout="interleaved", relations=True)
    back = doccano.exported(doccano.project(data, relations=True))
    before, after = read_back("doccano", data).documents, read_back("doccano", back).documents
    for one, two, document in zip(before, after, corpora.documents, strict=True):
        assert dict(one.texts) == dict(two.texts)
        assert places(one.spans) == places(two.spans)
        assert joined(one) == joined(two)
        assert len(two.links) == len(document.links)
        assert sorted(link.type for link in two.links) == sorted(link.type for link in document.links)


def test_its_page_shows_every_item(corpora: Corpus, doccano: Doccano, tmp_path: Path) -> None:
    data, _ = written(corpora, "doccano", layout="interleaved", relations=True)
    project = doccano.project(data, relations=True)
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1300, "height": 1200})
        page.goto(f"{doccano.api.address}/auth")
        page.fill("input[type=text]", NAME)
        page.fill("input[type=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/projects")
        for number, line in enumerate(data.splitlines(), 1):
            item = json.loads(line)
            page.goto(f"{doccano.api.address}/projects/{project}/sequence-labeling?page={number}")
            page.wait_for_selector("svg text")
            shown = [(label[:10], visible(words)) for label, words in page.evaluate(MARKS)]
            page.screenshot(path=tmp_path / f"{number}.png")
            assert sorted(shown) == sorted(drawn(item))
