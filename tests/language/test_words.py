"""Word edges that a drag over the text snaps to."""

import logging
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.words import Language, Words

MIXED = st.text(st.sampled_from("他们去北京了•·科尔曼,。 aBc’'-.12年月日𠮷\u3000é"), max_size=40)
LANGUAGES = st.sampled_from(["zh", "en"])


@pytest.fixture(scope="module")
def loaded() -> Words:
    words = Words()
    words.load()
    return words


def cut(words: Words, text: str, lang: Language) -> list[str]:
    return [text[start:end] for start, end in words.spans(text, lang)]


def test_english_words_keep_hyphens_and_apostrophes_but_not_stops() -> None:
    text = "Maria’s co-author didn't leave the U.S. on 11-12 May, said Coleman."
    assert [word for word in cut(Words(), text, "en") if word.strip()] == [
        "Maria", "’s", "co-author", "didn't", "leave", "the", "U.S.", "on", "11", "-", "12", "May", ",",
        "said",
        "Coleman", ".",
    ]  # fmt: skip


def test_chinese_words_come_from_the_dictionary(loaded: Words) -> None:
    assert cut(loaded, "助理国务卿前往北京(Beijing)。", "zh") == [
        "助理", "国务卿", "前往", "北京", "(", "Beijing", ")", "。",
    ]  # fmt: skip


def test_traditional_text_is_cut_like_simplified(loaded: Words) -> None:
    assert cut(loaded, "國務卿訪問台灣", "zh") == ["國務卿", "訪問", "台灣"]


def test_a_dotted_name_is_one_word_without_the_title_before_it(loaded: Words) -> None:
    assert "约翰•科尔曼" in cut(loaded, "高级主任约翰•科尔曼和同事", "zh")
    assert "安妮·M·史密斯" in cut(Words(), "作者安妮·M·史密斯说", "zh")
    assert "凱瑟琳·鮑爾" in cut(loaded, "記者凱瑟琳·鮑爾說", "zh")


def test_the_unit_of_a_date_ends_a_word(loaded: Words) -> None:
    assert "日" in cut(loaded, "12月11日至12日", "zh")


def test_before_the_dictionary_is_there_characters_stand_alone() -> None:
    words = Words()
    assert not words.ready
    assert cut(words, "在G20峰会", "zh") == ["在", "G20", "峰", "会"]


def test_a_word_added_by_the_user_is_kept_whole_before_and_after_loading() -> None:
    words = Words()
    words.add("江畔学社")
    words.load()
    assert "江畔学社" in cut(words, "他加入江畔学社多年", "zh")
    assert "青石渡口" not in cut(words, "路过青石渡口时", "zh")
    words.add("青石渡口")
    assert "青石渡口" in cut(words, "路过青石渡口时", "zh")


def test_a_word_goes_when_all_who_added_it_took_it_back(loaded: Words) -> None:
    before = cut(loaded, "他和谷里滕布林会面", "zh")
    assert "谷里滕布林" not in before
    loaded.add("谷里滕布林")
    loaded.add("谷里滕布林")
    loaded.remove("谷里滕布林")
    assert "谷里滕布林" in cut(loaded, "他和谷里滕布林会面", "zh")
    loaded.remove("谷里滕布林")
    loaded.remove("谷里滕布林")
    assert cut(loaded, "他和谷里滕布林会面", "zh") == before


def test_a_known_word_stays_known_when_an_added_one_goes(loaded: Words) -> None:
    loaded.add("国务卿")
    loaded.remove("国务卿")
    assert "国务卿" in cut(loaded, "助理国务卿前往", "zh")


def test_an_added_name_is_found_in_traditional_text_and_never_parted(loaded: Words) -> None:
    loaded.add("顧嵐瀾政府")
    assert "顾岚澜政府" in cut(loaded, "他说顾岚澜政府答应了", "zh")
    assert "顧嵐瀾政府" in cut(loaded, "他說顧嵐瀾政府答應了", "zh")
    loaded.remove("顾岚澜政府")
    assert "顧嵐瀾政府" not in cut(loaded, "他說顧嵐瀾政府答應了", "zh")


