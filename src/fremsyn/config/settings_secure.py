"""Settings for a public server behind https. Set FREMSYN_HOSTS to its names, FREMSYN_PROXIES if there are several."""

from __future__ import annotations

import os

from fremsyn.config.settings import *

PROXIES = int(os.environ.get("FREMSYN_PROXIES") or 1)
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-fremsyn_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-fremsyn_csrf"
CSRF_COOKIE_SECURE = True
ROUND_COOKIE_NAME = "__Host-fremsyn_round"
LANGUAGE_COOKIE_NAME = "__Host-fremsyn_language"
LANGUAGE_COOKIE_SECURE = True
