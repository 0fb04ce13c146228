"""Documents: what the phases hand over, set to be read on paper and on screen from one model of blocks."""
