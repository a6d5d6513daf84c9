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
from cases.states import OPEN, Basis
from cases.urgings import in_hand
from cases.workflow import RULES, Step
from lib.forms import RefusableForm

# What a list offers; the rest of the way is gone on the case page.
LEDGER_DEEDS = ("route", "sign_for", "give_reader", "urge")
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
    """Return what other units have in hand that the hat's organ registered, and were not urged about on a day."""
    ours = set(Organ.objects.of_today(hat.organ).values_list("pk", flat=True))
    waited_for = in_hand(besides=ours).filter(petition=OuterRef("pk"), petition__register_organ__in=ours)
    return waited_for.exclude(urgings__made_on=on)


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
