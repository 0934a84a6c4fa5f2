"""The counterpart of a mention: what says the same on the other side of a pair, and why."""

from annotator.language.counterpart.candidate import (
    NOTHING,
    Candidate,
    Direction,
    Knowledge,
    Mention,
    Reason,
    reason_key,
    reason_text,
)
from annotator.language.counterpart.dated import date_value
from annotator.language.counterpart.propose import Marked, Proposal, propose
from annotator.language.counterpart.solve import counterparts, project

__all__ = [
    "NOTHING",
    "Candidate",
    "Direction",
    "Knowledge",
    "Marked",
    "Mention",
    "Proposal",
    "Reason",
    "counterparts",
    "date_value",
    "project",
    "propose",
    "reason_key",
    "reason_text",
]
