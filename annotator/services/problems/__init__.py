"""What is likely wrong with how a document is annotated, told pair by pair, with the edits that mend it."""

from annotator.services.problems.checker import Checker
from annotator.services.problems.kinds import KINDS
from annotator.services.problems.knowledge import Knowledge, warm
from annotator.services.problems.mending import mend, mendable
from annotator.services.problems.names import Names
from annotator.services.problems.problem import Kind, Located, Place, Problem, located, quote, sentence

__all__ = [
    "KINDS",
    "Checker",
    "Kind",
    "Knowledge",
    "Located",
    "Names",
    "Place",
    "Problem",
    "located",
    "mend",
    "mendable",
    "quote",
    "sentence",
    "warm",
]
