"""Everything that one can do with a session."""
