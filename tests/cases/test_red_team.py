"""The head of the reported unit looks for a petition that was sealed against it, by every means he has (Q1, Q6; P-5).

What was there before the sealing is gone after it: each address answers to the byte what it answers for a key that
never was, at the cost of the same queries, and his lists are those of a world without the petition.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import connection, reset_queries
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.hats import Hat
from accounts.roles import Role
from audit.models import Entry
from cases.actions.attachments import add_to_petition
from cases.actions.dossiers import ask_dossier
from cases.actions.notes import note_safety, take_original
from cases.actions.sealing import seal, unseal
from cases.actions.urging import urge
from cases.deeds import DEEDS
from cases.intake import FromAbove, Reported
from cases.models import ExportPurpose, Petition, PetitionDocument
from cases.models.notes import SafetyKind
from cases.states import AttachmentKind, Purpose, ReportedKind, Source
from infra.files import Checked
from lib.errors import Refused
from notices.models import Notice
from tests.cases.browsers import Browser
from tests.cases.given import a_petition
from tests.cases.handling import given
from tests.cases.handling.doors import DEED_OF, WITH_A_FILE, a_file, body_of
from tests.cases.handling.given import Case, Unit, a_unit
from tests.cases.handling.table import at_these_doors
from tests.cases.test_api import a_program, a_submission
from tests.cases.test_neighbours import DRAWN_ANEW as NONCE_OR_TOKEN
from tests.cases.test_neighbours import FIELDS, addresses_of_a_petition
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

DRAWN_ANEW = re.compile(NONCE_OR_TOKEN.pattern + rb'|"X-CSRFToken": "[^"]*"')
# What no answer repeats: the number of the request, and the session's own cookies.
OF_THE_REQUEST = {"X-Request-ID", "X-Correlation-ID", "Date"}
STEPS = {DEED_OF.get(row.step, row.step): row.step for row in at_these_doors()}
# Everything the head may open that could show, count or be ordered by petitions.
LISTS = [
    "/",
    *(
        f"/petitions/?view={view}"
        for view in (
            "open",
            "to_route",
            "to_sign_for",
            "due_soon",
            "overdue",
            "collective",
            "from_above",
            "all",
        )
    ),
    "/petitions/?view=all&order=received",
    "/petitions/?view=all&lamp=green",
    "/petitions/?view=all&q=2026",
    "/search/?q=LS2026",
    "/search/?q=不动产",
    "/search/?q=不动产&order=deadline",
    "/search/?place=141102001",
    "/api/v1/search/?q=不动产",
    "/petitions/route-next/",
    "/drafts/",
    "/notices/",
    "/account/",
    "/colleagues/",
]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


@pytest.fixture
def unit() -> Unit:
    return a_unit("ZJ")


def a_case_with_everything(unit: Unit) -> tuple[Case, dict[str, Any]]:
    """Make a petition the unit leads, with papers, files, notes, helpers and an extension asked for."""
    case = given.drafted(given.investigated(given.accepted(given.received(given.registered(unit=unit)))))
    office = case.office.officer
    given.notified(case)
    given.ask_help(case, a_unit("GH"))
    given.ask_extension(case)
    scan = Checked("来信.pdf", "application/pdf", ContentFile(b"%PDF-1.4").read())
    attachment = add_to_petition(case.pk, file=scan, kind=AttachmentKind.SCAN, by=office, now=MONDAY)
    note = note_safety(
        case.pk, kind=SafetyKind.MEDICAL, observed_fact="x", action_taken="y", by=office, now=MONDAY
    )
    original = take_original(case.pk, what="合同", sheets=1, by=office, now=MONDAY)
    dossier = ask_dossier(case.pk, purpose=ExportPurpose.OWN_WORK, by=office, now=MONDAY)
    (urging,) = urge(case.pk, reason="请报进展", by=office, now=MONDAY)
    paper = PetitionDocument.objects.filter(petition=case.pk).exclude(document__file=None).first()
    assert paper is not None
    ids = {
        "person_id": case.petition.people.get().pk,
        "attachment_id": attachment.pk,
        "note_id": note.pk,
        "original_id": original.pk,
        "post_id": office.post.pk,
        "field": "title",
        "document_id": paper.document_id,
        "dossier_id": dossier.pk,
        "urging_id": urging.pk,
    }
    return case, ids


def seal_against(case: Case) -> None:
    """Seal it: its unit is the one reported."""
    a_hat(Role.SEALED_LANE_OFFICER)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=case.unit.organ.pk)]
    seal(case.pk, reason="反映该局领导", reported=reported, by=case.office.officer, now=MONDAY)


def plausible(case: Case) -> dict[str, dict[str, str]]:
    """Return for each deed of the table what a person would send, every id of it the petition's own."""
    known = {name: body_of(step, case) for name, step in STEPS.items()}
    return {deed.slug: {**FIELDS, **known.get(deed.name, {})} for deed in DEEDS.values()}


