"""The product's settings, made quick and strict for tests."""

import os

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from fremsyn.config.settings import *


class Undefined(str):
    """Stands where a template names what is not there: fails the test instead of showing nothing."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"A template names {missing!s}, which is undefined.")


PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("undefined")
# The tables as they are now, made at once; `makemigrations --check` says whether the migrations lead there too.
DATABASES["default"]["TEST"] = {"MIGRATE": False}
