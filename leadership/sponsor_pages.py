"""What the pages of sponsoring show: who sponsors a petition and what he does, and which leader sponsors what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.page_deeds import Bound, Offer
from accounts.roles import Role
from cases.hanging import Hanging
from cases.models import Petition, Petitioner, Resolution
from cases.rows import lamp_of_petition
from cases.sections import Section
from deadlines.lamps import Lamp
from leadership import permissions as may
from leadership.models import DutyNote, FieldCase, PlanStep, Secretary, Sponsorship
from leadership.rosters import leaders_for, office_for
from leadership.sponsor_deeds import ON_SPONSORED, ON_SPONSORSHIP
from leadership.sponsoring import chain_of, standing_of, suggestions
from leadership.states import Duty, SponsorKind
from lib.forms import RefusableForm
from lib.masking import mask_text


@dataclass(frozen=True)
class DutyDone:
    """One of the four duties with what was done on it, the latest first."""

    duty: Duty
    notes: Sequence[DutyNote]


@dataclass(frozen=True)
class Answering:
    """One sponsorship as its page shows it: duties, plan, visits, of those before it too."""

    row: Sponsorship
    days: int
    duties: Sequence[DutyDone]
    steps: Sequence[PlanStep]
    visits: Sequence[FieldCase]
    offers: Sequence[Offer] = ()
    end_step: RefusableForm | None = None
    # the step whose form was refused
    wrong_step: int | None = None
    today: date | None = None

    @property
    def done(self) -> int:
        """How many of the four duties have been seen to."""
        return sum(bool(duty.notes) for duty in self.duties)

    @property
    def lacks_duties(self) -> bool:
        """Whether the result cannot be written yet."""
        return self.done < len(Duty)

    @property
    def next_step(self) -> PlanStep | None:
        return min(
            (step for step in self.steps if step.is_open),
            key=lambda step: (step.due_on, step.pk),
            default=None,
        )

    @property
    def is_late(self) -> bool:
        """Whether the day of a step has passed."""
        step = self.next_step
        return step is not None and self.today is not None and step.is_late(self.today)


def answering(row: Sponsorship, *, on: date) -> Answering:
    """Return a sponsorship with everything that was planned and done on it and on those it continues."""
    chain = chain_of(row)
    notes = list(
        DutyNote.objects.filter(sponsorship__in=chain).select_related("person").order_by("-done_on", "-pk")
    )
    went = Sponsorship.objects.filter(pk__in=chain)
    by_them = Q(trip__post__in=went.values("post")) | Q(
        trip__post=None, trip__outsider__in=went.values("outsider")
    )
    visits = FieldCase.objects.filter(by_them, petition=row.petition_id, trip__struck_at=None)
    return Answering(
        row,
        row.days(on),
        [DutyDone(duty, [note for note in notes if note.duty == duty]) for duty in Duty],
        list(PlanStep.objects.filter(sponsorship__in=chain).order_by("due_on", "pk")),
        list(visits.select_related("trip").order_by("-trip__went_on", "-pk")),
        today=on,
    )


def section(on: Hanging, hat: Hat, now: datetime) -> Section | None:
    """Return the piece on the case page; where nobody sponsors it only those who may name somebody see it."""
    petition = on.petition
    rows = standing_of(petition) if "sponsorships" in on.there else []
    names = may.may_name_sponsors(hat)
    if not rows and not names:
        return None
    today = timezone.localdate(now)
    context = {
        "petition": petition,
        "sponsors": [answering(row, on=today) for row in rows],
        "names": names,
    }
    return Section("leadership/_sponsors.html", context)


def petition_page(petition: Petition, hat: Hat, *, now: datetime, bound: Bound) -> dict[str, Any]:
    """Return the page of who sponsors a petition, with what this hat may do about each."""
    today = timezone.localdate(now)
    ended = Sponsorship.objects.filter(petition=petition, ended_at__isnull=False)
    return {
        "petition": petition,
        "title": title_of(petition),
        "sponsors": [
            _with_offers(answering(row, on=today), petition, hat, bound, today)
            for row in standing_of(petition)
        ],
        "ended": ended.select_related("post__user", "ended_by__user").order_by("-ended_at"),
        "offers": list(_of_petition(petition, hat, bound, today)),
        "resolved": Resolution.objects.filter(
            petition=petition, ended_at=None, confirmed_at__isnull=False
        ).exists(),
        "today": today,
    }


def ended_page(row: Sponsorship, *, now: datetime) -> dict[str, Any]:
    """Return the page of a sponsorship that has ended: what was planned, done and visited stays readable."""
    return {
        "petition": row.petition,
        "title": title_of(row.petition),
        "one": answering(row, on=timezone.localdate(now)),
    }


def title_of(petition: Petition) -> str:
    """Return a petition's title with every name in it covered."""
    names = Petitioner.objects.filter(petition=petition).values_list("name", flat=True)
    return mask_text(petition.words.title, names=list(names))


