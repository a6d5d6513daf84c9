"""What may be done to rows of the ledger that were ticked, and what waits for it."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from cases.groups import GROUP_DEEDS, Member, members_among
from cases.models import Handling, Involvement, PetitionQuerySet
from cases.readers import may_read
from cases.states import OPEN, Basis, HandlingState, Receipt
from cases.workflow import RULES, Step
from lib.forms import RefusableForm

# What a list offers; the rest of the way is gone on the case page.
LEDGER_DEEDS = ("route", "sign_for", "give_reader", "chase")
_WORKS_ON_IT = [Basis.REGISTERED, Basis.LEADS, Basis.ASSISTS]


def members_for(name: str, rows: PetitionQuerySet, hat: Hat, *, on: date) -> list[Member]:
    """Return petitions in their order, each with whether it waits for a deed by this hat's organ on a day.

    Only offers: whether the deed may be done is the action's to say.
    """
    if name in GROUP_DEEDS:
        return members_among(rows, hat)
    waits = _worked_on(hat) if name == "give_reader" else _in_hand_elsewhere(hat, on=on)
    may = hat.role in RULES[Step(name)].roles
    listed = rows.for_list().annotate(waits=Exists(waits))
    return [
        Member(one, {name: {}} if may and one.waits and one.routing in OPEN else {})  # type: ignore[attr-defined]
        for one in listed
    ]


def _worked_on(hat: Hat) -> QuerySet[Involvement]:
    """Return the parts that the hat's organ has in petitions because it works on them."""
    return Involvement.objects.filter(
        petition=OuterRef("pk"), organ=hat.organ, ended_at=None, bases__overlap=_WORKS_ON_IT
    )


def _in_hand_elsewhere(hat: Hat, *, on: date) -> QuerySet[Handling]:
    """Return what other units were sent by the hat's organ, have not carried out and were not pressed for on a day."""
    ours = Organ.objects.of_today(hat.organ).values("pk")
    sent = Handling.objects.filter(
        petition=OuterRef("pk"),
        petition__register_organ__in=ours,
        sender__in=ours,
        ended_at=None,
        receipt__in=[Receipt.DELIVERED, Receipt.RECEIVED],
    )
    return sent.exclude(organ__in=ours).exclude(state=HandlingState.EXECUTED).exclude(reminders__made_on=on)


def with_readers(form: RefusableForm, hat: Hat, *, on: date) -> RefusableForm:
    """Let a form offer the people of the hat's own organ, where it asks who is to read a petition."""
    if "post" in form.fields:
        people = [
            (post.pk, f"{post.user.name}（{post.get_role_display()}）") for post in may_read(hat, on=on)
        ]
        form.fields["post"].widget.choices = [("", _("Nobody in particular")), *people]
    return form


def offered_to(hat: Hat) -> Sequence[str]:
    """Return what the ledger offers to a hat's role."""
    return [name for name in LEDGER_DEEDS if hat.role in RULES[Step(name)].roles]
