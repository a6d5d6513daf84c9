"""What is counted is one click away, and what was given out stays beside what is so today."""

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from indicators.catalogue import CATALOGUE
from indicators.models import FrozenPeriod, Recount
from indicators.sweeps import follow_history
from tests.cases.browsers import signed_in
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import LATER, THIS_YEAR, done, moment, registering
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    return signed_in(a_hat(Role.OFFICE_DIRECTOR))


def given_out(browser) -> FrozenPeriod:
    page = browser.send("reports:freeze", since="2026-01-01", until="2026-01-31", universe="u1")
    assert page.status_code == 302
    return FrozenPeriod.objects.get()


def test_every_indicator_is_defined_and_can_be_pointed_at(director):
    page = director.open("reports:definitions").content.decode()

    assert all(f'id="{code}"' in page for code in CATALOGUE)


def test_the_nightly_count_is_told_with_what_differs(director):
    night = {
        "checked_at": LATER,
        "since": THIS_YEAR.since,
        "until": THIS_YEAR.until,
        "universe": "u1",
        "part": "all",
    }
    Recount.objects.create(code="i01", counted=4, recounted=4, **night)
    Recount.objects.create(code="i03", counted=4, recounted=5, **night)

    page = director.open("reports:definitions")

    assert page.context["agreeing"] == 1
    assert [(str(name), check.recounted) for name, _part, check in page.context["differing"]] == [
        ("按期答复率", 5)
    ]


def test_what_was_given_out_stands_beside_today_and_each_difference_is_named(director):
    doer = done(registering(moment(1, 5)), registering(moment(1, 6), 1))
    period = given_out(director)
    doer.do_all([Deed(LATER, Do.VOID, 1)])
    follow_history()

    page = director.open("reports:frozen", period.pk)
    cases = director.open("reports:frozen_number", period.pk, "registered", "all")

    numbers = {
        (figure.code, figure.part): (figure.count, now) for _name, _part, figure, now in page.context["rows"]
    }
    assert numbers["registered", "all"] == (2, 1)
    ((petition, was_counted, changed),) = cases.context["rows"]
    assert (petition.pk, was_counted, [str(words) for words in changed]) == (
        doer.keys[1],
        True,
        ["办理状态"],
    )


def test_q6_what_another_place_gave_out_is_not_there(director):
    done(registering(moment(1, 5)))
    period = given_out(director)
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(TOWNSHIPS[1]))
    neighbour = signed_in(a_hat(Role.OFFICE_DIRECTOR, organ=street))
    unit = signed_in(a_hat(Role.CASE_OFFICER, organ=an_organ()))

    for browser in (neighbour, unit):
        assert browser.open("reports:frozen", period.pk).status_code == 404
        assert browser.open("reports:frozen_number", period.pk, "registered", "all").status_code == 404
    assert director.open("reports:frozen", period.pk + 1).status_code == 404
    assert director.open("reports:frozen_number", period.pk, "i99", "all").status_code == 404


def test_who_gives_no_figures_out_has_no_button_and_is_refused():
    officer = signed_in(a_hat(Role.PETITION_OFFICER))

    assert "may_freeze" in officer.open("reports:dashboard").context
    assert not officer.open("reports:dashboard").context["may_freeze"]
    assert officer.send("reports:freeze", since="2026-01-01", until="2026-01-31").status_code == 403
    assert not FrozenPeriod.objects.exists()


def test_days_that_cannot_be_frozen_are_told(director):
    page = director.send("reports:freeze", since="2026-03-01", until="2026-02-01")

    assert page.status_code == 422
    assert page.context["form"].errors
    assert not FrozenPeriod.objects.exists()
