"""The chain of evidence as a graph: shortest ways, rings, and what reaches a source."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from fremsyn.cases.trace import Chain, is_source

KEYS = ["F1", "F2", "T1", "T2", "D1.a", "direction/values/near", "B1"]
CHAINS = st.dictionaries(
    st.sampled_from([key for key in KEYS if not is_source(key)]),
    st.lists(st.sampled_from(KEYS), unique=True, max_size=4).map(tuple),
).map(Chain)


def is_way(chain: Chain, way: tuple[str, ...]) -> bool:
    return all(below in chain.grounds.get(above, ()) for above, below in pairwise(way))


def ways(chain: Chain, start: str) -> list[tuple[str, ...]]:
    """Return every way down from a key that meets no key twice, by trying them all."""
    others = [key for key in KEYS if key != start]
    return [
        (start, *rest)
        for n in range(len(others) + 1)
        for rest in permutations(others, n)
        if is_way(chain, (start, *rest))
    ]


@given(CHAINS, st.sampled_from(KEYS), st.sets(st.sampled_from(KEYS)))
def test_the_shortest_way_is_as_short_as_any(chain, start, goals):
    reached = [way for way in ways(chain, start) if way[-1] in goals]
    way = chain.path(start, goals)

    assert len(way) == min(map(len, reached), default=0)
    assert is_way(chain, way)
    if way:
        assert (way[0], way[-1] in goals) == (start, True)


@given(CHAINS)
def test_a_ring_is_found_exactly_where_there_is_one(chain):
    there_is = any(start in chain.grounds.get(way[-1], ()) for start in KEYS for way in ways(chain, start))
    ring = chain.loop()

    assert bool(ring) == there_is
    if ring:
        assert ring[0] == ring[-1]
        assert is_way(chain, ring)
        assert len(set(ring)) == len(ring) - 1


@given(CHAINS)
def test_what_is_grounded_reaches_a_source(chain):
    known = {*chain.grounds, *(below for grounds in chain.grounds.values() for below in grounds)}
    by_trying = {key for key in known if any(is_source(way[-1]) for way in ways(chain, key))}

    assert chain.grounded == by_trying


@given(CHAINS, st.sampled_from(KEYS))
def test_under_and_over_mirror_each_other_and_count_the_fewest_steps(chain, key):
    under = chain.under(key)
    fewest: dict[str, int] = {}
    for way in ways(chain, key):
        fewest[way[-1]] = min(fewest.get(way[-1], len(way)), len(way) - 1)

    assert under == fewest
    assert all(chain.over(other)[key] == steps for other, steps in under.items())


def test_a_long_chain_costs_no_stack():
    chain = Chain({f"T{n}": (f"T{n + 1}",) for n in range(50_000)} | {"T50000": ("F1",)})

    assert chain.loop() == ()
    assert len(chain.path("T0", ["F1"])) == 50_002
    assert "T0" in chain.grounded
    assert Chain({**chain.grounds, "T50000": ("T0",)}).loop()
