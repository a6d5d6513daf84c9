"""What a case page offers: a deed with its form as it stands, or why it cannot be done now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from cases.deed import Deed
from cases.deeds import DEEDS
from cases.forms.units import OrganChoice, OrganChoices, choices_now
from cases.models import Claim, Handling, Petition, PetitionClock
from cases.routes import is_merits_at_the_office, is_political_legal_beside
from cases.states import CHOSEN_ROUTES, HandlingState, PetitionClass, Receipt, RouteKind, Routing
from cases.workflow import Seat, Standing, Step, refusal_of, with_handling
from lib.forms import RefusableForm

Bound = Mapping[str, RefusableForm]
# how a form calls the version its reader saw: of the petition, or of a paper (Q32)
_VERSIONS = ("seen_version", "version")
# the days that are nearly always today
_TODAY = (
    "decided_on",
    "done_on",
    "served_on",
    "posted_on",
    "withdrawn_on",
    "tried_on",
    "studied_on",
    "thanked_on",
)


@dataclass(frozen=True)
class Offer:
    """A deed the page offers, with its form as it stands and what it is about."""

    deed: Deed
    form: RefusableForm
    about: str = ""

    @property
    def anchor(self) -> str:
        return f"do-{self.deed.slug}-{self.about}" if self.about else f"do-{self.deed.slug}"


@dataclass(frozen=True)
class Blocked:
    """A deed that this seat has, but not now, and why."""

    label: str | Promise
    why: str


@dataclass
class Asked:
    """What every offer of one page is asked with."""

    petition: Petition
    hat: Hat
    seat: Seat
    bound: Bound
    # the clocks that run, by the organ they run for and their code
    clocks: Mapping[tuple[int, str], PetitionClock]
    blocked: list[Blocked] = field(default_factory=list)

    def offer(
        self, name: str, handling: Handling | None = None, *, version: int | None = None, **about: Any
    ) -> Offer | None:
        """Return the offer of a deed, or nothing if this seat cannot take it from here.

        What was sent and refused is shown again where it belongs: the same deed on the same things.
        """
        deed = DEEDS[name]
        # the word of a way has no handling (D04)
        of_a_word = handling is None and deed.step is Step.DELIVER_PAPER
        step = Step.DELIVER_WORD if of_a_word else deed.step
        standing = Standing(Routing(self.petition.routing))
        if handling is not None:
            standing = Standing(standing.routing, Receipt(handling.receipt), HandlingState(handling.state))
        seat = with_handling(self.seat, self.hat, handling)
        if step is None or refusal_of(step, seat, standing) is not None:
            return None
        if handling is not None and "handling" in deed.form.base_fields:
            about = {"handling": handling.pk, **about}
        return self.shown(name, version=version, **about)

    def shown(self, name: str, *, version: int | None = None, **about: Any) -> Offer:
        """Return the offer of a deed that this hat may do, its form as it stands, or as it was sent."""
        deed = DEEDS[name]
        known = {key: str(value) for key, value in about.items()}
        sent = self.bound.get(name)
        if sent is not None and all(str(sent.data.get(key, "")) == value for key, value in known.items()):
            return Offer(deed, sent, "-".join(known.values()))
        seen = (
            {} if version is None else {each: version for each in _VERSIONS if each in deed.form.base_fields}
        )
        form = deed.form(initial={**known, **seen, **typed_days(deed)}, auto_id=ids_of(deed, known))
        for one in form.fields.values():
            if isinstance(one, OrganChoice):
                one.widget.choices = self.units
            elif isinstance(one, OrganChoices):
                one.widget.choices = self.units[1:]
        return Offer(deed, form, "-".join(known.values()))

    @cached_property
    def units(self) -> Sequence[tuple[Any, Any]]:
        """The units to choose from under the names of their kinds, read once for all forms of the page."""
        return choices_now()


def with_suitable_first(offer: Offer, petition: Petition, units: Sequence[tuple[Any, Any]]) -> None:
    """Put the political-legal organs first where a litigation-related petition is routed (Art 22(2); R-12)."""
    empty, *kinds = units
    organs = Organ.objects.current().select_related("place")
    fit = {organ.code for organ in organs if is_political_legal_beside(organ, petition)}
    suitable = [choice for _kind, of_kind in kinds for choice in of_kind if str(choice[0]) in fit]
    others = [(kind, [choice for choice in of_kind if str(choice[0]) not in fit]) for kind, of_kind in kinds]
    offer.form.fields["organ"].widget.choices = [
        empty,
        (_("Political-legal organs of this level"), suitable),
        *((kind, left) for kind, left in others if left),
    ]


def with_lawful_ways(form: RefusableForm, organ: Organ, claims: Iterable[Claim]) -> None:
    """Leave out handling directly where the action would refuse it for every claim, and say why where for some.

    That is at an office that does not decide the merits (Art 14); the class of a claim may still be open.
    """
    if not is_merits_at_the_office(organ, [PetitionClass.APPEAL_REQUEST]):
        return
    classes = {claim.petition_class for claim in claims}
    kind = form.fields["kind"]
    if classes == {PetitionClass.APPEAL_REQUEST} and form.data.get("kind") != RouteKind.SELF_HANDLE:
        left = [way for way in CHOSEN_ROUTES if way is not RouteKind.SELF_HANDLE]
        kind.widget.choices = [(way.value, way.label) for way in left]
    elif classes & {PetitionClass.APPEAL_REQUEST, None}:
        kind.help_text = _(
            "The office handles no appeal or request itself: it does not decide the merits (Art 14)."
        )


def ids_of(deed: Deed, known: Mapping[str, str]) -> str:
    """Return how the fields of one of several equal forms on the page are named, so that each label finds its own."""
    return "-".join(["id", deed.slug, *(value[-8:] for value in known.values()), "%s"])


def typed_days(deed: Deed) -> dict[str, object]:
    """Return today for the days that are nearly always today."""
    today = timezone.localdate()
    return {name: today for name in _TODAY if name in deed.form.base_fields}
