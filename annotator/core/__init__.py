"""Pure data and the only way to change it. Imports nothing of ours, and no Qt."""
