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
        faults["keep_ground"] = _("Keeping needs a ground of the list.")
    return faults


def litigation_faults(
    kind: RouteKind, *, came_as_visit: bool, to_political_legal: bool, reason: str
) -> dict[str, str]:
    """Return what the way of a litigation-related petition still asks for, by field (Art 20(2), 22(2); R-06, R-12).

    Litigation is kept apart from petitions (诉访分离, Art 28(2); R-32).
    What was written or telephoned goes to the political-legal organ of the same level, a visitor is told the law and
    guided. Any other way is open, as where only one claim concerns litigation, to whoever says why.
    """
    if reason.strip():
        return {}
    if came_as_visit and kind is not RouteKind.GUIDE:
        words = _(
            "A litigation-related visitor is told the law and guided to the political-legal organ (Art 22(2))."
            " Say why it goes another way."
        )
        return {"reason": words}
    if not came_as_visit and not to_political_legal:
        words = _(
            "A litigation-related letter is forwarded to the political-legal organ of the same level (Art 22(2))."
            " Say why it goes another way."
        )
        return {"reason": words}
    return {}


def typed_day_faults(
    name: str, day: date, *, after: date, today: date, earliest: date, evidence: str
) -> dict[str, str]:
    """Return what is wrong with a typed day that starts or meets a clock (Q25).

    `after` is the day of what it depends on, `earliest` the working day before today: a day further back needs
    evidence, and stands on the inspector's list.
    """
    if day > today:
        return {name: _("The day lies in the future.")}
    if day < after:
        return {name: _("The day lies before what it depends on.")}
    if day < earliest and not evidence.strip():
        return {"evidence_note": _("More than one working day back: say what proves the day.")}
    return {}


def carried_out_faults(
    done_on: date, *, today: date, earliest: date, issued_on: date | None
) -> dict[str, str]:
    """Return what is wrong with the day on which a supported claim was carried out (Art 32; Q25).

    The clock is met here and now, with no evidence asked for an earlier day.
    """
    if done_on > today:
        return {"done_on": _("The day lies in the future.")}
    if done_on < earliest:
        return {"done_on": _("The day lies more than one working day back.")}
    if issued_on is not None and done_on < issued_on:
        return {"done_on": _("The day lies before the opinion.")}
    return {}
