"""Portfolios put together by hand, beside the computed ones."""
