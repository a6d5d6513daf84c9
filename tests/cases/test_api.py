"""Programs come in by the same deeds: what one hat sees, refusals in JSON, and a schema that tells the truth."""

from datetime import timedelta
from uuid import uuid4

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from accounts.actions.tokens import make_token
from accounts.hats import Hat
from accounts.roles import Role
from audit.models import Entry
from cases.deeds import DEEDS
from cases.models import Petition, QueryCode
from cases.states import Purpose
from config.wsgi import application
from lib.codes import code_digest
from tests.cases.browsers import Browser
from tests.cases.given import a_category, a_petition, a_village
from tests.given import MONDAY, a_hat, a_user, an_organ

pytestmark = pytest.mark.django_db

LIST = "/api/v1/petitions/"


def a_key(hat: Hat, *, may_write: bool = True) -> str:
    """Return the key of a program that acts from this hat's post."""
    keeper = a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user("安全员"))
    made = make_token(hat.post.pk, label="对接", may_write=may_write, days=30, by=keeper, now=timezone.now())
    return made.key


def a_program(hat: Hat, **facts: bool) -> Client:
    return Client(headers={"Authorization": f"Token {a_key(hat, **facts)}"})


def a_submission(**facts: object) -> dict[str, object]:
    return {
        "submission_id": str(uuid4()),
        "channel": "web",
        "purpose": "request",
        "title": "永宁花园购房多年未办证",
        "text": "  2013 年买的房。\n",
        "received_at": "2026-03-02T09:30:00+08:00",
        "place": a_village().code,
        "content_category": a_category().code,
        "people": [{"name": "张大强", "phone": "13800001234"}],
        **facts,
    }


def post(program: Client, url: str, body: object):
    return program.post(url, body, content_type="application/json")


def detail(petition_id: object) -> str:
    return f"{LIST}{petition_id}/"


def test_a_program_reads_what_its_post_sees_and_nothing_in_clear(monday):
    program = a_program(a_hat(Role.PETITION_OFFICER))
    petition = a_petition(title="张大强要求办证", claims=("办证",))

    listed = program.get(LIST).json()["results"]
    one = program.get(detail(petition.pk)).json()

    assert [row["number"] for row in listed] == [petition.number]
    assert one["claims"] == ["办证"]
    assert {clock["code"] for clock in one["clocks"]} == {"T1", "T1a"}
    assert one["people"][0]["phone"] == "138****1234"
    assert "张大强" not in str(listed) + str(one)


def test_a_program_of_another_unit_sees_nothing(monday):
    program = a_program(a_hat(Role.CASE_OFFICER, organ=an_organ()))
    petition = a_petition()

    hidden, none = (program.get(detail(key)) for key in (petition.pk, uuid4()))

    assert program.get(LIST).json()["results"] == []
    assert (hidden.status_code, hidden.json()["code"]) == (404, "unknown")
    assert hidden.content == none.content


def test_a_submission_is_registered_once_and_gives_its_code_once(monday):
    program, body = a_program(a_hat(Role.REGISTRAR)), a_submission()

    first, again = post(program, LIST, body), post(program, LIST, body)

    petition = Petition.objects.get()
    assert first.status_code == again.status_code == 201
    assert first.json()["number"] == again.json()["number"] == petition.number
    assert again.json()["query_code"] is None
    kept = QueryCode.objects.get().digest
    assert kept == code_digest(first.json()["query_code"], keys=django_settings.QUERY_CODE_KEYS)
    assert petition.words.text == "  2013 年买的房。\n"


def test_q1_a_report_is_not_taken_from_a_program(monday):
    program = a_program(a_hat(Role.REGISTRAR))

    answer = post(program, LIST, a_submission(purpose=Purpose.REPORT_ACCUSATION))

    assert answer.status_code == 400
    assert (answer.json()["code"], set(answer.json()["fields"])) == ("invalid", {"purpose"})
    assert not Petition.objects.exists()


def test_a_refusal_of_the_deed_names_its_fields(monday):
    program = a_program(a_hat(Role.REGISTRAR))
    long_ago = (MONDAY - timedelta(days=20)).isoformat()

    answer = post(program, LIST, a_submission(received_at=long_ago))

    assert (answer.status_code, answer.json()["code"]) == (400, "refused")
    assert set(answer.json()["fields"]) == {"backdating_evidence"}
    assert answer.json()["detail"]
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"people": []}, {"people"}),
        ({"text": "前\x00后"}, {"text"}),
        ({"place": "999"}, {"place"}),
        ({"source": "assigned_from_superior"}, {"from_above"}),
        ({"received_at": "9999-12-31T23:59:59+00:00"}, {"received_at"}),
        ({"people": [{"name": ""}]}, {"people"}),
    ],
)
def test_what_cannot_be_registered_says_which_field(monday, wrong, fields):
    program = a_program(a_hat(Role.REGISTRAR))

    answer = post(program, LIST, a_submission(**wrong))

    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "detail", "fields"}
    assert set(answer.json()["fields"]) == fields
    assert not Petition.objects.exists()


