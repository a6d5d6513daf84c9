"""What the call-back desk (电话回访) notes (Q41). Codes are stored, words shown."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CallGround(models.TextChoices):
    """Why somebody is called back."""

    SAMPLE = "sample", pgettext_lazy("why called back", "Drawn among what was finished")
    DISSATISFIED = "dissatisfied", pgettext_lazy("why called back", "Said to be dissatisfied")


class CallResult(models.TextChoices):
    """What came of one attempt."""

    REACHED = "reached", pgettext_lazy("attempt to call", "Reached")
    NOBODY = "nobody", pgettext_lazy("attempt to call", "Nobody answered")
    LATER = "later", pgettext_lazy("attempt to call", "Asked to be called another time")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("attempt to call", "The number is not his")


class CallEnd(models.TextChoices):
    """How a call-back ended."""

    ANSWERED = "answered", pgettext_lazy("call-back", "Answered")
    DECLINED = "declined", pgettext_lazy("call-back", "Would rather not answer")
    UNREACHED = "unreached", pgettext_lazy("call-back", "Not reached")


class CarriedOut(models.TextChoices):
    """Whether what the reply promised was done, as the petitioner says."""

    YES = "yes", pgettext_lazy("carried out", "Yes")
    PARTLY = "partly", pgettext_lazy("carried out", "In part")
    NO = "no", pgettext_lazy("carried out", "No")
    NOTHING_PROMISED = "nothing_promised", pgettext_lazy("carried out", "Nothing was promised")


# what has to be looked into (Q41)
IN_DOUBT = frozenset({CarriedOut.PARTLY, CarriedOut.NO})


class CheckResult(models.TextChoices):
    """What the check of a bad answer found."""

    TRUE = "true", pgettext_lazy("check of a finish", "The finish is true")
    FALSE = "false", pgettext_lazy("check of a finish", "It was finished falsely")
