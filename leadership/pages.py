"""What the pages of supervision and lifting show, and the piece of them that stands on the case page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from accounts.page_deeds import Bound
from assignments.models import Assignment
from assignments.states import STANDING, STANDS, LiftState, Span, Tier
from cases.hanging import Hanging
from cases.models import Handling, Petition, Petitioner, Urging
from cases.permissions import READS_ALONG, reads_supervision
from cases.sections import Section
from cases.urgings import urged_on
from deadlines.lamps import Lamp
from leadership import permissions as may
from leadership.forms.supervision import NoteUrgent
from leadership.models import (
    LiftAddressee,
    ListItem,
    MeetingDecision,
    PetitionLift,
    PetitionSpan,
    Slip,
    UrgentReport,
)
from leadership.offers import NOT_ISSUED, of_asked, of_lift, of_petition, of_slip
from leadership.periods import periods_behind
from leadership.slips import standing_beside
from leadership.states import BY_THE_CONFERENCE, SlipKind, SlipState
from leadership.tiers import tier_of_organ
from leadership.urgent import shown
from lib.forms import RefusableForm
from lib.masking import mask_text
from notices.matters import matters_behind


@dataclass(frozen=True)
class Step:
    """One tier of the path: since when, how many nights it stayed (none if it left on its day), or not reached."""

    tier: Tier
    since: date | None = None
    days: int = 0
    here: bool = False

    @property
    def label(self) -> str:
        return str(self.tier.label)


def path_of(petition: Petition, now: datetime) -> list[Step]:
    """Return the tiers of a petition from the street up, days stayed at each, in one query (seeds-map 17, 18, 27)."""
    led = Handling.objects.filter(petition=petition).values_list(
        F("organ__kind"), Value("", CharField()), F("sent_at"), F("ended_at")
    )
    lifted = PetitionLift.objects.filter(petition=petition).exclude(
        state__in=[LiftState.PROPOSED, LiftState.DECLINED, LiftState.OVERTAKEN]
    )
    stays = lifted.values_list(Value("", CharField()), F("to_tier"), F("raised_at"), F("ended_at"))
    rows = led.union(stays, all=True)
    found: dict[Tier, list[tuple[datetime, datetime | None]]] = {}
    for kind, tier, since, until in rows:
        found.setdefault(Tier(tier) if tier else tier_of_organ(kind), []).append((since, until))
    standing = [tier for tier, spans in found.items() if any(until is None for _since, until in spans)]
    here = max(standing, key=lambda tier: tier.rank, default=None)
    return [_step(tier, found.get(tier), now, here=tier == here) for tier in Tier]


def _step(
    tier: Tier, spans: Sequence[tuple[datetime, datetime | None]] | None, now: datetime, *, here: bool
) -> Step:
    if not spans:
        return Step(tier)
    days = {
        day
        for since, until in spans
        for day in range(
            timezone.localdate(since).toordinal(), timezone.localdate(until or now).toordinal() + 1
        )
    }
    first = min(since for since, _until in spans)
    return Step(tier, timezone.localdate(first), len(days) - 1, here)


@dataclass(frozen=True)
class Shown:
    """A slip with the lamp of what it asks."""

    slip: Slip
    lamp: Lamp | None


def slips_of(petition: Petition, hat: Hat, now: datetime) -> list[Shown]:
    """Return the slips a hat reads: the issuing office its drafts too, the unit its own, leaders what was issued."""
    rows = Slip.objects.filter(petition=petition).select_related(
        "issuer", "addressee", "document", "assignment__clock", "opened_for"
    )
    own = Organ.objects.of_today(hat.organ)
    if may.of_the_office(hat) or may.of_the_conference(hat):
        read = Q(issuer__in=own) | ~Q(state__in=sorted(NOT_ISSUED))
    elif hat.role in READS_ALONG:
        read = ~Q(state__in=sorted(NOT_ISSUED))
    else:
        read = Q(addressee__in=own) & ~Q(state__in=sorted(NOT_ISSUED))
    found = rows.filter(read).order_by("opened_at", "pk")
    return [Shown(slip, slip.assignment.lamp(now) if slip.assignment else None) for slip in found]


def section(on: Hanging, hat: Hat, now: datetime) -> Section | None:
    """Return the piece on the case page."""
    petition = on.petition
    slips, lifts, reports = (name in on.there for name in ("slips", "lifts", "urgent_reports"))
    works = may.may_place(hat)
    if not (slips or lifts or reports or works):
        return None
    shown = slips_of(petition, hat, now) if slips else []
    if not (shown or lifts or reports or works):
        return None
    standing = _standing(petition) if lifts else None
    holders = [one for one in standing.addressees.all() if one.holds] if standing is not None else []
    context: dict[str, Any] = {
        "petition": petition,
        "slips": shown,
        "path": path_of(petition, now) if lifts else [],
        "lift": standing,
        "holders": holders,
        "works": works,
        "urgent": reports and may.reads_reports(hat, petition),
        "asked_url": "leadership:asked",
    }
    return Section("leadership/_section.html", context)


def _standing(petition: Petition) -> PetitionLift | None:
    lifts = PetitionLift.objects.filter(petition=petition, state__in=sorted(STANDS)).select_related("rule")
    return lifts.prefetch_related(Prefetch("addressees", _put_before())).first()


def _put_before() -> QuerySet[LiftAddressee]:
    """Return everybody lifts are put before, in the order they were asked, with what the page shows of them."""
    rows = LiftAddressee.objects.select_related(
        "assignment__clock", "assignment__post__user", "assignment__organ"
    )
    return rows.order_by("pk")


def _title(petition: Petition) -> str:
    names = Petitioner.objects.filter(petition=petition).values_list("name", flat=True)
    return mask_text(petition.words.title, names=list(names))


def matter_page(
    petition: Petition, hat: Hat, *, now: datetime, kind: SlipKind | None, bound: Bound
) -> dict[str, Any]:
    """Return the page of supervision and tiers of one petition."""
    lifts = list(
        PetitionLift.objects.filter(petition=petition)
        .select_related("assignment", "rule", "raised_by__user", "decided_by__user")
        .prefetch_related(Prefetch("addressees", _put_before()))
        .order_by("-raised_at")
    )
    asked_here = set(
        Assignment.objects.asked_of(hat).filter(subject_id=str(petition.pk)).values_list("pk", flat=True)
    )
    for lift in lifts:
        lift.petition = petition
    reports = UrgentReport.objects.filter(petition=petition).prefetch_related("notices")
    reads_reports = may.reads_reports(hat, petition)
    return {
        "petition": petition,
        "title": _title(petition),
        "path": path_of(petition, now),
        "span": PetitionSpan.objects.filter(petition=petition, ended_at=None)
        .select_related("set_by__user")
        .first(),
        "slips": slips_of(petition, hat, now),
        "urgings": urged_on(petition, now),
        "lifts": [
            (lift, list(of_lift(lift, hat, mine=_part_of(lift, asked_here), bound=bound))) for lift in lifts
        ],
        # what those of the tiers say to each other is not the unit's to read
        "reads_words": reads_supervision(hat),
        "reports": [
            shown(report, _note_form(report, petition, hat, bound), now=now)
            for report in reports.select_related("document", "reporter").order_by("-reported_at")
        ]
        if reads_reports
        else [],
        "offers": list(of_petition(petition, hat, bound, today=timezone.localdate(now), kind=kind)),
        "kinds": may.kinds_for(hat),
        "kind": kind,
    }


def _part_of(lift: PetitionLift, asked: Collection[UUID]) -> LiftAddressee | None:
    """Return the part of a lift that is asked of this hat and was not given back."""
    return next((one for one in lift.addressees.all() if one.assignment_id in asked and one.holds), None)


def _note_form(report: UrgentReport, petition: Petition, hat: Hat, bound: Bound) -> RefusableForm | None:
    if not may.may_report_urgent(hat, petition):
        return None
    return bound.get((f"report:{report.pk}", "note")) or NoteUrgent()


def asked_page(
    assignment: Assignment, hat: Hat, *, now: datetime, asked: bool, bound: Bound
) -> dict[str, Any]:
    """Return the page of one assignment, for whoever is asked and whoever asked."""
    slips = Slip.objects.select_related("document", "issuer", "addressee", "petition")
    slip = slips.filter(assignment=assignment).first()
    part = (
        LiftAddressee.objects.filter(assignment=assignment)
        .select_related("lift__petition", "lift__rule", "lift__seat")
        .first()
    )
    lift = part.lift if part is not None else None
    seen = Petition.objects.visible_to(hat).filter(pk=assignment.subject_id).select_related("words").first()
    offers = list(of_asked(assignment, hat, asked=asked, slip=slip, bound=bound))
    if lift is not None:
        mine = part if asked and part is not None and part.holds else None
        offers += of_lift(lift, hat, mine=mine, bound=bound)
    return {
        "assignment": assignment,
        "lamp": assignment.lamp(now),
        "slip": slip,
        "periods": periods_behind(slip, now=now) if slip is not None else [],
        "lifts_slip": slip is not None and hat.organ.is_or_carries_on(slip.issuer) and may.may_place(hat),
        "urging": Urging.objects.filter(assignment=assignment).select_related("document").first(),
        "lift": lift,
        "decision": MeetingDecision.objects.filter(assignment=assignment)
        .select_related("meeting__kind")
        .first(),
        "item": ListItem.objects.filter(assignment=assignment).select_related("list").first(),
        "chosen": part.get_chosen_display() if part else "",
        "beside": [] if lift is None else _put_before().filter(lift=lift).exclude(assignment=assignment),
        "petition": seen,
        "title": _title(seen) if seen else "",
        "moves": assignment.moves.select_related("by__organ", "person", "file").order_by("pk"),
        "offers": offers,
        "instructs": lift is not None
        and part is not None
        and asked
        and part.holds
        and lift.state in STANDS
        and may.may_sign_instructions(hat),
        "path": path_of(seen, now) if seen and lift else [],
    }


def _who_signs(slip: Slip, hat: Hat) -> str:
    """Return who signs a draft where this hat does not; nothing where it does, or where none waits."""
    if slip.state != SlipState.DRAFT:
        return ""
    drew_it_up = slip.document is not None and slip.document.drafter_id == hat.user.pk
    if may.may_issue(hat, slip) and not drew_it_up:
        return ""
    if slip.kind in BY_THE_CONFERENCE:
        return _("Another officer of the joint conference's office signs it, not who drew it up.")
    return _("A section head or the director signs it, not who drew it up.")


def slip_page(slip: Slip, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return the page of one slip, for the office that issues it."""
    paper = slip.document.paper if slip.document is not None else None
    return {
        "slip": slip,
        "petition": slip.petition,
        "title": _title(slip.petition),
        "paper": paper,
        "who_signs": _who_signs(slip, hat),
        "beside": standing_beside(slip).select_related("document").order_by("opened_at"),
        "periods": periods_behind(slip, now=now),
        "remark": slip.document.remark if slip.document else "",
        "lamp": slip.assignment.lamp(now) if slip.assignment else None,
        "offers": list(of_slip(slip, hat, bound)),
    }


