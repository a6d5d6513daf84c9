"""Letters that are the same to the character, sent in bulk: found by their hash, shown to who sees their members.

Each stays a petition of its own, with its own papers and its own reply (data-standard §6). What is written once for all
is done to one member after the other by the deed's own action, which refuses what it always refuses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict

from accounts.hats import Hat
from accounts.models import Organ
from cases.deeds import DEEDS
from cases.models import Claim, Handling, Petition, PetitionDocument, PetitionQuerySet, PetitionText
from cases.offers import with_lawful_ways
from cases.states import ClaimDecision, HandlingState, Receipt, Routing
from cases.workflow import RULES
from documents.states import NOT_YET_OUT, DocumentKind
from lib.forms import RefusableForm
from lib.prepared import Given, prepared

# What is done to a whole group, in the order of the way.
GROUP_DEEDS = ("route", "sign_for", "accept", "find", "draft_opinion", "issue_paper")
# As many as one page shows, and as many as are done at one press: a few seconds of work.
MOST_LISTED, AT_ONCE = 200, 50


@dataclass(frozen=True)
class Member:
    """One letter of a group as a hat sees it, with what each deed would be about; nothing for one it does not wait for.

    `about` are the fields that differ from member to member and that nobody types.
    """

    petition: Petition
    about: Mapping[str, Mapping[str, str]]


def members_of(petition: Petition, hat: Hat) -> PetitionQuerySet:
    """Keep the petitions this hat sees whose letter is the same as a petition's, itself among them."""
    visible = Petition.objects.visible_to(hat).standing()
    if not petition.words.text_hash:
        return visible.filter(pk=petition.pk)
    return visible.filter(words__text_hash=petition.words.text_hash)


def count_of_group(petition: Petition, hat: Hat) -> int:
    """Return how many of a petition's group this hat sees, itself among them, at most one more than are listed.

    One for a letter of its own.
    """
    shared = petition.words.text_hash
    # most letters are their own: whether it is said anywhere else is asked before what this hat may see
    if not shared or not _others(text_hash=shared, petition=petition.pk):
        return 1
    return members_of(petition, hat).order_by()[: MOST_LISTED + 1].count()


@prepared
def _others(text_hash: Given, petition: Given) -> QuerySet[PetitionText]:
    others = PetitionText.objects.filter(text_hash=text_hash).exclude(petition=petition)
    return others.only("pk").order_by()[:1]


def group_of(petition: Petition, hat: Hat) -> list[Member]:
    """Return the members of a petition's group that this hat sees, the first received first, at most two hundred."""
    rows = members_of(petition, hat).order_by("received_at", "pk")
    return members_among(rows[:MOST_LISTED], hat)


def members_among(rows: PetitionQuerySet, hat: Hat) -> list[Member]:
    """Return petitions with what each deed would be about at this hat's organ, in their order and in six queries."""
    ours = list(Organ.objects.of_today(hat.organ).values_list("pk", flat=True))
    led = Handling.objects.filter(organ__in=ours, ended_at=None)
    drafts = PetitionDocument.objects.filter(
        handling__organ__in=ours, handling__ended_at=None, document__kind=DocumentKind.D15
    ).select_related("document")
    listed = rows.for_list().prefetch_related(
        Prefetch("claims", Claim.objects.order_by("number"), to_attr="all_claims"),
        Prefetch("handlings", led, to_attr="led_here"),
        Prefetch("documents", drafts, to_attr="opinions"),
    )
    return [Member(one, dict(_about(one, hat, ours))) for one in listed]


def _about(petition: Any, hat: Hat, ours: Sequence[int]) -> Iterable[tuple[str, Mapping[str, str]]]:
    """Give the deeds that wait to be done to one member by this hat's organ, each with what it is about.

    Only offers: whether the deed may be done is the action's to say. `petition` carries what `group_of` fetched.
    """
    roles = {name: RULES[step].roles for name in GROUP_DEEDS if (step := DEEDS[name].step) is not None}
    waits = petition.routing == Routing.REGISTERED and any(c.route_id is None for c in petition.all_claims)
    if waits and petition.register_organ_id in ours and hat.role in roles["route"]:
        yield "route", {"seen_version": str(petition.version)}
    for handling in petition.led_here[:1]:
        for name, about in _about_handling(petition, handling, hat):
            if hat.role in roles[name]:
                yield name, about


def _about_handling(petition: Any, handling: Handling, hat: Hat) -> Iterable[tuple[str, Mapping[str, str]]]:
    of_handling = {"handling": str(handling.pk)}
    claims = [claim for claim in petition.all_claims if claim.handling_id == handling.pk]
    accepted = [claim for claim in claims if claim.decision == ClaimDecision.ACCEPTED]
    investigating = handling.state == HandlingState.INVESTIGATING
    drafts = [one.document for one in petition.opinions if one.document.state in NOT_YET_OUT]
    if handling.receipt == Receipt.DELIVERED:
        yield "sign_for", of_handling
    if handling.receipt != Receipt.RECEIVED:
        return
    # a member of several claims is another matter besides: it is worked on by itself
    if len(claims) == 1 and not claims[0].decision:
        yield "accept", {**of_handling, "claim": str(claims[0].number)}
    if investigating and len(claims) == 1 and accepted and not drafts:
        yield "find", {**of_handling, "claim": str(claims[0].number)}
    if investigating and accepted and all(claim.outcome for claim in accepted) and not drafts:
        yield "draft_opinion", of_handling
    for draft in drafts[:1]:
        # who drew it up does not approve it (documents.md §1)
        if draft.drafter_id != hat.user.pk:
            yield "issue_paper", {"document": str(draft.pk), "version": str(draft.version)}


def waiting_for(members: Sequence[Member], name: str) -> list[Member]:
    """Return the members that wait for a deed."""
    return [member for member in members if name in member.about]


def offered(members: Sequence[Member]) -> list[str]:
    """Return the deeds that at least one member waits for, in the order of the way."""
    return [name for name in GROUP_DEEDS if waiting_for(members, name)]


def form_for_all(name: str, members: Sequence[Member], hat: Hat) -> RefusableForm:
    """Return the form of a deed without the fields that differ from member to member."""
    form = _without_its_own(DEEDS[name].form(auto_id=f"id-all-{DEEDS[name].slug}-%s"), name)
    if name == "route":
        # these carry what `group_of` fetched
        waiting: list[Any] = [one.petition for one in waiting_for(members, name)]
        claims = [claim for petition in waiting for claim in petition.all_claims]
        with_lawful_ways(form, hat.organ, [claim for claim in claims if claim.route_id is None])
    return form


def _without_its_own(form: RefusableForm, name: str) -> RefusableForm:
    for field in ("seen_version", "handling", "claim", "claims", "document", "version"):
        form.fields.pop(field, None)
    return form


def form_as_sent(name: str, body: QueryDict) -> RefusableForm:
    """Return what was written once for all, bound, to be shown again with its faults."""
    return _without_its_own(DEEDS[name].form(body, auto_id=f"id-all-{DEEDS[name].slug}-%s"), name)


def form_of(member: Member, name: str, body: QueryDict, seen: Mapping[UUID, str]) -> RefusableForm:
    """Return the deed's own form for one member: what was written for all, and what it is about there.

    A version is the one that stood on the page when it was written, not the present one (Q32).
    """
    own = body.copy()
    own.pop("claims", None)
    for field, value in member.about[name].items():
        own[field] = seen.get(member.petition.pk, value) if field == "seen_version" else value
    return DEEDS[name].read(own)
