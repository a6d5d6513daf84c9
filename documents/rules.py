"""What may be entered about posting and serving a paper. No clock, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from documents.states import ANNOUNCEMENT_DAYS, Method, View
from infra.models import StoredFile


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """For whom, and with what evidence a day is entered late (Q25)."""

    petitioner_ref: UUID
    evidence: StoredFile | None = None
    evidence_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent(Delivered):
    """A paper given to the post."""

    posted_on: date
    mail_number: str = ""

    @property
    def day(self) -> date:
        return self.posted_on

    def as_facts(self) -> dict[str, Any]:
        """Return what is kept of a posting that is only proposed (Q18)."""
        return {
            "posted_on": self.posted_on.isoformat(),
            "mail_number": self.mail_number,
            "evidence_note": self.evidence_note,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any], *, petitioner_ref: UUID) -> "Sent":
        """Return the posting that was proposed, for the person it was for."""
        day = date.fromisoformat(facts["posted_on"])
        return cls(petitioner_ref=petitioner_ref, **{**facts, "posted_on": day})


@dataclass(frozen=True, kw_only=True)
class Service(Delivered):
    """A paper received, or left where it was refused (documents.md §2)."""

    method: Method
    served_on: date
    served_by: str = ""
    received_by: str = ""
    relation: str = ""
    refused: bool = False
    refusal_reason: str = ""
    witnesses: tuple[str, ...] = ()
    consent_ref: str = ""
    announced_on: date | None = None
    view: View | None = None

    @property
    def day(self) -> date:
        return self.served_on

    def as_facts(self) -> dict[str, Any]:
        """Return what is kept of a service that is only proposed (Q18)."""
        return {
            "method": self.method,
            "served_on": self.served_on.isoformat(),
            "served_by": self.served_by,
            "received_by": self.received_by,
            "relation": self.relation,
            "refused": self.refused,
            "refusal_reason": self.refusal_reason,
            "witnesses": list(self.witnesses),
            "consent_ref": self.consent_ref,
            "announced_on": self.announced_on.isoformat() if self.announced_on else None,
            "view": self.view,
            "evidence_note": self.evidence_note,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any], *, petitioner_ref: UUID) -> "Service":
        """Return the service that was proposed, for the person it was for."""
        days = {
            name: date.fromisoformat(facts[name]) if facts[name] else None
            for name in ("served_on", "announced_on")
        }
        kept = {
            **facts,
            **days,
            "method": Method(facts["method"]),
            "view": View(facts["view"]) if facts["view"] else None,
            "witnesses": tuple(facts["witnesses"]),
        }
        return cls(petitioner_ref=petitioner_ref, **kept)


def is_backdated(day: date, *, previous_working_day: date) -> bool:
    """Test if a day entered lies more than one working day back (Q25)."""
    return day < previous_working_day


def day_faults(
    name: str,
    day: date,
    *,
    dated_on: date | None,
    today: date,
    previous_working_day: date,
    delivered: Delivered,
) -> dict[str, str]:
    """Return what is wrong with the day of a posting or service, by field (Q25)."""
    if day > today:
        return {name: _("The day lies in the future.")}
    if dated_on is not None and day < dated_on:
        return {name: _("The day lies before the date of the document.")}
    has_evidence = delivered.evidence is not None or delivered.evidence_note
    if is_backdated(day, previous_working_day=previous_working_day) and not has_evidence:
        return {"evidence_note": _("More than one working day back: say what proves the day.")}
    return {}


def method_faults(service: Service) -> Mapping[str, str]:
    """Return what the method of service still asks for, by field (documents.md §2)."""
    faults = {}
    if service.refused != (service.method == Method.LEFT_WITH_WITNESS):
        faults["method"] = _("A paper is left before a witness when it is refused, and only then.")
    if service.refused and not service.refusal_reason:
        faults["refusal_reason"] = _("Write down why it was refused.")
    if service.refused and not service.witnesses and service.evidence is None:
        faults["witnesses"] = _("Name who witnessed it, or add a photo or recording of it.")
    if service.method == Method.ADULT_FAMILY and not service.received_by:
        faults["received_by"] = _("Name who received it.")
    if service.method == Method.ADULT_FAMILY and not service.relation:
        faults["relation"] = _("Say how this person is related to the addressee.")
    if service.method == Method.ELECTRONIC and not service.consent_ref:
        faults["consent_ref"] = _("Electronic service needs the person's consent: say where it is found.")
    return faults | _announcement_faults(service)


def _announcement_faults(service: Service) -> dict[str, str]:
    if service.method != Method.ANNOUNCEMENT:
        return {"announced_on": _("Only for an announcement.")} if service.announced_on else {}
    if service.announced_on is None:
        return {"announced_on": _("Say when it was announced.")}
    if service.served_on - service.announced_on != timedelta(days=ANNOUNCEMENT_DAYS):
        return {
            "served_on": _("An announcement counts as received %(days)d days after it.")
            % {"days": ANNOUNCEMENT_DAYS}
        }
    return {}
