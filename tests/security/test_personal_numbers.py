"""A personal number is refused wherever people write freely, and what they wrote stays."""

from __future__ import annotations

import pytest

from fremsyn.cases.models import Case

pytestmark = pytest.mark.django_db
WORDS = "Ring til 010190-1234 om det"
WRITTEN = {
    "framing/interviews/": ("q1",),
    "scenarios/matrix/judge/D1/D2/": ("reason",),
    "scenarios/drivers/add/": ("name", "asks", "state-1", "means-1", "note"),
    "scenarios/drivers/D1/test/": ("note",),
    "scenarios/space/1/take/": ("name", "summary", "attraction"),
    "scenarios/futures/C1/story/edit/": ("text",),
    "direction/desirable/compose/": ("name", "statement", "tension", "why-D1"),
    "direction/backcast/edit/": ("year:2034",),
    "strategy/portfolio/": ("name", "text"),
    "strategy/options/O1/scores/?settle": ("why",),
    "plans/initiatives/I1/move/": ("why",),
    "plans/budget/": ("why",),
    "gates/plans/steps/reopen/": ("why",),
    "people/": ("note",),
}


def test_a_personal_number_is_refused_on_every_page_and_nothing_is_kept(kombit, client_as):
    client = client_as("owner")
    before = kombit.revision
    wrong = []
    for address, names in WRITTEN.items():
        answer = client.post(
            f"/cases/kombit/{address}", dict.fromkeys(names, WORDS) | {"act": "move" if "move" in address else "save"}
        )
        page = answer.content.decode()
        if answer.status_code != 422 or page.count(WORDS) < len(names) or "Det ligner et CPR-nummer" not in page:
            wrong.append((address, answer.status_code, page.count(WORDS)))
    assert not wrong, wrong
    page = client.post("/cases/kombit/gates/plans/steps/reopen/", {"why": WORDS}).content.decode()
    assert 'name="next" value="/cases/kombit/gates/plans/"' in page  # where a switch of language leads
    assert Case.objects.get(pk=kombit.pk).revision == before
