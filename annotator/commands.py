"""The command table: every action of the program as data. No Qt.

A row gives the id, the menu it stands in, its default keys (in Qt's portable notation) and when it is
enabled. Titles are catalog keys `command.<id>`; what a command does is bound to its id in the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from msgspec import Struct


class Situation(Struct, frozen=True):
    """What the user has before them, as far as commands care."""

    project: bool = False
    document: bool = False
    writable: bool = False
    selection: bool = False
    span: bool = False
    linked: bool = False
    suggestion: bool = False
    can_undo: bool = False
    can_redo: bool = False


When = Callable[[Situation], bool]
Scope = Literal["window", "text"]


def always(_: Situation) -> bool:
    """Enabled in every situation."""
    return True


def needs(*features: str) -> When:
    """Enabled when the situation has all of these features."""
    return lambda situation: all(getattr(situation, feature) for feature in features)


_project = needs("project")
_document = needs("document")
_write = needs("document", "writable")
_selection = needs("document", "selection")
_span = needs("document", "span")
_span_write = needs("document", "span", "writable")


def _can_label(situation: Situation) -> bool:
    return _write(situation) and (situation.selection or situation.span or situation.suggestion)


def _has_edges(situation: Situation) -> bool:
    return _write(situation) and (situation.span or situation.suggestion)


class Command(Struct, frozen=True):
    """One row of the table.

    `menu` is one of `MENUS`, or `menu/submenu`; rows of the same `menu` with different `group` are parted
    by a line. The keys of scope `text` work only while the parallel text has the focus, so that they may
    be single letters.
    """

    id: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    when: When = always
    scope: Scope = "window"
    group: int = 0
    icon: str = ""

    @property
    def title(self) -> str:
        """The catalog key of its title."""
        return f"command.{self.id}"


MENUS = ("file", "edit", "annotate", "navigate", "align", "view", "help")
"""The menu bar, in order; their titles are catalog keys `menu.<name>`."""

CARET = "caret"
"""The menu name of the caret's movements, which stand in the key sheet but in no menu."""

_FILE = (
    Command("file.new", "file", ("Ctrl+N",), icon="new"),
    Command("file.open", "file", ("Ctrl+O",), icon="open"),
    Command("file.recent", "file", ("Ctrl+Shift+O",)),
    Command("file.close", "file", ("Ctrl+W",), _project),
    Command("file.import", "file", ("Ctrl+I",), group=1, icon="import"),
    Command("file.import_folder", "file", group=1),
    Command("file.import_clipboard", "file", ("Ctrl+Shift+V",), group=1, icon="paste"),
    Command("file.import_annotations", "file", ("Ctrl+Shift+I",), needs("project", "writable"), group=1),
    Command("file.export", "file", ("Ctrl+E",), _project, group=1, icon="export"),
    Command("file.check", "file", (), _project, group=1, icon="check"),
    Command("file.document", "file", ("Alt+Return",), _document, group=2),
    Command("file.project", "file", (), _project, group=2),
    Command("file.remove_document", "file", (), _write, group=2, icon="delete"),
    Command("file.quit", "file", ("Ctrl+Q",), group=3),
)

_EDIT = (
    Command("edit.undo", "edit", ("Ctrl+Z",), needs("can_undo"), icon="undo"),
    Command("edit.redo", "edit", ("Ctrl+Shift+Z", "Ctrl+Y"), needs("can_redo"), icon="redo"),
    Command("edit.copy", "edit", ("Ctrl+C",), _selection, "text", group=1, icon="copy"),
    Command("edit.select_pair", "edit", ("Ctrl+A",), _document, "text", group=1),
    Command("edit.palette", "edit", ("Ctrl+Shift+P", "Ctrl+K"), group=2, icon="search"),
    Command("edit.dictionaries", "edit", group=2, icon="guideline"),
    Command("edit.settings", "edit", ("Ctrl+,",), group=2, icon="settings"),
)

