"""What must hold of the drivers, their states and the judgements between them."""

from collections import Counter
from collections.abc import Iterator, Mapping

from fremsyn.cases.yaml_tree import Fault, Path_
from fremsyn.chain.checking import Checking


def drivers_and_judgements(case: Checking) -> Iterator[Fault]:
    """Yield what is wrong with the drivers, their states and the matrix between them."""
    drivers, matrix = case.content.scenarios.scenarios.drivers, case.content.scenarios.cross_impact
    for at, driver in enumerate(drivers):
        if not 2 <= len(driver.variants) <= 5:
            yield case.fault(
                "scenarios",
                ("drivers", at, "variants"),
                f"{driver.ref} has {len(driver.variants)} states",
                "write two to five",
            )
        for number, variant in enumerate(driver.variants):
            if not variant.ref.startswith(f"{driver.ref}."):
                yield case.fault(
                    "scenarios",
                    ("drivers", at, "variants", number, "ref"),
                    f"{variant.ref} does not begin with {driver.ref}.",
                    f"write {driver.ref}.a, {driver.ref}.b …",
                )
    keys = {driver.key: [variant.key for variant in driver.variants] for driver in drivers}
    if sorted(matrix.order) != sorted(keys) or len(keys) != len(drivers):
        yield case.fault(
            "cross_impact", ("order",), "the keys are not those of the drivers", "list each driver's key once"
        )
    elif {key: list(columns) for key, columns in matrix.columns.items()} != keys or _any_twice(keys):
        yield case.fault(
            "cross_impact",
            ("columns",),
            "the columns are not the drivers' states in order, each under a key of its own",
            "list each state's key, in the order of scenarios.yaml",
        )
    else:
        yield from _sections(case, keys)


def _any_twice(keys: Mapping[str, list[str]]) -> bool:
    every = [key for states in keys.values() for key in states]
    return len(set(every)) < len(every)


def _sections(case: Checking, keys: dict[str, list[str]]) -> Iterator[Fault]:
    seen: Counter[tuple[str, str]] = Counter()
    for at, section in enumerate(case.content.scenarios.cross_impact.sections):
        where: Path_ = ("sections", at)
        seen[section.source, section.target] += 1
        if section.source not in keys or section.target not in keys:
            unknown = section.source if section.source not in keys else section.target
            yield case.fault("cross_impact", where, f"{unknown} is no driver's key", "use a key of `order`")
        elif seen[section.source, section.target] > 1:
            yield case.fault(
                "cross_impact", where, f"{section.source} to {section.target} stands twice", "keep one of them"
            )
        elif sorted(section.rows) != sorted(keys[section.source]):
            yield case.fault(
                "cross_impact",
                (*where, "rows"),
                f"the rows are not the states of {section.source}",
                "write one row for each state",
            )
        else:
            for key, row in section.rows.items():
                if len(row) != len(keys[section.target]) or any(abs(number) > 3 for number in row):
                    yield case.fault(
                        "cross_impact",
                        (*where, "rows", key),
                        f"the row is {list(row)}",
                        f"write {len(keys[section.target])} numbers from -3 to 3",
                    )
