"""JSON in the order it was written in."""

import json
from typing import Any

from django.db import models


class OrderedJSON(models.JSONField):
    """A JSON column that keeps the order of mappings.

    PostgreSQL's jsonb sorts the keys, and a case's budget by year or columns of a matrix would come back otherwise than
    they were written. Nothing here looks into the JSON by query, so it is kept as text.
    """

    def db_type(self, *_asked: Any, **_how: Any) -> str:
        return "text"

    def get_db_prep_value(self, value: Any, *_asked: Any, **_how: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def from_db_value(self, value: str | None, *_asked: Any) -> Any:
        return None if value is None else json.loads(value)
