"""Importing: every arrangement, corrections before anything is stored, and clear words for bad input."""

from __future__ import annotations

import pickle
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.apply import check_segments
from annotator.core.document import Document, DocumentData
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import LANGUAGES, catalog
from annotator.core.pair import PairTable
from annotator.core.span import SIDES
from annotator.services.importing import (
    ImportPlan,
    Source,
    add_edit,
    build,
    document_id,
    from_text,
    group,
    preview,
    read_sources,
)

SEED = Path(__file__).parents[3] / "shared" / "seed" / "langfang.txt"

TITLE = ("旧书店的最后一天", "The Last Day of the Old Bookshop")
PARAGRAPHS = [
    (
        "周六上午九点，沈砚把卷帘门推上去。门口已经站了三十多个人，队伍一直排到邮局。",
        "At nine on Saturday morning Shen Yan pushed up the shutter. "
        "More than thirty people stood at the door, in a line that reached the post office.",
    ),
    (
        "这家店开了42年。1984年，他父亲用800元盘下这间铺面，第一批书是从上海运来的。",
        "The shop had been open for 42 years. In 1984 his father took over the premises for 800 yuan, "
        "and the first books came from Shanghai.",
    ),
    (
        "“我是在这里学会认字的，”一位老人说，“书都是站着看的。”",
        "“I learned to read in here,” said an old man, “always standing up.”",
    ),
    (
        "傍晚六点，书架空了。沈砚关了灯，把钥匙交给房东。",
        "By six in the evening the shelves were bare. "
        "Shen Yan turned off the lights and gave the keys to the landlord.",
    ),
]
ZH = [TITLE[0], *(zh for zh, _ in PARAGRAPHS)]
EN = [TITLE[1], *(en for _, en in PARAGRAPHS)]
ASIDE = "扫码关注公众号，好书天天见"

ARRANGEMENTS = {
    "blocks": "\n".join([*ZH, *EN]),
    "blocks-spaced": "\n\n".join([*ZH, *EN]),
    "english-first": "\n".join([*EN, "", *ZH]),
    "interleaved-paragraphs": "\n\n".join(line for pair in zip(ZH, EN, strict=True) for line in pair),
    "interleaved-lines": "\n".join(line for pair in zip(ZH, EN, strict=True) for line in pair),
    "english-leads": "\n".join(line for pair in zip(EN, ZH, strict=True) for line in pair),
    "pairs-of-lines": "\n\n".join("\n".join(pair) for pair in zip(ZH, EN, strict=True)),
    "table": "\n".join("\t".join(pair) for pair in zip(ZH, EN, strict=True)),
    "boilerplate": "\n".join([*ZH, *EN, ASIDE]),
}


def mixed(text: str, name: str = "shop.txt") -> ImportPlan:
    return preview([from_text(text, name)])


def rows(data: DocumentData) -> list[tuple[str, str]]:
    document = Document.of(data)
    return [
        (document.row_text(row, "zh"), document.row_text(row, "en")) for row in range(len(document.pairs))
    ]


def sound(data: DocumentData) -> None:
    for side in SIDES:
        check_segments(PairTable(data.pairs), side, Document.of(data).text(side), 0, len(data.pairs))
    assert len({pair.id for pair in data.pairs}) == len(data.pairs)


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_every_arrangement_gives_the_same_two_texts_with_paragraphs_beside_each_other(name: str) -> None:
    data = build(mixed(ARRANGEMENTS[name]), doc_id="shop")
    sound(data)
    assert data.zh == "\n".join(ZH)
    assert data.en == "\n".join(EN)
    assert data.info.zh_lang == "zh-Hans"
    assert (data.pairs[0].role, rows(data)[0]) == ("title", TITLE)
    assert [one.text for one in data.info.set_aside] == ([ASIDE] if name == "boilerplate" else [])
    for zh, en in rows(data):
        (zh_paragraph,) = {at for at, line in enumerate(ZH) if zh and zh in line}
        (en_paragraph,) = {at for at, line in enumerate(EN) if en and en in line}
        assert zh_paragraph == en_paragraph


