"""The scenario space: all consistent scenarios held against each other, and the few that are worked with."""
