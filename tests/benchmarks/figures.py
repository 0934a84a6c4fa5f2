"""The figures: what is asked of each, and how it comes from the measurements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from . import safety
from .run import Bench, Failed, in_turn, median, p99, pooled, screen

SMALL, LARGE = 10_000, 100_000
SAMPLE = "readout"


@dataclass(frozen=True)
class Figure:
    """One figure. `asked` is a bound from above; `measured` is None where it could not be measured."""

    what: str
    asked: float
    measured: float | None
    unit: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def reached(self) -> bool:
        """Whether it is within its bound."""
        return self.measured is not None and self.measured <= self.asked

    def record(self) -> dict[str, Any]:
        """As it stands in the result file."""
        return {**asdict(self), "reached": self.reached}


@dataclass(frozen=True)
class Rounds:
    """How often things are measured, and how large the documents are."""

    start: int = 9
    work: int = 3
    presses: int = 200
    screens: int = 300
    undo: int = 5
    kills: int = 200
    sequences: int = 20_000
    small: int = SMALL
    large: int = LARGE
    taught: int = 2000


def start(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    """Start to first paint, without a screen and on a virtual one."""
    bench.work("sample", SAMPLE)
    with screen() as there:
        for display in (None, there) if there else (None,):
            platform = "xcb" if display else "offscreen"
            what = f"start to first paint of the sample, against a bare window ({platform})"
            try:
                yield _start(bench, rounds.start, display, what)
            except Failed as error:
                yield Figure(what, 2.0, None, "×", {"failed": str(error)})


def _start(bench: Bench, rounds: int, display: str | None, what: str) -> Figure:
    bench.start(display=display), bench.start(SAMPLE, display=display)
    bare, program = in_turn(
        rounds,
        lambda: bench.start(display=display),
        lambda: bench.start(SAMPLE, display=display),
    )
    details = {"bare_ms": _round(median(bare)), "program_ms": _round(median(program))}
    return Figure(what, 2.0, _round(median(program) / median(bare)), "×", details)


def work(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    """Opening, annotating, scrolling and memory, in the window and in a pair of text edits."""
    small, large = rounds.small, rounds.large
    edits, window, larger = in_turn(
        rounds.work,
        lambda: bench.work("edits", str(small), str(rounds.presses)),
        lambda: bench.window("window", small, rounds.presses, rounds.screens),
        lambda: bench.window("window", large, rounds.presses, rounds.screens),
    )
    yield from _opening(edits, window, larger, rounds)
    yield from _presses(edits, window, larger, rounds)
    screens = pooled(larger, "screen")
    details = {"median_ms": _round(median(screens)), "max_ms": _round(max(screens)), "samples": len(screens)}
    yield Figure(f"a screen not seen before, {large:,} pairs, p99", 16, _round(p99(screens)), "ms", details)
    memory = max(one["memory"] for one in larger)
    yield Figure(f"memory at {large:,} pairs / {4 * large:,} spans", 700, round(memory), "MB")


def _opening(edits: Any, window: Any, larger: Any, rounds: Rounds) -> Iterator[Figure]:
    times = {
        name: median([one["open"] for one in results])
        for name, results in (("edits_ms", edits), ("window_ms", window), ("larger_ms", larger))
    }
    details = {name: round(value) for name, value in times.items()}
    ratio = _round(times["window_ms"] / times["edits_ms"])
    yield Figure(f"open {rounds.small:,} pairs, against QTextEdits", 1.5, ratio, "×", details)
    ratio = _round(times["larger_ms"] / times["window_ms"])
    yield Figure(f"open {rounds.large:,} pairs, against {rounds.small:,}", 12, ratio, "×", {"times": details})


def _presses(edits: Any, window: Any, larger: Any, rounds: Rounds) -> Iterator[Figure]:
    base, small, large = (pooled(results, "press") for results in (edits, window, larger))
    details = {
        "edits_ms": _round(median(base)),
        "window_ms": _round(median(small)),
        "p99_ms": _round(p99(small)),
    }
    details["until_all_rests_ms"] = _round(median(pooled(window, "press_done")))
    details["panels"] = window[0]["panels"]
    ratio = _round(median(small) / median(base))
    yield Figure(
        f"key press to highlight, {rounds.small:,} pairs, against QTextEdits", 0.5, ratio, "×", details
    )
    details = {
        "window_ms": _round(median(large)),
        "max_ms": _round(max(large)),
        "until_all_rests_ms": _round(median(pooled(larger, "press_done"))),
        "samples": len(large),
    }
    what = f"key press to highlight, {rounds.large:,} pairs"
    ratio = _round(median(large) / median(small))
    yield Figure(f"{what}, against {rounds.small:,}", 1.5, ratio, "×", details)
    yield Figure(f"{what}, p99", 16, _round(p99(large)), "ms", details)


def undo(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    """Taking back a change of 5,000 spans."""
    found = bench.window("undo", rounds.small, rounds.undo)
    details = {f"{name}_ms": _round(median(found[name])) for name in ("do", "undo", "redo")}
    details["max_ms"] = _round(max(found["undo"]))
    what = f"undo of a change of {found['spans']:,} spans, {rounds.small:,} pairs"
    yield Figure(what, 100, _round(median(found["undo"])), "ms", details)


def training(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    """The longest pause of the window while the learner trains."""
    found = [bench.window("training", rounds.taught) for _ in range(rounds.work)]
    details = {
        "each_ms": [one["training"] for one in found],
        "taking_it_up_ms": [one["after"] for one in found],
        "took_s": [round(one["took"] / 1000, 1) for one in found],
    }
    what = f"longest pause while {rounds.taught:,} pairs are learnt from"
    yield Figure(what, 20, median(details["each_ms"]), "ms", details)


def kills(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    """kill -9 during random edits."""
    bench.say(f"Killing the program {rounds.kills} times.")
    result = safety.kills(rounds.kills)
    lost = 0 if result.passed else None
    yield Figure(f"acknowledged edits lost in {rounds.kills} kills", 0, lost, "", result.details)


def sequences(bench: Bench, rounds: Rounds) -> Iterator[Figure]:
    """Random sequences of edits, undo, redo and reopening."""
    bench.say(f"Trying {rounds.sequences:,} random sequences of edits.")
    result = safety.sequences(rounds.sequences)
    wrong = 0 if result.passed else None
    yield Figure(
        f"differences from the model in {rounds.sequences:,} sequences", 0, wrong, "", result.details
    )


MEASURES: dict[str, Callable[[Bench, Rounds], Iterator[Figure]]] = {
    "start": start,
    "work": work,
    "undo": undo,
    "training": training,
    "kills": kills,
    "sequences": sequences,
}


def information(bench: Bench, rounds: Rounds) -> dict[str, Any]:
    """How late a timer of 5 ms comes at worst: what a user feels as a hitch."""
    bench.say("Looking for pauses.")
    bench.work("sample", SAMPLE)
    begun = bench.work("pauses", SAMPLE)
    saving = bench.window("saving", rounds.large)
    return {
        "longest pause between show and first paint, ms": begun["first"],
        "longest pause after it (panels, icons, words), ms": begun["after"],
        f"longest pause while {rounds.large:,} pairs are saved, ms": saving["saving"],
        f"the save takes, {rounds.large:,} pairs, ms": round(saving["took"]),
    }


def _round(value: float) -> float:
    return round(value, 2)
