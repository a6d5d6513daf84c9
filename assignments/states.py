"""What can be asked, where it stands, and the tiers a matter is lifted through. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What an assignment stands behind."""

    URGE = "urge", _("Urging (催办)")
    SUPERVISION = "supervision", _("Supervision order (督办)")
    LISTED = "listed", _("Listed supervision (挂牌督办)")
    RECTIFICATION = "rectification", _("Order to rectify within a time (限期整改)")
    INTERVIEW = "interview", _("Interview (约谈)")
    CIRCULAR = "circular", _("Circular (通报)")
    IMPROVE_WORK = "improve_work", _("Recommendation to improve work")
    COMPLETE_POLICY = "complete_policy", _("Recommendation to complete a policy")
    PURSUE_LIABILITY = "pursue_liability", _("Recommendation to pursue liability")
    LIFTED = "lifted", _("A matter lifted to your tier")
    INSTRUCTION = "instruction", pgettext_lazy("assignment", "Leader's instruction")
    DECISION = "decision", pgettext_lazy("assignment", "Decision of a meeting")
    LIST_ITEM = "list_item", pgettext_lazy("assignment", "Item of a list to strike off (销号)")
    STATION = "station", pgettext_lazy("assignment", "A petition given to a station")
    EVENT = "event", pgettext_lazy("assignment", "Event of a grid")
    COMMITMENT = "commitment", pgettext_lazy("assignment", "Promise at a hearing (听证承诺)")


# 督办中: what an office or the joint conference asks of a unit that leads a matter; an urging only reminds (Art 39, 40)
SUPERVISING = frozenset({Kind.SUPERVISION, Kind.LISTED, Kind.RECTIFICATION, Kind.INTERVIEW, Kind.CIRCULAR})

# The page a row of the list leads to, by its name; every one takes the assignment's id.
LEADS_TO = {**dict.fromkeys(Kind, "leadership:asked"), Kind.EVENT: "grids:asked"}


class State(models.TextChoices):
    """签收 → 反馈 → 核验; what is sent back is open again."""

    ASKED = "asked", pgettext_lazy("assignment", "To be signed for")
    RECEIVED = "received", pgettext_lazy("assignment", "Received")
    REPLIED = "replied", pgettext_lazy("assignment", "Replied, to be verified")
    VERIFIED = "verified", pgettext_lazy("assignment", "Verified")
    CANCELLED = "cancelled", pgettext_lazy("assignment", "No longer asked")


# whoever is asked still owes something
OWED = frozenset({State.ASKED, State.RECEIVED})
STANDING = OWED | {State.REPLIED}


class Move(models.TextChoices):
    """What was done with an assignment, in the order it happened."""

    ASK = "ask", pgettext_lazy("deed on an assignment", "Asked")
    RECEIVE = "receive", pgettext_lazy("deed on an assignment", "Signed for")
    REPLY = "reply", pgettext_lazy("deed on an assignment", "Replied")
    SEND_BACK = "send_back", pgettext_lazy("deed on an assignment", "Sent back")
    VERIFY = "verify", pgettext_lazy("deed on an assignment", "Verified")
    CANCEL = "cancel", pgettext_lazy("deed on an assignment", "Cancelled")


class Tier(models.TextChoices):
    """层级, from the street up; the order is the path's (seeds-map 17, 18, 27)."""

    GRID = "grid", pgettext_lazy("tier", "Grid")
    COMMUNITY = "community", pgettext_lazy("tier", "Community or village")
    TOWNSHIP = "township", pgettext_lazy("tier", "Township or street")
    DEPARTMENT = "department", pgettext_lazy("tier", "Competent organ")
    DISTRICT_LEADER = "district_leader", pgettext_lazy("tier", "District leader")
    DISTRICT_HEADS = "district_heads", pgettext_lazy("tier", "Secretary and district head")
    CITY = "city", pgettext_lazy("tier", "City")

    @property
    def rank(self) -> int:
        return list(Tier).index(self)


class Span(models.TextChoices):
    """What a matter reaches over; it decides who has to answer for it."""

    SINGLE_UNIT = "single_unit", pgettext_lazy("span", "One unit")
    CROSS_SECTOR = "cross_sector", pgettext_lazy("span", "Several sectors")
    DISTRICT = "district", pgettext_lazy("span", "The whole district")
    CITY_POWER = "city_power", pgettext_lazy("span", "Power held by the city")


class Trigger(models.TextChoices):
    """What lifts a matter to the next tier when nobody does."""

    OVERDUE_ACCEPTANCE = "overdue_acceptance", pgettext_lazy("rule of escalation", "Acceptance overdue")
    OVERDUE_ANSWER = "overdue_answer", pgettext_lazy("rule of escalation", "Answer overdue")
    NOT_SIGNED = "not_signed", pgettext_lazy("rule of escalation", "Nobody signed for it")
    RETURNED_TWICE = "returned_twice", pgettext_lazy("rule of escalation", "Returned twice")
    NO_PROGRESS = "no_progress", pgettext_lazy("rule of escalation", "No progress")
    NOT_EXECUTED = "not_executed", pgettext_lazy("rule of escalation", "Opinion not carried out")
    REPEAT_AFTER_OVERDUE = (
        "repeat_after_overdue",
        pgettext_lazy("rule of escalation", "Raised again after an overdue first time"),
    )
    UNANSWERED = "unanswered", pgettext_lazy("rule of escalation", "The tier above did not answer either")
    ITEM_STUCK = "item_stuck", pgettext_lazy("rule of escalation", "An item of a list does not move")
    EVENT_OVERDUE = "event_overdue", pgettext_lazy("rule of escalation", "An event of a grid is overdue")


class Chosen(models.TextChoices):
    """How the person asked was found, so that nobody wonders why it is he."""

    HOLDER = "holder", pgettext_lazy("how somebody was found", "Holder of the post")
    DEPUTY = "deputy", pgettext_lazy("how somebody was found", "His deputy, the holder being absent")
    NEXT = "next", pgettext_lazy("how somebody was found", "The next one named, the first post being vacant")
    FALLBACK = "fallback", pgettext_lazy("how somebody was found", "The office named for that case")


class LiftState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("lift", "Proposed")
    WAITING = "waiting", pgettext_lazy("lift", "Waits for the leader")
    ACCEPTED = "accepted", pgettext_lazy("lift", "Accepted")
    RETURNED = "returned", pgettext_lazy("lift", "Returned")
    LIFTED_ON = "lifted_on", pgettext_lazy("lift", "Lifted further")
    LOWERED = "lowered", pgettext_lazy("lift", "Sent down again")
    DECLINED = "declined", pgettext_lazy("lift", "Proposal declined")
    OVER = "over", pgettext_lazy("lift", "Ended with the matter")
    TAKEN_BACK = "taken_back", pgettext_lazy("lift", "Taken back before anybody took it")
    OVERTAKEN = "overtaken", pgettext_lazy("lift", "Overtaken: it stands as high by another way")


STANDS = frozenset({LiftState.WAITING, LiftState.ACCEPTED})
