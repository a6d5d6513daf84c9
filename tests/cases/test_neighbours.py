"""A petition out of sight answers like one that never was: at every address, in every list, to every outsider (Q6)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.hats import Hat
from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions.attachments import add_to_petition
from cases.actions.corrections import propose_void
from cases.actions.drafts import save_draft
from cases.actions.notes import note_safety, take_original
from cases.actions.register import register
from cases.actions.sealing import seal
from cases.deeds import DEEDS
from cases.intake import Reported
from cases.ledger import View
from cases.models import Petition
from cases.models.notes import SafetyKind
from cases.models.voids import VoidGround
from cases.states import AttachmentKind, ReportedKind
from infra.files import Checked
from notices.models import Notice
from tests.cases.browsers import Browser
from tests.cases.given import a_petition, an_intake
from tests.given import MONDAY, a_hat, a_place, an_organ

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

LATER = MONDAY + timedelta(minutes=-5)
EARLIER = MONDAY - timedelta(minutes=30)
TITLE = "反映某某主任克扣补偿款"
# What is drawn anew for each answer and tells nothing.
DRAWN_ANEW = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
HEADERS = ("Content-Type", "Cache-Control", "Content-Disposition", "Location", "Allow", "Vary")


@dataclass(frozen=True)
class Scene:
    """A petition with everything on it, and the ids of what hangs there."""

    petition: Petition
    draft: UUID
    ids: dict[str, object]


@pytest.fixture
def scene(settings, tmp_path) -> Scene:
    """A report on a township's cadre, registered by the township itself in the open lane by mistake."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
    township = an_organ("FS", kind=OrganKind.TOWNSHIP, number_prefix="FS", place=a_place("141102001"))
    clerk, draft = a_hat(Role.REGISTRAR, organ=township), uuid4()
    save_draft(draft, content={}, received_at=EARLIER, seals=False, seen_version=0, by=clerk, now=EARLIER)
    petition = register(draft, an_intake(title=TITLE, received_at=EARLIER), by=clerk, now=EARLIER).petition
    paper = Checked("来信.pdf", "application/pdf", ContentFile(b"%PDF-1.4").read())
    attachment = add_to_petition(petition.pk, file=paper, kind=AttachmentKind.SCAN, by=clerk, now=EARLIER)
    note = note_safety(
        petition.pk, kind=SafetyKind.MEDICAL, observed_fact="x", action_taken="y", by=clerk, now=EARLIER
    )
    original = take_original(petition.pk, what="合同", sheets=1, by=clerk, now=EARLIER)
    ids = {
        "person_id": petition.people.get().pk,
        "attachment_id": attachment.pk,
        "note_id": note.pk,
        "original_id": original.pk,
        "post_id": clerk.post.pk,
        "field": "title",
        "document_id": uuid4(),
        "dossier_id": uuid4(),
        "urging_id": 1,
    }
    return Scene(petition, draft, ids)


def sealed(scene: Scene) -> Scene:
    """Seal it: the township is the unit reported."""
    a_hat(Role.SEALED_LANE_OFFICER)
    township = scene.petition.register_organ
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=township.pk)]
    clerk = a_hat(Role.PETITION_OFFICER)
    seal(scene.petition.pk, reason="反映干部", reported=reported, by=clerk, now=LATER)
    return scene


def in_the_township(role: Role) -> Hat:
    return a_hat(role, organ=an_organ("FS"))


OUTSIDERS = {
    "neighbour unit's case officer": lambda: a_hat(
        Role.CASE_OFFICER, organ=an_organ(kind=OrganKind.TOWNSHIP, number_prefix="BX")
    ),
    "another district's officer": lambda: a_hat(
        Role.PETITION_OFFICER, organ=an_organ(kind=OrganKind.PETITION_OFFICE, place=a_place("141130"))
    ),
    "another leader": lambda: a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY)),
    "grid worker": lambda: in_the_township(Role.GRID_WORKER),
    "system administrator": lambda: a_hat(Role.SYSTEM_ADMINISTRATOR),
    "security administrator": lambda: a_hat(Role.SECURITY_ADMINISTRATOR),
    "audit administrator": lambda: a_hat(Role.AUDIT_ADMINISTRATOR),
}
KEPT_OUT = {
    **OUTSIDERS,
    "reported unit's head": lambda: in_the_township(Role.UNIT_HEAD),
    "reported unit's registrar": lambda: in_the_township(Role.REGISTRAR),
    "reported unit's own lane officer": lambda: in_the_township(Role.SEALED_LANE_OFFICER),
    "office director": lambda: a_hat(Role.OFFICE_DIRECTOR),
    "inspector": lambda: a_hat(Role.INSPECTOR),
}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every named address with the parts it takes."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{prefix}{entry.name}", frozenset(entry.pattern.converters)


