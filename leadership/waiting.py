"""What of supervision waits for a person: on the first page of whoever supervises."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from assignments.models import Assignment
from assignments.states import LiftState, State
from cases.models import Petition
from leadership import permissions as may
from leadership.models import PetitionLift, Slip
from leadership.states import SlipState
from lib.keyset import COUNTED_EXACTLY, capped_count


def waits_for(hat: Hat) -> Iterator[tuple[str | Promise, str, str, int]]:
    """Yield what waits for a hat that supervises: words, icon, where on the page of supervision, how many (capped)."""
    if not may.may_place(hat):
        return
    drafts = Slip.objects.of_issuer(hat)
    to_write = drafts.filter(state__in=[SlipState.OPENED, SlipState.SENT_BACK])
    yield _("Slips to draw up"), "file", "#drafts", capped_count(to_write)
    if hat.role in may.SIGNS:
        yield (
            _("Slips to sign"),
            "writing-sign",
            "#drafts",
            capped_count(drafts.filter(state=SlipState.DRAFT)),
        )
    if may.may_decide_proposals(hat):
        seen = Petition.objects.visible_to(hat).filter(sealed=False)
        proposed = PetitionLift.objects.filter(state=LiftState.PROPOSED, petition__in=seen)
        yield _("Proposals to lift"), "arrow-forward-up", "#proposals", capped_count(proposed)
    yield _("Replies to verify"), "clipboard-check", "#asked", _replies_to_verify(hat)


def _replies_to_verify(hat: Hat) -> int:
    """Return how many replies the page of supervision lists: those on petitions this hat sees (Q6)."""
    replied = Assignment.objects.asked_by(hat).filter(state=State.REPLIED)
    subjects = list(replied.values_list("subject_id", flat=True)[:COUNTED_EXACTLY])
    seen = Petition.objects.visible_to(hat).filter(pk__in=set(subjects))
    known = {str(key) for key in seen.values_list("pk", flat=True)}
    return sum(subject in known for subject in subjects)
