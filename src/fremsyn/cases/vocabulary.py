"""The case's own words for the codes that stand in its files."""

from collections.abc import Mapping

from fremsyn.cases.models import Case, Part
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import Text


@remembered
def vocabularies(case: Case) -> Mapping[str, Mapping[str, Text]]:
    """Return each vocabulary by its name (`scanning.themes`), as the words for its codes in order; one query."""
    found = {}
    roots = Part.objects.filter(item__case=case, item__parent=None).values_list("item__sheet", "content")
    for sheet, content in roots:
        for name, value in content.items():
            if isinstance(value, list) and value and all(_is_entry(entry) for entry in value):
                found[f"{sheet}.{name}"] = {entry["id"]: Text(**entry["name"]) for entry in value}
    return found


def _is_entry(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"id", "name"} and isinstance(value["name"], dict)
