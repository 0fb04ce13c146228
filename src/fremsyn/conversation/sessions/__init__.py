"""Sessions of the strategic conversation: prepared, run and kept."""
