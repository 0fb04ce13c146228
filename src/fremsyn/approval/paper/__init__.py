"""The paper to the body: written by people, drafted from the hand-overs, closed in parts, read twice."""
