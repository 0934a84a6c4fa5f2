"""Word boundaries: what a drag over the text takes, and where a word-wise caret stops.

Chinese is cut by jieba once its dictionary is there, and before that by script: runs of Latin letters or
digits are words, Chinese characters stand alone. English is cut by rules. A transliterated name with inner
dots (the family name after `•`, `·` or `・`) is one word as a whole: who drags over a name wants the person,
never half of it with a dangling dot. Where the name starts and ends is told by the characters that names are
transliterated with, so that a title before it stays outside.

What people teach weighs more than the dictionary: a mention that somebody confirmed is one word, wherever it
stands. Words that an added dictionary lists weigh least: they hold together where nothing better is known.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache, lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from annotator.language.script import simplified, traditional_of

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
_NUMBERED = rf"{_NUMBER}(?:{_LETTER}[^\W_{_HAN}]*)?"
_ABBREVIATION = rf"(?:{_LETTER}\.){{2,}}"
_FIRST_HAN = "\u3400"
_ALL_HAN = re.compile(rf"[{_HAN}]+")
_POSSESSIVE = re.compile(r"[’'](?:s|S|ll|re|ve|d|m)\Z")
_EN_TOKEN = re.compile(
    rf"{_ABBREVIATION}"
    rf"|{_LETTER}[^\W_]*(?:[’'-]{_LETTER}[^\W_]*)*"
    rf"|{_NUMBER}(?:st|nd|rd|th|s|[a-zA-Z]{{1,3}}\b)?"
    rf"|\s+|[^\w\s]|[\w]",
)
_ZH_PIECE = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<word>{_ABBREVIATION}|{_LETTER}[^\W_{_HAN}]*(?:[’'-]{_LETTER}[^\W_{_HAN}]*)*|{_NUMBERED})"
    rf"|\s+|[^\w\s]|[\w]",
)
# Characters that transliterated names are spelled with: where a dotted name starts and ends.
_SPELLED = (
    "阿埃艾爱安昂奥巴白拜班邦鲍贝本比彼毕宾波伯博勃卜布查茨达大戴丹当道德登邓迪蒂丁东杜顿多厄恩尔法凡菲费芬丰冯佛弗"
    "福富盖甘冈高戈格根贡古瓜圭哈海汉豪赫黑亨洪胡华怀惠霍基吉加贾江杰津金卡凯坎康考科柯可克肯孔库夸奎昆拉莱兰朗劳"
    "勒雷蕾黎李里理利莉丽连廉良列林琳龙卢鲁露路伦罗洛吕马玛迈麦曼芒梅门蒙米密敏明摩莫默姆木穆拿纳娜奈南内尼涅宁牛"
    "纽努诺欧帕派潘庞佩蓬皮平坡珀普齐奇恰钱乔切琴琼丘萨塞赛桑森沙莎山尚舍申圣施什史士舒斯丝司松苏索塔泰坦汤唐陶特"
    "腾滕提廷汀通图托瓦万旺威维韦薇魏温文翁沃乌伍武西希锡夏先香肖谢辛欣休许雪逊雅亚延扬耶叶伊依易因英尤于约扎泽曾"
    "詹珍芝朱兹祖佐哲娅妮蒂芙茜黛翰赖狄葛霖蜜翠斐嘉茉茱蕊瑞辉雯琪薇娃倪璐启弥撒尧庄邱璞贡姬昔梭吴莲瑟"
)
SPELLING = _SPELLED + traditional_of(_SPELLED)
"""What transliterated names are written with, in simplified and traditional characters."""
_BEFORE_NAMES = frozenset("在和与及对向据被把是有称由从至到比给让经以而但若")
_AFTER_NAMES = frozenset("说是为等及任曾于在外和与的并也将受起至收后前")
_OFFICE = re.compile(r"(?<=..)(?:政府|公司|国家|总统|外交部|国务院|国防部|人民|天皇|帝国|大使馆|独立)\Z")
_LISTED_FREQUENCY = 3
"""As of the rarest words of jieba's dictionary: any way to cut a text into commoner words wins."""
_FOLDED_DOTS = str.maketrans(dict.fromkeys(_DOTS, _DOTS[0]))
_UNIT = re.compile(r"[年月日号號时時点點分秒](?![代份钟鐘])")
DOTTED_NAME = re.compile(rf"[{SPELLING}]{{1,8}}(?:[{_DOTS}](?:[A-Z]\.?[{_DOTS}])?[{SPELLING}]{{1,8}})+")


@cache
def dictionary_words() -> Words:
    """Words by jieba's dictionary alone, loaded once and shared by all who teach it nothing."""
    words = Words()
    words.load()
    return words