def test_a_program_that_only_reads_registers_nothing(monday):
    program = a_program(a_hat(Role.REGISTRAR), may_write=False)

    answer = post(program, LIST, a_submission())

    assert (answer.status_code, set(answer.json())) == (403, {"code", "detail"})
    assert not Petition.objects.exists()


def test_a_post_that_does_not_register_registers_nothing_by_program_either(monday):
    answer = post(a_program(a_hat(Role.INSPECTOR)), LIST, a_submission())

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert not Petition.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Token nothing"}, {"Authorization": "Token"}])
def test_nobody_without_a_key_comes_in(monday, headers):
    answer = Client(headers=headers).get(LIST)

    assert (answer.status_code, set(answer.json())) == (401, {"code", "detail"})


def test_p_10_a_look_by_a_program_is_written_down(monday):
    program = a_program(a_hat(Role.PETITION_OFFICER))
    petition = a_petition()
    person = petition.people.get()

    shown = post(program, f"{detail(petition.pk)}reveal/", {"person": str(person.pk), "field": "phone"})

    assert shown.json() == {"field": "phone", "value": "13800001234"}
    assert Entry.objects.about(petition).get(verb="petition.reveal").facts["field"] == "phone"


def test_p_10_a_reader_s_program_opens_no_field(monday):
    program = a_program(a_hat(Role.INSPECTOR))
    petition = a_petition()
    body = {"person": str(petition.people.get().pk), "field": "phone"}

    answer = post(program, f"{detail(petition.pk)}reveal/", body)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert not Entry.objects.filter(verb="petition.reveal").exists()


def test_a_program_issues_a_code_anew(monday):
    program = a_program(a_hat(Role.PETITION_OFFICER))
    petition = a_petition()

    answer = post(program, f"{detail(petition.pk)}query-code/", {})

    assert len(answer.json()["query_code"]) == 14
    assert QueryCode.objects.filter(petition=petition).count() == 2


def test_a_signed_in_browser_reads_and_writes_under_its_hat(sign_in):
    browser = sign_in(a_hat(Role.REGISTRAR))

    registered = browser.post(
        LIST, a_submission(), content_type="application/json", headers={"X-Hat": browser.hat.key}
    )
    listed = browser.get(LIST)
    other_hat = browser.post(
        LIST, a_submission(), content_type="application/json", headers={"X-Hat": str(a_hat().post.pk)}
    )

    assert (registered.status_code, listed.status_code) == (201, 200)
    assert (other_hat.status_code, other_hat.json()["code"]) == (409, "wrong_hat")
    assert Petition.objects.count() == 1


def test_a_browsers_write_without_its_csrf_token_is_refused(monday):
    hat = a_hat(Role.REGISTRAR)
    browser = Browser(hat, enforce_csrf_checks=True)

    answer = browser.post(LIST, a_submission(), content_type="application/json")

    assert answer.status_code == 403
    assert not Petition.objects.exists()


def test_pages_of_the_list_are_walked_by_their_cursor(monday):
    program, registrar = a_program(a_hat(Role.PETITION_OFFICER)), a_hat(Role.REGISTRAR)
    for _number in range(52):
        a_petition(registrar)

    first = program.get(LIST).json()
    second = program.get(first["next"]).json()

    assert (len(first["results"]), len(second["results"])) == (50, 2)
    assert second["next"] is None


# The deeds of the case page


def test_a_program_notes_an_enquiry_as_the_page_does(monday):
    petition = a_petition()
    body = {"verified_by": "query_code", "told": "已告知去向", "by_phone": True}

    answer = post(a_program(a_hat(Role.PETITION_OFFICER)), f"{detail(petition.pk)}enquiry/", body)

    assert (answer.status_code, answer.json()["number"]) == (200, petition.number)
    note = petition.enquiries.get()
    assert (note.told, note.by_phone) == ("已告知去向", True)


def test_what_the_page_s_form_refuses_a_program_is_refused_too(monday):
    petition = a_petition()

    answer = post(a_program(a_hat(Role.PETITION_OFFICER)), f"{detail(petition.pk)}enquiry/", {"told": ""})

    assert (answer.status_code, answer.json()["code"]) == (400, "refused")
    assert set(answer.json()["fields"]) == {"verified_by", "told"}
    assert not petition.enquiries.exists()


def test_what_is_no_set_of_named_values_is_refused(monday):
    petition = a_petition()

    answer = post(a_program(a_hat(Role.PETITION_OFFICER)), f"{detail(petition.pk)}enquiry/", ["told"])

    assert (answer.status_code, answer.json()["code"]) == (400, "refused")


def test_q_1_a_program_that_seals_sees_the_petition_no_more(monday):
    a_hat(Role.SEALED_LANE_OFFICER)
    petition, program = a_petition(), a_program(a_hat(Role.PETITION_OFFICER))
    body = {"reason": "反映干部", "reported_kind": "person", "reported_name": "某某"}

    answer = post(program, f"{detail(petition.pk)}seal/", body)

    petition.refresh_from_db()
    assert (answer.status_code, petition.sealed) == (204, True)
    assert program.get(detail(petition.pk)).status_code == 404


