"""The matrix between file and table: by key in the file, by reference in the table, always in step with the drivers.

A driver's key may be changed and its variants may come and go. So the table knows them by reference, and a row's numbers
by the letter of the target's variant: the number for D5.c is the third, whether or not there is a D5.b for now. What was
judged of something that has been withdrawn stays and is read again when it is back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fremsyn.cases.shape import Number
from fremsyn.scenarios.schema import CrossImpact, Driver, Section, Variant

Row = tuple[Number, ...]


def place(variant: str) -> int:
    """Return where a variant's number stands in a stored row: D5.a at 0, D5.c at 2."""
    return ord(variant.rpartition(".")[2]) - ord("a")


def variant_at(driver: str, at: int) -> str:
    """Return the reference of the variant whose number stands at a place of a stored row: D5.c at 2."""
    return f"{driver}.{chr(ord('a') + at)}"


def to_stored(cross_impact: CrossImpact, drivers: Iterable[Driver]) -> CrossImpact:
    """Return a matrix as it is kept: references instead of keys, numbers by letter."""
    by_key = {driver.key: driver for driver in drivers}
    return replace(
        cross_impact,
        order=tuple(by_key[key].ref for key in cross_impact.order),
        columns={
            by_key[key].ref: tuple(variant.ref for variant in by_key[key].variants) for key in cross_impact.columns
        },
        sections=tuple(_stored(section, by_key[section.source], by_key[section.target]) for section in cross_impact.sections),
    )  # fmt: skip


def _stored(section: Section, source: Driver, target: Driver) -> Section:
    rows = {
        variant.ref: stored_row(
            dict(zip((each.ref for each in target.variants), section.rows[variant.key], strict=True))
        )
        for variant in source.variants
    }
    return replace(section, source=source.ref, target=target.ref, rows=rows)


def stored_row(judged: Mapping[str, Number], before: Row = ()) -> Row:
    """Return a row with these judgements by the target's variants; the rest of `before` stays, and what is new is 0."""
    length = max(len(before), *(place(ref) + 1 for ref in judged)) if judged else len(before)
    row = [*before, *(0 for _each in range(length - len(before)))]
    for ref, number in judged.items():
        row[place(ref)] = number
    return tuple(row)


def from_stored(kept: CrossImpact, drivers: tuple[Driver, ...]) -> CrossImpact:
    """Return the matrix of the drivers that are in use: those it doesn't know yet come last, with nothing judged."""
    by_ref = {driver.ref: driver for driver in drivers}
    order = [ref for ref in dict.fromkeys((*kept.order, *by_ref)) if ref in by_ref]
    columns = [ref for ref in dict.fromkeys((*kept.columns, *by_ref)) if ref in by_ref]
    return replace(
        kept,
        order=tuple(by_ref[ref].key for ref in order),
        columns={by_ref[ref].key: tuple(variant.key for variant in by_ref[ref].variants) for ref in columns},
        sections=tuple(
            read_section(section, by_ref[section.source], by_ref[section.target])
            for section in kept.sections
            if section.source in by_ref and section.target in by_ref
        ),
    )


def read_section(kept: Section, source: Driver, target: Driver) -> Section:
    """Return a stored section by key: a row for each variant in use, a number for each."""
    rows = {variant.key: read_row(kept.rows.get(variant.ref, ()), target.variants) for variant in source.variants}
    return replace(kept, source=source.key, target=target.key, rows=rows)


def read_row(row: Row, variants: Iterable[Variant]) -> Row:
    """Return the numbers of a stored row for these variants, in their order."""
    return tuple(row[place(each.ref)] if place(each.ref) < len(row) else 0 for each in variants)
