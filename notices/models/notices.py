"""Notices in the house: a row for a post, written in the transaction that decides it."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Post


class Kind(models.TextChoices):
    """What a notice is about; the words are made when it is shown, and name no petitioner."""

    SEALED_HERE = "sealed_here", _("A sealed petition waits for you")
    DIRECT_WAITS = "direct_waits", _("A report about a cadre came straight to your office: take it in")
    REGISTERED_FOR_YOU = "registered_for_you", _("A petition was registered in your portfolio")
    DRAFT_WAITS = "draft_waits", _("A parked draft waits to be finished")
    SENT_TO_YOU = "sent_to_you", _("A petition was sent to your unit: sign for it")
    OBJECTION_TO_DECIDE = "objection_to_decide", _("A unit objects: decide on the return")
    OBJECTION_REFUSED = "objection_refused", _("The sender did not agree to the return")
    PAPER_TO_APPROVE = "paper_to_approve", _("A paper waits for your approval")
    PAPER_RETURNED = "paper_returned", _("A paper that you drew up was sent back for revision")
    PAPER_TO_SERVE = "paper_to_serve", _("A paper that you drew up was issued: it waits to be served")
    EXTENSION_TO_DECIDE = "extension_to_decide", _("An extension waits for your decision")
    EXTENSION_DECIDED = "extension_decided", _("The extension was decided")
    HELP_ASKED = "help_asked", _("A unit asks yours to assist by a day")
    FED_BACK = "fed_back", _("A co-handling unit gave its feedback")
    WITHDRAWAL_TO_CONFIRM = "withdrawal_to_confirm", _("A petitioner withdraws: confirm it or not")
    ENDED_OTHERWISE = "ended_otherwise", _("A petition ended: nothing more is owed on it")
    GOES_ON_AGAIN = "goes_on_again", _("A petition that had ended goes on")
    RECUSAL_TO_DECIDE = "recusal_to_decide", _("A petitioner asks for a recusal: decide on it")
    RECUSAL_DECIDED = "recusal_decided", _("A recusal was decided")
    KEEP_TO_LOOK_AT = "keep_to_look_at", _("A petition kept without action was drawn: look at it")
    KEPT_WRONGLY = "kept_wrongly", _("A petition was kept wrongly: route it anew")
    REPORT_TO_TAKE = "report_to_take", _("A completion report came in: take it or send it back")
    REPORT_SENT_BACK = "report_sent_back", _("Your completion report was sent back for rework")
    DISPUTE_OPENED = "dispute_opened", _("Who accepts a petition is in dispute")
    DISPUTE_SETTLED = "dispute_settled", _("A dispute over who accepts was settled")
    CAME_AGAIN = "came_again", _("A matter that your unit handles was raised again")
    SERVICE_TO_CONFIRM = "service_to_confirm", _("A correction of a service waits for a second person")
    CAN_BE_FINISHED = "can_be_finished", _("Nothing is missing on a petition any more: finish it")
    GIVEN_TO_READ = "given_to_read", _("A petition was given to you to read and work on")
    # what an urging told before it was asked for as an assignment
    PRESSED = "pressed", _("The sender urges your unit on a petition")
    PERIOD_NOTICE = "period_notice", _("A period comes to its last days")
    PERIOD_WARN = "period_warn", _("A period ends soon")
    PERIOD_URGE = "period_urge", _("A period is about to end: see to it now")
    PERIOD_OVERDUE = "period_overdue", _("A period has passed: do it and say why it is late")
    SWEEP_MISSING = "sweep_missing", _("Something that runs by itself has not run")
    ASKED_OF_YOU = "asked_of_you", _("Something is asked of you: sign for it and reply by its day")
    ASKED_AGAIN = "asked_again", _("Your reply was sent back: something is still missing")
    ASKED_SOON = "asked_soon", _("What is asked of you is due within days: reply")
    ASKED_LATE = "asked_late", _("What is asked of you is overdue: reply and say why it is late")
    LATE_WITH_REPLY = "late_with_reply", _("What you asked is overdue and not replied to")
    REPLY_TO_VERIFY = "reply_to_verify", _("A reply came in to what you asked: verify it")
    SLIP_TO_SIGN = "slip_to_sign", _("A supervision slip waits for a signature")
    SLIP_SENT_BACK = "slip_sent_back", _("A supervision slip that you drew up was sent back")
    LIFT_PROPOSED = "lift_proposed", _("Lifting a matter to the next tier is proposed: decide on it")
    LIFT_GIVEN_BACK = "lift_given_back", _("A lifted matter was given back or sent down")
    LIFT_TO_READ = "lift_to_read", _("A matter was lifted to your tier: read along")
    SPONSOR_NAMED = "sponsor_named", _("You sponsor a petition from now on")
    SPONSOR_MISSING = "sponsor_missing", _("A sponsor withdrew from a petition: name another")
    ORAL_TO_CONFIRM = "oral_to_confirm", _("An oral instruction was noted in your name: confirm it or not")
    ORAL_WAITS = "oral_waits", _("An oral instruction still waits for your word")
    INSTRUCTION_GIVEN = "instruction_given", _("A leader gave an instruction on a petition")
    INSTRUCTION_ANSWERED = (
        "instruction_answered",
        _("Everyone answered an instruction: check it and close it"),
    )
    LETTER_CHOSEN = "letter_chosen", _("A letter was chosen for you to read")
    DECISION_ASKED = "decision_asked", _("A decision is asked of you")
    DECISION_MADE = "decision_made", _("The leader decided what you asked")
    DECISION_RETURNED = "decision_returned", _("The leader wants to know more before he decides")
    SLIP_TO_LIFT = "slip_to_lift", _("A slip on a petition that is over was answered: it can be lifted")
    SLIP_LIFTED = (
        "slip_lifted",
        _("A supervision slip to your unit was lifted (解除): nothing more is owed on it"),
    )
    BULLETIN_DRAWN = "bulletin_drawn", _("The bulletin of last month was drawn up: read and issue it")
    BULLETIN_NAMES_YOU = "bulletin_names_you", _("A bulletin names matters that your unit has in hand")
    FIGURES_DRAWN = "figures_drawn", _("A report of figures was drawn up: add what is missing and hand it in")
    FIGURES_TO_APPROVE = "figures_to_approve", _("A report of figures waits for your approval")
    FIGURES_RETURNED = "figures_returned", _("A report of figures came back to be written otherwise")
    FIGURES_ISSUED = "figures_issued", _("A report of figures was issued")
    MEETING_CALLED = "meeting_called", _("You are called to a meeting")
    HEARING_CALLED = "hearing_called", _("You take part in a hearing")
    HEARING_OFF = "hearing_off", _("A hearing that you take part in was called off")
    SCORE_TOLD = "score_told", _("Something was entered or decided in the scores of your unit")
    SCORE_CONTESTED = "score_contested", _("A unit contests a score entry: decide on it")
    REMEDY_ASKED = "remedy_asked", _("A petitioner asks your organ for review or re-examination")
    OPINION_CONTESTED = "opinion_contested", _("An opinion of your unit is contested")
    REMEDY_DECIDED = "remedy_decided", _("An opinion of your unit was decided on in review")
    MEETING_DUE = "meeting_due", _("A meeting is due and not called yet")
    MEETING_MISSED = "meeting_missed", _("A meeting that was due was not held")
    MINUTES_TO_SIGN = "minutes_to_sign", _("Minutes wait for a signature")
    LOOK_BACK_DRAWN = "look_back_drawn", _("Items struck off were drawn to be looked at again")
    ITEM_STUCK = "item_stuck", _("An item of a list does not move")
    MORNING_BRIEF = "morning_brief", _("The morning brief")
    CALENDAR_MISSING = "calendar_missing", _("The working calendar of a year is missing: enter its notice")
    CALENDAR_MOVED = "calendar_moved", _("A new working calendar moved last days that you keep")
    RECEIVES_VISITORS = "receives_visitors", _("You receive visitors on a day of the roster")
    EVENT_WAITS = "event_waits", _("An event of a grid waits for you")
    EVENT_DUE = "event_due", _("The period of an event of a grid is about to end")
    EVENT_LATE = "event_late", _("The period of an event of a grid has passed")
    ROUND_WAITS = "round_waits", _("A round of your grid has begun (排查)")
    ROUND_MISSED = "round_missed", _("A round of a grid was not reported in its days")


# The page a notice leads to, by its name; every one takes the subject's id.
_LEADS_TO = {
    Kind.SEALED_HERE: "cases:petition",
    Kind.DIRECT_WAITS: "cases:direct_report",
    Kind.REGISTERED_FOR_YOU: "cases:petition",
    Kind.DRAFT_WAITS: "cases:draft",
    Kind.SENT_TO_YOU: "cases:petition",
    Kind.OBJECTION_TO_DECIDE: "cases:petition",
    Kind.OBJECTION_REFUSED: "cases:petition",
    Kind.PAPER_TO_APPROVE: "cases:petition",
    Kind.PAPER_RETURNED: "cases:petition",
    Kind.PAPER_TO_SERVE: "cases:petition",
    Kind.EXTENSION_TO_DECIDE: "cases:petition",
    Kind.EXTENSION_DECIDED: "cases:petition",
    Kind.HELP_ASKED: "cases:petition",
    Kind.FED_BACK: "cases:petition",
    Kind.WITHDRAWAL_TO_CONFIRM: "cases:petition",
    Kind.ENDED_OTHERWISE: "cases:petition",
    Kind.GOES_ON_AGAIN: "cases:petition",
    Kind.RECUSAL_TO_DECIDE: "cases:petition",
    Kind.RECUSAL_DECIDED: "cases:petition",
    Kind.KEEP_TO_LOOK_AT: "cases:petition",
    Kind.KEPT_WRONGLY: "cases:petition",
    Kind.REPORT_TO_TAKE: "cases:petition",
    Kind.REPORT_SENT_BACK: "cases:petition",
    Kind.DISPUTE_OPENED: "cases:petition",
    Kind.DISPUTE_SETTLED: "cases:petition",
    Kind.CAME_AGAIN: "cases:petition",
    Kind.SERVICE_TO_CONFIRM: "cases:petition",
    Kind.CAN_BE_FINISHED: "cases:petition",
    Kind.GIVEN_TO_READ: "cases:petition",
    Kind.PRESSED: "cases:petition",
    Kind.PERIOD_NOTICE: "cases:petition",
    Kind.PERIOD_WARN: "cases:petition",
    Kind.PERIOD_URGE: "cases:petition",
    Kind.PERIOD_OVERDUE: "cases:petition",
    Kind.SWEEP_MISSING: "desk:sweep",
    Kind.ASKED_OF_YOU: "leadership:asked",
    Kind.ASKED_AGAIN: "leadership:asked",
    Kind.ASKED_SOON: "leadership:asked",
    Kind.ASKED_LATE: "leadership:asked",
    Kind.LATE_WITH_REPLY: "leadership:asked",
    Kind.REPLY_TO_VERIFY: "leadership:asked",
    Kind.SLIP_TO_SIGN: "cases:petition",
    Kind.SLIP_SENT_BACK: "cases:petition",
    Kind.LIFT_PROPOSED: "cases:petition",
    Kind.LIFT_GIVEN_BACK: "cases:petition",
    Kind.LIFT_TO_READ: "cases:petition",
    Kind.SPONSOR_NAMED: "cases:petition",
    Kind.SPONSOR_MISSING: "cases:petition",
    Kind.ORAL_TO_CONFIRM: "cases:petition",
    Kind.ORAL_WAITS: "cases:petition",
    Kind.INSTRUCTION_GIVEN: "cases:petition",
    Kind.INSTRUCTION_ANSWERED: "cases:petition",
    Kind.LETTER_CHOSEN: "cases:petition",
    Kind.DECISION_ASKED: "cases:petition",
    Kind.DECISION_MADE: "cases:petition",
    Kind.DECISION_RETURNED: "cases:petition",
    Kind.SLIP_TO_LIFT: "leadership:asked",
    Kind.SLIP_LIFTED: "leadership:asked",
    Kind.BULLETIN_DRAWN: "leadership:bulletin",
    Kind.BULLETIN_NAMES_YOU: "leadership:bulletin",
    Kind.FIGURES_DRAWN: "reports:report",
    Kind.FIGURES_TO_APPROVE: "reports:report",
    Kind.FIGURES_RETURNED: "reports:report",
    Kind.FIGURES_ISSUED: "reports:report",
    Kind.MEETING_CALLED: "leadership:meeting",
    Kind.HEARING_CALLED: "hearings:hearing",
    Kind.HEARING_OFF: "hearings:hearing",
    Kind.SCORE_TOLD: "scoring:entry",
    Kind.SCORE_CONTESTED: "scoring:entry",
    Kind.REMEDY_ASKED: "cases:petition",
    Kind.OPINION_CONTESTED: "cases:petition",
    Kind.REMEDY_DECIDED: "cases:petition",
    Kind.MEETING_DUE: "leadership:meetings_of",
    Kind.MEETING_MISSED: "leadership:meetings_of",
    Kind.MINUTES_TO_SIGN: "leadership:meeting",
    Kind.LOOK_BACK_DRAWN: "leadership:strike_list",
    Kind.ITEM_STUCK: "leadership:strike_item",
    Kind.MORNING_BRIEF: "leadership:brief_of",
    Kind.CALENDAR_MISSING: "deadlines:calendar_of",
    Kind.CALENDAR_MOVED: "desk:calendar_moves",
    Kind.RECEIVES_VISITORS: "leadership:duty_day",
    Kind.EVENT_WAITS: "grids:event",
    Kind.EVENT_DUE: "grids:event",
    Kind.EVENT_LATE: "grids:event",
    Kind.ROUND_WAITS: "grids:round",
    Kind.ROUND_MISSED: "grids:round",
}


class Way(models.TextChoices):
    """How a post is told outside the house, besides the inbox and its badge."""

    MAIL = "mail", _("E-mail")
    SMS = "sms", _("Text message")
    ROBOT = "robot", _("Robot in a group of the unit")


# What speaks of no matter, and so is told outside without anybody's right to open one.
OF_NO_MATTER = frozenset(
    {
        Kind.CALENDAR_MISSING,
        *(Kind.CALENDAR_MOVED, Kind.BULLETIN_DRAWN, Kind.BULLETIN_NAMES_YOU, Kind.MEETING_CALLED),
        *(Kind.HEARING_CALLED, Kind.HEARING_OFF, Kind.SCORE_TOLD, Kind.SCORE_CONTESTED),
        *(Kind.FIGURES_DRAWN, Kind.FIGURES_TO_APPROVE, Kind.FIGURES_RETURNED, Kind.FIGURES_ISSUED),
        *(Kind.MEETING_DUE, Kind.MEETING_MISSED, Kind.MINUTES_TO_SIGN, Kind.LOOK_BACK_DRAWN),
        *(Kind.ITEM_STUCK, Kind.MORNING_BRIEF, Kind.RECEIVES_VISITORS),
    }
)

# What never leaves the house: the sealed lane, what names a cadre, and drafts, which may become a report (Q1, Q2, Q3).
_STAYS_INSIDE = frozenset({Kind.SEALED_HERE, Kind.DIRECT_WAITS, Kind.DRAFT_WAITS})


def ways_of(kind: Kind) -> list[str]:
    """Return how a notice goes out where nothing else is said: with the day's letter, or not at all."""
    return [] if kind in _STAYS_INSIDE else [Way.MAIL.value]


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self) -> "NoticeQuerySet":
        """Keep the notices that were not taken back."""
        return self.filter(withdrawn_at=None)

    def unread(self) -> "NoticeQuerySet":
        return self.standing().filter(read_at=None)

    def going_out_by(self, ways: Iterable[str]) -> "NoticeQuerySet":
        """Keep the unread ones that go out by one of these ways."""
        return self.unread().filter(ways__overlap=list(ways)).exclude(ways=[])


