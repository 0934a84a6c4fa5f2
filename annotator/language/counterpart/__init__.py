"""The counterpart of a mention: what says the same on the other side of a pair, and why."""

from annotator.language.counterpart.candidate import NOTHING, Candidate, Direction, Knowledge, Mention, Reason
from annotator.language.counterpart.solve import counterparts, project

__all__ = ["NOTHING", "Candidate", "Direction", "Knowledge", "Mention", "Reason", "counterparts", "project"]
