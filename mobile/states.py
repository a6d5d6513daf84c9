"""What a phone submits, how it is answered, and what becomes of what two wrote. Codes are stored, words shown."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import pgettext_lazy

from grids.event_states import Phase, Step


class Kind(models.TextChoices):
    """What a submission is: a new event, a step on one, the report of a round, a note of the diary."""

    REPORT = "report", pgettext_lazy("submission of a phone", "New event")
    PROGRESS = "progress", pgettext_lazy("submission of a phone", "How it goes")
    SETTLE = "settle", pgettext_lazy("submission of a phone", "Settled on the spot")
    SEND_UP = "send_up", pgettext_lazy("submission of a phone", "To be sent up to the community")
    VERIFY = "verify", pgettext_lazy("submission of a phone", "Verified")
    ROUND = "round", pgettext_lazy("submission of a phone", "Round (排查)")
    DIARY = "diary", pgettext_lazy("submission of a phone", "Note of the diary")


STEP_OF: Mapping[Kind, Step] = {
    Kind.PROGRESS: Step.PROGRESS,
    Kind.SETTLE: Step.SETTLE,
    Kind.SEND_UP: Step.SEND_UP,
    Kind.VERIFY: Step.VERIFY,
}
# of which moment the pictures are that come with a submission on an event; others have none
PHASE_OF: Mapping[Kind, Phase] = {
    Kind.REPORT: Phase.BEFORE,
    Kind.PROGRESS: Phase.BEFORE,
    Kind.SEND_UP: Phase.BEFORE,
    Kind.SETTLE: Phase.AFTER,
    Kind.VERIFY: Phase.AFTER,
}


class Answer(models.TextChoices):
    """How a submission was taken. What was refused left nothing and is not among them."""

    APPLIED = "applied", pgettext_lazy("answer to a phone", "Taken")
    # somebody wrote meanwhile, and the two do not touch each other
    SOFT = "soft", pgettext_lazy("answer to a phone", "Taken; somebody wrote meanwhile")
    # both would have changed where the event stands: a human decides
    HARD = "hard", pgettext_lazy("answer to a phone", "Kept beside what somebody wrote meanwhile")


class Choice(models.TextChoices):
    """What a human decides where two wrote."""

    NOTE = "note", pgettext_lazy("two versions", "Keep both: it stands as it is, my words go into the record")
    MINE = "mine", pgettext_lazy("two versions", "Take my step now")
    THEIRS = "theirs", pgettext_lazy("two versions", "Leave it as it is")
