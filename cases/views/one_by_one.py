"""What is written once is done to one petition after the other, and each says what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.requests import StaffRequest
from cases.deeds import DEEDS
from cases.groups import MOST_LISTED, Member, form_of
from lib.errors import Refused, Words


@dataclass(frozen=True)
class Result:
    """What became of one petition."""

    member: Member
    done: bool
    words: Words


def seen_versions(request: StaffRequest, *, most: int = MOST_LISTED) -> Mapping[UUID, str]:
    """Return the ticked petitions with the version each had on the page; what is no key is left out."""
    seen = {}
    for ticked in request.POST.getlist("member")[:most]:
        key, _colon, version = ticked.partition(":")
        try:
            seen[UUID(key)] = version
        except ValueError:
            continue
    return seen


def do_to(request: StaffRequest, member: Member, name: str, seen: Mapping[UUID, str]) -> Result:
    """Do a deed to one petition by its own action, which refuses what it always refuses."""
    deed = DEEDS[name]
    form = form_of(member, name, request.POST, seen)
    if not form.is_valid():
        return Result(member, done=False, words=_("Some fields need another look."))
    try:
        deed.act(member.petition.pk, form.cleaned_data, request.hat, request.now)
    except Refused as refusal:
        return Result(member, done=False, words=refusal.message)
    return Result(member, done=True, words=deed.done)
