"""Texts from the files of other programs: one file a kind, each with a decorated reader."""
