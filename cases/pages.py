"""What a page of one petition shows, put together from facts; the same for the screen and the printed card."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.hats import Hat
from accounts.models import Post
from cases import permissions as may
from cases.category_suggestions import suggest_categories
from cases.deed import Deed
from cases.deeds import DEEDS
from cases.handling_page import way_of
from cases.hanging import Hanging
from cases.imported import others_of
from cases.models import (
    Claim,
    Correction,
    DataIncident,
    EarlierReply,
    EnquiryNote,
    Original,
    Petition,
    PetitionClock,
    Reader,
    ReportedParty,
    SealedGrant,
    SealedHandover,
    SealedWord,
)
from cases.offers import Offer, ids_of
from cases.page_rows import handlings_on, read_once
from cases.parts import excluded_organs
from cases.people import covered_people, may_uncover, names_on
from cases.rows import lamp_of_petition, state_words
from cases.sealed_history import seen_before_sealing
from cases.secrets import open_reporter_field
from cases.sections import sections_of
from cases.states import (
    INTERNAL_CLOCKS,
    ORAL,
    STAT_GROUP_OF,
    Channel,
    ClaimDecision,
    ClockCode,
    EndKind,
    Receipt,
    Routing,
)
from cases.timeline import Kind, lines_of, over_on, timeline_of
from cases.urgings import urged_on
from deadlines.lamps import Lamp, lamp_of, lamp_of_clock
from deadlines.words import day_words, title_of
from lib.forms import RefusableForm
from lib.masking import mask_text
from lib.strips import Point, Span, Strip, strip


@dataclass(frozen=True)
class Named:
    """A reported party in clear, for the lane's officer."""

    kind: str
    name: str
    unit: str
    post_title: str


def case_page(
    petition: Petition,
    hat: Hat,
    *,
    now: datetime,
    kind: str,
    bound: Mapping[str, RefusableForm] | None = None,
) -> dict[str, Any]:
    """Return everything the case page of this hat shows, in a fixed number of queries.

    `bound` are the forms that were sent and refused, by the name of their deed: they are shown as typed.
    """
    hanging = read_once(petition)
    for_the_team = may.is_case_team_or_duty(hat, petition)
    chosen = Kind(kind) if kind in set(Kind) else None
    names = names_on(petition)
    handover = _handover(petition)
    clocks = clocks_of(petition, now)
    proposals = petition.void_proposals.all()
    context: dict[str, Any] = {
        "petition": petition,
        "names": names,
        "title": mask_text(petition.words.title, names=names),
        "text": mask_text(petition.words.text, names=names),
        "summary": mask_text(petition.words.summary, names=names),
        "lamp": lamp_of_petition(
            petition,
            now,
            over_on=handover.handed_on if handover else over_on(petition),
            handed_over=handover is not None,
        ),
        "clocks": clocks,
        "ended_clocks": sum(not clock.is_open for clock, _lamp in clocks),
        "strip": strip_of(petition, now),
        "claims": [mask_text(claim.wording, names=names) for claim in petition.claims.all()],
        "people": covered_people(petition, hat),
        "may_uncover": may_uncover(petition, hat),
        "attachments": [one for one in petition.attachments.all() if one.removed_at is None],
        "originals": hanging.rows(
            "originals",
            Original.objects.select_related("received_by__user", "returned_by__user").order_by("pk"),
        ),
        "enquiries": hanging.rows(
            "enquiries", EnquiryNote.objects.select_related("noted_by__user").order_by("-asked_at")
        )[:20],
        "incidents": hanging.rows("data_incidents", DataIncident.objects.order_by("-opened_at")),
        "corrections": hanging.rows(
            "corrections",
            Correction.objects.select_related("corrected_by__user").order_by("-corrected_at"),
        ),
        "timeline": timeline_of(petition, hat, for_the_team=for_the_team, kind=chosen),
        "timeline_kind": kind,
        "proposal": next((one for one in proposals if one.decided_at is None), None),
        "may_note": may.may_note(hat, petition) and not petition.is_void,
        "may_correct": may.may_correct(hat, petition) and not petition.sealed and not petition.is_void,
        "may_confirm_void": may.may_confirm_void(hat, petition),
        "may_issue_code": may.may_issue_code(hat, petition) and not petition.is_void,
        "for_the_team": for_the_team and not petition.sealed,
        "was_oral": petition.channel in ORAL,
        "group": STAT_GROUP_OF[Channel(petition.channel)],
        "enquiry_words": enquiry_words(petition, now),
        "deeds": {
            name: Offer(DEEDS[name], (bound or {}).get(name) or _form_of(DEEDS[name]))
            for name in _offered(petition, hat, handover)
        },
        "voided": next((one for one in proposals if one.confirmed), None),
        "sections": sections_of(hanging, hat, now=now),
    }
    context |= _came_from(petition, names)
    if not petition.sealed:
        context |= _reading(hanging, now)
    if context["may_correct"] and not petition.category_confirmed:
        context |= _category_to_confirm(petition, context, bound or {}, now)
    context |= way_of(hanging, hat, names=names, bound=bound or {}, now=now)
    waits = any(one.handling.receipt == Receipt.DELIVERED for one in context.get("handlings", ()))
    claims = list(petition.claims.all())
    handed_over = handover is not None
    context["state"] = state_words(
        petition,
        to_sign_for=waits,
        handed_over=handed_over,
        in_remedy=next(
            (one.standing.going_on for one in context.get("remedies", ()) if one.standing.going_on), None
        ),
        claims=claims,
    )
    if context["for_the_team"]:
        context |= _team(petition, now)
    if petition.sealed:
        context |= {**_lane(petition, hat), "handover": handover}
        context["next_steps"] = list(_next_in_the_lane(context["deeds"]))
        if "let_in" in context["deeds"]:
            context["deeds"]["let_in"].form.fields["post"].widget.choices = _posts_to_let_in(petition)
            people = [(person.id, person.name) for person in context["people"]]
            context["deeds"]["note_withdrawal"].form.fields["person"].widget.choices = people
    return context


