import csv
from collections import Counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods import opinions
from fremsyn.methods.errors import MethodError
from fremsyn.methods.opinions import Count, Vote


def circle(name, statement, agree, disagree, passed):
    kinds = [1] * agree + [-1] * disagree + [0] * passed
    return [Vote(f"{name}-{i}", name, statement, vote) for i, vote in enumerate(kinds)]


HAND = circle("staff", "U1", 6, 2, 2) + circle("public", "U1", 1, 8, 0)


def test_the_hand_example():
    (result,) = opinions.summarise(HAND).statements
    assert result.by_circle == {"staff": Count(6, 2, 2), "public": Count(1, 8, 0)}
    assert (result.by_circle["staff"].n, result.by_circle["staff"].agree_per_cent) == (10, 60)
    assert result.by_circle["public"].agree_per_cent == 11
    assert result.total == Count(7, 10, 2)
    assert result.gap == 49


def test_a_half_is_rounded_to_the_even_number_and_nobody_is_nought():
    assert Count(1, 7, 0).agree_per_cent == 12
    assert Count(0, 0, 0).agree_per_cent == 0


def test_four_answers_are_hidden_and_so_is_the_total():
    (result,) = opinions.summarise(HAND + circle("board", "U1", 4, 0, 0)).statements
    assert result.by_circle["board"] is None
    assert result.by_circle["staff"] == Count(6, 2, 2)
    assert result.total is None
    assert result.gap == 49


def test_five_answers_are_shown_however_they_fall():
    (result,) = opinions.summarise(HAND + circle("board", "U1", 4, 1, 0)).statements
    assert result.by_circle["board"] == Count(4, 1, 0)
    assert result.total == Count(11, 11, 2)


def test_a_circle_that_did_not_answer_is_hidden_too():
    round_ = opinions.summarise(HAND, circles=["staff", "public", "board"], statements=["U1", "U2"])
    assert [result.total for result in round_.statements] == [None, None]
    assert round_.statements[1].by_circle == {"staff": None, "public": None, "board": None}
    assert round_.statements[1].gap is None


def test_nothing_asked_gives_nothing():
    empty = opinions.summarise([], statements=["U1"])
    assert empty.statements[0].total is None
    assert empty.statements[0].by_circle == {}


def test_the_smallest_group_can_be_set():
    (result,) = opinions.summarise(circle("board", "U1", 1, 0, 0), min_group=1).statements
    assert result.total == Count(1, 0, 0)
    assert result.gap is None
    with pytest.raises(MethodError, match="1 or more"):
        opinions.summarise([], min_group=0)


def test_statements_sort_by_agreement_and_by_gap():
    votes = circle("a", "U1", 5, 5, 0) + circle("b", "U1", 5, 5, 0)
    votes += circle("a", "U2", 9, 1, 0) + circle("b", "U2", 1, 9, 0)
    votes += circle("a", "U3", 2, 0, 0) + circle("b", "U3", 6, 0, 0)
    round_ = opinions.summarise(votes)
    assert [r.statement for r in round_.by_agreement("a")] == ["U2", "U1", "U3"]
    assert [r.statement for r in round_.by_agreement("b")] == ["U3", "U1", "U2"]
    assert [r.statement for r in round_.by_gap()] == ["U2", "U1", "U3"]
    with pytest.raises(MethodError, match="no circle c; there are a, b"):
        round_.by_agreement("c")


@pytest.mark.parametrize(
    ("votes", "how", "says"),
    [
        ([Vote("p", "a", "U1", 2)], {}, "use 1, 0 or -1"),
        ([Vote("p", "a", "U1", 1), Vote("p", "a", "U1", 0)], {}, "voted on U1 twice"),
        ([Vote("p", "a", "U1", 1), Vote("p", "b", "U2", 0)], {}, "two circles"),
        ([Vote("p", "a", "U1", 1)], {"statements": ["U2"]}, "statement U1"),
        ([Vote("p", "a", "U1", 1)], {"circles": ["b"]}, "circle a"),
    ],
)
def test_votes_that_are_none_are_refused(votes, how, says):
    with pytest.raises(MethodError, match=says):
        opinions.summarise(votes, **how)


rounds = st.dictionaries(
    st.tuples(st.integers(0, 14), st.sampled_from(["U1", "U2", "U3"])), st.sampled_from([1, 0, -1]), max_size=45
).map(lambda cast: [Vote(p, "abc"[p % 3], u, vote) for (p, u), vote in cast.items()])


@given(rounds, st.integers(1, 6))
def test_nothing_shown_rests_on_fewer_than_the_smallest_group(votes, min_group):
    answers = Counter((v.statement, v.circle) for v in votes)
    round_ = opinions.summarise(votes, circles="abc", min_group=min_group)
    for result in round_.statements:
        for name, count in result.by_circle.items():
            n = answers[result.statement, name]
            assert (count is None) == (n < min_group)
            assert count is None or count.n == n
        hidden = None in result.by_circle.values()
        assert (result.total is None) == hidden
        assert hidden or result.total.n == sum(answers[result.statement, c] for c in "abc")


@given(rounds, st.randoms(use_true_random=False))
def test_the_order_of_votes_does_not_matter(votes, random):
    shuffled = random.sample(votes, len(votes))
    how = {"statements": ["U1", "U2", "U3"], "circles": ["a", "b", "c"]}
    assert opinions.summarise(votes, **how) == opinions.summarise(shuffled, **how)


def test_kombits_insights_say_what_the_votes_say(shared):
    folder = shared / "case/kombit"
    if not folder.exists():
        pytest.skip("the case is not here")
    case = yaml.load((folder / "conversation.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    results = {}
    for round_ in case["rounds"]:
        with (folder / round_["votes"]).open(encoding="utf-8") as file:
            votes = [
                Vote(row["participant"], row["circle"], row["statement"], int(row["vote"]))
                for row in csv.DictReader(file)
            ]
        results |= {r.statement: r for r in opinions.summarise(votes).statements}
    evidence = [e for insight in case["insights"] for e in insight["evidence"]]
    assert evidence
    for e in evidence:
        assert results[e["statement"]].by_circle[e["circle"]].agree_per_cent == e["agree_per_cent"]
