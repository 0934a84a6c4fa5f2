"""Suggestions in the window: asked for in the background, shown in the text, decided by one key."""
