"""Background work: results, failures, progress, cancelling, and what happens when the parent goes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, QTimer
from pytestqt.qtbot import QtBot

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.qt.tasks import attention, busy, finish, run, run_process, slices


def double(number: int, *, job: Job) -> int:
    job.progress(1, 1)
    return 2 * number


def where(*, job: Job) -> int:
    job.progress(1, 2)
    return os.getpid()


def fail(*, job: Job) -> None:
    job.progress(0, 1)
    raise AnnotatorError("error.no_document", document="lost")


def die(*, job: Job) -> None:
    job.progress(0, 1)
    os._exit(7)


def break_down(*, job: Job) -> None:
    job.progress(0, 1)
    raise ZeroDivisionError("a bug")


def for_ever(*, job: Job) -> None:
    gate = threading.Event()
    while True:
        job.progress(0, 0)
        gate.wait(0.005)


@pytest.fixture
def parent() -> QObject:
    return QObject()


@pytest.mark.parametrize("start", [run, run_process])
def test_the_result_and_progress_come_on_the_gui_thread(start, parent: QObject, qtbot: QtBot) -> None:
    results: list[object] = []
    progress: list[tuple[int, int]] = []
    here = QThread.currentThread()
    start(
        parent,
        double,
        21,
        on_done=lambda value: results.append((value, QThread.currentThread() is here)),
        on_progress=lambda *step: progress.append(step),
    )
    qtbot.waitUntil(lambda: not busy(), timeout=20_000)
    assert results == [(42, True)]
    assert progress == [(1, 1)]


def test_a_process_is_another_one(parent: QObject, qtbot: QtBot) -> None:
    found: list[int] = []
    run_process(parent, where, on_done=found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    assert found != [os.getpid()]


@pytest.mark.parametrize("start", [run, run_process])
def test_an_expected_failure_is_told_as_a_sentence(start, parent: QObject, qtbot: QtBot) -> None:
    told: list[str] = []
    start(parent, fail, on_error=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == ["The project has no document “lost”."]


@pytest.mark.parametrize(
    ("start", "work"), [(run, break_down), (run_process, break_down), (run_process, die)]
)
def test_a_bug_reaches_the_hook_for_bugs(start, work, parent: QObject, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        start(parent, work)
        qtbot.waitUntil(lambda: bool(caught), timeout=20_000)
    assert caught[0][0] in (ZeroDivisionError, RuntimeError)


@pytest.mark.parametrize("start", [run, run_process])
def test_cancelled_work_ends_and_says_nothing(start, parent: QObject, qtbot: QtBot) -> None:
    told: list[object] = []
    task = start(parent, for_ever, on_done=told.append, on_error=told.append)
    task.cancel()
    qtbot.waitUntil(lambda: not busy(), timeout=20_000)
    assert told == []


def test_work_is_cancelled_with_its_parent(qtbot: QtBot) -> None:
    parent = QObject()
    run(parent, for_ever)
    del parent
    qtbot.waitUntil(lambda: not busy(), timeout=20_000)


def test_the_end_of_the_program_waits_for_all(parent: QObject, qtbot: QtBot) -> None:
    run(parent, for_ever)
    assert finish()
    qtbot.waitUntil(lambda: not busy())


def test_slices_go_on_between_events_until_done(parent: QObject, qtbot: QtBot) -> None:
    steps: list[int] = []

    def work() -> Iterator[None]:
        for step in range(50):
            steps.append(step)
            yield

    done: list[bool] = []
    slices(parent, work(), budget_ms=0, on_done=lambda: done.append(True))
    assert steps == []
    qtbot.waitUntil(lambda: bool(done))
    assert len(steps) == 50


def test_work_aside_rests_while_somebody_is_at_work_and_goes_on_afterwards(
    parent: QObject, qtbot: QtBot
) -> None:
    steps: list[bool] = []

    def look(*, job: Job) -> str:
        attention.call()
        until = attention.until
        for _ in range(3):
            job.progress(0, 3)
            steps.append(time.perf_counter() >= until)
        return "seen"

    results: list[str] = []
    run(parent, look, on_done=results.append, aside=True)
    qtbot.waitUntil(lambda: results == ["seen"])
    assert steps == [True, True, True]


def test_work_aside_comes_on_though_nobody_ever_pauses(parent: QObject, qtbot: QtBot) -> None:
    results: list[int] = []
    restless = QTimer(parent, interval=5)
    restless.timeout.connect(attention.call)
    restless.start()
    run(parent, double, 4, on_done=results.append, aside=True)
    qtbot.waitUntil(lambda: results == [8])


def test_work_aside_can_be_cancelled_while_it_rests(parent: QObject, qtbot: QtBot) -> None:
    attention.call()
    task = run(parent, for_ever, aside=True)
    task.cancel()
    qtbot.waitUntil(lambda: not busy())


def test_what_somebody_waits_for_does_not_wait_for_work_aside(parent: QObject, qtbot: QtBot) -> None:
    several = [run(parent, for_ever, aside=True) for _ in range(8)]
    results: list[int] = []
    run(parent, double, 4, on_done=results.append)
    qtbot.waitUntil(lambda: results == [8])
    for task in several:
        task.cancel()
    qtbot.waitUntil(lambda: not busy())
