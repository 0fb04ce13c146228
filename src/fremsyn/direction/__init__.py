"""Phase 4: values, the desirable scenario and the strategic agendas."""
