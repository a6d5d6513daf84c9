"""A petitioner's name, identity number and telephone, posted through every deed, are found where they belong alone.

Not in a log, an address, the audit, the history, the cache or the broker (architecture §2, Logs; Q8).
"""

import logging
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import CharField
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.actions.tokens import make_token
from accounts.roles import Role
from cases.deed import Deed
from cases.handling_deeds import HANDLING_DEEDS
from cases.models import Attachment, Petition, SafetyNote
from cases.paper_deeds import PAPER_DEEDS
from tests.cases.browsers import Browser, rows, signed_in, typed
from tests.cases.conftest import monday  # noqa: F401 - a fixture
from tests.cases.given import a_category, a_village
from tests.given import MONDAY, a_hat, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

NAME = "标记尧舜禹"
ID_NUMBER = "110101198706054312"
TELEPHONE = "13987650123"
SAID = f"我叫{NAME}，身份证{ID_NUMBER}，电话{TELEPHONE}。\n\n　请办证。"
MARKER = re.compile(f"{NAME}|{ID_NUMBER}|{TELEPHONE}")
# Where each may be read in the database: words as they were written, and the name of a petitioner of the open lane.
WORDS = {"cases_petitiontext", "cases_claim"}
NOTES = {"cases_enquirynote", "cases_safetynote", "cases_conductincident", "cases_original"}
REASONS = {
    "cases_recusal",
    "cases_route",
    "cases_dataincident",
    "cases_correction",
    "cases_voidproposal",
    "cases_sealedmatter",
    "cases_sealedgrant",
}
BELONGS = {
    NAME: {*WORDS, *NOTES, *REASONS, "cases_petitioner", "cases_petition", "infra_storedfile"},
    ID_NUMBER: WORDS,
    TELEPHONE: WORDS,
}


class Written(logging.Handler):
    """Collects every log line as the product writes it, and what hangs on its record besides."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        configured = next(handler for handler in logging.getLogger().handlers if handler.formatter)
        self.setFormatter(configured.formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        extra = {name: value for name, value in vars(record).items() if name not in {"exc_info", "exc_text"}}
        self.lines.append(f"{self.format(record)} {extra}")


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Return the lines that are logged from here on, at every level."""
    root, collector = logging.getLogger(), Written()
    level = root.level
    root.addHandler(collector)
    root.setLevel(logging.DEBUG)
    yield collector.lines
    root.setLevel(level)
    root.removeHandler(collector)


def marked(**facts: object) -> dict[str, object]:
    """Return a form that carries the marker in every field a person's data may be typed into."""
    person = {"name": NAME, "phone": TELEPHONE, "id_number": ID_NUMBER, "address": f"{NAME}家"}
    return (
        typed()
        | rows("people", person)
        | rows("claims", {"wording": SAID})
        | {
            "title": f"{NAME}要求办证",
            "text": SAID,
            "summary": SAID,
            "place_detail": f"{NAME}家",
            "name_list": f"{NAME}二 {ID_NUMBER} {TELEPHONE}",
            "petitioner_count": "2",
        }
        | facts
    )


def through_the_form(browser: Browser) -> list[HttpResponse]:
    """Type, save, fail, grow, collide and register; then once more the same."""
    draft = uuid4()

    def press(button: str, **facts: object) -> HttpResponse:
        return browser.send("cases:draft", draft, do=button, **marked(**facts))

    photo = SimpleUploadedFile(f"{NAME}.exe", b"MZ" + b"\0" * 99)
    letter = SimpleUploadedFile(f"{NAME}.pdf", b"%PDF-1.4\n")
    return [
        browser.send("cases:autosave", draft, **marked()),
        browser.send("cases:autosave", draft, **marked(seen_version="0")),
        browser.send("cases:deadlines_preview", draft, **marked()),
        press("register", seen_version="1", content_category="", received_at="yesterday"),
        press("add_person", seen_version="2"),
        press("attach", seen_version="3", upload=photo, kind="photo"),
        press("attach", seen_version="4", upload=letter, kind="scan"),
        press("park", seen_version="1"),
        press("register", received_at="2026-02-20 09:00"),
        browser.open("cases:drafts"),
        press("register"),
        press("register"),
        browser.send("cases:autosave", draft, **marked()),
    ]


