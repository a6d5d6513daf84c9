"""The deeds of other ends, recusals, suggestions and samples, as entries of the table in `cases.deeds`."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import ends, persons, recusing, sampling, suggestions
from cases.deed import Deed, Facts
from cases.forms import ends as forms
from cases.states import AttemptMeans, AttemptResult, PersonRole, ThanksKind
from cases.workflow import Step


def _ask_recusal(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return recusing.ask_recusal(petition_id, facts["post"], reason=facts["reason"], by=by, now=now)


def _decide_recusal(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return recusing.decide_recusal(
        petition_id,
        facts["recusal"],
        withdraw=facts["decision"] == "withdraw",
        answer=facts["answer"],
        by=by,
        now=now,
    )


def _note_withdrawal(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return ends.note_withdrawal(
        petition_id,
        facts["person"],
        words=facts["words"],
        withdrawn_on=facts["withdrawn_on"],
        by=by,
        now=now,
    )


def _confirm_withdrawal(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    agree = facts["decision"] == "confirm"
    return ends.confirm_withdrawal(
        petition_id, facts["withdrawal"], agree=agree, why=facts["why"], by=by, now=now
    )


def _revoke_withdrawal(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return ends.revoke_withdrawal(petition_id, facts["withdrawal"], reason=facts["reason"], by=by, now=now)


def _note_death(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return ends.note_death(
        petition_id,
        facts["person"],
        died_on=facts["died_on"],
        words=facts["words"],
        attachment_id=facts["attachment"],
        by=by,
        now=now,
    )


def _name_successor(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return persons.name_successor(
        petition_id,
        facts["person"],
        forms.person_from(facts, PersonRole.REPRESENTATIVE),
        relation=facts["relation"],
        guardian_name=facts["guardian_name"],
        by=by,
        now=now,
    )


def _end_after_death(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return ends.end_after_death(
        petition_id, words=facts["words"], attachment_id=facts["attachment"], by=by, now=now
    )


def _note_attempt(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return ends.note_attempt(
        petition_id,
        tried_on=facts["tried_on"],
        means=AttemptMeans(facts["means"]),
        result=AttemptResult(facts["result"]),
        words=facts["words"],
        by=by,
        now=now,
    )


def _change_agent(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    role = PersonRole(facts["role"] or PersonRole.AGENT)
    return persons.change_agent(
        petition_id,
        leaving_id=facts["leaving"],
        principal_id=facts["principal"],
        coming=forms.person_from(facts, role) if facts["name"] else None,
        reason=facts["reason"],
        by=by,
        now=now,
    )


def _study_suggestion(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    organ = facts["organ"]
    return suggestions.study_suggestion(
        petition_id,
        facts["handling"],
        facts["claim"],
        organ_id=organ.pk if organ else None,
        who=facts["who"],
        words=facts["words"],
        studied_on=facts["studied_on"],
        by=by,
        now=now,
    )


def _thank(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return suggestions.thank(
        petition_id,
        facts["claim"],
        kind=ThanksKind(facts["kind"]),
        words=facts["words"],
        thanked_on=facts["thanked_on"],
        by=by,
        now=now,
    )


def _check_keep(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    right = facts["decision"] == "right"
    return sampling.check_keep(
        petition_id, facts["route"], right=right, reason=facts["reason"], by=by, now=now
    )


ENDS_DEEDS = (
    Deed(
        "ask_recusal",
        forms.AskRecusal,
        _("Note the request"),
        _("The head decides on the recusal."),
        _ask_recusal,
        "ends",
        Step.ASK_RECUSAL,
    ),
    Deed(
        "decide_recusal",
        forms.DecideRecusal,
        _("Decide on the recusal"),
        _("The decision is kept."),
        _decide_recusal,
        "ends",
        Step.DECIDE_RECUSAL,
    ),
    Deed(
        "note_withdrawal",
        forms.NoteWithdrawal,
        _("Note the withdrawal"),
        _("The withdrawal is noted; the petition office confirms it."),
        _note_withdrawal,
        "ends",
        Step.NOTE_WITHDRAWAL,
    ),
    Deed(
        "confirm_withdrawal",
        forms.ConfirmWithdrawal,
        _("Confirm the withdrawal, or not"),
        _("The decision is kept."),
        _confirm_withdrawal,
        "ends",
        Step.CONFIRM_WITHDRAWAL,
    ),
    Deed(
        "revoke_withdrawal",
        forms.RevokeWithdrawal,
        _("Take the withdrawal back"),
        _("The withdrawal is taken back."),
        _revoke_withdrawal,
        "ends",
        Step.REVOKE_WITHDRAWAL,
    ),
    Deed(
        "note_death",
        forms.NoteDeath,
        _("Note the death"),
        _("The death is noted; a successor may continue."),
        _note_death,
        "ends",
        Step.NOTE_DEATH,
    ),
    Deed(
        "name_successor",
        forms.NameSuccessor,
        _("Let the successor continue"),
        _("The successor continues."),
        _name_successor,
        "ends",
        Step.NAME_SUCCESSOR,
    ),
    Deed(
        "end_after_death",
        forms.EndAfterDeath,
        _("End the petition"),
        _("The petition has ended."),
        _end_after_death,
        "ends",
        Step.END_AFTER_DEATH,
    ),
    Deed(
        "note_attempt",
        forms.NoteAttempt,
        _("Note the attempt"),
        _("The attempt is noted."),
        _note_attempt,
        "ends",
        Step.NOTE_ATTEMPT,
    ),
    Deed(
        "change_agent",
        forms.ChangeAgent,
        _("Note the change"),
        _("The change is noted."),
        _change_agent,
        "ends",
        Step.CHANGE_AGENT,
    ),
    Deed(
        "study_suggestion",
        forms.StudySuggestion,
        _("Note the study"),
        _("The study is noted."),
        _study_suggestion,
        "way",
        Step.STUDY_SUGGESTION,
    ),
    Deed("thank", forms.Thank, _("Note the thanks"), _("The thanks are noted."), _thank, "way", Step.THANK),
    Deed(
        "check_keep",
        forms.CheckKeep,
        _("Say what you found"),
        _("What you found is kept."),
        _check_keep,
        "way",
        Step.CHECK_KEEP,
    ),
)
