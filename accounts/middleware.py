"""Puts the hat on the request, and takes away the person whose session idled too long."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import sessions
from accounts.hats import hats_of
from accounts.models import User, policy_of
from accounts.models.policies import AT_A_DESK


class HatMiddleware:
    """Set what is known of the asker; a hat no longer held falls back to the first.

    `request.hat`, `hats` and `now` are for every view, `idle_minutes` and `unlock_asks_for_code` for the page's lock.

    After too long a pause nobody is signed in, and `request.locked_user` is the one who was: his session stays, so
    that he can unlock it or sign in on the spot (Q31).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.now = now  # type: ignore[attr-defined]
        request.hats, request.hat = [], None  # type: ignore[attr-defined]
        request.idle_minutes = request.locked_user = None  # type: ignore[attr-defined]
        request.unlock_asks_for_code = False  # type: ignore[attr-defined]
        if isinstance(request.user, User):
            hats = hats_of(request.user, on=timezone.localdate(now))
            hat = sessions.worn(request.session, hats)
            policy = policy_of(hat.role) if hat else AT_A_DESK
            if sessions.is_idle(request.session, policy, now=now):
                request.locked_user = request.user  # type: ignore[attr-defined]
                request.user = AnonymousUser()
            else:
                sessions.touch(request.session, now=now)
                request.hats, request.hat = hats, hat  # type: ignore[attr-defined]
                request.idle_minutes = policy.idle_minutes  # type: ignore[attr-defined]
                by_itself = sessions.shown(request.session) is sessions.Shown.BY_ITSELF
                request.unlock_asks_for_code = by_itself  # type: ignore[attr-defined]
        return self.get_response(request)
