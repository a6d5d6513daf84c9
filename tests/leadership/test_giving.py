"""A petition given to a station: who keeps it is asked and reads it meanwhile; nothing else moves (Q9, Q35)."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from accounts.models import OrganKind
from accounts.roles import Role
from assignments.models import Assignment
from assignments.states import Kind, State
from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import Involvement, Petition, PetitionClock, ReportedParty
from cases.states import Basis, ReportedKind
from leadership.actions import answers, giving, stations
from leadership.actions.giving import Given
from leadership.models import StationPetition
from leadership.reception_states import StationKind
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.cases.browsers import signed_in
from tests.cases.handling.given import finished, received
from tests.given import MONDAY, a_hat, an_organ, the_petition_office
from tests.leadership.rosters import TODAY
from tests.leadership.test_stations import facts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def a_kept_station(name="永宁社区信访工作站", code="SQ1"):
    """Return a station, and who answers in the community that keeps it."""
    office = the_petition_office()
    keeper = an_organ(
        code, kind=OrganKind.COMMUNITY, name=f"{name}社区", short_name=f"{code}社区", parent=office
    )
    row = stations.open_station(
        StationKind.STATION, facts(name=name, organ_id=keeper.pk), by=a_hat(), now=MONDAY
    )
    return row, a_hat(Role.CASE_OFFICER, organ=keeper)


def asked_of(station, **given) -> Given:
    usual = {
        "station_id": station.pk,
        "words": "上门听取意见，帮助补齐材料",
        "due_on": TODAY + timedelta(days=7),
    }
    return Given(**{**usual, **given})


def give(case, station, **given) -> StationPetition:
    return giving.give_to_station(case.pk, asked_of(station, **given), by=case.office.officer, now=MONDAY)


def periods(case) -> list[tuple]:
    rows = PetitionClock.objects.filter(petition=case.pk).order_by("pk")
    return list(rows.values_list("pk", "last_day", "met_at"))


def sees(hat, case) -> bool:
    return Petition.objects.visible_to(hat).filter(pk=case.pk).exists()


def test_the_station_is_asked_and_reads_the_petition_and_every_period_stays():
    case, (station, keeper) = received(), a_kept_station()
    before = periods(case)
    assert not sees(keeper, case)

    row = give(case, station)

    assert (row.assignment.kind, row.assignment.organ) == (Kind.STATION, keeper.organ)
    assert sees(keeper, case)
    assert case.petition.handlings.get(ended_at=None).organ == case.unit.organ
    assert periods(case) == before
    entry = Entry.objects.get(verb="petition.give_to_station")
    assert entry.facts == {"organ": "SQ1", "due_on": (TODAY + timedelta(days=7)).isoformat()}


def test_once_its_answer_is_verified_it_reads_the_petition_no_longer():
    case, (station, keeper) = received(), a_kept_station()
    asked = give(case, station).assignment
    answers.reply(asked.pk, words="已入户三次，材料已补齐", by=keeper, now=MONDAY)
    assert sees(keeper, case)

    answers.verify(asked.pk, words="看了材料清单", by=case.office.officer, now=MONDAY)

    assert not sees(keeper, case)
    give(case, station)
    assert sees(keeper, case)


def test_it_is_taken_back_with_a_reason():
    case, (station, keeper) = received(), a_kept_station()
    asked = give(case, station).assignment
    with pytest.raises(Refused):
        answers.take_back(asked.pk, reason=" ", by=case.office.officer, now=MONDAY)
    with pytest.raises(Unknown):
        answers.take_back(asked.pk, reason="不办了", by=keeper, now=MONDAY)
    assert Assignment.objects.get(pk=asked.pk).state == State.ASKED

    answers.take_back(asked.pk, reason="改由街道办理", by=case.office.officer, now=MONDAY)

    assert not sees(keeper, case)
    assert Entry.objects.filter(verb="petition.take_back_from_station").count() == 1


def test_two_stations_of_one_keeper_let_it_read_until_the_last_is_over():
    case, (station, keeper) = received(), a_kept_station()
    other = stations.open_station(
        StationKind.LIAISON, facts(name="驻市联络点", organ_id=keeper.organ.pk), by=a_hat(), now=MONDAY
    )
    first, second = give(case, station), give(case, other)

    answers.take_back(first.assignment_id, reason="重复", by=case.office.officer, now=MONDAY)
    assert sees(keeper, case)
    answers.take_back(second.assignment_id, reason="办完", by=case.office.officer, now=MONDAY)
    assert not sees(keeper, case)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": " "}, "words"),
        ({"due_on": TODAY}, "due_on"),
        ({"due_on": TODAY + timedelta(days=400)}, "due_on"),
    ],
)
def test_it_says_what_and_until_when(wrong, field):
    case, (station, keeper) = received(), a_kept_station()

    with pytest.raises(Refused) as refused:
        give(case, station, **wrong)

    assert field in refused.value.fields
    assert not StationPetition.objects.exists()
    assert not sees(keeper, case)


def test_a_station_without_a_keeper_or_without_anybody_who_answers_takes_nothing():
    case = received()
    lonely = stations.open_station(StationKind.STATION, facts(), by=a_hat(), now=MONDAY)
    empty = an_organ("SQ9", kind=OrganKind.COMMUNITY, name="空社区", parent=the_petition_office())
    unmanned = stations.open_station(
        StationKind.STATION, facts(name="空站", organ_id=empty.pk), by=a_hat(), now=MONDAY
    )
    closed, _keeper = a_kept_station()
    stations.close_station(closed.pk, reason="并入街道", by=a_hat(), now=MONDAY)

    for station in (lonely, unmanned, closed):
        with pytest.raises(Refused) as refused:
            give(case, station)
        assert "station" in refused.value.fields
    assert not Assignment.objects.filter(kind=Kind.STATION).exists()


def test_nothing_goes_to_a_station_whose_keeper_the_petition_names():
    case, (station, keeper) = received(), a_kept_station()
    ReportedParty.objects.create(petition=case.petition, kind=ReportedKind.UNIT, organ=keeper.organ)

    with pytest.raises(Refused) as refused:
        give(case, station)

    assert "station" in refused.value.fields
    assert not sees(keeper, case)


def test_a_station_has_it_once_at_a_time_by_the_database_too():
    case, (station, _keeper) = received(), a_kept_station()
    row = give(case, station)

    with pytest.raises(Refused):
        give(case, station)
    row.pk = None
    with pytest.raises(InternalError, match="once at a time"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(InternalError), transaction.atomic():
        StationPetition.objects.update(given_at=MONDAY + timedelta(days=1))
    assert StationPetition.objects.count() == 1


def test_only_the_office_gives_and_only_what_is_open():
    case, (station, keeper) = received(), a_kept_station()
    for by, refusal in ((case.unit.officer, NotAllowed), (keeper, Unknown)):
        with pytest.raises(refusal):
            giving.give_to_station(case.pk, asked_of(station), by=by, now=MONDAY)
    over = finished()
    with pytest.raises(OutOfTurn):
        give(over, station)
    assert not StationPetition.objects.exists()


def test_a_station_that_has_a_petition_is_not_closed():
    case, (station, _keeper) = received(), a_kept_station()
    asked = give(case, station).assignment
    with pytest.raises(OutOfTurn):
        stations.close_station(station.pk, reason="撤并", by=a_hat(), now=MONDAY)

    answers.take_back(asked.pk, reason="站点撤并", by=case.office.officer, now=MONDAY)
    stations.close_station(station.pk, reason="撤并", by=a_hat(), now=MONDAY)


def test_what_is_sealed_is_with_no_station_any_longer():
    case, (station, keeper) = received(), a_kept_station()
    give(case, station)
    sealing.seal(
        case.pk,
        reason="反映干部",
        reported=[Reported(kind=ReportedKind.PERSON, name="某某")],
        by=case.office.officer,
        now=MONDAY,
    )

    assert not sees(keeper, case)
    assert Assignment.objects.get(kind=Kind.STATION).state == State.CANCELLED
    part = Involvement.objects.filter(organ=keeper.organ, bases__contains=[Basis.STATION], ended_at=None)
    assert not part.exists()
    page = signed_in(keeper).open("leadership:station", station.pk)
    assert list(page.context["given"]) == []


def test_pages_offer_it_and_show_it_to_those_who_see_the_petition():
    case, (station, keeper) = received(), a_kept_station()
    office = signed_in(case.office.officer)
    page = office.open("leadership:team", case.pk)
    assert "give-to-station" in [offer.deed.slug for offer in page.context["offers"]]

    typed = {
        "station": str(station.pk),
        "words": "帮助补齐材料",
        "due_on": (TODAY + timedelta(days=5)).isoformat(),
    }
    office.send("leadership:on_team", case.pk, "give-to-station", **typed)

    for hat in (case.office.officer, case.unit.officer, keeper):
        assert station.name in signed_in(hat).open("cases:petition", case.pk).content.decode()
    assert case.petition.number in signed_in(keeper).open("leadership:station", station.pk).content.decode()
    _other, stranger = a_kept_station("邻站", "SQ2")
    assert (
        case.petition.number
        not in signed_in(stranger).open("leadership:station", station.pk).content.decode()
    )
