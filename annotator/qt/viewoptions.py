"""The settings that concern the parallel view, handed to it."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.qt.parallel.view import ParallelView
from annotator.settings import Settings


def dress(view: ParallelView, settings: Settings) -> None:
    """Show the text as the settings say."""
    families = {side: settings.get(f"font_{side}") for side in ("zh", "en")}
    options = replace(
        view.options,
        swapped=settings.get("swapped"),
        arrangement=settings.get("layout"),
        show_tags=settings.get("all_tags"),
        snap=settings.get("snap") == "word",
        zh_families=(families["zh"],) if families["zh"] else (),
        en_families=(families["en"],) if families["en"] else (),
    )
    if options != view.options:
        view.set_options(options)
    view.setProperty("zoom", settings.get("zoom") / 100)