def _form_of(deed: Deed) -> RefusableForm:
    """Return a deed's empty form, its fields named apart from those of the other forms on the page."""
    return deed.form(auto_id=ids_of(deed, {}))


def _reading(hanging: Hanging, now: datetime) -> dict[str, Any]:
    """Return who reads the petition in which organ, and how often and why its units were urged."""
    standing = Reader.objects.filter(ended_at=None).select_related("organ", "post__user")
    return {
        "readers": hanging.rows("readers", standing.order_by("given_at", "pk")),
        "urgings": urged_on(hanging.petition, now) if "handlings__urgings" in hanging.there else [],
    }


def _came_from(petition: Petition, names: Sequence[str]) -> dict[str, Any]:
    """Return what the list it was taken in from says besides: the reply of then, and what no field of ours holds."""
    if not petition.external_number:
        return {}
    reply = EarlierReply.objects.filter(petition=petition).first()
    return {
        "earlier_reply": reply,
        "earlier_reply_text": mask_text(reply.text, names=names) if reply else "",
        "other_cells": [
            (heading, mask_text(text, names=names)) for heading, text in others_of(petition).items()
        ],
    }


def _category_to_confirm(
    petition: Petition, context: Mapping[str, Any], bound: Mapping[str, RefusableForm], now: datetime
) -> dict[str, Any]:
    """Return the deed that gives a category where a list named none, and what is suggested for the covered words."""
    deed = DEEDS["confirm_category"]
    known = {"seen_version": petition.version, "content_category": petition.content_category.code}
    form = bound.get(deed.name) or deed.form(initial=known)
    suggestions = suggest_categories(context["title"], context["text"], on=timezone.localdate(now))
    return {"confirm_category": Offer(deed, form), "suggestions": suggestions}


def _offered(petition: Petition, hat: Hat, handover: SealedHandover | None) -> Iterator[str]:
    """Give the names of the deeds that the page offers this hat; each deed's action checks again."""
    if may.may_note(hat, petition):
        # Whoever holds the slip of a void entry may still ask, and is told which number stays (Q15, Q18).
        yield "enquiry"
    if may.may_seal(hat, petition) and not petition.sealed:
        yield "seal"
    if petition.sealed and may.may_unseal(hat):
        yield from ("unseal", "let_in", "shut_out", "note_withdrawal")
        if handover is None:
            yield "hand_to_discipline"
        elif _owes_word_to_reporter(petition):
            yield "tell_reporter"
    if petition.is_void:
        return
    if may.may_note(hat, petition):
        yield from ("take_original", "return_original", "attach")
    if may.may_issue_code(hat, petition):
        yield "quarantine"
    if may.is_case_team_or_duty(hat, petition) and not petition.sealed:
        yield from ("safety_note", "close_safety_note", "conduct")
    if may.may_propose_void(hat, petition) and not petition.sealed:
        yield "decide_void"
        if petition.is_untouched:
            yield "propose_void"


# what the bar calls the deeds of the lane, in the order of its way
_LANE_STEPS: Mapping[str, Promise] = {
    "hand_to_discipline": _lazy("Hand it over to the discipline organ"),
    "tell_reporter": _lazy("Tell the reporter in writing where it went"),
    "let_in": _lazy("Let another post in"),
    "unseal": _lazy("Unseal"),
}


def _next_in_the_lane(deeds: Mapping[str, Offer]) -> Iterator[tuple[Offer, str]]:
    """Give what moves a sealed petition on now, for the bar; nothing once it was handed over and the reporter told."""
    if "hand_to_discipline" in deeds or "tell_reporter" in deeds:
        yield from ((deeds[name], str(words)) for name, words in _LANE_STEPS.items() if name in deeds)