Answer = tuple[object, ...]


def said(ask: Any, *key: UUID) -> Answer:
    """Return everything one answer gives away: status, headers, length, body and how many queries it took.

    The address asked for stands in no answer but as the same length.
    """
    # Django keeps 9,000 of them, and counts wrong beyond
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        answer: HttpResponse = ask()
    headers = {name: value for name, value in answer.items() if name not in OF_THE_REQUEST}
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    plain = DRAWN_ANEW.sub(b"", body)
    for each in key:
        plain = plain.replace(str(each).encode(), b"<key>")
        headers = {name: str(value).replace(str(each), "<key>") for name, value in headers.items()}
    return answer.status_code, tuple(sorted(headers.items())), len(body), plain, len(queries)


def everything_asked(
    browser: Browser, program: Client, key: UUID, ids: Mapping[str, Any], bodies: Mapping[str, dict[str, str]]
) -> dict[str, Answer]:
    """Return what each address answers to each method, deeds with plausible fields."""
    answers = {}
    for name, parameter, parts in addresses_of_a_petition(ids):
        url = reverse(name, kwargs={parameter: key, **parts})
        slug = str(parts.get("slug", "")) or name.removeprefix("api:petition-")
        body = bodies.get(slug, FIELDS)
        by_program = name.startswith("api:")
        client = program if by_program else browser
        for method in ("get", "head", "options", "put", "delete"):
            ask = getattr(client, method)
            answers[f"{method} {name} {slug}"] = said(lambda ask=ask, url=url: ask(url, follow=True), key)
        if by_program:
            send = {**body, "person": str(ids["person_id"]), "field": "phone"}
            answers[f"post {name} {slug}"] = said(
                lambda url=url, send=send: program.post(url, send, content_type="application/json"), key
            )
        else:
            answers[f"post {name} {slug}"] = said(
                lambda url=url, body=body, slug=slug: browser.post(url, _form(browser, body, slug)), key
            )
    return answers


def _form(browser: Browser, body: dict[str, str], slug: str) -> dict[str, object]:
    brings = {DEEDS[name].slug for name in WITH_A_FILE}
    files = {"upload": a_file()} if slug in brings else {}
    return {"hat": browser.hat.key, **body, **files}


def lists_of(browser: Browser, program: Client) -> dict[str, Answer]:
    """Return every list the hat has, as it is drawn."""
    pages = {url: browser.get(url, follow=True) for url in LISTS}
    pages["a program's list"] = program.get("/api/v1/petitions/")
    return {url: (page.status_code, DRAWN_ANEW.sub(b"", page.content)) for url, page in pages.items()}


