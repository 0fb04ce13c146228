"""Finding a stored thing, and reading it as its schema."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case, Item
from fremsyn.cases.rows import Tables, load_thing
from fremsyn.cases.sheets import schema_of, tables_of
from fremsyn.core.errors import RuleBroken


@dataclass(frozen=True)
class Stored:
    """A stored thing: its row, its schema, its tables and its content."""

    item: Item
    schema: type
    tables: Tables
    thing: Any

    @property
    def key(self) -> str:
        """Return its reference, or its path."""
        return self.item.ref or self.item.path


def lock(case: Case) -> None:
    """Wait for whoever is writing in this case, and take over how it stands now."""
    case.revision = Case.objects.select_for_update().only("revision").get(pk=case.pk).revision


def row_of(case: Case, key: str) -> Item:
    """Return the row of a reference or path, withdrawn or not.

    :raises RuleBroken: when the case has no such thing
    """
    rows = Item.objects.select_related("case", "parent__parent__parent").filter(case=case)
    item = rows.filter(path=key).first() if "/" in key or not key[1:2].isdigit() else rows.filter(ref=key).first()
    if item is None:
        raise RuleBroken(_("There is no %(key)s in this case.") % {"key": key})
    item.case = case
    return item


def stored(case: Case, key: str) -> Stored:
    """Return a thing that is in use.

    :raises RuleBroken: when there is none, or it has been withdrawn
    """
    item = row_of(case, key)
    if item.withdrawn_at is not None:
        raise RuleBroken(_("%(key)s has been withdrawn. Bring it back before you change it.") % {"key": key})
    schema, tables = schema_of(item), tables_of(item.sheet)
    return Stored(item, schema, tables, load_thing(item, schema, tables))
