"""The bench fills and measures: every copy is whole and true, and each kind of work gets its row. No times here."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.models import OrganKind
from accounts.roles import Role
from cases.actions.sealing import seal
from cases.checks import CHECKS
from cases.intake import Reported
from cases.models import Petition, PetitionText
from cases.states import OPEN, ReportedKind
from config.benchmark.copying import multiply
from config.benchmark.exporting import measure_export
from config.benchmark.hats import the_hats
from config.benchmark.importing import measure_import
from config.benchmark.table import lists
from config.benchmark.timing import p95_of
from config.management.commands.bench import Command
from documents.models import Document
from hearings.models import Hearing
from tests.cases.handling import given
from tests.cases.handling.given import MONDAY, Case, a_unit
from tests.given import a_hat, an_organ
from tests.hearings.given import called
from tests.leadership.given import issued, the_conference

pytestmark = [pytest.mark.django_db]

WORK = [
    "ledger, first page",
    "ledger, filtered",
    "ledger, page 1,000",
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
    "sweep sample_keeps",
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
    a_hat(Role.SECTION_HEAD)
    a_hat(Role.SEALED_LANE_OFFICER)
    for code in ("GA", "RS", "MZ"):
        a_unit(code)
    again = {"office": office, "unit": unit}
    given.finished(given.served(given.opinion_issued(_drafted(given.registered(**again)))))
    the_conference()
    issued(given.received(given.registered(**again)))
    _drafted(given.registered(**again))
    for _number in range(3):
        given.routed(given.registered(**again))
    given.routed(given.registered(office=office, unit=township))
    called(given.received(given.registered(**again)))
    sealed = given.routed(given.registered(**again))
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=unit.organ.pk)]
    seal(sealed.pk, reason="反映该局领导", reported=reported, by=office.officer, now=MONDAY)


def _drafted(case: Case) -> Case:
    return given.drafted(given.investigated(given.accepted(given.received(case))))


def loose_ends() -> list[str]:
    """Return the columns that name a row which is not there."""
    loose = []
    about_petitions = ("cases", "documents", "assignments", "leadership", "hearings")
    for model in [one for app in about_petitions for one in apps.get_app_config(app).get_models()]:
        for one in model._meta.concrete_fields:
            if one.is_relation and one.many_to_one | one.one_to_one:
                there = one.related_model._default_manager.values("pk")
                named = model._default_manager.exclude(**{f"{one.name}": None})
                if named.exclude(**{f"{one.attname}__in": there}).exists():
                    loose.append(f"{model.__name__}.{one.name}")
    return loose


@pytest.mark.wide
def test_it_multiplies_petitions_whole_and_true(a_small_world):
    count = multiply(900)

    now = timezone.now()
    assert count == 900
    assert 25 <= Petition.objects.filter(routing__in=sorted(OPEN)).count() <= 35
    assert Petition.objects.filter(sealed=True).count() > 1
    # how many days stay true is drawn by keys that differ from run to run
    assert Petition.objects.dates("received_at", "day").count() > 1
    assert loose_ends() == []
    assert [fault for check in CHECKS.values() for fault in check(now)] == []
    # copies are no letters sent in bulk, and their papers have numbers of their own
    assert PetitionText.objects.values("text_hash").distinct().count() > 20
    # a room is had once at a time, so that a hearing's copy has none
    assert (
        Hearing.objects.count() > 1,
        Hearing.objects.filter(bookings__isnull=False).distinct().count(),
    ) == (True, 1)
    numbers = Document.objects.exclude(number="").values_list("number", flat=True)
    assert [number for number in numbers if "〕" not in number or not number.endswith("号")] == []


@pytest.mark.wide
def test_each_kind_of_work_gets_its_row(a_small_world):
    out = StringIO()

    multiply(60)
    Command(stdout=out).report(times=2, clients=False)

    said = out.getvalue()
    assert [work for work in WORK if f"| {work}" not in said] == []
    first = next(row for row in said.splitlines() if row.startswith("| ledger, first page | registrar"))
    _work, _who, budget, p50, p95, _own, bare, statements, size = first.strip("| ").split(" | ")
    assert budget == "60"
    assert float(p50) <= float(p95.strip("*"))
    assert " / " in bare
    assert int(statements) > 5
    assert int(size) > 5


@pytest.mark.wide
@pytest.mark.django_db(transaction=True)
def test_lists_are_taken_in_and_out_and_measured(a_small_world):
    hats = the_hats()
    opened = Petition.objects.open().count()

    taken_in = measure_import(30, kind="csv", by=hats.registrar, second=hats.head, now=timezone.now())
    taken_out = measure_export(by=hats.registrar, now=timezone.now())

    assert taken_in.rows == 30
    assert Petition.objects.open().count() == opened
    assert taken_in.memory.most >= taken_in.memory.before > 0
    assert taken_out.rows == Petition.objects.filter(sealed=False).standing().count()
    assert "| import of .csv" in "\n".join(lists(taken_out, [("csv", taken_in)]))


def test_p95_is_what_nineteen_of_twenty_stay_under():
    assert p95_of([7.0]) == 7.0
    assert 19.0 < p95_of([float(number) for number in range(1, 21)]) < 20.0


@pytest.mark.parametrize("wanted", [0, 1_000_001])
def test_it_refuses_a_number_it_is_not_made_for(wanted):
    with pytest.raises(CommandError, match="1,000,000"):
        call_command("bench", "load", str(wanted))
