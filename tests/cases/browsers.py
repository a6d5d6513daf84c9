"""A signed-in person's browser, and what a registrar types into the registration form."""

from typing import Any
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.hats import Hat
from tests.cases.given import a_category, a_village

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Browser(Client):
    """A browser under a hat: what it posts carries the hat its forms were drawn with."""

    def __init__(self, hat: Hat, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.hat = hat
        self.force_login(hat.user, backend=BACKEND)
        session = self.session
        sessions.begin(session, sessions.Shown.BY_ITSELF, now=timezone.now())
        session[sessions.HAT] = hat.post.pk
        session.save()
        assert session[BACKEND_SESSION_KEY] == BACKEND

    def open(self, name: str, /, *args: object, query: dict[str, object] | None = None) -> HttpResponse:
        """Ask for a page by its name."""
        return self.get(reverse(name, args=args), query)

    def send(self, name: str, /, *args: object, **fields: object) -> HttpResponse:
        """Post a form to a page by its name, with the hidden hat."""
        return self.post(reverse(name, args=args), {"hat": self.hat.key, **fields})


def signed_in(hat: Hat) -> Browser:
    """Sign a person in under a hat, the second factor shown."""
    return Browser(hat)


def typed(**facts: object) -> dict[str, object]:
    """Return a complete form of a letter by one person; fields of other rows are named as the page names them."""
    return {
        "seen_version": "0",
        "channel": "letter",
        "source": "self_received",
        "received_at": "2026-03-02 09:30",
        "petitioner_count": "1",
        "purpose": "request",
        "power_level": "unclear",
        "title": "永宁花园购房多年未办证",
        "text": "2013 年买的房，\n至今没有办下不动产权证。",
        "content_category": str(a_category().pk),
        "place": a_village().code,
        "place_text": a_village().short_name,
        **rows("people", {"name": "张大强", "phone": "13800001234"}),
        **rows("claims", {"wording": "给出办证时间表"}),
        **facts,
    }


def rows(prefix: str, *each: dict[str, object]) -> dict[str, object]:
    """Return the rows of people or claims as the page names their fields."""
    standing = {"role": "representative", "id_type": "resident"} if prefix == "people" else {}
    fields = {
        f"{prefix}-{number}-{name}": value
        for number, row in enumerate(each)
        for name, value in {**standing, **row}.items()
    }
    return {f"{prefix}-TOTAL_FORMS": str(len(each)), f"{prefix}-INITIAL_FORMS": "0", **fields}


def register_by_form(browser: Browser, **facts: object) -> HttpResponse:
    """Fill a new form in, press “Register”, and go on to where it leads."""
    form = {"hat": browser.hat.key, "do": "register", **typed(**facts)}
    return browser.post(reverse("cases:draft", args=[uuid4()]), form, follow=True)
