"""The papers a test starts from. Each builder does what the office does, through the same parts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from accounts.hats import Hat
from accounts.models import Organ
from accounts.roles import Role
from documents import parts
from documents.models import Document
from documents.paper import Paper
from documents.rules import Service
from documents.states import DocumentKind, Method
from infra.files import Checked
from lib.ids import uuid7
from tests.given import MONDAY, a_hat, an_organ

# The working day before: 28 February 2026 is a Saturday worked in exchange for the Spring Festival.
TODAY = MONDAY.date()
SATURDAY = MONDAY - timedelta(days=2)
A_PERSON = UUID("0192f3a0-7c1e-7d52-9b0a-000000000001")

Answer = TypeVar("Answer")


def within(part: Callable[..., Answer], *given: Any, **named: Any) -> Answer:
    """Do a part in a transaction of its own, as the deed around it would."""
    with transaction.atomic():
        return part(*given, **named)


def the_housing_office() -> Organ:
    return an_organ("ZJ", name="吕梁市离石区住房和城乡建设局", short_name="区住建局")


def a_drafter(organ: Organ | None = None) -> Hat:
    return a_hat(Role.CASE_OFFICER, organ=organ or the_housing_office())


def an_approver(organ: Organ | None = None) -> Hat:
    return a_hat(Role.UNIT_HEAD, organ=organ or the_housing_office())


def a_paper(*paragraphs: str, **facts: Any) -> Paper:
    facts.setdefault("title", "信访事项受理告知书")
    facts.setdefault("organ", "吕梁市离石区住房和城乡建设局")
    facts.setdefault("addressee", "王建国")
    return Paper(paragraphs=paragraphs or ("经审查，决定予以受理。",), **facts)


def a_draft(kind: DocumentKind = DocumentKind.D05, *, by: Hat | None = None, **facts: Any) -> Document:
    facts = {"organ": the_housing_office(), "paper": a_paper(), "now": MONDAY, **facts}
    return within(parts.draft, kind, by=by or a_drafter(facts["organ"]), **facts)


def an_approved(kind: DocumentKind = DocumentKind.D05, **facts: Any) -> Document:
    draft = a_draft(kind, **facts)
    return within(parts.approve, draft, version=1, by=an_approver(draft.organ), now=draft.drafted_at)


def an_issued(kind: DocumentKind = DocumentKind.D05, *, on: date = TODAY, **facts: Any) -> Document:
    approved = an_approved(kind, **facts)
    return within(parts.issue, approved, by=an_approver(approved.organ), now=MONDAY, on=on)


def a_scan(**facts: Any) -> Checked:
    return Checked(
        **{"name": "答复.pdf", "content_type": "application/pdf", "content": b"%PDF-1.4\n", **facts}
    )


def an_uploaded(**facts: Any) -> Document:
    organ = facts.pop("organ", None) or the_housing_office()
    facts = {"number": "离住建信意〔2026〕9号", "dated_on": TODAY, "now": MONDAY, **facts}
    kind = facts.pop("kind", DocumentKind.D15)
    return within(parts.upload, kind, organ=organ, by=a_drafter(organ), **{"file": a_scan(), **facts})


def a_service(**facts: Any) -> Service:
    facts = {"petitioner_ref": A_PERSON, "method": Method.IN_PERSON, "served_on": TODAY, **facts}
    return Service(**facts)


def another_person() -> UUID:
    return uuid7()
