"""What is measured: pages, deeds and sweeps as four hats do them, from the first middleware to the last byte."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.hats import Hat
from accounts.models import OrganKind, Post
from accounts.roles import Role
from cases import sweeps
from cases.actions import routing
from cases.actions.register import register
from cases.candidates import Sought, find, sought_in
from cases.intake import Intake, Person
from cases.ledger import Question as LedgerQuestion
from cases.ledger import View, asked, due_key
from cases.models import Claim, ContentCategory, Handling, Petition
from cases.reminding.sweeps import remind_of_periods
from cases.routes import Decision
from cases.states import Channel, Purpose, RouteKind
from config.benchmark.hats import Hats, the_hats
from config.benchmark.timing import (
    Browser,
    Line,
    Turn,
    Work,
    measure_alone,
    measure_together,
    needed,
    timed,
)
from config.memory import settle
from leadership import sweeps as supervision
from lib.keyset import capped_count, page_of
from places.models import Level, Place

# architecture §5, in milliseconds
LEDGER, COUNT, CASE, REGISTERING, STEP, HOME = 60, 60, 80, 150, 60, 80
SEARCH = 100
DASHBOARD = 300
# data-standard §6: while somebody types
EARLIER = 100
SWEEP_NONE, SWEEP_ROW = 50, 1
# A word of every other text, and one that stands in a few petitions: those of four units.
FREQUENT, RARE = "要求", "四个单位"
# the thousandth page of fifty rows
DEEP = 999 * 50


def measure(*, times: int, now: datetime, clients: bool = True) -> Iterator[Line]:
    """Yield each kind of work as each hat does it alone, and then as eight clients do it at once."""
    settle()
    hats = the_hats()
    for works in _works(hats, times, now=now):
        for work in works:
            yield measure_alone(work, times)
        if clients and works:
            yield measure_together(works, times)
    yield from _sweeping()


def _works(hats: Hats, times: int, *, now: datetime) -> Iterator[list[Work]]:
    """Yield the same work of several hats together; each is prepared when it is its turn."""
    four = a_petition_of_four_units(hats.office, now=now)
    yield from _reading(hats, four, now)
    yield from _case_pages(hats, four)
    yield _registering(hats)
    yield from _earlier(hats)
    yield from _steps(hats, times, now=now)


def _page(*addresses: str) -> list[Turn]:
    return [lambda browser, url=url: browser.size_of(url) for url in addresses]  # type: ignore[misc]


def _reading(hats: Hats, four: Petition, now: datetime) -> Iterator[list[Work]]:
    ledger, search = reverse("cases:ledger"), reverse("desk:search")
    a_year_ago = timezone.localdate(now) - timedelta(days=364)
    searched = {
        "search, frequent word": {"q": FREQUENT},
        "search, frequent word by deadline": {"q": FREQUENT, "order": "deadline"},
        "search, rare word": {"q": RARE},
        "search, rare word by deadline": {"q": RARE, "order": "deadline"},
        "search, number": {"q": four.number},
    }
    kinds: list[tuple[str, float, Callable[[Hat], list[Turn]]]] = [
        ("ledger, first page", LEDGER, lambda hat: _page(ledger, f"{ledger}?view=all")),
        ("ledger, filtered", LEDGER, lambda hat: _page(ledger + _narrowed(hat))),
        ("ledger, page 1,000", LEDGER, lambda hat: _page(_deep(ledger, hat))),
        ("count of everything", COUNT, lambda hat: [_count(now)]),
        ("my work", HOME, lambda hat: _page("/")),
        (
            "dashboard of a year",
            DASHBOARD,
            lambda hat: _page(f"{reverse('reports:dashboard')}?since={a_year_ago}"),
        ),
        *(
            (name, SEARCH, lambda hat, fields=fields: _page(f"{search}?{urlencode(fields)}"))
            for name, fields in searched.items()
        ),
    ]
    for name, budget, turns in kinds:
        yield [Work(name, who, budget, hat, turns(hat)) for who, hat in hats.readers.items()]


def _narrowed(hat: Hat) -> str:
    inside = Place.objects.inside(hat.organ.place.path)
    township = inside.filter(level=Level.TOWNSHIP).order_by("path").first()
    return "?view=all&channel=letter&lamp=red" + (f"&place={township.code}" if township else "")


def _deep(ledger: str, hat: Hat) -> str:
    """Return the address of the thousandth page, of the one in the middle where there are fewer."""
    visible = Petition.objects.visible_to(hat)
    size = min(DEEP, visible.count() // 2 + 1)
    before = page_of(visible.only("pk"), by=due_key(hat), cursor=None, size=size)
    return f"{ledger}?view=all" + (f"&at={before.after}" if before.after else "")


def _count(now: datetime) -> Turn:
    def count(browser: Browser) -> int:
        visible = Petition.objects.visible_to(browser.hat)
        capped_count(asked(visible, LedgerQuestion(view=View.ALL), hat=browser.hat, now=now))
        return 0

    return count


def _case_pages(hats: Hats, four: Petition) -> Iterator[list[Work]]:
    single = Claim.objects.filter(number=1).exclude(petition__claims__number=2)
    works = []
    for who, hat in hats.readers.items():
        # newest first, only as many as are opened
        newest = Petition.objects.visible_to(hat).order_by("-received_at").values_list("pk", flat=True)[:200]
        keys = single.filter(petition__in=list(newest)).values_list("petition", flat=True)[:20]
        if keys:
            pages = _page(*(reverse("cases:petition", args=[key]) for key in keys))
            works.append(Work("case page, one claim", who, CASE, hat, pages))
    yield works
    page = _page(reverse("cases:petition", args=[four.pk]))
    yield [Work("case page, four units", "office", CASE, hats.office, page)]


def a_petition_of_four_units(office: Hat, *, now: datetime) -> Petition:
    """Register a petition of four claims and send each to a department of its own."""
    departments = Post.objects.held_on(timezone.localdate(now)).filter(
        organ__kind=OrganKind.DEPARTMENT, role=Role.CASE_OFFICER, organ__place=office.organ.place
    )
    organs = departments.order_by("organ").values_list("organ", flat=True).distinct()[:4]
    return _a_petition_sent_to(organs, office, now=now)


def _a_petition_sent_to(organs: Iterable[int], office: Hat, *, now: datetime) -> Petition:
    """Register a petition with a claim for each of some organs, and send it there."""
    village, category = _somewhere(office)
    organs = list(organs)
    intake = Intake(
        channel=Channel.LETTER,
        purpose=Purpose.REQUEST,
        title="每个单位各办一项",
        text="各项诉求，分属各个单位。" if len(organs) < 4 else "各项诉求，分属四个单位。",
        received_at=now,
        place_id=village.pk,
        content_category_id=category.pk,
        people=(Person(name="张大强", phone="13800001234"),),
        claims=("办证", "停发的补助", "路面", "噪声")[: len(organs)],
    )
    petition = register(uuid4(), intake, by=office, now=now).petition
    for number, organ in enumerate(organs, 1):
        petition.refresh_from_db()
        decision = Decision(kind=RouteKind.FORWARD, claims=(number,), organ_id=organ)
        routing.route(petition.pk, decision, seen_version=petition.version, by=office, now=now)
    return petition


def _somewhere(hat: Hat) -> tuple[Place, ContentCategory]:
    inside = Place.objects.inside(hat.organ.place.path)
    village = inside.filter(level=Level.VILLAGE).order_by("path").first()
    category = ContentCategory.objects.exclude(parent=None).order_by("pk").first()
    if village is None or category is None:
        message = "there are no places or categories"
        raise LookupError(message)
    return village, category


def _registering(hats: Hats) -> list[Work]:
    typed = _typed(*_somewhere(hats.registrar))

    def form_and_register(browser: Browser) -> int:
        # the page for a new one names the form, and leads there
        draft = browser.ask(reverse("cases:intake")).headers["Location"]
        size = browser.size_of(draft)
        answer = browser.ask(draft, typed)
        if answer.status_code != 302:
            message = f"{answer.status_code} instead of a registered petition"
            raise RuntimeError(message)
        return size

    name = "open form + register"
    return [Work(name, "registrar", REGISTERING, hats.registrar, [form_and_register], writes=True)]


def _earlier(hats: Hats) -> Iterator[list[Work]]:
    """Look for earlier petitions: for a form as it is typed, and for the newest that are registered."""
    hat = hats.registrar
    typed = _typed(*_somewhere(hat))
    # a form is its own browser's: each opens one when it warms up
    panels: dict[Browser, str] = {}

    def while_typing(browser: Browser) -> int:
        if browser not in panels:
            panels[browser] = f"{browser.ask(reverse('cases:intake')).headers['Location']}earlier/"
        return browser.size_of(panels[browser], typed)

    yield [Work("earlier petitions, while typing", "registrar", EARLIER, hat, [while_typing])]
    visible = Petition.objects.visible_to(hat).select_related("words")
    newest = [_find(sought_in(petition)) for petition in visible.order_by("-received_at", "-pk")[:20]]
    yield [Work("earlier petitions, of a registered one", "registrar", EARLIER, hat, newest)]


def _find(sought: Sought) -> Turn:
    def find_earlier(browser: Browser) -> int:
        find(sought, browser.hat)
        return 0

    return find_earlier


def _typed(village: Place, category: ContentCategory) -> dict[str, object]:
    received = timezone.localtime() - timedelta(minutes=1)
    return {
        "do": "register",
        "seen_version": "0",
        "channel": "letter",
        "source": "self_received",
        "received_at": received.strftime("%Y-%m-%d %H:%M"),
        "petitioner_count": "1",
        "purpose": "request",
        "power_level": "unclear",
        "title": "永宁花园购房多年未办证",
        "text": "2013 年买的房，至今没有办下不动产权证。",
        "content_category": str(category.pk),
        "place": village.code,
        "place_text": village.short_name,
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "0",
        "people-0-role": "representative",
        "people-0-id_type": "resident",
        "people-0-name": "张大强",
        "people-0-phone": "13800001234",
        "claims-TOTAL_FORMS": "1",
        "claims-INITIAL_FORMS": "0",
        "claims-0-wording": "给出办证时间表",
    }


def _steps(hats: Hats, times: int, *, now: datetime) -> Iterator[list[Work]]:
    """Let a unit sign for what was sent to it, note progress on it and accept its claim."""
    hat = hats.unit_officer
    today = timezone.localdate(now).isoformat()
    points = dict.fromkeys(
        ("power_fact", "pending_fact", "concluded_fact", "litigation_fact", "route_fact"), "已核实"
    )
    deeds: Mapping[str, dict[str, object]] = {
        "sign-for": {},
        "note-progress": {"kind": "contact", "done_on": today, "words": "已电话联系"},
        "accept": {**points, "claim": "1", "decided_on": today, "statutory_route": "RT6"},
    }
    sent = [_a_petition_sent_to([hat.organ.pk], hats.office, now=now).pk for _number in range(needed(times))]
    found = list(Handling.objects.filter(petition__in=sent).order_by("pk").values_list("pk", "petition"))
    for slug, fields in deeds.items():
        turns = [
            _deed(reverse("cases:deed", args=[petition, slug]), {"handling": str(handling), **fields})
            for handling, petition in found
        ]
        yield [Work(f"save a step: {slug}", "unit officer", STEP, hat, turns, once=True, writes=True)]


def _deed(url: str, body: Mapping[str, object]) -> Turn:
    return lambda browser: browser.size_of(url, body)


def _sweeping() -> Iterator[Line]:
    """Let the clock bring what is due, then ask it again when nothing is."""
    now = timezone.now()
    for sweep in (
        sweeps.deem_received,
        sweeps.presume_handling,
        sweeps.lapse_objections,
        sweeps.put_objections_before_heads,
        sweeps.give_waiting_to_the_lane,
        sweeps.tell_of_waiting_drafts,
        sweeps.sample_keeps,
        remind_of_periods,
        supervision.open_supervision,
        supervision.escalate,
    ):
        begun = time.perf_counter()
        done = sweep(now=now)
        taken = (time.perf_counter() - begun) * 1000
        if done:
            # a thousand rows a second: ten thousand in ten seconds
            yield Line(f"sweep {sweep.__name__}: each of {done:,} due", "clock", SWEEP_ROW, [taken / done])
        yield _nothing_due(sweep, now)


def _nothing_due(sweep: Callable[..., int], now: datetime) -> Line:
    none = Line(f"sweep {sweep.__name__}: none due", "clock", SWEEP_NONE)
    for _time in range(5):
        statements = timed(none, lambda: sweep(now=now))
        none.bare.append(statements.again())
    none.size = 0
    return none


def disk() -> Sequence[tuple[str, int, int]]:
    """Return the tables with the most bytes, their indexes included, and how many rows each has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid), reltuples::bigint FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC LIMIT 20"
        )
        return [(name, size, rows) for name, size, rows in cursor.fetchall()]
