"""The description of the case format, made from the dataclasses that read it."""

import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

from fremsyn.cases.shape import Slot, Text, Texts, dataclasses_in, slots, without_none
from fremsyn.chain.content import SHEETS, SIDE_SCHEMAS

SCALARS = {str: "text", int: "whole number", float: "number", bool: "true or false", date: "date"}
INTRODUCTION = """# The case format

A case is a folder of YAML, CSV and Markdown files. This page is made from the code that reads them
(`fremsyn.chain.case_format`); a test holds the two against each other.

- A *text* is `{da: …, en: …}`; one language is enough, `fremsyn case check --both` demands both.
- A *reference* is a letter and a number, such as T12 or D3.b, unique in the case. What a field's references mean stands
  in the column *link*: `because`, `source` and `part` are grounds, and the chain of evidence consists of them.
- A *claim* is a figure that Fremsyn computes. It may stand in the file, and a difference is a fault.
- Fields without a star may be left out.
- Besides these files: `votes/<round>.csv` (participant, circle, statement, vote: 1, -1 or 0, in a rating 0 to 7, of a scenario
  0 to 5 with 0 for don't know; no row is not seen; where anything was important to anybody, a fifth column `important`: 1 or 0), the
  stories that scenarios name, and files that travel along unread (.opml, .py, .md, .csv, .txt).
"""


def described() -> str:
    """Return the whole page as Markdown."""
    parts = [INTRODUCTION]
    for name, schema in (*((f"{sheet}.yaml", s) for sheet, s in SHEETS.items()), *SIDE_SCHEMAS.items()):
        parts.append(f"## {name}\n")
        parts.extend(_tables(schema, set()))
    return "\n".join(parts).rstrip() + "\n"


def _tables(schema: type, told: set[type]) -> Iterator[str]:
    if schema in told or schema in (Text, Texts):
        return
    told.add(schema)
    yield f"### {schema.__name__}\n\n{(schema.__doc__ or '').strip()}\n"
    yield "| field | what | link | |\n|---|---|---|---|"
    for slot in slots(schema):
        star = "*" if slot.required else ""
        yield f"| `{slot.yaml}`{star} | {_type(slot.type)} | {_link(slot)} | {_rule(slot)} |"
    yield ""
    for slot in slots(schema):
        for inner in dataclasses_in(slot.type):
            yield from _tables(inner, told)


def _type(hint: Any) -> str:
    hint = without_none(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in arguments)
    if origin is tuple:
        return f"list of {_type(arguments[0])}"
    if origin in (dict, Mapping):
        return f"mapping of {_type(arguments[0])} to {_type(arguments[1])}"
    if origin in (types.UnionType, typing.Union):
        return " or ".join(
            "number" if a is float else _type(a) for a in arguments if a is not int or float not in arguments
        )
    return (
        SCALARS.get(hint) or {Text: "text in languages", Texts: "list of texts in languages"}.get(hint) or hint.__name__
    )


def _link(slot: Slot) -> str:
    if slot.link is None:
        return ""
    letters = slot.meta.get("to", "")
    return f"{slot.link.value} → {letters or 'any'}"


def _rule(slot: Slot) -> str:
    rules = []
    if slot.name == "ref":
        rules.append("the reference")
    if "range" in slot.meta:
        rules.append("{}–{}".format(*slot.meta["range"]))
    if "vocabulary" in slot.meta:
        rules.append(f"an `id` of {slot.meta['vocabulary']}")
    if "says" in slot.meta:
        rules.append(slot.meta["says"])
    if slot.meta.get("claim"):
        rules.append("claim")
    if slot.meta.get("made_of"):
        rules.append("the item rests on these")
    return "; ".join(rules)
