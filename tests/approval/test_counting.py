"""The quorum and the count, by the rules of procedure."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.approval.counting import count, quorum
from fremsyn.approval.schema import Body, CastingVote, Majority, Member, Quorum
from fremsyn.core.text import Text

SEVEN = tuple(f"m{n}" for n in range(1, 8))


def body(
    rule: str = "more_than_half", *, base: str = "all", majority: str = "simple", casts: bool = True, number: int = 4
) -> Body:
    members = tuple(Member(id=each, role=Text(da="Medlem"), votes=True) for each in SEVEN)
    return Body(
        name=Text(da="Bestyrelsen"),
        members=(*members, Member(id="guest", role=Text(da="Observatør"), votes=False)),
        quorum=Quorum(rule=rule, number=number, of=7, base=base),
        majority=Majority(rule=majority),
        casting_vote=CastingVote(holder="m1", applies=casts),
        notice_days=14,
    )


def test_seven_members_one_disqualified_three_others_present_are_no_quorum_and_four_are():
    on_point_2 = quorum(body(), barred={"m5"}, taking_part={"m1", "m2", "m3", "m5"})
    assert (on_point_2.base, on_point_2.barred, on_point_2.represented, on_point_2.needed) == (7, 1, 3, 4)
    assert not on_point_2.met
    assert quorum(body(), barred=(), taking_part={"m1", "m2", "m3", "m5"}).met


def test_a_body_may_count_from_those_entitled_or_ask_for_a_number():
    among = {"barred": {"m6", "m7"}, "taking_part": {"m1", "m2", "m3"}}
    assert not quorum(body(), **among).met
    assert quorum(body(base="eligible"), **among).met
    assert quorum(body("number", number=3), **among).met
    assert not quorum(body("number", number=5), **among).met


def test_whoever_has_no_vote_is_not_counted():
    found = quorum(body(), barred=(), taking_part={"guest", "m1", "m2", "m3"})
    assert (found.represented, found.met) == (3, False)


@pytest.mark.parametrize(
    ("votes", "rule", "casts", "adopted", "by"),
    [
        ("ffa", "simple", True, True, "majority"),
        ("faa", "simple", True, False, "majority"),
        ("fa..", "simple", True, True, "casting_vote"),
        ("af..", "simple", True, False, "casting_vote"),
        ("fa..", "simple", False, False, "tie"),
        (".fa.", "simple", True, False, "tie"),
        ("....", "simple", True, False, "tie"),
        ("ffa", "two_thirds", True, True, "majority"),
        ("fffaa", "two_thirds", True, False, "majority"),
        ("fff.", "unanimous", True, True, "majority"),
        ("fffa", "unanimous", True, False, "majority"),
        ("....", "unanimous", True, False, "majority"),
        ("....", "two_thirds", True, False, "majority"),
    ],
)
def test_votes_come_to_what_the_rules_say(votes, rule, casts, adopted, by):
    meant = {"f": "for", "a": "against", ".": "abstain"}
    given_ = {f"m{at}": meant[vote] for at, vote in enumerate(votes, start=1)}
    found = count(body(majority=rule, casts=casts), given_, entitled=given_)
    assert (found.adopted, found.decided_by) == (adopted, by)


def test_a_ballot_of_somebody_not_entitled_counts_for_nothing_and_a_missing_one_is_told():
    found = count(body(), {"m1": "for", "m2": "against", "m3": "against"}, entitled={"m1", "m2", "m4"})
    assert dataclasses.astuple(found) == (1, 1, 0, 1, True, "casting_vote")


@given(
    st.dictionaries(st.sampled_from(SEVEN), st.sampled_from(["for", "against", "abstain"])),
    st.sets(st.sampled_from(SEVEN)),
)
def test_every_entitled_member_is_counted_once_and_one_more_for_never_turns_adoption_into_its_opposite(
    ballots, entitled
):
    found = count(body(), ballots, entitled=entitled)
    assert found.votes_for + found.against + found.abstained + found.not_cast == len(entitled)
    for member in entitled - {"m1"}:
        more = count(body(), {**ballots, member: "for"}, entitled=entitled)
        assert more.adopted >= found.adopted


@given(st.sets(st.sampled_from(SEVEN)), st.sets(st.sampled_from(SEVEN)), st.sampled_from(["all", "eligible"]))
def test_barring_somebody_never_raises_the_number_represented(taking_part, barred, base):
    with_all = quorum(body(base=base), barred=(), taking_part=taking_part)
    without = quorum(body(base=base), barred=barred, taking_part=taking_part)
    assert without.represented == with_all.represented - len(taking_part & barred)
    assert without.met == (2 * without.represented > without.base)