class Words:
    """Cuts one row's text into words; jieba's dictionary comes in slices so that a window never freezes."""

    def __init__(self) -> None:
        self.ready = False
        self._tokenizer: Any = None
        self._added: Counter[str] = Counter()
        self._listed: Counter[str] = Counter()
        self._own: dict[str, int] = {}
        self._mixed = _Mixed()
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
                if word[0] < _FIRST_HAN or word[-1] < _FIRST_HAN:
                    self._mixed.add(word)
                if number % _BATCH == 0 and time.perf_counter() - began > _SLICE_SECONDS:
                    yield
                    began = time.perf_counter()
        tokenizer.FREQ, tokenizer.total = frequencies, total
        tokenizer.initialized = True
        self._tokenizer = tokenizer
        yield from self._each([*self._listed, *self._added], self._weigh)
        self.ready = True

    def load(self) -> None:
        """Load jieba's dictionary at once (a second or so)."""
        for _ in self.load_slices():
            pass

    def add(self, word: str) -> None:
        """Take `word` as one Chinese word from now on; white space and one-character words are ignored.

        Added twice, it must be removed twice.
        """
        for _ in self.add_slices((word,)):
            pass

    def remove(self, word: str) -> None:
        """Take an `add` back."""
        for _ in self.remove_slices((word,)):
            pass

    def add_slices(self, words: Iterable[str]) -> Iterator[None]:
        """`add` many, a few milliseconds at a time."""
        return self._each(words, partial(self._more, self._added))

    def remove_slices(self, words: Iterable[str]) -> Iterator[None]:
        """`remove` many, in slices too."""
        return self._each(words, partial(self._less, self._added))

    def list_slices(self, words: Iterable[str]) -> Iterator[None]:
        """Take the words of a dictionary along, a few milliseconds at a time."""
        return self._each(words, partial(self._more, self._listed))

    def unlist_slices(self, words: Iterable[str]) -> Iterator[None]:
        """Take a `list_slices` back, in slices too."""
        return self._each(words, partial(self._less, self._listed))

    def _each(self, words: Iterable[str], do: Callable[[str], None]) -> Iterator[None]:
        began = time.perf_counter()
        for number, word in enumerate(words):
            do(_folded(word))
            if number % _BATCH == 0 and time.perf_counter() - began > _SLICE_SECONDS:
                yield
                began = time.perf_counter()
        self._cached.cache_clear()

    def _more(self, counts: Counter[str], word: str) -> None:
        if len(word) > 1:
            counts[word] += 1
            self._weigh(word)

    def _less(self, counts: Counter[str], word: str) -> None:
        if word in counts:
            counts[word] -= 1
            if not counts[word]:
                del counts[word]
            self._weigh(word)

    def _weigh(self, word: str) -> None:
        """Give the tokenizer the weight that a word has by all who know it."""
        if not _ALL_HAN.fullmatch(word):
            (self._mixed.add if word in self._added or word in self._listed else self._mixed.remove)(word)
            return
        if self._tokenizer is None:
            return
        known = self._tokenizer.FREQ
        own = self._own.setdefault(word, known.get(word, 0))
        if word in self._added:
            known[word] = _frequency(self._tokenizer, word)
        else:
            known[word] = own or (_LISTED_FREQUENCY if word in self._listed else 0)
        for end in range(1, len(word)):
            known.setdefault(word[:end], 0)

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
        names = (name.span() for name in DOTTED_NAME.finditer(text))
        for start, end in (*names, *self._mixed.found(_folded(text, strip=False), edges)):
            edges.difference_update(range(start + 1, end))
            edges.update((start, end))
        yield from pairwise(sorted(edges))

    def _han_edges(self, run: str, offset: int) -> Iterator[int]:
        if not self.ready:
            yield from range(offset, offset + len(run))
            return
        # The dictionary is a simplified one.
        for word in self._tokenizer.cut(simplified(run)):
            for part in (word,) if word in self._added else _parts(word, self._tokenizer.FREQ):
                yield offset
                offset += len(part)


class _Mixed:
    """Words of Chinese characters and others: T恤, C罗, 约翰•科尔曼. The tokenizer never sees them whole."""

    def __init__(self) -> None:
        self._by_head: dict[str, set[str]] = {}

    def add(self, word: str) -> None:
        self._by_head.setdefault(word[0], set()).add(word)

    def remove(self, word: str) -> None:
        self._by_head.get(word[0], set()).discard(word)

    def found(self, text: str, edges: Container[int]) -> Iterator[Range]:
        """Where they stand, longest first from the left; never with half of a run of letters or digits."""
        at = 0
        while at < len(text):
            if not self._by_head.get(text[at]):
                at += 1
                continue
            end = max(self._ends(text, at, edges), default=at)
            if end > at:
                yield at, end
            at = max(end, at + 1)

    def _ends(self, text: str, at: int, edges: Container[int]) -> Iterator[int]:
        for word in self._by_head.get(text[at], ()):
            end = at + len(word)
            starts = word[0] >= _FIRST_HAN or at in edges
            if starts and (word[-1] >= _FIRST_HAN or end in edges) and text.startswith(word, at):
                yield end


def _folded(word: str, *, strip: bool = True) -> str:
    """In simplified characters, with one kind of dot; the length stays but for white space at the ends."""
    word = simplified(word).translate(_FOLDED_DOTS)
    return word.strip() if strip else word


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
