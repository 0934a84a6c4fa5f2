"""The parallel view: both sides of a document in aligned rows, painted from its frozen data."""
