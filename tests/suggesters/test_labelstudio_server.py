"""A real server of `label-studio-ml` with a model of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import document, project

from annotator.core.job import Job
from annotator.extend import Evidence, suggester_named
from annotator.suggesters.labelstudio import LabelStudioOptions
from annotator.suggesters.web import origin

pytest.importorskip("label_studio_ml", reason="label-studio-ml is not installed")

_MODEL = textwrap.dedent(
    """
    import sys
    from label_studio_ml.api import init_app
    from label_studio_ml.model import LabelStudioMLBase

    NAMES = ("顾岚", "𠮷田洋子", "Gu Lan")

    class Names(LabelStudioMLBase):
        def predict(self, tasks, **kwargs):
            (name, tag), = self.parsed_label_config.items()
            return [{"result": list(self.find(name, tag, task)), "score": 0.5} for task in tasks]

        def find(self, name, tag, task):
            text = task["data"][tag["inputs"][0]["value"]]
            for one in NAMES:
                at = text.find(one)
                if at >= 0:
                    value = {"start": at, "end": at + len(one), "text": one, "labels": [tag["labels"][0]]}
                    yield {"from_name": name, "to_name": tag["to_name"][0], "type": "labels", "value": value}

    init_app(Names, model_dir=sys.argv[2]).run("127.0.0.1", int(sys.argv[1]))
    """
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = tmp_path / "serve.py"
    script.write_text(_MODEL, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script), str(port), str(tmp_path)],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
    )
    try:
        assert process.stderr is not None
        seen = []
        for line in process.stderr:
            seen.append(line)
            if "Running on" in line:
                break
        else:
            pytest.fail("".join(seen)[-2000:])
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def test_a_real_backend_answers(server: str) -> None:
    text = document()
    evidence = Evidence(project(), addresses=frozenset([origin(server)]))
    offer = suggester_named("labelstudio").make(evidence, LabelStudioOptions(server), Job())
    found = [(one.side, one.quote, one.label) for one in offer(text, range(len(text.pairs)))]
    assert found == [
        ("zh", "顾岚", "PERSON"),
        ("zh", "𠮷田洋子", "PERSON"),
        ("zh", "顾岚", "PERSON"),
        ("en", "Gu Lan", "PERSON"),
        ("en", "Gu Lan", "PERSON"),
    ]
