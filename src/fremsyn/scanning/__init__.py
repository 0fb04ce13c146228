"""Phase 2: sources, signals and trends, and what has not been looked at."""
