"""How Chinese characters are read: in pinyin, and in the other spellings that names still have."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from annotator.core.resources import resource

# Readings that are usual in names and that a dictionary puts second.
_IN_NAMES = {
    "曾": ("zeng",), "单": ("shan", "dan"), "解": ("xie", "jie"), "查": ("zha", "cha"), "区": ("ou", "qu"),
    "乐": ("yue", "le"), "重": ("chong", "zhong"), "长": ("chang", "zhang"), "覃": ("qin", "tan"),
    "翟": ("zhai", "di"), "盖": ("gai", "ge"), "尉": ("yu", "wei"), "厦": ("xia", "sha"),
    "朴": ("piao", "pu"),
    "卡": ("ka",), "伽": ("jia", "ga", "qie"), "塞": ("sai", "se"), "茜": ("xi", "qian"), "娜": ("na", "nuo"),
    "陕": ("shan", "shaan"), "绿": ("lv", "lu"), "吕": ("lv", "lu", "lyu"), "女": ("nv", "nu"),
}  # fmt: skip
_GILES_INITIALS = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("d", "t"), ("g", "k"), ("j", "ch"), ("q", "ch"),
    ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
)  # fmt: skip
_GILES_FINALS = (
    ("iong", "iung"), ("ong", "ung"), ("ian", "ien"), ("ie", "ieh"), ("ue", "ueh"), ("ui", "uei"),
)  # fmt: skip
_GILES = """
    zhi>chih chi>chih shi>shih ri>jih zi>tzu ci>tzu si>szu ge>ko ke>ko he>ho e>o yan>yen ye>yeh
    yue>yueh yi>i you>yu gui>kuei kui>kuei duo>to tuo>to luo>lo nuo>no suo>so zuo>tso xu>hsu er>erh
    yong>yung xue>hsueh jiong>chiung rong>jung de>te
"""
_SPELLINGS = ("spellings", "spellings_southern", "spellings_japanese")
_GILES_WHOLE: dict[str, str] = dict(pair.split(">") for pair in _GILES.split())


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """Toneless syllables of one character, commonest first, `ü` as `v`; empty if it is not Chinese."""
    if char in _IN_NAMES:
        return _IN_NAMES[char]
    found = _dictionary().get(ord(char), "")
    return tuple(dict.fromkeys(_toneless(syllable) for syllable in found.split(",") if syllable))


@lru_cache(maxsize=8192)
def spellings(char: str) -> frozenset[str]:
    """All ways in which names spell a character with Latin letters: pinyin, Wade-Giles, and those listed."""
    found = set(_listed().get(char, ()))
    for syllable in readings(char):
        found.update(
            (syllable, syllable.replace("v", "u"), syllable.replace("v", "yu"), wade_giles(syllable))
        )
    return frozenset(found)


def wade_giles(syllable: str) -> str:
    """A pinyin syllable as Wade and Giles spelt it, without marks of breath."""
    whole = _GILES_WHOLE.get(syllable)
    if whole:
        return whole
    for pinyin, giles in _GILES_INITIALS:
        if syllable.startswith(pinyin):
            syllable = giles + syllable[len(pinyin) :]
            break
    for pinyin, giles in _GILES_FINALS:
        if syllable.endswith(pinyin):
            syllable = syllable[: -len(pinyin)] + giles
            break
    return syllable.replace("v", "u")


def _toneless(syllable: str) -> str:
    bare = unicodedata.normalize("NFD", syllable)
    return "".join(
        "v" if char == "\u0308" else char for char in bare if char.isalpha() or char == "\u0308"
    ).replace("uv", "v")


@cache
def _dictionary() -> dict[int, str]:
    """pypinyin's readings by code point. Only that module: the package would load all its phrases too."""
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin")
    file = Path(package.origin).with_name("pinyin_dict.py")
    spec = spec_from_file_location("_annotator_pinyin_dict", file)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(str(file))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.pinyin_dict)


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    """Spellings of characters in names other than Mandarin ones: Cantonese, Hokkien, Korean, Japanese …"""
    found: dict[str, tuple[str, ...]] = {}
    for name in _SPELLINGS:
        for line in resource("names", f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            chars, _, latin = line.partition("\t")
            for char in chars:
                found[char] = (*found.get(char, ()), *latin.split())
    return found
