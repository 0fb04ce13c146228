"""Sealing in the application and by a run, and computing a pack's results again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from chain.small import small, write
from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.models import SealedPack
from fremsyn.approval.schema import Access
from fremsyn.audit.keys import demonstration_key
from fremsyn.audit.models import Checkpoint, Entry
from fremsyn.audit.verification import verify as verify_log
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case
from fremsyn.chain.claims import compute
from fremsyn.chain.content import CaseContent
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import remove_case
from fremsyn.chain.sealing import RESULTS, canonical, material, results, seal_case, seal_demonstration
from fremsyn.chain.verifying import NotComputable, content_of, differences, recompute, verified
from fremsyn.cli import main
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Demonstration
from fremsyn.people.roles import Role

Signed = Callable[[str], Client]


@pytest.fixture(scope="module")
def entries(kombit_content: CaseContent) -> dict[str, bytes]:
    """What is sealed of the demonstration case."""
    return material(kombit_content, compute(kombit_content), {}, votes=True)


# --- what is sealed, and computed again


def test_what_is_sealed_is_the_case_and_can_be_read_as_it(entries, kombit_content):
    again = content_of(entries)

    assert dict(again.sheets()) == dict(kombit_content.sheets())
    assert again.conversation == kombit_content.conversation
    assert again.scenarios.stories == kombit_content.scenarios.stories


def test_the_sealed_results_are_those_of_the_pages(entries):
    sealed = json.loads(entries[RESULTS])

    assert len(sealed["consistent_scenarios"]["found"]) == 14
    assert sealed["resistances"]["consistent"] is False
    assert set(sealed["regrets"]["strategies"]) == {"P1", "P2", "P3", "P4", "P5"}
    assert all("small" not in json.dumps(each) for each in sealed["opinions"].values())


def test_small_groups_are_hidden_in_what_is_sealed(repo):
    content = read_folder(repo / "examples" / "skole").content
    assert content
    sealed = results(content, compute(content))
    assert all(each["by_circle"]["leadership"] is None for each in sealed["opinions"]["R1"]["statements"])
    assert "votes/R1.csv" not in material(content, compute(content), {}, votes=False)


@pytest.mark.django_db
def test_a_pack_is_computed_again_from_what_lies_in_it(kombit):
    pack = bytes(seal_demonstration(case=kombit, documents={"a.pdf": b"x"}, at=NOON).content)
    said = verified(pack, "")

    assert said["ok"]
    assert said["recomputed"] == dict.fromkeys(("consistent_scenarios", "resistances", "regrets", "opinions"), True)
    assert not verified(pack, "0" * 64)["ok"]
    assert not verified(pack[:-1], "")["ok"]


@pytest.mark.django_db
def test_without_the_votes_the_answers_are_not_computed_again(kombit):
    sealed = seal_case(
        case=kombit, documents={}, votes=False, demonstration=True, key=demonstration_key(), by=None, at=NOON
    )
    assert "votes/R1.csv" not in verify.unzipped(bytes(sealed.content))
    said = verified(bytes(sealed.content), "")
    assert (said["ok"], said["recomputed"]["opinions"]) == (True, None)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("consistent_scenarios", lambda r: r["consistent_scenarios"]["found"].pop()),
        ("resistances", lambda r: r["resistances"]["resists"].clear()),
        ("regrets", lambda r: r["regrets"]["strategies"]["P1"].update(max_regret=0)),
        ("opinions", lambda r: r["opinions"]["R1"]["statements"][0].update(gap=99)),
    ],
)
def test_results_that_do_not_follow_are_named(entries, part, change):
    lying = json.loads(entries[RESULTS])
    change(lying)
    came = recompute(verify.zipped({**entries, RESULTS: canonical(lying)}))

    assert [name for name, same in came.parts.items() if not same] == [part]
    assert came.entry == RESULTS
    assert came.why.startswith(part)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("handovers/strategy.json", b"{}"),
        ("handovers/strategy.json", b"[]"),
        ("handovers/strategy.json", b"{ }"),
        ("handovers/strategy.json", b"\xff"),
        ("handovers/case.json", b"[" * 100_000),
        ("votes/R1.csv", b"participant,circle\n"),
        ("votes/R1.csv", b"\xff"),
        ("votes/SYNTHETIC.json", b"{}"),
        (RESULTS, b"null"),
    ],
)
def test_material_that_is_no_case_is_named(entries, name, content):
    came = recompute(verify.zipped({**entries, name: content}))

    assert came.entry == name
    assert came.why


def test_material_that_breaks_the_rules_or_is_missing_is_refused(entries):
    scenarios = json.loads(entries["handovers/scenarios.json"])
    scenarios["scenarios"][0]["variants"][0] = "D99.a"
    came = recompute(verify.zipped({**entries, "handovers/scenarios.json": canonical(scenarios)}))
    assert came.entry == "handovers/"
    with pytest.raises(NotComputable, match="missing"):
        content_of({name: held for name, held in entries.items() if name != "handovers/plans.json"})


def test_numbers_may_differ_by_what_processors_differ_by():
    assert list(differences({"a": [1, 2.0]}, {"a": [1.0000000001, 2]})) == []
    assert list(differences({"a": [1, None]}, {"a": [2, 0]}, "x")) == [
        "x.a[1] is sealed as 1 and computed as 2",
        "x.a[2] is sealed as null and computed as 0",
    ]
    assert list(differences(True, 1, "x"))
    assert list(differences({"a": 1}, {"b": 1}, "x"))


# --- in the application


@pytest.fixture
def house_key(settings, tmp_path: Path) -> None:
    settings.SEAL_KEY = tmp_path / "seal.pem"


@pytest.fixture
def open_paper(kombit: Case) -> None:
    """A paper with nothing closed in it is sealed once; how one with closed parts is sealed is tried with those."""
    values = {"access": Access(level="open")}
    change_thing(case=kombit, key="approval/paper", version=None, values=values, meaning=False, by=None, at=NOON)


@pytest.fixture
def quick_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are set elsewhere and take their time; here one stands in for all."""
    monkeypatch.setattr("fremsyn.chain.views.documents_of", lambda case: {"board_paper.da.pdf": case.slug.encode()})


