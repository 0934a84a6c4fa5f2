"""What an import is about to do: one draft a document, read from files and texts. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.services.importing import ImportPlan, Source, from_text, group, preview, read_sources

Given = Path | str
"""A file, or a text such as the clipboard holds it."""


@dataclass(slots=True)
class Draft:
    """A document to be: its plan, as the user has corrected it, or the sentence that says what is wrong."""

    name: str
    plan: ImportPlan | None = None
    title: str = ""
    error: str = ""
    done: bool = False
    sources: tuple[Source, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be imported."""
        return self.plan is not None and self.plan.missing is None and not self.done


def read_drafts(given: Sequence[Given], encoding: str, job: Job) -> list[Draft]:
    """Read everything that was given; what cannot be read becomes a draft with an error.

    Raises:
        Cancelled: if the user asked to stop.
    """
    sources: list[Source] = []
    failed: list[Draft] = []
    for count, one in enumerate(given):
        job.progress(count, len(given))
        name = one.name if isinstance(one, Path) else ""
        try:
            sources += read_sources([one], encoding=encoding) if isinstance(one, Path) else [from_text(one)]
        except AnnotatorError as error:
            failed.append(Draft(name, error=str(error)))
    groups, alone = _grouped(sources)
    return [_draft(group) for group in groups] + alone + failed


def _grouped(sources: list[Source]) -> tuple[list[tuple[Source, ...]], list[Draft]]:
    """Sources by document; those without a partner are left out, each with its error."""
    alone: list[Draft] = []
    while sources:
        try:
            return group(sources), alone
        except AnnotatorError as error:
            name = str(error.details.get("file", ""))
            rest = [source for source in sources if source.name != name]
            if len(rest) == len(sources):
                return [], [*alone, Draft(name, error=str(error))]
            alone.append(Draft(name, error=str(error)))
            sources = rest
    return [], alone


def _draft(sources: tuple[Source, ...]) -> Draft:
    name = " + ".join(source.name for source in sources)
    try:
        plan = preview(sources)
    except AnnotatorError as error:
        return Draft(name, error=str(error))
    return Draft(name, plan, plan.title, sources=sources)


def read_columns(draft: Draft, columns: tuple[int, int], *, job: Job) -> ImportPlan:
    """The plan of a table with other columns taken as Chinese and English.

    Raises:
        AnnotatorError: if it is no table any more.
    """
    plan = preview(draft.sources, columns)
    job.progress(1, 1)
    return plan


def summary(plan: ImportPlan) -> str:
    """A sentence that says what was understood."""
    zh, en = len(plan.of_side("zh")), len(plan.of_side("en"))
    aside = sum(line.role == "aside" for line in plan.lines)
    layout = say(f"import.layout.{plan.arrangement}")
    key = {0: "import.summary", 1: "import.summary.one_aside"}.get(aside, "import.summary.aside")
    return say(key, zh=zh, en=en, layout=layout, aside=aside)


def remarks(plan: ImportPlan) -> list[str]:
    """What else is worth telling; which side is missing is told as it is by now."""
    told = [
        str(one) for one in plan.notices if not one.key.startswith(("import.missing", "import.set_aside"))
    ]
    return ([f"⚠ {say(f'import.missing_{plan.missing}')}"] if plan.missing else []) + told
