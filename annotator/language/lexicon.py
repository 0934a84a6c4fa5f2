"""Words and their equivalents: what the program brings, and what users and projects add to it.

A `Lexicon` is one source. A `LexiconStack` lays several over each other, each with the trust that it
deserves: dictionaries that a user adds and equivalents learnt from a project plug in beside the core lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from annotator.core.resources import resource
from annotator.language.script import simplified

# How often the counterpart of a word has an equivalent that is listed, chance taken off.
_CORE_TRUST = 0.52
_DICTIONARY_TRUST = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouy]")
_IRREGULAR_FORMS = """
be am is are was were been being | have has had having | do does did done doing | go goes went gone going |
say said | see saw seen | come came | take took taken | get got gotten | give gave given | know knew known |
think thought | tell told | find found | leave left | feel felt | bring brought | keep kept | begin began
begun | hold held | write wrote written | stand stood | hear heard | mean meant | meet met | run ran | pay
paid | sit sat | speak spoke spoken | lead led | grow grew grown | lose lost | fall fell fallen | send sent
| build built | understand understood | draw drew drawn | break broke broken | spend spent | rise rose risen
| drive drove driven | buy bought | wear wore worn | choose chose chosen | seek sought | throw threw thrown
| catch caught | deal dealt | win won | forget forgot forgotten | lay laid | sell sold | fight fought |
teach taught | eat ate eaten | sing sang sung | strike struck stricken | hang hung | shake shook shaken |
ride rode ridden | feed fed | shoot shot | drink drank drunk | hide hid hidden | fly flew flown | sleep
slept | shine shone | swim swam swum | steal stole stolen | blow blew blown | bear bore borne | lie lay lain
lying | tear tore torn | wake woke woken | sink sank sunk | weep wept | bend bent | swear swore sworn | bite
bit bitten | dig dug | freeze froze frozen | forgive forgave forgiven | stick stuck | sweep swept | swing
swung | dream dreamt | learn learnt | burn burnt | bind bound | kneel knelt | leap leapt | creep crept |
flee fled | lend lent | make made | become became | man men | woman women | child children | foot feet |
tooth teeth | mouse mice | goose geese | person persons | life lives | wife wives | knife knives | leaf
leaves | half halves | thief thieves | wolf wolves | self selves | shelf shelves | die died dying dies | tie
tied tying | good better best | bad worse worst | far farther farthest further furthest | die dead | cry
cried cries | sorrow sorrowful | anger angry | colour color | centre center | neighbour neighbor | labour
labor | honour honor | defence defense | grey gray | programme program | theatre theater | us we | use used
using | yuan yuans
"""
_UNCHANGED_WORDS = """
across ally always anything apply as bed belly bleed breed bring bully bus business ceiling class cross
dress during early else evening everything family feed gas glass grass has his holy hundred indeed is its
jelly july king lens less need news none nothing offspring one only pass perhaps plus red reply ring seed
series sing something species speed spring states sting string supply swing thing this thus united us was
wing yes
"""
_UNCHANGED = frozenset(_UNCHANGED_WORDS.split())


class Lexicon:
    """One source: Chinese words, simplified, with their English equivalents."""

    def __init__(self, entries: Mapping[str, tuple[str, ...]]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __contains__(self, word: object) -> bool:
        return word in self._entries

    def equivalents(self, zh_word: str) -> tuple[str, ...]:
        """The English equivalents of a word, simplified or traditional; empty if it is not known."""
        return self._entries.get(zh_word) or self._entries.get(simplified(zh_word), ())


class Source(NamedTuple):
    """A lexicon and how often, 0 to 1, the counterpart of a word has one of the equivalents it lists."""

    lexicon: Lexicon
    trust: float


class Known(NamedTuple):
    """What all sources together know of a word: its equivalents, each word folded, and the highest trust."""

    keys: frozenset[str]
    trust: float


class LexiconStack:
    """Several lexicons, asked as one."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources = tuple(sources)
        self._lengths = self._lengths_by_head()
        self._known: dict[str, Known | None] = {}

    def equivalents(self, zh_word: str) -> tuple[str, ...]:
        """The equivalents of all sources, the first source's first, each once."""
        found = (each for source in self.sources for each in source.lexicon.equivalents(zh_word))
        return tuple(dict.fromkeys(found))

    def known(self, zh_word: str) -> Known | None:
        """What is known of a simplified word; None if no source has it."""
        if zh_word not in self._known:
            self._known[zh_word] = self._look_up(zh_word)
        return self._known[zh_word]

    def _look_up(self, zh_word: str) -> Known | None:
        trusts = [source.trust for source in self.sources if zh_word in source.lexicon]
        if not trusts:
            return None
        phrases = (_WORD.findall(equivalent) for equivalent in self.equivalents(zh_word))
        keys = frozenset(" ".join(map(fold, words)) for words in phrases if words)
        return Known(keys, max(trusts))

    def cut(self, sentence: str) -> list[str]:
        """The known words of a Chinese sentence, longest first from the left, simplified; no others."""
        sentence = simplified(sentence)
        words = []
        at, end = 0, len(sentence)
        while at < end:
            for length in self._lengths.get(sentence[at], ()):
                word = sentence[at : at + length]
                if len(word) == length and any(word in source.lexicon for source in self.sources):
                    words.append(word)
                    at += length - 1
                    break
            at += 1
        return words

    def within(self, zh: str) -> LexiconStack:
        """What of it a Chinese text can ask for: aligns that text the same, and is small."""
        asked = frozenset(self._runs(simplified(zh)))
        return LexiconStack(
            Source(
                Lexicon({word: source.lexicon.equivalents(word) for word in asked if word in source.lexicon}),
                source.trust,
            )
            for source in self.sources
        )

    def _runs(self, text: str) -> Iterator[str]:
        for at, head in enumerate(text):
            for length in self._lengths.get(head, ()):
                yield text[at : at + length]

    def _lengths_by_head(self) -> dict[str, tuple[int, ...]]:
        """By first character, the lengths that words have, longest first."""
        lengths: dict[str, set[int]] = {}
        for source in self.sources:
            for word in source.lexicon:
                lengths.setdefault(word[0], set()).add(len(word))
        return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


