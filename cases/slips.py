"""Slips for one showing: a query code stands in clear in no row, only here, encrypted, until its slip has been seen.

They wait in the session of whoever registered, so that the page with the code is one that can be left and come back
to; they end with it. A code that nobody saw is issued anew, like one that was lost.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from accounts.hats import Hat
from cases.models import Petition
from cases.secrets import open_field, seal_field

_WAITING = "slips"
# in place of slips that were shown
_SEEN = ""
# Slips of one session; the oldest give way.
_MOST_WAITING = 20


@dataclass(frozen=True)
class Slip:
    """What one sheet says: who took it in, number, dates, where to ask (Q31). No matter, no person."""

    organ: str
    number: str
    received_at: datetime
    registered_at: datetime
    # of the window; empty where the clerk's account has none
    phone: str
    code: str = ""


@dataclass(frozen=True)
class Slips:
    """The sheets of one registration: one for each code."""

    sheets: Sequence[Slip]
    # the case they lead to; nothing for one that is closed to whoever registered it
    petition_id: UUID | None
    # a code issued anew, and not a registration
    reissued: bool = False
    print_at_once: bool = False


def slip_of(petition: Petition, code: str = "") -> Slip:
    """Return the sheet of a petition, with one of its codes."""
    return Slip(
        organ=petition.register_organ.name,
        number=petition.number,
        received_at=petition.received_at,
        registered_at=petition.registered_at,
        phone=petition.registered_by.user.phone,
        code=code,
    )


def keep(session: SessionBase, slip_id: UUID, slips: Slips, *, by: Hat) -> None:
    """Keep slips for one showing to this hat. Without a code there is nothing to keep: what waits, waits on."""
    if not any(sheet.code for sheet in slips.sheets):
        return
    waiting = session.get(_WAITING, {})
    waiting.pop(str(slip_id), None)
    waiting[str(slip_id)] = [by.key, _sealed(slip_id, slips)]
    session[_WAITING] = dict(list(waiting.items())[-_MOST_WAITING:])


def take(session: SessionBase, slip_id: UUID, *, by: Hat) -> Slips | None:
    """Return the slips kept for this hat: with their codes once, without any sheet from then on; else nothing."""
    kept = session.get(_WAITING, {})
    hat, sealed = kept.get(str(slip_id), (None, None))
    if hat != by.key:
        return None
    if sealed == _SEEN:
        return Slips([], None)
    session[_WAITING] = {**kept, str(slip_id): [hat, _SEEN]}
    return _opened(slip_id, sealed)


def _sealed(slip_id: UUID, slips: Slips) -> str:
    written = json.dumps(asdict(slips), default=str)
    return base64.b64encode(seal_field("slip", slip_id, "sheets", written) or b"").decode()


def _opened(slip_id: UUID, sealed: str) -> Slips:
    facts = json.loads(open_field("slip", slip_id, "sheets", base64.b64decode(sealed)))
    moments = ("received_at", "registered_at")
    sheets = [
        Slip(**{**sheet, **{name: datetime.fromisoformat(sheet[name]) for name in moments}})
        for sheet in facts["sheets"]
    ]
    petition_id = UUID(facts["petition_id"]) if facts["petition_id"] else None
    return Slips(**{**facts, "sheets": sheets, "petition_id": petition_id})


def without_codes(petition: Petition) -> Slips:
    """Return a petition's slip as it can be shown at any time."""
    return Slips([slip_of(petition)], petition.pk)


def slips_of(petition: Petition, codes: Iterable[str]) -> list[Slip]:
    """Return a sheet for each code, one without where there is none."""
    sheet = slip_of(petition)
    return [replace(sheet, code=code) for code in codes] or [sheet]
