"""The benchmark still fills and measures: every copy is whole, and each kind of work gets its line. No times here."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import OrganKind
from accounts.roles import Role
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models import Petition
from cases.states import OPEN, ReportedKind
from config.benchmark.multiplying import multiply
from config.management.commands.benchmark import Command
from tests.cases.handling import given
from tests.cases.handling.given import MONDAY, Case, a_unit
from tests.given import a_hat, an_organ

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

WORK = [
    "ledger, first page",
    "ledger, filtered",
    "ledger, deep page",
    "count of everything",
    "my work",
    "search, frequent word",
    "search, frequent word by deadline",
    "search, rare word",
    "search, rare word by deadline",
    "search, number",
    "case page, one claim",
    "case page, four units",
    "open form + register",
    "earlier petitions, while typing",
    "earlier petitions, of a registered one",
    "save a step: sign-for",
    "save a step: note-progress",
    "save a step: accept",
    "sweep deem_received",
    "sweep presume_handling",
    "sweep lapse_objections",
]


@pytest.fixture
def a_small_world(settings, tmp_path) -> None:
    """Petitions in some states, one of them sealed, and the hats whose work is measured."""
    shelf = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "default": shelf}
    office, unit, township = given.the_office(), a_unit("ZJ"), given.a_township()
    a_hat(Role.LEADER, organ=an_organ("QZF", kind=OrganKind.LEADING_BODY))
    a_hat(Role.REGISTRAR)
    a_hat(Role.SEALED_LANE_OFFICER)
    for code in ("GA", "RS", "MZ"):
        a_unit(code)
    again = {"office": office, "unit": unit}
    given.finished(given.served(given.opinion_issued(_drafted(given.registered(**again)))))
    _drafted(given.registered(**again))
    for _number in range(3):
        given.routed(given.registered(**again))
    given.routed(given.registered(office=office, unit=township))
    sealed = given.routed(given.registered(**again))
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=unit.organ.pk)]
    seal(sealed.pk, reason="反映该局领导", reported=reported, by=office.officer, now=MONDAY)


def _drafted(case: Case) -> Case:
    return given.drafted(given.investigated(given.accepted(given.received(case))))


def loose_ends() -> list[str]:
    """Return the columns that name a row which is not there."""
    loose = []
    for model in apps.get_app_config("cases").get_models():
        for one in model._meta.concrete_fields:
            if one.is_relation and one.many_to_one | one.one_to_one:
                there = one.related_model._default_manager.values("pk")
                named = model._default_manager.exclude(**{f"{one.name}": None})
                if named.exclude(**{f"{one.attname}__in": there}).exists():
                    loose.append(f"{model.__name__}.{one.name}")
    return loose


def test_it_multiplies_petitions_whole_and_measures_each_kind_of_work(a_small_world):
    out = StringIO()

    count = multiply(200)
    loose = loose_ends()
    Command(stdout=out).report(times=2, clients=False)

    said = out.getvalue()
    assert 150 <= count <= 250
    assert 0 < Petition.objects.filter(routing__in=sorted(OPEN)).count() < 60
    assert Petition.objects.filter(sealed=True).count() > 1
    assert loose == []
    assert [work for work in WORK if work not in said] == []
    assert "cases_petition" in said


@pytest.mark.parametrize("wanted", [0, 1_000_001])
def test_it_refuses_a_number_it_is_not_made_for(wanted):
    with pytest.raises(CommandError, match="1,000,000"):
        call_command("benchmark", petitions=wanted)
