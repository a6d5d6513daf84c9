"""A month's bulletin: writing in it, leaving a matter out, issuing, withdrawing, drawing up anew, handing out."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Post
from assignments.models import ANSWERS
from audit.parts import record
from documents import parts as documents
from documents.states import DocumentKind
from infra.models import StoredFile
from leadership import permissions as may
from leadership.bulletins import draw, hold_office, lines_of, standing_lines
from leadership.models import Bulletin, BulletinLine
from leadership.months import Month
from leadership.numbers import faults_of_numbers
from leadership.papers import paper_of_bulletin
from leadership.states import BulletinState
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from notices.models import Kind
from notices.parts import settle, tell, withdraw


@transaction.atomic(durable=True)
def leave_out(bulletin_id: UUID, *, line_id: int, reason: str, by: Hat, now: datetime) -> Bulletin:
    """Leave a matter out of a bulletin before it is issued, with the reason, as one that was entered wrongly.

    :raises Unknown: if this hat reads no such bulletin, or the matter is not in it
    :raises NotAllowed: if this post does not issue it
    :raises OutOfTurn: if it was issued
    :raises Refused: without a reason
    """
    bulletin = _held(bulletin_id, by)
    _refuse_other_posts(bulletin, by)
    line = BulletinLine.objects.select_for_update(of=("self",)).select_related("organ").filter(pk=line_id)
    found = line.filter(bulletin=bulletin, left_out="", petition__sealed=False).first()
    if found is None:
        raise Unknown(_("There is no such matter in the bulletin."))
    if not reason.strip():
        raise Refused(_("Say why."), fields={"reason": _("Say why.")})
    found.left_out, found.left_out_by = reason.strip(), by.post
    found.save(update_fields=["left_out", "left_out_by"])
    _edit(bulletin, by=by)
    facts = {"organ": found.organ.code, "part": found.part}
    record("bulletin.leave_out", bulletin, by=by.actor, at=now, facts=facts)
    return bulletin


@transaction.atomic(durable=True)
def write_in_bulletin(bulletin_id: UUID, *, version: int, words: str, by: Hat, now: datetime) -> Bulletin:
    """Write what is added to a bulletin before it is issued, or take it out again; another hand issues it then.

    :raises Unknown: if this hat reads no such bulletin
    :raises NotAllowed: if this post does not write in it
    :raises OutOfTurn: if it was issued
    :raises Refused: if a person's number is in it
    :raises Stale: if it was changed meanwhile (Q32)
    """
    bulletin = _held(bulletin_id, by)
    if not may.may_write_in_bulletin(by, bulletin):
        raise NotAllowed(_("Your post does not write in bulletins."))
    if bulletin.version != version:
        raise Stale(_("The draft has been changed meanwhile. Read it again."))
    faults = faults_of_numbers({"words": words}, "words")
    if faults:
        raise Refused(faults["words"], fields=faults)
    bulletin.words = words.strip()
    _edit(bulletin, by=by)
    record("bulletin.write", bulletin, by=by.actor, at=now, facts={"month": f"{bulletin.month:%Y-%m}"})
    return bulletin


@transaction.atomic(durable=True)
def issue_bulletin(bulletin_id: UUID, *, version: int, by: Hat, now: datetime) -> Bulletin:
    """Issue a month's bulletin: numbered, printed, frozen; each unit that it names is told (Q2).

    What was sealed or made void since it was drawn up is not in it. Whoever last wrote in it or left something out
    does not issue it; what nobody touched was drawn up by the clock, and one hand issues it.

    :raises Unknown: if this hat reads no such bulletin
    :raises NotAllowed: if this post does not issue it, or the person was the last to change it
    :raises OutOfTurn: if it was issued, or nothing is left to be said
    :raises Stale: if a matter was left out meanwhile (Q32)
    """
    bulletin = _held(bulletin_id, by)
    _refuse_other_posts(bulletin, by)
    if bulletin.version != version:
        raise Stale(_("The draft has been changed meanwhile. Read it again."))
    if bulletin.editor_id == by.user.pk:
        raise NotAllowed(_("Whoever changed it last does not issue it: another person reads and issues it."))
    lines = standing_lines(bulletin)
    if not lines:
        raise OutOfTurn(_("Nothing is left that this bulletin could say."))
    paper = paper_of_bulletin(bulletin, lines, words=bulletin.words, by=by)
    bulletin.document = documents.issue_at_once(
        DocumentKind.BULLETIN, organ=by.organ, paper=paper, drafted_by=by, by=by, now=now
    )
    bulletin.state = BulletinState.ISSUED
    bulletin.save(update_fields=["state", "document"])
    settle(str(bulletin.pk), f"bulletin:{bulletin.pk}:drawn", now=now)
    organs = {line.organ.carried_on_by_id or line.organ_id for line in lines}
    key = f"bulletin:{bulletin.pk}:issued"
    tell(_answering(organs, now), Kind.BULLETIN_NAMES_YOU, key=key, subject_id=str(bulletin.pk), now=now)
    named = [code for code, _lines in groupby(line.organ.code for line in lines)]
    facts = {"month": f"{bulletin.month:%Y-%m}", "organs": named, "lines": len(lines)}
    record("bulletin.issue", bulletin, by=by.actor, at=now, facts=facts)
    return bulletin


@transaction.atomic(durable=True)
def withdraw_bulletin(bulletin_id: UUID, *, reason: str, by: Hat, now: datetime) -> Bulletin:
    """Withdraw an issued bulletin with the reason: units and leaders read it no more, its office keeps it.

    :raises Unknown: if this hat reads no such bulletin
    :raises NotAllowed: if this post does not issue bulletins there
    :raises OutOfTurn: if it is not issued, or was withdrawn
    :raises Refused: without a reason
    """
    bulletin = _locked(bulletin_id, by)
    _refuse_other_posts(bulletin, by)
    if not bulletin.is_issued:
        raise OutOfTurn(_("Only what was issued and stands is withdrawn."))
    if not reason.strip():
        raise Refused(_("Say why."), fields={"reason": _("Say why.")})
    bulletin.state, bulletin.withdrawn_because = BulletinState.WITHDRAWN, reason.strip()
    bulletin.withdrawn_at, bulletin.withdrawn_by = now, by.post
    bulletin.save(update_fields=["state", "withdrawn_because", "withdrawn_at", "withdrawn_by"])
    withdraw(str(bulletin.pk), now=now)
    record("bulletin.withdraw", bulletin, by=by.actor, at=now, facts={"month": f"{bulletin.month:%Y-%m}"})
    return bulletin


@transaction.atomic(durable=True)
def draw_bulletin_anew(bulletin_id: UUID, *, by: Hat, now: datetime) -> Bulletin:
    """Draw up a second bulletin for the month of one that was withdrawn, from the facts as they stand now.

    The withdrawn one stays beside it with its reason. Return the new one, which waits to be issued.

    :raises Unknown: if this hat reads no such bulletin
    :raises NotAllowed: if this post does not issue bulletins there
    :raises OutOfTurn: if it was not withdrawn, or the month has another already
    """
    withdrawn = _locked(bulletin_id, by)
    _refuse_other_posts(withdrawn, by)
    if withdrawn.state != BulletinState.WITHDRAWN:
        raise OutOfTurn(_("Only a month whose bulletin was withdrawn gets another."))
    office = hold_office(withdrawn.office.carried_on_by_id or withdrawn.office_id)
    if withdrawn.another_stands():
        raise OutOfTurn(_("The month has another bulletin already."))
    month = Month(withdrawn.month)
    return draw(office, month, lines_of(office, month), by=by.actor, now=now)


@transaction.atomic(durable=True)
def fetch_bulletin(bulletin_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return the paper of an issued bulletin, whole, to whoever reads all of it; written down.

    :raises Unknown: if there is none for this hat, or it names a petition that was sealed since (Q1, Q2)
    """
    rows = may.bulletins_for(by).select_related("document__file")
    bulletin = rows.filter(pk=bulletin_id).first() if may.reads_all_of(by) else None
    if bulletin is None or bulletin.document is None or bulletin.document.file is None:
        raise Unknown(_("There is no such paper."))
    if bulletin.lines.filter(left_out="", petition__sealed=True).exists():
        raise Unknown(_("There is no such paper."))
    record("bulletin.fetch", bulletin, by=by.actor, at=now)
    return bulletin.document.file


