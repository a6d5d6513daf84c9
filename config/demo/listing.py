"""The demo's lists to strike off and what its first leaders sponsored to the end: the newspaper's figures, in bulk.

246 repeats that the centre assigned, of which 243 are resolved; 26 and 28 sponsored petitions, all of them resolved.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Organ, OrganKind, Post, User
from accounts.roles import Role
from assignments.models import Assignment
from audit.parts import record_each
from cases.models import Handling, Petition, Resolution
from cases.models.handling import ResolutionEvidence
from cases.states import FROM_ABOVE, OPEN, Purpose, Routing
from config.demo.logins import LOGINS
from config.demo.walk import pdf_of
from deadlines.calendars import working_days_after
from infra.files import store
from leadership.actions import answers, lists
from leadership.actions.lists import NewItem
from leadership.list_states import ListSource
from leadership.models import DutyNote, ListItem, Sponsorship, StrikeList
from leadership.states import Duty, SponsorEnd, SponsorKind
from lib.transactions import require_transaction

CENTRAL, RESOLVED = 246, 243
SPONSORED = (("区委书记", 26), ("区长", 28))
_LOOKED_AT = 5
_DEMANDS = (Purpose.REQUEST, Purpose.APPEAL)
_LISTED_DAYS, _STRUCK_DAYS = 400, 40
_DONE = {
    Duty.KNOW: "阅卷、约访，核对诉求。",
    Duty.EXPLAIN: "当面说明政策依据。",
    Duty.RESOLVE: "召集单位会商，方案落实到位。",
    Duty.AFTERCARE: "回访，约定事项已兑现。",
}


def list_up(*, latest: datetime) -> int:
    """Open the demo's lists and strike off what was resolved; once in a world. Return how much was done."""
    if StrikeList.objects.exists():
        return 0
    officer, director = (_hat(role, latest) for role in (Role.PETITION_OFFICER, Role.OFFICE_DIRECTOR))
    opened_at = latest - timedelta(days=30)
    central = lists.open_list(
        "中央交办重复信访事项",
        ListSource.CENTRAL,
        number="晋联办〔2025〕12号",
        by=officer,
        now=opened_at,
    )
    done = lists.add_items(central.pk, _central(officer, latest), by=officer, now=opened_at)
    if ListItem.objects.filter(strikes__isnull=False).exists():
        _look_back(central, director, latest)
    done += _found_by_inspection(officer, latest)
    return done + _sponsored(latest, without=set(ListItem.objects.values_list("petition", flat=True)))


def _central(officer: Hat, latest: datetime) -> Sequence[NewItem]:
    """Return the items of the central list: those that are over were resolved, three that are open were not."""
    today = timezone.localdate(latest)
    seen = Petition.objects.visible_to(officer)
    over = seen.filter(routing=Routing.FINISHED, purpose__in=_DEMANDS).order_by("received_at", "pk")
    named = over.values_list("pk", "place_path")
    from_above = named.filter(source__in=sorted(FROM_ABOVE))[:RESOLVED]
    others = named.exclude(source__in=sorted(FROM_ABOVE))[:RESOLVED]
    resolved = [*from_above, *others][:RESOLVED]
    running = Handling.objects.filter(
        petition__in=seen, petition__routing__in=sorted(OPEN), ended_at=None
    ).exclude(organ=officer.organ)
    still_open = running.order_by("sent_at", "pk").values_list("petition", "organ")[: CENTRAL - RESOLVED]
    towns = Organ.objects.current().filter(kind=OrganKind.TOWNSHIP).values_list("pk", "place__path")
    of_place = [(path, pk) for pk, path in towns]
    listed_on = today - timedelta(days=_LISTED_DAYS)
    done = [
        NewItem(
            act="化解到位，附兑现凭证和回访记录",
            organ_id=next((pk for town, pk in of_place if path.startswith(town)), officer.organ.pk),
            due_on=today - timedelta(days=_STRUCK_DAYS),
            petition_id=key,
            listed_on=listed_on,
            struck_on=today - timedelta(days=_STRUCK_DAYS + number),
            struck_words="凭证、回访记录齐全，核验属实。",
        )
        for number, (key, path) in enumerate(resolved)
    ]
    waiting = [
        NewItem(
            act="化解到位，附兑现凭证和回访记录",
            organ_id=unit,
            due_on=working_days_after(today, 10 + number),
            petition_id=key,
            responsible_id=_head_of(unit),
            listed_on=listed_on,
        )
        for number, (key, unit) in enumerate(still_open)
    ]
    return [*done, *waiting]


def _look_back(central: StrikeList, director: Hat, latest: datetime) -> None:
    """Draw a sample, and look at all but the last of it."""
    drawn = lists.draw_look_back(central.pk, size=_LOOKED_AT, by=director, now=latest - timedelta(days=5))
    for row in list(drawn.drawn.select_related("strike").order_by("pk"))[:-1]:
        lists.look(
            row.strike.item_id,
            looked_id=row.pk,
            holds=True,
            words="电话回访，约定事项已兑现。",
            by=director,
            now=latest - timedelta(days=3),
        )