_ANNOTATE = (
    Command("annotate.label", "annotate", ("L",), _can_label, "text", icon="label"),
    Command("annotate.occurrences", "annotate", ("O",), _can_label, "text", icon="occurrences"),
    Command("annotate.occurrences_project", "annotate", ("Shift+O",), _can_label, "text"),
    Command("span.select", "annotate", ("Return", "Enter"), _document, "text", group=1),
    Command("span.delete", "annotate", ("Del", "Backspace"), _span_write, "text", group=1, icon="delete"),
    Command("span.link", "annotate", ("K",), _span_write, "text", group=1, icon="link"),
    Command("span.unlink", "annotate", ("Shift+K",), needs("linked", "writable"), "text", 1, "unlink"),
    Command("span.certainty", "annotate", ("C",), _span_write, "text", group=1, icon="unsure"),
    Command("span.note", "annotate", ("I",), _span_write, "text", group=1, icon="note"),
    Command("span.start_word_back", "annotate/edges", ("A",), _has_edges, "text"),
    Command("span.start_word_on", "annotate/edges", ("S",), _has_edges, "text"),
    Command("span.end_word_back", "annotate/edges", ("D",), _has_edges, "text"),
    Command("span.end_word_on", "annotate/edges", ("F",), _has_edges, "text"),
    Command("span.start_char_back", "annotate/edges", ("Shift+A",), _has_edges, "text", group=1),
    Command("span.start_char_on", "annotate/edges", ("Shift+S",), _has_edges, "text", group=1),
    Command("span.end_char_back", "annotate/edges", ("Shift+D",), _has_edges, "text", group=1),
    Command("span.end_char_on", "annotate/edges", ("Shift+F",), _has_edges, "text", group=1),
    Command("problem.fix", "annotate", ("Ctrl+.",), _write, group=2, icon="check"),
    Command("problem.dismiss", "annotate", ("Ctrl+Del",), _write, "text", group=2),
    Command("labels.edit", "annotate", (), _project, group=3, icon="labels"),
)

_SUGGEST = (
    Command("suggest.accept", "annotate/suggestions", ("Y",), _write, "text", 2, "done"),
    Command("suggest.reject", "annotate/suggestions", ("X",), _write, "text", 2, "close"),
    Command("suggest.next", "annotate/suggestions", ("J",), _write, "text", 2, "down"),
    Command("suggest.previous", "annotate/suggestions", ("Shift+J",), _write, "text", 2, "up"),
    Command("suggest.leave", "annotate/suggestions", ("Esc",), needs("suggestion"), "text", 2),
    Command("suggest.accept_pair", "annotate/suggestions", ("Shift+Y",), _write, "text", 2),
    Command("suggest.reject_pair", "annotate/suggestions", ("Shift+X",), _write, "text", 2),
    Command("suggest.allow", "annotate/suggestions", (), _write, group=2),
    Command("suggest.sources", "annotate/suggestions", (), needs("project", "writable"), group=2),
    Command("suggest.compare", "annotate/suggestions", (), _write, group=2),
)

_NAVIGATE = (
    Command("nav.next_span", "navigate", ("N",), _document, "text", icon="next"),
    Command("nav.previous_span", "navigate", ("P", "Shift+N"), _document, "text", icon="previous"),
    Command("nav.next_problem", "navigate", ("E",), _document, "text", icon="warning"),
    Command("nav.previous_problem", "navigate", ("Shift+E",), _document, "text"),
    Command("nav.partner", "navigate", ("G",), _span, "text", icon="partner"),
    Command("nav.counterpart", "navigate", ("Tab", "Shift+Tab"), _document, "text", icon="counterpart"),
    Command("pair.done", "navigate", ("Space",), _write, "text", group=1, icon="done"),
    Command("pair.toggle_done", "navigate", ("Ctrl+Return",), _write, "text", group=1),
    Command("nav.next_open", "navigate", ("U",), _document, "text", group=1),
    Command("nav.next_doubtful", "navigate", ("W",), _document, "text", group=1, icon="unsure"),
    Command("nav.previous_doubtful", "navigate", ("Shift+W",), _document, "text", group=1),
    Command("nav.go_to", "navigate", ("Ctrl+G",), _document, group=1),
    Command("nav.next_document", "navigate", ("Ctrl+PgDown",), _project, group=2),
    Command("nav.previous_document", "navigate", ("Ctrl+PgUp",), _project, group=2),
    Command("nav.next_area", "navigate", ("F6",), group=3),
    Command("nav.previous_area", "navigate", ("Shift+F6",), group=3),
)

