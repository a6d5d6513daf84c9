"""The pages of reminders, channels, the outbox, bulletins and what runs by itself, at both widths and languages."""

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from accounts.roles import Role
from infra.sweep_runs import Tally, run
from leadership.models import Bulletin
from leadership.sweeps import draw_bulletins
from notices.models import ChannelKind, Delivery, DeliveryState, Fault, MessageChannel
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.cases.handling.given import at, received
from tests.given import a_hat, a_user, the_petition_office
from tests.notices.given import a_channel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "notices:channels",
    "notices:outbox",
    "notices:reminders",
    "desk:tonight",
    "desk:health",
    "accounts:account",
)


def in_english(page):
    page.click("[name=language][value=en] >> visible=true")
    page.wait_for_selector("html[lang=en]")


def a_world() -> None:
    hat = a_hat(Role.SYSTEM_ADMINISTRATOR, user=a_user(username="xitong", password=PASSWORD))
    now = timezone.now()
    a_channel(ChannelKind.WECOM, organ=the_petition_office())
    Delivery.objects.create(
        channel=a_channel(),
        post=Post.objects.get(pk=hat.post.pk),
        day=timezone.localdate(now),
        since_at=now,
        until_at=now,
        next_try_at=now,
        attempts=8,
        state=DeliveryState.DEAD,
        fault=Fault.NO_ADDRESS,
    )
    run("cases.tasks.deem_received", lambda tally: 2, clock=timezone.now)


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_fits_and_is_read_in_both_languages(page_desktop, width):
    a_world()
    page = page_desktop
    sign_in(page, "xitong", PASSWORD)
    channel = MessageChannel.objects.filter(kind=ChannelKind.WECOM).get()
    addresses = [
        *(reverse(name) for name in PAGES),
        reverse("desk:sweep", args=["cases.tasks.deem_received"]),
        reverse("notices:channel", args=[channel.pk]),
        reverse("desk:calendar_moves", args=[2026]),
    ]
    looked_at(page, addresses, width)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_bulletin_fits_and_is_read_in_both_languages(page_desktop, width):
    case = received()
    head = case.office.head
    head.user.username, head.user.password = "juzhang", make_password(PASSWORD)
    head.user.save(update_fields=["username", "password"])
    draw_bulletins(now=at(4, 1, 7), tally=Tally())
    page = page_desktop
    sign_in(page, "juzhang", PASSWORD)
    bulletin = Bulletin.objects.get(office=case.office.organ)
    pages = [("leadership:bulletins", ()), ("leadership:bulletin", (bulletin.pk,))]
    pages += [("leadership:supervision", ()), ("leadership:matter", (case.pk,))]
    looked_at(page, [reverse(name, args=key) for name, key in pages], width)


def looked_at(page, addresses, width) -> None:
    """Look at pages in Chinese and in English."""
    for language in ("zh", "en"):
        if language == "en":
            page.set_viewport_size({"width": 1440, "height": 900})
            in_english(page)
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(address)
            assert_no_sideways_scroll(page)
            assert_axe_clean(page)
            picture(page, f"reminders{address.replace('/', '_')}{language}_{width}")
