"""The search page: words under an address of their own, persons by post, with a purpose, five at most (Q5)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases import search
from cases.actions.search import find_person
from cases.states import IdType, Purpose, SearchPurpose
from cases.typed import person_of
from lib.errors import NotAllowed, Refused
from places.models import Level, Place
from tests.cases.given import a_person, a_petition, accompanying
from tests.given import MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db

ID_NUMBER = "110101198706054312"
PHONE = "13987650123"


def a_known_petition(**facts):
    person = a_person("欧阳娜娜", id_number=ID_NUMBER, id_type=IdType.RESIDENT, phone=PHONE)
    return a_petition(**{"people": (person,), **facts})


def a_named_place(name: str, *, below: str = "141102001"):
    """Make a village of a township; its code is one that no village there has."""
    township = a_place(below)
    code = f"{below}9{Place.objects.filter(parent=township).count():02d}"
    return Place.objects.create(
        code=code, name=name, short_name=name, level=Level.VILLAGE, parent=township, path=f"{township.path}{code}/",
        pinyin_key="", pinyin_initials="", valid_from=MONDAY.date(),
    )  # fmt: skip


def a_search(typed: str, by=None, **facts):
    given = {"purpose": SearchPurpose.CONTACT, "now": MONDAY, "by": by or a_hat(Role.REGISTRAR), **facts}
    return find_person(person_of(typed), **given)


# ---- the deed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(ID_NUMBER, id="identity number"),
        pytest.param("１１０１０１ １９８７０６０５ ４３１２", id="as a card prints it, full width"),
        pytest.param(PHONE, id="telephone"),
        pytest.param("+86 139-8765-0123", id="telephone from abroad"),
        pytest.param("欧阳娜娜", id="name"),
        pytest.param("欧阳 娜娜", id="name with a space"),
        pytest.param("oynn", id="pinyin initials"),
    ],
)
def test_q5_a_person_is_found_by_whole_values(typed):
    petition = a_known_petition()
    a_petition()

    assert a_search(typed) == (petition,)


@pytest.mark.parametrize("typed", ["110101198706054", "13987650124", "欧阳", "娜娜", "oyn", "欧阳娜%"])
def test_q5_half_a_value_finds_nobody(typed):
    a_known_petition()

    assert a_search(typed) == ()


def test_q5_last_four_digits_want_a_place_or_a_period():
    petition = a_known_petition()

    with pytest.raises(Refused) as refusal:
        a_search("0123")

    assert set(refusal.value.fields) == {"place"}
    assert not Entry.objects.filter(verb="person.search").exists()
    assert a_search("0123", place_id=a_place("141102001").pk) == (petition,)
    assert a_search("0123", place_id=a_place("141102002").pk) == ()
    assert a_search("0123", since=MONDAY.date()) == (petition,)
    assert a_search("0123", until=MONDAY.date() - timedelta(days=1)) == ()


def test_q5_five_at_most_and_the_newest_first():
    petitions = [
        a_known_petition(received_at=MONDAY - timedelta(days=days), backdating_evidence="收件戳")
        for days in range(10, 4, -1)
    ]

    found = a_search(PHONE)

    assert [one.pk for one in found] == [one.pk for one in reversed(petitions[1:])]


def test_q5_it_is_written_down_what_for_and_never_whom():
    a_known_petition()
    hat = a_hat(Role.REGISTRAR)

    a_search(PHONE, by=hat)
    a_search("139 8765 0123", by=hat, purpose=SearchPurpose.DUPLICATE)
    a_search("13900000000", by=hat)

    entries = Entry.objects.filter(verb="person.search", actor_post_id=hat.post.pk).order_by("seq")
    facts = [entry.facts for entry in entries]
    assert [one["what_for"] for one in facts] == ["contact", "duplicate", "contact"]
    assert facts[0]["sought"] == facts[1]["sought"] != facts[2]["sought"]
    assert all(set(one) == {"by", "what_for", "sought"} for one in facts)
    assert PHONE not in str(facts)


@pytest.mark.parametrize("role", sorted(set(Role) - {
    Role.REGISTRAR, Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.CASE_OFFICER
}))  # fmt: skip
def test_q5_who_deals_with_no_petitioner_looks_for_none(role):
    a_known_petition()

    with pytest.raises(NotAllowed):
        a_search(PHONE, by=a_hat(role))

    assert not Entry.objects.filter(verb="person.search").exists()


def test_q6_a_person_of_others_answers_as_nobody():
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")
    a_known_petition(by=a_hat(Role.REGISTRAR, organ=township))
    neighbour = a_hat(Role.CASE_OFFICER, organ=an_organ(kind=OrganKind.TOWNSHIP, number_prefix="XSB"))

    def cost(typed: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert a_search(typed, by=neighbour) == ()
        return len(queries)

    assert cost(PHONE) == cost("13900000000")
    assert cost("欧阳娜娜") == cost("欧阳修")


def test_p_5_a_reporter_is_found_by_nobody():
    a_known_petition(purpose=Purpose.REPORT_ACCUSATION)

    for typed in (ID_NUMBER, PHONE, "欧阳娜娜", "oynn"):
        assert a_search(typed) == ()


# ---- the page ------------------------------------------------------------------------


def test_words_typed_into_the_box_get_an_address(registrar):
    petition = a_petition()

    answer = registrar.send("desk:search", q="不动产权证", order="newest")
    page = registrar.get(answer.headers["Location"]).content.decode()

    assert answer.status_code == 302
    assert "<mark>不动产权证</mark>" in page
    assert reverse("cases:petition", args=[petition.pk]) in page


@pytest.mark.parametrize("typed", [PHONE, ID_NUMBER, "欧阳娜娜", "oynn", "7K2M-Q4XW-9FHT", "12345678901234"])
def test_q5_what_may_be_a_person_or_a_code_gets_no_address(registrar, typed):
    a_known_petition()

    answer = registrar.send("desk:search", q=typed)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert f"q={typed}" not in page
    assert "LS2026-" not in page


@pytest.mark.parametrize("typed", [PHONE, ID_NUMBER, "7K2M-Q4XW-9FHT"])
def test_q5_nobody_is_looked_for_through_an_address(registrar, typed):
    a_known_petition()

    answer = registrar.open("desk:search", query={"q": typed})
    page = registrar.get(answer.headers["Location"]).content.decode()

    assert typed not in answer.headers["Location"]
    assert typed not in page
    assert "LS2026-" not in page
    assert "不通过网址查找" in page


def test_q5_a_person_is_found_once_it_is_said_what_for(registrar):
    petition = a_known_petition()

    without = registrar.send("desk:search_person", sought=PHONE)
    said = registrar.send("desk:search_person", sought=PHONE, purpose="at_the_window")

    assert without.status_code == 422
    assert petition.number not in without.content.decode()
    assert said.status_code == 200
    page = said.content.decode()
    assert petition.number in page
    assert "欧阳娜娜" not in page
    assert registrar.open("desk:search_person").headers["Location"] == reverse("desk:search")


def test_q5_the_page_asks_for_a_place_with_last_digits(registrar):
    petition = a_known_petition()

    refused = registrar.send("desk:search_person", sought="0123", purpose="contact")
    found = registrar.send("desk:search_person", sought="0123", purpose="contact", place="141102001")

    assert refused.status_code == 422
    assert "属地或时段" in refused.content.decode()
    assert petition.number in found.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "这里能查什么"),
        ("王", "一个字太少"),
        ("没有的词语组合", "没有查到"),
    ],
)
def test_nothing_found_says_what_to_try(registrar, typed, words):
    a_petition()

    assert words in registrar.open("desk:search", query={"q": typed}).content.decode()


def test_a_place_named_in_the_box_can_be_asked_as_a_word(registrar):
    petition = a_petition(text="路灯")
    name = petition.place.short_name

    page = registrar.open("desk:search", query={"q": f"{name} 路灯"}).content.decode()

    assert petition.number in page
    assert "as_words=1" in page


@pytest.mark.parametrize("typed", ["下安", "下安社区", "下安 路灯"])
def test_a_place_is_found_by_two_characters_of_its_name(registrar, typed):
    petition = a_petition(place_id=a_place("141102004005").pk, text="路灯不亮")
    elsewhere = a_petition(text="路灯")

    page = registrar.open("desk:search", query={"q": typed}).content.decode()

    assert petition.number in page
    assert elsewhere.number not in page
    assert "下安社区" in page and "as_words=1" in page


def test_of_places_of_one_name_the_one_that_holds_the_others_is_meant_or_the_township_says_which(registrar):
    twins = a_named_place("同名村"), a_named_place("同名村", below="141102002")
    petitions = [a_petition(place_id=place.pk) for place in twins]

    unclear = registrar.open("desk:search", query={"q": "同名"}).content.decode()
    said = registrar.open("desk:search", query={"q": "同名", "place": "141102002"}).content.decode()

    assert not any(petition.number in unclear for petition in petitions)
    assert [petition.number in said for petition in petitions] == [False, True]


def test_q5_a_name_that_stands_in_no_matter_leads_to_where_a_person_is_looked_for(registrar):
    a_known_petition()

    page = registrar.send("desk:search", q="欧阳娜娜").content.decode()

    assert 'href="#person_purpose"' in page and 'id="person_purpose"' in page
    assert "不作为字词查找" in page


def test_q5_who_looks_for_no_persons_is_promised_none(sign_in):
    browser = sign_in(a_hat(Role.INSPECTOR))

    page = browser.send("desk:search", q="欧阳娜娜").content.decode()

    assert "#person" not in page
    assert "姓名、电话" not in page
    assert "不能按人查找" in page


def test_the_box_is_not_there_for_administrators_and_the_lane(sign_in):
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.SEALED_LANE_OFFICER):
        browser = sign_in(a_hat(role))

        assert reverse("desk:search") not in browser.get("/").content.decode()
        assert browser.open("desk:search", query={"q": "不动产"}).status_code == 403


def test_a_days_question_that_makes_no_sense_is_told(registrar):
    page = registrar.open("desk:search", query={"q": "不动产", "since": "2026-03-02", "until": "2026-03-01"})

    assert "err-msg" in page.content.decode()


@pytest.mark.parametrize("address", ["/search/?q=不动产", "/search/?q=LS2026", "/search/?place=141102001"])
def test_the_page_costs_the_same_for_one_and_for_twenty(registrar, address):
    def cost() -> int:
        registrar.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert registrar.get(address).status_code == 200
        return len(queries)

    a_petition()
    for_one = cost()
    for _number in range(19):
        a_petition(people=(a_person(), accompanying("同行人")))

    assert cost() == for_one


def test_more_than_one_page_can_hold_says_so(registrar, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 2)
    for _number in range(3):
        a_petition()

    answer = registrar.get("/search/?q=不动产")

    assert len(answer.context["hits"]) == 2
    assert "缩小范围后再看其余" in answer.content.decode()


# ---- the programs' door --------------------------------------------------------------


def test_programs_find_words_with_covered_fragments(registrar):
    petition = a_petition(text="张大强反映稀世罕词，电话13800001234。")

    found = registrar.get("/api/v1/search/", {"q": "稀世罕词"}).json()

    (hit,) = found["results"]
    assert hit["petition"]["number"] == petition.number
    assert hit["fragments"] == ["张*强反映稀世罕词，电话138****1234。"]
    assert found["more"] is False


@pytest.mark.parametrize("typed", [PHONE, ID_NUMBER, "7K2M-Q4XW-9FHT"])
def test_q5_programs_look_for_nobody(registrar, typed):
    answer = registrar.get("/api/v1/search/", {"q": typed})

    assert answer.status_code == 400
    assert typed not in answer.content.decode()
