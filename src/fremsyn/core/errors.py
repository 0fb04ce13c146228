"""What the product refuses, in words for the person who asked."""


class DomainError(Exception):
    """Something the product will not do; the text is for the user, already translated."""


class RuleBroken(DomainError):
    """A rule of the domain is not met (shown as 422)."""


class NotAllowed(DomainError):
    """The person may not do this here (shown as 403)."""
