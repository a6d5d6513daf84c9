"""Letters as people wrote them go through registering without losing a character."""

import csv
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from accounts.roles import Role
from cases.actions.register import register
from cases.models import Petition, PetitionText
from tests.cases.given import an_intake
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

ODD = {
    "beyond the basic plane": "𠮷野家的“𡃁仔”",
    "joined emoji": "👨‍👩‍👧‍👦 谢谢",
    "full-width and ideographic spaces": "　　全角　空格１２３",
    "line ends of every kind": "一\r\n二\n三\r四\u2028五\u0085六",
    "marks that join": "é à",
    "marks of direction": "\u202e反\u202c",
    "nothing to see": "\u200b\ufeff\u00ad",
    "private use": "\ue000\uf8ff",
    "what a sheet would run": "=1+1\t@SUM(A1)",
    "what a page would run": "<script>alert('x')</script>&amp;{{ x }}{% x %}",
    "what a database would run": "'); DROP TABLE cases_petition; -- \\x00 %s %(a)s",
    "spaces at both ends": "  \n 前后  \n ",
}


def letters(path: Path, most: int) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["标题"], row["信件内容"]) for row in csv.DictReader(file) if row["信件内容"]]
    return rows[:most]


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.mark.shared
def test_300_letters_are_registered_with_every_character(shared_data):
    registrar = a_hat(Role.REGISTRAR)
    real = letters(shared_data / "petitions" / "letters-with-units-and-replies.csv", 300)

    for title, text in real:
        register(uuid4(), an_intake(title=title[:120], text=text), by=registrar, now=MONDAY)

    stored = PetitionText.objects.order_by("petition__number").values_list("title", "text")
    assert len(real) == 300
    assert [(title, hash_of(text)) for title, text in stored] == [
        (title[:120], hash_of(text)) for title, text in real
    ]
    assert Petition.objects.order_by("number").last().number == "LS2026-000300"


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_unusual_characters_are_kept_and_shown_as_text(text, sign_in):
    browser = sign_in(a_hat(Role.PETITION_OFFICER))

    petition = register(uuid4(), an_intake(text=text), by=a_hat(Role.REGISTRAR), now=MONDAY).petition

    page = browser.open("cases:petition", petition.pk)
    assert hash_of(PetitionText.objects.get(petition=petition).text) == hash_of(text)
    assert page.status_code == 200
    assert "<script>alert(" not in page.content.decode()