class Notice(models.Model):
    """One notice to one post; the same key never tells the same post twice."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30, choices=Kind)
    # what decided it, such as "petition:<id>:registered"
    key = models.CharField(max_length=120)
    subject_id = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    # of a period: which one (T1 …), and its last day when this was decided
    code = models.CharField(max_length=4, blank=True)
    last_day = models.DateField(null=True)
    # outside the house, as it was decided; the inbox has every one
    ways = ArrayField(models.CharField(max_length=10, choices=Way), default=list)
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "key"], name="notice_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notice_kind_known"),
        ]
        indexes = [
            models.Index(
                F("post"), F("decided_at").desc(), condition=Q(withdrawn_at=None), name="notice_by_post"
            ),
            models.Index(fields=["subject_id"], name="notice_by_subject"),
            # the petitions an office is called to finish, asked of every one it has open
            models.Index(
                fields=["subject_id"],
                condition=Q(withdrawn_at=None, kind=Kind.CAN_BE_FINISHED),
                name="notice_to_finish",
            ),
            # the day's letters: what nobody has read yet
            models.Index(
                fields=["decided_at"],
                condition=Q(withdrawn_at=None, read_at=None) & ~Q(ways=[]),
                name="notice_to_go_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.key}"

    @property
    def leads_to(self) -> str:
        """The name of the page that the notice is about."""
        return _LEADS_TO[Kind(self.kind)]