@pytest.mark.parametrize(
    ("name", "encoding", "line_end"),
    list(
        product(
            ("blocks", "interleaved-lines", "table"), ("utf-8-sig", "gb18030", "utf-16"), ("\n", "\r\n", "\r")
        )
    ),
)
def test_encodings_and_line_ends_make_no_difference(
    tmp_path: Path, name: str, encoding: str, line_end: str
) -> None:
    path = tmp_path / "shop.txt"
    path.write_bytes(ARRANGEMENTS[name].replace("\n", line_end).encode(encoding))
    data = build(preview(read_sources([path])), doc_id="shop")
    expected = build(mixed(ARRANGEMENTS[name]), doc_id="shop")
    assert (data.zh, data.en, rows(data)) == (expected.zh, expected.en, rows(expected))
    assert data.info.source.files == ("shop.txt",)
    assert data.info.source.encoding in ("utf-8", "gb18030", "utf-16-le")


def test_two_files_that_are_known_to_be_one_language_each(tmp_path: Path) -> None:
    zh, en = tmp_path / "one.txt", tmp_path / "two.txt"
    zh.write_text("\n".join([*ZH, "“Hello?”"]), encoding="utf-8")
    en.write_text("\n".join(EN), encoding="utf-8")
    plan = preview(read_sources([], zh=zh, en=en))
    assert plan.arrangement == "two-files"
    assert [line.text for line in plan.of_side("zh")] == [*ZH, "“Hello?”"]
    data = build(plan, doc_id="shop")
    sound(data)
    assert data.info.source.files == ("one.txt", "two.txt")
    assert rows(data)[0] == TITLE


def test_files_that_are_not_in_the_language_said_are_refused(tmp_path: Path) -> None:
    zh, en = tmp_path / "one.txt", tmp_path / "two.txt"
    zh.write_text("\n".join(EN), encoding="utf-8")
    en.write_text("\n".join(ZH), encoding="utf-8")
    with pytest.raises(AnnotatorError) as raised:
        preview(read_sources([], zh=zh, en=en))
    assert raised.value.key == "error.import_not_zh"


def source(name: str, lines: list[str]) -> Source:
    return from_text("\n".join(lines), name)


def test_several_files_find_their_partners_by_name() -> None:
    sources = [
        source("shop.en.txt", EN),
        source("well.zh.txt", ["井边有一棵枣树。", "枣子红了。"]),
        source("shop.zh.txt", ZH),
        source("well.en.txt", ["By the well stands a jujube tree.", "The dates are red."]),
        source("pier.txt", ["码头很静。", "天亮了。", "The pier is quiet.", "Day breaks."]),
    ]
    assert [tuple(one.name for one in made) for made in group(sources)] == [
        ("well.zh.txt", "well.en.txt"),
        ("shop.zh.txt", "shop.en.txt"),
        ("pier.txt",),
    ]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("旧书店_中文.txt", "旧书店_英文.txt"),
        ("zh.txt", "en.txt"),
        ("a-zh-CN.txt", "a-en-US.txt"),
        ("甲.txt", "b.txt"),
    ],
)
def test_two_files_belong_together_whatever_they_are_called(zh: str, en: str) -> None:
    assert [[one.name for one in made] for made in group([source(en, EN), source(zh, ZH)])] == [[zh, en]]


def test_a_file_without_its_partner_is_refused() -> None:
    with pytest.raises(AnnotatorError) as raised:
        group([source("a.txt", ZH), source("b.txt", ZH), source("c.txt", EN)])
    assert raised.value.key == "error.import_no_partner"


def test_the_rows_of_a_table_become_confirmed_pairs_with_sentences_split_inside() -> None:
    plan = mixed(ARRANGEMENTS["table"], "shop.tsv")
    data = build(plan, doc_id="shop")
    assert rows(data) == list(zip(ZH, EN, strict=True))
    assert all(pair.confirmed for pair in data.pairs)
    assert [len(pair.zh) for pair in data.pairs] == [1, 2, 2, 1, 2]
    assert [len(pair.en) for pair in data.pairs] == [1, 2, 2, 1, 2]


