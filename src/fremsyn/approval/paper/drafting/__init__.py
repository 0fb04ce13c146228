"""A draft of the paper from what the phases hand over, for a person to edit."""
