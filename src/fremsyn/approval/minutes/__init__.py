"""The minutes of a meeting: made from the record, commented on, approved, signed."""
