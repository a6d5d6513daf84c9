"""What a notice is about, as its reader may know it today; the room above that knows the subjects tells it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.hats import Hat
from deadlines.lamps import Lamp
from notices.models import OF_NO_MATTER, Notice


@dataclass(frozen=True)
class Matter:
    """The number, the covered title and the nearest last day of what a notice is about."""

    number: str
    title: str
    lamp: Lamp


@dataclass(frozen=True)
class Told:
    """One notice, and its matter while the reader may know of it; a lost or sealed one has none."""

    notice: Notice
    matter: Matter | None


Reader = Callable[[Collection[str], Hat, datetime], Mapping[str, Matter]]
# which of some notices, by their keys, speak of something that is still to be done
StillOwed = Callable[[Collection[str]], Collection[str]]
_readers: dict[str, Reader] = {}
_still_owed: dict[str, StillOwed] = {}


def register(page: str, read: Reader, *, still_owed: StillOwed) -> None:
    """Say who reads the matters of the notices that lead to a page, by their subjects' ids, and what is still owed."""
    _readers[page] = read
    _still_owed[page] = still_owed


def to_tell_outside(notices: Iterable[Notice], hat: Hat, *, now: datetime) -> list[Told]:
    """Keep the notices that may go to whoever wears a hat now: he may open their matter, and it is still owed."""
    known = told_of(notices, hat, now=now)
    told = [one for one in known if one.matter is not None]
    owed = {one.notice.key for one in known if one.notice.kind in OF_NO_MATTER}
    owed |= {
        key
        for page, ask in _still_owed.items()
        for key in ask({one.notice.key for one in told if one.notice.leads_to == page})
    }
    return [one for one in known if one.notice.key in owed]


def told_of(notices: Iterable[Notice], hat: Hat, *, now: datetime) -> list[Told]:
    """Return notices with their matters, in their order, in a fixed number of queries.

    The matter is read under the reader's present rights and kept nowhere, so none outlives them (Q1).
    """
    listed = list(notices)
    matters: dict[tuple[str, str], Matter] = {}
    for page, read in _readers.items():
        subjects = {notice.subject_id for notice in listed if notice.leads_to == page}
        matters |= {(page, subject): matter for subject, matter in read(subjects, hat, now).items()}
    return [Told(notice, matters.get((notice.leads_to, notice.subject_id))) for notice in listed]


def matters_behind(page: str, subjects: Collection[str], hat: Hat, *, now: datetime) -> Mapping[str, Matter]:
    """Return the matters that a page is about, by their ids, as far as the reader may know of them now."""
    read = _readers.get(page)
    return read(subjects, hat, now) if read and subjects else {}
