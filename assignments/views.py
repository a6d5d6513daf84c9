"""One list of what is asked of a unit or a post, whatever asks it; and the tiers, for the system administrator."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from assignments.actions import end_escalation, enter_escalation, enter_seat
from assignments.forms import EndRule, EnterRule, EnterSeat
from assignments.models import ANSWERS, Assignment, EscalationRule, Seat
from assignments.states import Kind, State, Tier
from deadlines.lamps import Lamp
from lib.errors import Refused
from notices.matters import Matter, matters_behind

# Leaders are asked too, for themselves.
ASKED = ANSWERS | {Role.LEADER, Role.LEADER_SECRETARY}
_LISTED = 200


@dataclass(frozen=True)
class Row:
    """One assignment, its lamp, and the matter as far as this reader may know of it."""

    assignment: Assignment
    lamp: Lamp
    matter: Matter | None

    @property
    def signer(self) -> str:
        """The leader whose instruction it is; what others ask, their organ asks."""
        asked_by = self.assignment.asked_by
        if self.assignment.kind != Kind.INSTRUCTION or asked_by is None:
            return ""
        return f"{asked_by.user.name} {asked_by.title}".strip()


@wears_hat_of(*sorted(ASKED))
@require_GET
@never_cache
def listing(request: StaffRequest) -> HttpResponse:
    """List what is owed or waits to be verified, the nearest day first; with `?ended=1` what is over.

    What was lifted or taken back is listed to whoever still sees its matter (Q2).
    """
    ended = "ended" in request.GET
    asked = Assignment.objects.asked_of(request.hat)
    chosen = asked.over() if ended else asked.standing()
    order = F("ended_at").desc() if ended else F("clock__due_at").asc(nulls_last=True)
    listed = list(
        chosen.select_related("clock", "asking_organ", "asked_by__user").order_by(order, "pk")[:_LISTED]
    )
    subjects = {one.subject_id for one in listed}
    matters = matters_behind("cases:petition", subjects, request.hat, now=request.now)
    rows = [
        Row(one, one.lamp(request.now), matters.get(one.subject_id))
        for one in listed
        if one.state != State.CANCELLED or one.subject_id in matters
    ]
    return render(request, "assignments/list.html", {"rows": rows, "ended": ended})


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@never_cache
def escalation(request: StaffRequest) -> HttpResponse:
    """Show who answers at each tier and what lifts a matter there; enter the next version of either."""
    asked = request.POST.get("do", "")
    seat_form = EnterSeat(request.POST if asked == "seat" else None, prefix="seat")
    rule_form = EnterRule(request.POST if asked == "rule" else None, prefix="rule")
    end_form = EndRule(request.POST if asked == "end" else None)
    forms: dict[str, EnterSeat | EnterRule | EndRule]
    forms = {"seat": seat_form, "rule": rule_form, "end": end_form}
    sent = forms.get(asked)
    if sent is not None and sent.is_valid():
        try:
            _enter(sent, request)
        except Refused as refusal:
            sent.refuse(refusal)
        else:
            messages.success(request, _("Entered."))
            return redirect("assignments:escalation")
    today = timezone.localdate(request.now)
    seats = Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today)).select_related("organ", "fallback")
    rules = EscalationRule.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    named = {seat.code: seat.get_tier_display() for seat in seats}
    context = {
        "seats": sorted(seats, key=lambda seat: (Tier(seat.tier).rank, seat.code, seat.version)),
        "rules": [(rule, named.get(rule.seat_code)) for rule in rules.order_by("trigger", "code", "version")],
        "seat_form": seat_form,
        "rule_form": rule_form,
        "end_form": end_form,
    }
    return render(request, "assignments/escalation.html", context, status=422 if sent is not None else 200)


def _enter(form: EnterSeat | EnterRule | EndRule, request: StaffRequest) -> None:
    typed = form.cleaned_data
    if isinstance(form, EnterSeat):
        enter_seat(
            typed["code"], form.facts(), valid_from=typed["valid_from"], by=request.hat, now=request.now
        )
    elif isinstance(form, EnterRule):
        enter_escalation(
            typed["code"], form.facts(), valid_from=typed["valid_from"], by=request.hat, now=request.now
        )
    else:
        end_escalation(typed["code"], last_day=typed["last_day"], by=request.hat, now=request.now)
