"""Sentences to learn from, made from parts, with the people and places in them."""

from __future__ import annotations

import random

from annotator.core.span import Side
from annotator.language.crf.tags import Labelled

PARTS = {
    "zh": (
        ("顾岚", "沈默然", "乔远山", "罗小满", "阿伊莎·贝克", "托马斯·里德"),
        ("海口", "云浮", "青石镇", "柳河村", "临江", "白沙岛"),
        (
            "{p}昨天从{q}回来。",
            "记者{p}在{q}说，雨停了。",
            "{q}的{p}写了一封信。",
            "大家都不说话。",
            "雨下了三天。",
        ),
    ),
    "en": (
        ("Gu Lan", "Maren Holt", "Thomas Reed", "Aisha Baker", "Owen Pike", "Lena Frost"),
        ("Haikou", "Brookfield", "Greystone", "Willow Bay", "Northam", "Lakemouth"),
        (
            "{p} came back from {q} yesterday.",
            "The reporter {p} said in {q} that it was over.",
            "A letter from {p} reached {q}.",
            "Nobody said a word.",
            "It rained for three days.",
        ),
    ),
}


def sentences(side: Side, count: int, seed: int = 1) -> list[tuple[str, list[Labelled]]]:
    """`count` sentences with what is right in them."""
    people, places, forms = PARTS[side]
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        person, place, form = chance.choice(people), chance.choice(places), chance.choice(forms)
        text = form.format(p=person, q=place)
        spans = [
            Labelled(text.index(name), text.index(name) + len(name), label)
            for name, label in ((person, "PERSON"), (place, "PLACE"))
            if name in text
        ]
        found.append((text, sorted(spans)))
    return found
