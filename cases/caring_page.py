"""Help on the case page: what was offered, what came of it, and the deeds of whoever cares (Art 37; R-37, R-38)."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.hanging import Hanging
from cases.models import Referral, Remedy
from cases.offers import Asked, Offer
from cases.remedies import permissions as may


@dataclass(frozen=True)
class ReferralOnPage:
    referral: Referral
    note_result: Offer | None = None


@dataclass(frozen=True)
class Caring:
    """What help was offered, and the deed that offers more."""

    referrals: Sequence[ReferralOnPage]
    note: Offer | None = None


def caring_of(hanging: Hanging, asked: Asked) -> Caring | None:
    """Return the card of help; nothing for who neither noted nor could note any."""
    rows = hanging.rows("referrals", Referral.objects.select_related("noted_by__user").order_by("pk"))
    petition = asked.petition
    leading = [handling.organ for handling in petition.handlings.all() if handling.ended_at is None]
    reviewing = [each.organ for each in hanging.rows("remedies", Remedy.objects.select_related("organ"))]
    organs = [petition.register_organ, *leading, *reviewing]
    cares = not petition.is_void and not asked.seat.recused and may.cares(asked.hat, organs)
    if not rows and not cares:
        return None
    return Caring(
        referrals=[
            ReferralOnPage(
                one,
                asked.shown("note_referral_result", referral=one.pk) if cares and not one.result else None,
            )
            for one in rows
        ],
        note=asked.shown("note_referral") if cares else None,
    )
