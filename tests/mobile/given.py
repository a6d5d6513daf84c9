"""A phone as the server sees it: what it wrote, sent through the door."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from accounts.hats import Hat
from grids.models import Grid, Round
from tests.cases.browsers import signed_in
from tests.given import MONDAY
from tests.grids.given import a_type

SYNC, SESSION, DAY = "/mobile/sync/", "/mobile/session/", "/mobile/sync/"


def a_report(hat: Hat, grid: Grid, *, observed_at: datetime = MONDAY, **typed: Any) -> dict[str, Any]:
    """Return a new event as the phone writes it down."""
    return {
        "id": str(uuid4()),
        "kind": "report",
        "user": hat.user.pk,
        "post": hat.post.pk,
        "observed_at": observed_at.isoformat(),
        "typed": {
            "grid": str(grid.pk),
            "type": a_type().pk,
            "origin": "worker",
            "names_cadre": "no",
            "title": "楼道堆放杂物起争执",
            "text": "三号楼二单元楼道堆放杂物，邻里为此争执。",
            "keep": True,
            **typed,
        },
    }


def a_step(kind: str, hat: Hat, event: object, *, version: int = 1, **more: Any) -> dict[str, Any]:
    """Return a step on an event as the phone writes it down."""
    observed_at = more.pop("observed_at", MONDAY)
    return {
        "id": str(uuid4()),
        "kind": kind,
        "user": hat.user.pk,
        "post": hat.post.pk,
        "event": str(event),
        "version": version,
        "observed_at": observed_at.isoformat(),
        "typed": {"words": more.pop("words", "已到现场，正在调解")},
        **more,
    }


def a_round_report(hat: Hat, row: Round, *, observed_at: datetime = MONDAY, **typed: Any) -> dict[str, Any]:
    """Return the report of a round as the phone writes it down: all looked at, nothing found."""
    return {
        "id": str(uuid4()),
        "kind": "round",
        "user": hat.user.pk,
        "post": hat.post.pk,
        "round": str(row.pk),
        "observed_at": observed_at.isoformat(),
        "typed": {"looked_at": row.plan.checklist, "zero": True, "words": "", **typed},
    }


def a_note(hat: Hat, grid: Grid, *, observed_at: datetime = MONDAY, **typed: Any) -> dict[str, Any]:
    """Return a note of the diary as the phone writes it down."""
    return {
        "id": str(uuid4()),
        "kind": "diary",
        "user": hat.user.pk,
        "post": hat.post.pk,
        "observed_at": observed_at.isoformat(),
        "typed": {
            "grid": str(grid.pk),
            "about": "place",
            "subject": "三号楼门口",
            "text": "路灯修好了，夜里亮堂。",
            **typed,
        },
    }


def sends(
    browser: Client, *submissions: dict[str, Any], slow_by: timedelta = timedelta(), now: datetime = MONDAY
) -> HttpResponse:
    """Send a batch from a phone whose clock is slow by so much."""
    body = {"sent_at": (now - slow_by).isoformat(), "submissions": list(submissions)}
    return browser.post(SYNC, body, content_type="application/json")


def answers(
    browser: Client, *submissions: dict[str, Any], slow_by: timedelta = timedelta()
) -> list[dict[str, Any]]:
    """Send a batch and return the answers."""
    return list(sends(browser, *submissions, slow_by=slow_by).json()["answers"])


def said(browser: Client, *submissions: dict[str, Any]) -> list[str]:
    """Send a batch and return the answers' words."""
    return [answer["answer"] for answer in answers(browser, *submissions)]


def a_picture() -> SimpleUploadedFile:
    """Return a picture in which a phone wrote its maker."""
    out = io.BytesIO()
    picture = Image.new("RGB", (20, 10), "red")
    exif = picture.getexif()
    exif[0x010F] = "PhoneMaker"
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("现场.jpg", out.getvalue())


def sends_photo(browser: Client, submission: dict[str, Any], number: int = 1) -> dict[str, Any]:
    """Send the nth picture of a submission and return the answer."""
    sent = browser.post(f"/mobile/photos/{submission['id']}/{number}/", {"photo": a_picture()})
    answer: dict[str, Any] = sent.json()
    return answer


__all__ = ["SESSION", "SYNC", "a_picture", "a_report", "a_step", "answers", "said", "sends", "signed_in"]
