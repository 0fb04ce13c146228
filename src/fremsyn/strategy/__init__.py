"""Phase 5: roles, options, possible strategies and the choice."""