def test_a_cell_with_line_breaks_stays_one_pair() -> None:
    text = 'zh,en\n"白天。\n夜里很冷。","By day.\nBy night it was cold."\n早晨。,Morning.\n'
    data = build(mixed(text, "days.csv"), doc_id="days")
    sound(data)
    assert rows(data) == [("白天。\n夜里很冷。", "By day.\nBy night it was cold."), ("早晨。", "Morning.")]
    assert data.zh == "白天。\n夜里很冷。\n早晨。"


def test_a_table_without_two_languages_is_refused() -> None:
    with pytest.raises(AnnotatorError) as raised:
        mixed("a,b\nc,d\n", "letters.csv")
    assert raised.value.key == "error.import_table"


def test_columns_that_are_not_imported_are_told() -> None:
    plan = mixed("1\t井边有树。\tA tree by the well.\n2\t树上有鸟。\tA bird in the tree.\n", "notes.tsv")
    assert [notice.key for notice in plan.notices] == ["import.columns"]


def test_the_user_may_correct_what_a_line_is() -> None:
    plan = mixed(ARRANGEMENTS["boilerplate"])
    (aside,) = [line for line in plan.lines if line.role == "aside"]
    assert aside.text == ASIDE
    corrected = plan.with_role(aside.number, "zh").with_role(1, "zh").with_roles([2], "aside")
    data = build(corrected, doc_id="shop")
    sound(data)
    assert data.zh.endswith(ASIDE)
    assert ZH[1] not in data.zh
    assert [(one.line, one.text) for one in data.info.set_aside] == [(2, ZH[1])]
    assert plan.lines[1].role == "zh"


def test_blank_lines_cannot_become_text() -> None:
    plan = mixed(ARRANGEMENTS["blocks-spaced"])
    assert plan.with_role(2, "zh") == plan


def test_a_title_that_the_user_marks_is_one_sentence_and_one_pair() -> None:
    lines = ["第一章。夜。", "雪停了。", "Chapter One. Night.", "The snow stopped."]
    plan = mixed("\n".join(lines)).with_role(1, "title-zh").with_role(3, "title-en")
    data = build(plan, doc_id="c")
    assert rows(data)[0] == ("第一章。夜。", "Chapter One. Night.")
    assert data.pairs[0].role == "title"
    assert (data.pairs[0].zh, data.pairs[0].en) == (((0, 6),), ((0, 19),))


def test_headings_of_several_chapters_stay_beside_each_other() -> None:
    zh = ["一", "雪停了。狗叫了。", "二", "天亮了。"]
    en = ["One", "The snow stopped.", "Two", "A dog barked. Day broke. It was cold."]
    plan = mixed("\n".join([*zh, *en]))
    for at, line in enumerate(plan.lines):
        role = "title" if at % 2 == 0 else ""
        side = "zh" if at < 4 else "en"
        plan = plan.with_role(line.number, f"{role}-{side}" if role else side)  # type: ignore[arg-type]
    data = build(plan, doc_id="c")
    sound(data)
    assert [row for row, pair in zip(rows(data), data.pairs, strict=True) if pair.role == "title"] == [
        ("一", "One"),
        ("二", "Two"),
    ]


def test_white_space_inside_lines_is_kept() -> None:
    data = build(mixed("　　雪停了。  \n\n\tThe snow\u00a0stopped. \n"), doc_id="s")
    assert (data.zh, data.en) == ("　　雪停了。  ", "\tThe snow\u00a0stopped. ")
    assert (data.pairs[0].zh, data.pairs[0].en) == (((2, 6),), ((1, 18),))


def test_confidence_is_kept() -> None:
    data = build(mixed(ARRANGEMENTS["blocks"]), doc_id="shop")
    assert all(pair.confidence is not None and 0 <= pair.confidence <= 1 for pair in data.pairs)


