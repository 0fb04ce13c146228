"""The one error of the methods."""


class MethodError(ValueError):
    """Input that a method can't work on; the message says what is wrong and what to do."""
