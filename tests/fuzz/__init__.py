"""Damaged files for every reader of annotations: `python -m tests.fuzz --cases 7000 --format conll`."""
