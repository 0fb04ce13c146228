"""Open rounds in the database of `FREMSYN_DATA`, and print how to get into each: what a facilitator does beforehand.

Run as a script, in a process of its own.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Open rounds of each kind; in the first, somebody has written something that others may answer."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    import django

    django.setup()
    from django.utils import timezone

    from conversation.live import close, crowd, link, make_judged, make_round, refs_of
    from fremsyn.cases.models import Case
    from fremsyn.conversation.models import Answer, AnswerState
    from fremsyn.conversation.operations import issue_code, join_round, write_answer
    from fremsyn.core.text import Text

    at, case = timezone.now(), Case.objects.get()
    more = {
        "monday": True,
        "postcard": True,
        "questions": (Text(da="Hvad skal vi stoppe?", en="What should we stop?"),),
    }
    rounds = {
        "statements": make_round(case, at=at, **more),
        "rating": make_round(case, at=at, kind="rating", lowest=Text(da="Slet ikke vigtigt", en="Of no importance")),
        "judged": make_judged(case, at=at),
        "closed": make_round(case, at=at),
        "planned": make_round(case, at=at, opened=False),
    }
    tokens = {name: link(round_, at=at) for name, round_ in rounds.items()}
    tokens["full"] = link(rounds["statements"], at=at, cap=1)
    join_round(token=tokens["full"], language="da", at=at)
    other = join_round(token=tokens["statements"], language="da", at=at)
    write_answer(participant=other, kind="open", place="1", text="De lange møder", language="da", at=at)
    Answer.objects.update(state=AnswerState.ACCEPTED, decided_at=at)
    crowd(rounds["closed"], {ref: [1, 1, 1, 1, -1, 0] for ref in refs_of(rounds["closed"])}, at=at)
    crowd(rounds["closed"], {ref: [1, 1] for ref in refs_of(rounds["closed"])}, at=at, circle="organisation")
    first = rounds["closed"].participants.order_by("joined_at").first()
    code = issue_code(participant=first, at=at)
    close(rounds["closed"], at=at)
    print(json.dumps({"links": tokens, "code": code}))


if __name__ == "__main__":
    main()
