"""What is said of a plan before it is imported. No widgets."""

from __future__ import annotations

from annotator.core.messages import say
from annotator.services.importing import ImportPlan


def summary(plan: ImportPlan) -> str:
    """A sentence that says what was understood."""
    zh, en = len(plan.of_side("zh")), len(plan.of_side("en"))
    aside = sum(line.role == "aside" for line in plan.lines)
    layout = say(f"import.layout.{plan.arrangement}")
    key = {0: "import.summary", 1: "import.summary.one_aside"}.get(aside, "import.summary.aside")
    return say(key, zh=zh, en=en, layout=layout, aside=aside)


def remarks(plan: ImportPlan) -> list[str]:
    """What else is worth telling; which side is missing is told as it is by now."""
    told = [
        str(one) for one in plan.notices if not one.key.startswith(("import.missing", "import.set_aside"))
    ]
    return ([f"⚠ {say(f'import.missing_{plan.missing}')}"] if plan.missing else []) + told
