"""What a petitioner says of how he was dealt with (满意度评价), and which letters he asks for (Q28)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from audit.parts import Actor, record
from cases import permissions as may
from cases.models import LetterWish, Petition, Petitioner, PetitionRating
from cases.parts import lock_petition
from cases.rating_states import LetterForm, RatingWay, Satisfaction
from cases.ratings import Window, hold_by_code, person_of, reads_before_it_closes, windows_of
from cases.workflow import check_open
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said of whom: `of` is the office or the handling whose reply it is, as a `Window` calls it."""

    of: str
    value: Satisfaction
    reason: str = ""


@transaction.atomic(durable=True)
def rate_at_the_door(code_id: int, said: Said, *, by: Actor, now: datetime) -> PetitionRating:
    """Keep what the main petitioner says on the public page; what he says later takes its place (R-08; Q28).

    :raises Unknown: if the code holds no longer, or there is nobody to rate by this word
    :raises NotAllowed: if the code is another person's on the petition: it counts once (Q17)
    :raises OutOfTurn: if the days for it are over
    :raises Refused: for dissatisfied without a reason
    """
    petition, code = hold_by_code(code_id)
    if code.petitioner is not None and not code.petitioner.is_main:
        raise NotAllowed(_("The matter is rated once, by who stands first on it."))
    window = _open_window(petition, said, now=now)
    rating = _put(petition, window, said, RatingWay.PAGE, by=None, now=now)
    record("rating.give", rating, by=by, at=now, facts={"organ": window.organ.code, "rating_way": rating.way})
    return rating


@transaction.atomic(durable=True)
def take_down_rating(
    petition_id: UUID, said: Said, *, way: RatingWay, by: Hat, now: datetime
) -> PetitionRating:
    """Take down what the petitioner said by telephone, on paper or at the window (Q28).

    :raises Unknown: if this hat does not see the petition, or there is nobody to rate by this word
    :raises NotAllowed: if it is no post of the petition office, or the office leads any of the petition
    :raises OutOfTurn: if the days for it are over, or the petition is void
    :raises Refused: for dissatisfied without a reason, or for the public page
    """
    petition = lock_petition(petition_id, by)
    check_open(petition)
    if not may.takes_down_ratings(by, petition) or not reads_before_it_closes(by, petition):
        raise NotAllowed(
            _("The petition office takes it down, where it handles nothing of the matter itself (Q28).")
        )
    if way == RatingWay.PAGE:
        words = _("Say how it came.")
        raise Refused(words, fields={"way": words})
    window = _open_window(petition, said, now=now)
    rating = _put(petition, window, said, way, by=by, now=now)
    facts = {"organ": window.organ.code, "rating_way": way}
    record("rating.take_down", rating, by=by.actor, at=now, facts=facts)
    return rating


def _open_window(petition: Petition, said: Said, *, now: datetime) -> Window:
    window = next((one for one in windows_of(petition, now=now) if one.key == said.of), None)
    if window is None:
        raise Unknown(_("There is nothing to rate there yet."))
    if not window.is_open(timezone.localdate(now)):
        raise OutOfTurn(_("The days for rating are over."))
    if said.value == Satisfaction.DISSATISFIED and not said.reason.strip():
        words = _("Say in a word what you are dissatisfied with.")
        raise Refused(words, fields={"reason": words})
    return window


def _put(
    petition: Petition, window: Window, said: Said, way: RatingWay, *, by: Hat | None, now: datetime
) -> PetitionRating:
    if window.said is not None:
        window.said.ended_at = now
        window.said.save(update_fields=["ended_at"])
    return PetitionRating.objects.create(
        petition=petition,
        handling=window.handling,
        reply=window.handling.opinion if window.handling else None,
        organ=window.organ,
        value=said.value,
        reason=said.reason.strip(),
        way=way,
        noted_by=by.post if by else None,
        noting_organ=by.organ if by else None,
        rated_at=now,
    )


@transaction.atomic(durable=True)
def ask_for_letters_at_the_door(
    code_id: int, *, forms: Collection[LetterForm], by: Actor, now: datetime
) -> list[LetterForm]:
    """Keep in which forms whoever has the code asks for letters; none takes an earlier wish back.

    :raises Unknown: if the code holds no longer, or nobody is named to write to
    """
    petition, code = hold_by_code(code_id)
    person = person_of(code)
    if person is None:
        raise Unknown(_("Nobody is named here to whom a letter could go."))
    _wish(petition, person, forms, by=None, now=now)
    record("petition.ask_for_letters", petition, by=by, at=now, facts={"letter_forms": sorted(forms)})
    return sorted(forms)


@transaction.atomic(durable=True)
def note_letter_wish(
    petition_id: UUID, *, person: UUID, forms: Collection[LetterForm], by: Hat, now: datetime
) -> list[LetterForm]:
    """Note in which forms a petitioner asks for letters, as he said at the window or by telephone.

    :raises Unknown: if this hat does not see the petition, or the person is not on it
    :raises NotAllowed: if this post does not deal with petitioners
    :raises OutOfTurn: if the petition is void
    """
    petition = lock_petition(petition_id, by)
    check_open(petition)
    if not may.may_note(by, petition):
        raise NotAllowed(_("Your post does not note this."))
    found = Petitioner.objects.filter(petition=petition, pk=person).first()
    if found is None:
        raise Unknown(_("There is no such person on this petition."))
    _wish(petition, found, forms, by=by, now=now)
    record("petition.ask_for_letters", petition, by=by.actor, at=now, facts={"letter_forms": sorted(forms)})
    return sorted(forms)


def _wish(
    petition: Petition, person: Petitioner, forms: Collection[LetterForm], *, by: Hat | None, now: datetime
) -> None:
    standing = LetterWish.objects.filter(petition=petition, position=person.position, ended_at=None)
    standing.exclude(form__in=forms).update(ended_at=now)
    known = {LetterForm(form) for form in standing.values_list("form", flat=True)}
    LetterWish.objects.bulk_create(
        LetterWish(
            petition=petition,
            position=person.position,
            form=form,
            noted_by=by.post if by else None,
            asked_at=now,
        )
        for form in sorted(set(forms) - known)
    )
