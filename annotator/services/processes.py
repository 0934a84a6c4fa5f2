"""Work in a process of its own, for whoever can wait for it: the command line, or a thread of the window."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from annotator.core.errors import Cancelled
from annotator.core.job import Job

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PROGRESS_EVERY = 0.05
"""Seconds between two reports of progress."""


def in_process(function: Callable[..., Any], *args: Any, job: Job) -> Any:
    """What `function(*args, job=…)` gives in a spawned process; cancelling ends the process at once.

    The function, its arguments and its result must be picklable.

    Raises:
        Cancelled: if the user asked to stop.
        RuntimeError: if the process died.
    """
    from multiprocessing import get_context

    context = get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(send, function, args), daemon=True)
    process.start()
    send.close()
    try:
        return _listen(receive, job)
    except EOFError:
        process.join()
        raise RuntimeError(f"the process of {function!r} died with code {process.exitcode}") from None
    finally:
        process.terminate()
        process.join()
        receive.close()


def _listen(receive: Connection, job: Job) -> Any:
    while True:
        if job.cancelled():
            raise Cancelled
        if not receive.poll(PROGRESS_EVERY):
            continue
        kind, value = receive.recv()
        if kind == "progress":
            job.progress(*value)
        elif kind == "error":
            raise value
        else:
            return value


def _serve(send: Connection, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    try:
        message = ("done", function(*args, job=Job(_sender(send))))
    except BaseException as error:
        message = ("error", error)
    send.send(message)
    send.close()


def _sender(send: Connection) -> Callable[[int, int], None]:
    sent = 0.0

    def report(done: int, total: int) -> None:
        nonlocal sent
        now = perf_counter()
        if now - sent >= PROGRESS_EVERY or done == total:
            sent = now
            send.send(("progress", (done, total)))

    return report