def on_the_case(browser: Browser, petition: Petition) -> list[HttpResponse]:
    """Look, correct, note, attach, shut away, print, propose and refuse."""
    person = petition.people.get(is_main=True)
    fields = ("name", "id_number", "phone", "address")
    letter = SimpleUploadedFile(f"{NAME}.pdf", b"%PDF-1.4\n")
    said = [
        browser.open("cases:petition", petition.pk),
        *(browser.send("cases:reveal", petition.pk, person.pk, field=field) for field in fields),
        *(
            browser.send("cases:correct", petition.pk, field, value=SAID[:20], reason=NAME, seen_version="1")
            for field in ("title", "title", "summary", "place_detail", "received_at", "channel")
        ),
        browser.send("cases:deed", petition.pk, "enquiry", verified_by="query_code", told=NAME),
        browser.send(
            "cases:deed", petition.pk, "safety-note", kind="medical", observed_fact=NAME, action_taken=NAME
        ),
        browser.send("cases:deed", petition.pk, "conduct", article="26.4", what_happened=NAME),
        browser.send("cases:deed", petition.pk, "take-original", what=f"{NAME}的合同", sheets="1"),
        browser.send("cases:deed", petition.pk, "attach", kind="scan", upload=letter),
        browser.send(
            "cases:deed", petition.pk, "propose-void", ground="double_entry", stays_number=NAME, reason=NAME
        ),
        browser.send("cases:deed", petition.pk, "propose-void", ground="test", stays_number="", reason=NAME),
        browser.send("cases:print_card", petition.pk),
        browser.send("cases:reissue_code", petition.pk),
        browser.send("cases:deed", petition.pk, "close-safety-note", note=str(SafetyNote.objects.get().pk)),
    ]
    attachment = Attachment.objects.filter(petition=petition).last()
    said.append(browser.open("cases:file", petition.pk, attachment.pk))
    said.append(
        browser.send("cases:deed", petition.pk, "quarantine", attachment=str(attachment.pk), reason=NAME)
    )
    return said


def on_its_way(browser: Browser, petition: Petition) -> list[HttpResponse]:
    """Route it, and try every other deed of its way, with the marker in every field that takes words."""
    way = [deed for deed in (*HANDLING_DEEDS, *PAPER_DEEDS) if deed.name != "route"]
    version = str(Petition.objects.get(pk=petition.pk).version)
    routed = browser.send(
        "cases:deed",
        petition.pk,
        "route",
        kind="guide",
        guided_to=NAME,
        told=NAME,
        reason=NAME,
        seen_version=version,
    )
    return [routed, *(browser.send("cases:deed", petition.pk, deed.slug, **_marked(deed)) for deed in way)]


def _marked(deed: Deed) -> dict[str, object]:
    typed_in = {name: NAME for name, field in deed.form.base_fields.items() if isinstance(field, CharField)}
    return {**typed_in, "handling": str(uuid4()), "document": str(uuid4()), "claim": "1"}


def through_the_lane(browser: Browser, lane: Browser, petition: Petition) -> list[HttpResponse]:
    """Seal what is open, register what is sealed, let somebody in, and try to unseal."""
    reported = {"reported_kind": "person", "reported_name": NAME, "reported_post": "主任"}
    reader = a_hat(Role.SECTION_HEAD)
    said = [
        browser.send("cases:deed", petition.pk, "seal", reason=NAME, **reported),
        browser.send("cases:draft", uuid4(), do="park", **marked(names_a_wrongdoer="on")),
        browser.send(
            "cases:draft", uuid4(), do="register", **marked(purpose="report_accusation", **reported)
        ),
        browser.send("cases:draft", uuid4(), do="register", **marked(report_text=SAID, **reported)),
        lane.open("cases:petition", petition.pk),
        lane.send("cases:deed", petition.pk, "let-in", post=str(reader.post.pk), reason=NAME),
    ]
    reporter = petition.reporters.first()
    said += [lane.send("cases:reveal", petition.pk, reporter.pk, field="name")]
    return [*said, lane.send("cases:deed", petition.pk, "unseal", reason=NAME)]


