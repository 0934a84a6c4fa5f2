"""TMX, the format of translation memories, as far as it holds words: `tu/tuv/seg`.

Codes of another program's formatting inside a segment are no part of the word.
"""

from __future__ import annotations

from annotator.formats.dictionary.shape import Shape

SHAPE = Shape(
    roots=frozenset({"tmx"}),
    concepts=frozenset({"tu"}),
    languages=frozenset({"tuv"}),
    terms=frozenset({"seg"}),
    unread=frozenset({"bpt", "ept", "it", "ph", "ut"}),
)
