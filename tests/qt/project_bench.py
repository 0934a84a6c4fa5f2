"""A workbench on a real project: the user's own copy of a sample, opened by the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.messages import speak
from annotator.language.words import Words
from annotator.qt.workbench import Workbench
from annotator.services.opening import open_project
from annotator.services.samples import private_copy


def told(bench: Workbench) -> list[str]:
    """A list that fills with what the workbench tells from now on."""
    sentences: list[str] = []
    bench.message.connect(lambda text, _: sentences.append(text))
    return sentences


@pytest.fixture
def bench(qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    assert qapp is not None
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    speak("en")
    opened = open_project(private_copy("readout"))
    result = Workbench(Words())
    result.open_session(opened.session)
    result.show_document(opened.session.document_ids[0])
    yield result
    result.open_session(None)
    opened.store.close()
    speak("en")
