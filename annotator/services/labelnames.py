"""The names of labels in files of other programs, and which of the project's labels they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from annotator.core.labels import Label
from annotator.core.project import Project
from annotator.extend import Reading

_SAME = {"per": "person", "loc": "place", "location": "place", "gpe": "place"}
_COLORS = ("#3F7BD0", "#17957A", "#C98A0C", "#B0609E", "#9A5FB5", "#B5533C", "#5C8A2B", "#4A6FA5")


class Labels:
    """The project's labels by whatever name a file may give them."""

    def __init__(self, project: Project, names: Mapping[str, str]) -> None:
        self._known: dict[str, str] = {}
        self.fresh: list[Label] = []
        ends: dict[str, list[str]] = {}
        for label in project.labels:
            ends.setdefault(plain(label.id.rpartition("/")[2]), []).append(label.id)
        for end, ids in ends.items():
            if len(ids) == 1:
                self._known[end] = ids[0]
        for label in reversed(project.labels):
            self._known |= {plain(name): label.id for name in label.name.values()}
        for label in reversed(project.labels):
            self._known[plain(label.id)] = label.id
        self._exact = {label.id: label.id for label in project.labels}
        self._exact |= {name: label for name, label in names.items() if label in self._exact}

    def find(self, name: str) -> str | None:
        """The label of the project that is meant."""
        wanted = plain(name)
        return self._exact.get(name) or self._known.get(wanted) or self._known.get(_SAME.get(wanted, wanted))

    def exact(self, name: str) -> str | None:
        """The label of just this id, or one that was given or made for this name."""
        return self._exact.get(name)

    def add(self, name: str, declared: Iterable[Label]) -> str:
        """A new label, as the file declares it, else of this name."""
        color = _COLORS[len(self.fresh) % len(_COLORS)]
        label = next((one for one in declared if one.id == name), None)
        made = label or Label(id=name.strip(), name={"en": name, "zh": name}, color=color)
        # A key or a parent may be taken or missing here.
        parent = made.parent if made.parent in self._exact else None
        made = replace(made, key="", parent=parent)
        self.fresh.append(made)
        self._exact[name] = self._exact[made.id] = made.id
        return made.id


def matched_labels(project: Project, reading: Reading) -> dict[str, tuple[int, str | None]]:
    """The labels of a reading by the names that it gives them, the most frequent first: how many annotations
    have one, and which label of the project it is by its name."""
    counts = Counter(span.label for found in reading.documents for span in found.spans)
    known = Labels(project, {})
    return {name: (count, known.find(name)) for name, count in counts.most_common()}


def plain(name: str) -> str:
    """A name without case and punctuation."""
    return "_".join(re.findall(r"\w+", name.casefold().replace("_", " ")))
