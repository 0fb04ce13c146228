"""The strategic conversation: sessions, rounds, what was voted and what was learnt."""
