"""The rows of a case as they lie in the tables: each table is read once, whatever is put together from it.

A thing is known by its path here, as no other of the case has it: there are thousands of them, and an id takes longer to
read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.functional import cached_property

from fremsyn.cases.models import Case, Item, ItemRow, Link, Part, live_links
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import LinkKind


class OnItem(NamedTuple):
    """What a thing has on its item."""

    parent__path: str | None
    sheet: str
    slot: str
    position: int
    ref: str
    path: str
    kind: str
    title: Mapping[str, str]
    unverified: bool
    look_again: bool
    claims: Mapping[str, Any] | None


class OnLink(NamedTuple):
    """What a link has: whose field it stands in, and what it leads to."""

    from_item__ref: str
    from_item__path: str
    kind: LinkKind
    field: str
    to_item__ref: str
    to_item__path: str


class Rows:
    """The rows of a case that are not withdrawn, or of one of its things with its parts."""

    def __init__(self, case: Case, under: Item | None = None) -> None:
        self.case, self.under = case, under
        self._content: dict[type[ItemRow], Mapping[str, Mapping[str, Any]]] = {}

    def _chosen(self, to_item: str = "") -> Q:
        """Return the condition that a row is of the case, or of the one thing or its parts."""
        of_case = Q(**{f"{to_item}case": self.case})
        if self.under is None:
            return of_case
        below = Q(**{f"{to_item}path__startswith": f"{self.under.path}/"})
        return of_case & Q(**{f"{to_item}sheet": self.under.sheet}) & (Q(**{f"{to_item}pk": self.under.pk}) | below)

    @cached_property
    def items(self) -> tuple[OnItem, ...]:
        rows = Item.objects.filter(self._chosen(), withdrawn_at=None).order_by("position", "path")
        return tuple(map(OnItem._make, rows.values_list(*OnItem._fields)))

    @cached_property
    def links(self) -> tuple[OnLink, ...]:
        """Return the links between what is not withdrawn, in the order of their fields."""
        rows = Link.objects.filter(live_links(self.case), self._chosen("from_item__")).order_by("position", "pk")
        return tuple(map(OnLink._make, rows.values_list(*OnLink._fields)))

    @cached_property
    def held(self) -> Mapping[tuple[str | None, str], list[OnItem]]:
        """Return what each thing holds in each of its fields, in order; nobody holds a sheet, which is found by its name."""
        found: dict[tuple[str | None, str], list[OnItem]] = defaultdict(list)
        for each in self.items:
            found[each.parent__path, each.slot if each.parent__path else each.sheet].append(each)
        return found

    @cached_property
    def references(self) -> Mapping[tuple[str, str], list[str]]:
        """Return the references in each field of each thing, in order."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for each in self.links:
            found[each.from_item__path, each.field].append(each.to_item__ref)
        return found

    @cached_property
    def gone(self) -> frozenset[str]:
        """Return the references of what is withdrawn for now."""
        gone = Item.objects.filter(case=self.case, withdrawn_at__isnull=False).exclude(ref="")
        return frozenset(gone.values_list("ref", flat=True))

    def content(self, item: Item | OnItem, table: type[ItemRow]) -> Mapping[str, Any]:
        """Return the columns of a thing in its table."""
        return self._columns(table)[item.path]

    def of_sheet(self, sheet: str, tables: Iterable[type[ItemRow]]) -> tuple[object, ...]:
        """Return all that the content of a file is made of, when its own things lie in these tables and among the parts."""
        items, lie_in = self._by_sheet[sheet], list[type[ItemRow]]((*tables, Part))
        content = [[columns.get(each.path) for each in items] for columns in map(self._columns, lie_in)]
        return items, self._links_by_sheet[sheet], content, sorted(self.gone)

    @cached_property
    def _by_sheet(self) -> Mapping[str, list[OnItem]]:
        found: dict[str, list[OnItem]] = defaultdict(list)
        for each in self.items:
            found[each.sheet].append(each)
        return found

    @cached_property
    def _links_by_sheet(self) -> Mapping[str, list[OnLink]]:
        found: dict[str, list[OnLink]] = defaultdict(list)
        for each in self.links:
            found[each.from_item__path.partition("/")[0]].append(each)
        return found

    def _columns(self, table: type[ItemRow]) -> Mapping[str, Mapping[str, Any]]:
        """Return the columns of each thing in a table, by its path."""
        if table not in self._content:
            columns = [each.attname for each in table._meta.concrete_fields if each.name != "item"]
            rows: Any = table._default_manager.filter(self._chosen("item__")).values("item__path", *columns)
            self._content[table] = {row["item__path"]: row["content"] if table is Part else row for row in rows}
        return self._content[table]


@remembered
def rows_of(case: Case) -> Rows:
    """Return the rows of a case."""
    return Rows(case)
