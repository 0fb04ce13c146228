"""Settings for one machine and plain http; `settings_secure` is what a public server runs."""

from __future__ import annotations

import os
from pathlib import Path

from fremsyn.config.database import database
from fremsyn.config.mail import mail_server
from fremsyn.config.secret import secret_key

PROJECT = Path(__file__).parents[3]
HOME = PROJECT if (PROJECT / "pyproject.toml").exists() else Path.cwd()
DATA = Path(os.environ.get("FREMSYN_DATA") or HOME / "var")

DATABASES = {"default": database(os.environ.get("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSING = DATABASES["default"]["NAME"] == ":memory:"
SECRET_KEY = secret_key(os.environ.get("FREMSYN_SECRET_KEY"), None if PASSING else DATA)
# Where the key lies that seals packs and heads of the log; it is made at the first sealing.
SEAL_KEY = os.environ.get("FREMSYN_SEAL_KEY") or DATA / "seal_key.pem"
# A time-stamping service (RFC 3161) for signed heads of the log, and the certificates (PEM) its answers are checked by.
STAMP_SERVICE = os.environ.get("FREMSYN_STAMP_SERVICE", "")
STAMP_AUTHORITIES = os.environ.get("FREMSYN_STAMP_AUTHORITIES", "")

DEBUG = False
ALLOWED_HOSTS = os.environ.get("FREMSYN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "fremsyn.config.urls"
WSGI_APPLICATION = "fremsyn.config.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "fremsyn.people",
    "fremsyn.audit",
    "fremsyn.web",
    "fremsyn.cases",
    "fremsyn.conversation",
    "fremsyn.framing",
    "fremsyn.scanning",
    "fremsyn.scenarios",
    "fremsyn.direction",
    "fremsyn.strategy",
    "fremsyn.plans",
    "fremsyn.approval",
    "fremsyn.reports",
    "fremsyn.chain",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fremsyn.web.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fremsyn.config.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fremsyn.web.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fremsyn.chain.frame.frame",
            ],
        },
    }
]

# Widgets of our own have templates among ours.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username", "name"]}},
    {"NAME": f"{VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "fremsyn_session"
CSRF_COOKIE_NAME = "fremsyn_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
# A megabyte of text takes three when it is sent with its letters spelt out; it is refused beside its field and not here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the stakeholder map has three for each stakeholder, and 2,000 can be pasted
CSRF_FAILURE_VIEW = "fremsyn.people.views.form_refused"

# Which participants of rounds answer from this browser; see conversation/participants/door.py.
ROUND_COOKIE_NAME = "fremsyn_round"

# How many proxies of ours a request passes; only what they say of its origin is believed.
PROXIES = int(os.environ.get("FREMSYN_PROXIES") or 0)

# Where notices of meetings are mailed from, and by which server; where none is set they stand on the page alone.
globals().update(mail_server(os.environ.get("EMAIL_URL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("FREMSYN_MAIL_FROM") or "fremsyn@localhost"

# The certificates of the issuers that are trusted to say who signed minutes, in one file (PEM).
SIGNERS_AUTHORITIES = os.environ.get("FREMSYN_SIGNERS_AUTHORITIES", "")

# The address of the operator's own accessibility statement, which Danish law asks for; ours stands in until then.
ACCESSIBILITY_STATEMENT = os.environ.get("FREMSYN_ACCESSIBILITY_STATEMENT", "")

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "fremsyn_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
FORMAT_MODULE_PATH = ["fremsyn.config.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

STATIC_URL = "/static/"
# Static files are few and lie in the package: served from there, with nothing to collect first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 300
WHITENOISE_ALLOW_ALL_ORIGINS = False

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A refused or missing page is an answer, not an event to report.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "fremsyn": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