_ALIGN = (
    Command("align.merge", "align", ("Ctrl+M",), _write, "text", icon="merge"),
    Command("align.split", "align", ("Ctrl+D",), _write, "text", icon="split"),
    Command("align.sentence_up", "align", ("Alt+Up",), _write, "text", icon="up"),
    Command("align.sentence_down", "align", ("Alt+Down",), _write, "text", icon="down"),
    Command("align.confirm", "align", ("Ctrl+Shift+Return",), _write, "text", icon="check"),
    Command("sentence.split", "align", ("Ctrl+Shift+D",), _write, "text", group=1),
    Command("sentence.merge", "align", ("Ctrl+Shift+M",), _write, "text", group=1),
    Command("text.correct", "align", ("F2",), _write, "text", group=2, icon="correct"),
    Command("align.again", "align", (), _write, group=3),
)

_VIEW = (
    Command("view.zoom_in", "view", ("Ctrl++", "Ctrl+="), icon="zoom-in"),
    Command("view.zoom_out", "view", ("Ctrl+-",), icon="zoom-out"),
    Command("view.zoom_reset", "view", ("Ctrl+0",)),
    Command("view.layout_auto", "view/layout"),
    Command("view.layout_columns", "view/layout"),
    Command("view.layout_stacked", "view/layout"),
    Command("view.tags", "view", ("Shift+T",), scope="text", group=1),
    Command("view.suggestions", "view", group=1),
    Command("view.documents", "view", ("Ctrl+B",), _project, group=2, icon="left"),
    Command("view.sidebar", "view", ("Ctrl+Shift+B",), _project, group=2, icon="right"),
    Command("panel.inspector", "view", ("Alt+1",), _project, group=2, icon="inspector"),
    Command("panel.entities", "view", ("Alt+2",), _project, group=2, icon="entities"),
    Command("panel.guideline", "view", ("Alt+3",), _project, group=2, icon="guideline"),
    Command("panel.problems", "view", ("Alt+4",), _project, group=2, icon="warning"),
    Command("panel.review", "view", ("Alt+5",), _project, group=2, icon="review"),
    Command("theme.system", "view/theme", group=3),
    Command("theme.light", "view/theme", group=3),
    Command("theme.dark", "view/theme", group=3),
    Command("language.system", "view/language", group=3),
    Command("language.en", "view/language", group=3),
    Command("language.zh", "view/language", group=3),
    Command("view.full_screen", "view", ("F11",), group=4),
)

_HELP = (
    Command("help.tour", "help", icon="guideline"),
    Command("help.keys", "help", ("F1", "?"), icon="keyboard"),
    Command("help.log", "help", group=1),
    Command("help.about", "help", group=1, icon="about"),
)

MOVES: dict[tuple[str, str], str] = {
    ("char", "previous"): "Left",
    ("char", "next"): "Right",
    ("word", "previous"): "Ctrl+Left",
    ("word", "next"): "Ctrl+Right",
    ("sentence", "previous"): "Alt+Left",
    ("sentence", "next"): "Alt+Right",
    ("line", "previous"): "Up",
    ("line", "next"): "Down",
    ("pair", "previous"): "Ctrl+Up",
    ("pair", "next"): "Ctrl+Down",
    ("page", "previous"): "PgUp",
    ("page", "next"): "PgDown",
    ("line_edge", "previous"): "Home",
    ("line_edge", "next"): "End",
    ("document", "previous"): "Ctrl+Home",
    ("document", "next"): "Ctrl+End",
}
"""Default key by unit and direction; ids are `move.<direction>_<unit>`, with Shift `extend.…`."""


def _with_shift(key: str) -> str:
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, "Shift", last])


def _moves() -> Iterable[Command]:
    for (unit, direction), key in MOVES.items():
        yield Command(f"move.{direction}_{unit}", CARET, (key,), _document, "text")
    for (unit, direction), key in MOVES.items():
        yield Command(f"extend.{direction}_{unit}", CARET, (_with_shift(key),), _document, "text", 1)


COMMANDS: dict[str, Command] = {
    command.id: command
    for command in (*_FILE, *_EDIT, *_ANNOTATE, *_SUGGEST, *_NAVIGATE, *_ALIGN, *_VIEW, *_HELP, *_moves())
}
"""The table, by id, in the order of the menus."""


def keys_in_force(changes: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The keys of every command, with the user's changes laid over the defaults."""
    return {name: tuple(changes.get(name, command.keys)) for name, command in COMMANDS.items()}


def clashes(keys: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Keys that more than one command id claims, with the ids."""
    holders: dict[str, list[str]] = {}
    for command_id, claimed in keys.items():
        for key in claimed:
            holders.setdefault(key, []).append(command_id)
    return {key: ids for key, ids in holders.items() if len(ids) > 1}
