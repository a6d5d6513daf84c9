"""What happened on a petition, from its audit, in words made when they are shown. Views of personal data are entries
too (design §5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.models import Entry
from cases.models import Petition, PetitionText


class Kind(StrEnum):
    """What the timeline can be narrowed to."""

    HANDLING = "handling"
    CONTACT = "contact"
    AUDIT = "audit"


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    words: str | Promise
    who: str
    kind: Kind
    icon: str
    field: str | Promise = ""


_DEEDS: Mapping[str, tuple[str | Promise, Kind, str]] = {
    "petition.register": (pgettext_lazy("deed", "Registered"), Kind.HANDLING, "users"),
    "petition.seal": (pgettext_lazy("deed", "Sealed"), Kind.HANDLING, "lock"),
    "petition.unseal": (pgettext_lazy("deed", "Unsealed"), Kind.HANDLING, "lock"),
    "petition.let_in": (_("Let another post in"), Kind.HANDLING, "user-plus"),
    "petition.shut_out": (_("Ended a grant"), Kind.HANDLING, "lock"),
    "petition.look": (_("Read it"), Kind.AUDIT, "eye"),
    "petition.reveal": (_("Looked at a covered field"), Kind.AUDIT, "eye"),
    "petition.reissue_code": (_("Issued the query code anew"), Kind.CONTACT, "refresh"),
    "petition.enquiry": (_("Answered an enquiry"), Kind.CONTACT, "phone"),
    "petition.safety_note": (_("Wrote a safety note"), Kind.HANDLING, "shield-exclamation"),
    "petition.safety_note_closed": (_("Closed a safety note"), Kind.HANDLING, "shield-exclamation"),
    "petition.conduct": (_("Wrote a conduct record"), Kind.HANDLING, "note"),
    "petition.original_taken": (_("Took in an original"), Kind.CONTACT, "file"),
    "petition.original_returned": (_("Gave an original back"), Kind.CONTACT, "file-check"),
    "petition.attach": (_("Added a file"), Kind.HANDLING, "paperclip"),
    "petition.fetch_file": (_("Saved a file"), Kind.AUDIT, "paperclip"),
    "petition.quarantine": (_("Put a file under quarantine"), Kind.HANDLING, "ban"),
    "petition.correct": (_("Corrected a field"), Kind.HANDLING, "pencil"),
    "petition.propose_void": (_("Proposed to void it"), Kind.HANDLING, "ban"),
    "petition.refuse_void": (_("Refused to void it"), Kind.HANDLING, "ban"),
    "petition.void": (pgettext_lazy("deed", "Voided"), Kind.HANDLING, "ban"),
    "petition.print": (pgettext_lazy("deed", "Printed"), Kind.AUDIT, "printer"),
    "petition.hand_over": (_("Handed over to another post"), Kind.HANDLING, "arrow-forward-up"),
}
# What only the case team and the duty leader know of (Q7).
_FOR_THE_TEAM = frozenset({"petition.safety_note", "petition.safety_note_closed", "petition.conduct"})

_FIELDS: Mapping[str, str | Promise] = {
    "id_number": _("Identity number"),
    "phone": pgettext_lazy("of a person", "Telephone"),
    "address": _("Address"),
    "name": pgettext_lazy("of a person", "Name"),
}

MOST_LINES = 200


def timeline_of(petition: Petition, *, for_the_team: bool, kind: Kind | None = None) -> list[Happened]:
    """Return what happened, newest first, at most 200 lines; who read it stands among the looks only.

    Safety and conduct are for the case team alone (Q7).
    """
    entries = Entry.objects.about(petition).order_by("-at", "-seq")
    if kind is not Kind.AUDIT:
        entries = entries.exclude(verb="petition.look")
    entries = entries[:MOST_LINES]
    lines = lines_of(entry for entry in entries if for_the_team or entry.verb not in _FOR_THE_TEAM)
    return [line for line in lines if kind is None or line.kind is kind]


def lines_of(entries: Iterable[Entry]) -> list[Happened]:
    """Return audit entries of petitions as lines, in their order."""
    return [_line(entry) for entry in entries]


def _line(entry: Entry) -> Happened:
    words, kind, icon = _DEEDS[entry.verb]
    field = str(entry.facts.get("field", ""))
    if field and entry.verb == "petition.correct":
        return Happened(entry.at, words, entry.actor_words, kind, icon, _label_of(field))
    return Happened(entry.at, words, entry.actor_words, kind, icon, _FIELDS.get(field, ""))


def _label_of(field: str) -> str | Promise:
    """Return what a petition's field is called on the page."""
    model = PetitionText if field in {"title", "summary"} else Petition
    return model._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # columns, not reverse relations
