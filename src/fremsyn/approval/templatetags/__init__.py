"""Filters of the board's pages."""
