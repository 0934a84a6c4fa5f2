"""Units of translation by their language codes, made into rows of Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.extend import Extract, Loss, TextRow
from annotator.language.script import classify

_CODES: dict[str, Side] = {
    **dict.fromkeys(("zh", "zho", "chi", "cmn", "yue", "chinese"), "zh"),
    **dict.fromkeys(("en", "eng", "english"), "en"),
}
_SAMPLE = 400


def side_of_code(code: str) -> Side | None:
    """The side of a language code such as `zh-CN`, `en_GB` or `zho`."""
    return _CODES.get(code.replace("_", "-").partition("-")[0].strip().casefold())


def rows_of(
    units: Iterable[Mapping[Side, str]], name: str, lost: Counter[str], encoding: str = ""
) -> Extract:
    """Units as rows; those in one language alone are counted among what is lost.

    Raises:
        AnnotatorError: if none is in both languages.
    """
    rows: list[tuple[int, TextRow]] = []
    for number, unit in enumerate(units, 1):
        zh, en = unit.get("zh", "").strip(), unit.get("en", "").strip()
        if zh and en:
            rows.append((number, (zh, en)))
        else:
            lost["text.lost_untranslated"] += 1
    if not rows:
        raise AnnotatorError("error.text_no_pairs", file=name)
    return Extract("", ((0, ("zh", "en")), *rows), encoding, losses(lost))


def losses(lost: Mapping[str, int]) -> tuple[Loss, ...]:
    """What was counted, by its keys."""
    return tuple(Loss(key, count) for key, count in sorted(lost.items()) if count)


def sides_by_content(pairs: Sequence[tuple[str, str]]) -> tuple[Side, Side]:
    """Which of two texts, source and target, is Chinese, where nothing in the file says it."""
    sample = [pair for pair in pairs if all(pair)][:_SAMPLE]
    source = sum(classify(one) == "zh" for one, _ in sample)
    target = sum(classify(two) == "zh" for _, two in sample)
    return ("zh", "en") if source > target else ("en", "zh")
