"""Data in, accessible pictures out: points, matrices, bars over time and graphs, each with its table."""
