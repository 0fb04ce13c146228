"""Scenarios judged in rounds: are they desirable, are they plausible, are we prepared."""