_LISTED = 100


def _with_the_city(hat: Hat) -> list[PetitionLift]:
    """Return what stands with the city without its answer: not reported first, then what was reported longest ago."""
    unanswered = PetitionLift.objects.filter(
        to_tier=Tier.CITY,
        state__in=sorted(STANDS),
        answered_on=None,
        petition__in=Petition.objects.visible_to(hat).filter(sealed=False),
    )
    order = (F("sent_on").asc(nulls_first=True), "raised_at")
    return list(unanswered.select_related("petition").order_by(*order)[:_LISTED])


def _days_since(day: date | None, now: datetime) -> int | None:
    return (timezone.localdate(now) - day).days if day is not None else None


def supervision_page(hat: Hat, *, now: datetime) -> dict[str, Any]:
    """Return what waits for an office's supervision: drafts, replies to verify, proposals, and what it asked."""
    drafts = Slip.objects.of_issuer(hat).exclude(state__in=["issued", "lifted", "discarded"])
    asked = Assignment.objects.asked_by(hat).filter(state__in=sorted(STANDING))
    order = Coalesce("clock__due_at", "asked_at", output_field=DateTimeField())
    standing = list(
        asked.select_related("organ", "post__user", "post__organ", "clock").order_by(order, "pk")[:_LISTED]
    )
    proposed = PetitionLift.objects.filter(
        state=LiftState.PROPOSED, petition__in=Petition.objects.visible_to(hat).filter(sealed=False)
    )
    proposals = list(proposed.select_related("petition", "rule").order_by("raised_at")[:_LISTED])
    with_the_city = _with_the_city(hat)
    waiting = list(
        drafts.select_related("petition", "addressee", "opened_for").order_by("opened_at")[:_LISTED]
    )
    subjects = {one.subject_id for one in standing}
    subjects |= {str(lift.petition_id) for lift in [*proposals, *with_the_city]}
    subjects |= {str(slip.petition_id) for slip in waiting}
    matters = matters_behind("cases:petition", subjects, hat, now=now)
    titles = {key: matter.title for key, matter in matters.items()}
    return {
        "drafts": [(slip, titles.get(str(slip.petition_id), "")) for slip in waiting],
        "standing": [
            (one, matters[one.subject_id], one.lamp(now)) for one in standing if one.subject_id in matters
        ],
        "proposals": [(lift, titles.get(str(lift.petition_id), "")) for lift in proposals],
        "with_the_city": [
            (lift, titles.get(str(lift.petition_id), ""), _days_since(lift.sent_on, now))
            for lift in with_the_city
        ],
        "decides": may.may_decide_proposals(hat),
        "spans": Span,
    }
