"""A workbench on a real project: the user's own copy of a sample, opened by the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotator.language.words import Words
from annotator.qt.workbench import Workbench
from annotator.services.opening import open_project
from annotator.services.samples import private_copy


@pytest.fixture
def bench(qapp: object) -> Iterator[Workbench]:
    assert qapp is not None
    opened = open_project(private_copy("readout"))
    result = Workbench(Words())
    result.open_session(opened.session)
    result.show_document(opened.session.document_ids[0])
    yield result
    result.open_session(None)
    opened.store.close()


@pytest.fixture
def told(bench: Workbench) -> list[str]:
    """What the workbench tells, sentence by sentence."""
    sentences: list[str] = []
    bench.message.connect(lambda text, _: sentences.append(text))
    return sentences
