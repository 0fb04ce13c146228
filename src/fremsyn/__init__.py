"""Fremsyn carries an organisation from an open strategic question to a board's decision."""
