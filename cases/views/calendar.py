"""The address a calendar program reads: its key stands in it, and nobody is signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cases.calendar_feed import feed_of, reader_of


@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """Give the days of the post a key was made for.

    A key that is revoked, unknown, or whose owner lost the post shows an empty calendar: what was in the telephone goes
    from it, the answer tells nothing (Q6), and no error writes the address into a log.
    """
    now = timezone.now()
    reader = reader_of(key, now=now)
    language = reader.user.language if reader is not None else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        content = feed_of(reader, now=now)
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
