"""Petitions to start from, made by the deeds themselves."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from accounts.hats import Hat
from accounts.roles import Role
from cases.actions.register import Registered, register
from cases.intake import Intake, Person
from cases.models import ContentCategory, Petition
from cases.states import Channel, PersonRole, Purpose
from places.models import Place
from tests.given import MONDAY, a_hat


def a_village() -> Place:
    """Return a community of 离石区 as shipped."""
    return Place.objects.get(code="141102001001")


def a_category() -> ContentCategory:
    """Return 城乡建设 › 住房保障与房地产."""
    return ContentCategory.objects.get(name="住房保障与房地产")


def a_person(name: str = "张大强", **facts: Any) -> Person:
    """Make a representative with a telephone and an address."""
    facts = {"phone": "13800001234", "address": "永宁花园 3 号楼 2 单元", **facts}
    return Person(name=name, **facts)


def an_intake(**facts: Any) -> Intake:
    """Make what a registrar hands over for a letter of one person, received on Monday morning."""
    facts = {
        "channel": Channel.LETTER,
        "purpose": Purpose.REQUEST,
        "title": "永宁花园购房多年未办证",
        "text": "2013 年买的房，至今没有办下不动产权证。",
        "received_at": MONDAY,
        "place_id": a_village().pk,
        "content_category_id": a_category().pk,
        "people": (a_person(),),
        **facts,
    }
    return Intake(**facts)


def registered(by: Hat | None = None, *, now: datetime = MONDAY, **facts: Any) -> Registered:
    """Register an intake by the given hat, or by the district office's registrar."""
    return register(uuid4(), an_intake(**facts), by=by or a_hat(Role.REGISTRAR), now=now)


def a_petition(by: Hat | None = None, *, now: datetime = MONDAY, **facts: Any) -> Petition:
    """Make a registered petition."""
    return registered(by, now=now, **facts).petition


def a_visit_of(count: int, **facts: Any) -> Intake:
    """Make a visit of some persons, all of them named as representatives."""
    people = tuple(a_person(f"来访人{number}") for number in range(1, count + 1))
    return replace(an_intake(**facts), channel=Channel.VISIT, petitioner_count=count, people=people)


def accompanying(name: str) -> Person:
    """Make an accompanying person."""
    return Person(name=name, role=PersonRole.ACCOMPANYING)


def a_workbook(*rows: list[Any], name: str = "名单.xlsx") -> SimpleUploadedFile:
    """Make an Excel file of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())
