"""Divisions a test starts from, beside the shipped ones that are in every test's database."""

from datetime import UTC, date, datetime

from audit.parts import Actor
from lib.trees import child_path
from places.models import CODE_LENGTH, Place

CLERK = Actor(words="系统管理员", user_id=1)
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # a Monday morning in Shanghai
LONG_AGO = date(2004, 1, 1)


def a_place(code: str, name: str, parent: Place | None = None, *, valid_from: date = LONG_AGO) -> Place:
    level = next(level for level, length in CODE_LENGTH.items() if length == len(code))
    return Place.objects.create(
        code=code,
        name=name,
        short_name=name,
        level=level,
        parent=parent,
        path=child_path(parent.path if parent else "", code),
        pinyin_key="",
        pinyin_initials="",
        valid_from=valid_from,
    )


def a_county() -> Place:
    """Make a county of a province of its own, 99/9901/990101/."""
    province = a_place("99", "试验省")
    return a_place("990101", "试验县", a_place("9901", "试验市", province))


def a_township(code: str = "990101100", name: str = "东镇", county: Place | None = None) -> Place:
    """Make a township with two villages."""
    township = a_place(code, name, county or a_county())
    for number, village in enumerate(("上村", "下村"), 1):
        a_place(f"{code}{number:03}", f"{name[0]}{village}", township)
    return township


def path_of(code: str) -> str:
    return Place.objects.current().get(code=code).path
