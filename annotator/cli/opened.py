"""What most verbs stand in: an open project, and a line of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.cli.output import Output, Progress
from annotator.core.edits import Edit
from annotator.core.messages import say
from annotator.services.opening import Opened, open_project


@contextmanager
def opened(
    folder: Path, output: Output, *, annotator: str | None = None, read_only: bool = True
) -> Iterator[Opened]:
    """An open project; what was found wrong with it is told, and it is let go at the end.

    Raises:
        AnnotatorError: if it cannot be opened, or not be written to though that was asked for.
    """
    job = Progress(say("cli.opening"))
    project = open_project(folder, annotator=annotator, read_only=read_only, job=job)
    job.finish()
    with closing(project.store):
        if not read_only and project.session.read_only is not None:
            raise project.session.read_only
        yield project
        for problem in project.problems:
            output.note(problem.sentence())


@contextmanager
def progress(caption: str, on_notice: Callable[[str], None] | None = None) -> Iterator[Progress]:
    """A job whose line on the terminal is cleared at the end."""
    job = Progress(caption, on_notice)
    try:
        yield job
    finally:
        job.finish()


def commit(project: Opened, edit: Edit) -> None:
    """Apply an edit and write the files."""
    project.session.do(edit)
    state = project.session.state()
    project.store.save(state)
    project.session.saved(state)
