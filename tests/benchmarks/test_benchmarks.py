"""The benchmarks measure what they say, on documents small enough for a test."""

from __future__ import annotations

from annotator.services.checking import check
from annotator.services.occurrences import find
from annotator.services.opening import open_project
from benchmarks.documents import BULK, DOC, SPANS_A_PAIR, TARGET, WHO, make_project, synthetic
from benchmarks.figures import Figure
from benchmarks.run import bench, p99


def test_a_synthetic_document_is_the_same_every_time() -> None:
    one = synthetic(40)
    assert one == synthetic(40)
    assert len(one.spans) == SPANS_A_PAIR * len(one.pairs) == 160


def test_it_has_places_to_annotate_in_every_pair_and_for_a_bulk_change() -> None:
    one = synthetic(40)
    assert all(TARGET["zh"] in one.row_text(row, "zh") for row in range(40))
    found = find(one, BULK["zh"], "zh")
    assert len(found) == 20
    assert not any(place.blocked for place in found)


def test_its_project_keeps_every_rule_of_the_format(tmp_path) -> None:
    make_project(tmp_path / "p", 30)
    assert check(tmp_path / "p") == []
    opened = open_project(tmp_path / "p", annotator=WHO)
    assert opened.session.document(DOC) == synthetic(30)
    opened.store.close()


def test_a_figure_is_reached_at_its_bound_and_never_unmeasured() -> None:
    assert Figure("x", 2.0, 2.0).reached
    assert not Figure("x", 2.0, 2.01).reached
    assert not Figure("x", 2.0, None).reached


def test_the_99th_of_100_is_the_one_before_the_worst() -> None:
    assert p99([float(value) for value in range(100)]) == 98.0


def test_the_window_is_measured_while_it_works() -> None:
    with bench() as place:
        found = place.window("window", 60, 3, 3)
        base = place.work("edits", "60", "3")
    assert len(found["press"]) == len(found["screen"]) == len(base["press"]) == 3
    assert min(*found["press"], found["open"], found["memory"], base["open"]) > 0
