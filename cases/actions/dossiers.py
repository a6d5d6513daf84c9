"""The file of a petition taken out as one PDF: asked for by a person, bound by the worker, fetched by that person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat, actor_of
from audit.parts import record
from cases.models import Dossier, ExportPurpose, ExportState, ExportStop
from cases.models.exports import EXPORT_AT_WORK
from cases.parts import lock_petition
from cases.people import may_read_papers
from infra.files import Checked, store
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Unknown

# A worker that says nothing for so long is taken for dead, and another takes over.
HELD = timedelta(minutes=10)


@transaction.atomic(durable=True)
def ask_dossier(petition_id: UUID, *, purpose: ExportPurpose, by: Hat, now: datetime) -> Dossier:
    """Have the file of a petition of the open lane bound into one PDF (documents.md §4); the worker does it.

    :raises Unknown: if this hat does not see the petition
    :raises NotAllowed: if it does not read its papers
    :raises OutOfTurn: if it is being bound for this person already
    """
    petition = lock_petition(petition_id, by)
    if not may_read_papers(petition, by):
        raise NotAllowed(_("The file names the petitioners. It is for those who work on the case."))
    mine = Dossier.objects.filter(petition=petition, post=by.post, asker=by.user)
    if mine.filter(state__in=sorted(EXPORT_AT_WORK)).exists():
        raise OutOfTurn(_("The file is being bound for you already."))
    dossier = Dossier.objects.create(
        petition=petition, post=by.post, asker=by.user, purpose=purpose, asked_at=now
    )
    record("petition.ask_dossier", petition, by=by.actor, at=now, facts={"what_for": purpose})
    return dossier


@transaction.atomic(durable=True)
def finish_dossier(dossier_id: UUID, *, content: bytes, pages: int, by: Hat, now: datetime) -> Dossier:
    """Keep a bound file, under the number of its petition.

    :raises OutOfTurn: if somebody else finished it
    """
    dossier = _held(dossier_id)
    name = f"{dossier.petition.number}.pdf"
    dossier.file = store(Checked(name, "application/pdf", content), now=now)
    dossier.state, dossier.pages, dossier.finished_at = ExportState.DONE, pages, now
    dossier.held_until_at = None
    dossier.save(update_fields=["file", "state", "pages", "finished_at", "held_until_at"])
    facts = {"sha256": dossier.file.sha256, "what_for": dossier.purpose}
    record("petition.bind_dossier", dossier.petition, by=by.actor, at=now, facts=facts)
    return dossier


@transaction.atomic(durable=True)
def stop_dossier(dossier_id: UUID, *, stop: ExportStop, by: Hat | None, now: datetime) -> Dossier:
    """Write that a file is not bound, and why.

    :raises OutOfTurn: if somebody else finished it
    """
    dossier = _held(dossier_id)
    dossier.state, dossier.stopped_by, dossier.held_until_at = ExportState.STOPPED, stop, None
    dossier.save(update_fields=["state", "stopped_by", "held_until_at"])
    actor = by.actor if by else actor_of(dossier.asker)
    record("petition.stop_dossier", dossier.petition, by=actor, at=now, facts={"why": stop})
    return dossier


@transaction.atomic(durable=True)
def fetch_dossier(dossier_id: UUID, *, by: Hat, now: datetime) -> StoredFile:
    """Return a bound file to whoever asked for it while he still reads the papers, and write that he took it.

    :raises Unknown: if this person did not ask for it from this post, does not see its petition, or there is no file
    :raises NotAllowed: if he no longer reads the papers
    """
    found = Dossier.objects.visible_to(by).filter(pk=dossier_id).values_list("petition", flat=True).first()
    if found is None:
        raise Unknown(_("There is no such file, or it was removed after a day."))
    petition = lock_petition(found, by)
    if not may_read_papers(petition, by):
        raise NotAllowed(_("The file names the petitioners. It is for those who work on the case."))
    dossier = Dossier.objects.select_for_update(of=("self",), no_key=True).get(pk=dossier_id)
    if dossier.file is None:
        raise Unknown(_("There is no such file, or it was removed after a day."))
    facts = {"sha256": dossier.file.sha256, "what_for": dossier.purpose}
    record("petition.fetch_dossier", petition, by=by.actor, at=now, facts=facts)
    return dossier.file


def _held(dossier_id: UUID) -> Dossier:
    """Hold a file that a worker binds.

    :raises OutOfTurn: if it is not being bound any more
    """
    rows = Dossier.objects.select_for_update(of=("self",), no_key=True).select_related("petition", "asker")
    dossier = rows.get(pk=dossier_id)
    if not dossier.is_at_work:
        raise OutOfTurn(_("This file is not being bound any more."))
    return dossier
