"""Whether confidences are worth what they claim."""

from __future__ import annotations

from annotator.services.reliability import reliability


def test_claims_that_come_true_as_often_as_they_say_have_no_error() -> None:
    judged = [(0.75, True)] * 3 + [(0.75, False)] + [(1.0, True)] * 6
    found = reliability(judged)
    assert found.error == 0.0
    assert [(bucket.count, bucket.claimed, bucket.right) for bucket in found.buckets] == [
        (4, 0.75, 0.75),
        (6, 1.0, 1.0),
    ]


def test_the_error_is_the_mean_distance_of_claim_and_truth() -> None:
    assert reliability([(0.9, False)] * 2 + [(0.5, True), (0.5, False)]).error == 0.45


def test_of_nothing_there_is_no_error() -> None:
    assert reliability([]).buckets == []