def _held(bulletin_id: UUID, by: Hat) -> Bulletin:
    bulletin = _locked(bulletin_id, by)
    if bulletin.state != BulletinState.DRAWN:
        raise OutOfTurn(_("It has been issued and stays as it is."))
    return bulletin


def _locked(bulletin_id: UUID, by: Hat) -> Bulletin:
    if not may.bulletins_for(by).filter(pk=bulletin_id).exists():
        raise Unknown(_("There is no such bulletin."))
    return Bulletin.objects.select_for_update(of=("self",)).select_related("office").get(pk=bulletin_id)


def _refuse_other_posts(bulletin: Bulletin, by: Hat) -> None:
    if not may.answers_for_bulletin(by, bulletin):
        raise NotAllowed(_("Your post does not issue bulletins."))


def _edit(bulletin: Bulletin, *, by: Hat) -> None:
    bulletin.version, bulletin.edited_by, bulletin.editor = bulletin.version + 1, by.post, by.user
    bulletin.save(update_fields=["version", "words", "edited_by", "editor"])


def _answering(organs: Iterable[int], now: datetime) -> list[int]:
    held = Post.objects.held_on(timezone.localdate(now)).filter(
        organ__in=sorted(organs), role__in=sorted(ANSWERS)
    )
    return list(held.values_list("pk", flat=True))