def clocks_of(petition: Petition, now: datetime) -> Sequence[tuple[PetitionClock, Lamp]]:
    """Return the clocks with their lamps, nearest last day first, those that have ended last.

    Of the cancelled those alone that had been breached; one that waits for its day stands after those that have one.
    """
    rows = [one for one in petition.clocks.all() if one.cancelled_at is None or one.breached_at is not None]
    ordered = sorted(
        rows, key=lambda clock: (not clock.is_open, clock.due_at is None, clock.due_at or now, clock.pk)
    )
    return [(clock, lamp_of_clock(clock, now)) for clock in ordered]


def strip_of(petition: Petition, now: datetime) -> Strip | None:
    """Return the days from receipt to the furthest last day drawn to scale; nothing once no clock runs."""
    days = [
        (clock.code, clock.last_day)
        for clock in petition.clocks.all()
        if clock.is_open and clock.last_day is not None
    ]
    if not days:
        return None
    received, today = timezone.localdate(petition.received_at), timezone.localdate(now)
    last = max(today, *(day for _code, day in days))
    lamp = lamp_of(petition.next_due_at, petition.next_amber_at, now)
    points = [
        Point(received, _("Received %(day)s") % {"day": _short(received)}),
        Point(today, _("Today, day %(number)d") % {"number": (today - received).days}, strong=True, now=True),
    ]
    for code, day in days:
        words = _("%(clock)s %(day)s") % {"clock": title_of(code), "day": _short(day)}
        points.append(Point(day, words, below=True, strong=code not in INTERNAL_CLOCKS))
    spans = [Span("trk", received, last + timedelta(days=1)), Span(f"run-{lamp.css}", received, today)]
    label = "; ".join(point.text for point in points)
    return strip(label, received, last + timedelta(days=1), spans, points)


def _short(day: date) -> str:
    """Return a day as a strip of days shows it: 10月16日."""
    # Translators: a Django date format
    return formats.date_format(day, _("j M"))


def enquiry_words(petition: Petition, now: datetime) -> list[str]:
    """Return a few sentences to read to whoever asks where the matter stands (Q15)."""
    if petition.is_void:
        voided = petition.void_proposals.filter(confirmed=True).select_related("stays").first()
        stays = voided.stays if voided else None
        if stays is not None and not stays.sealed:
            return [_("This entry is void. The matter goes on under %(number)s.") % {"number": stays.number}]
        return [_("This entry is void: it was entered twice or as a test.")]
    received = day_words(timezone.localdate(petition.received_at))
    sentences = [
        _("Your matter was received on %(day)s and registered under %(number)s.")
        % {"day": received, "number": petition.number}
    ]
    named = _claims_in_words(petition)
    sentences += _where_it_is(petition, named, today=timezone.localdate(now))
    running = [clock for clock in petition.clocks.all() if clock.is_open]
    owed = next((clock for clock in running if clock.code in {ClockCode.T1, ClockCode.T2}), None)
    about = named([claim for claim in petition.claims.all() if claim.route_id is None])
    if owed is not None and owed.last_day is not None and owed.due_at is not None and now < owed.due_at:
        words = _(
            "By %(day)s at the latest %(it)s goes to the organ that deals with it, or you are told in writing."
        )
        sentences.append(words % {"it": about, "day": day_words(owed.last_day)})
    elif owed is not None:
        words = _("%(it)s has not been passed on in time. You will be told as soon as it is.")
        sentences.append(capfirst(words % {"it": about}))
    return sentences


# as much of a claim as tells it from the others when it is read out
_SHORT_CLAIM = 20
NamesClaims = Callable[[Collection[Claim]], str]


def _claims_in_words(petition: Petition) -> NamesClaims:
    """Return how some claims of a petition are called: by number and short words, or as the whole matter."""
    every = list(petition.claims.all())
    names = names_on(petition)

    def named(claims: Collection[Claim]) -> str:
        if len(every) == 1 or len(claims) in {0, len(every)}:
            return _("the matter")
        return "、".join(
            _("claim %(number)s (%(words)s)")
            % {"number": claim.number, "words": _shortened(mask_text(claim.wording, names=names))}
            for claim in claims
        )

    return named


def _shortened(words: str) -> str:
    return words if len(words) <= _SHORT_CLAIM else f"{words[:_SHORT_CLAIM]}…"


