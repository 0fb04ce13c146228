"""Rows of the phase: one beside each item, with the columns of its schema."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.models import ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


class Session(ItemRow):
    """E: a session of the strategic conversation, prepared, run and remembered."""

    phase = models.CharField(max_length=20)
    circle = models.CharField(max_length=20)
    held = models.DateField()
    minutes_total = models.IntegerField()
    title = OrderedJSON()
    focal_question = OrderedJSON()
    prompts = OrderedJSON()
    pre_read = OrderedJSON()
    present = OrderedJSON()
    run_sheet = OrderedJSON()
    materials = OrderedJSON(null=True)
    without_network = OrderedJSON(null=True)
    minutes = OrderedJSON(null=True)
    gate = OrderedJSON(null=True)

    class Meta:
        constraints = [between("conversation", "session", "minutes_total", 1, 1440)]


class Round(ItemRow):
    """R: a round in which circles answer, opened with what was heard and with a perspective."""

    phase = models.CharField(max_length=20)
    circles = OrderedJSON()
    kind = models.CharField(max_length=20)
    opens = models.DateField()
    closes = models.DateField()
    title = OrderedJSON()
    heard = OrderedJSON(null=True)
    surprised_leadership = OrderedJSON(null=True)
    perspective = OrderedJSON(null=True)
    asks = OrderedJSON(null=True)
    tellings = OrderedJSON(null=True)
    votes = models.TextField(null=True)
    anonymity = models.CharField(max_length=20)
    min_group = models.IntegerField()
    proposals = OrderedJSON(null=True)
    lowest = OrderedJSON(null=True)
    highest = OrderedJSON(null=True)
    questions = OrderedJSON(default=list)
    monday = models.BooleanField(default=False)
    postcard = models.BooleanField(default=False)
    results = models.CharField(max_length=20, default="when_closed")

    class Meta:
        constraints = [between("conversation", "round", "min_group", 5, 1000)]


class Statement(ItemRow):
    """U: a statement that reasonable people can differ on."""

    text = OrderedJSON()
    theme = models.TextField()
    aspect = models.CharField(max_length=12, null=True)


class Insight(ItemRow):
    """N: what was learnt, what it rests on and what it was used for."""

    title = OrderedJSON()
    text = OrderedJSON()
    shows = models.CharField(max_length=20)


class RoundRun(models.Model):
    """A round that is or was live here. One without it, such as an imported one, goes by its dates.

    `votes` and `votes_sha256` tell what had been cast when it closed; `votes_salt` stands before the votes in what is
    hashed, so that nobody who reads the hash can try out votes against it. `shown_at` is when its results were first shown.
    """

    PERSONAL_FIELDS = ()

    round = models.OneToOneField(Round, on_delete=models.CASCADE, primary_key=True, related_name="run")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    votes = models.PositiveIntegerField(null=True)
    votes_sha256 = models.CharField(max_length=64, blank=True)
    votes_salt = models.CharField(max_length=32, blank=True)


class Invitation(models.Model):
    """A link into a round, for one person or for a group. Its token is handed out once; only the token's hash is kept."""

    PERSONAL_FIELDS = ("note", "made_by", "withdrawn_by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    circle = models.CharField(max_length=20)
    note = models.CharField(max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    cap = models.PositiveIntegerField()
    joined = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(joined__lte=models.F("cap"), cap__gte=1), name="conversation_invitation_cap"
            )
        ]


class Participant(models.Model):
    """Somebody who answers a round. Nothing ties them to a person or to the link they came by."""

    PERSONAL_FIELDS = ("pseudonym",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participants")
    circle = models.CharField(max_length=20)
    pseudonym = models.CharField(max_length=20)
    code_sha256 = models.CharField(max_length=64, null=True, unique=True)
    language = models.CharField(max_length=2)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "pseudonym"], name="conversation_participant_pseudonym")
        ]


