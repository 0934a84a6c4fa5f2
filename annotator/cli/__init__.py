"""The command line: every verb works without a display; without a verb the window opens.

Exit codes: 0 all well, 1 problems found, 2 wrong usage, 3 an expected failure with its sentence on standard
error, 4 a mistake of the program.
"""

from annotator.cli.main import Desktop, Shot, WindowRequest, main

__all__ = ["Desktop", "Shot", "WindowRequest", "main"]
