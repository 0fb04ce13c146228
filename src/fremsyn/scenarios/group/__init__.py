"""Judging in a group: sections handed out, judged alone, held beside each other, talked through, settled for the case."""
