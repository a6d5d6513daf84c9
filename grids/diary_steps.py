"""Writing in the diary, as a piece for the deed here and of the phone's room."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import record
from grids.ground_states import About
from grids.models import DiaryNote, worked_in
from grids.of_places import refuse_persons
from infra.idempotency import serialise
from infra.local_settings import Setting, value_of
from lib.errors import Unknown
from lib.transactions import require_transaction


@dataclass(frozen=True, kw_only=True)
class NewNote:
    """A note about a place or a service of a grid."""

    grid_id: UUID
    about: About
    subject: str
    text: str


def file_note(note_id: UUID, new: NewNote, *, written_at: datetime, by: Hat, now: datetime) -> DiaryNote:
    """Write a note under a key of the sender's own; a second time it is the first one again. Its days run from writing.

    :raises Unknown: if this hat does not work in the grid, or the key is somebody else's note
    :raises Refused: if something is missing, or names, numbers or doors stand in it
    """
    require_transaction("file_note")
    serialise(note_id)
    known = DiaryNote.objects.filter(pk=note_id).first()
    if known is not None and known.written_by_id == by.post.pk:
        return known
    grid = worked_in(by).filter(pk=new.grid_id, ended_at=None).first()
    if grid is None or known is not None:
        raise Unknown(_("There is no such grid."))
    words = {"subject": new.subject, "text": new.text}
    refuse_persons(words, needed=words)
    written_on = timezone.localdate(written_at)
    note = DiaryNote.objects.create(
        id=note_id,
        grid=grid,
        about=new.about,
        subject=new.subject.strip(),
        text=new.text.strip(),
        written_by=by.post,
        writer=by.user,
        written_on=written_on,
        written_at=written_at,
        expires_on=written_on + timedelta(days=value_of(Setting.DIARY_DAYS, on=written_on)),
    )
    record("diary.write", note, by=by.actor, at=now, facts={"code": grid.code})
    return note
