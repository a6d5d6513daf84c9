"""What 复查 and 复核 can be: codes of their fields and sets that rules speak of. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Which of the two remedies it is: of the handling opinion, or of the review opinion (Art 35, 36)."""

    REVIEW = "review", pgettext_lazy("remedy", "Review")
    REEXAMINATION = "reexamination", pgettext_lazy("remedy", "Re-examination")


class RemedyState(models.TextChoices):
    """Where a remedy stands; whether its paper was served is said by the records of service."""

    REQUESTED = "requested", pgettext_lazy("remedy", "Asked for")
    ACCEPTED = "accepted", pgettext_lazy("remedy", "Being looked into")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("remedy", "Not accepted")
    DECIDED = "decided", pgettext_lazy("remedy", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("remedy", "Request withdrawn")


# The reviewing organ still owes something other than the service of its paper.
GOING_ON = frozenset({RemedyState.REQUESTED, RemedyState.ACCEPTED})
# Another request may follow: nothing was decided on the opinion.
LEAVES_IT_OPEN = frozenset({RemedyState.NOT_ACCEPTED, RemedyState.WITHDRAWN})


class RemedyOutcome(models.TextChoices):
    """What the reviewing organ decides on the opinion (R-43)."""

    MAINTAIN = "maintain", pgettext_lazy("remedy", "Maintained")
    CHANGE = "change", pgettext_lazy("remedy", "Changed")
    REVOKE = "revoke", pgettext_lazy("remedy", "Revoked")
    # 撤销并责令限期重新办理
    REMAND = "remand", pgettext_lazy("remedy", "Revoked, to be handled anew by a day")


class RemedyGround(models.TextChoices):
    """Why an opinion does not stand (R-43)."""

    FACTS = "facts", _("The main facts are unclear or lack evidence")
    BASIS = "basis", _("The basis was applied wrongly")
    PROCEDURE = "procedure", _("The procedure was breached")
    POWER = "power", _("Powers were exceeded or abused")
    IMPROPER = "improper", _("The conclusion is plainly improper")


# After a remand for one of these the same facts may not give the same result again.
FORBIDS_THE_SAME = frozenset({RemedyGround.FACTS, RemedyGround.BASIS})


class RemedyRefusal(models.TextChoices):
    """Why a request is not accepted: a closed list."""

    OUT_OF_TIME = "out_of_time", _("The thirty days were over, without good cause (Art 35, 36)")
    NO_OPINION = "no_opinion", _("What is contested is no opinion of the petition track (Art 31, 32)")
    NO_PARTY = "no_party", _("Whoever asks is not the petitioner of the opinion, nor acts for him")


class Chain(models.TextChoices):
    """How far the remedies of one opinion have gone (law.md §3, the remedy track)."""

    NOT_BEGUN = "not_begun", pgettext_lazy("remedies", "No opinion served yet")
    MAY_ASK_REVIEW = "may_ask_review", pgettext_lazy("remedies", "Review may be asked for")
    IN_REVIEW = "in_review", pgettext_lazy("remedies", "In review")
    REVIEW_DECIDED = "review_decided", pgettext_lazy("remedies", "Review opinion to be served")
    MAY_ASK_REEXAMINATION = (
        "may_ask_reexamination",
        pgettext_lazy("remedies", "Re-examination may be asked for"),
    )
    IN_REEXAMINATION = "in_reexamination", pgettext_lazy("remedies", "In re-examination")
    LAPSED = "lapsed", pgettext_lazy("remedies", "Time for the remedy has lapsed")
    CONCLUDED = "concluded", pgettext_lazy("remedies", "Concluded by re-examination")


# No remedy may be asked for as of right any more.
OVER = frozenset({Chain.LAPSED, Chain.CONCLUDED})
# What a petition is called while a remedy on it goes on.
IN_REMEDY = {Stage.REVIEW: Chain.IN_REVIEW, Stage.REEXAMINATION: Chain.IN_REEXAMINATION}


class Help(models.TextChoices):
    """Help that stays open whatever was decided (Art 37; protection §4)."""

    LEGAL_AID = "legal_aid", _("Legal aid")
    SOCIAL = "social", _("Social or temporary assistance")
    JUDICIAL = "judicial", _("Judicial assistance")
    MEDIATION = "mediation", _("People's mediation")
    COUNSELLING = "counselling", _("Counselling")


# Only by the petitioner's own will.
BY_OWN_WILL = frozenset({Help.MEDIATION, Help.COUNSELLING})
