"""Rules of routing and handling, as calculation: no clock, no database."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from cases.states import KeepGround, RouteKind

# No assigned matter runs longer; a later day is a mistyped year.
FURTHEST_REPORT = timedelta(days=731)


def route_faults(
    kind: RouteKind,
    *,
    organ_given: bool,
    report_due_on: date | None,
    guided_to: str,
    keep_ground: KeepGround | None,
    told: str,
    can_be_reached: bool,
    today: date,
) -> dict[str, str]:
    """Return what a way still asks for, by field (Art 22, 23; R-11, Q13)."""
    faults: dict[str, str] = {}
    if kind in {RouteKind.FORWARD, RouteKind.ASSIGN} and not organ_given:
        faults["organ"] = _("Choose the unit that leads.")
    if kind is RouteKind.ASSIGN and (report_due_on is None or report_due_on <= today):
        faults["report_due_on"] = _(
            "An assigned matter is reported back by a day that is still to come (Art 22(1))."
        )
    elif kind is RouteKind.ASSIGN and report_due_on is not None and report_due_on - today > FURTHEST_REPORT:
        faults["report_due_on"] = _("This day lies more than two years ahead. Check the year.")
    if kind is RouteKind.GUIDE and not guided_to.strip():
        faults["guided_to"] = _("Say which organ or procedure the petitioner is guided to.")
    if kind is RouteKind.KEEP and keep_ground is None:
        faults["keep_ground"] = _("Keeping needs a ground of the list (Q13).")
    unreachable = kind is RouteKind.KEEP and keep_ground is KeepGround.UNINTELLIGIBLE
    if kind in {RouteKind.GUIDE, RouteKind.KEEP} and can_be_reached and not unreachable and not told.strip():
        faults["told"] = _("Say how the petitioner was told.")
    return faults


def accepted_day_faults(day: date, *, received: date, today: date, earliest: date) -> dict[str, str]:
    """Return what is wrong with a typed day of acceptance (Q25): it moves no clock into the past.

    `earliest` is the working day before today: a day further back would need evidence, and the decision is made here
    and now.
    """
    if day > today:
        return {"decided_on": _("The day lies in the future.")}
    if day < received:
        return {"decided_on": _("The day lies before the receipt.")}
    if day < earliest:
        return {"decided_on": _("The day lies more than one working day back.")}
    return {}
