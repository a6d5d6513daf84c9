"""信访工作站: the registry, who mediates, and what was done there in numbers alone (Q30, Q35)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import OrganKind
from accounts.roles import Role
from leadership.actions import stations
from leadership.actions.stations import Numbers, StationFacts
from leadership.models import Mediator, ServiceDay, Station
from leadership.reception_states import MediatorKind, ServiceKind, StationKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from places.models import Place
from portal.actions import publish
from portal.states import Topic
from tests.cases.browsers import signed_in
from tests.cases.given import a_petition
from tests.given import MONDAY, a_hat, a_place, an_organ, the_petition_office
from tests.leadership.rosters import TODAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def facts(**given) -> StationFacts:
    usual = {
        "name": "凤山街道信访工作站",
        "place_code": "141102",
        "address": "便民服务中心一楼",
        "staff": "站长一名、专职两名",
        "hours": "工作日 8:30—18:00",
        "lawyer_hours": "每周三上午",
    }
    return StationFacts(**{**usual, **given})


def a_station(**given) -> Station:
    return stations.open_station(StationKind.STATION, facts(**given), by=a_hat(), now=MONDAY)


def a_community():
    office = the_petition_office()
    return an_organ("SQ1", kind=OrganKind.COMMUNITY, name="永宁社区", short_name="永宁社区", parent=office)


def numbers(**given) -> Numbers:
    usual = {"kind": ServiceKind.MEDIATION, "day": TODAY, "matters": 3, "persons": 7, "settled": 2}
    return Numbers(**{**usual, **given})


def test_a_station_says_where_who_and_when_and_is_changed_and_closed():
    row = a_station()
    for wrong in ({"name": " "}, {"staff": ""}, {"hours": ""}, {"place_code": "110000"}, {"organ_id": -1}):
        with pytest.raises(Refused):
            a_station(**{"name": "另一站", **wrong})
    with pytest.raises(Refused):
        a_station()
    assert Station.objects.count() == 1

    stations.change_station(row.pk, facts(hours="全天"), by=a_hat(), now=MONDAY)
    assert Station.objects.get().hours == "全天"
    with pytest.raises(Refused):
        stations.close_station(row.pk, reason="", by=a_hat(), now=MONDAY)
    stations.close_station(row.pk, reason="并入街道", by=a_hat(), now=MONDAY)
    with pytest.raises(OutOfTurn):
        stations.change_station(row.pk, facts(), by=a_hat(), now=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        Station.objects.update(kind=StationKind.LIAISON)
    a_station()


def test_only_the_office_keeps_the_registry():
    for by in (a_hat(Role.REGISTRAR), a_hat(Role.UNIT_HEAD, organ=an_organ("ZJ"))):
        with pytest.raises(NotAllowed):
            stations.open_station(StationKind.STATION, facts(), by=by, now=MONDAY)
        with pytest.raises(NotAllowed):
            stations.enter_mediator("王平", MediatorKind.ELDER, by=by, now=MONDAY)
    assert not Station.objects.exists()


def test_another_districts_station_is_unknown():
    row = a_station()
    elsewhere = an_organ(
        "FSX", kind=OrganKind.PETITION_OFFICE, place=a_place("141121", "汾阳"), number_prefix="FSX"
    )
    stranger = a_hat(Role.PETITION_OFFICER, organ=elsewhere)
    with pytest.raises(Unknown):
        stations.close_station(row.pk, reason="关", by=stranger, now=MONDAY)
    with pytest.raises(Unknown):
        stations.note_service(numbers(), station_id=row.pk, by=stranger, now=MONDAY)
    assert signed_in(stranger).open("leadership:station", row.pk).status_code == 404
    assert not ServiceDay.objects.exists()


def test_what_was_done_is_numbers_and_nothing_of_a_person():
    row = a_station(organ_id=a_community().pk)
    columns = {field.name for field in ServiceDay._meta.get_fields()}
    assert not {"name", "petitioner", "petition", "text", "phone"} & columns

    stations.note_service(numbers(), station_id=row.pk, by=a_hat(), now=MONDAY)
    for wrong in (
        {"matters": 0, "settled": 0},
        {"settled": 4},
        {"kind": ServiceKind.LEGAL_ADVICE},
        {"day": TODAY + timedelta(days=1)},
    ):
        with pytest.raises(Refused):
            stations.note_service(numbers(**wrong), by=a_hat(), now=MONDAY)

    assert ServiceDay.objects.count() == 1
    with pytest.raises(InternalError), transaction.atomic():
        ServiceDay.objects.update(matters=9)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        ServiceDay.objects.all().delete()


def test_the_community_that_keeps_a_station_writes_for_it_and_for_no_other():
    community = a_community()
    mine, other = a_station(organ_id=community.pk), a_station(name="别的站")
    clerk = a_hat(Role.CASE_OFFICER, organ=community)

    stations.note_service(numbers(), station_id=mine.pk, by=clerk, now=MONDAY)
    for station in (other.pk, None):
        with pytest.raises(NotAllowed):
            stations.note_service(numbers(), station_id=station, by=clerk, now=MONDAY)

    assert ServiceDay.objects.get().station_id == mine.pk
    page = signed_in(clerk).open("leadership:stations")
    assert [offer.deed.slug for offer in page.context["offers"]] == ["note-service"]


def test_struck_out_numbers_count_no_more():
    stations.note_service(numbers(matters=5, settled=1), by=a_hat(), now=MONDAY)
    wrong = stations.note_service(numbers(), by=a_hat(), now=MONDAY)
    browser = signed_in(a_hat())
    assert signed_in(a_hat(Role.REGISTRAR)).send("leadership:strike_service", wrong.pk).status_code == 403
    browser.send("leadership:strike_service", wrong.pk)

    totals = browser.open("leadership:stations").context["totals"]

    assert [(total["matters"], total["settled"]) for total in totals] == [(0, 0), (5, 1)]
    assert browser.send("leadership:strike_service", wrong.pk).status_code == 404


def test_what_was_done_at_no_open_station_stands_below_them_so_that_the_sums_agree():
    open_one, closed = a_station(), a_station(name="别的站")
    for key in (open_one.pk, closed.pk, None):
        stations.note_service(numbers(matters=3), station_id=key, by=a_hat(), now=MONDAY)
    stations.close_station(closed.pk, reason="合并", by=a_hat(), now=MONDAY)

    page = signed_in(a_hat()).open("leadership:stations")

    (shown,) = page.context["stations"]
    assert (shown.mediated, page.context["elsewhere"]) == (3, {"advised": 0, "mediated": 6})
    assert page.context["totals"][1]["matters"] == 9


def test_stations_and_lines_are_turned_by_the_page_and_found_by_name():
    for number in range(16):
        a_station(name=f"第{number:02}站")
        stations.note_service(numbers(), by=a_hat(), now=MONDAY)
    browser = signed_in(a_hat())

    first = browser.open("leadership:stations")
    second = browser.open("leadership:stations", query={"page": 2, "lines": 2})
    found = browser.open("leadership:stations", query={"q": "07"})

    assert [len(page.context["stations"]) for page in (first, second)] == [15, 1]
    assert [len(page.context["lines"]) for page in (first, second)] == [10, 6]
    assert [one.name for one in found.context["stations"]] == ["第07站"]
    assert [page.context["elsewhere"] is None for page in (first, second, found)] == [False, False, True]


def test_q30_what_a_station_took_in_is_counted_for_the_organ_that_keeps_it():
    community = a_community()
    row = a_station(organ_id=community.pk)
    a_petition(a_hat(Role.REGISTRAR), on_behalf_of_id=community.pk)
    a_petition()

    assert signed_in(a_hat()).open("leadership:station", row.pk).context["taken_in"] == 1


def test_mediators_are_entered_at_stations_and_taken_off():
    row = a_station()
    entered = stations.enter_mediator("王平", MediatorKind.ELDER, station_id=row.pk, by=a_hat(), now=MONDAY)
    browser = signed_in(a_hat())
    assert "王平" in browser.open("leadership:station", row.pk).content.decode()
    with pytest.raises(Refused):
        stations.enter_mediator(" ", MediatorKind.ELDER, by=a_hat(), now=MONDAY)

    browser.send("leadership:end_mediator", entered.pk)

    assert Mediator.objects.get().ended_at is not None
    assert "王平" not in browser.open("leadership:stations").content.decode()


def test_the_office_enters_a_station_on_the_page_and_anybody_finds_it():
    office, browser = the_petition_office(), signed_in(a_hat())
    publish(Topic.HOURS, text="工作日", by=a_hat(Role.OFFICE_DIRECTOR), now=MONDAY)
    given = facts()
    typed = {
        "kind": "station",
        "place": given.place_code,
        **{name: getattr(given, name) for name in ("name", "address", "staff", "hours", "lawyer_hours")},
    }
    a_place("141121", "汾阳")
    offered = browser.open("leadership:stations").content.decode()
    # a place is chosen by what it is called, among those of the district
    assert f'<option value="141102">{Place.objects.get(code="141102")}</option>' in offered
    assert "汾阳" not in offered
    bad = browser.send("leadership:on_stations", office.pk, "open-station", **{**typed, "place": "1"})
    assert (bad.status_code, Station.objects.count()) == (422, 0)
    assert browser.send("leadership:on_stations", office.pk, "open-station", **typed).status_code == 302

    row = Station.objects.get()
    assert row.name in Client().get(reverse("portal:stations")).content.decode()
    changed = {**typed, "hours": "全天"}
    assert browser.send("leadership:on_station", row.pk, "change", **changed).status_code == 302
    noted = {"kind": "mediation", "day": "2026-03-02", "matters": "2", "persons": "3", "settled": "1"}
    browser.send("leadership:on_stations", office.pk, "note-service", station=row.pk, **noted)
    (one,) = browser.open("leadership:stations").context["stations"]
    assert (one.hours, one.mediated) == ("全天", 2)
