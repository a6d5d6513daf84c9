"""The pages of reminders, channels, the outbox and what runs by itself, at both widths and in both languages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from accounts.roles import Role
from infra.sweep_runs import run
from notices.models import ChannelKind, Delivery, DeliveryState, Fault
from tests.accounts.given import PASSWORD
from tests.browser.walks import assert_axe_clean, assert_no_sideways_scroll, picture, sign_in
from tests.given import a_hat, a_user, the_petition_office
from tests.notices.given import a_channel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "notices:channels",
    "notices:outbox",
    "notices:reminders",
    "cases:tonight",
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
    addresses = [reverse(name) for name in PAGES] + [
        reverse("desk:sweep", args=["cases.tasks.deem_received"])
    ]
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
