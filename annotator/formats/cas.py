"""A UIMA CAS as the text of an XMI file, made element by element.

The library that reads XMI can write it as well, but it goes through the whole list of annotations again for
each of them, which takes minutes where a document has a hundred thousand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from annotator.core.pair import Segment
from annotator.formats.marked import value

INITIAL = "_InitialView"
"""The view that every CAS has."""

_HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
_OWN = {"xmi": "http://www.omg.org/XMI", "cas": "http:///uima/cas.ecore"}


class Cas:
    """Views and what is annotated in them. Elements are `prefix:Name`, the prefixes those of `namespaces`."""

    def __init__(self, namespaces: dict[str, str]) -> None:
        self._namespaces = namespaces
        self._elements: list[str] = []
        self._views: list[View] = []
        self._last = 0

    def new_ids(self, count: int = 1) -> range:
        """Ids; they count up from 1."""
        made = range(self._last + 1, self._last + 1 + count)
        self._last += count
        return made

    def view(self, name: str, text: str | None = None) -> View:
        """A new view, of a text or of nothing."""
        made = View(self, name, len(self._views) + 1, text)
        self._views.append(made)
        return made

    def add(self, elements: Iterable[str]) -> None:
        """Take elements."""
        self._elements += elements

    def xml(self) -> str:
        """The file."""
        used = {element[1 : element.index(":")] for element in self._elements}
        spaces = _OWN | {name: url for name, url in self._namespaces.items() if name in used}
        declared = " ".join(f'xmlns:{name}="{url}"' for name, url in spaces.items())
        return "".join(
            (
                f'{_HEAD}<xmi:XMI {declared} xmi:version="2.0"><cas:NULL xmi:id="0"/>',
                *self._elements,
                *(view.sofa() for view in self._views),
                *(view.listed() for view in self._views),
                "</xmi:XMI>",
            )
        )


class View:
    """A text, the elements in it, and the way from its code points to UTF-16 units."""

    def __init__(self, cas: Cas, name: str, number: int, text: str | None) -> None:
        self._cas, self._name, self._number, self._text = cas, name, number, text
        (self._id,) = cas.new_ids()
        self._members: list[int] = []
        whole = text or ""
        self._pairs = [] if whole.isascii() else [at for at, char in enumerate(whole) if char > "\uffff"]

    def add(self, element: str, start: int, end: int, more: str = "") -> int:
        """Annotate `[start, end)`; the id of what was made. `more` are further attributes as XML."""
        (made,) = self._cas.new_ids()
        self._members.append(made)
        if self._pairs:
            start, end = start + bisect_left(self._pairs, start), end + bisect_left(self._pairs, end)
        place = f'sofa="{self._id}" begin="{start}" end="{end}"'
        self._cas.add([f'<{element} xmi:id="{made}" {place}{more}/>'])
        return made

    def add_all(self, element: str, places: list[Segment], origin: int) -> None:
        """Annotate each of these places, which count from `origin`."""
        if self._pairs:
            for start, end in places:
                self.add(element, origin + start, origin + end)
            return
        ids = self._cas.new_ids(len(places))
        self._members += ids
        self._cas.add(
            f'<{element} xmi:id="{made}" sofa="{self._id}" begin="{origin + start}" end="{origin + end}"/>'
            for made, (start, end) in zip(ids, places, strict=True)
        )

    def sofa(self) -> str:
        """The element of the text."""
        said = f'xmi:id="{self._id}" sofaNum="{self._number}" sofaID="{value(self._name)}"'
        if self._text is not None:
            said += f' mimeType="text/plain" sofaString="{value(self._text)}"'
        return f"<cas:Sofa {said}/>"

    def listed(self) -> str:
        """The element that lists what is in the view."""
        return f'<cas:View sofa="{self._id}" members="{" ".join(map(str, self._members))}"/>'
