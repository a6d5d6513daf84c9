"""Every address asks who is there, unless it stands on the list."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

# Addresses anybody may ask for: the door itself, the language, and what machines watch.
OPEN = {
    *("accounts:sign_in", "accounts:second_factor", "accounts:sign_in_again", "accounts:unlock_screen"),
    *("accounts:sign_out", "accounts:language", "healthz", "readyz", "authority.crt"),
    # its key stands in the address
    "cases:calendar_feed",
    # the public door: what the office publishes, progress by number and code, booking a number
    *("portal:entry", "portal:roster", "portal:about", "portal:stations", "portal:book", "portal:booking"),
    # the phone's own pages hold nothing of anybody, and a phone without a session has to open them
    *(
        "mobile:today",
        "mobile:report",
        "mobile:update",
        "mobile:waiting",
        "mobile:rounds",
        "mobile:diary",
        "mobile:worker",
        "mobile:manifest",
    ),
    # whom to call in a grid, which has to be posted, and the resident's own door there
    *("portal:grid", "portal:tell", "portal:rate_told"),
    # what whoever has looked a petition up does there, by a signed word that is sent along
    *("portal:rate", "portal:letters", "portal:pressure", "portal:paper"),
    # how a service goes and which papers it takes (Q42)
    *("portal:guides", "portal:guide"),
}


def addresses(
    resolver: URLResolver, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Any]]:
    """Yield every address with its full name and the view behind it."""
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, path, inside)
        elif isinstance(pattern, URLPattern):
            yield path, ":".join([*spaces, pattern.name or path]), pattern.callback


def test_every_address_asks_for_a_hat():
    unasked = [
        f"{path} ({name})"
        for path, name, view in addresses(get_resolver())
        if name not in OPEN
        if not getattr(view, "asks_for_a_hat", False)
        # one's own account, before a post is given or a duty done
        if not getattr(view, "asks_who_is_there", False)
        if not _asks_by_permission(view)
    ]
    assert unasked == []


def test_no_two_rooms_answer_at_one_address():
    """The one further down would never be reached."""
    found: dict[str, str] = {}
    twice = []
    for path, name, _view in addresses(get_resolver()):
        shape = re.sub(r"<(\w+:)?\w+>", lambda part: f"<{part[1] or ''}>", path)
        if found.setdefault(shape, name) != name:
            twice.append(f"{path} is {found[shape]} and {name}")
    assert twice == []


def _asks_by_permission(view: Any) -> bool:
    """Test for an API view with a permission; REST framework asks before the view runs."""
    kind = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if kind is None or not issubclass(kind, APIView):
        return False
    asked = getattr(view, "initkwargs", {}).get("permission_classes", kind.permission_classes)
    return bool(asked) and AllowAny not in asked


def test_the_list_of_open_addresses_names_real_ones():
    assert {name for _, name, _ in addresses(get_resolver())} >= OPEN
