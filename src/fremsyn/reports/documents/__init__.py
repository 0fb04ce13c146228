"""The documents, one module each: what the phases hand over, written as blocks."""
