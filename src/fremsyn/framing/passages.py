"""The passages of a note: its sentences, as they can be pointed to one by one."""

import re

# A sentence ends with its line, or at a stop that no small letter follows: "f.eks. borgerne" goes on.
AFTER_SENTENCE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][)\"”’»]))[^\S\n]+(?=[^\sa-zæøå])")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a note in order, each as it stands there."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(sentence for line in lines if line for sentence in AFTER_SENTENCE.split(line))