def _of_petition(petition: Petition, hat: Hat, bound: Bound, today: date) -> Iterator[Offer]:
    taken = {row.kind for row in standing_of(petition)}
    if not may.may_name_sponsors(hat) or len(taken) == len(SponsorKind) or petition.is_void:
        return
    deed = ON_SPONSORED["sponsor"]
    posts = [
        (str(kind.label), _labelled(petition, kind, today))
        for kind in (SponsorKind.DISTRICT_LEADER, SponsorKind.UNIT_HEAD)
        if kind not in taken
    ]
    form = bound.get(("sponsored", deed.slug)) or deed.form(posts=posts)
    form.fields["post"].widget.choices = [("", _("Choose")), *posts]
    form.fields["kind"].widget.choices = [choice for choice in SponsorKind.choices if choice[0] not in taken]
    yield Offer(deed, form, "leadership:on_sponsored", petition.pk)


def _labelled(petition: Petition, kind: SponsorKind, today: date) -> list[tuple[int, str]]:
    return [
        (one.post.pk, f"{one.post.user.name} {one.post.title} · {one.fits.label} · {one.load}")
        for one in suggestions(petition, kind, on=today)
    ]


def _with_offers(shown: Answering, petition: Petition, hat: Hat, bound: Bound, today: date) -> Answering:
    slugs = list(_slugs(shown, hat, today))
    offers, end_step, wrong = [], None, None
    for slug in slugs:
        deed = ON_SPONSORSHIP[slug]
        form = bound.get((f"sponsorship:{shown.row.pk}", slug))
        if slug == "end-step":
            end_step = form or deed.form(auto_id=False)
            wrong = int(form.data.get("step") or 0) if form is not None else None
            continue
        form = form or deed.form(auto_id=f"id-{slug}-{str(shown.row.pk)[-8:]}-%s")
        if slug == "pass-on":
            kind = SponsorKind(shown.row.kind)
            others = [one for one in _labelled(petition, kind, today) if one[0] != shown.row.post_id]
            form.fields["post"].widget.choices = [("", _("Choose")), *others]
        offers.append(Offer(deed, form, "leadership:on_sponsorship", shown.row.pk))
    return Answering(
        shown.row, shown.days, shown.duties, shown.steps, shown.visits, offers, end_step, wrong, today
    )


def _slugs(shown: Answering, hat: Hat, today: date) -> Iterator[str]:
    if may.works_on(hat, shown.row, serves=serves(hat, shown.row, on=today)):
        yield from ("note-duty", "plan-step", "end-step", "note-visit")
        if not shown.lacks_duties:
            yield "complete"
    if may.may_name_sponsors(hat):
        if shown.row.post_id is not None:
            yield "pass-on"
        yield "release"


def serves(hat: Hat, row: Sponsorship, *, on: date) -> bool:
    """Test if a hat is the secretary of whoever sponsors."""
    if row.post_id is None:
        return False
    return Secretary.objects.serving(on).filter(post=hat.post, leader=row.post_id).exists()


@dataclass(frozen=True)
class Covered:
    """One sponsored petition as lists show it."""

    row: Sponsorship
    title: str
    lamp: Lamp
    days: int
    duties: int
    resolved: bool
    next_on: date | None
    visited_on: date | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.row.stands and self.next_on is not None and self.next_on < self.today


@dataclass(frozen=True)
class Leader:
    """One leader with what he sponsors. Leaders stand in the order of their organs, never of a number."""

    name: str
    organ: str
    cases: Sequence[Covered]
    # of them those that the reader may open
    shown: Sequence[Covered]

    @property
    def standing(self) -> int:
        return sum(case.row.stands for case in self.cases)

    @property
    def completed(self) -> int:
        return len(self.cases) - self.standing

    @property
    def resolved(self) -> int:
        return sum(case.resolved for case in self.cases)

    @property
    def longest(self) -> int:
        """Days since the oldest of them was taken."""
        return max((case.days for case in self.cases if case.row.stands), default=0)

    @property
    def late(self) -> int:
        return sum(case.is_late for case in self.cases)


