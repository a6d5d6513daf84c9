"""People and pages of the front end's tests. Nothing here touches the database."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import loader
from django.test import RequestFactory

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from accounts.roles import Role

NOON = datetime(2026, 10, 12, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def a_hat(role: Role = Role.PETITION_OFFICER, *, title: str = "督查科", key: int = 7) -> Hat:
    user = User(pk=1, username="lswb0127", name="李文斌")
    organ = Organ(pk=1, name="离石区信访局", short_name="信访局")
    return Hat(Post(pk=key, user=user, organ=organ, role=role, title=title), user)


def a_request(path: str = "/", *, hats: tuple[Hat, ...] = ()) -> HttpRequest:
    request = RequestFactory().get(path)
    request.now = NOON
    request.hats = list(hats)
    request.hat = hats[0] if hats else None
    request.user = hats[0].user if hats else AnonymousUser()
    request.resolver_match = None
    return request


def a_page(template: str, request: HttpRequest | None = None, **context: object) -> str:
    return loader.render_to_string(template, context, request)
