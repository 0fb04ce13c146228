"""What of the paper the body has decided, so that it stands as it was put."""

from fremsyn.approval.after.operations import HANDED_OVER, approved_version
from fremsyn.approval.handover import load
from fremsyn.approval.models import MeetingState, PointRun, PointState
from fremsyn.approval.paper.closing import WHERE
from fremsyn.approval.states import DECIDED
from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case, PhaseStep

SLOTS = ("points", "sections", "risks")


def decided_keys(case: Case) -> frozenset[str]:
    """Return the keys of what stands as it was decided: points that were adopted; all of the paper when none waits.

    Nothing does when a new decision has begun, as a phase that was approved is opened again. The paper's head can be changed
    all the time: it says who may read the paper, and to which meeting it is put.
    """
    approved = approved_version(case)
    if approved is None or _begun_anew(case, approved.at):
        return frozenset()
    closed = PointRun.objects.filter(run__case=case, run__state=MeetingState.CLOSED, item__isnull=False)
    came = dict(closed.order_by("run__closed_at").values_list("item__ref", "state"))
    adopted = {ref for ref, state in came.items() if state == PointState.ADOPTED}
    paper = load(case).paper
    over = {ref for ref, state in came.items() if state in DECIDED}
    refs = {each.ref for each in paper.points} if paper else set()
    if refs - over:
        return frozenset(adopted)
    parts = (key for key in directory(case).entries if key.startswith(f"{WHERE}/"))
    return frozenset({*refs, *adopted, *parts, *(f"{WHERE}/{slot}" for slot in SLOTS)})


def _begun_anew(case: Case, since: object) -> bool:
    return PhaseStep.objects.filter(case=case, phase__in=HANDED_OVER, name="reopen", at__gt=since).exists()