def telling(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> dict[str, list[str]]:
    """Return where two rounds of answers differ, each with the first place that tells them apart."""
    return {name: _apart(before[name], answer) for name, answer in after.items() if answer != before[name]}


def _apart(one: Answer, other: Answer) -> list[str]:
    words = []
    for left, right in zip(one, other, strict=True):
        if isinstance(left, bytes) and isinstance(right, bytes):
            same = next(
                (at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), 0
            )
            left, right = left[max(0, same - 40) : same + 80], right[max(0, same - 40) : same + 80]
        if left != right:
            words.append(f"{left!r} is not {right!r}")
    return words


@pytest.mark.parametrize("who", ["head", "officer"])
def test_q1_q6_a_sealed_petition_answers_its_reported_unit_like_a_key_that_never_was(who, unit, sign_in):
    case, ids = a_case_with_everything(unit)
    bodies = plausible(case)
    browser, program = sign_in(getattr(unit, who)), a_program(getattr(unit, who))
    seen_before = browser.get(reverse("cases:petition", args=[case.pk])).status_code
    seal_against(case)
    entries, version = Entry.objects.count(), case.now.version
    nobody = uuid4()
    browser.get(reverse("cases:petition", args=[nobody]))

    of_it = everything_asked(browser, program, case.pk, ids, bodies)
    of_none = everything_asked(browser, program, nobody, ids, bodies)

    assert seen_before == 200
    assert telling(of_none, of_it) == {}
    # a program may always ask which methods an address knows
    refused = [answer for name, answer in of_it.items() if not name.startswith("options api:")]
    assert {answer[0] for answer in refused} <= {403, 404, 405}
    assert (Entry.objects.count(), case.now.version) == (entries, version)


def test_q1_no_part_of_a_sealed_petition_answers_behind_another_address(unit, sign_in):
    """Its files, papers, persons and handlings are asked for on a petition that the head does see."""
    case, ids = a_case_with_everything(unit)
    twin = given.received(given.registered(unit=unit, office=case.office))
    bodies = plausible(case)
    browser, program = sign_in(unit.head), a_program(unit.head)
    seal_against(case)
    asked_of_the_twin = {"handling", "document", "co_handling", "route", "person"}
    never = {
        slug: {
            name: ("987654321" if value.isdecimal() else str(uuid4())) if name in asked_of_the_twin else value
            for name, value in body.items()
        }
        for slug, body in bodies.items()
    }
    no_ids = {name: value if name in {"field", "post_id"} else uuid4() for name, value in ids.items()}
    no_ids |= {name: 987654321 for name in ("note_id", "original_id") if isinstance(ids[name], int)}
    told = {}

    for deed in DEEDS.values():
        given_ids = asked_of_the_twin & bodies[deed.slug].keys()
        if not given_ids or deed.name not in STEPS:
            continue
        url = reverse("cases:deed", args=[twin.pk, deed.slug])
        answers = [
            _without_ids(browser.post(url, _form(browser, body[deed.slug], deed.slug)), body[deed.slug])
            for body in (bodies, never)
        ]
        if answers[0] != answers[1]:
            told[deed.slug] = _apart(*answers)
    for name, parameter, parts in addresses_of_a_petition(ids):
        if parts.keys() & {"person_id", "attachment_id", "document_id"}:
            client = program if name.startswith("api:") else browser
            one, other = (
                [
                    said(lambda url=url, ask=ask: ask(url), *of.values())
                    for ask in (client.get, client.post)
                    for url in [
                        reverse(name, kwargs={parameter: twin.pk, **{part: of[part] for part in parts}})
                    ]
                ]
                for of in (_keys(ids), _keys(no_ids))
            )
            if one != other:
                told[name] = [words for pair in zip(one, other, strict=True) for words in _apart(*pair)]
    behind_the_case_page = [
        said(lambda key=key: browser.get(reverse("cases:petition", args=[key])), key)
        for key in (case.handling_id, ids["document_id"], ids["attachment_id"], ids["person_id"], uuid4())
    ]

    assert told == {}
    assert len(set(behind_the_case_page)) == 1


def _keys(ids: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in ids.items() if name in {"person_id", "attachment_id", "document_id"}
    }


def _without_ids(answer: HttpResponse, body: Mapping[str, str]) -> tuple[int, bytes]:
    """Return an answer without the ids that were typed and are drawn again as they were."""
    plain = DRAWN_ANEW.sub(b"", answer.content)
    for name in ("handling", "document", "co_handling", "route", "person"):
        typed = body.get(name, "")
        if len(typed) > 8:
            plain = plain.replace(typed.encode(), b"<id>").replace(typed[-8:].encode(), b"<id>")
    return answer.status_code, re.sub(rb"<!--.*?-->", b"", plain)


@pytest.mark.parametrize("who", ["head", "officer"])
def test_q1_after_the_sealing_the_units_lists_counts_and_badge_are_those_of_a_world_without_it(
    who, unit, sign_in
):
    office = given.the_office()
    given.routed(given.registered(unit=unit, office=office))
    # the organs there are stand in every filter, whatever they do
    a_unit("GH")
    browser, program = sign_in(getattr(unit, who)), a_program(getattr(unit, who))
    without = lists_of(browser, program)

    case, _ids = a_case_with_everything(unit)
    objected = given.objected(given.received(given.registered(unit=unit, office=office)))
    delivered = given.routed(given.registered(unit=unit, office=office))
    with_it = lists_of(browser, program)
    for each in (case, objected, delivered):
        seal_against(each)
    after = lists_of(browser, program)

    assert telling(without, after) == {}
    assert with_it["/"] != without["/"]
    assert with_it["/notices/"] != without["/notices/"]
    assert Notice.objects.standing().filter(post__organ=unit.organ, subject_id=str(case.pk)).count() == 0


@pytest.mark.parametrize("who", ["head", "officer"])
def test_q1_a_report_registered_in_the_lane_changes_no_list_of_the_reported_unit_and_leaves_no_gap(
    who, unit, sign_in
):
    a_hat(Role.SEALED_LANE_OFFICER)
    office = given.the_office()
    first = given.routed(given.registered(unit=unit, office=office))
    browser, program = sign_in(getattr(unit, who)), a_program(getattr(unit, who))
    without = lists_of(browser, program)

    a_petition(
        office.officer,
        purpose=Purpose.REPORT_ACCUSATION,
        reported=(Reported(kind=ReportedKind.UNIT, organ_id=unit.organ.pk),),
    )
    after = lists_of(browser, program)
    following = given.routed(given.registered(unit=unit, office=office))

    assert telling(without, after) == {}
    assert int(following.petition.number[-5:]) == int(first.petition.number[-5:]) + 1


def test_q1_no_page_that_shows_a_petition_is_kept_by_the_browser(unit, sign_in):
    case, ids = a_case_with_everything(unit)
    browser, program = sign_in(unit.head), a_program(unit.head)
    pages = {url: browser.get(url) for url in LISTS if url.startswith(("/petitions/?", "/notices/"))}
    pages["/"] = browser.get("/")
    pages["case"] = browser.get(reverse("cases:petition", args=[case.pk]))
    pages["paper"] = browser.get(reverse("cases:paper", args=[case.pk, ids["document_id"]]))
    pages["file"] = browser.get(reverse("cases:file", args=[case.pk, ids["attachment_id"]]))
    pages["refused deed"] = browser.send("cases:deed", case.pk, DEEDS["note_progress"].slug)
    pages["program's list"] = program.get("/api/v1/petitions/")
    pages["program's petition"] = program.get(f"/api/v1/petitions/{case.pk}/")

    assert {name for name, page in pages.items() if page.status_code not in {200, 422}} == set()
    assert {name for name, page in pages.items() if "no-store" not in page.get("Cache-Control", "")} == set()
    assert {name for name, page in pages.items() if page.get("ETag") or page.get("Last-Modified")} == set()


ABOVE = {
    "source": Source.TRANSFERRED_FROM_SUPERIOR,
    "from_above": FromAbove("山西省信访局", "SX-2026-9", MONDAY.date(), None),
}


def test_q21_q1_a_superiors_number_answers_the_same_whether_it_stands_in_the_lane_or_nowhere():
    a_hat(Role.SEALED_LANE_OFFICER)
    office = given.the_office()
    of_lane = given.registered(office=office, **ABOVE)
    seal_against(of_lane)
    report = {
        "purpose": Purpose.REPORT_ACCUSATION,
        "reported": (Reported(kind=ReportedKind.UNIT, organ_id=of_lane.unit.organ.pk),),
    }

    in_the_open = a_petition(office.officer, now=MONDAY, **ABOVE)
    in_the_lane = a_petition(office.officer, now=MONDAY, **ABOVE, **report)

    assert (in_the_open.sealed, in_the_lane.sealed) == (False, True)
    assert Petition.objects.filter(superior_number="SX-2026-9").count() == 3


def test_q21_q1_a_second_petition_under_a_superiors_number_is_sealed_like_the_first():
    office = given.the_office()
    first = given.registered(office=office, **ABOVE)
    seal_against(first)
    second = given.registered(office=office, unit=first.unit, **ABOVE)

    seal_against(second)

    assert second.now.sealed


def test_q21_what_is_unsealed_beside_an_open_petition_of_its_superiors_number_is_refused_in_words():
    lane = a_hat(Role.SEALED_LANE_OFFICER)
    office = given.the_office()
    first = given.registered(office=office, **ABOVE)
    seal_against(first)
    given.registered(office=office, unit=first.unit, **ABOVE)

    with pytest.raises(Refused, match=r"SX-2026-9|上级"):
        unseal(first.pk, reason="不是举报", by=lane, now=MONDAY)

    assert first.now.sealed


def test_q6_a_form_sent_again_answers_its_sender_as_before_the_sealing(unit, monday):
    """The key of a submission is its sender's own: sent twice it gives the same number, sealed meanwhile or not."""
    township = given.a_township()
    clerk: Hat = a_hat(Role.REGISTRAR, organ=township.organ)
    program, stranger = a_program(clerk), a_program(a_hat(Role.REGISTRAR, organ=township.organ))
    body = a_submission(place="141102001001")
    program.post("/api/v1/petitions/", body, content_type="application/json")

    def again(client: Client) -> tuple[object, ...]:
        return said(lambda: client.post("/api/v1/petitions/", body, content_type="application/json"))

    before = [again(client) for client in (program, stranger)]
    petition = Petition.objects.get(submission_id=body["submission_id"])
    a_hat(Role.SEALED_LANE_OFFICER)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=township.organ.pk)]
    seal(petition.pk, reason="反映干部", reported=reported, by=a_hat(Role.PETITION_OFFICER), now=MONDAY)

    assert [again(client) for client in (program, stranger)] == before
    assert Petition.objects.count() == 1