class Vote(models.Model):
    """One answer under a pseudonym: 1 agree, -1 disagree, 0 pass; in a rating 1 to 7, of a scenario 1 to 5, 0 pass. No row: not seen.

    A vote that was cast here has a receipt, which changes with the vote and with nothing else.
    """

    PERSONAL_FIELDS = ("participant",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    participant = models.CharField(max_length=80)
    circle = models.CharField(max_length=20)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    value = models.SmallIntegerField()
    important = models.BooleanField(default=False)
    receipt = models.CharField(max_length=32, null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant", "statement"], name="conversation_vote_once"),
            between("conversation", "vote", "value", -1, 7),
        ]


class VoteKey(models.Model):
    """What a press of a button was answered with, so that the same press sent again gets the same answer."""

    PERSONAL_FIELDS = ("participant",)

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="vote_keys")
    key = models.CharField(max_length=64)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    value = models.SmallIntegerField()
    important = models.BooleanField()
    receipt = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "key"], name="conversation_vote_key_once")]


class AnswerKind(models.TextChoices):
    """What somebody wrote in a round, and to what."""

    REASON = "reason", _("reason")
    WORD = "word", _("what made them say so")
    OPEN = "open", _("answer to an open question")
    MONDAY = "monday", _("what I would do on Monday")
    POSTCARD = "postcard", _("postcard")
    REPLY = "reply", _("answer to another's view")
    PROPOSAL = "proposal", _("proposed statement")


class AnswerState(models.TextChoices):
    """Whether others may read it."""

    PENDING = "pending", _("not read by a facilitator yet")
    ACCEPTED = "accepted", _("shown to the others")
    DECLINED = "declined", _("not shown")


class Answer(models.Model):
    """What a participant wrote. Others read it when a facilitator has accepted it; a refusal has its reason.

    `place` tells to what it was written: a reason's statement (U7), the scenario that was judged (C2), an open question's
    number from 1, the answer that is replied to, a proposal's number; empty for what is asked once.
    """

    PERSONAL_FIELDS = ("participant", "text", "moderator_reason", "decided_by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="written")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="written")
    kind = models.CharField(max_length=12, choices=AnswerKind.choices)
    place = models.CharField(max_length=40, blank=True)
    statement = models.ForeignKey(Statement, null=True, on_delete=models.CASCADE, related_name="written")
    # What was answered may be erased by whoever wrote it; the answer is another's, and stays.
    replies_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replies")
    text = models.TextField()
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=12, choices=AnswerState.choices, default=AnswerState.PENDING)
    moderator_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "kind", "place"], name="conversation_answer_once")
        ]


class SyntheticVotes(models.Model):
    """What is known of votes that nobody cast: kept with the case, so that nobody takes them for real."""

    PERSONAL_FIELDS = ()

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True)
    content = OrderedJSON()


class SessionRun(models.Model):
    """How a session runs: which part is on, what the screen shows, who holds the pen."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("pen",)

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True, related_name="run")
    language = models.CharField(max_length=2)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    step = models.PositiveIntegerField(default=0)
    step_started_at = models.DateTimeField(null=True)
    # What stands on the screen: nothing, `prompt-2`, `minutes`, or the reference of a statement.
    on_screen = models.CharField(max_length=20, blank=True)
    revealed = OrderedJSON(default=list)
    pen = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    pen_since = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_why = models.TextField(blank=True)
    # Rises with whatever the screen or the minutes show, so that a page asks for nothing it has.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(started_at=None, step_started_at=None)
                | Q(started_at__isnull=False, step_started_at__isnull=False),
                name="conversation_session_run_step_since",
            ),
            models.CheckConstraint(
                condition=Q(pen=None) | Q(pen_since__isnull=False), name="conversation_session_run_pen_since"
            ),
        ]


class MinuteLine(models.Model):
    """A line of a session's minutes as it is being written; the id comes from the page, so that sending twice is once."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ()
    FIELDS: ClassVar[tuple[str, ...]] = ("surprised", "differ", "hold", "ask")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(SessionRun, on_delete=models.CASCADE, related_name="lines")
    field = models.CharField(max_length=10)
    position = models.PositiveIntegerField()
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    # The insight that the line became.
    insight = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["run", "field", "position"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(field__in=["surprised", "differ", "hold", "ask"]), name="conversation_minute_line_field"
            ),
        ]
