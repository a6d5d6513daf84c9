"""Urging the units that have a petition in hand (催办): with a reason, on a numbered paper, to be answered by a day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from assignments.parts import ask
from assignments.states import Kind
from audit.parts import record
from cases.models import Handling, Petition, Urging
from cases.papers import contact_of
from cases.parts import excluded_organs, lock_petition, users_kept_out
from cases.urgings import in_hand, no_longer_urged
from cases.workflow import Step, check
from deadlines.calendars import working_days_after
from documents import parts as documents
from documents import wording
from documents.paper import Paper
from documents.states import DocumentKind
from infra.models import StoredFile
from lib.errors import OutOfTurn, Refused, Unknown

# Within so many working days a unit answers, unless a day is set.
ANSWER_DAYS = 3
_FURTHEST_DAYS = 366
# What the paper and the unit's list say is to be done; papers are Chinese for every reader.
_ACT = "请抓紧办理，并书面反馈办理进展。"


@transaction.atomic(durable=True)
def urge(
    petition_id: UUID,
    *,
    reason: str,
    due_on: date | None = None,
    organ_id: int | None = None,
    by: Hat,
    now: datetime,
) -> list[Urging]:
    """Urge every unit that has a petition in hand, or the one that is named; each once a day at most.

    It reminds of days that stand anyway and moves none of them, so one hand issues it. Without a day the answer is
    due in three working days. Urged again, a unit owes an answer to the later paper alone. A unit that the petition
    names is passed over (Q2).

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if its organ neither registered it nor oversees it
    :raises OutOfTurn: if no other unit has it in hand, or each was urged today already
    :raises Refused: without a reason, or for a day that cannot be
    """
    petition = lock_petition(petition_id, by)
    check(Step.URGE, petition, by)
    today = timezone.localdate(now)
    due_on = due_on or working_days_after(today, ANSWER_DAYS)
    _refuse_faults(reason, due_on, today=today)
    kept_out = excluded_organs(petition, below=False) | set(
        Organ.objects.of_today(by.organ).values_list("pk", flat=True)
    )
    waited_for = in_hand(besides=kept_out).filter(petition=petition)
    if organ_id is not None:
        waited_for = waited_for.filter(organ=organ_id)
    handlings = list(waited_for.select_related("organ").order_by("sent_at", "pk"))
    if not handlings:
        raise OutOfTurn(_("No other unit has it in hand."))
    urged = set(
        Urging.objects.filter(handling__in=handlings, made_on=today).values_list("handling", flat=True)
    )
    left = [handling for handling in handlings if handling.pk not in urged]
    if not left:
        raise OutOfTurn(_("This unit was urged today already."))
    return [_urge_one(petition, handling, reason.strip(), due_on, by=by, now=now) for handling in left]


def _refuse_faults(reason: str, due_on: date, *, today: date) -> None:
    faults = {}
    if not reason.strip():
        faults["reason"] = _("Say why.")
    if not today < due_on or (due_on - today).days > _FURTHEST_DAYS:
        faults["due_on"] = _("The day lies ahead, and no more than a year.")
    if faults:
        raise Refused(next(iter(faults.values())), fields=faults)


def _urge_one(
    petition: Petition, handling: Handling, reason: str, due_on: date, *, by: Hat, now: datetime
) -> Urging:
    no_longer_urged(Handling.objects.filter(pk=handling.pk), now=now)
    nth = handling.urgings.count() + 1
    paper = _paper(petition, handling, reason, due_on, nth=nth, by=by)
    document = documents.issue_at_once(
        DocumentKind.URGE, organ=by.organ, paper=paper, drafted_by=by, by=by, now=now
    )
    assignment = ask(
        Kind.URGE,
        petition.pk,
        of=handling.organ,
        act=_ACT,
        asking_organ=by.organ,
        by=by,
        now=now,
        due_on=due_on,
        except_users=users_kept_out(petition),
    )
    facts = {"organ": handling.organ.code, "due_on": due_on.isoformat(), "nth": nth}
    record("petition.urge", petition, by=by.actor, at=now, facts=facts)
    return Urging.objects.create(
        handling=handling,
        reason=reason,
        made_by=by.post,
        maker=by.user,
        made_at=now,
        made_on=timezone.localdate(now),
        document=document,
        assignment=assignment,
    )


def _paper(petition: Petition, handling: Handling, reason: str, due_on: date, *, nth: int, by: Hat) -> Paper:
    return wording.slip_letter(
        wording.Supervised(
            organ=by.organ.name,
            addressee=handling.organ.name,
            petition_number=petition.number,
            contact=contact_of(by),
            kind=DocumentKind.URGE,
            ground="",
            facts=reason,
            act=_ACT,
            due_on=due_on,
            nth=nth,
        )
    )


@transaction.atomic(durable=True)
def fetch_urging(petition_id: UUID, urging_id: int, *, by: Hat, now: datetime) -> StoredFile:
    """Return the file of an urging to whoever sees its petition; written down.

    :raises Unknown: if this hat does not see the petition, or there is no such paper of it
    """
    petition = lock_petition(petition_id, by)
    urging = (
        Urging.objects.select_related("document__file", "handling__organ")
        .filter(pk=urging_id, handling__petition=petition)
        .first()
    )
    if urging is None or urging.document is None or urging.document.file is None:
        raise Unknown(_("There is no such paper."))
    facts = {"organ": urging.handling.organ.code}
    record("petition.fetch_urging", petition, by=by.actor, at=now, facts=facts)
    return urging.document.file
