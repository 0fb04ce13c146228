"""The append-only log of what was done, by whom and when."""