# more than a district's leaders sponsor in a year
_LISTED = 2000


def covered(rows: QuerySet[Sponsorship], *, now: datetime, most: int = _LISTED) -> list[Covered]:
    """Return sponsorships as lists show them, in a fixed number of queries, in the order the rows are in."""
    open_steps = PlanStep.objects.open().filter(sponsorship=OuterRef("pk"))
    by_him = Q(trip__post=OuterRef("post")) | Q(trip__post=None, trip__outsider=OuterRef("outsider"))
    visits = FieldCase.objects.filter(by_him, petition=OuterRef("petition"), trip__struck_at=None)
    settled = Resolution.objects.filter(
        petition=OuterRef("petition"), ended_at=None, confirmed_at__isnull=False
    )
    found = list(
        rows.select_related("petition__words", "petition__place", "post__user", "post__organ").annotate(
            next_on=Subquery(open_steps.order_by("due_on").values("due_on")[:1]),
            visited_on=Subquery(visits.order_by("-trip__went_on").values("trip__went_on")[:1]),
            resolved=Exists(settled),
        )[:most]
    )
    names = _names_on([row.petition_id for row in found])
    done = _duties_done(found)
    today = timezone.localdate(now)
    return [
        Covered(
            row,
            mask_text(row.petition.words.title, names=names.get(row.petition_id, [])),
            lamp_of_petition(row.petition, now),
            row.days(today),
            done.get(row.pk, 0),
            row.resolved,
            row.next_on,
            row.visited_on,
            today,
        )
        for row in found
    ]


def _names_on(petition_ids: Sequence[Any]) -> Mapping[Any, list[str]]:
    names: dict[Any, list[str]] = {}
    for petition, name in Petitioner.objects.filter(petition__in=petition_ids).values_list(
        "petition", "name"
    ):
        names.setdefault(petition, []).append(name)
    return names


def _duties_done(rows: Sequence[Sponsorship]) -> Mapping[Any, int]:
    """Return how many duties each has seen to; what predecessors did is asked for those that have one."""
    first_of = {row.pk: row.pk for row in rows}
    before = {row.continues_id: row.pk for row in rows if row.continues_id}
    while before:
        first_of |= before
        earlier = Sponsorship.objects.filter(pk__in=list(before), continues__isnull=False)
        before = {up: before[key] for key, up in earlier.values_list("pk", "continues") if up}
    seen: dict[Any, set[str]] = {}
    for key, duty in DutyNote.objects.filter(sponsorship__in=list(first_of)).values_list(
        "sponsorship", "duty"
    ):
        seen.setdefault(first_of[key], set()).add(duty)
    return {key: len(duties) for key, duties in seen.items()}


def sponsored_for(hat: Hat, *, since: datetime, now: datetime) -> QuerySet[Sponsorship]:
    """Return what is sponsored or was completed since a moment, on open-lane petitions this hat sees (Q2).

    Leaders and their secretaries read the figures of all leaders of the district besides.
    """
    counted = Q(petition__in=Petition.objects.visible_to(hat))
    if hat.role in {Role.LEADER, Role.LEADER_SECRETARY}:
        district = leaders_for(office_for(hat), on=timezone.localdate(now))
        counted |= Q(kind=SponsorKind.DISTRICT_LEADER, post__in=district)
    return Sponsorship.objects.standing_or_completed(since=since).filter(counted)


def coverage_page(hat: Hat, *, now: datetime) -> dict[str, Any]:
    """Return leaders and what each sponsors, with 化解 and days, as far as this hat reads of it."""
    this_year = timezone.localtime(now).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = sponsored_for(hat, since=this_year, now=now)
    in_order = rows.order_by("kind", "post__organ__path", "post__title", "post", "outsider", "begun_at", "pk")
    leaders: dict[tuple[str, str], list[Covered]] = {}
    found = covered(in_order, now=now)
    keys = {case.row.petition_id for case in found}
    opens = set(Petition.objects.visible_to(hat).filter(pk__in=keys).values_list("pk", flat=True))
    for case in found:
        organ = case.row.post.organ.short_name if case.row.post else ""
        leaders.setdefault((case.row.sponsor, organ), []).append(case)
    return {
        "leaders": [
            Leader(name, organ, cases, [case for case in cases if case.row.petition_id in opens])
            for (name, organ), cases in leaders.items()
        ],
        "opens_all": opens == keys,
    }
