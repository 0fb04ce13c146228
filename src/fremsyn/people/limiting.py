"""How often somebody may fail to sign in.

The count is kept in the server's one process. The narrow limit is on a user name from one address, so that nobody can
lock another out, and a school or a town hall behind one address has room.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_NAME_AND_ADDRESS = RateLimitItemPerMinute(5, 5, namespace="sign-in-name")
PER_ADDRESS = RateLimitItemPerMinute(300, 15, namespace="sign-in-address")

limiter = MovingWindowRateLimiter(MemoryStorage())


def address_of(request: HttpRequest) -> str:
    """Return the address that a request came from.

    Each of our own proxies adds the address it heard from at the end of X-Forwarded-For; whatever stands before that is
    the visitor's own word and counts for nothing.
    """
    heard = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    proxies: int = settings.PROXIES
    if proxies and len(heard) >= proxies:
        return heard[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def may_try(username: str, address: str) -> bool:
    """Return whether this user name may be tried from this address now."""
    return limiter.test(PER_NAME_AND_ADDRESS, username.casefold(), address) and limiter.test(PER_ADDRESS, address)


def count_failure(username: str, address: str) -> None:
    """Remember a try that did not succeed."""
    limiter.hit(PER_NAME_AND_ADDRESS, username.casefold(), address)
    limiter.hit(PER_ADDRESS, address)


def forget(username: str, address: str) -> None:
    """Forget the failures of somebody who did sign in."""
    limiter.clear(PER_NAME_AND_ADDRESS, username.casefold(), address)
