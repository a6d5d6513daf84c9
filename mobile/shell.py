"""The pages and files a phone keeps for itself. They are the same for everybody: nothing of anybody stands in them."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from grids.ground_states import About
from mobile.states import Answer, Kind

PAGES = {
    "today": "mobile/today.html",
    "report": "mobile/report.html",
    "update": "mobile/update.html",
    "waiting": "mobile/waiting.html",
    "rounds": "mobile/rounds.html",
    "diary": "mobile/diary.html",
}
# their addresses carry the hash of their content
_FILES = (
    "vendor/tabler-core-1.6.1/tabler.min.css",
    "css/petition.css",
    "img/icons.svg",
    "img/icon.svg",
)
# these import each other by their plain names, so they are kept and asked for under those
_MODULES = (
    *(
        f"js/mobile/{name}.js"
        for name in (
            *("seal", "store", "flush", "photo", "frame", "writing"),
            *("today", "report", "update", "waiting", "rounds", "diary"),
        )
    ),
    "vendor/idb-8.0.4/index.js",
)


def page(name: str) -> str:
    """Return one page in the language that is spoken now."""
    return render_to_string(PAGES[name], {"words": _words(), "page": name, "abouts": About.choices})


def kept_addresses() -> list[str]:
    """Return the addresses of everything that a phone keeps, pages first."""
    pages = [reverse(f"mobile:{name}") for name in PAGES]
    return [*pages, *(static(name) for name in _FILES), *(module(name) for name in _MODULES)]


def module(name: str) -> str:
    """Return the address of a script that others import by its plain name."""
    return f"{settings.STATIC_URL}{name}"


@cache
def version(language: str) -> str:
    """Return what changes whenever a kept page, in this language, or a kept file does."""
    digest = hashlib.sha256(json.dumps(kept_addresses()).encode())
    with override(language):
        for name in PAGES:
            digest.update(page(name).encode())
    for path in map(finders.find, (*_FILES, *_MODULES)):
        digest.update(Path(str(path)).read_bytes())
    return digest.hexdigest()[:12]


def _words() -> dict[str, object]:
    """Return what the pages' scripts say."""
    return {
        "kinds": {kind.value: str(kind.label) for kind in Kind},
        "answers": {answer.value: str(answer.label) for answer in Answer},
        "states": {
            "waiting": pgettext("on a phone", "Waits to be sent"),
            "taken": pgettext("on a phone", "Text is there, photos follow"),
            "refused": pgettext("on a phone", "Not taken"),
        },
        "no_signal": _("No signal. %(count)s kept on the phone."),
        "signed_out": _("Sign in to read and send. %(count)s kept on the phone."),
        "not_for_you": _("These pages are for those who stand for a grid. %(count)s kept on the phone."),
        "until": _("Until %(at)s"),
        "overdue_since": _("Overdue since %(at)s"),
        "as_of": _("As of %(at)s"),
        "waits_here": _("Something you wrote waits to be sent"),
        "danger": _("Danger"),
        "an_event": _("An event"),
        "from_to": pgettext("days of a round", "%(from)s to %(to)s"),
        "found": _("%(count)s found in this round so far"),
        "photo_number": _("Photo %(number)s"),
        "place": _("north %(north)s, east %(east)s (within %(metres)s m)"),
        "no_place": _("The phone does not know where it is"),
        "other_post": _(
            "%(count)s were written under another post of yours. Put that on and they will be sent."
        ),
        "clock_is_off": _(
            "The phone's clock is off by about %(minutes)s minutes. Set it right; till then periods count from receipt."
        ),
        "really_drop": _("Press again to throw it away"),
    }
