"""Everybody finds what he may see, by number, code, place and word, and nothing else (Q5, Q6; protection §2.5)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import OrganKind
from accounts.roles import Role
from cases import search
from cases.actions.corrections import correct
from cases.actions.persons import change_agent
from cases.actions.sealing import seal, unseal
from cases.forms.search import SearchForm
from cases.fragments import shown
from cases.intake import Person, Reported
from cases.models import SearchText
from cases.search import Found, Order, Question, find
from cases.searchable import search_text_of_stored
from cases.states import PersonRole, Purpose, ReportedKind
from cases.typed import read
from tests.cases.given import a_person, a_petition, accompanying, registered
from tests.given import MONDAY, a_hat, a_place, an_organ

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def found(typed: str, hat=None, **facts) -> Found:
    question = Question(typed=read(typed), **facts)
    return find(question, hat=hat or a_hat(Role.PETITION_OFFICER), today=TODAY)


def numbers(typed: str, hat=None, **facts) -> list[str]:
    return [petition.number for petition in found(typed, hat, **facts).petitions]


def fragments(typed: str, hat=None) -> list[str]:
    terms = read(typed).terms
    marked = shown(found(typed, hat).petitions, terms)
    return ["".join(part.text for part in one) for each in marked.values() for one in each.fragments]


@pytest.fixture(params=["walk", "index"])
def either_way(request, monkeypatch) -> None:
    """Answer by walking the list, or past nothing by the index alone."""
    if request.param == "index":
        monkeypatch.setattr(search, "_WALKED", dict.fromkeys(Order, 0))


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("不动产权证", id="in the text"),
        pytest.param("产权", id="two characters"),
        pytest.param("永宁花园购房", id="in the title"),
        pytest.param("过渡费标准", id="in a claim"),
        pytest.param("三年未果", id="in the summary"),
        pytest.param("𬱖𠮷村", id="signs beyond the first plane"),
        pytest.param("ＫＴＶ噪声", id="full width for half width"),
        pytest.param("ktv", id="small letters for capitals"),
        pytest.param("“办证难”", id="curly quotation marks for corner ones"),
        pytest.param("购房,多年", id="a half-width comma for a full-width one"),
        pytest.param("换行的词", id="a word broken over two lines"),
        pytest.param("100%", id="a percent sign"),
        pytest.param("a_b", id="an underscore"),
        pytest.param("产权 噪声", id="two words, both there"),
    ],
)
def test_words_are_found_wherever_they_stand(either_way, typed):
    text = "没有办下不动产权证。𬱖𠮷村的KTV噪声。「办证难」，购房，多年；换\n　行的词，100%，a_b。"
    petition = a_petition(text=text, summary="三年未果", claims=("过渡费标准",))
    a_petition(title="路灯不亮", text="换行。100人。acb。")

    assert numbers(typed) == [petition.number]


@pytest.mark.parametrize("typed", ["%%", "__", "a%b", "产权 没有的词", "不动产园", "证𠮷"])
def test_what_does_not_stand_there_is_not_found(either_way, typed):
    a_petition(text="没有办下不动产权证。a_b")

    assert found(typed) == Found()


@pytest.mark.parametrize("typed", ["", "王", "王 李", "　", "𬱖"])
def test_one_character_asks_nothing(typed):
    a_petition(text="王李")

    with CaptureQueriesContext(connection) as queries:
        nothing = find(Question(typed=read(typed)), hat=a_hat(Role.PETITION_OFFICER), today=TODAY)

    assert nothing == Found()
    assert not [query for query in queries if "cases_" in query["sql"]]


def test_no_word_reaches_over_from_title_into_text(either_way):
    a_petition(title="要求购房", text="办证")

    assert not numbers("购房办证")


def test_newest_first_and_fifty_at_most(either_way, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 2)
    older, newest, oldest = (
        a_petition(received_at=MONDAY - timedelta(days=days), backdating_evidence="收件戳")
        for days in (40, 1, 800)
    )

    first = found("不动产")

    assert [one.number for one in first.petitions] == [newest.number, older.number]
    assert first.more
    assert numbers("不动产", until=MONDAY.date() - timedelta(days=41)) == [oldest.number]
    assert numbers("不动产", since=MONDAY.date() - timedelta(days=2)) == [newest.number]


def test_nearest_deadline_first_lists_what_is_open(either_way):
    later = a_petition()
    sooner = a_petition(received_at=MONDAY - timedelta(days=3), backdating_evidence="收件戳")

    assert numbers("不动产", order=Order.DEADLINE) == [sooner.number, later.number]


def test_numbers_are_found_whole_from_their_beginning_and_by_their_last_digits():
    petition = a_petition()
    other = a_petition()

    assert numbers(petition.number.lower()) == [petition.number]
    assert numbers(petition.number.replace("-", "")) == [petition.number]
    assert set(numbers(petition.number[:6])) == {petition.number, other.number}
    assert numbers(str(int(petition.number[-6:]))) == [petition.number]


def test_a_query_code_finds_its_petition_until_it_is_replaced():
    given = registered()
    code = given.codes[None]

    assert numbers(code.replace("-", " ").lower()) == [given.petition.number]
    given.petition.query_codes.update(replaced_at=MONDAY)
    assert not numbers(code)


def test_a_word_that_names_one_division_is_the_place():
    there = a_petition(title="路灯不亮", text="路灯")
    a_petition(title="路灯不亮", text="路灯", place_id=a_place("141102002001").pk)
    name = there.place.short_name

    form = SearchForm({"q": f"{name} 路灯"}, hat=a_hat(Role.PETITION_OFFICER))
    as_words = SearchForm({"q": f"{name} 路灯", "as_words": "on"}, hat=a_hat(Role.PETITION_OFFICER))

    assert form.is_valid()
    assert as_words.is_valid()
    assert form.place_named == there.place
    today = {"hat": a_hat(Role.PETITION_OFFICER), "today": TODAY}
    assert [one.pk for one in find(form.question(), **today).petitions] == [there.pk]
    assert find(as_words.question(), **today) == Found()


# ---- who sees what -------------------------------------------------------------------


def test_q6_a_neighbour_finds_neither_rows_nor_fragments_and_pays_the_same(either_way):
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="TJH")
    neighbour = a_hat(Role.CASE_OFFICER, organ=an_organ(kind=OrganKind.TOWNSHIP, number_prefix="XSB"))
    given = registered(a_hat(Role.REGISTRAR, organ=township))
    petition = given.petition

    for typed in ("不动产权证", petition.number, given.codes[None], str(int(petition.number[-6:]))):
        with CaptureQueriesContext(connection) as of_forbidden:
            assert found(typed, neighbour) == Found()
        unknown = {
            "不动产权证": "没有这个词",
            petition.number: "TJH2026-999999",
            given.codes[None]: "7K2M-Q4XW-9FHT",
        }.get(typed, "999999")
        with CaptureQueriesContext(connection) as of_unknown:
            assert found(unknown, neighbour) == Found()
        assert len(of_forbidden) == len(of_unknown)
    assert fragments("不动产权证", neighbour) == []
    assert numbers("不动产权证", a_hat(Role.CASE_OFFICER, organ=township)) == [petition.number]


def test_p_5_nobody_finds_a_sealed_petition(either_way):
    hidden = registered(purpose=Purpose.REPORT_ACCUSATION, text="举报稀世罕词")

    for role in Role:
        hat = a_hat(role)
        for typed in ("稀世罕词", hidden.petition.number, hidden.codes[None], hidden.petition.number[:4]):
            assert found(typed, hat) == Found(), role
    assert not SearchText.objects.exists()


def test_q1_a_petition_leaves_the_search_as_it_is_sealed_and_comes_back(either_way):
    petition = a_petition()
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    reported = [Reported(kind=ReportedKind.PERSON, name="某科长")]

    seal(petition.pk, reason="反映干部", reported=reported, by=a_hat(Role.REGISTRAR), now=MONDAY)
    assert not numbers("不动产")
    assert not SearchText.objects.exists()
    unseal(petition.pk, reason="并非检举", by=lane, now=MONDAY)

    assert numbers("不动产") == [petition.number]


# ---- what is covered -----------------------------------------------------------------

SAID = "我叫张大强，身份证141102198001013012，电话13800001234；邻居郭来福也可作证，他住滨河。"


def test_q5_words_find_no_name_and_no_number_of_the_people_on_it(either_way):
    a_petition(title="张大强要求办证", text=SAID, people=(a_person(), accompanying("郭来福")))

    for typed in ("张大强", "张大", "郭来福", "大强", "话138", "1234；", "3012，", "*强", "张*强"):
        assert found(typed) == Found(), typed
    assert len(numbers("作证")) == 1


def test_q5_fragments_cover_what_the_page_covers():
    a_petition(title="张大强要求办证", text=SAID, people=(a_person(), accompanying("郭来福")))

    (fragment,) = fragments("作证")

    assert "作证" in fragment
    assert "13800001234" not in fragment
    assert "郭来福" not in fragment
    assert "张大强" not in fragment


def test_a_fragment_far_back_in_a_long_text_is_covered_too():
    text = "一二三四五六七八九，" * 200 + SAID + "稀世罕词" + "甲乙丙丁，" * 500
    a_petition(text=text)

    (fragment,) = fragments("稀世罕词")

    assert "稀世罕词" in fragment
    assert len(fragment) < 120


def test_the_words_searched_for_are_marked_and_nothing_else():
    petition = a_petition(title="要求办证，办理不动产权证")

    marked = shown([*found("办证 不动产").petitions], ("办证", "不动产"))[petition.pk]

    assert [part.text for part in marked.title if part.hit] == ["办证", "不动产"]
    assert "".join(part.text for part in marked.title) == petition.words.title


def test_a_correction_is_found_at_once(either_way):
    petition = a_petition(claims=("给出时间表",))
    hat = a_hat(Role.REGISTRAR)

    correct(petition.pk, field="title", value="路灯不亮", reason="错别字", seen_version=1, by=hat, now=MONDAY)

    assert numbers("路灯") == [petition.number]
    assert not numbers("永宁花园")


def test_q5_who_comes_later_is_covered_from_then_on(either_way):
    petition = a_petition(text="代理人郭来福多次来问。")
    assert numbers("郭来福") == [petition.number]

    change_agent(
        petition.pk,
        principal_id=petition.people.get().pk,
        coming=Person(name="郭来福", role=PersonRole.AGENT),
        reason="授权委托书",
        by=a_hat(Role.PETITION_OFFICER),
        now=MONDAY,
    )

    assert not numbers("郭来福")


def test_what_is_stored_is_what_would_be_written_today():
    petition = a_petition(
        claims=("一二", "三四"), people=(a_person(), accompanying("郭来福")), text=SAID, summary="摘要"
    )

    stored = petition.search_text
    anew = search_text_of_stored(petition)

    assert (stored.words, stored.month) == (anew.words, anew.month)


def test_a_search_costs_the_same_for_one_and_for_twenty(either_way):
    a_petition()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(found("不动产").petitions, ("不动产",))
        return len(queries)

    for_one = cost()
    for _number in range(19):
        a_petition()

    assert cost() == for_one
