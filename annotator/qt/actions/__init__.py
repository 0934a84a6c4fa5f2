"""What each command does, one area a module."""