def _found_by_inspection(officer: Hat, latest: datetime) -> int:
    """Put two matters of an inspection on a list; one of them was shown to be done and waits to be verified."""
    rows = lists.open_list(
        "区委督查反馈问题", ListSource.INSPECTION, by=officer, now=latest - timedelta(days=12)
    )
    units = list(Organ.objects.current().filter(kind=OrganKind.DEPARTMENT).order_by("code")[:2])
    matters = ("办事指南与实际办理材料不一致", "群众来电未按规定登记")
    items = [
        lists.add_item(
            rows.pk,
            NewItem(
                act="整改到位，附整改前后对照",
                organ_id=unit.pk,
                due_on=working_days_after(timezone.localdate(latest), 5),
                matter=matter,
                responsible_id=_head_of(unit.pk),
            ),
            by=officer,
            now=latest - timedelta(days=12),
        )
        for unit, matter in zip(units, matters, strict=True)
    ]
    asked = Assignment.objects.get(list_item=items[0])
    clerk = Post.objects.filter(organ=units[0], role=Role.CASE_OFFICER).select_related("user", "organ__place")
    post = clerk.order_by("pk").first()
    if post is not None:
        now = latest - timedelta(days=1)
        shown = pdf_of("整改对照.pdf", "整改对照", units[0].name, [matters[0]], timezone.localdate(now))
        answers.reply(asked.pk, words="已逐项整改。", file=shown, by=Hat(post, post.user), now=now)
    return len(items)


@transaction.atomic(durable=True)
def _sponsored(latest: datetime, *, without: set[UUID | None]) -> int:
    """Write what the secretary and the district's head sponsored to the end before this system was there."""
    director = _hat(Role.OFFICE_DIRECTOR, latest)
    over = Petition.objects.visible_to(director).filter(
        routing=Routing.FINISHED, purpose__in=_DEMANDS, sponsorships=None
    )
    keys = iter(
        [
            key
            for key in over.order_by("-received_at", "pk").values_list("pk", flat=True)[:600]
            if key not in without
        ]
    )
    done_at = latest - timedelta(days=4)
    paper = pdf_of(
        "包案结果.pdf", "包案化解情况", "区委", ["约定事项均已兑现。"], timezone.localdate(done_at)
    )
    evidence = store(paper, now=done_at)
    rows = []
    for title, number in SPONSORED:
        post = Post.objects.filter(role=Role.LEADER, title=title).first()
        rows += [
            Sponsorship(
                petition_id=key,
                kind=SponsorKind.DISTRICT_LEADER,
                post=post,
                reason="历史积案，由主要领导包案化解。",
                begun_at=latest - timedelta(days=90),
                begun_by=director.post,
                end=SponsorEnd.COMPLETED,
                end_reason="主办单位按方案办理到位，信访人书面确认。",
                evidence=evidence,
                ended_at=done_at,
                ended_by=director.post,
            )
            for key, _count in zip(keys, range(number), strict=False)
            if post is not None
        ]
    _write(rows, director, done_at)
    return len(rows)


def _write(rows: Sequence[Sponsorship], director: Hat, done_at: datetime) -> None:
    require_transaction("listing._write")
    Sponsorship.objects.bulk_create(rows)
    DutyNote.objects.bulk_create(
        [
            DutyNote(
                sponsorship=row,
                duty=duty,
                done_on=timezone.localdate(done_at),
                words=words,
                by=director.post,
                person=director.user,
                noted_at=done_at,
            )
            for row in rows
            for duty, words in _DONE.items()
        ]
    )
    settled = Resolution.objects.filter(ended_at=None, petition__in=[row.petition_id for row in rows])
    known = set(settled.values_list("petition", flat=True))
    Resolution.objects.bulk_create(
        [
            Resolution(
                petition_id=row.petition_id,
                evidence=ResolutionEvidence.EXECUTED,
                words="约定事项已兑现。",
                proposed_by=director.post,
                proposer=director.user,
                proposed_at=done_at - timedelta(days=30),
                confirmed_by=director.post,
                confirmed_at=done_at,
            )
            for row in rows
            if row.petition_id not in known
        ]
    )
    facts = [(row.petition_id, {"sponsor": row.kind}) for row in rows]
    record_each("petition.complete_sponsorship", Petition, facts, by=director.actor, at=done_at)


def _head_of(unit: int) -> int | None:
    heads = Post.objects.filter(organ=unit, role=Role.UNIT_HEAD)
    return heads.order_by("pk").values_list("pk", flat=True).first()


def _hat(role: Role, now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    return next(hat for hat in hats_of(user, on=timezone.localdate(now)) if hat.role == role)
