"""The project folder: JSON, journal, lock."""
