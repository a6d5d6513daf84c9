"""Pages of the system administrator: ways out of the house, what did not go, who is told at which band."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import StaffRequest, wears_hat_of
from accounts.roles import Role
from lib.errors import Refused, Unknown
from lib.keyset import capped_count, page_of
from notices import actions
from notices.forms import ReviseChannel, SetReminder, SetUpChannel
from notices.models import Audience, Band, ChannelKind, Delivery, DeliveryState, MessageChannel, Reminder, Way
from notices.testing import try_channel


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@sensitive_post_parameters("key", "signature")
@never_cache
@require_http_methods(["GET", "POST"])
def channels(request: StaffRequest) -> HttpResponse:
    """List the ways out of the house, and set one up; what is secret of it is never shown."""
    form = SetUpChannel(request.POST or None)
    if form.is_valid():
        setup = _setup(form, ChannelKind(form.cleaned_data["kind"]))
        try:
            actions.set_up_channel(setup, by=request.hat, now=request.now)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The channel is in use."))
            return redirect("notices:channels")
    rows = MessageChannel.objects.select_related("organ").order_by("-is_on", "kind", "pk")
    context = {"form": form, "rows": rows, "stuck": capped_count(Delivery.objects.stuck())}
    return render(request, "notices/channels.html", context, status=422 if form.errors else 200)


def _setup(form: SetUpChannel, kind: ChannelKind) -> actions.Setup:
    """Return what a form says of a channel; parts that its kind has not are empty."""
    given = {name: value for name, value in form.cleaned_data.items() if name not in {"kind", "organ"}}
    organ = form.cleaned_data.get("organ")
    return actions.Setup(kind=kind, organ_id=organ.pk if organ else None, **given)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@sensitive_post_parameters("key", "signature")
@never_cache
@require_http_methods(["GET", "POST"])
def channel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change one channel; what is secret of it stays where nothing is typed, and is never shown."""
    found = MessageChannel.objects.select_related("organ").filter(pk=pk).first()
    if found is None:
        raise Unknown(_("There is no such channel."))
    form = ReviseChannel(request.POST or None, channel=found)
    if form.is_valid():
        try:
            setup = _setup(form, ChannelKind(found.kind))
            actions.revise_channel(pk, setup, by=request.hat, now=request.now)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("The channel is changed. Send a test message to see whether it works.")
            )
            return redirect("notices:channel", pk)
    context = {"form": form, "channel": found}
    return render(request, "notices/channel.html", context, status=422 if form.errors else 200)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_POST
def test_channel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Send a test message and say what became of it."""
    fault = try_channel(pk, by=request.hat, clock=timezone.now)
    if fault is None:
        messages.success(request, _("The test message was taken. Look whether it arrived."))
    else:
        words = _("The test message did not go: %(why)s") % {"why": fault.label}
        messages.error(request, words)
    return redirect("notices:channel", pk)


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_POST
def switch_channel(request: StaffRequest, pk: UUID) -> HttpResponse:
    is_on = request.POST.get("on") == "yes"
    actions.switch_channel(pk, is_on=is_on, by=request.hat, now=request.now)
    messages.success(request, _("The channel is in use.") if is_on else _("The channel is switched off."))
    return redirect("notices:channels")


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_GET
@never_cache
def outbox(request: StaffRequest) -> HttpResponse:
    """List what did not go out and why, the newest first; nothing here says what it is about."""
    stuck = Delivery.objects.stuck().select_related("channel__organ", "post__organ", "post__user")
    page = page_of(stuck, by="until_at", cursor=request.GET.get("at"), descending=True)
    waiting = capped_count(Delivery.objects.filter(state=DeliveryState.WAITING, fault=""))
    return render(request, "notices/outbox.html", {"page": page, "waiting": waiting})


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_POST
def try_again(request: StaffRequest, pk: UUID) -> HttpResponse:
    actions.try_again(pk, by=request.hat, now=request.now)
    messages.success(request, _("It is tried again within the hours for messages."))
    return redirect("notices:outbox")


@wears_hat_of(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def reminders(request: StaffRequest) -> HttpResponse:
    """Show who is told at which band, and enter another line from a day on."""
    today = timezone.localdate(request.now)
    form = SetReminder(request.POST or None, on=today, initial={"valid_from": today})
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_reminder(**{**given, "band": Band(given["band"])}, by=request.hat, now=request.now)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The line is entered."))
            return redirect("notices:reminders")
    standing = Reminder.objects.exclude(valid_to__lt=today)
    in_order = sorted(standing, key=lambda one: (one.code, list(Band).index(Band(one.band)), one.valid_from))
    context = {"form": form, "lines": [_line(one) for one in in_order]}
    return render(request, "notices/reminders.html", context, status=422 if form.errors else 200)


def _line(reminder: Reminder) -> dict[str, object]:
    return {
        "code": reminder.code,
        "band": Band(reminder.band),
        "audience": [one.label for one in Audience if one in reminder.audience],
        "ways": [one.label for one in Way if one in reminder.ways],
        "valid_from": reminder.valid_from,
        "valid_to": reminder.valid_to,
    }