def english_keys(sentence: str) -> frozenset[str]:
    """The folded words of an English sentence."""
    return frozenset(map(fold, _WORD.findall(sentence)))


@cache
def core() -> Lexicon:
    """The lexicon that the program brings."""
    entries: dict[str, tuple[str, ...]] = {}
    for path in sorted(resource("lexicon").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            word, _, equivalents = line.partition("\t")
            entries[word] = tuple(equivalents.split("|"))
    return Lexicon(entries)


def stack_of(
    dictionaries: Iterable[Mapping[str, tuple[str, ...]]] = (), learnt: Iterable[Source] = ()
) -> LexiconStack:
    """The program's own lexicon with dictionaries that a user added, and what a project taught.

    `dictionaries` are as `read_dictionary` gives them: simplified Chinese words with English equivalents,
    the likeliest first. The more a dictionary lists for a word, the less each of it counts.
    """
    added = [Source(Lexicon(entries), _DICTIONARY_TRUST) for entries in dictionaries]
    return LexiconStack([*core_stack().sources, *added, *learnt])


@cache
def core_stack() -> LexiconStack:
    """Nothing but what the program brings."""
    return LexiconStack([Source(core(), _CORE_TRUST)])


@cache
def _irregular() -> dict[str, str]:
    groups = (group.split() for group in _IRREGULAR_FORMS.split("|"))
    return {form: words[0] for words in groups for form in words[1:]}


@cache
def fold(word: str) -> str:
    """An English word without the endings of number, tense and adverb, in small letters.

    What is left need not be a word: `making` and `make` give `mak`. Rules and a table of irregular forms.
    """
    word = word.lower()
    word = _irregular().get(word, word)
    if len(word) < 4 or word in _UNCHANGED:
        return word
    for ending in ("ies", "ied", "ily"):
        if word.endswith(ending) and len(word) > 4:
            return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zes")) else word[:-1]
    for ending in ("ing", "ed", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and word not in _UNCHANGED and len(stem) > 2 and _VOWEL.search(stem):
            word = _undoubled(stem) if ending != "ly" else stem
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _undoubled(stem: str) -> str:
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
    return stem[:-1] if doubled else stem
