"""Slips, recommendations and reports: their kinds, grounds and grades. Codes are stored, words shown.

What a paper prints is Chinese for every reader, so it stands here in Chinese.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import OrganKind
from assignments.states import Kind as Asked
from cases.states import ClockCode
from documents.states import DocumentKind


class SlipKind(models.TextChoices):
    """督办件 by what it is; four are the joint conference's alone (Art 39(3); R-53). Urging is the sender's."""

    SUPERVISION = "supervision", pgettext_lazy("slip", "Supervision order (督办)")
    LISTED = "listed", pgettext_lazy("slip", "Listed supervision (挂牌督办)")
    RECTIFICATION = "rectification", pgettext_lazy("slip", "Order to rectify within a time (限期整改)")
    INTERVIEW = "interview", pgettext_lazy("slip", "Interview (约谈)")
    CIRCULAR = "circular", pgettext_lazy("slip", "Circular (通报)")
    IMPROVE_WORK = "improve_work", pgettext_lazy("slip", "Recommendation to improve work")
    COMPLETE_POLICY = "complete_policy", pgettext_lazy("slip", "Recommendation to complete a policy")
    PURSUE_LIABILITY = "pursue_liability", pgettext_lazy("slip", "Recommendation to pursue liability")


BY_THE_CONFERENCE = frozenset(
    {SlipKind.LISTED, SlipKind.RECTIFICATION, SlipKind.INTERVIEW, SlipKind.CIRCULAR}
)
# 三项建议 (Art 40; R-51): answered in writing whether adopted
RECOMMENDATIONS = frozenset({SlipKind.IMPROVE_WORK, SlipKind.COMPLETE_POLICY, SlipKind.PURSUE_LIABILITY})
# Why there is supervision is one of the grounds of Art 40, also for the conference's measures.
GROUNDED = BY_THE_CONFERENCE | {SlipKind.SUPERVISION}
# To whom the law sends them (Art 40(2)(3)); a personnel organ with authority cannot be told by its kind.
SENT_TO: Mapping[SlipKind, OrganKind] = {
    SlipKind.COMPLETE_POLICY: OrganKind.LEADING_BODY,
    SlipKind.PURSUE_LIABILITY: OrganKind.DISCIPLINE_ORGAN,
}
# These go to the organ that leads the matter; a recommendation may go to any.
TO_WHO_LEADS = frozenset(SlipKind) - RECOMMENDATIONS
# A day is set by whoever issues it; a recommendation has its days by rule (T14).
GRADED = frozenset({SlipKind.SUPERVISION, SlipKind.LISTED, SlipKind.RECTIFICATION})

PAPER_OF: Mapping[SlipKind, DocumentKind] = {
    SlipKind.SUPERVISION: DocumentKind.D22,
    SlipKind.LISTED: DocumentKind.D30_LISTED,
    SlipKind.RECTIFICATION: DocumentKind.D30_RECTIFY,
    SlipKind.INTERVIEW: DocumentKind.D30_INTERVIEW,
    SlipKind.CIRCULAR: DocumentKind.D30_CIRCULAR,
    SlipKind.IMPROVE_WORK: DocumentKind.D23A,
    SlipKind.COMPLETE_POLICY: DocumentKind.D23B,
    SlipKind.PURSUE_LIABILITY: DocumentKind.D23C,
}
ASKED_AS: Mapping[SlipKind, Asked] = {kind: Asked(kind.value) for kind in SlipKind}


class Ground(models.TextChoices):
    """Why there is supervision: one of the six of Art 40(1) (R-50)."""

    PROCEDURE = "procedure", _("Rules on accepting or handling were broken")
    SHIRKING = "shirking", _("Shirking")
    PERFUNCTORY = "perfunctory", _("Perfunctory handling")
    DELAY = "delay", pgettext_lazy("ground of supervision", "Delay")
    FRAUD = "fraud", pgettext_lazy("ground of supervision", "Fraud")
    NOT_CARRIED_OUT = "not_carried_out", _("The handling opinion is not carried out")


GROUND_IN_PRINT: Mapping[Ground, str] = {
    Ground.PROCEDURE: "未按规定受理或者办理",
    Ground.SHIRKING: "推诿",
    Ground.PERFUNCTORY: "敷衍",
    Ground.DELAY: "拖延",
    Ground.FRAUD: "弄虚作假",
    Ground.NOT_CARRIED_OUT: "拒不执行处理意见",
}


class Grade(models.TextChoices):
    """The colour of a slip, given by whoever issues it and at whichever it begins; the lamp is another thing."""

    BLUE = "blue", pgettext_lazy("grade of a slip", "Blue")
    YELLOW = "yellow", pgettext_lazy("grade of a slip", "Yellow")
    RED = "red", pgettext_lazy("grade of a slip", "Red")


class SlipState(models.TextChoices):
    """From what the clock opened to where it was lifted. Receipt and reply stand in the assignment."""

    OPENED = "opened", pgettext_lazy("slip", "Opened by the clock, waits for a person")
    DRAFT = "draft", pgettext_lazy("slip", "Draft, waits for a signature")
    SENT_BACK = "sent_back", pgettext_lazy("slip", "Sent back for revision")
    ISSUED = "issued", pgettext_lazy("slip", "Issued")
    LIFTED = "lifted", pgettext_lazy("slip", "Lifted (解除)")
    DISCARDED = "discarded", pgettext_lazy("slip", "Not issued")


NOT_YET_OUT = frozenset({SlipState.OPENED, SlipState.DRAFT, SlipState.SENT_BACK})


class BulletinState(models.TextChoices):
    DRAWN = "drawn", pgettext_lazy("bulletin", "Drawn up, waits to be issued")
    ISSUED = "issued", pgettext_lazy("bulletin", "Issued")
    WITHDRAWN = "withdrawn", pgettext_lazy("bulletin", "Withdrawn")


class Part(models.TextChoices):
    """What a bulletin lists of a unit: its handling, matter by matter."""

    OVERDUE = "overdue", pgettext_lazy("bulletin", "Overdue at the month's end")
    LATE = "late", pgettext_lazy("bulletin", "Done late, repaired")
    UNANSWERED = "unanswered", pgettext_lazy("bulletin", "Slips not answered in time")
    RECOMMENDED = "recommended", pgettext_lazy("bulletin", "Recommendations answered")


PART_IN_PRINT: Mapping[Part, str] = {
    Part.OVERDUE: "月末逾期未办",
    Part.LATE: "逾期后补办",
    Part.UNANSWERED: "督办件、建议书逾期未回复",
    Part.RECOMMENDED: "对建议的采纳情况",
}
# What a unit owes on a petition, as its papers call it.
PERIOD_IN_PRINT: Mapping[ClockCode, str] = {
    ClockCode.T3: "书面告知是否受理",
    ClockCode.T5: "出具处理意见",
    ClockCode.T6: "反馈办理结果",
    ClockCode.T11: "决定是否受理（简易办理）",
    ClockCode.T12: "答复（简易办理）",
    ClockCode.EXECUTION: "执行处理意见",
}


class Adopted(models.TextChoices):
    """Whether a recommendation is adopted (Art 40(4); R-51)."""

    WHOLLY = "wholly", pgettext_lazy("recommendation", "Adopted")
    PARTLY = "partly", pgettext_lazy("recommendation", "Adopted in part")
    NOT = "not", pgettext_lazy("recommendation", "Not adopted")


ADOPTED_IN_PRINT: Mapping[Adopted, str] = {
    Adopted.WHOLLY: "采纳",
    Adopted.PARTLY: "部分采纳",
    Adopted.NOT: "未采纳",
}


class Recipient(models.TextChoices):
    """Who is told of a grave and urgent matter, all at once (Art 25; R-26)."""

    GOVERNMENT = "government", _("Party committee and government of this level")
    DEPARTMENT = "department", _("Competent department")
    CONFERENCE_OFFICE = "conference_office", _("Joint-conference office")
    SUPERIOR_OFFICE = "superior_office", _("Petition office of the next level")
    STATE_BUREAU = "state_bureau", _("State bureau")


# The petition office tells the next level and the State bureau at the same time (Art 25).
AT_ONCE = (Recipient.SUPERIOR_OFFICE, Recipient.STATE_BUREAU)

RECIPIENT_IN_PRINT: Mapping[Recipient, str] = {
    Recipient.GOVERNMENT: "本级党委、政府",
    Recipient.DEPARTMENT: "有关主管部门",
    Recipient.CONFERENCE_OFFICE: "信访工作联席会议办公室",
    Recipient.SUPERIOR_OFFICE: "上一级党委和政府信访部门",
    Recipient.STATE_BUREAU: "国家信访局",
}


class Means(models.TextChoices):
    """How a report left."""

    PHONE = "phone", pgettext_lazy("means of a report", "Telephone")
    SYSTEM = "system", pgettext_lazy("means of a report", "Official system")
    FAX = "fax", pgettext_lazy("means of a report", "Fax")
    IN_PERSON = "in_person", pgettext_lazy("means of a report", "In person")


# Said before anything is on paper: the law asks for speed (Art 25).
SAID = frozenset({Means.PHONE, Means.IN_PERSON})


class SponsorKind(models.TextChoices):
    """包案领导 by whose leader he is; of each kind a petition has one at a time."""

    DISTRICT_LEADER = "district_leader", pgettext_lazy("sponsor", "District leader")
    HIGHER_LEADER = "higher_leader", pgettext_lazy("sponsor", "Leader of a higher level")
    UNIT_HEAD = "unit_head", pgettext_lazy("sponsor", "Head of the unit")


class Duty(models.TextChoices):
    """The four duties of a sponsor. What petitioners do is none of them: never that they stop petitioning."""

    KNOW = "know", pgettext_lazy("duty of a sponsor", "Know the matter")
    EXPLAIN = "explain", pgettext_lazy("duty of a sponsor", "Explain the policy")
    RESOLVE = "resolve", pgettext_lazy("duty of a sponsor", "Resolve the matter")
    AFTERCARE = "aftercare", pgettext_lazy("duty of a sponsor", "Care afterwards")


class SponsorEnd(models.TextChoices):
    """How a sponsorship ended."""

    COMPLETED = "completed", pgettext_lazy("sponsorship", "Completed with a result")
    RELEASED = "released", pgettext_lazy("sponsorship", "Released")
    HANDED_OVER = "handed_over", pgettext_lazy("sponsorship", "Handed over")
    OVER = "over", pgettext_lazy("sponsorship", "Ended with the matter")


class InstructionSource(models.TextChoices):
    """By what the words are the leader's."""

    SIGNED = "signed", pgettext_lazy("instruction", "Signed with his own account")
    SCANNED = "scanned", pgettext_lazy("instruction", "Entered by his secretary from the paper")
    ORAL = "oral", pgettext_lazy("instruction", "Said, noted by who heard it")


