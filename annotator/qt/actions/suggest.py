"""Suggestions: accepting, rejecting, going from one to the next, and what offers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.messages import say
from annotator.qt.actions.doing import attempt
from annotator.qt.actions.registry import Context, action

if TYPE_CHECKING:
    from annotator.qt.review.review import Review


def reviewing(context: Context) -> Review:
    """The review of the view."""
    from annotator.qt.review.review import review

    return review(context.view)


@action("suggest.accept")
def accept(context: Context) -> None:
    """Accept the suggestion, with its link; without one, go to the next."""
    reviewing(context).accept()


@action("suggest.reject")
def reject(context: Context) -> None:
    """Turn the suggestion down; without one, go to the next."""
    reviewing(context).reject()


@action("suggest.next")
def next_suggestion(context: Context) -> None:
    """Go to the next suggestion."""
    reviewing(context).step(1)


@action("suggest.previous")
def previous_suggestion(context: Context) -> None:
    """Go to the suggestion before."""
    reviewing(context).step(-1)


@action("suggest.leave")
def leave(context: Context) -> None:
    """Let go of the suggestion without deciding it."""
    reviewing(context).leave()


@action("suggest.accept_pair")
def accept_pair(context: Context) -> None:
    """Accept all suggestions shown in this pair as one step."""
    reviewing(context).accept_pair()


@action("suggest.reject_pair")
def reject_pair(context: Context) -> None:
    """Turn down all suggestions shown in this pair as one step."""
    reviewing(context).reject_pair()


@action("suggest.allow")
def allow(context: Context) -> None:
    """Suggest again what was rejected in this document."""
    from annotator.services.suggesting import allow as service

    document = context.workbench.document
    if document is None:
        return
    rejections = list(document.rejections())
    if not rejections:
        context.workbench.tell(say("suggesting.none_rejected"))
    elif attempt(context, lambda document: service(document, rejections)) is not None:
        context.workbench.tell(say("suggesting.allowed", count=len(rejections)))


@action("suggest.sources")
def sources(context: Context) -> None:
    """Choose what offers suggestions in this project."""
    from annotator.qt.dialogs.sources import choose_sources

    choose_sources(context.workbench, context.window)


@action("panel.review")
def panel(context: Context) -> None:
    """Show the queue of suggestions."""
    context.window.show_panel("review")


@action("view.suggestions", checked=lambda context: context.window.settings.get("suggestions"))
def suggestions(context: Context) -> None:
    """Show suggestions, or none."""
    settings = context.window.settings
    settings.set("suggestions", not settings.get("suggestions"))
