"""What whoever has the query code reads of 复查 and 复核: what he may ask for, of whom, until when, and how far it is.

What was decided stands in the paper that was handed over; here it says that there is one (R-02; Art 35, 36).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from cases.models import PetitionClock, Remedy
from cases.remedies.standing import Standing
from cases.remedy_states import Chain, RemedyState, Stage
from cases.states import ClockCode


def rights_of(standing: Standing, *, due: Mapping[UUID, date | None]) -> Iterator[str]:
    """Yield the sentences on the remedies of one written reply; `due` is until when each remedy is decided."""
    if standing.chain is not Chain.NOT_BEGUN:
        yield from (
            _not_accepted(each) for each in standing.remedies if each.state == RemedyState.NOT_ACCEPTED
        )
    match standing.chain:
        case Chain.MAY_ASK_REVIEW if standing.organ is not None:
            words = _(
                "If you do not agree with the written reply, you can ask %(organ)s for a review (复查)"
                " within 30 days of the day you received it (Art 35)."
            )
            yield words % {"organ": standing.organ.name}
            yield from _until(standing)
        case Chain.IN_REVIEW | Chain.IN_REEXAMINATION:
            yield from (_going_on(each, due.get(each.pk)) for each in standing.remedies if each.is_going_on)
        case Chain.REVIEW_DECIDED:
            yield _("The review is decided; its written opinion is on its way to you.")
        case Chain.MAY_ASK_REEXAMINATION if standing.organ is not None:
            words = _(
                "The review opinion was handed over. If you do not agree with it, you can ask %(organ)s for a"
                " re-examination (复核) within 30 days of the day you received it (Art 36)."
            )
            yield words % {"organ": standing.organ.name}
            yield from _until(standing)
        case Chain.LAPSED:
            yield _(
                "The thirty days for contesting it are over. If something kept you from it, say so; whatever you"
                " bring is registered, and new facts are a new matter."
            )
        case Chain.CONCLUDED:
            yield _(
                "The re-examination is decided. The same facts and reasons are not accepted again; new facts or a"
                " new request are. Legal aid, social and judicial assistance, mediation and counselling stay open"
                " to you (Art 36, 37)."
            )


def _until(standing: Standing) -> Iterator[str]:
    """Yield the last day where it is the same for everybody: whose it is the page does not know."""
    days = {term.words for term in (standing.terms or {}).values()}
    if len(days) == 1:
        yield _("You have until %(day)s.") % {"day": days.pop()}


def _going_on(remedy: Remedy, until: date | None) -> str:
    words = (
        _("You asked %(organ)s for a re-examination on %(day)s.")
        if remedy.stage == Stage.REEXAMINATION
        else _("You asked %(organ)s for a review on %(day)s.")
    )
    said = words % {"organ": remedy.organ.name, "day": remedy.requested_on.isoformat()}
    if until is None:
        return said
    return said + _(" It decides by %(day)s and tells you in writing.") % {"day": until.isoformat()}


def _not_accepted(remedy: Remedy) -> str:
    words = _("%(organ)s did not accept your request of %(day)s; a written notice says why.")
    return words % {"organ": remedy.organ.name, "day": remedy.requested_on.isoformat()}


def due_of(petition_id: UUID) -> Mapping[UUID, date | None]:
    """Return until when each remedy of a petition that goes on is decided; none while a hearing goes on."""
    running = PetitionClock.objects.open().filter(
        petition=petition_id, code__in=[ClockCode.T8, ClockCode.T10], remedy__isnull=False
    )
    return dict(running.values_list("remedy", "last_day"))
