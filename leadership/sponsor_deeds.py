"""What is done about a sponsorship, as its page offers it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from infra.files import check
from leadership.actions import sponsoring
from leadership.forms import sponsoring as forms
from leadership.states import Duty, SponsorKind


def _sponsor(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    post = typed["post"]
    return sponsoring.sponsor(
        key,
        SponsorKind(typed["kind"]),
        post_id=post.pk if post else None,
        outsider=typed["outsider"],
        reason=typed["reason"],
        by=by,
        now=now,
    )


def _pass_on(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return sponsoring.pass_on(key, post_id=typed["post"].pk, reason=typed["reason"], by=by, now=now)


def _note_duty(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    duty = Duty(typed["duty"])
    return sponsoring.note_duty(key, duty, done_on=typed["done_on"], words=typed["words"], by=by, now=now)


def _end_step(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return sponsoring.end_step(
        key, typed["step"], done_on=typed["done_on"], outcome=typed["outcome"], by=by, now=now
    )


def _note_visit(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return sponsoring.note_visit(key, form.visited(), by=by, now=now)


def _complete(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return sponsoring.complete(key, result=typed["result"], file=check(typed["upload"]), by=by, now=now)


ON_SPONSORED = table(
    Deed("sponsor", forms.NameSponsor, _sponsor, _("Name a sponsor"), _("He sponsors it from now on.")),
)
ON_SPONSORSHIP = table(
    Deed("note_duty", forms.NoteDuty, _note_duty, _("Note what was done on a duty"), _("Noted.")),
    Deed("plan_step", forms.AddStep, plain(sponsoring.plan_step), _("Add a step to the plan"), _("Added.")),
    Deed("end_step", forms.EndStep, _end_step, _("Done or dropped"), _("Noted.")),
    Deed("note_visit", forms.NoteVisit, _note_visit, _("Note a visit"), _("Noted.")),
    Deed("complete", forms.Complete, _complete, _("Write the result and complete it"), _("Completed.")),
    Deed("pass_on", forms.PassOn, _pass_on, _("Pass it to another leader"), _("Passed on.")),
    Deed("release", forms.Release, plain(sponsoring.release), _("Release the sponsor"), _("Released.")),
)