def test_the_lane_s_deeds_are_none_of_a_program_s(monday):
    petition = a_petition()

    answer = post(a_program(a_hat(Role.PETITION_OFFICER)), f"{detail(petition.pk)}unseal/", {"reason": "误"})

    assert answer.status_code == 404


def test_a_neighbour_s_program_does_no_deed_on_what_it_may_not_know_of(monday):
    petition, neighbour = a_petition(), a_program(a_hat(Role.CASE_OFFICER, organ=an_organ("别的单位")))

    for deed in DEEDS.values():
        answer = post(neighbour, f"{detail(petition.pk)}{deed.slug}/", {"reason": "看看"})
        assert answer.status_code == 404, deed.name

    assert not Entry.objects.about(petition).exclude(verb="petition.register").exists()


def test_q_18_a_program_corrects_a_field_with_its_reason_and_the_version_it_saw(monday):
    petition, program = a_petition(), a_program(a_hat(Role.PETITION_OFFICER))
    body = {"value": "改正后的标题", "reason": "写错", "seen_version": petition.version}

    stale = post(program, f"{detail(petition.pk)}corrections/title/", {**body, "seen_version": 0})
    answer = post(program, f"{detail(petition.pk)}corrections/title/", body)
    unknown = post(program, f"{detail(petition.pk)}corrections/number/", body)

    petition.words.refresh_from_db()
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert (answer.status_code, petition.words.title) == (200, "改正后的标题")
    assert unknown.status_code == 404


def test_a_program_saves_a_file_and_who_took_it_is_written_down(monday):
    petition, program = a_petition(), a_program(a_hat(Role.PETITION_OFFICER))
    upload = SimpleUploadedFile("来信.pdf", b"%PDF-1.4\n%%EOF\n")

    added = program.post(f"{detail(petition.pk)}attach/", {"kind": "scan", "upload": upload})
    assert added.status_code == 200, added.content
    attachment = petition.attachments.get()
    saved = program.get(f"{detail(petition.pk)}files/{attachment.pk}/")

    assert (added.status_code, saved.status_code) == (200, 200)
    assert b"".join(saved.streaming_content)
    assert Entry.objects.about(petition).filter(verb="petition.fetch_file").count() == 1


# The schema


def test_the_schema_is_served_to_programs(monday):
    schema = a_program(a_hat(Role.PETITION_OFFICER)).get(
        reverse("api:schema"), headers={"Accept": "application/json"}
    )

    assert schema.status_code == 200
    assert LIST in schema.json()["paths"]


def test_the_schema_names_every_address_and_every_shape_once():
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)

    assert not GENERATOR_STATS._error_cache
    named = [deed["operationId"] for address in schema["paths"].values() for deed in address.values()]
    assert len(named) == len(set(named)) > 300


OPERATIONS = {
    "GET /api/v1/petitions/",
    "POST /api/v1/petitions/",
    "GET /api/v1/petitions/{id}/",
    "POST /api/v1/petitions/{id}/reveal/",
    "POST /api/v1/petitions/{id}/query-code/",
    "GET /api/v1/petitions/{id}/files/{attachment_id}/",
    "POST /api/v1/petitions/{id}/corrections/{field}/",
    *(f"POST /api/v1/petitions/{{id}}/{deed.slug}/" for deed in DEEDS.values() if not deed.lane_only),
}
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]


def the_schema(key: str) -> OpenApiSchema:
    headers = {"Authorization": f"Token {key}", "Accept": "application/json"}
    schema = schemathesis.openapi.from_dict(Client(headers=headers).get(reverse("api:schema")).json())
    schema.app = application
    return schema


def test_the_schema_knows_every_address_of_the_programs(monday):
    schema = the_schema(a_key(a_hat(Role.REGISTRAR)))

    assert {operation.ok().label for operation in schema.get_all_operations()} >= OPERATIONS


@pytest.mark.wide
@pytest.mark.django_db(transaction=True)  # the WSGI door closes the connection behind each request
@pytest.mark.parametrize(
    ("label", "mode"),
    [
        *((label, GenerationMode.POSITIVE) for label in sorted(OPERATIONS)),
        ("POST /api/v1/petitions/", GenerationMode.NEGATIVE),
        ("POST /api/v1/petitions/{id}/reveal/", GenerationMode.NEGATIVE),
    ],
)
def test_every_answer_is_as_the_schema_says(label, mode, monday):
    key, petition = a_key(a_hat(Role.REGISTRAR)), a_petition()
    method, path = label.split()
    operation = the_schema(key)[path][method]
    known = {"path_parameters": {"id": str(petition.pk)}} if "{id}" in path else {}

    @given(case=operation.as_strategy(mode, **known))
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(
            base_url="http://localhost", headers={"Authorization": f"Token {key}"}, checks=CHECKS
        )

    holds()
