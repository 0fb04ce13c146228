"""The board: the body, its meetings and the paper."""
