"""All mentions of a pair at once: who goes with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from annotator.language.counterpart.assign import assign
from annotator.language.counterpart.candidate import NOTHING, Candidate, Direction, Knowledge, Mention
from annotator.language.counterpart.dated import date_candidates
from annotator.language.counterpart.english import runs
from annotator.language.counterpart.pool import GLOSS, latin_share
from annotator.language.counterpart.stretch import stretch
from annotator.language.counterpart.tables import in_english, of_chinese, of_english
from annotator.language.counterpart.titled import titled
from annotator.language.counterpart.to_chinese import chinese_candidates
from annotator.language.counterpart.to_english import english_candidates
from annotator.language.words import DOTTED_NAME

_SURE_ENOUGH = 0.58
_PHRASE = 0.3
_NEAR = 0.04
_LEFT_OVER = 0.35
_MOST = 40
_PREPOSITION = re.compile(
    r"(?:(?:on|in|at|by|since|from|until|during)\s+)?(?:the\s+)?(?=\S)|[在于於自从從到]", re.IGNORECASE
)
_NAMED = ("PERSON", "PLACE", "DATE")


def counterparts(
    zh: str, en: str, mention: Mention, direction: Direction, known: Knowledge = NOTHING
) -> list[Candidate]:
    """What may say the same on the other side of a pair, best first.

    Args:
        zh, en: the two texts of the pair.
        mention: of `zh` if the direction is "zh-en", else of `en`.
    """
    label = mention.label.partition("/")[0]
    mention = mention._replace(label=label)
    if label == "THEME":
        return stretch(zh, en, mention, direction, known)
    there, here = (en, zh) if direction == "zh-en" else (zh, en)
    if label == "DATE":
        found = date_candidates(zh, en, mention, direction, known)
    elif direction == "zh-en":
        found = english_candidates(zh, en, mention, known)[:_MOST]
    else:
        found = chinese_candidates(zh, en, mention, known)[:_MOST]
    if label not in _NAMED:
        found = [*found, *titled(zh, en, mention, direction, found)]
        found.extend(stretch(zh, en, mention, direction, known))
    placed = [_nearer(one, mention, here, there) for one in found]
    return sorted(placed, key=lambda one: (-one.score, one.start, -one.end))


def _nearer(one: Candidate, mention: Mention, here: str, there: str) -> Candidate:
    """A little is taken off for standing elsewhere in the sentence."""
    away = abs(mention.start / max(1, len(here)) - one.start / max(1, len(there)))
    return one._replace(score=max(0.0, round(one.score - _NEAR * away, 4)))


def project(
    zh: str, en: str, mentions: Sequence[Mention], direction: Direction, known: Knowledge = NOTHING
) -> list[tuple[Mention, Candidate]]:
    """The counterparts of all mentions of a pair, none given to two; mentions without one are left out.

    A Chinese name and its gloss in Latin letters share one English counterpart; an English name gets both.
    """
    named = [one for one in mentions if one.label.partition("/")[0] != "THEME"]
    others = [one for one in mentions if one not in named]
    found = _solve(zh, en, named, direction, known)
    if direction == "en-zh":
        found.extend(_glosses(zh, en, found))
    for mention in others:
        ranked = counterparts(zh, en, mention, direction, known)
        found.extend((mention, one) for one in ranked[:1])
    return sorted(found, key=lambda pair: (pair[0][:2], pair[1][:2]))


def _solve(
    zh: str, en: str, mentions: Sequence[Mention], direction: Direction, known: Knowledge
) -> list[tuple[Mention, Candidate]]:
    groups = _groups(zh, en, mentions) if direction == "zh-en" else [[one] for one in mentions]
    tables = [_of_group(zh, en, group, direction, known) for group in groups]
    chosen = _choose(tables, groups)
    columns = sorted({(one.start, one.end) for one in chosen.values()})
    scores = [
        [_score_at(table, column, _least(group[0].label)) for column in columns]
        for group, table in zip(groups, tables, strict=True)
    ]
    found: list[tuple[Mention, Candidate]] = []
    free = []
    for group, table, column in zip(
        groups, tables, assign(scores) if columns else [-1] * len(groups), strict=True
    ):
        if column < 0:
            free.append(group)
            continue
        one = next(one for one in table if (one.start, one.end) == columns[column])
        found.extend((mention, one) for mention in group)
    found.extend(_left_over(zh, en, free, [one for _, one in found], direction, known))
    return found


def _groups(zh: str, en: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Names together with the glosses in brackets behind them."""
    groups: list[list[Mention]] = []
    for mention in sorted(mentions):
        before = groups[-1][-1] if groups else None
        between = zh[before.end : mention.start].strip() if before and before.label == mention.label else "-"
        latin = zh[mention.start : mention.end]
        # An English text with the same gloss has a counterpart for either.
        is_gloss = between in ("(", "（") and latin_share(latin) > 0.5 and f"({latin})" not in en
        if is_gloss:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _of_group(
    zh: str, en: str, group: Sequence[Mention], direction: Direction, known: Knowledge
) -> list[Candidate]:
    best: dict[tuple[int, int], Candidate] = {}
    for mention in group:
        for one in counterparts(zh, en, mention, direction, known):
            place = one.start, one.end
            if place not in best or best[place].score < one.score:
                best[place] = one
    return sorted(best.values(), key=lambda one: -one.score)


