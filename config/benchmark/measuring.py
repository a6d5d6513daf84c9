"""How long the work of four hats takes: pages, deeds and sweeps, from the first middleware to the last byte."""

import gc
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.hats import Hat, hats_of
from accounts.models import OrganKind, Post
from accounts.roles import Role
from cases import sweeps
from cases.actions import routing
from cases.actions.register import register
from cases.candidates import find, sought_in
from cases.intake import Intake, Person
from cases.ledger import Question as LedgerQuestion
from cases.ledger import View, asked, due_key, in_view
from cases.models import Claim, ContentCategory, Handling, Petition
from cases.routes import Decision
from cases.states import Channel, Purpose, RouteKind
from config.memory import settle
from lib.keyset import capped_count, page_of
from places.models import Level, Place

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# architecture §5, in milliseconds
LEDGER, COUNT, CASE, REGISTERING, STEP, HOME = 60, 60, 80, 150, 60, 80
SEARCH = 100
# data-standard §6: while somebody types
EARLIER = 100
SWEEP_NONE, SWEEP_ROW = 50, 1
# A word of one text in five, and one that stands in a single petition: that of four units.
FREQUENT, RARE = "要求", "四个单位"
CLIENTS, SLOWER_WITH_CLIENTS = 8, 4
PROCESSES = 2
DEEP = 20_000


@dataclass
class Line:
    """One kind of work as it was measured: milliseconds on the wall, of our own reckoning, and of the database."""

    work: str
    who: str
    budget: float | None
    times: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 1 else self.times[0]

    @property
    def keeps(self) -> bool:
        return self.budget is None or self.p95 <= self.budget


@dataclass(frozen=True)
class Hats:
    """The four whose work is measured, and the office's officer who routes."""

    registrar: Hat
    unit_officer: Hat
    township: Hat
    leader: Hat
    office: Hat

    @property
    def readers(self) -> Mapping[str, Hat]:
        return {
            "registrar": self.registrar,
            "unit officer": self.unit_officer,
            "township": self.township,
            "leader": self.leader,
        }


def the_hats() -> Hats:
    """Return of each kind the post with the most to see."""
    departments = Q(organ__kind=OrganKind.DEPARTMENT)
    townships = Q(organ__kind=OrganKind.TOWNSHIP)
    offices = Q(organ__kind=OrganKind.PETITION_OFFICE)
    return Hats(
        registrar=_busiest(Role.REGISTRAR, offices),
        unit_officer=_busiest(Role.CASE_OFFICER, departments),
        township=_busiest(Role.CASE_OFFICER, townships),
        leader=_busiest(Role.LEADER, Q(), of="involvements"),
        office=_busiest(Role.PETITION_OFFICER, offices),
    )


def _busiest(role: Role, which: Q, *, of: str = "organ__involvements") -> Hat:
    today = timezone.localdate()
    posts = Post.objects.held_on(today).filter(which, role=role).annotate(work=Count(of))
    post = posts.order_by("-work", "pk").select_related("user").first()
    if post is None:
        message = f"nobody is {role}"
        raise LookupError(message)
    return next(hat for hat in hats_of(post.user, on=today) if hat.post.pk == post.pk)


class Browser(Client):
    """A signed-in browser in the same process, so that what is timed is the server alone."""

    def __init__(self, hat: Hat) -> None:
        super().__init__(SERVER_NAME="localhost")
        self.hat = hat
        self.force_login(hat.user, backend=BACKEND)
        session = self.session
        sessions.begin(session, sessions.Shown.BY_ITSELF, now=timezone.now())
        session[sessions.HAT] = hat.post.pk
        session.save()

    def ask(self, url: str, fields: Mapping[str, object] | None = None) -> HttpResponseBase:
        """Get a page, or post a form to it."""
        if fields is None:
            return self.get(url, secure=settings.HTTPS_ONLY)
        return self.post(url, {"hat": self.hat.key, **fields}, secure=settings.HTTPS_ONLY)


