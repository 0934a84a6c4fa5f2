from __future__ import annotations

from making import document, link, span, with_spans

from annotator.core.document import Document
from annotator.services import entities
from annotator.services.stats import document_stats, stats


def _annotated() -> Document:
    text = document()
    zh = [span(text, "zh", "顾岚"), span(text, "zh", "顾岚", nth=1)]
    en = [span(text, "en", "Gu Lan"), span(text, "en", "Gu Lan", nth=1)]
    place = [span(text, "zh", "海口", "PLACE"), span(text, "en", "Haikou", "PLACE")]
    yoko = span(text, "en", "Yoko Yoshida")
    return with_spans(text, [*zh, *en, *place, yoko], [link(zh[0], en[0]), link(*place)])


def test_linked_mentions_and_mentions_of_the_same_text_are_one_entity() -> None:
    found = entities.groups(_annotated())
    assert [(one.label, one.zh, one.en, one.linked, one.total) for one in found] == [
        ("PERSON", ("顾岚",), ("Gu Lan",), 2, 4),
        ("PLACE", ("海口",), ("Haikou",), 2, 2),
        ("PERSON", (), ("Yoko Yoshida",), 0, 1),
    ]
    assert (found[0].zh_count, found[0].en_count) == (2, 2)


def test_links_of_another_type_do_not_group() -> None:
    assert len(entities.groups(_annotated(), link_type="PART")) == 5


def test_slices_give_the_same_result_step_by_step() -> None:
    text = _annotated()
    results = []

    def run():
        results.append((yield from entities.slices(text, every=2)))

    assert len(list(run())) > 5
    assert results == [entities.groups(text)]


def test_lonely_mentions_have_no_link() -> None:
    assert [one.quote for one in entities.lonely(_annotated())] == ["顾岚", "Yoko Yoshida", "Gu Lan"]
    assert [one.quote for one in entities.lonely(_annotated(), "zh")] == ["顾岚"]


def test_counts_by_label_and_side() -> None:
    text = _annotated()
    counts = document_stats(text)
    assert (counts.spans.zh, counts.spans.en, counts.links, counts.pairs) == (3, 4, 2, 4)
    assert counts.labels["PLACE"].linked_share == 1.0
    assert counts.labels["PERSON"].linked_share == 0.4
    assert counts.link_types == {"SAME": 2}
    both = stats([text, text])
    assert (both.documents, both.pairs, both.spans.total) == (2, 8, 14)
    assert stats([]).done_share == 0
