"""One file a source of suggestions."""
