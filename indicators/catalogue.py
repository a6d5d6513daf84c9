"""What each indicator is called and how it is worked out: said one click from every figure (indicators §2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.measures import Code, Part


@dataclass(frozen=True)
class Indicator:
    """An indicator in words: what is counted of what, in which period, and where the definition comes from."""

    name: str | Promise
    counted: str | Promise
    of: str | Promise
    period: str | Promise
    note: str | Promise = ""
    # what it is counted from is kept here; a number of none is shown as a dash
    is_kept: bool = True


_REGISTERED = _("registered in the period")
_FINISHED = _("finished in the period")
_RATED = _("the days for rating end in the period")
_FROM_THEN = _(
    "What is said counts once the days for saying it are over, for every reader on the same day: before that the unit "
    "does not read it. Of several replies the last one to close counts, and the worst that was said."
)

CATALOGUE: Mapping[Code, Indicator] = {
    Code.REGISTERED: Indicator(
        _("Petitions registered"),
        _("petitions (批次), and the persons they count (人次)"),
        _("all in the universe"),
        _REGISTERED,
        _(
            "A petition is one batch, whatever its claims and persons. Person-times are the sum of its petitioners."
        ),
    ),
    Code.OPEN_NOW: Indicator(
        _("Open petitions"),
        _("petitions neither finished nor ended otherwise"),
        _("all in the universe"),
        _("at the moment"),
    ),
    Code.I01: Indicator(
        _("Timely acceptance by petition offices"),
        _(
            "petitions to which a petition office of any level first gave a way within 15 days of registration"
        ),
        _("all in the universe that an office here had to send on"),
        _("registration + 15 days lies in the period"),
        _(
            "The superior's count keeps the time of day. Late by law counts the days of T1 from receipt, each "
            "to its end."
        ),
    ),
    Code.I02: Indicator(
        _("Timely acceptance by responsible units"),
        _("petitions on all of whose claims the units decided within 30 days of registration"),
        _("petitions that a unit leads"),
        _("registration + 30 days lies in the period"),
        _("15 days to send it and 15 to decide. Late by law counts T3 of each unit from its receipt."),
    ),
    Code.I03: Indicator(
        _("On-time reply"),
        _("petitions finished by the last day for the reply"),
        _("finished in time, finished late, open and not yet due, open and overdue"),
        _("the last day for the reply lies in the period"),
        _("Late by law asks when the reply was posted or served, not when the petition was finished."),
    ),
    Code.I04: Indicator(
        _("Participation in the rating"),
        _("petitions with a reply that was rated"),
        _("first petitions with a reply served and the days for rating over, but for litigation"),
        _RATED,
        _FROM_THEN,
    ),
    Code.I05: Indicator(
        _("Satisfaction among those who rated"),
        _("rated satisfied or basically satisfied"),
        _("petitions that were rated; silence counts for nobody and is shown by itself"),
        _RATED,
        _FROM_THEN,
    ),
    Code.I06: Indicator(
        _("Participation times satisfaction"),
        _("the product of I04 and I05"),
        _("as I04 and I05"),
        _RATED,
        _FROM_THEN,
    ),
    Code.I07: Indicator(
        _("Resolved the first time"),
        _("of these, whose matter was not registered again within 180 days of the end"),
        _("first petitions finished"),
        _FINISHED,
        _(
            "What was finished less than 180 days ago counts as long as nothing came again, and is shown by itself."
        ),
    ),
    Code.I08: Indicator(
        _("Share of repeat petitions"),
        _("petitions decided to be repeats: same person, same matter"),
        _("all in the universe"),
        _REGISTERED,
    ),
    Code.I09: Indicator(
        _("Resolved on a list"),
        _("items struck off on evidence"),
        _("items of the list"),
        _("as of the day"),
        _("Items on sealed petitions are in no list."),
    ),
    Code.I10: Indicator(
        _("Mean days of first petitions"),
        _("days from registration to the units' decision, and to the end, each case weighing the same"),
        _("first petitions finished"),
        _FINISHED,
    ),
    Code.I11: Indicator(
        _("First petitions whose petitioner was contacted"),
        _("of these, with a note that the petitioner was spoken to"),
        _("first petitions that a unit leads"),
        _REGISTERED,
    ),
    Code.I12: Indicator(
        _("Replies published"),
        _("replies that were published"),
        _("replies that may be"),
        _("published in the period"),
        _("Publications of replies are not kept yet."),
        is_kept=False,
    ),
    Code.I13: Indicator(
        _("Share of online petitions"),
        _("petitions that came online"),
        _("all in the universe"),
        _REGISTERED,
    ),
    Code.I14: Indicator(
        _("Change year on year"),
        _("this period less the same days of last year"),
        _("the same days of last year"),
        _("two equal periods"),
    ),
    Code.I15: Indicator(
        _("Recommendations adopted"),
        _("recommendations answered as adopted, wholly or in part"),
        _("recommendations issued and due for an answer"),
        _("the answer is due in the period"),
    ),
    Code.I16: Indicator(
        _("Overdue petitions"),
        _("open petitions of which a statutory period has passed"),
        _("open petitions"),
        _("at the moment"),
    ),
    Code.I17: Indicator(
        _("Opinions upheld by review and re-examination"),
        _("decisions that maintain the opinion; changed, revoked and remanded ones are shown by themselves"),
        _("reviews and re-examinations decided"),
        _("decided in the period"),
    ),
    Code.LIFTED: Indicator(
        _("Lifted between tiers"),
        _("petitions that were put before a tier"),
        _("petitions that were lifted"),
        _("lifted in the period"),
        _(
            "A petition that was lifted twice counts once in each tier. How long a tier holds it runs until it leaves."
        ),
    ),
    Code.HEARD: Indicator(
        _("Case hearings"),
        _("petitions whose hearing was held, declined or called off"),
        _("petitions with a hearing asked for"),
        _("asked for in the period"),
    ),
    Code.CALLED_BACK: Indicator(
        _("Call-backs after the end"),
        _("petitions by what came of the call, and of the check of a bad answer"),
        _("petitions whose call-back is over"),
        _("over in the period"),
        _("The office alone reads it; no unit is compared by it."),
    ),
}

_PARTS: Mapping[Part, str | Promise] = {
    Part.ALL: pgettext_lazy("part of a figure", "all"),
    Part.IN_TIME: pgettext_lazy("part of a figure", "in time"),
    Part.LATE: pgettext_lazy("part of a figure", "done late"),
    Part.OVERDUE: pgettext_lazy("part of a figure", "not done and past"),
    Part.NOT_YET_DUE: pgettext_lazy("part of a figure", "not done, not yet past"),
    Part.LATE_BY_LAW: pgettext_lazy("part of a figure", "late by law"),
    Part.SETTLED: pgettext_lazy("part of a figure", "did not come again in 180 days"),
    Part.SETTLED_SO_FAR: pgettext_lazy("part of a figure", "did not come again so far"),
    Part.CAME_AGAIN: pgettext_lazy("part of a figure", "came again"),
    Part.FIRST: pgettext_lazy("part of a figure", "first petitions"),
    Part.REPEAT: pgettext_lazy("part of a figure", "repeat petitions"),
    Part.CONTACTED: pgettext_lazy("part of a figure", "contacted"),
    Part.NOT_CONTACTED: pgettext_lazy("part of a figure", "not contacted"),
    Part.OPEN_15_DAYS: pgettext_lazy("part of a figure", "up to 15 days"),
    Part.OPEN_30_DAYS: pgettext_lazy("part of a figure", "up to 30 days"),
    Part.OPEN_60_DAYS: pgettext_lazy("part of a figure", "up to 60 days"),
    Part.OPEN_90_DAYS: pgettext_lazy("part of a figure", "up to 90 days"),
    Part.OPEN_LONGER: pgettext_lazy("part of a figure", "more than 90 days"),
    Part.DUE_SOON: pgettext_lazy("part of a figure", "due within 7 days"),
    Part.CLOSED: pgettext_lazy("part of a figure", "days for rating over"),
    Part.RATED: pgettext_lazy("part of a figure", "rated"),
    Part.SILENT: pgettext_lazy("part of a figure", "said nothing"),
    Part.MAY_RATE: pgettext_lazy("part of a figure", "may still be rated"),
    Part.SATISFIED: pgettext_lazy("part of a figure", "satisfied"),
    Part.BASICALLY: pgettext_lazy("part of a figure", "basically satisfied"),
    Part.DISSATISFIED: pgettext_lazy("part of a figure", "dissatisfied"),
    Part.TOWNSHIP: pgettext_lazy("part of a figure", "township or street"),
    Part.DEPARTMENT: pgettext_lazy("part of a figure", "competent organ"),
    Part.DISTRICT_LEADER: pgettext_lazy("part of a figure", "district leader"),
    Part.DISTRICT_HEADS: pgettext_lazy("part of a figure", "secretary and district head"),
    Part.CITY: pgettext_lazy("part of a figure", "city"),
    Part.HELD: pgettext_lazy("part of a figure", "held"),
    Part.DECLINED: pgettext_lazy("part of a figure", "declined"),
    Part.CALLED_OFF: pgettext_lazy("part of a figure", "called off"),
    Part.COMING: pgettext_lazy("part of a figure", "not held yet"),
    Part.ANSWERED: pgettext_lazy("part of a figure", "answered"),
    Part.UNREACHED: pgettext_lazy("part of a figure", "not reached"),
    Part.IN_DOUBT: pgettext_lazy("part of a figure", "finish in doubt"),
    Part.FALSE_FINISH: pgettext_lazy("part of a figure", "finished falsely"),
    Part.LETTER: pgettext_lazy("part of a figure", "letters"),
    Part.VISIT: pgettext_lazy("part of a figure", "visits"),
    Part.ONLINE: pgettext_lazy("part of a figure", "online"),
    Part.PHONE: pgettext_lazy("part of a figure", "calls"),
}


def part_words(part: Part) -> str | Promise:
    """Return what a part of a figure is called."""
    return _PARTS[part]