def test_words_of_a_dictionary_hold_together_where_nothing_better_is_known(loaded: Words) -> None:
    words = ["江畔茶社", "的人", "燈塔守"]
    slices = sum(1 for _ in loaded.list_slices(words))
    assert slices == 0
    assert "江畔茶社" in cut(loaded, "他加入江畔茶社多年", "zh")
    assert "灯塔守" in cut(loaded, "那位灯塔守老了", "zh")
    assert "的人" not in cut(loaded, "来的人多", "zh")
    list(loaded.unlist_slices(words))
    assert "江畔茶社" not in cut(loaded, "他加入江畔茶社多年", "zh")


def test_a_word_may_be_both_listed_and_confirmed(loaded: Words) -> None:
    loaded.add("江畔画社")
    list(loaded.list_slices(["江畔画社"]))
    loaded.remove("江畔画社")
    assert "江畔画社" in cut(loaded, "他加入江畔画社多年", "zh")
    list(loaded.unlist_slices(["江畔画社"]))
    assert "江畔画社" not in cut(loaded, "他加入江畔画社多年", "zh")


def test_many_words_come_in_slices_before_and_after_the_dictionary() -> None:
    many = [f"{chr(0x4E00 + at // 90)}{chr(0x5E00 + at % 90)}社" for at in range(60_000)]
    words = Words()
    assert sum(1 for _ in words.list_slices(many)) > 3
    words.load()
    assert many[-1] in cut(words, f"去{many[-1]}了", "zh")
    assert sum(1 for _ in words.unlist_slices(many)) > 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("他穿T恤", ["他", "穿", "T恤"]),
        ("做B超时", ["做", "B超", "时"]),
        ("他买了XT恤", ["他", "买", "了", "XT", "恤"]),
        ("5G网络", ["5G", "网络"]),
        ("C919飞机", ["C919", "飞机"]),
        ("Ｃ９１９飞机", ["Ｃ９１９", "飞机"]),
        ("３Ｄ打印", ["３Ｄ", "打印"]),
        ("１２月", ["１２", "月"]),
        ("12月", ["12", "月"]),
    ],
)
def test_letters_and_digits_go_with_the_characters_that_make_a_word(
    loaded: Words, text: str, words: list[str]
) -> None:
    assert cut(loaded, text, "zh") == words


@pytest.mark.parametrize("dot", "•·・‧∙")
def test_a_confirmed_name_with_a_dot_is_whole_whichever_dot_it_has(loaded: Words, dot: str) -> None:
    text = f"主任霁月{dot}岩松和同事"
    loaded.add("霁月·岩松")
    assert f"霁月{dot}岩松" in cut(loaded, text, "zh")
    loaded.remove("霁月•岩松")
    assert f"霁月{dot}岩松" not in cut(loaded, text, "zh")


def test_loading_is_quiet_and_writes_no_shared_cache(
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    words = Words()
    with caplog.at_level(logging.DEBUG):
        slices = sum(1 for _ in words.load_slices())
        words.spans("没有人注意到", "zh")
    assert words.ready
    assert slices > 10
    assert not caplog.records
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())
    assert sys.modules.get("pkg_resources", sys) is not None


def test_snapping_widens_to_words_and_drops_white_space(loaded: Words) -> None:
    text = "He saw Coleman’s boat."
    assert text[slice(*loaded.snap(text, 8, 11, "en"))] == "Coleman"
    assert text[slice(*loaded.snap(text, 6, 14, "en"))] == "Coleman"
    assert loaded.snap(text, 2, 3, "en") == (3, 3)
    chinese = "国务卿前往北京"
    assert chinese[slice(*loaded.snap(chinese, 4, 6, "zh"))] == "前往北京"


def test_the_caret_moves_over_words(loaded: Words) -> None:
    text = "one  two."
    assert [loaded.next_boundary(text, at, "en") for at in (0, 3, 8, 9)] == [3, 8, 9, 9]
    assert [loaded.previous_boundary(text, at, "en") for at in (9, 8, 5, 0)] == [8, 5, 0, 0]


@given(MIXED, LANGUAGES)
def test_words_cover_the_text_without_gaps(loaded: Words, text: str, lang: Language) -> None:
    spans = loaded.spans(text, lang)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)


@given(MIXED, LANGUAGES, st.integers(0, 40), st.integers(0, 40))
def test_snapping_twice_changes_nothing(loaded: Words, text: str, lang: Language, a: int, b: int) -> None:
    once = loaded.snap(text, a, b, lang)
    assert loaded.snap(text, *once, lang) == once
