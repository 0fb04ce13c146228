"""The choice of a strategy, with its written reasons."""
