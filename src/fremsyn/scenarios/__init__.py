"""Phase 3: drivers, judgements and every future that hangs together."""
