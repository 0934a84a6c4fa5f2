"""What the checks find, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from making import document, link, made, span, with_spans
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.messages import speak
from annotator.core.pair import PairTable
from annotator.core.span import Span
from annotator.services.problems import KINDS, Checker, Knowledge, Names, Problem, quote, sentence
from annotator.services.problems.names import facts
from annotator.services.problems.project import check_all

Find = Callable[..., list[Problem]]

ZH = (
    "劳拉•罗森伯格到了海口。",
    "罗森伯格说，谈判很顺利。",
    "罗森伯格周三离开。",
)
EN = (
    "Laura Rosenberger arrived in Haikou.",
    "Rosenberger said the talks went well.",
    "Rosenberger left on Wednesday.",
)


def quotes(document: Document, problems: Sequence[Problem]) -> list[str]:
    """The text at the first place of each problem."""
    return [quote(document, problem.places[0]) for problem in problems]


def linked(text: Document, *pairs: tuple[str, str, str]) -> Document:
    """The document with mentions over the first free place of each text, linked across."""
    spans: list[Span] = []
    links = []
    for zh, en, label in pairs:
        one, two = (_next(text, spans, side, quote, label) for side, quote in (("zh", zh), ("en", en)))
        spans += [one, two]
        links.append(link(one, two))
    return with_spans(text, spans, links)


def _next(text: Document, spans: list[Span], side: str, quote: str, label: str) -> Span:
    taken = [(one.start, one.end) for one in spans if one.side == side]
    at = text.text(side).index(quote)
    while any(start < at + len(quote) and at < end for start, end in taken):
        at = text.text(side).index(quote, at + 1)
    return made(side, at, at + len(quote), quote, label)


def named(zh: tuple[str, ...] = ZH, en: tuple[str, ...] = EN, *, slip: str = "罗森伯格") -> Document:
    return linked(
        document(zh, en),
        ("劳拉•罗森伯格", "Laura Rosenberger", "PERSON"),
        ("海口", "Haikou", "PLACE"),
        ("罗森伯格", "Rosenberger", "PERSON"),
        (slip, "Rosenberger", "PERSON"),
    )


def test_a_well_annotated_text_has_no_problems(find: Find) -> None:
    assert find(named()) == []


def test_a_full_name_beside_a_surname_is_no_slip_and_neither_are_two_people_of_one_surname(
    find: Find,
) -> None:
    text = document(("玛丽·罗森伯格和马克·罗森伯格来了。",), ("Mary Rosenberger and Mark Rosenberger came.",))
    both = linked(
        text,
        ("玛丽·罗森伯格", "Mary Rosenberger", "PERSON"),
        ("马克·罗森伯格", "Mark Rosenberger", "PERSON"),
    )
    assert find(both) == []


def test_a_truncated_name_is_the_slip_and_the_frequent_one_is_right(find: Find) -> None:
    text = named((*ZH[:2], "罗森伯周三离开。"), slip="罗森伯")
    (problem,) = find(text)
    assert problem.kind == "rendering"
    assert quotes(text, [problem]) == ["罗森伯"]
    assert problem.details[-2:] == ("罗森伯", "罗森伯格")


def test_an_english_name_with_a_letter_too_many_is_found(find: Find) -> None:
    text = document(ZH, (*EN[:2], "Rosenberrger left on Wednesday."))
    found = linked(
        text,
        ("劳拉•罗森伯格", "Laura Rosenberger", "PERSON"),
        ("海口", "Haikou", "PLACE"),
        ("罗森伯格", "Rosenberger", "PERSON"),
        ("罗森伯格", "Rosenberrger", "PERSON"),
    )
    assert quotes(found, find(found)) == ["Rosenberrger"]


def test_a_slip_that_nobody_labelled_is_found_by_what_the_other_side_says(find: Find) -> None:
    text = linked(
        document((*ZH[:2], "罗森伯周三离开。"), EN),
        ("劳拉•罗森伯格", "Laura Rosenberger", "PERSON"),
        ("海口", "Haikou", "PLACE"),
        ("罗森伯格", "Rosenberger", "PERSON"),
    )
    (problem,) = find(text, "rendering")
    assert quotes(text, [problem]) == ["罗森伯"]
    assert problem.details[0] == "text"


def test_two_people_with_like_names_and_different_counterparts_are_left_alone(find: Find) -> None:
    text = document(("爱德华和爱德华兹到了。",), ("Edward and Edwards came.",))
    assert find(linked(text, ("爱德华", "Edward", "PERSON"), ("爱德华兹", "Edwards", "PERSON"))) == []


def test_renderings_are_compared_over_the_project(knowledge: Knowledge) -> None:
    alone = linked(
        document(("罗森伯走了。",), ("Rosenberger left.",), doc="doc2"), ("罗森伯", "Rosenberger", "PERSON")
    )
    first, second = check_all([named(), alone], knowledge)
    assert first.problems == ()
    assert [problem.kind for problem in second.problems] == ["rendering"]
    assert [one.problems for one in check_all([alone], knowledge)] == [()]


def test_mentions_and_themes_without_counterpart_are_told_apart(find: Find) -> None:
    text = document(("海口在下雨。",), ("It is raining in Haikou.",))
    both = with_spans(text, [span(text, "zh", "海口", "PLACE"), span(text, "zh", "海口在下雨", "THEME")])
    found = find(both)
    assert {problem.kind: KINDS[problem.kind].severity for problem in found} == {
        "counterpart": "warning",
        "theme_counterpart": "hint",
    }


def test_in_titles_and_one_sided_pairs_nothing_lacks_its_counterpart(find: Find) -> None:
    text = document(("海口", "港口在海口。"), ("Haikou", ""))
    rows = [replace(text.pairs[0], role="title"), text.pairs[1]]
    text = text.evolve(pairs=PairTable(rows))
    spans = [span(text, "zh", "海口", "PLACE", nth=nth) for nth in (0, 1)]
    assert [problem.kind for problem in find(with_spans(text, spans))] == ["one_sided"]


def test_partners_under_other_labels_are_a_warning_and_nested_ones_a_hint(find: Find) -> None:
    text = document(("海口在下雨，三亚没有。",), ("It rains in Haikou, not in Sanya.",))
    zh = [span(text, "zh", "海口", "PERSON"), span(text, "zh", "三亚", "PLACE/city")]
    en = [span(text, "en", "Haikou", "PLACE"), span(text, "en", "Sanya", "PLACE")]
    both = with_spans(text, [*zh, *en], map(link, zh, en))
    found = find(both, "partner_label")
    assert [(problem.weak, problem.details[1:]) for problem in found] == [
        (False, ("PERSON", "PLACE")),
        (True, ("PLACE/city", "PLACE")),
    ]


@pytest.mark.parametrize(
    ("zh", "en", "contradict"),
    [
        ("12月11日", "on December 12", True),
        ("12月11日", "on December 11", False),
        ("2023年", "in 2032", True),
        ("周三", "on Thursday", True),
        ("2023年初", "in early 2023", False),
        ("那年", "in 1987", False),
    ],
)
def test_dates_contradict_each_other_only_if_both_can_be_read(
    find: Find, zh: str, en: str, contradict: bool
) -> None:
    text = linked(
        document((f"他们{zh}见面。",), (f"They met {en}.",)),
        (zh, en.removeprefix("on ").removeprefix("in "), "DATE"),
    )
    assert bool(find(text, "partner_date")) is contradict


def test_a_noted_value_counts_more_than_what_stands_there(find: Find) -> None:
    text = linked(document(("那年发大水。",), ("The flood of 1987.",)), ("那年", "1987", "DATE"))
    (zh,) = text.spans.ordered("zh")
    noted = text.evolve(spans=text.spans.evolve([zh], [replace(zh, attributes={"value": "1978"})]))
    assert find(text, "partner_date") == []
    assert len(find(noted, "partner_date")) == 1


def test_a_name_that_is_labelled_elsewhere_is_missed_here(find: Find) -> None:
    text = document(("海口下雨。", "海口出太阳。", "海口刮风。"), ("Rain.", "Sun.", "Wind."))
    spans = [span(text, "zh", "海口", "PLACE", nth=nth) for nth in (0, 2)]
    (problem,) = find(with_spans(text, spans), "unlabelled")
    assert (problem.pair, problem.details) == ("pair00000001", ("PLACE", "2"))


def test_what_lies_behind_the_last_annotation_has_not_been_read_yet(find: Find) -> None:
    text = document(("海口下雨。", "海口出太阳。"), ("Rain.", "Sun."))
    begun = with_spans(text, [span(text, "zh", "海口", "PLACE")])
    assert find(begun, "unlabelled") == []
    done = begun.evolve(done=begun.done.set("pair00000001", True))
    assert len(find(done, "unlabelled")) == 1


def test_a_done_mark_before_the_last_annotation_moves_nothing(find: Find) -> None:
    text = document(("海口下雨。", "海口出太阳。", "三亚。"), ("Rain.", "Sun.", "Sanya."))
    spans = [span(text, "zh", "海口", "PLACE"), span(text, "zh", "三亚", "PLACE")]
    read = with_spans(text, spans)
    read = read.evolve(done=read.done.set("pair00000000", True))
    assert len(find(read, "unlabelled")) == 1


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("海口人都知道。", "Everybody in town knows."),
        ("海口港很大。", "The Haikou-based port is large."),
        ("朝鲜半岛", "see www.Haikou.cn"),
    ],
)
def test_longer_words_peoples_and_addresses_are_not_missed(find: Find, zh: str, en: str) -> None:
    text = document(("朝鲜和海口", zh), ("North Korea and Haikou", en))
    spans = [span(text, "zh", "海口", "PLACE"), span(text, "zh", "朝鲜", "PLACE")]
    spans += [span(text, "en", "Haikou", "PLACE")]
    read = with_spans(text, spans)
    read = read.evolve(done=read.done.set("pair00000001", True))
    assert [one for one in find(read, "unlabelled") if "港" not in zh] == []


def test_a_text_that_mostly_stands_unlabelled_is_one_problem(find: Find) -> None:
    rows = tuple(f"清晨，第{row}班船开了。" for row in range(12))
    text = document(rows, tuple("A boat left." for _ in rows))
    one = with_spans(text, [span(text, "zh", "清晨", "DATE"), span(text, "zh", "船", "THEME", nth=11)])
    one = one.evolve(done=one.done.set("pair00000011", True))
    (problem,) = find(one, "unlabelled", "mostly_unlabelled")
    assert (problem.kind, problem.details, len(problem.places)) == (
        "mostly_unlabelled",
        ("DATE", "1", "11"),
        11,
    )


def test_the_rare_label_of_a_text_is_the_odd_one(find: Find) -> None:
    rows = ("海口下雨。", "海口出太阳。", "海口刮风。")
    text = document(rows, ("Rain.", "Sun.", "Wind."))
    labels = ("PLACE", "PERSON", "PLACE")
    spans = [span(text, "zh", "海口", label, nth=nth) for nth, label in enumerate(labels)]
    (problem,) = find(with_spans(text, spans), "label_differs")
    assert (problem.about, problem.details) == (spans[1].id, ("PERSON", "PLACE", "2"))


@pytest.mark.parametrize(
    ("side", "text", "quote", "way", "better"),
    [
        ("zh", "他到了海口，", "海口，", "punctuation", "海口"),
        ("en", "He reached Haikou.", "Haikou.", "punctuation", "Haikou"),
        (
            "zh",
            "克里滕布林克（Daniel Kritenbrink）说",
            "Daniel Kritenbrink）",
            "brackets",
            "Daniel Kritenbrink",
        ),
        ("zh", "在“半日闲”见面", "“半日闲", "brackets", "半日闲"),
        ("en", "the Dam (old) is", "Dam (old", "brackets", "Dam (old)"),
        ("en", "Haikou’s port", "Haikou’s", "possessive", "Haikou"),
        ("en", "in Haikou today", "Haiko", "word", "Haikou"),
        ("zh", "他在北京大学念书", "北京大", "word", "北京大学"),
        ("zh", "丹尼尔•罗森伯强调说", "丹尼尔•罗森伯强", "word", "丹尼尔•罗森伯"),
    ],
)
def test_wrong_edges_come_with_better_ones(
    find: Find, side: str, text: str, quote: str, way: str, better: str
) -> None:
    texts = {"zh": "无", "en": "None", side: text}
    plain = document((texts["zh"],), (texts["en"],))
    (problem,) = find(with_spans(plain, [span(plain, side, quote, "PLACE")]), "edges")
    assert problem.details == (way, better, better)


@pytest.mark.parametrize(
    ("side", "text", "quote", "label"),
    [
        ("zh", "高雄港很大", "高雄", "PLACE"),
        ("zh", "中美关系", "中", "PLACE"),
        ("zh", "拜登强调", "拜登", "PERSON"),
        ("zh", "中国人", "中国", "PLACE"),
        ("zh", "吴念真的父亲", "吴念真", "PERSON"),
        ("en", "the U.S. in", "U.S.", "PLACE"),
        ("en", "Tom Ford Jr. came", "Tom Ford Jr.", "PERSON"),
        ("en", "St. John’s is", "St. John’s", "PLACE"),
        ("en", "O’Brien said", "O’Brien", "PERSON"),
        ("zh", "他说：“天亮了。”", "“天亮了。”", "THEME"),
        ("en", "“It rains, he said.", "“It rains", "THEME"),
        ("en", "the Kaohsiung-based firm", "Kaohsiung", "PLACE"),
    ],
)
def test_sound_edges_are_left_alone(find: Find, side: str, text: str, quote: str, label: str) -> None:
    texts = {"zh": "无", "en": "None", side: text}
    plain = document((texts["zh"],), (texts["en"],))
    assert find(with_spans(plain, [span(plain, side, quote, label)]), "edges") == []


def test_numbers_against_each_other_are_a_warning_and_a_lonely_one_a_hint(find: Find) -> None:
    text = document(("他带了15人。", "他们走了。"), ("He brought 50 men.", "They left at 11 sharp."))
    first, second = find(text, "numbers")
    assert (first.weak, first.details) == (False, ("both", "15", "50"))
    assert (second.weak, second.details) == (True, ("en", "", "11"))


def test_a_number_in_a_name_counts_nothing(find: Find) -> None:
    text = document(("茅十八个子不高。",), ("Mao was not tall.",))
    assert find(text, "numbers")
    assert find(with_spans(text, [span(text, "zh", "茅十八", "PERSON")]), "numbers") == []


def test_links_across_distant_pairs_are_strange(find: Find) -> None:
    text = document(tuple(f"海口{word}。" for word in "雨风云雪"), ("Haikou.", "Wind.", "Clouds.", "Haikou."))
    zh = span(text, "zh", "海口", "PLACE")
    near, far = span(text, "en", "Haikou", "PLACE"), span(text, "en", "Haikou", "PLACE", nth=1)
    assert find(with_spans(text, [zh, near], [link(zh, near)]), "far_link") == []
    (problem,) = find(with_spans(text, [zh, far], [link(zh, far)]), "far_link")
    assert problem.details == ("Haikou", "3")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_problem_is_a_sentence_in_both_languages(
    find: Find, knowledge: Knowledge, language: str
) -> None:
    speak(language)
    text = document(
        ("海口，有15人。", "三亚下雨。", "海口刮风。", "海口"),
        ("Haikou’s 50 men.", "Rain.", "Wind.", ""),
    )
    spans = [span(text, "zh", "海口，", "PERSON"), span(text, "en", "Haikou’s", "PLACE")]
    spans += [span(text, "zh", "三亚", "PLACE"), span(text, "zh", "海口", "PLACE", nth=2)]
    both = with_spans(text, spans, [link(*spans[:2])])
    found = find(both)
    assert len({problem.kind for problem in found}) > 3
    for problem in found:
        said = sentence(both, KINDS[problem.kind], problem, knowledge.labels)
        assert not said.startswith("problem.")
        assert "{" not in said


def test_names_of_other_documents_count_as_known(knowledge: Knowledge) -> None:
    text = document(("海口下雨。",), ("Rain in Haikou.",))
    text = text.evolve(done=text.done.set("pair00000000", True))
    others = Names()
    elsewhere = document(("海口",), ("Haikou",), doc="doc2")
    others.add(facts(elsewhere, [span(elsewhere, "zh", "海口", "PLACE")], knowledge))
    checker = Checker(knowledge, others)
    for _ in checker.check(text):
        pass
    assert [problem.kind for problem in checker.found()] == ["unlabelled"]
