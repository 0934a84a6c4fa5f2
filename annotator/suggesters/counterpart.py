"""What would be linked with a mention: its counterpart on the other side of the pair."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester
from annotator.language.counterpart.candidate import Knowledge
from annotator.language.counterpart.rows import linked_names, suggestions


@suggester("counterpart", "suggester.counterpart", version="1")
def make(evidence: Evidence, options: NoOptions, job: Job) -> Offer:  # noqa: ARG001
    """Knows what was linked in the documents, and the dictionaries in force."""
    known = Knowledge(linked=linked_names(evidence.documents), glosses=evidence.glosses)

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        return suggestions(document, rows, known)

    return offer
