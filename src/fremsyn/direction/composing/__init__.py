"""Composing the desirable scenario, and telling the way back from the horizon."""
