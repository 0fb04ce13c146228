"""Phase 1: the question, its frame, the role here and now, and who is concerned."""
