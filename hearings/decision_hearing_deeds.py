"""The deeds of public hearings on planned decisions as the decision's page offers them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.page_deeds import Deed, plain, table
from hearings.actions import announcing, hearing_out
from hearings.forms import decision_hearings as forms
from hearings.forms.holding import Nothing

ON_DECISION_HEARING = table(
    Deed(
        "enter_attendee",
        forms.EnterAttendee,
        plain(announcing.enter_attendee),
        _("Enter who attends"),
        pgettext_lazy("an attendee", "Entered."),
    ),
    Deed(
        "drop_attendee",
        forms.DropAttendee,
        plain(announcing.drop_attendee),
        pgettext_lazy("an attendee", "Take him off"),
        _("He is no longer on the list."),
    ),
    Deed(
        "publish_list",
        forms.PublishList,
        plain(announcing.publish_list),
        _("Note that the list was published"),
        pgettext_lazy("a list", "Noted; it stays as it is."),
    ),
    Deed(
        "deliver_material",
        forms.DeliverMaterial,
        plain(announcing.deliver_material),
        _("Note that the material was delivered"),
        pgettext_lazy("material", "Noted."),
    ),
    Deed(
        "open",
        Nothing,
        plain(hearing_out.open_decision_hearing),
        pgettext_lazy("a hearing", "Open it"),
        pgettext_lazy("a hearing", "Opened; write what is said."),
    ),
    Deed(
        "note_attendance",
        forms.NoteAttendance,
        plain(hearing_out.note_attendance),
        pgettext_lazy("at a hearing", "Note who came"),
        pgettext_lazy("presence", "Noted."),
    ),
    Deed(
        "write_down",
        forms.WriteDown,
        plain(hearing_out.write_down),
        _("Write down what is said"),
        pgettext_lazy("of a record", "Written."),
    ),
    Deed(
        "confirm_record",
        forms.ConfirmRecord,
        plain(hearing_out.confirm_record),
        _("Note the signature"),
        pgettext_lazy("a signature", "Noted."),
    ),
    Deed(
        "close_record",
        Nothing,
        plain(hearing_out.close_record),
        _("Close the record"),
        _("Closed and frozen; now study each opinion."),
    ),
    Deed(
        "study_opinion",
        forms.StudyOpinion,
        plain(hearing_out.study_opinion),
        _("Write what became of it"),
        pgettext_lazy("an opinion", "Written."),
    ),
    Deed(
        "call_off",
        forms.CallOffHearing,
        plain(announcing.call_off_hearing),
        _("Call the hearing off"),
        pgettext_lazy("a hearing", "Called off."),
    ),
)
