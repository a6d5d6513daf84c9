"""The rows that several parts of a case page ask for, each kind read once, in the order they all want."""

from collections.abc import Sequence

from django.db.models import QuerySet

from cases.hanging import Hanging
from cases.models import (
    Attachment,
    Claim,
    Handling,
    PersonChange,
    Petition,
    PetitionClock,
    Petitioner,
    Study,
    Thanks,
    UpwardReport,
    VoidProposal,
    Withdrawal,
)
from lib.prepared import Given, keep_rows, kept_rows, prepared


def read_once(petition: Petition) -> Hanging:
    """Read people, clocks, claims, handlings and what hangs on the petition directly; return what else hangs on it."""
    hanging = Hanging.on(petition)
    keep_rows(petition, "people", people_of(petition=petition.pk))
    keep_rows(petition, "clocks", clocks_of(petition=petition.pk))
    keep_rows(petition, "claims", claims_of(petition=petition.pk))
    keep_rows(petition, "handlings", handlings_of(petition=petition.pk))
    hanging.load(
        "",
        [petition],
        {
            "attachments": Attachment.objects.select_related("file").order_by("added_at"),
            "withdrawals": Withdrawal.objects.select_related("noted_by__user", "noted_by__organ").order_by(
                "pk"
            ),
            "person_changes": PersonChange.objects.select_related("noted_by__user").order_by("pk"),
            "upward_reports": UpwardReport.objects.order_by("-reported_on"),
            "void_proposals": VoidProposal.objects.all(),
        },
    )
    of_suggestions = {"studies": Study.objects.select_related("organ"), "thanks": Thanks.objects.all()}
    hanging.load("claims", petition.claims.all(), of_suggestions)
    return hanging


def handlings_on(petition: Petition) -> Sequence[Handling]:
    """Return all handlings with their organs, in the order they were sent; read now if the page has not read them."""
    kept = kept_rows(petition, "handlings")
    return handlings_of(petition=petition.pk) if kept is None else list(kept)


@prepared
def people_of(petition: Given) -> QuerySet[Petitioner]:
    return Petitioner.objects.filter(petition=petition).order_by("position")


@prepared
def clocks_of(petition: Given) -> QuerySet[PetitionClock]:
    return PetitionClock.objects.filter(petition=petition).select_related("rule", "organ").order_by("pk")


@prepared
def claims_of(petition: Given) -> QuerySet[Claim]:
    related = ("route", "finding", "execution_organ")
    return Claim.objects.filter(petition=petition).select_related(*related).order_by("number")


@prepared
def handlings_of(petition: Given) -> QuerySet[Handling]:
    related = ("organ", "sender", "received_by__user", "route")
    return Handling.objects.filter(petition=petition).select_related(*related).order_by("sent_at", "pk")
