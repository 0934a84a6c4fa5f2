"""Word boundaries: what a drag over the text takes, and where a word-wise caret stops.

Chinese is cut by jieba once its dictionary is there, and before that by script: runs of Latin letters or
digits are words, Chinese characters stand alone. English is cut by rules. A transliterated name with inner
dots (the family name after `•`, `·` or `・`) is one word as a whole: who drags over a name wants the person,
never half of it with a dangling dot. Where the name starts and ends is told by the characters that names are
transliterated with, so that a title before it stays outside.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import warnings
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from annotator.language.script import simplified

Language = Literal["zh", "en"]
Range = tuple[int, int]

_SLICE_SECONDS = 0.003
_BATCH = 200
_DOTS = "•·・‧∙"
_CACHED_ROWS = 4096
_REACH = 4
"""Longest part of a word that is looked for on either side of a place."""

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"(?:(?![{_HAN}])[^\W\d_])"
_NUMBER = r"\d+(?:[.,:]\d+)*"
_ABBREVIATION = rf"(?:{_LETTER}\.){{2,}}"
_POSSESSIVE = re.compile(r"[’'](?:s|S|ll|re|ve|d|m)\Z")
_EN_TOKEN = re.compile(
    rf"{_ABBREVIATION}"
    rf"|{_LETTER}[^\W_]*(?:[’'-]{_LETTER}[^\W_]*)*"
    rf"|{_NUMBER}(?:st|nd|rd|th|s|[a-zA-Z]{{1,3}}\b)?"
    rf"|\s+|[^\w\s]|[\w]",
)
_ZH_PIECE = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<word>{_ABBREVIATION}|{_LETTER}[^\W_{_HAN}]*(?:[’'-]{_LETTER}[^\W_{_HAN}]*)*|{_NUMBER})"
    rf"|\s+|[^\w\s]|[\w]",
)
# Characters that transliterated names are spelled with: where a dotted name starts and ends.
SPELLING = (
    "阿埃艾爱安昂奥巴白拜班邦鲍贝本比彼毕宾波伯博勃卜布查茨达大戴丹当道德登邓迪蒂丁东杜顿多厄恩尔法凡菲费芬丰冯佛弗"
    "福富盖甘冈高戈格根贡古瓜圭哈海汉豪赫黑亨洪胡华怀惠霍基吉加贾江杰津金卡凯坎康考科柯可克肯孔库夸奎昆拉莱兰朗劳"
    "勒雷蕾黎李里理利莉丽连廉良列林琳龙卢鲁露路伦罗洛吕马玛迈麦曼芒梅门蒙米密敏明摩莫默姆木穆拿纳娜奈南内尼涅宁牛"
    "纽努诺欧帕派潘庞佩蓬皮平坡珀普齐奇恰钱乔切琴琼丘萨塞赛桑森沙莎山尚舍申圣施什史士舒斯丝司松苏索塔泰坦汤唐陶特"
    "腾滕提廷汀通图托瓦万旺威维韦薇魏温文翁沃乌伍武西希锡夏先香肖谢辛欣休许雪逊雅亚延扬耶叶伊依易因英尤于约扎泽曾"
    "詹珍芝朱兹祖佐哲娅妮蒂芙茜黛絲爾羅蘭馬賓納萊倫維亞費喬貝蓋岡華凱勞盧魯邁麥門蓮紐諾歐龐齊瓊薩賽聖絲蘇湯圖萬"
    "约翰約赖賴狄葛霖蜜翠斐嘉茉茱蕊瑞辉雯琪薇娃倪璐启弥撒尧庄麗邱璞戈贡姬昔梭"
    "韋溫烏錫遜葉約澤詹納傑賈庫萊爾奧愛達鄧東頓馮漢懷霍吳達羅貢"
)
_BEFORE_NAMES = frozenset("在和与及对向据被把是有称由从至到比给让经以而但若")
_AFTER_NAMES = frozenset("说是为等及任曾于在外和与的并也将受起至收后前")
_OFFICE = re.compile(r"(?<=..)(?:政府|公司|国家|总统|外交部|国务院|国防部|人民|天皇|帝国|大使馆|独立)\Z")
_UNIT = re.compile(r"[年月日号號时時点點分秒](?![代份钟鐘])")
DOTTED_NAME = re.compile(rf"[{SPELLING}]{{1,8}}(?:[{_DOTS}](?:[A-Z]\.?[{_DOTS}])?[{SPELLING}]{{1,8}})+")


class Words:
    """Cuts one row's text into words; jieba's dictionary comes in slices so that a window never freezes."""

    def __init__(self) -> None:
        self.ready = False
        self._tokenizer: Any = None
        self._added: list[str] = []
        self._cached = lru_cache(maxsize=_CACHED_ROWS)(self._cut)

    def load_slices(self) -> Iterator[None]:
        """Load jieba's dictionary a few milliseconds at a time; when exhausted, `ready` is true.

        The dictionary is read here rather than by jieba, which would write a cache into the shared temporary
        folder, load that with marshal and log about it.
        """
        if self.ready:
            return
        tokenizer, dictionary = _bare_tokenizer()
        yield
        frequencies: dict[str, int] = {}
        total = 0
        with dictionary.open("rb") as file:
            began = time.perf_counter()
            for number, line in enumerate(file):
                word, count = line.decode("utf-8").split(" ", 2)[:2]
                frequency = int(count)
                frequencies[word] = frequency
                total += frequency
                for end in range(1, len(word)):
                    frequencies.setdefault(word[:end], 0)
                if number % _BATCH == 0 and time.perf_counter() - began > _SLICE_SECONDS:
                    yield
                    began = time.perf_counter()
        tokenizer.FREQ, tokenizer.total = frequencies, total
        tokenizer.initialized = True
        self._tokenizer = tokenizer
        for word in self._added:
            tokenizer.add_word(word, _frequency(tokenizer, word))
        self.ready = True
        self._cached.cache_clear()

    def load(self) -> None:
        """Load jieba's dictionary at once (a second or so)."""
        for _ in self.load_slices():
            pass

    def add(self, word: str) -> None:
        """Take `word` as one Chinese word from now on; white space and one-character words are ignored."""
        word = word.strip()
        if len(word) < 2:
            return
        self._added.append(word)
        if self._tokenizer is not None:
            self._tokenizer.add_word(word, _frequency(self._tokenizer, word))
        self._cached.cache_clear()

    def known(self, word: str) -> bool:
        """Whether jieba's dictionary has the Chinese word, in whichever characters; never before `ready`."""
        return self._tokenizer is not None and bool(self._tokenizer.FREQ.get(simplified(word)))

    def across(self, text: str, at: int) -> bool:
        """Whether any dictionary word has characters on both sides of `at`; never before `ready`."""
        if self._tokenizer is None or not 0 < at < len(text):
            return False
        start = max(0, at - _REACH)
        window = simplified(text[start : at + _REACH])
        known, middle = self._tokenizer.FREQ, at - start
        return any(
            known.get(window[low:high])
            for low in range(middle)
            for high in range(middle + 1, min(len(window), low + _REACH + 1) + 1)
        )

    def spans(self, text: str, lang: Language) -> list[Range]:
        """Contiguous half-open code-point ranges that cover all of `text`; white space runs and punctuation
        marks are ranges of their own."""
        return list(self._cached(text, lang))

    def snap(self, text: str, start: int, end: int, lang: Language) -> Range:
        """`start:end` widened to whole words, without white space at its edges.

        A range over nothing but white space comes back empty at `start`.
        """
        start, end = sorted((max(0, min(start, len(text))), max(0, min(end, len(text)))))
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start == end:
            return start, start
        for word_start, word_end in self._cached(text, lang):
            if word_start < start < word_end:
                start = word_start
            if word_start < end < word_end:
                end = word_end
        return start, end

    def next_boundary(self, text: str, offset: int, lang: Language) -> int:
        """Where a word-wise caret goes forward from `offset`: the end of the next word."""
        for start, end in self._cached(text, lang):
            if end > offset and not text[start:end].isspace():
                return end
        return len(text)

    def previous_boundary(self, text: str, offset: int, lang: Language) -> int:
        """Where a word-wise caret goes back from `offset`: the start of the word before."""
        for start, end in reversed(self._cached(text, lang)):
            if start < offset and not text[start:end].isspace():
                return start
        return 0

    def _cut(self, text: str, lang: Language) -> tuple[Range, ...]:
        return tuple(_english(text) if lang == "en" else self._chinese(text))

    def _chinese(self, text: str) -> Iterator[Range]:
        edges = {0, len(text)}
        for piece in _ZH_PIECE.finditer(text):
            edges.add(piece.start())
            if piece["han"]:
                if piece.start() and text[piece.start() - 1].isdigit() and (unit := _UNIT.match(piece[0])):
                    edges.add(piece.start() + unit.end())
                edges.update(self._han_edges(piece[0], piece.start()))
        for name in DOTTED_NAME.finditer(text):
            edges.difference_update(range(name.start() + 1, name.end()))
            edges.update(name.span())
        yield from pairwise(sorted(edges))

    def _han_edges(self, run: str, offset: int) -> Iterator[int]:
        if not self.ready:
            yield from range(offset, offset + len(run))
            return
        # The dictionary is a simplified one.
        for word in self._tokenizer.cut(simplified(run)):
            for part in _parts(word, self._tokenizer.FREQ):
                yield offset
                offset += len(part)


