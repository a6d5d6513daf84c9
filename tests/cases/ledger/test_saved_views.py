"""Views of the ledger under a name: only the filter is kept and shared, each reader sees and counts what is his."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions import saved_views as deeds
from cases.columns import ALWAYS, USUAL, Column
from cases.models import LedgerColumns, SavedView
from cases.states import Purpose
from lib.errors import NotAllowed, Refused, Unknown
from tests.cases.browsers import Browser
from tests.cases.given import a_petition
from tests.given import MONDAY, a_hat, an_organ, the_petition_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in) -> Browser:
    return sign_in(a_hat(Role.PETITION_OFFICER))


def a_view(by, name="本季来信", *, shared=False, by_date=False, columns=(), **facts: str) -> SavedView:
    return deeds.save_view(
        name,
        facts or {"channel": "letter"},
        by_date=by_date,
        columns=columns,
        shared=shared,
        by=by,
        now=MONDAY,
    )


def chips_of(browser: Browser, **query: object) -> dict[str, int | None]:
    page = browser.open("cases:ledger", query=query)
    return {view.name: number for view, _question, number in page.context["saved_views"]}


def test_what_the_ledger_shows_is_saved_and_leads_back_to_it(officer):
    a_petition()
    a_petition(channel="visit")
    ask = f"{reverse('cases:save_view')}?view=all&channel=letter&order=received"
    assert "来信" in officer.get(ask).content.decode()

    answer = officer.post(ask, {"hat": officer.hat.key, "name": " 本季  来信 "})

    view = SavedView.objects.get()
    assert (view.name, view.facts, view.by_date, view.shared) == (
        "本季 来信",
        {"view": "all", "channel": "letter"},
        True,
        False,
    )
    page = officer.get(answer["Location"])
    assert [row.petition.channel for row in page.context["rows"]] == ["letter"]
    assert page.context["saved"] == view and page.context["by_date"]
    assert chips_of(officer) == {"本季 来信": 1}


def test_q5_the_number_box_is_never_saved(officer):
    ask = f"{reverse('cases:save_view')}?q=LS2026-000001&channel=letter"
    assert "编号不保存" in officer.get(ask).content.decode()

    officer.post(ask, {"hat": officer.hat.key, "name": "一件"})

    view = SavedView.objects.get()
    assert view.facts == {"channel": "letter"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=view.pk).update(facts={"q": "13800001234"})


@pytest.mark.parametrize("name", ["张三 13800001234", "140102198001011234", "  "])
def test_q5_a_name_with_a_number_of_a_person_is_refused(officer, name):
    with pytest.raises(Refused) as refused:
        a_view(officer.hat, name)

    assert "name" in refused.value.fields
    assert not SavedView.objects.exists()


def test_a_filter_that_cannot_be_read_is_not_saved(officer):
    ask = f"{reverse('cases:save_view')}?lamp=violet"

    assert officer.post(ask, {"hat": officer.hat.key, "name": "紫灯"}).status_code == 422
    assert not SavedView.objects.exists()


def test_a_shared_view_shows_and_counts_for_each_reader_what_is_his_own(sign_in):
    township = an_organ(kind=OrganKind.TOWNSHIP, number_prefix="FS")
    head, registrar = a_hat(Role.UNIT_HEAD, organ=township), a_hat(Role.REGISTRAR, organ=township)
    a_view(head, shared=True)
    a_petition(registrar)
    a_petition()

    assert chips_of(sign_in(registrar)) == {"本季来信": 1}


def test_a_view_of_ones_own_is_nobody_elses_and_another_organs_is_unknown(sign_in, officer):
    own, shared = a_view(officer.hat), a_view(officer.hat, "共享来信", shared=True)
    colleague = sign_in(a_hat(Role.REGISTRAR, organ=the_petition_office()))
    stranger = sign_in(a_hat(Role.CASE_OFFICER, organ=an_organ(kind=OrganKind.TOWNSHIP)))

    assert chips_of(colleague) == {"共享来信": 0}
    assert colleague.open("cases:saved_view", own.pk).status_code == 404
    assert colleague.open("cases:saved_view", shared.pk)["Location"].startswith(reverse("cases:ledger"))
    assert stranger.open("cases:saved_view", shared.pk).status_code == 404
    assert stranger.send("cases:remove_view", shared.pk).status_code == 404
    assert "共享来信" not in stranger.open("cases:saved_views").content.decode()


def test_an_address_that_names_a_view_one_may_not_know_is_as_one_without(sign_in, officer):
    own = a_view(officer.hat, columns=["purpose"])
    colleague = sign_in(a_hat(Role.REGISTRAR, organ=the_petition_office()))

    page = colleague.open("cases:ledger", query={"saved": own.pk})

    assert page.context["saved"] is None and page.context["columns"] == USUAL


def test_q1_no_view_counts_a_sealed_petition(officer):
    a_view(officer.hat, "全部", view="all")
    a_petition(purpose=Purpose.REPORT_ACCUSATION)

    assert chips_of(officer) == {"全部": 0}


@pytest.mark.parametrize("facts", [{"place": "000000000"}, {"unit": "NICHTS"}, {"view": "risk_list"}])
def test_a_view_that_names_what_is_not_there_any_more_has_no_count_and_breaks_nothing(officer, facts):
    a_view(officer.hat, **facts)

    assert chips_of(officer) == {"本季来信": None}


def test_the_tenth_view_is_the_last(officer):
    for number in range(10):
        a_view(officer.hat, f"视图{number}")

    with pytest.raises(Refused):
        a_view(officer.hat, "再一个")

    assert SavedView.objects.count() == 10


def test_one_name_stands_once(officer):
    a_view(officer.hat)

    with pytest.raises(Refused):
        a_view(officer.hat)


def test_whoever_saved_it_removes_it_and_a_head_tidies_up(officer):
    colleague = a_hat(Role.REGISTRAR, organ=the_petition_office())
    head = a_hat(Role.SECTION_HEAD, organ=the_petition_office())
    first, second = a_view(officer.hat, "甲", shared=True), a_view(officer.hat, "乙", shared=True)

    with pytest.raises(NotAllowed):
        deeds.remove_view(first.pk, by=colleague, now=MONDAY)
    deeds.remove_view(first.pk, by=head, now=MONDAY)
    officer.send("cases:remove_view", second.pk)

    assert not SavedView.objects.exists()
    assert [
        entry.actor_user_id for entry in Entry.objects.filter(verb="ledger.remove_view").order_by("seq")
    ] == [
        head.user.pk,
        officer.hat.user.pk,
    ]


def test_who_has_no_ledger_saves_no_view():
    with pytest.raises(NotAllowed):
        a_view(a_hat(Role.SYSTEM_ADMINISTRATOR))
    with pytest.raises(Unknown):
        deeds.remove_view("019cac2a-9dc0-73f3-a1dc-6f9d55fa5030", by=a_hat(Role.REGISTRAR), now=MONDAY)


# ---- columns ------------------------------------------------------------------------------------


def test_columns_are_remembered_for_the_person_and_shown_in_their_order(officer):
    a_petition()
    address = f"{reverse('cases:choose_columns')}?channel=letter&at=x"

    answer = officer.post(address, {"hat": officer.hat.key, "columns": ["state", "category", "nonsense"]})
    assert LedgerColumns.objects.count() == 0, "what is no column is no choice"
    answer = officer.post(address, {"hat": officer.hat.key, "columns": ["state", "category"]})

    assert answer["Location"] == f"{reverse('cases:ledger')}?channel=letter"
    page = officer.get(answer["Location"])
    assert page.context["columns"] == [*ALWAYS, Column.CATEGORY, Column.STATE]
    html = page.content.decode()
    assert "住房保障与房地产" in html
    assert LedgerColumns.objects.get().user == officer.hat.user


def test_nothing_ticked_leaves_what_always_stands(officer):
    officer.post(reverse("cases:choose_columns"), {"hat": officer.hat.key})

    assert officer.open("cases:ledger").context["columns"] == list(ALWAYS)


def test_a_saved_view_brings_its_own_columns(officer):
    view = a_view(officer.hat, columns=["purpose"])

    assert officer.open("cases:ledger").context["columns"] == USUAL
    page = officer.open("cases:ledger", query={"saved": view.pk, "channel": "letter"})
    assert page.context["columns"] == [*ALWAYS, Column.PURPOSE]


@pytest.mark.parametrize("column", [column for column in Column if column not in ALWAYS])
def test_every_column_can_be_shown_alone(officer, column):
    a_petition()
    deeds.choose_columns([column.value], by=officer.hat, now=MONDAY)

    page = officer.open("cases:ledger")

    assert str(column.label) in page.content.decode()
    assert page.context["columns"] == [*ALWAYS, column]
