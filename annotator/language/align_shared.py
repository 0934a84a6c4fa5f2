"""The words, numbers and names that two texts share, with how far each can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from annotator.language.align_names import spelt_names
from annotator.language.align_words import FAR, WIDEST, SharedWords, Words
from annotator.language.cues import en_cues, zh_cues
from annotator.language.lexicon import Known, LexiconStack, english_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Row = NDArray[np.float64]

_CUE_TRUST = {"l": 0.8, "m": 0.9, "n": 0.8, "p": 0.8}
_ENGLISH_TRUST = 0.22
_EVERYWHERE = 0.3
_MOST_TRUST = 0.95
_CHARACTER_WEIGHT = 0.85
_NAME_WEIGHT = 0.85
_LOST_NUMBER_TRUST = 0.5
_NUMBER = "=n"
_REMEMBERED = 4096


def shared_words(zh: Sequence[str], en: Sequence[str], stack: LexiconStack) -> SharedWords:
    """The words of both sides that can be looked up on the other."""
    zh_names, en_names = spelt_names(zh, en)
    zh_words = (_zh_cues(one).union(stack.cut(one)) for one in zh)
    zh_at = _places(words | _marked(names) for words, names in zip(zh_words, zh_names, strict=True))
    en_at = _places(_en_keys(one) | _marked(names) for one, names in zip(en, en_names, strict=True))
    forth = {word: stack.known(word) or _cue(word) for word in zh_at}
    back: dict[str, Known] = {}
    for word, known in forth.items():
        for key, share in (known.shares | known.own).items():
            if " " in key and key not in en_at:
                en_at[key] = _with_all(key.split(" "), en_at)
            if len(en_at.get(key, ())):
                back.setdefault(key, Known({}, _ENGLISH_TRUST, {})).shares[word] = share
    back.update(
        (key, forth.get(key) or _cue(key)) for key in en_at if key in forth or key.startswith(_NUMBER)
    )
    return SharedWords(
        _words(forth, zh_at, en_at, len(en)), _words(back, en_at, zh_at, len(zh)), len(zh), len(en)
    )


def _cue(key: str) -> Known:
    return Known({}, 0.0, {key: _CUE_TRUST[key[1]]})


def _words(
    known: Mapping[str, Known], own_at: Mapping[str, Ints], other_at: Mapping[str, Ints], others: int
) -> Words:
    """The words that have an equivalent on the other side at all, but none that is everywhere.

    Numbers are kept without: a sentence with a number that the other side never has is likely alone.
    """
    import numpy as np

    own: list[Ints] = []
    found: list[tuple[int, float, Ints]] = []
    trust: list[float] = []
    weight: list[float] = []
    for word, about in known.items():
        places = _trusted_places(about, other_at, _EVERYWHERE * others + 1)
        whole = sum(share for share, _ in places)
        if whole == 0.0 and not word.startswith(_NUMBER):
            continue
        # No more translations than sentences with an equivalent can have taken one.
        most = whole * (sum(len(at) for _, at in places) + 0.5) / len(own_at[word])
        most = min(_MOST_TRUST, whole, most) or _LOST_NUMBER_TRUST
        found += [(len(own), share * most / whole, at) for share, at in places]
        own.append(own_at[word])
        trust.append(most)
        weight.append(_weight(word))
    other, odds = _odds(found, others)
    before, after = _neighbours(other, odds[0])
    return Words(
        np.repeat(np.arange(len(own)), [len(at) for at in own]),
        _joined(own),
        other // FAR,
        other % FAR,
        odds,
        before,
        after,
        np.array(trust),
        np.array(weight),
        others,
    )


def _odds(found: list[tuple[int, float, Ints]], others: int) -> tuple[Ints, list[Row]]:
    """Words with sentences, each as one number, and there the trust / chance of all equivalents by window.

    `found` has for every equivalent its word's number, its trust and its sentences.
    """
    import numpy as np

    counts = np.array([len(at) for _, _, at in found], dtype=np.int64)
    word = np.repeat(np.array([number for number, _, _ in found], dtype=np.int64), counts)
    # Sorted runs are what a stable sort is quick at, which numpy takes if it is asked for the index too.
    cells = word * FAR + _joined([at for _, _, at in found])
    places, _, where = np.unique(cells, return_index=True, return_inverse=True)
    trust = np.array([share for _, share, _ in found])
    chance = np.minimum(0.95, (counts + 0.5) / (others + 1))
    odds = []
    for window in range(1, WIDEST + 1):
        each = np.repeat(trust / (1 - (1 - chance) ** window), counts)
        odds.append(np.bincount(where, each, minlength=len(places)).astype(float))
    return places, odds


def _trusted_places(known: Known, at: Mapping[str, Ints], everywhere: float) -> list[tuple[float, Ints]]:
    """Where the equivalents of a word stand, with the trust in each.

    Of what lexicons list, a text has most often what it has most of; what was measured stays as it is.
    """
    places = [(trust, at[key]) for key, trust in known.own.items() if key in at]
    listed = [
        (share * len(at[key]), at[key])
        for key, share in known.shares.items()
        if key in at and key not in known.own
    ]
    whole = sum(share for share, _ in listed)
    left = known.trust * max(0.0, 1.0 - sum(known.own.values()))
    if whole:
        places += [(share * left / whole, found) for share, found in listed]
    return [(share, found) for share, found in places if 0 < len(found) <= everywhere]


def _weight(word: str) -> float:
    """How much of what a word says is its own: a lone character is often part of an unknown word."""
    if len(word) == 1 and not word.isascii():
        return _CHARACTER_WEIGHT
    return _NAME_WEIGHT if word.startswith("=p") else 1.0


def _neighbours(cells: Ints, odds: Row) -> tuple[Ints, Ints]:
    """For each place of a word the nearest before that says as much or more, and after that says more."""
    import numpy as np

    before, after = np.full(len(cells), -FAR), np.full(len(cells), FAR)
    for step in range(WIDEST - 1, 0, -1):
        one, two = slice(None, -step), slice(step, None)
        same = cells[one] // FAR == cells[two] // FAR
        ahead = same & (odds[one] >= odds[two])
        before[two][ahead] = cells[one][ahead] % FAR
        behind = same & (odds[two] > odds[one])
        after[one][behind] = cells[two][behind] % FAR
    return before, after


# Aligning anew after a correction meets the same sentences again.
@lru_cache(_REMEMBERED)
def _zh_cues(sentence: str) -> frozenset[str]:
    return _marked(zh_cues(sentence))


@lru_cache(_REMEMBERED)
def _en_keys(sentence: str) -> frozenset[str]:
    return _marked(en_cues(sentence)) | english_keys(sentence)


def _marked(cues: Iterable[str]) -> frozenset[str]:
    """Cues, told from words."""
    return frozenset(f"={cue}" for cue in cues)


def _places(sentences: Iterable[frozenset[str]]) -> dict[str, Ints]:
    import numpy as np

    places: dict[str, list[int]] = {}
    for at, words in enumerate(sentences):
        for word in words:
            places.setdefault(word, []).append(at)
    return {word: np.array(found) for word, found in places.items()}


def _with_all(words: Sequence[str], places: Mapping[str, Ints]) -> Ints:
    """The sentences that have every word of a phrase, in whatever order."""
    import numpy as np

    if not all(word in places for word in words):
        return np.zeros(0, dtype=np.int64)
    return reduce(_common, sorted((places[word] for word in set(words)), key=len))


def _common(few: Ints, many: Ints) -> Ints:
    import numpy as np

    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return np.asarray(few[many[at] == few])


def _joined(parts: list[Ints]) -> Ints:
    import numpy as np

    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