def addresses_of_a_petition(ids: Mapping[str, object]) -> list[tuple[str, str, dict[str, object]]]:
    """Return every address that takes a petition, as name, the name of its key, and the other parts filled in.

    The address of the deeds stands for every deed of the table.
    """
    found: list[tuple[str, str, dict[str, object]]] = []
    for name, parts in patterns(get_resolver()):
        key = "petition_id" if "petition_id" in parts else "pk" if name.startswith("api:petition-") else None
        if key not in parts:
            continue
        rest = {part: ids[part] for part in parts - {key, "format", "slug"}}
        if "slug" in parts:
            found += [(name, key, {**rest, "slug": deed.slug}) for deed in DEEDS.values()]
        else:
            found.append((name, key, rest))
    return sorted(found, key=lambda each: (each[0], str(each[2].get("slug", ""))))


FIELDS = {
    "field": "phone",
    "verified_by": "query_code",
    "told": "x",
    "kind": "medical",
    "observed_fact": "x",
    "action_taken": "y",
    "article": "26.4",
    "what_happened": "x",
    "what": "x",
    "sheets": "1",
    "reason": "x",
    "reported_kind": "person",
    "reported_name": "x",
    "ground": "test",
    "do": "confirm",
    "value": "x",
    "seen_version": "1",
    "post_id": "1",
}


def answers(browser: Browser, scene: Scene, petition_id: UUID) -> dict[str, tuple[object, ...]]:
    """Return what each address answers to reading and writing, without what is drawn anew.

    Hundreds of deeds lead back to one page; where an address leads is read once.
    """
    said: dict[str, tuple[object, ...]] = {}
    reached: dict[str, tuple[object, ...]] = {}
    for name, key, parts in addresses_of_a_petition(scene.ids):
        url = reverse(name, kwargs={key: petition_id, **parts})
        name = " ".join(filter(None, (name, str(parts.get("slug", "")))))
        if name.startswith("api:"):
            body = {"person": str(scene.ids["person_id"]), "field": "phone"}
            said[f"POST {name}"] = _plain(browser.post(url, body, content_type="application/json"))
        else:
            said[f"POST {name}"] = _plain(browser.post(url, {"hat": browser.hat.key, **FIELDS}))
        answer = browser.get(url)
        if answer.status_code != HTTPStatus.FOUND:
            said[f"GET {name}"] = _plain(answer)
            continue
        if answer.url not in reached:
            reached[answer.url] = _plain(browser.get(answer.url, follow=True))
        said[f"GET {name}"] = reached[answer.url]
    return said


def _plain(answer: HttpResponse) -> tuple[object, ...]:
    headers = tuple(answer.get(name) for name in HEADERS)
    return answer.status_code, headers, DRAWN_ANEW.sub(b"", answer.content)


def test_the_sweep_walks_every_kind_of_address():
    names = {name for name, _parts in patterns(get_resolver())}
    taking = {name for name, _key, _parts in addresses_of_a_petition(defaultdict(uuid4))}

    assert {"cases:petition", "cases:file", "cases:reveal", "cases:correct", "api:petition-detail"} <= taking
    assert {
        name for name in names if name.startswith("api:petition-") and name != "api:petition-list"
    } <= taking


@pytest.mark.parametrize("who", OUTSIDERS)
def test_q6_to_an_outsider_an_open_petition_answers_like_none_and_nothing_is_written(who, scene, sign_in):
    browser = sign_in(OUTSIDERS[who]())
    entries = Entry.objects.count()

    of_it, of_none = (answers(browser, scene, key) for key in (scene.petition.pk, uuid4()))

    assert of_it == of_none
    assert {status for status, *_rest in of_it.values()} <= {403, 404, 405}
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("who", KEPT_OUT)
def test_p_5_q6_a_sealed_petition_answers_like_none_to_everybody_kept_out(who, scene, sign_in):
    browser = sign_in(KEPT_OUT[who]())
    sealed(scene)
    entries = Entry.objects.count()

    of_it, of_none = (answers(browser, scene, key) for key in (scene.petition.pk, uuid4()))

    assert of_it == of_none
    assert {status for status, *_rest in of_it.values()} <= {403, 404, 405}
    assert Entry.objects.count() == entries
    assert Petition.objects.get(pk=scene.petition.pk).version == 2