@pytest.mark.usefixtures("house_key", "quick_documents", "open_paper")
def test_a_facilitator_seals_and_those_of_the_board_fetch_it(kombit: Case, client_as: Signed) -> None:
    board = f"/cases/{kombit.slug}/board/"
    answer = client_as("facilitator").post(f"{board}seal/", {"votes": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{board}#packs")

    pack = SealedPack.objects.get(case=kombit)
    assert (pack.version, pack.demonstration, pack.sealed_by) == (
        1,
        False,
        kombit.memberships.get(role="facilitator").person,
    )
    page = client_as("board").get(board).content.decode()
    assert pack.fingerprint in page
    assert f"{board}packs/{pack.sha256}.zip" in page
    assert f"{board}seal/" not in page
    file = client_as("board").get(f"{board}packs/{pack.sha256}.zip")
    assert file.headers["Content-Disposition"] == f'attachment; filename="{kombit.slug}-pack-1.zip"'
    said = verified(file.content, pack.fingerprint.replace(" ", ""))
    assert (said["ok"], said["signer"], said["mark"]) == (True, "confirmed", "sealed paper, not a decision")
    entry = Entry.objects.get(event="approval.paper_sealed")
    assert entry.facts()["content_sha256"] == pack.content_sha256
    assert Checkpoint.objects.get().size == entry.sequence
    assert verify_log().ok


@pytest.mark.usefixtures("house_key", "quick_documents", "open_paper")
@pytest.mark.parametrize("role", list(Role.values))
def test_only_owner_and_facilitator_seal(kombit: Case, client_as: Signed, role: str) -> None:
    may = role in ("owner", "facilitator")
    board = f"/cases/{kombit.slug}/board/"
    assert client_as(role).post(f"{board}seal/").status_code == (302 if may else 403)
    assert SealedPack.objects.exists() == may
    if may:
        assert client_as(role).post(f"{board}seal/").status_code == 422
        assert f'action="{board}seal/"' in client_as(role).get(board).content.decode()
    sha256 = SealedPack.objects.get().sha256 if may else "0" * 64
    inside = role not in ("member", "stakeholder", "administrator")
    fetched = client_as(role).get(f"{board}packs/{sha256}.zip").status_code
    assert fetched == (200 if may else 404 if inside else 403)


@pytest.mark.usefixtures("house_key", "quick_documents", "open_paper")
def test_nobody_outside_seals_or_fetches_and_a_form_needs_its_token(kombit: Case, client_as: Signed) -> None:
    client_as("owner").post(f"/cases/{kombit.slug}/board/seal/")
    fetch = f"/cases/{kombit.slug}/board/packs/{SealedPack.objects.get().sha256}.zip"
    assert Client().get(fetch).status_code == 404
    assert Client().post(f"/cases/{kombit.slug}/board/seal/").status_code == 404
    assert client_as("owner").get(f"/cases/{kombit.slug}/board/seal/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(kombit.memberships.get(role="owner").person)
    assert strict.post(f"/cases/{kombit.slug}/board/seal/").status_code == 403
    assert strict.get(fetch.replace("kombit", "other")).status_code == 404


@pytest.mark.usefixtures("house_key", "quick_documents", "open_paper")
def test_what_is_sealed_in_a_demonstration_says_so(kombit: Case, client_as: Signed) -> None:
    Demonstration.objects.create(made_at=NOON)
    client_as("owner").post(f"/cases/{kombit.slug}/board/seal/")

    pack = SealedPack.objects.get()
    assert pack.fingerprint == verify.DEMONSTRATION
    assert verify.verify(bytes(pack.content))["mark"] == "demonstration, not a decision"
    assert (
        "demonstration, ikke en beslutning" in client_as("board").get(f"/cases/{kombit.slug}/board/").content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("demonstration", [True, False])
def test_a_case_goes_only_with_packs_that_are_demonstrations(kombit: Case, demonstration: bool) -> None:
    key = demonstration_key()
    seal_case(case=kombit, documents={}, votes=False, demonstration=demonstration, key=key, by=None, at=NOON)
    if demonstration:
        remove_case(case=kombit, by=None, at=NOON)
        assert not SealedPack.objects.exists()
    else:
        with pytest.raises(RuleBroken):
            remove_case(case=kombit, by=None, at=NOON)


# --- as somebody types it


def fremsyn(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    around = {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
    }
    command = [sys.executable, "-W", "error", "-m", "fremsyn.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**around, **more})


def test_two_runs_in_two_places_seal_the_same_and_it_verifies(tmp_path: Path) -> None:
    folder, ran = write(tmp_path / "lille", small()), []
    for place, zone in (("one", "UTC"), ("two", "Asia/Tokyo")):
        (tmp_path / f"{place}-temp").mkdir()
        given = ["case", "run", folder, "--out", tmp_path / place, "--json"]
        ran.append(fremsyn(*given, TMPDIR=str(tmp_path / f"{place}-temp"), TZ=zone, PYTHONHASHSEED=str(len(ran))))
    found = [json.loads(each.stdout) for each in ran]
    assert found[0]["pack_sha256"] == found[1]["pack_sha256"]
    assert json.loads((tmp_path / "one" / "result.json").read_text(encoding="utf-8")) == found[0]
    pack = Path(found[0]["pack"])
    assert pack.is_absolute()
    assert pack.read_bytes() == Path(found[1]["pack"]).read_bytes()

    came = fremsyn("verify", pack, "--json")
    said = json.loads(came.stdout)
    assert (came.returncode, said["ok"], said["signer"]) == (0, True, "demonstration")
    assert said["pack_sha256"] == found[0]["pack_sha256"]
    assert all(said["recomputed"].values())
    assert main(["verify", str(pack), "--key", "0" * 64]) == 1
    for use in (["verify", str(tmp_path)], ["verify", str(pack), "--key", "3"]):
        assert main(use) == 2
    pack.write_bytes(pack.read_bytes()[:-1])
    cut = fremsyn("verify", pack)
    assert (cut.returncode, cut.stdout[:10], "Traceback" in cut.stderr) == (1, "NOT INTACT", False)
