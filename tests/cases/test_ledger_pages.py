"""What the ledger says about a question that it cannot answer as it was asked, and about its rows on a phone."""

from datetime import date

import pytest

from accounts.roles import Role
from cases.actions.saved_views import choose_columns
from cases.columns import Column
from tests.cases.browsers import Browser
from tests.cases.given import a_petition
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in) -> Browser:
    return sign_in(a_hat(Role.PETITION_OFFICER))


def ledger(browser: Browser, **query: object):
    return browser.open("cases:ledger", query=query)


def numbers_on(page) -> list[str]:
    return [row.petition.number for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("typed", "hint", "found"),
    [
        ("LS2026-000001", "", ["LS2026-000001"]),
        ("ＬＳ２０２６－０００００１", "", ["LS2026-000001"]),
        ("ls2026", "以此开头", ["LS2026-000001"]),
        ("修路", "只按信访件编号筛选", []),
        ("1", "末几位", ["LS2026-000001"]),
        ("000001", "末几位", ["LS2026-000001"]),
        ("4127", "末几位", []),
        ("1234567", "只按信访件编号筛选", []),
        ("", "", ["LS2026-000001"]),
    ],
)
def test_the_number_box_says_what_it_can_find(officer, typed, hint, found):
    a_petition()

    page = ledger(officer, q=typed)

    said = str(page.context["form"].number_hint)
    assert hint in said and bool(said) == bool(hint)
    assert said in page.content.decode()
    assert numbers_on(page) == found


def test_days_in_the_wrong_order_are_said_so_beside_the_field_and_stay_as_typed(officer):
    a_petition()

    page = ledger(officer, since="2026-05-01", until="2026-04-01", channel="letter")

    html = page.content.decode()
    assert list(page.context["form"].errors) == ["until"]
    assert 'id="id_until_error"' in html and 'aria-describedby="id_until_error"' in html
    assert 'value="2026-05-01"' in html and 'value="2026-04-01"' in html
    assert [label for label, _words, _url in page.context["chips"]] == ["信访形式"]


@pytest.mark.parametrize("wrong", [{"since": "2026-05-01", "until": "2026-04-01"}, {"lamp": "violet"}])
def test_a_question_that_cannot_be_read_shows_no_list_that_looks_like_its_answer(officer, wrong):
    a_petition()

    page = ledger(officer, **wrong)

    assert numbers_on(page) == []
    assert "没有查询" in page.content.decode()


def test_a_row_says_its_last_day_in_words(officer):
    """T1: fifteen calendar days from Monday, 2 March."""
    a_petition()

    page = ledger(officer)

    assert [row.last_day for row in page.context["rows"]] == [date(2026, 3, 17)]
    assert "期限 2026年3月17日" in page.content.decode()


def test_the_filters_are_folded_on_a_phone_and_open_themselves_when_something_is_wrong(officer):
    folded = ledger(officer, channel="letter", lamp="green").content.decode()
    wrong = ledger(officer, since="2026-05-01", until="2026-04-01").content.decode()

    assert "筛选：已选 2 项" in folded
    assert '<details class="fold narrow-only">' in folded
    assert '<details class="fold narrow-only" open>' in wrong


def test_filtering_keeps_the_order_that_was_chosen(officer):
    a_petition()

    html = ledger(officer, order="received").content.decode()

    assert '<input type="hidden" name="order" value="received">' in html


def test_all_columns_are_drawn_with_what_they_say_and_nothing_of_it_is_taken_for_the_pages_own_signs(officer):
    petition = a_petition(title="<b>修路</b> & 补偿")
    columns = [column.value for column in Column]
    choose_columns(columns, by=officer.hat, now=MONDAY)

    html = ledger(officer).content.decode()

    assert "&lt;b&gt;修路&lt;/b&gt; &amp; 补偿" in html and "<b>修路" not in html
    row = html[html.index("<tbody>") : html.index("</tbody>")]
    assert row.count("<td") == len(columns) + 2
    assert f'value="{petition.pk}"' in row and f"/petitions/{petition.pk}/" in row
