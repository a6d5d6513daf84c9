"""The audit in words, of hearings: called, held, recorded, and what was promised there."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearings.states import Applicant, PauseGround, SeatRole, Step

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "Hearings"): {
        "hearing.put_off": pgettext_lazy("deed", "Put a hearing off"),
        "hearing.draw_panel": pgettext_lazy("deed", "Drew the panel of a hearing"),
        "hearing.seat": pgettext_lazy("deed", "Seated somebody at a hearing"),
        "hearing.leave": pgettext_lazy("deed", "Wrote that somebody no longer takes part"),
        "hearing.issue_notice": pgettext_lazy("deed", "Issued the notice of a hearing"),
        "hearing.note_notice": pgettext_lazy("deed", "Noted the notice of a hearing"),
        "hearing.note_presence": pgettext_lazy("deed", "Noted who came to a hearing"),
        "hearing.open": pgettext_lazy("deed", "Opened a hearing"),
        "hearing.next_step": pgettext_lazy("deed", "Went on to the next step of a hearing"),
        "hearing.write_entry": pgettext_lazy("deed", "Wrote in the record of a hearing"),
        "hearing.change_entry": pgettext_lazy("deed", "Changed an entry of a hearing's record"),
        "hearing.show_exhibit": pgettext_lazy("deed", "Noted evidence shown at a hearing"),
        "hearing.suspend": pgettext_lazy("deed", "Suspended a hearing"),
        "hearing.resume": pgettext_lazy("deed", "Went on with a hearing"),
        "hearing.note_vote": pgettext_lazy("deed", "Noted a vote of the panel"),
        "hearing.promise": pgettext_lazy("deed", "Wrote down a promise at a hearing"),
        "hearing.drop_promise": pgettext_lazy("deed", "Took a promise out of a record"),
        "hearing.sign_record": pgettext_lazy("deed", "Noted a signature under a record"),
        "hearing_room.enter": pgettext_lazy("deed", "Entered a hearing room"),
        "panelist.enter": pgettext_lazy("deed", "Entered a panel member"),
        "panelist.end": pgettext_lazy("deed", "Took a panel member off the registry"),
    },
}
KINDS: Mapping[str, Words] = {
    "hearings.hearing": pgettext_lazy("of the audit", "Hearing"),
    "hearings.hearingroom": pgettext_lazy("of the audit", "Hearing room"),
    "hearings.panelist": pgettext_lazy("of the audit", "Panel member"),
}
LABELS: Mapping[str, Words] = {
    "asked_by": _("Who asks"),
    "granted": pgettext_lazy("fact", "Hearing granted"),
    "announced": _("Announced at the hearing"),
    "signed": pgettext_lazy("fact", "Signed"),
    "seat": pgettext_lazy("fact", "As what"),
    "hearing_step": pgettext_lazy("fact", "Step of the hearing"),
    "pause": pgettext_lazy("fact", "Why it was put off or suspended"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    "asked_by": dict(Applicant.choices),
    "seat": dict(SeatRole.choices),
    "hearing_step": dict(Step.choices),
    "pause": dict(PauseGround.choices),
}
