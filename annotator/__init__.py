"""Annotate a Chinese text and its English translation side by side."""