class _Clock:
    """Adds up what the database takes of one piece of work."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - begun
            self.queries += 1


def timed(line: Line, work: Callable[[], object]) -> None:
    """Do one piece of work and note how long it took."""
    clock = _Clock()
    with connection.execute_wrapper(clock):
        begun, reckoned = time.perf_counter(), time.thread_time()
        work()
        line.times.append((time.perf_counter() - begun) * 1000)
    line.own.append((time.thread_time() - reckoned) * 1000)
    line.sql.append(clock.seconds * 1000)
    line.queries = clock.queries


def measure(*, times: int, now: datetime) -> Iterator[Line]:
    """Yield each kind of work, measured so many times after a warm-up."""
    settle()
    hats = the_hats()
    four = a_petition_of_four_units(hats.office, now=now)
    for who, hat in hats.readers.items():
        yield from _reading(who, hat, four, times, now)
    yield from _case_pages(hats, four, times)
    yield from _registering(hats.registrar, times)
    yield from _earlier(hats, times)
    yield from _steps(hats, times, now=now)
    yield from _sweeping()


def _pages(line: Line, browser: Browser, addresses: Sequence[str], times: int) -> Line:
    for url in addresses[:3]:
        _refuse_error(browser.ask(url))
    gc.collect()
    for url in islice(cycle(addresses), times):
        timed(line, lambda url=url: _refuse_error(browser.ask(url)))  # type: ignore[misc]
    return line


def _refuse_error(answer: HttpResponseBase) -> None:
    if answer.status_code not in {200, 302}:
        message = f"{answer.status_code} instead of a page"
        raise RuntimeError(message)


def _reading(who: str, hat: Hat, four: Petition, times: int, now: datetime) -> Iterator[Line]:
    browser = Browser(hat)
    visible = Petition.objects.visible_to(hat)
    ledger = reverse("cases:ledger")
    township = (
        Place.objects.inside(hat.organ.place.path).filter(level=Level.TOWNSHIP).order_by("path").first()
    )
    narrowed = "?view=all&channel=letter&lamp=red" + (f"&place={township.code}" if township else "")
    deep = page_of(visible.only("pk"), by=due_key(hat), cursor=None, size=min(DEEP, visible.count() // 2 + 1))
    yield _pages(Line("ledger, first page", who, LEDGER), browser, [ledger, f"{ledger}?view=all"], times)
    yield _pages(Line("ledger, filtered", who, LEDGER), browser, [ledger + narrowed], times)
    addresses = [f"{ledger}?view=all&at={deep.after}"] if deep.after else [f"{ledger}?view=all"]
    yield _pages(Line("ledger, deep page", who, LEDGER), browser, addresses, times)
    yield _pages(Line("my work", who, HOME), browser, ["/"], times)
    search = reverse("desk:search")
    for work, asked_for in (
        ("search, frequent word", {"q": FREQUENT}),
        ("search, frequent word by deadline", {"q": FREQUENT, "order": "deadline"}),
        ("search, rare word", {"q": RARE}),
        ("search, rare word by deadline", {"q": RARE, "order": "deadline"}),
        ("search, number", {"q": four.number}),
    ):
        yield _pages(Line(work, who, SEARCH), browser, [f"{search}?{urlencode(asked_for)}"], times)
    count = Line("count of everything", who, COUNT)
    for _time in range(times):
        timed(count, lambda: capped_count(asked(visible, LedgerQuestion(view=View.ALL), hat=hat, now=now)))
    yield count


def _case_pages(hats: Hats, four: Petition, times: int) -> Iterator[Line]:
    single = Claim.objects.filter(number=1).exclude(petition__claims__number=2)
    for who, hat in hats.readers.items():
        visible = Petition.objects.visible_to(hat).filter(pk__in=single.values("petition"))
        keys = list(visible.order_by("-received_at").values_list("pk", flat=True)[:20])
        if keys:
            pages = [reverse("cases:petition", args=[key]) for key in keys]
            yield _pages(Line("case page, one claim", who, CASE), Browser(hat), pages, times)
    page = reverse("cases:petition", args=[four.pk])
    yield _pages(Line("case page, four units", "office", CASE), Browser(hats.office), [page], times)


def a_petition_of_four_units(office: Hat, *, now: datetime) -> Petition:
    """Register a petition of four claims and send each to a department of its own."""
    departments = Post.objects.held_on(timezone.localdate(now)).filter(
        organ__kind=OrganKind.DEPARTMENT, role=Role.CASE_OFFICER, organ__place=office.organ.place
    )
    organs = departments.order_by("organ").values_list("organ", flat=True).distinct()[:4]
    return _a_petition_sent_to(organs, office, now=now)


def _a_petition_sent_to(organs: Iterable[int], office: Hat, *, now: datetime) -> Petition:
    """Register a petition with a claim for each of some organs, and send it there."""
    village = (
        Place.objects.inside(office.organ.place.path).filter(level=Level.VILLAGE).order_by("path").first()
    )
    category = ContentCategory.objects.exclude(parent=None).order_by("pk").first()
    if village is None or category is None:
        message = "there are no places or categories"
        raise LookupError(message)
    organs = list(organs)
    intake = Intake(
        channel=Channel.LETTER,
        purpose=Purpose.REQUEST,
        title="每个单位各办一项",
        text="各项诉求，分属各个单位。",
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


def _registering(hat: Hat, times: int) -> Iterator[Line]:
    browser, line = Browser(hat), Line("open form + register", "registrar", REGISTERING)
    village = Place.objects.inside(hat.organ.place.path).filter(level=Level.VILLAGE).order_by("path").first()
    category = ContentCategory.objects.exclude(parent=None).order_by("pk").first()
    if village is None or category is None:
        return

    def form_and_register() -> None:
        # the page for a new one names the form, and leads there
        draft = browser.ask(reverse("cases:intake")).headers["Location"]
        _refuse_error(browser.ask(draft))
        answer = browser.ask(draft, _typed(village, category))
        if answer.status_code != 302:
            message = f"{answer.status_code} instead of a registered petition"
            raise RuntimeError(message)

    for _time in range(3):
        form_and_register()
    for _time in range(times):
        timed(line, form_and_register)
    yield line


def _earlier(hats: Hats, times: int) -> Iterator[Line]:
    """Look for earlier petitions: for a form as it is typed, and for the newest that are registered.

    The copies of a few petitions are alike, so that a township's category is full to the last of those compared.
    """
    village = (
        Place.objects.inside(hats.registrar.organ.place.path)
        .filter(level=Level.VILLAGE)
        .order_by("path")
        .first()
    )
    category = ContentCategory.objects.exclude(parent=None).order_by("pk").first()
    if village is None or category is None:
        return
    browser = Browser(hats.registrar)
    draft = browser.ask(reverse("cases:intake")).headers["Location"]
    panel, fields = f"{draft}earlier/", _typed(village, category)
    yield _asks(Line("earlier petitions, while typing", "registrar", EARLIER), browser, panel, fields, times)
    visible = Petition.objects.visible_to(hats.registrar).select_related("words")
    newest = [sought_in(petition) for petition in visible.order_by("-received_at")[:20]]
    line = Line("earlier petitions, of a registered one", "registrar", EARLIER)
    for sought in newest[:3]:
        find(sought, hats.registrar)
    for sought in islice(cycle(newest), times):
        timed(line, lambda sought=sought: find(sought, hats.registrar))  # type: ignore[misc]
    if line.times:
        yield line


def _asks(line: Line, browser: Browser, url: str, fields: Mapping[str, object], times: int) -> Line:
    for _time in range(3):
        _refuse_error(browser.ask(url, fields))
    for _time in range(times):
        timed(line, lambda: _refuse_error(browser.ask(url, fields)))
    return line


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


def _steps(hats: Hats, times: int, *, now: datetime) -> Iterator[Line]:
    """Let a unit sign for what was sent to it, note progress on it and accept its claim; two more to warm up."""
    hat = hats.unit_officer
    today = timezone.localdate().isoformat()
    points = dict.fromkeys(
        ("power_fact", "pending_fact", "concluded_fact", "litigation_fact", "route_fact"), "已核实"
    )
    deeds: Sequence[tuple[str, dict[str, object]]] = (
        ("sign-for", {}),
        ("note-progress", {"kind": "contact", "done_on": today, "words": "已电话联系"}),
        ("accept", {**points, "claim": "1", "decided_on": today, "statutory_route": "RT6"}),
    )
    sent = [_a_petition_sent_to([hat.organ.pk], hats.office, now=now).pk for _time in range(times + 2)]
    found = Handling.objects.filter(petition__in=sent).values_list("pk", "petition")
    browser = Browser(hat)
    for slug, fields in deeds:
        line = Line(f"save a step: {slug}", "unit officer", STEP)
        for place, (handling, petition) in enumerate(found):
            url = reverse("cases:deed", args=[petition, slug])
            body = {"handling": str(handling), **fields}
            warm = line if place >= 2 else Line("", "", None)
            timed(warm, lambda url=url, body=body: _refuse_error(browser.ask(url, body)))  # type: ignore[misc]
        if line.times:
            yield line


def _sweeping() -> Iterator[Line]:
    """Let the clock bring what is due, then ask it again when nothing is."""
    now = timezone.now()
    for name in (
        "deem_received",
        "presume_handling",
        "lapse_objections",
        "put_objections_before_heads",
        "give_waiting_to_the_lane",
        "tell_of_waiting_drafts",
    ):
        sweep: Callable[..., int] = getattr(sweeps, name)
        begun = time.perf_counter()
        done = sweep(now=now)
        taken = (time.perf_counter() - begun) * 1000
        if done:
            # a thousand rows a second: ten thousand in ten seconds
            yield Line(f"sweep {name}: each of {done:,} due", "clock", SWEEP_ROW, [taken / done])
        none = Line(f"sweep {name}: none due", "clock", SWEEP_NONE)
        for _time in range(5):
            timed(none, lambda sweep=sweep: sweep(now=now))  # type: ignore[misc]
        yield none


def measure_clients(*, times: int) -> Line:
    """Let eight clients read at once, on two processes of four threads as the product runs."""
    posts = [hat.post.pk for hat in the_hats().readers.values()]
    connections.close_all()
    each = max(1, times // 2)
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork")) as pool:
        shares = pool.map(_read_at_once, [posts] * PROCESSES, [each] * PROCESSES)
        taken = [one for share in shares for one in share]
    return Line(
        f"{CLIENTS} clients: ledger, my work, case page", "all four", LEDGER * SLOWER_WITH_CLIENTS, taken
    )


def _read_at_once(posts: Sequence[int], times: int) -> list[float]:
    with ThreadPoolExecutor(CLIENTS // PROCESSES) as pool:
        return [one for share in pool.map(_read, posts, [times] * len(posts)) for one in share]


def _read(post_id: int, times: int) -> list[float]:
    post = Post.objects.select_related("user").get(pk=post_id)
    hat = next(hat for hat in hats_of(post.user, on=timezone.localdate()) if hat.post.pk == post_id)
    browser = Browser(hat)
    case = (
        in_view(Petition.objects.visible_to(hat), View.OPEN, hat=hat, now=timezone.now())
        .order_by("-pk")
        .first()
    )
    addresses = [reverse("cases:ledger"), "/"]
    if case is not None:
        addresses.append(reverse("cases:petition", args=[case.pk]))
    line = _pages(Line("", "", None), browser, addresses, times * len(addresses))
    connection.close()
    return line.times


def disk() -> list[tuple[str, int, int]]:
    """Return the tables with the most bytes, their indexes included, and how many rows each has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid), reltuples::bigint FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC LIMIT 20"
        )
        return [(name, size, rows) for name, size, rows in cursor.fetchall()]
