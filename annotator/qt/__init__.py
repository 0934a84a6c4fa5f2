"""The window: gestures become commands, Changes become paint."""