def _where_it_is(petition: Petition, named: NamesClaims, *, today: date) -> list[str]:
    """Return who has it, since when, and by when an answer comes: one or two sentences for each leading organ."""
    sentences = []
    running = (clock for clock in petition.clocks.all() if clock.is_open)
    sixty = (clock for clock in running if clock.code == ClockCode.T5 and not clock.presumed)
    last_days = {clock.organ_id: clock.last_day for clock in sixty}
    for handling in handlings_on(petition):
        if handling.ended_at is not None:
            continue
        organ, sent = handling.organ.short_name, day_words(timezone.localdate(handling.sent_at))
        own = [claim for claim in petition.claims.all() if claim.handling_id == handling.pk]
        went = _("On %(day)s %(it)s went to %(organ)s.")
        sentences.append(went % {"day": sent, "it": named(own), "organ": organ})
        last_day = last_days.get(handling.organ_id)
        if last_day is not None and handling.accepted_on is not None:
            words = (
                _("%(organ)s accepted %(it)s on %(day)s and answers in writing by %(until)s.")
                if today <= last_day
                else _(
                    "%(organ)s accepted %(it)s on %(day)s. It was to answer in writing by %(until)s, and its answer "
                    "is late; you may ask for it there."
                )
            )
            accepted = day_words(handling.accepted_on)
            accepted_claims = named([claim for claim in own if claim.decision == ClaimDecision.ACCEPTED])
            facts = {"it": accepted_claims, "day": accepted, "until": day_words(last_day)}
            sentences.append(words % {"organ": organ, **facts})
        elif handling.opinion_id is not None:
            answered = named([claim for claim in own if claim.decision == ClaimDecision.ACCEPTED])
            sentences.append(
                _("%(organ)s has issued its opinion on %(it)s.") % {"organ": organ, "it": answered}
            )
    if petition.routing == Routing.FINISHED:
        finished = over_on(petition)
        if finished is not None:
            sentences.append(_("The petition was finished on %(day)s.") % {"day": day_words(finished)})
    if petition.ended_as == EndKind.WITHDRAWN:
        sentences.append(_("The petition ended because it was withdrawn. The petitioner may take that back."))
    elif petition.ended_as == EndKind.DIED:
        sentences.append(_("The petition ended because nobody continues it. A successor may come forward."))
    return sentences


def _team(petition: Petition, now: datetime) -> dict[str, Any]:
    """What only the case team and the duty leader read (Q7); a note past its day is gone from view."""
    today = timezone.localdate(now)
    return {
        "safety_notes": petition.safety_notes.filter(closed_at=None, expires_on__gt=today).order_by(
            "review_on"
        ),
        "conduct_incidents": petition.conduct_incidents.order_by("-seen_at"),
    }


def _lane(petition: Petition, hat: Hat) -> dict[str, Any]:
    """What the sealed lane shows besides: who is reported, who was let in, who had seen it before (Q1)."""
    return {
        "reported": [
            _named(party) for party in ReportedParty.objects.filter(petition=petition).select_related("organ")
        ],
        "matter": petition.sealed_matter,
        "grants": SealedGrant.objects.filter(petition=petition, ended_at=None).select_related(
            "post__user", "post__organ"
        ),
        "seen_before": lines_of(seen_before_sealing(petition)),
        "is_lane_officer": may.may_unseal(hat),
        "sealed_withdrawals": [
            (one.position, one) for one in petition.withdrawals.filter(ended_at=None).order_by("pk")
        ],
        "word": SealedWord.objects.filter(petition=petition).standing().select_related("document").first(),
    }


def _handover(petition: Petition) -> SealedHandover | None:
    """Return to which discipline organ a sealed petition went, and when (R-13)."""
    if not petition.sealed:
        return None
    handovers = SealedHandover.objects.select_related("organ", "document", "handed_by__user")
    return handovers.filter(petition=petition).standing().first()


def _owes_word_to_reporter(petition: Petition) -> bool:
    known = not petition.is_anonymous and petition.reporters.exists()
    return known and not SealedWord.objects.filter(petition=petition).standing().exists()


def _posts_to_let_in(petition: Petition) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the posts that could deal with a report and are not kept out of this one, organ by organ."""
    today = timezone.localdate()
    accused = ReportedParty.objects.filter(petition=petition, user__isnull=False).values("user")
    posts = (
        Post.objects.held_on(today)
        .filter(role__in=may.MAY_BE_LET_IN)
        .exclude(organ__in=excluded_organs(petition))
        .exclude(user__in=accused)
        .exclude(Q(sealed_grants__petition=petition, sealed_grants__ended_at=None))
        .select_related("user", "organ")
        .order_by("organ__path", "pk")
    )
    return [
        (organ, [(post.pk, f"{organ} · {post.user.name} · {post.title}") for post in of_organ])
        for organ, of_organ in groupby(posts, key=lambda post: post.organ.short_name)
    ]


def _named(party: ReportedParty) -> Named:
    return Named(
        kind=party.kind,
        name=open_reporter_field(party.pk, "reported_name", party.name_sealed),
        unit=party.organ.short_name if party.organ else "",
        post_title=party.post_title,
    )
