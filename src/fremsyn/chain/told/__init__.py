"""The whole story of a scenario, for somebody who is asked to judge it in a round."""
