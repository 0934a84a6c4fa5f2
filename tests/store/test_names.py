from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.store.names import check_name, inside, is_safe, safe_person, slug


@pytest.mark.parametrize("name", ["doc1", "廊坊-两日", "Köln_2", "v1.2", "हिन्दी", "a b", "𠮷田"])
def test_letters_of_any_script_are_safe(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a..b",
        "a/b",
        "a\\b",
        "/etc",
        "C:x",
        "con",
        "NUL.txt",
        "com1",
        " a",
        "a.",
        "a\0b",
        "a\nb",
        "a:b",
        "x" * 81,
        "𠮷" * 70,
        "e\u0301",
        "*",
        "<a>",
    ],
)
def test_what_could_leave_the_folder_or_clash_with_a_system_is_refused(name: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        check_name(name)
    assert caught.value.key == "error.unsafe_name"


@given(st.text(max_size=120))
def test_a_slug_is_always_safe_and_new(title: str) -> None:
    one = slug(title)
    two = slug(title, {one})
    assert is_safe(one)
    assert is_safe(two)
    assert one != two
    assert is_safe(safe_person(title))


def test_a_slug_resembles_its_title() -> None:
    assert slug("Two Days in Langfang!") == "two-days-in-langfang"
    assert slug("咖啡價格再創新高 · Coffee") == "咖啡價格再創新高-coffee"
    assert slug("///") == "document"


def test_a_link_out_of_the_folder_is_refused(tmp_path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.json").write_text("{}")
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "out.json")
    with pytest.raises(AnnotatorError, match="out of the project"):
        inside(tmp_path / "in", tmp_path / "in" / "link.json")
