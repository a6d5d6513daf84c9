"""What a hearing can be asked for, where it stands, its steps and stages. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Applicant(models.TextChoices):
    """Who asks for a hearing."""

    PETITIONER = "petitioner", pgettext_lazy("who asks for a hearing", "The petitioner")
    ORGAN = "organ", pgettext_lazy("who asks for a hearing", "The organ that handles it")


class Ground(models.TextChoices):
    """Why there is a hearing (hearing.md §2)."""

    MANY = "many", _("Many people, strong feeling, a big dispute")
    POLICY = "policy", _("Representative of many; the policy is read in different ways")
    EDGE = "edge", _("At the edge of law and policy")
    CROSSING = "crossing", _("Several regions, sectors or departments")
    UNDECIDED = "undecided", _("No rule for it, undecided for long")
    CONTESTED = "contested", _("The petitioner contests the opinion")
    NEEDED = "needed", _("The organ finds it needed")


class HearingState(models.TextChoices):
    """Where a hearing stands, from being asked for to its frozen record."""

    ASKED = "asked", pgettext_lazy("hearing", "Asked for")
    DECLINED = "declined", pgettext_lazy("hearing", "Declined")
    GRANTED = "granted", pgettext_lazy("hearing", "To be called")
    CALLED = "called", pgettext_lazy("hearing", "Called")
    OPEN = "open", pgettext_lazy("hearing", "Under way")
    SUSPENDED = "suspended", pgettext_lazy("hearing", "Suspended")
    CONCLUDED = "concluded", pgettext_lazy("hearing", "Concluded, being signed")
    CLOSED = "closed", pgettext_lazy("hearing", "Closed, record frozen")
    CALLED_OFF = "called_off", pgettext_lazy("hearing", "Called off")


# the days, room and persons of a hearing are still being arranged
ARRANGED = frozenset({HearingState.GRANTED, HearingState.CALLED})
# the record is being written
HEARD = frozenset({HearingState.OPEN, HearingState.SUSPENDED})
OVER = frozenset({HearingState.DECLINED, HearingState.CLOSED, HearingState.CALLED_OFF})
STANDING = frozenset(HearingState) - OVER


class Step(models.IntegerChoices):
    """The ten steps of a hearing in their order (hearing.md §5)."""

    OPENING = 1, _("Opening: identity, reasons, recusal, rights")
    PETITIONER = 2, _("The petitioner states the matter")
    ORGAN = 3, _("The organ states facts, basis and proposal")
    POLICY = 4, _("Policy is explained")
    INQUIRY = 5, _("Questions, evidence, debate")
    LAST_WORDS = 6, _("Last statements")
    COMMENTS = 7, _("The panel comments one by one")
    DELIBERATION = 8, _("The panel deliberates and votes")
    ANNOUNCEMENT = 9, _("The conclusion is announced")
    SIGNING = 10, _("The record is signed")


class Stage(models.IntegerChoices):
    """The five stages the ten steps are shown as."""

    STATEMENT = 1, _("Statements (问题陈述)")
    POLICY = 2, _("Policy explained (政策解读)")
    INQUIRY = 3, _("Inquiry (听证调查)")
    REVIEW = 4, _("Expert comments (专家评议)")
    DELIBERATION = 5, _("Deliberation (与会人合议)")


STEPS_OF_STAGE = {
    Stage.STATEMENT: (Step.OPENING, Step.PETITIONER, Step.ORGAN),
    Stage.POLICY: (Step.POLICY,),
    Stage.INQUIRY: (Step.INQUIRY, Step.LAST_WORDS),
    Stage.REVIEW: (Step.COMMENTS,),
    Stage.DELIBERATION: (Step.DELIBERATION, Step.ANNOUNCEMENT, Step.SIGNING),
}


class SeatRole(models.TextChoices):
    """As what somebody takes part (hearing.md §3)."""

    CHAIR = "chair", pgettext_lazy("seat at a hearing", "Chair")
    PANEL = "panel", pgettext_lazy("seat at a hearing", "Panel member")
    CLERK = "clerk", pgettext_lazy("seat at a hearing", "Clerk")
    PETITIONER = "petitioner", pgettext_lazy("seat at a hearing", "Petitioner or representative")
    AGENT = "agent", pgettext_lazy("seat at a hearing", "Agent of the petitioner")
    OFFICER = "officer", pgettext_lazy("seat at a hearing", "Officer of the organ")
    EXPERT = "expert", pgettext_lazy("seat at a hearing", "Lawyer or expert")
    THIRD_PARTY = "third_party", pgettext_lazy("seat at a hearing", "Third party")
    WITNESS = "witness", pgettext_lazy("seat at a hearing", "Witness")


# who decides must be impartial: recusal is asked of these
IMPARTIAL = frozenset({SeatRole.CHAIR, SeatRole.PANEL, SeatRole.CLERK})
# without a notice in time to these no hearing opens
NOTIFIED = frozenset({SeatRole.PETITIONER, SeatRole.OFFICER})
# entered in words, by whoever arranges the hearing
IN_WORDS = frozenset({SeatRole.AGENT, SeatRole.EXPERT, SeatRole.THIRD_PARTY, SeatRole.WITNESS})


class PanelKind(models.TextChoices):
    """What a panel member is, in the registry (hearing.md §3)."""

    DEPUTY = "deputy", _("People's deputy")
    ADVISER = "adviser", _("CPPCC member")
    LAWYER = "lawyer", pgettext_lazy("panel member", "Lawyer")
    EXPERT = "expert", pgettext_lazy("panel member", "Expert")
    MEDIATOR = "mediator", pgettext_lazy("panel member", "People's mediator")
    RESPECTED = "respected", _("Respected person")


class Vote(models.TextChoices):
    """What a panel member, and the panel, finds about the claim."""

    SUPPORT = "support", pgettext_lazy("vote", "Support")
    BY_STAGES = "by_stages", pgettext_lazy("vote", "Support, carried out by stages")
    PARTLY = "partly", pgettext_lazy("vote", "Support in part")
    AGAINST = "against", pgettext_lazy("vote", "Do not support")


class NoticeMode(models.TextChoices):
    """How the notice of a hearing reached somebody."""

    IN_PERSON = "in_person", pgettext_lazy("notice of a hearing", "Handed over against a signature")
    POST = "post", pgettext_lazy("notice of a hearing", "Registered mail")
    ELECTRONIC = "electronic", pgettext_lazy("notice of a hearing", "Electronically, with consent")
    LEFT = "left", pgettext_lazy("notice of a hearing", "Left before a witness")


class PauseGround(models.TextChoices):
    """Why a hearing is put off or suspended (hearing.md §5)."""

    FORCE = "force", _("Force majeure for a party")
    RECUSAL = "recusal", _("Recusal asked late")
    WITNESS = "witness", _("A new witness")
    RETEST = "retest", _("An expert test is repeated")
    PARTY = "party", _("A party cannot go on")
    OTHER = "other", pgettext_lazy("why a hearing is put off", "Other")


class DayUnit(models.TextChoices):
    """In which days a procedure counts."""

    CALENDAR = "calendar", pgettext_lazy("unit of days", "calendar days")
    WORKING = "working", pgettext_lazy("unit of days", "working days")
