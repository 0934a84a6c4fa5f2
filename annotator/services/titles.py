"""The titles of documents without reading them whole: a list of thousands must not wait for their texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from annotator.core.job import Job

_HEAD = 8192
_TITLE = re.compile(r'^\s*"title":\s*("(?:[^"\\]|\\.)*")', re.MULTILINE)


def titles(folder: Path, doc_ids: Iterable[str], job: Job | None = None) -> dict[str, str]:
    """Titles by id, as the heads of the files give them; a document whose head tells none is left out."""
    found: dict[str, str] = {}
    for doc_id in doc_ids:
        if job is not None and job.cancelled():
            break
        with suppress(OSError, ValueError), (folder / "docs" / f"{doc_id}.json").open("rb") as file:
            match = _TITLE.search(file.read(_HEAD).decode("utf-8", "ignore"))
            if match is not None:
                found[doc_id] = json.loads(match[1])
    return found
