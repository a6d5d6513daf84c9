"""The deeds of planned decisions and their risk assessments as their pages offer them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from hearings.actions import announcing, assessing, planning
from hearings.forms import decision_hearings as hearing_forms
from hearings.forms import decisions as forms
from hearings.forms.holding import Nothing


def _plan(_key: object, form: Any, by: Hat, now: datetime) -> object:
    return planning.plan_decision(**form.cleaned_data, by=by, now=now)


def _consult(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return planning.note_consultation(key, form.asking(), by=by, now=now)


def _enter_point(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return assessing.enter_point(key, form.point(), by=by, now=now)


def _submit(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return assessing.submit_assessment(
        key,
        conclusion=typed["conclusion"],
        consultation_ids=[row.pk for row in typed["consultations"]],
        hearing_ids=[row.pk for row in typed["hearings"]],
        by=by,
        now=now,
    )


def _announce(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return announcing.announce_hearing(key, form.announced(), by=by, now=now)


PLAN_DECISION = Deed(
    "plan_decision",
    forms.PlanDecision,
    _plan,
    _("Enter a planned decision"),
    _("Entered; now ask those concerned, and assess its risk."),
)
ON_DECISION = table(
    Deed(
        "write_draft",
        forms.WriteDraft,
        plain(planning.write_draft),
        _("Write an adjusted draft"),
        _("Written; it is assessed anew."),
    ),
    Deed(
        "note_consultation",
        forms.NoteConsultation,
        _consult,
        _("Note a consultation"),
        pgettext_lazy("a consultation", "Noted; it is not rewritten."),
    ),
    Deed(
        "announce_hearing",
        hearing_forms.AnnounceHearing,
        _announce,
        _("Announce a public hearing"),
        _("Announced; enter who attends, and publish the list."),
    ),
    Deed(
        "begin_assessment",
        Nothing,
        plain(assessing.begin_assessment),
        _("Begin to assess its risk"),
        _("Begun; enter what may happen."),
    ),
    Deed(
        "make",
        forms.MakeDecision,
        plain(planning.make_decision),
        _("Note that it was decided"),
        pgettext_lazy("a decision", "Noted."),
    ),
    Deed(
        "give_up",
        forms.GiveUp,
        plain(planning.give_up),
        _("Give the plan up"),
        pgettext_lazy("a plan", "Given up."),
    ),
)
ON_ASSESSMENT = table(
    Deed(
        "enter_point",
        forms.EnterPoint,
        _enter_point,
        _("Enter a point of risk"),
        pgettext_lazy("a point of risk", "Entered."),
    ),
    Deed(
        "drop_point",
        forms.DropPoint,
        plain(assessing.drop_point),
        pgettext_lazy("a point of risk", "Take it out"),
        _("It is no longer in the assessment."),
    ),
    Deed(
        "submit",
        forms.SubmitAssessment,
        _submit,
        _("Submit the assessment"),
        _("Submitted; a head who wrote nothing of it decides."),
    ),
    Deed(
        "return",
        Nothing,
        plain(assessing.return_assessment),
        _("Give it back to be drawn up further"),
        pgettext_lazy("an assessment", "Given back."),
    ),
    Deed(
        "decide",
        forms.DecideOnRisk,
        plain(assessing.decide_on_risk),
        _("Decide on the assessment"),
        pgettext_lazy("on an assessment", "Decided."),
    ),
    Deed(
        "follow_up",
        forms.FollowUp,
        plain(assessing.follow_up),
        _("Note the follow-up"),
        pgettext_lazy("a follow-up", "Noted."),
    ),
)