def test_q1_a_notice_taken_back_is_read_like_one_that_never_was(unit, sign_in):
    case, _ids = a_case_with_everything(unit)
    mine = Notice.objects.filter(post=unit.head.post, subject_id=str(case.pk)).first()
    assert mine is not None
    browser = sign_in(unit.head)
    seal_against(case)

    answers = [
        said(lambda key=key: browser.send("notices:mark_read", shown=key)) for key in (mine.pk, 987654321)
    ]

    assert answers[0] == answers[1]
    assert Notice.objects.get(pk=mine.pk).read_at is None


def test_q1_no_form_or_offer_of_another_petition_names_a_sealed_one(unit, sign_in):
    """An entry that was to stay beside another one is sealed: the other's page, audit and choice forget it."""
    case, _ids = a_case_with_everything(unit)
    number = case.petition.number
    browser = sign_in(unit.head)
    seal_against(case)
    twin = given.received(given.registered(unit=unit, office=case.office))

    asked = {
        key: said(lambda key=key: browser.open("cases:enquire", query={"number": key}))
        for key in (number, number[:-5] + "99999")
    }

    bodies = {re.sub(key.encode(), b"<number>", answer[3]) for key, answer in asked.items()}
    assert ({answer[0] for answer in asked.values()}, len(bodies)) == ({404}, 1)
    assert number not in browser.open("cases:petition", twin.pk).content.decode()
