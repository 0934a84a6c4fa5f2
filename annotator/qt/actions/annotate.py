"""Labelling, deleting, describing, reshaping and linking spans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from annotator.core.messages import language, say
from annotator.core.span import CERTAINTIES, Span
from annotator.qt.actions.doing import attempt
from annotator.qt.actions.registry import Context, action
from annotator.qt.actions.suggest import reviewing
from annotator.qt.linking import linking
from annotator.services import annotate as service
from annotator.services.cursor import Cursor
from annotator.services.navigate import Unit, nudged, spans_at

if TYPE_CHECKING:
    from annotator.qt.panels.inspector import Inspector


@action("annotate.label")
def label(context: Context) -> None:
    """Give a label to the selected span or the selected text; without an argument, ask which."""
    session = context.workbench.session
    if session is not None and session.read_only is not None:
        context.workbench.tell(str(session.read_only), "warning")
        return
    if not context.argument:
        _choose_label(context)
        return
    if context.workbench.suggestion_own:
        reviewing(context).accept(context.argument)
        return
    span = context.workbench.span
    if span is not None:
        attempt(context, lambda document: service.relabel(document, [span.id], context.argument))
        return
    _annotate(context)


def _annotate(context: Context) -> None:
    bench = context.workbench
    cursor = bench.cursor
    if cursor.selection is None:
        bench.tell(say("annotating.select_first"))
        return
    start, end = cursor.selection
    changes = attempt(
        context,
        lambda document: service.annotate(
            document, cursor.side, start, end, context.argument, by=bench.annotator
        ),
    )
    made = changes.edit.parts[0].spans[0].after if changes else None
    if made is not None:
        bench.move(Cursor.at(made.side, made.end))
        bench.select(made.id)


def _choose_label(context: Context) -> None:
    session = context.workbench.session
    if session is None:
        return
    menu = QMenu(context.view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    labels = session.project.label_set
    for one in labels:
        indent = "    " * len(labels.ancestors(one.id))
        key = f"\t{one.key.upper()}" if one.key else ""
        entry = menu.addAction(indent + one.title(language()).replace("&", "&&") + key)
        entry.triggered.connect(partial(context.window.run, "annotate.label", one.id))
    menu.popup(context.view.caret_point())
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])


@action("annotate.occurrences")
def occurrences(context: Context) -> None:
    """Offer all other places where the same text stands."""
    from annotator.qt.dialogs.occurrences import highlight_occurrences

    highlight_occurrences(context.workbench, context.window)


@action("labels.edit")
def edit_labels(context: Context) -> None:
    """Open the project's labels."""
    from annotator.qt.dialogs.labels import edit_labels as open_dialog

    open_dialog(context.workbench, context.window)


@action("span.select")
def select(context: Context) -> None:
    """Select the innermost span at the caret; again, the next one out."""
    bench = context.workbench
    document, cursor = bench.document, bench.cursor
    if document is None:
        return
    here = spans_at(document, cursor.side, cursor.offset) or spans_at(
        document, cursor.side, cursor.offset - 1
    )
    if not here:
        bench.tell(say("annotating.nothing_here"))
        return
    ids = [span.id for span in here]
    bench.select(ids[(ids.index(bench.selected) + 1) % len(ids)] if bench.selected in ids else ids[0])


@action("span.delete")
def delete(context: Context) -> None:
    """Delete the selected span with its links; the caret stays where it was."""
    span = context.workbench.span
    if span is None:
        context.workbench.tell(say("annotating.select_span"))
        return
    if attempt(context, lambda document: service.remove(document, [span.id])) is not None:
        context.workbench.move(Cursor.at(span.side, span.start))


@action("span.certainty")
def certainty(context: Context) -> None:
    """From certain to likely to unsure, and round again."""
    span = context.workbench.span
    if span is None:
        return
    wanted = CERTAINTIES[(CERTAINTIES.index(span.certainty) + 1) % len(CERTAINTIES)]
    if attempt(context, lambda document: service.describe(document, span.id, certainty=wanted)) is not None:
        context.workbench.tell(say(f"annotating.certainty.{wanted}", text=service.shortened(span.quote)))


@action("span.note")
def note(context: Context) -> None:
    """Open the inspector at the note."""
    panel = context.window.show_panel("inspector")
    if panel is not None and context.workbench.span is not None:
        cast("Inspector", panel).edit_note()


@action("span.link")
def link(context: Context) -> None:
    """Hold the selected span for linking, or link the held one with it."""
    mode = linking(context.view)
    if mode.held is not None:
        mode.finish()
    elif context.workbench.span is not None:
        mode.start(context.workbench.span)


@action("span.unlink")
def unlink(context: Context) -> None:
    """Take all links of the selected span away."""
    span = context.workbench.span
    if span is not None:
        attempt(
            context,
            lambda document: service.unlink(document, [one.id for one in document.links.of(span.id)]),
        )


def _nudge(context: Context, *, at_start: bool, unit: Unit, direction: int) -> None:
    bench = context.workbench
    document, span = bench.document, bench.span
    if bench.suggestion_own:
        reviewing(context).nudge(unit, direction, at_start=at_start)
        return
    if document is None or span is None:
        return
    wanted = nudged(document, span, unit, direction, at_start=at_start, words=bench.words)
    if wanted is None:
        bench.tell(say("annotating.edge_stays"))
        return
    attempt(context, lambda document: service.reshape(document, span.id, *wanted))
    _follow(context, bench.span, at_start=at_start)


def _follow(context: Context, span: Span | None, *, at_start: bool) -> None:
    """Bring the edge that moved into sight; the span stays selected."""
    if span is not None:
        context.view.reveal(Cursor.at(span.side, span.start if at_start else span.end))


_UNITS: tuple[Unit, ...] = ("word", "char")

for _unit in _UNITS:
    for _edge in ("start", "end"):
        for _name, _direction in (("back", -1), ("on", 1)):
            action(f"span.{_edge}_{_unit}_{_name}")(
                partial(_nudge, at_start=_edge == "start", unit=_unit, direction=_direction)
            )
