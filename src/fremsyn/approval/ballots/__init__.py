"""Votings: putting a point to the vote, the members' ballots, the count, and what members add in their own words."""