@pytest.mark.parametrize(("lines", "key"), [(ZH, "error.import_only_zh"), (EN, "error.import_only_en")])
def test_one_language_alone_is_shown_but_not_imported(lines: list[str], key: str) -> None:
    plan = mixed("\n".join(lines))
    assert plan.missing is not None
    assert f"import.missing_{plan.missing}" in {notice.key for notice in plan.notices}
    with pytest.raises(AnnotatorError) as raised:
        build(plan, doc_id="x")
    assert raised.value.key == key


def test_a_cancelled_import_leaves_nothing() -> None:
    with pytest.raises(AnnotatorError) as raised:
        build(mixed(ARRANGEMENTS["blocks"]), doc_id="shop", job=Job(is_cancelled=lambda: True))
    assert raised.value.key == "error.cancelled"


def test_a_plan_and_its_document_travel_to_another_process() -> None:
    plan = pickle.loads(pickle.dumps(mixed(ARRANGEMENTS["blocks"])))
    data = build(plan, doc_id="shop")
    assert pickle.loads(pickle.dumps(data)) == data


def test_several_documents_are_one_edit() -> None:
    made = [build(mixed(ARRANGEMENTS["blocks"]), doc_id=name) for name in ("a", "b")]
    edit = add_edit(*made)
    assert [change.after for change in edit.documents] == made
    assert all(change.before is None for change in edit.documents)


def test_ids_come_from_the_file_name_without_its_language() -> None:
    plan = preview([source("Shop.zh.txt", ZH), source("Shop.en.txt", EN)])
    assert document_id(plan, ()) == "shop"
    assert document_id(plan, ("shop",)) == "shop-2"
    assert document_id(preview([source("../../etc/passwd.txt", ZH + EN)]), ()) == "etc-passwd"


def test_every_notice_and_arrangement_has_words_in_both_languages() -> None:
    for language in LANGUAGES:
        known = catalog(language)
        for name in ("blocks", "interleaved-paragraphs", "interleaved-lines", "zh-only", "en-only", "empty"):
            assert f"arrangement.{name}" in known
        assert {
            "arrangement.two-files",
            "arrangement.table",
            "import.missing_zh",
            "import.missing_en",
        } <= known.keys()


LINE = st.text(st.sampled_from("雪停了天亮。！ aT.he \t“”🍜"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=12), st.data())
def test_whatever_the_lines_and_roles_the_document_is_sound(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    plan = mixed(text)
    roles = st.sampled_from(("zh", "en", "title-zh", "title-en", "aside"))
    for line in plan.lines:
        plan = plan.with_role(line.number, data.draw(roles))  # type: ignore[arg-type]
    if plan.missing:
        return
    made = build(plan, doc_id="x")
    sound(made)
    kept = [line.text for line in plan.lines if line.role in ("zh", "title-zh")]
    assert made.zh == "\n".join(kept)


@pytest.mark.skipif(not SEED.exists(), reason=f"the seed text is not at {SEED}")
def test_the_seed_text_is_aligned_without_error_and_its_boilerplate_left_alone() -> None:
    data = build(preview(read_sources([SEED])), doc_id="langfang")
    lines = SEED.read_text(encoding="utf-8").splitlines()
    assert [(one.line, one.text) for one in data.info.set_aside] == [(19, lines[18])]
    assert data.zh == "\n".join(lines[:9])
    assert data.en == "\n".join(lines[9:18])
    assert [(len(pair.zh), len(pair.en)) for pair in data.pairs] == [(1, 1)] * 13
    assert data.pairs[0].role == "title"
    starts = ("Langfang", "Assistant", "The discussions", "The December", "They also discussed", "As part")
    starts += ("They emphasized", "The talks", "Assistant", "They also emphasized", "They exchanged")
    starts += ("They also explored", "After their")
    heads = (
        "廊坊",
        "12月11日",
        "本次",
        "12月11至",
        "双方还讨论",
        "作为",
        "他们强调",
        "会谈",
        "助理国务卿",
        "他们还强调",
    )
    heads += ("双方就", "双方还探索", "在双方")
    for (zh, en), head, start in zip(rows(data), heads, starts, strict=True):
        assert zh.startswith(head)
        assert en.startswith(start)
