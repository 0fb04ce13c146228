"""Phase 6: initiatives, budget and signposts."""