def _english(text: str) -> Iterator[Range]:
    for token in _EN_TOKEN.finditer(text):
        start, end = token.span()
        tail = _POSSESSIVE.search(token[0])
        if tail and tail.start() > 0:
            yield start, start + tail.start()
            start += tail.start()
        yield start, end


def _parts(word: str, known: dict[str, int]) -> Iterator[str]:
    """`word` as jieba cut it, with what does not belong to a name taken off.

    Its guesses at unknown words swallow particles before and after names; its dictionary has whole offices.
    """
    if known.get(word):
        office = _OFFICE.search(word)
        if office and known.get(word[: office.start()]):
            yield word[: office.start()]
            word = office[0]
        yield word
        return
    if len(word) > 2 and word[0] in _BEFORE_NAMES:
        yield word[0]
        word = word[1:]
    if len(word) > 2 and word[-1] in _AFTER_NAMES:
        yield word[:-1]
        word = word[-1]
    yield word


def _frequency(tokenizer: Any, word: str) -> int:
    """High enough that `word` wins over any way to cut it that the dictionary knows."""
    likelihood = 1.0
    for part in tokenizer.cut(word, HMM=False):
        likelihood *= max(1, tokenizer.FREQ.get(part, 1)) / tokenizer.total
    return max(int(likelihood * tokenizer.total) + 1, int(tokenizer.FREQ.get(word, 0)), 3)


def _bare_tokenizer() -> tuple[Any, Path]:
    """A jieba tokenizer without its dictionary, and where that lies.

    jieba asks for `pkg_resources` if it is there, which takes a quarter of a second and warns that it is
    deprecated; for the length of the import it is not there.
    """
    absent = "pkg_resources" not in sys.modules
    if absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if absent:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer(), Path(jieba.__file__).with_name("dict.txt")