def _choose(
    tables: Sequence[Sequence[Candidate]], groups: Sequence[Sequence[Mention]]
) -> dict[int, Candidate]:
    """Greedily, the best first, without overlaps: which stretches are counterparts at all."""
    ranked = sorted(
        (
            (one.score, -row, one)
            for row, table in enumerate(tables)
            for one in table
            if one.score >= _least(groups[row][0].label)
        ),
        reverse=True,
    )
    nested = {
        (one, other)
        for one, mentions in enumerate(groups)
        for other, others in enumerate(groups)
        if one != other and mentions[0].start < others[0].end and others[0].start < mentions[0].end
    }
    chosen: dict[int, Candidate] = {}
    for _, minus_row, one in ranked:
        taken = any(
            one.start < other.end and other.start < one.end and (-minus_row, row) not in nested
            for row, other in chosen.items()
        )
        if -minus_row not in chosen and not taken:
            chosen[-minus_row] = one
    return chosen


def _least(label: str) -> float:
    """The score from which a candidate counts; a phrase is never as sure as a name."""
    return _SURE_ENOUGH if label in _NAMED else _PHRASE


def _score_at(table: Sequence[Candidate], place: tuple[int, int], least: float) -> float:
    return max(
        (one.score for one in table if (one.start, one.end) == place and one.score >= least),
        default=0.0,
    )


def _left_over(
    zh: str,
    en: str,
    free: Sequence[Sequence[Mention]],
    taken: Sequence[Candidate],
    direction: Direction,
    known: Knowledge,
) -> list[tuple[Mention, Candidate]]:
    """What follows from the rest: one name without counterpart, and one that nobody has, belong together."""
    found: list[tuple[Mention, Candidate]] = []
    people = [group for group in free if group[0].label == "PERSON"]
    here = zh if direction == "zh-en" else en
    places = [
        group for group in free if group[0].label == "PLACE" and not _is_known(here, group[0], direction)
    ]
    for group in people if len(people) == 1 else places if len(places) == 1 and not people else []:
        for place in _rest(zh, en, taken, direction):
            found.extend((mention, Candidate(*place, _LEFT_OVER, "left")) for mention in group)
    for group in free:
        if group[0].label == "DATE":
            found.extend(_left_date(zh, en, group[0], taken, direction, known))
    return found


def _is_known(here: str, mention: Mention, direction: Direction) -> bool:
    """Whether a table has the name: then its counterpart would have been found."""
    name = here[mention.start : mention.end]
    return bool(of_chinese(name) if direction == "zh-en" else of_english(name))


def _rest(zh: str, en: str, taken: Sequence[Candidate], direction: Direction) -> list[tuple[int, int]]:
    """The only name of the other side that nobody has; else none."""
    if direction == "zh-en":
        places = _names_in_english(en)
    else:
        places = [match.span() for match in DOTTED_NAME.finditer(zh)]
    rest = [
        place for place in places if not any(one.start < place[1] and place[0] < one.end for one in taken)
    ]
    return rest if len(rest) == 1 else []


def _left_date(
    zh: str, en: str, mention: Mention, taken: Sequence[Candidate], direction: Direction, known: Knowledge
) -> Iterator[tuple[Mention, Candidate]]:
    """A date that cannot be read goes where its words go."""
    for one in stretch(zh, en, mention, direction, known):
        if one.reason == "meaning" and not any(
            one.start < other.end and other.start < one.end for other in taken
        ):
            there = en if direction == "zh-en" else zh
            bare = _PREPOSITION.match(there, one.start)
            yield mention, one._replace(start=bare.end() if bare else one.start, score=_LEFT_OVER)


def _names_in_english(en: str) -> list[tuple[int, int]]:
    """Whole runs of capitalised words that no table knows, and not those that open the text."""
    known = in_english(en)
    wholes = [key for key, _ in groupby(run.whole for run in runs(en))]
    return [
        place
        for place in wholes
        if place[0] > 0
        and not any(found.start < place[1] and place[0] < found.end for found in known)
        and not en[place[0] : place[1]].isupper()
    ]


def _glosses(zh: str, en: str, found: Sequence[tuple[Mention, Candidate]]) -> list[tuple[Mention, Candidate]]:
    """Beside every Chinese name that was found, the same in Latin letters in brackets behind it."""
    more: list[tuple[Mention, Candidate]] = []
    for mention, one in found:
        gloss = GLOSS.match(zh, one.end)
        if gloss and f"({gloss['latin']})" in en:
            continue
        if gloss and zh[gloss.end() - 1] in ")）" and mention.label in ("PERSON", "PLACE"):
            more.append((mention, Candidate(gloss.start("latin"), gloss.end("latin"), one.score, "gloss")))
    return more
