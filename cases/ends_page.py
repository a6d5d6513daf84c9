"""Other ends, changes of persons, recusals and samples as the case page shows them (Q13, Q19; R-33)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.hats import Hat
from cases.ending import (
    leads_itself,
    why_not_ended_by_death,
)
from cases.hanging import Hanging
from cases.models import ContactAttempt, Handling, KeepCheck, OtherEnd, Petition, Recusal, Withdrawal
from cases.offers import Asked, Blocked, Offer
from cases.people import dead_positions, withdrawn_positions
from cases.recusals import working_posts
from cases.states import PETITIONS_HIMSELF, STANDS_FOR_ANOTHER, PersonRole
from cases.workflow import judges
from lib.masking import mask_name

Choices = Sequence[tuple[Any, str]]


@dataclass(frozen=True)
class WithdrawalOnPage:
    """One withdrawal, whose it is, and what may be done with it."""

    withdrawal: Withdrawal
    who: str
    confirm: Offer | None = None
    revoke: Offer | None = None


def ends_of(
    hanging: Hanging, hat: Hat, asked: Asked, leads: Handling | None, now: datetime
) -> Mapping[str, Any]:
    """Return what the page shows of the persons' changes, withdrawals, recusals and samples."""
    petition = hanging.petition
    people = {person.pk: person for person in petition.people.all()}
    covered = {pk: mask_name(person.name) for pk, person in people.items()}
    named = {person.position: covered[pk] for pk, person in people.items()}
    died = dead_positions(petition)
    gone = withdrawn_positions(petition) | died
    withdrawals = petition.withdrawals.all()
    noted = gone | {one.position for one in withdrawals if one.ended_at is None and one.confirmed_at is None}
    withdraws = [p for p in people.values() if p.role in PETITIONS_HIMSELF and p.position not in noted]
    lives = [p for p in people.values() if p.role in PETITIONS_HIMSELF and p.position not in gone]
    dead = [p for p in people.values() if p.position in died]
    acting = [p for p in people.values() if p.role in STANDS_FOR_ANOTHER]

    def choose(persons: Sequence[Any], empty: bool = False) -> Choices:
        rows: list[tuple[Any, str]] = [("", "—")] if empty else []
        return [*rows, *((one.pk, f"{one.position} {covered[one.pk]} {_role(one)}") for one in persons)]

    files: list[tuple[Any, str]] = [("", "—")]
    files += [(one.pk, one.file.name) for one in petition.attachments.all() if one.removed_at is None]
    wanted: dict[str, tuple[bool, Mapping[str, Choices]]] = {
        "note_withdrawal": (bool(withdraws), {"person": choose(withdraws)}),
        "note_death": (bool(lives), {"person": choose(lives), "attachment": files}),
        "name_successor": (bool(dead), {"person": choose(dead)}),
        "end_after_death": (bool(dead), {"attachment": files}),
        "note_attempt": (True, {}),
        "change_agent": (
            bool(people),
            {"leaving": choose(acting, empty=True), "principal": choose(lives, empty=True)},
        ),
        "ask_recusal": (True, {}),
    }
    offers = {
        name: offer
        for name, (want, choices) in wanted.items()
        if want and (offer := _with(asked.offer(name, leads), choices)) is not None
    }
    if "ask_recusal" in offers:
        posts = [
            (post.pk, f"{post.user.name} · {post.organ.short_name} {post.title}")
            for post in working_posts(petition, now)
        ]
        _with(offers["ask_recusal"], {"post": posts})
    _block_ends(petition, hat, asked, offers)
    shown: dict[str, Any] = {
        "withdrawals": [_withdrawal(one, named, asked, hat) for one in withdrawals],
        "person_changes": [
            (one, named.get(one.position or 0, ""), named.get(one.successor_position or 0, ""))
            for one in petition.person_changes.all()
        ],
        "attempts": hanging.rows(
            "contact_attempts",
            ContactAttempt.objects.select_related("noted_by__user").order_by("tried_on", "pk"),
        ),
        "other_end": next(iter(hanging.rows("other_ends", OtherEnd.objects.filter(reopened_at=None))), None),
        "recusals": [
            (one, _decide(one, asked))
            for one in hanging.rows(
                "recusals",
                Recusal.objects.select_related(
                    "user", "judge", "decided_by__user", "declared_by__user"
                ).order_by("pk"),
            )
        ],
    }
    return {
        **shown,
        "ends": offers,
        # an empty card says nothing to nobody
        "ends_shown": bool(offers) or any(shown.values()),
        "keep_checks": [(one, _check(one, asked)) for one in _drawn(hanging)],
    }


def _role(person: Any) -> str:
    return str(PersonRole(person.role).label)


def _with(offer: Offer | None, choices: Mapping[str, Choices]) -> Offer | None:
    """Fill the lists of an offer's form."""
    if offer is not None:
        for field, rows in choices.items():
            offer.form.fields[field].widget.choices = rows
    return offer


def _block_ends(petition: Petition, hat: Hat, asked: Asked, offers: dict[str, Offer]) -> None:
    """Say why a petition that nobody continues cannot be ended now, instead of offering it."""
    if "end_after_death" not in offers:
        return
    why = _by_the_office() if leads_itself(petition, hat) else why_not_ended_by_death(petition)
    if why:
        asked.blocked.append(Blocked(offers.pop("end_after_death").deed.button, why))


def _by_the_office() -> str:
    return _("the petition office says so, and not the unit that leads it")


def _withdrawal(one: Withdrawal, named: Mapping[int, str], asked: Asked, hat: Hat) -> WithdrawalOnPage:
    who = named.get(one.position, str(one.position))
    if one.ended_at is not None:
        return WithdrawalOnPage(one, who)
    confirm = asked.offer("confirm_withdrawal", withdrawal=one.pk) if one.confirmed_at is None else None
    revoke = asked.offer("revoke_withdrawal", withdrawal=one.pk)
    if confirm is not None or revoke is not None:
        why = _why_not_confirmed(one, asked.petition, hat)
        if why and confirm is not None:
            asked.blocked.append(Blocked(confirm.deed.button, why))
            confirm = None
        if leads_itself(asked.petition, hat):
            revoke = None
    return WithdrawalOnPage(one, who, confirm, revoke)


def _why_not_confirmed(one: Withdrawal, petition: Petition, hat: Hat) -> str:
    if leads_itself(petition, hat):
        return _by_the_office()
    if one.noter_id == hat.user.pk:
        return _("a second person confirms")
    return ""


def _decide(one: Recusal, asked: Asked) -> Offer | None:
    open_to = one.withdrawn is None and one.user_id != asked.hat.user.pk and judges(asked.hat, one)
    return asked.offer("decide_recusal", recusal=one.pk) if open_to else None


def _drawn(hanging: Hanging) -> Sequence[KeepCheck]:
    if "routes__keep_check" not in hanging.there:
        return []
    drawn = KeepCheck.objects.filter(route__petition=hanging.petition).select_related(
        "looked_by__user", "sample", "looks"
    )
    return list(drawn.order_by("pk"))


def _check(one: KeepCheck, asked: Asked) -> Offer | None:
    if one.looked_at is not None:
        return None
    offer = asked.offer("check_keep", route=one.route_id)
    if offer is not None and asked.hat.user.pk in {one.kept_by_id, one.countersigned_by_id}:
        why = _("somebody looks at it who neither kept nor countersigned it")
        asked.blocked.append(Blocked(offer.deed.button, why))
        return None
    return offer
