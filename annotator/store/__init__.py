"""The project folder: its JSON files, the journal, the locks."""
