"""The deeds of help and of the end of the remedies, as entries of the table in `cases.deeds` (Art 37; D25)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import caring
from cases.deed import Deed, Facts
from cases.forms import caring as forms
from cases.remedy_states import Help


def _note_referral(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return caring.note_referral(
        petition_id,
        kind=Help(facts["kind"]),
        led_to=facts["led_to"],
        need=facts["need"],
        agreed=facts["agreed"],
        referred_on=facts["referred_on"],
        by=by,
        now=now,
    )


def _note_referral_result(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return caring.note_referral_result(
        petition_id,
        facts["referral"],
        result=facts["result"],
        result_on=facts["result_on"],
        by=by,
        now=now,
    )


def _tell_of_end(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return caring.tell_of_end(petition_id, facts["handling"], open_help=facts["open_help"], by=by, now=now)


CARING_DEEDS = (
    Deed(
        "note_referral",
        forms.NoteReferral,
        _("Note the help"),
        _("The help is noted."),
        _note_referral,
        "caring",
    ),
    Deed(
        "note_referral_result",
        forms.NoteReferralResult,
        _("Note what came of it"),
        _("What came of it is noted."),
        _note_referral_result,
        "caring",
    ),
    Deed(
        "tell_of_end",
        forms.TellOfEnd,
        _("Issue the notice"),
        _("The notice is issued; it waits to be served."),
        _tell_of_end,
        "remedies",
    ),
)
