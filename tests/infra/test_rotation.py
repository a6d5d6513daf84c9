"""Keys change while the product runs: rows go to the new key a few at a time, then the old one may go (Q44)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections, models, transaction

from accounts.hats import Hat
from accounts.roles import Role
from accounts.second_factor import Adapter
from audit.models import Entry
from cases.actions.corrections import correct
from cases.actions.drafts import save_draft
from cases.imported import others_of, others_sealed
from cases.intake import Reported
from cases.models import (
    Correction,
    Draft,
    ImportBatch,
    ImportedRow,
    ImportSource,
    Petition,
    Petitioner,
    ReportedParty,
    Reporter,
)
from cases.secrets import id_number_index, open_field, open_reporter_field, phone_index
from cases.states import ReportedKind
from config.rotation import TABLES
from grids.actions.reporting import report_cadre
from grids.direct import said_in
from grids.filing import NewEvent
from grids.models import DirectReport, GridEvent, HouseholdCard
from grids.secrets import open_contact, open_given
from lib.crypto import key_id_of
from mobile.actions.keeping import fetch_key
from mobile.models import PhoneKey
from mobile.secrets import open_key
from tests.cases.given import a_person, a_petition
from tests.given import MONDAY, a_hat, a_user
from tests.grids.given import a_card, a_courtyard, a_grid, a_type, a_worker, an_event
from tests.notices.given import a_channel

pytestmark = pytest.mark.django_db

OLD, NEW = b"o" * 32, b"n" * 32
NAMES = ("FIELD_KEYS", "REPORTER_KEYS", "BLIND_INDEX_KEYS")
NUMBER, PHONE = "110101199003070011", "13800001234"


def put_in_front(settings) -> None:
    """Let a new key write and the old one read, as the settings of a rotation do."""
    for name in NAMES:
        setattr(settings, name, {"new": NEW, "old": OLD})


def take_away_the_old_key(settings) -> None:
    for name in NAMES:
        setattr(settings, name, {"new": NEW})


@pytest.fixture(autouse=True)
def _old_keys(settings):
    for name in NAMES:
        setattr(settings, name, {"old": OLD})


def a_world():
    """Write a value of every kind that is sealed."""
    registrar = a_hat(Role.REGISTRAR)
    a_hat(Role.SEALED_LANE_OFFICER)
    save_draft(
        uuid4(),
        content={"title": ["办证"]},
        received_at=MONDAY,
        seals=False,
        seen_version=0,
        by=registrar,
        now=MONDAY,
    )
    person = a_person(id_number=NUMBER, phone=PHONE)
    petition = a_petition(registrar, people=(person,))
    correct(
        petition.pk,
        field="title",
        value="另一个标题",
        reason="写错",
        seen_version=1,
        by=registrar,
        now=MONDAY + timedelta(hours=1),
    )
    reported = (Reported(kind=ReportedKind.PERSON, name="某某"),)
    report = a_petition(registrar, people=(person,), names_a_wrongdoer=True, reported=reported)
    a_list(registrar, petition, report)
    a_channel()
    grid = a_grid()
    worker = a_worker(grid)
    an_event(grid, worker, contact=PHONE)
    about = NewEvent(type_id=a_type().pk, title="物业的事", text="网格长收了钱", grid_id=grid.pk)
    report_cadre(uuid4(), about, by=worker, now=MONDAY)
    fetch_key(by=worker, now=MONDAY)
    row = a_courtyard(grid, worker)
    a_card(row, worker)
    user = a_user()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": Adapter().encrypt("SECRET")}
    )
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": Adapter().encrypt("SEED"), "used_mask": 3},
    )


def a_list(registrar: Hat, *petitions: Petition) -> None:
    """Write that these petitions came with a list that says something else of each."""
    source = ImportSource.objects.create(organ=registrar.organ, name="留言板")
    asked = {"post": registrar.post, "asker": registrar.user, "uploaded_at": MONDAY, "worked_at": MONDAY}
    batch = ImportBatch.objects.create(source=source, file_name="留言.csv", **asked)
    for line, petition in enumerate(petitions, 2):
        others = others_sealed(petition, {"备注": "家住东街"})
        ImportedRow.objects.create(
            petition=petition, batch=batch, line=line, others_sealed=others, arrived_version=1
        )


def rotate(capsys, **options) -> str:
    call_command("rotate_keys", **options)
    return capsys.readouterr().out


def remaining() -> dict[str, int]:
    return {table.name: table.stale().count() for table in TABLES}


def phone_key() -> str:
    row = PhoneKey.objects.get()
    return open_key(row.user_id, row.key_sealed)


def test_q44_every_sealed_value_goes_to_the_new_key_and_reads_as_before(settings, capsys):
    a_world()
    put_in_front(settings)
    before = remaining()
    of_the_phone = phone_key()

    said = rotate(capsys)
    take_away_the_old_key(settings)

    assert before == {
        "cases.Draft": 1,
        "cases.Petitioner": 1,
        "cases.Reporter": 1,
        "cases.ReportedParty": 1,
        "cases.Correction": 1,
        "cases.ImportedRow": 2,
        "notices.MessageChannel": 1,
        "grids.GridEvent": 1,
        "grids.DirectReport": 1,
        "mobile.PhoneKey": 1,
        "grids.HouseholdCard": 1,
        "mfa.Authenticator": 2,
    }
    assert set(remaining().values()) == {0}
    assert "No row remains" in said
    assert said_in(DirectReport.objects.get())["text"] == "网格长收了钱"
    card = HouseholdCard.objects.get()
    assert "13900000000" in open_given(card.pk, card.given_sealed)
    event = GridEvent.objects.get()
    assert open_contact(event.pk, event.contact_sealed) == PHONE
    assert phone_key() == of_the_phone
    person, reporter, party = Petitioner.objects.get(), Reporter.objects.get(), ReportedParty.objects.get()
    draft, correction = Draft.objects.get(), Correction.objects.get()
    assert open_field("petitioner", person.pk, "id_number", person.id_number_sealed) == NUMBER
    assert open_field("petitioner", person.pk, "phone", person.phone_sealed) == PHONE
    assert open_reporter_field(reporter.pk, "id_number", reporter.id_number_sealed) == NUMBER
    assert open_reporter_field(party.pk, "reported_name", party.name_sealed) == "某某"
    assert open_field("draft", draft.pk, "content", draft.content_sealed) == '{"title": ["\\u529e\\u8bc1"]}'
    assert (
        open_field("correction", correction.petition_id, "title", correction.before_sealed)
        == "永宁花园购房多年未办证"
    )
    report = reporter.petition
    row = ImportedRow.objects.get(petition=report)
    assert open_reporter_field(report.pk, "others", row.others_sealed) == '{"备注": "家住东街"}'
    assert others_of(person.petition) == {"备注": "家住东街"}
    totp, codes = Authenticator.objects.order_by("pk")
    assert Adapter().decrypt(totp.data["secret"]) == "SECRET"
    assert (Adapter().decrypt(codes.data["seed"]), codes.data["used_mask"]) == ("SEED", 3)


def test_a_person_is_found_by_the_index_of_the_new_key(settings, capsys):
    a_world()
    put_in_front(settings)

    rotate(capsys)

    found = Petitioner.objects.get(id_number_index=id_number_index(NUMBER), phone_index=phone_index(PHONE))
    assert found.id_number_index.startswith("new:")


def test_an_index_key_alone_is_changed_alone(settings, capsys):
    a_world()
    settings.BLIND_INDEX_KEYS = {"new": NEW, "old": OLD}

    rotate(capsys)

    person = Petitioner.objects.get()
    assert person.phone_index == phone_index(PHONE)
    assert key_id_of(bytes(person.phone_sealed)) == "old"


def test_another_cipher_is_a_change_as_another_key_is(settings, capsys):
    a_world()
    settings.CIPHER = "sm4"

    rotate(capsys)

    assert set(remaining().values()) == {0}
    person = Petitioner.objects.get()
    assert bytes(person.phone_sealed)[1] == 2
    assert open_field("petitioner", person.pk, "phone", person.phone_sealed) == PHONE


def test_q44_a_rotation_broken_off_is_carried_on_where_it_stopped(settings, capsys):
    for _ in range(5):
        a_petition()
    put_in_front(settings)

    said = rotate(capsys, batch=2, most=3)
    halfway = remaining()["cases.Petitioner"]
    readable = {
        open_field("petitioner", row.pk, "phone", row.phone_sealed) for row in Petitioner.objects.all()
    }
    rotate(capsys, batch=2)

    assert "cases.Petitioner: 3 rows rewritten, 2 remain" in said
    assert "2 rows remain under an older key: run it again." in said
    assert halfway == 2
    assert readable == {PHONE}
    assert remaining()["cases.Petitioner"] == 0


def test_a_second_run_writes_nothing(settings, capsys):
    a_world()
    put_in_front(settings)
    rotate(capsys)
    entries = Entry.objects.count()

    rotate(capsys)

    assert Entry.objects.count() == entries


def test_the_audit_says_how_many_rows_of_which_table(settings, capsys):
    a_petition()
    put_in_front(settings)

    rotate(capsys)

    entry = Entry.objects.get(verb="keys.rotate")
    assert entry.actor_words == "manage.py rotate_keys"
    assert entry.facts == {"table": "cases.Petitioner", "rows": 1}


def test_a_key_taken_away_too_early_is_said_in_plain_words_and_changes_nothing(settings):
    a_petition()
    before = bytes(Petitioner.objects.get().phone_sealed)
    take_away_the_old_key(settings)

    with pytest.raises(CommandError, match=r"cases\.Petitioner cannot be opened"):
        call_command("rotate_keys")

    assert bytes(Petitioner.objects.get().phone_sealed) == before


def test_query_codes_of_an_older_key_are_counted_and_left(settings, capsys):
    settings.QUERY_CODE_KEYS = {"old": OLD}
    a_petition()
    settings.QUERY_CODE_KEYS = {"new": NEW, "old": OLD}

    assert "1 query codes in use are of an older key" in rotate(capsys)


def test_no_sealed_column_of_the_house_is_forgotten():
    """Everything called `…_sealed` that holds bytes belongs to a table that the command knows."""
    sealed = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and field.name.endswith("_sealed")
    }
    assert sealed <= {table.model for table in TABLES}


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_a_row_that_a_deed_holds_is_passed_over_and_left_for_later(settings):
    held = a_petition().people.get()
    a_petition()
    put_in_front(settings)

    def rotate_in_a_connection_of_its_own() -> None:
        try:
            call_command("rotate_keys", stdout=StringIO())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Petitioner.objects.select_for_update().get(pk=held.pk)
        pool.submit(rotate_in_a_connection_of_its_own).result(timeout=30)
        left = list(next(table for table in TABLES if table.model is Petitioner).stale())

    assert left == [held]
