"""The audit's words for receptions, stations and the public page: deeds, things, facts, values."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadership.reception_states import Came, Counted, ServiceKind
from leadership.reception_states import Outcome as Talk

Words = str | Promise

DEEDS: Mapping[str, Words] = {
    "roster.enter_rotation": pgettext_lazy("deed", "Entered the order in which leaders receive"),
    "roster.plan_month": pgettext_lazy("deed", "Planned a month of the roster"),
    "roster.enter_day": pgettext_lazy("deed", "Added a day to the roster"),
    "roster.substitute": pgettext_lazy("deed", "Let another leader sit"),
    "roster.call_off": pgettext_lazy("deed", "Called off a day of the roster"),
    "roster.set_target": pgettext_lazy("deed", "Set how often a week leaders receive"),
    "roster.hand_over": pgettext_lazy("deed", "Passed on days of the roster"),
    "reception.take_number": pgettext_lazy("deed", "Gave out a number of the queue"),
    "reception.book": pgettext_lazy("deed", "A number was booked on the public page"),
    "reception.take_back": pgettext_lazy("deed", "A booking was taken back on the public page"),
    "reception.call": pgettext_lazy("deed", "Called a number"),
    "reception.let_go": pgettext_lazy("deed", "Took a number out of the queue"),
    "reception.note_talk": pgettext_lazy("deed", "Noted what a talk came to"),
    "reception.take_on": pgettext_lazy("deed", "Took on what was heard"),
    "trip.note": pgettext_lazy("deed", "Noted a journey with petitions"),
    "trip.add_photo": pgettext_lazy("deed", "Added a picture of the place"),
    "trip.fetch_photo": pgettext_lazy("deed", "Saved a picture of a journey"),
    "station.open": pgettext_lazy("deed", "Entered a station"),
    "station.change": pgettext_lazy("deed", "Changed a station"),
    "station.close": pgettext_lazy("deed", "Closed a station"),
    "mediator.enter": pgettext_lazy("deed", "Entered a mediator"),
    "mediator.end": pgettext_lazy("deed", "Took a mediator off the registry"),
    "service.note": pgettext_lazy("deed", "Noted what a station did"),
    "service.strike": pgettext_lazy("deed", "Struck out numbers of a station"),
    "publication.publish": pgettext_lazy("deed", "Published words on the public page"),
    "service_guide.post": pgettext_lazy("deed", "Published a service guide"),
    "service_guide.end": pgettext_lazy("deed", "Took a service guide off"),
    "trip.strike": pgettext_lazy("deed", "Struck out a journey"),
}
KINDS: Mapping[str, Words] = {
    "leadership.rotation": _("Order of leaders"),
    "leadership.dutyday": _("Day of the roster"),
    "leadership.receptiontarget": _("Target of receptions"),
    "leadership.station": _("Petition work station"),
    "leadership.mediator": _("Mediator"),
    "leadership.serviceday": _("Numbers of a station"),
    "portal.publication": _("Words on the public page"),
    "portal.serviceguide": pgettext_lazy("of the audit", "Service guide"),
    "leadership.ticket": _("Number of the queue"),
    "leadership.fieldtrip": _("Journey with petitions"),
}
LABELS: Mapping[str, Words] = {
    "from_post": pgettext_lazy("fact", "Instead of"),
    "counted": pgettext_lazy("fact", "What is counted"),
    "came": pgettext_lazy("fact", "How it was taken"),
    "talk": pgettext_lazy("fact", "What the talk came to"),
    "service": pgettext_lazy("fact", "What was done"),
}
VALUES: Mapping[str, Mapping[str, Words]] = {
    "counted": dict(Counted.choices),
    "came": dict(Came.choices),
    "talk": dict(Talk.choices),
    "service": dict(ServiceKind.choices),
}
