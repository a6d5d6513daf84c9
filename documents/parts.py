"""Drawing up, approving, issuing and taking in papers, inside the deed whose rights and audit entry these are."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from deadlines.calendars import previous_working_day
from documents.layout import render
from documents.locks import lock_document
from documents.models import Document
from documents.numbering import letters_of, printed, stem_of
from documents.paper import Paper
from documents.rules import is_backdated
from documents.states import ONE_HAND, DocumentKind, State
from infra.files import Checked, store
from infra.idempotency import serialise
from infra.models import StoredFile
from infra.numbers import take_number
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale
from lib.transactions import require_transaction
from places.models import Level, Place

PDF = "application/pdf"
# A paper made elsewhere is a scan or a print; a recording is none.
_PAPER_TYPES = frozenset({PDF, "image/jpeg", "image/png"})
# Under it the advisory locks of organs' numbers stand apart from other keys.
_NUMBERS = UUID("0192f3a0-7c1e-7d52-9b0a-5e1f6c2d8a44")


def draft(
    kind: DocumentKind,
    *,
    organ: Organ,
    paper: Paper,
    by: Hat,
    now: datetime,
    supersedes: Document | None = None,
    sealed: bool = False,
) -> Document:
    """Write the draft of a paper in an organ's name; it has no number yet.

    :raises OutOfTurn: if the paper it is to supersede was never issued
    :raises RuntimeError: outside a transaction
    """
    require_transaction("documents.draft")
    _refuse_superseding_a_draft(supersedes)
    return Document.objects.create(
        kind=kind,
        organ=organ,
        sealed=sealed,
        parts=paper.as_parts(),
        supersedes=supersedes,
        drafted_by=by.post,
        drafter=by.user,
        drafted_at=now,
    )


def redraft(document: Document, paper: Paper, *, version: int, by: Hat, now: datetime) -> Document:
    """Write a draft anew; who does so has drafted it. Approval of an older text falls (documents.md §1).

    :raises OutOfTurn: if it was issued or sent back
    :raises Stale: if `version` is not the one that stands (Q32)
    """
    require_transaction("documents.redraft")
    row = lock_document(document)
    if row.is_issued:
        raise OutOfTurn(_("The document has been issued; it can only be superseded by another one."))
    if row.state == State.RETURNED:
        raise OutOfTurn(_("The draft was sent back and stays as it is; another one is drawn up."))
    _refuse_stale(row, version)
    row.state, row.version, row.parts = State.DRAFT, row.version + 1, paper.as_parts()
    row.drafted_by, row.drafter, row.drafted_at = by.post, by.user, now
    row.approved_by = row.approver = row.approved_at = None
    row.save(
        update_fields=[
            *("state", "version", "parts", "drafted_by", "drafter", "drafted_at"),
            *("approved_by", "approver", "approved_at"),
        ]
    )
    return row


def approve(document: Document, *, version: int, by: Hat, now: datetime) -> Document:
    """Write that the issuing organ stands by a draft (documents.md §1). Which of its posts may is asked before.

    :raises NotAllowed: if the hat is of another organ (Q9), or the person drafted it and the kind takes two
    :raises OutOfTurn: if it is no draft
    :raises Stale: if `version` is not the one that stands (Q32)
    """
    require_transaction("documents.approve")
    row = lock_document(document)
    if row.state != State.DRAFT:
        raise OutOfTurn(_("Only a draft can be approved."))
    _refuse_approver(DocumentKind(row.kind), row.organ, drafter_id=row.drafter_id, by=by)
    _refuse_stale(row, version)
    row.state = State.APPROVED
    row.approved_by, row.approver, row.approved_at = by.post, by.user, now
    row.save(update_fields=["state", "approved_by", "approver", "approved_at"])
    return row


def return_draft(document: Document, *, version: int, remark: str, by: Hat, now: datetime) -> Document:
    """Write that whoever could approve a draft sends it back, and why (退回修改). It is never issued.

    :raises NotAllowed: if the hat is of another organ (Q9), or its wearer drafted it
    :raises OutOfTurn: if it does not wait for approval
    :raises Refused: without a remark
    :raises Stale: if `version` is not the one that stands (Q32)
    """
    require_transaction("documents.return_draft")
    row = lock_document(document)
    if row.state != State.DRAFT:
        raise OutOfTurn(_("Only a draft that waits for approval can be sent back."))
    _refuse_approver(DocumentKind(row.kind), row.organ, drafter_id=row.drafter_id, by=by)
    _refuse_stale(row, version)
    if not remark.strip():
        _refuse("remark", _("Say what is to be written otherwise."))
    row.state, row.remark = State.RETURNED, remark.strip()
    row.returned_by, row.returner, row.returned_at = by.post, by.user, now
    row.save(update_fields=["state", "remark", "returned_by", "returner", "returned_at"])
    return row


def issue(document: Document, *, by: Hat, now: datetime, on: date) -> Document:
    """Number an approved paper, print it and freeze it. The number is held until commit: issue late in the deed.

    :raises OutOfTurn: if it is not approved
    :raises Refused: if `on` lies in the future, before the approval, or more than one working day back (Q25)
    """
    require_transaction("documents.issue")
    row = lock_document(document)
    if row.state != State.APPROVED:
        raise OutOfTurn(_("A document is issued once it has been approved, and only once."))
    today = timezone.localdate(now)
    if on > today:
        _refuse("on", _("The day lies in the future."))
    if on < timezone.localdate(row.approved_at):
        _refuse("on", _("The day lies before the approval."))
    if is_backdated(on, previous_working_day=previous_working_day(today)):
        _refuse("on", _("The day lies more than one working day back."))
    row.number, row.dated_on = _next_number(DocumentKind(row.kind), row.organ, sealed=row.sealed, on=on), on
    row.parts, row.file = _printed(row.paper, row.organ, row.number, now=now)
    row.state, row.issued_by, row.issuer, row.issued_at = State.ISSUED, by.post, by.user, now
    row.save(
        update_fields=["number", "dated_on", "parts", "file", "state", "issued_by", "issuer", "issued_at"]
    )
    return row


def issue_at_once(
    kind: DocumentKind, *, organ: Organ, paper: Paper, drafted_by: Hat, by: Hat, now: datetime
) -> Document:
    """Draft, approve, number, print and freeze a paper of the open lane in one deed, dated today.

    The number is held until commit: call it late in the deed.

    :raises NotAllowed: if the hat is of another organ (Q9), or the same person drafts it and the kind takes two
    :raises RuntimeError: outside a transaction
    """
    require_transaction("documents.issue_at_once")
    _refuse_approver(kind, organ, drafter_id=drafted_by.user.pk, by=by)
    today = timezone.localdate(now)
    number = _next_number(kind, organ, sealed=False, on=today)
    parts, file = _printed(paper, organ, number, now=now)
    return Document.objects.create(
        kind=kind,
        organ=organ,
        number=number,
        state=State.ISSUED,
        parts=parts,
        dated_on=today,
        file=file,
        drafted_by=drafted_by.post,
        drafter=drafted_by.user,
        drafted_at=now,
        approved_by=by.post,
        approver=by.user,
        approved_at=now,
        issued_by=by.post,
        issuer=by.user,
        issued_at=now,
    )


def upload(
    kind: DocumentKind,
    *,
    organ: Organ,
    number: str,
    dated_on: date,
    file: Checked,
    by: Hat,
    now: datetime,
    supersedes: Document | None = None,
    sealed: bool = False,
) -> Document:
    """Take in a paper that was approved, sealed and issued elsewhere, with its own number and day (Q24).

    :raises Refused: if the number is missing or taken, the day lies in the future, or the file is no paper
    :raises OutOfTurn: if the paper it is to supersede was never issued
    """
    require_transaction("documents.upload")
    _refuse_superseding_a_draft(supersedes)
    number, today = number.strip(), timezone.localdate(now)
    if not number:
        _refuse("number", _("Enter the number of the document."))
    if dated_on > today:
        _refuse("dated_on", _("The day lies in the future."))
    if file.content_type not in _PAPER_TYPES:
        _refuse("file", _("A document is a PDF or a picture."))
    serialise(_numbers_of(organ.pk))
    if Document.objects.filter(organ=organ, number=number, sealed=sealed).exists():
        _refuse("number", _("The organ has a document with this number already."))
    return Document.objects.create(
        kind=kind,
        organ=organ,
        sealed=sealed,
        number=number,
        state=State.ISSUED,
        uploaded=True,
        dated_on=dated_on,
        backdated=is_backdated(dated_on, previous_working_day=previous_working_day(today)),
        file=store(file, now=now),
        supersedes=supersedes,
        drafted_by=by.post,
        drafter=by.user,
        drafted_at=now,
        issued_by=by.post,
        issuer=by.user,
        issued_at=now,
    )


def _refuse_approver(kind: DocumentKind, organ: Organ, *, drafter_id: int | None, by: Hat) -> None:
    if not by.organ.is_or_carries_on(organ):
        raise NotAllowed(_("Only the issuing organ approves its own documents."))
    if by.user.pk == drafter_id and kind not in ONE_HAND:
        raise NotAllowed(_("Who drafted the document cannot approve it."))


def _printed(paper: Paper, organ: Organ, number: str, *, now: datetime) -> tuple[dict[str, Any], StoredFile]:
    """Print a paper under the name its organ has at the issue; return its parts and the stored PDF."""
    named = replace(paper, organ=organ.name)
    return named.as_parts(), store(Checked(f"{number}.pdf", PDF, render(named)), now=now)


def _next_number(kind: DocumentKind, organ: Organ, *, sealed: bool, on: date) -> str:
    """Return the organ's next number. One that came in with a paper made elsewhere is passed over: it is in use."""
    serialise(_numbers_of(organ.pk))
    letters = letters_of(organ.short_name, seat=_seat_of(organ))
    stem = stem_of(letters, kind, sealed=sealed)
    taken = Document.objects.filter(organ=organ, sealed=sealed)
    while True:
        # a number series stays that of its organ even if two organs should come to the same letters
        serial = take_number(f"document/{organ.pk}/{stem}/{on.year}")
        number = printed(stem, on=on, serial=serial)
        if not taken.filter(number=number).exists():
            return number


def _numbers_of(organ_id: int) -> UUID:
    """Return the key under which an organ's numbers are given out one after the other."""
    return uuid5(_NUMBERS, str(organ_id))


def _seat_of(organ: Organ) -> str:
    """Return the name of the county, city or province that an organ's letters begin with."""
    place: Place = organ.place
    while place.parent is not None and place.level in {Level.TOWNSHIP, Level.VILLAGE}:
        place = place.parent
    return place.short_name


def _refuse_superseding_a_draft(supersedes: Document | None) -> None:
    if supersedes is not None and not supersedes.is_issued:
        raise OutOfTurn(_("Only an issued document can be superseded; a draft is changed."))


def _refuse_stale(document: Document, version: int) -> None:
    if document.version != version:
        raise Stale(_("The draft has been changed meanwhile. Read it again."))


def _refuse(field: str, words: str) -> NoReturn:
    raise Refused(words, fields={field: words})
