"""One file a format, its reader and its writer side by side."""
