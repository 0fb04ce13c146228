"""`fremsyn verify`, `fremsyn audit verify` and `fremsyn remind`: whether what was kept is what was written, and what is due."""

import argparse
import json

from fremsyn.terminal import migrate, refuse, say, setup


def verify_pack(given: argparse.Namespace) -> int:
    from fremsyn.approval.verify import opened, told

    setup()
    from fremsyn.audit.stamping import authorities_in
    from fremsyn.chain.verifying import verified

    try:
        pack, key = opened(given.pack, given.key)
        authorities = authorities_in(given.authorities) if given.authorities else []
    except (OSError, ValueError) as error:
        refuse(f"fremsyn verify: {error}")
        return 2
    said = verified(pack, key, authorities)
    if given.json:
        say(json.dumps(said))
        return int(not said["ok"])
    say(told(said))
    for part, same in said["recomputed"].items():
        came = {True: "computed again, the same", False: "COMPUTED AGAIN, NOT THE SAME", None: "not in the pack"}[same]
        say(f"{part.replace('_', ' '):<22}{came}")
    if said["stamped_at"]:
        say(f"{'time stamp':<22}{said['stamped_at']}")
    if said["intact"] and said["entry"]:
        say(f"NOT CONFIRMED. {said['entry']}: {said['why']}")
    return int(not said["ok"])


def remind_boards(given: argparse.Namespace) -> int:
    migrate()
    from django.utils import timezone

    from fremsyn.approval.after.reminding import mail_quarter, remind
    from fremsyn.cases.models import Case

    for case in Case.objects.order_by("slug"):
        told = remind(case=case, at=timezone.now())
        if told:
            mailed = mail_quarter(case=case, at=timezone.now())
            say(f"{case.slug}: {len(told)} told, {mailed} of them by mail")
    return 0


def verify_log(given: argparse.Namespace) -> int:
    migrate()
    from fremsyn.approval.ballots.checking import check_ballots
    from fremsyn.audit.verification import verify

    came, (ballots, wrong) = verify(), check_ballots()
    if came.ok and not wrong:
        say(f"{came.rows:,} entries, intact. Root {came.root}. {came.checkpoints} checkpoints, all of them hold.")
        say(f"{ballots:,} ballots, each as its line in the log has it.")
        return 0
    if came.first_wrong:
        return refuse(f"Entry {came.first_wrong} is not what was written.")
    if wrong:
        return refuse(f"Entry {wrong.entry}: {wrong.what}.")
    return refuse(f"The checkpoint over {came.wrong_checkpoint} entries is not the beginning of this log.")