class InstructionState(models.TextChoices):
    """From his words to the last answer. Held back for ten seconds first, so that it can be undone (Q33)."""

    NOTED = "noted", pgettext_lazy("instruction", "Not yet confirmed")
    HELD = "held", pgettext_lazy("instruction", "Can still be undone")
    GIVEN = "given", pgettext_lazy("instruction", "Given")
    COMPLETED = "completed", pgettext_lazy("instruction", "Completed")
    UNDONE = "undone", pgettext_lazy("instruction", "Undone")
    DECLINED = "declined", pgettext_lazy("instruction", "Not confirmed by the leader")
    OVER = "over", pgettext_lazy("instruction", "Ended with the matter")


IN_FORCE = frozenset({InstructionState.GIVEN, InstructionState.COMPLETED})


class DecisionState(models.TextChoices):
    """What became of a decision that was asked of a leader."""

    WAITING = "waiting", pgettext_lazy("decision", "Waits for the leader")
    DECIDED = "decided", pgettext_lazy("decision", "Decided")
    RETURNED = "returned", pgettext_lazy("decision", "Sent back: something is missing")
    WITHDRAWN = "withdrawn", pgettext_lazy("decision", "No longer asked")
    OVER = "over", pgettext_lazy("decision", "Ended with the matter")