def through_the_api(browser: Browser) -> list[HttpResponse]:
    keeper = a_hat(Role.SECURITY_ADMINISTRATOR, user=a_user("安全员"))
    made = make_token(browser.hat.post.pk, label="对接", may_write=True, days=9, by=keeper, now=MONDAY)
    program = Client(headers={"Authorization": f"Token {made.key}"}, raise_request_exception=False)
    body = {
        "submission_id": str(uuid4()),
        "channel": "web",
        "purpose": "request",
        "title": f"{NAME}要求办证",
        "text": SAID,
        "received_at": "2026-03-02T09:30:00+08:00",
        "place": a_village().code,
        "content_category": a_category().code,
        "claims": [SAID],
        "people": [{"name": NAME, "phone": TELEPHONE, "id_number": ID_NUMBER, "address": f"{NAME}家"}],
    }
    bodies = [
        body,
        body,
        body | {"title": SAID * 9},
        body | {"place": NAME},
        body | {"people": [{"name": NAME * 20}]},
    ]
    return [
        *(program.post("/api/v1/petitions/", each, content_type="application/json") for each in bodies),
        program.post("/api/v1/petitions/", f'{{"text": "{NAME}', content_type="application/json"),
    ]


def at_the_door(browser: Browser) -> list[HttpResponse]:
    """Post without being signed in, under another hat, and without the form's own token."""
    url = reverse("cases:draft", args=[uuid4()])
    strict = Browser(browser.hat, enforce_csrf_checks=True)
    return [
        Client().post(url, marked()),
        browser.post(url, {**marked(), "hat": str(a_hat().post.pk)}),
        strict.post(url, marked()),
    ]


def where_things_break(
    browser: Browser, settings: object, monkeypatch: pytest.MonkeyPatch
) -> list[HttpResponse]:
    """Save without a key, and let the database itself refuse a row of a person."""
    with monkeypatch.context() as broken:
        broken.setattr(settings, "FIELD_KEYS", {})
        without_key = browser.send("cases:autosave", uuid4(), **marked())
    with monkeypatch.context() as broken:
        broken.setattr("cases.rules.MOST_REPRESENTATIVES", 9)
        six = rows("people", *({"name": f"{NAME}{number}"} for number in range(6)))
        by_database = browser.send(
            "cases:draft", uuid4(), do="register", **marked(petitioner_count="8", **six)
        )
    return [without_key, by_database]


def test_q8_the_marker_is_found_only_where_it_belongs(monday, written, settings, monkeypatch, tmp_path):  # noqa: F811
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
    browser, lane = signed_in(a_hat(Role.REGISTRAR)), signed_in(a_hat(Role.SEALED_LANE_OFFICER))
    browser.raise_request_exception = lane.raise_request_exception = False

    answers = through_the_form(browser)
    petition = Petition.objects.get()
    answers += on_the_case(browser, petition)
    answers += on_its_way(signed_in(a_hat(Role.PETITION_OFFICER)), petition)
    answers += through_the_lane(browser, lane, petition)
    answers += through_the_api(browser)
    answers += at_the_door(browser)
    answers += where_things_break(browser, settings, monkeypatch)

    statuses = {answer.status_code for answer in answers}
    assert {200, 201, 302, 400, 401, 403, 409, 422, 500} <= statuses
    assert sum(answer.status_code == 500 for answer in answers) == 2
    assert len(written) > 10
    assert [line for line in written if MARKER.search(line)] == []
    assert [answer["Location"] for answer in answers if MARKER.search(answer.get("Location", ""))] == []
    assert astray() == []
    assert [key for key in broker_holds() if MARKER.search(key)] == []


def astray() -> list[str]:
    """Return the tables in which a marker can be read and which are not its own."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            for marker, own in BELONGS.items():
                cursor.execute(
                    f"SELECT count(*) FROM {quoted} AS row WHERE row::text LIKE %s", [f"%{marker}%"]
                )
                if cursor.fetchone()[0] and table not in own:
                    found.append(f"{table}: {marker}")
    return found


def broker_holds() -> list[str]:
    """Return every key of cache and broker with what is readable in it."""
    address = django_settings.REDIS_URL
    with redis.Redis.from_url(address, decode_responses=True, encoding_errors="replace") as client:
        read = {
            "string": client.get,
            "list": lambda key: client.lrange(key, 0, -1),
            "hash": client.hgetall,
            "set": client.smembers,
            "zset": lambda key: client.zrange(key, 0, -1),
        }
        return [f"{key} {read[client.type(key)](key)}" for key in client.scan_iter("*")]
