"""Judging the matrix section by section, and what each judgement does to the list of consistent scenarios."""
