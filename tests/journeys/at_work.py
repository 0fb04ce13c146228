"""Opens every phase of the demonstration again and begins what people do there; run on a site's data folder.

A section of the matrix is handed out and two have given theirs, a signal is withdrawn, a trend has changed its meaning,
a colleague has noticed something, somebody is invited, and a meeting of the board is planned. It prints the links that people without a sign-in got.
"""

from __future__ import annotations

import datetime
import json
import os
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from fremsyn.approval.schema import AgendaItem, Meeting
    from fremsyn.cases.editing.operations import add_thing, change_thing, withdraw_thing
    from fremsyn.cases.models import Case, PhaseRecord, PhaseState
    from fremsyn.cases.people.operations import invite_to_case
    from fremsyn.core.text import Text
    from fremsyn.people.models import Person
    from fremsyn.scanning.operations import make_noticing_link, tell_noticed
    from fremsyn.scenarios.group.handing import hand_out
    from fremsyn.scenarios.group.own import keep_own

    case, now = Case.objects.get(slug="kombit-2035"), timezone.now()
    of: dict[str, Any] = {"case": case, "at": now}
    PhaseRecord.objects.filter(case=case).update(state=PhaseState.REOPENED)
    owner, *others = (Person.objects.get(username=f"demo-{role}") for role in ("owner", "leadership", "facilitator"))
    handed = [("D9", "D3"), ("D1", "D5")]
    hand_out(people=[each.pk for each in (owner, *others)], sections=handed, by=owner, **of)
    for number, person in ((3, owner), (-2, others[0])):
        why = Text(da="Fordi det ene trækker det andet med sig")
        keep_own(source="D9", target="D3", cells={("D9.a", "D3.c"): number}, reason=why, give=True, by=person, **of)

    title = {"title": Text(da="Efterspørgslen flytter sig", en="Demand moves")}
    change_thing(key="T47", version=None, values=title, meaning=True, by=owner, **of)
    withdraw_thing(key="S21", why="Det var en fejl", by=owner, **of)
    planned = Meeting(
        id="third", reading=1, date=case.as_of + datetime.timedelta(days=30), begins="10:00", ends="11:00",
        title=Text(da="Opfølgning", en="Follow-up"), agenda=(AgendaItem(n=1, title=title["title"], type="discussion"),),
    )  # fmt: skip
    add_thing(parent="approval", slot="meetings", thing=planned, by=owner, **of)
    lasting: dict[str, Any] = {"cap": 20, "expires_at": now + datetime.timedelta(days=7), "by": owner}
    _link, notice = make_noticing_link(circle="organisation", **lasting, **of)
    tell_noticed(token=notice, noticed="To kontorer deler vagt", so_what="Det kan flere", language="da", at=now)
    _invitation, invitation = invite_to_case(role="member", **lasting, **of)
    print(json.dumps({"notice": f"/n/{notice}/", "invitation": f"/invitations/{invitation}/"}))


if __name__ == "__main__":
    main()