LISTS = [
    "/",
    "/petitions/?view=all",
    "/petitions/?view=all&order=received",
    "/petitions/?view=all&q={number}",
    "/petitions/?view=all&organ=FS&place=141102001",
    "/petitions/enquire/?number={number}",
    "/search/?q={number}",
    "/search/?q=反映某某",
    "/search/?q=反映某某&order=deadline",
    "/api/v1/search/?q=反映某某",
    "/petitions/backdated/",
    "/drafts/",
    "/drafts/{draft}/",
    "/sealed/",
    "/notices/",
    "/places/find/?q=凤山",
    "/administration/",
    "/administration/audit/",
    "/administration/audit/?who=李文斌",
    "/administration/audit/?verb=petition.",
    "/administration/health/",
    "/api/v1/petitions/",
    "/api/schema/",
]


def traces(browser: Browser, scene: Scene) -> list[str]:
    """Return the lists that show something of the petition which was not in the question itself."""
    petition = scene.petition
    telling = {
        "number": petition.number,
        "id": str(petition.pk),
        "title": TITLE,
        "part of the title": "克扣补偿款",
        "person": "张大强",
        "draft": str(scene.draft),
    }
    found = []
    for form in LISTS:
        url = form.format(number=petition.number, draft=scene.draft)
        shown = browser.get(url, follow=True).content.decode()
        found += [f"{form}: {what}" for what, value in telling.items() if value in shown and value not in url]
    return found


@pytest.mark.parametrize("who", sorted(OUTSIDERS.keys() - {"audit administrator"}))
def test_an_outsiders_lists_show_nothing_of_an_open_petition(who, scene, sign_in):
    assert traces(sign_in(OUTSIDERS[who]()), scene) == []


@pytest.mark.parametrize("who", KEPT_OUT)
def test_p_5_no_list_count_or_audit_view_shows_a_sealed_petition(who, scene, sign_in):
    browser = sign_in(KEPT_OUT[who]())
    twin = a_petition(a_hat(Role.REGISTRAR), now=EARLIER, received_at=EARLIER)
    propose_void(
        twin.pk,
        ground=VoidGround.DOUBLE_ENTRY,
        stays_number=scene.petition.number,
        reason="重复",
        by=a_hat(Role.REGISTRAR, organ=twin.register_organ),
        now=EARLIER,
    )

    assert traces(browser, sealed(scene)) == []
    shown = browser.open("cases:petition", twin.pk).content.decode()
    assert scene.petition.number not in shown


def test_p_5_the_count_of_a_view_falls_with_the_sealing(scene, sign_in):
    browser = sign_in(a_hat(Role.OFFICE_DIRECTOR))

    before = browser.open("cases:ledger").context["count"]
    sealed(scene)

    page = browser.open("cases:ledger")
    assert (before, page.context["count"]) == (1, 0)
    # how much there ever was is counted where it is shown
    assert {count for view, _label, count in page.context["views"] if view != View.ALL} == {0}
    assert browser.open("cases:ledger", query={"view": "all"}).context["count"] == 0


def test_p_5_before_the_sealing_the_audit_administrator_reads_the_deeds_and_after_it_none(scene, sign_in):
    browser = sign_in(a_hat(Role.AUDIT_ADMINISTRATOR))

    before = {entry.subject_id for entry in browser.open("desk:audit").context["page"].rows}
    sealed(scene)
    after = {entry.subject_id for entry in browser.open("desk:audit").context["page"].rows}

    assert str(scene.petition.pk) in before
    assert str(scene.draft) not in before
    assert not {str(scene.petition.pk), str(scene.draft)} & after


def test_p_5_the_notice_of_a_leader_is_taken_back_with_the_sealing(scene, sign_in):
    leader = a_hat(Role.LEADER, organ=an_organ(kind=OrganKind.LEADING_BODY))
    Notice.objects.create(
        post=leader.post,
        kind="registered_for_you",
        key="k",
        subject_id=str(scene.petition.pk),
        decided_at=EARLIER,
    )
    browser = sign_in(leader)

    before = browser.open("notices:inbox").context["page"].rows
    sealed(scene)

    assert len(before) == 1
    assert list(browser.open("notices:inbox").context["page"].rows) == []


def test_q2_the_lane_is_no_load_of_anybodys_figures(scene, sign_in):
    director = sign_in(a_hat(Role.OFFICE_DIRECTOR))
    sealed(scene)

    page = director.open("desk:my_work")

    assert page.context["today"] == {"batches": 0, "persons": 0}
    assert set(page.context["lamps"].values()) == {0}
    assert {box.count for box in page.context["boxes"]} == {0}
