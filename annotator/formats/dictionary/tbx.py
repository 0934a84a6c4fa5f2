"""TBX, the format of terminologies (ISO 30042): version 2, rooted in `martif`, and version 3, in `tbx`.

Both put the terms of a concept by language: `termEntry/langSet/tig/term` (or `ntig/termGrp/term`) in version
2, `conceptEntry/langSec/termSec/term` in version 3. Its two styles, which name the data categories by
attribute (DCA) or by element (DCT), differ only in what stands beside the terms.
"""

from __future__ import annotations

from annotator.formats.dictionary.shape import Shape

SHAPE = Shape(
    roots=frozenset({"martif", "tbx"}),
    concepts=frozenset({"termentry", "conceptentry"}),
    languages=frozenset({"langset", "langsec"}),
    terms=frozenset({"term"}),
)
