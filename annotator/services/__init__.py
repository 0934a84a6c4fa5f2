"""The use cases, one verb a module; the window and the command line both call them."""
