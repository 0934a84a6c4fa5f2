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
_DICTIONARY_TRUST = 0.45
_GLOSSARY_TRUST = 0.6
_LARGEST_GLOSSARY = 3000
_LONE_CHARACTER = 0.55
_PHRASE = 0.4
_WORD_OF_PHRASE = 0.2
_ROUND_IT = frozenset(["to", "a", "an", "the", "be", "of", "sb", "sth", "one", "oneself", "etc", "s"])
_LIGHT_WORDS = """
and are being down for from get giv go have into it mak not off on one out over s sb somebod something sth tak
the up very who which with
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
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

    def only(self, words: Iterable[str]) -> Lexicon:
        """These words of it, as far as it has them."""
        return Lexicon({word: self._entries[word] for word in words if word in self._entries})


class Source(NamedTuple):
    """A lexicon and how far it can be trusted.

    Attributes:
        trust: how often, 0 to 1, the counterpart of a word has one of the equivalents listed, chance taken
            off.
        beside: how much its equivalents count for words that a source before it knows too.
        measured: whether the trust is each equivalent's own, not that of all together; the equivalents are
            then given as `folded` makes them.
    """

    lexicon: Lexicon
    trust: float
    beside: float = 0.03
    measured: bool = False


class Known(NamedTuple):
    """What all sources together know of a word.

    `shares` weighs its equivalents, folded, against each other; `trust` is that of all of these, the highest
    of the sources. `own` are equivalents with a trust of their own, to which `trust` leaves the rest.
    """

    shares: dict[str, float]
    trust: float
    own: dict[str, float]


class LexiconStack:
    """Several lexicons, asked as one."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources = tuple(sources)
        self._words = frozenset[str]().union(*(source.lexicon for source in self.sources))
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
        own: dict[str, float] = {}
        shares: dict[str, float] = {}
        trust = 0.0
        for source in self.sources:
            equivalents = source.lexicon.equivalents(zh_word)
            if source.measured:
                own |= {key: source.trust for key in equivalents if key not in own}
                continue
            ranked = _ranked(equivalents)
            share = source.beside if shares else 1.0
            for key, weight in ranked.items():
                shares.setdefault(key, share * weight)
            if ranked:
                trust = max(trust, source.trust)
        if not shares and not own:
            return None
        trust *= _LONE_CHARACTER if len(zh_word) == 1 else 1.0
        return Known(shares, trust, own)

    def cut(self, sentence: str) -> list[str]:
        """The known words of a Chinese sentence, longest first from the left, simplified; no others."""
        return [word for word, known in self._pieces(simplified(sentence)) if known]

    def unknown(self, sentence: str) -> list[str]:
        """The stretches of a Chinese sentence that no known word of several characters covers, simplified."""
        stretches = [""]
        for word, _ in self._pieces(simplified(sentence)):
            if len(word) == 1 and _HAN.match(word):
                stretches[-1] += word
            elif stretches[-1]:
                stretches.append("")
        return [stretch for stretch in stretches if len(stretch) > 1]

    def _pieces(self, sentence: str) -> Iterator[tuple[str, bool]]:
        """The sentence in order as known words and single characters, each with whether it is known."""
        at, end = 0, len(sentence)
        while at < end:
            for length in self._lengths.get(sentence[at], ()):
                word = sentence[at : at + length]
                if word in self._words:
                    yield word, True
                    break
            else:
                length = 1
                yield sentence[at], False
            at += length

    def within(self, zh: str) -> LexiconStack:
        """What of it a Chinese text can ask for: aligns that text the same, and is small."""
        asked = self._words.intersection(self._runs(simplified(zh)))
        return LexiconStack(source._replace(lexicon=source.lexicon.only(asked)) for source in self.sources)

    def _runs(self, text: str) -> Iterator[str]:
        for at, head in enumerate(text):
            for length in self._lengths.get(head, ()):
                yield text[at : at + length]

    def _lengths_by_head(self) -> dict[str, tuple[int, ...]]:
        """By first character, the lengths that words have, longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


def _ranked(equivalents: Iterable[str]) -> dict[str, float]:
    """Folded equivalents, each with its weight against the first; of phrases their telling words too."""
    weights: dict[str, float] = {}
    keys = dict.fromkeys(key for equivalent in equivalents if (key := folded(equivalent)))
    for rank, key in enumerate(keys, 1):
        weight = rank**-1.2
        weights[key] = max(weights.get(key, 0.0), weight * _PHRASE ** key.count(" "))
        if " " in key:
            telling = [word for word in key.split(" ") if len(word) > 2 and word not in _LIGHT]
            for word in telling:
                weights.setdefault(word, weight * _WORD_OF_PHRASE / len(telling))
    return weights


def folded(equivalent: str) -> str:
    """An equivalent folded word by word, without the small words that dictionaries put round it."""
    words = _WORD.findall(equivalent)
    telling = [word for word in words if word.lower() not in _ROUND_IT]
    return " ".join(map(fold, telling or words))


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
    the likeliest first. A large one counts for words that the program does not know; a small one is a
    person's own glossary, which counts for others too.
    """
    added = [
        Source(Lexicon(entries), _GLOSSARY_TRUST, beside=1.0)
        if len(entries) <= _LARGEST_GLOSSARY
        else Source(Lexicon(entries), _DICTIONARY_TRUST)
        for entries in dictionaries
    ]
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
