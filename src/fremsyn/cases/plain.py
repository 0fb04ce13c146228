"""A schema's dataclass to plain values, for JSON and for case files."""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from fremsyn.cases.shape import slots


def to_plain(value: Any, *, dates: bool = False) -> Any:
    """Return dataclasses as mappings, tuples as lists; fields that hold their default are left out.

    :param dates: keep dates as dates (for YAML) instead of ISO text (for JSON)
    """
    if dataclasses.is_dataclass(value):
        given = ((slot, getattr(value, slot.name)) for slot in slots(type(value)))
        return {
            slot.yaml: to_plain(inner, dates=dates) for slot, inner in given if slot.required or inner != slot.default
        }
    if isinstance(value, Mapping):
        return {(key if dates else str(key)): to_plain(inner, dates=dates) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(inner, dates=dates) for inner in value]
    if isinstance(value, datetime.date) and not dates:
        return value.isoformat()
    return value
