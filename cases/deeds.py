"""The deeds on a petition, each with the form that reads it and the action that does it.

The page and the programs' door both draw from this table, so what one takes the other takes, and a new deed is one
entry here, its form and its action.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import attachments, confirming, corrections, notes, sealed_word, sealing
from cases.caring_deeds import CARING_DEEDS
from cases.deed import Deed, Facts
from cases.ends_deeds import ENDS_DEEDS
from cases.forms import notes as forms
from cases.handling_deeds import HANDLING_DEEDS
from cases.intake import Reported
from cases.models.notes import ConductArticle, SafetyKind, VerifiedBy
from cases.models.voids import VoidGround
from cases.paper_deeds import PAPER_DEEDS
from cases.rating_deeds import RATING_DEEDS
from cases.reading_deeds import READING_DEEDS
from cases.remedy_deeds import REMEDY_DEEDS
from cases.repeat_deeds import REPEAT_DEEDS
from cases.states import AttachmentKind, Purpose, ReportedKind
from cases.turn_deeds import TURN_DEEDS
from infra.files import check


def _enquire(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return notes.note_enquiry(
        petition_id,
        by_phone=facts["by_phone"],
        verified_by=VerifiedBy(facts["verified_by"]),
        told=facts["told"],
        by=by,
        now=now,
    )


def _note_safety(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return notes.note_safety(
        petition_id,
        kind=SafetyKind(facts["kind"]),
        observed_fact=facts["observed_fact"],
        action_taken=facts["action_taken"],
        by=by,
        now=now,
    )


def _close_safety(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return notes.close_safety_note(petition_id, facts["note"], by=by, now=now)


def _note_conduct(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return notes.note_conduct(
        petition_id,
        article=ConductArticle(facts["article"]),
        what_happened=facts["what_happened"],
        by=by,
        now=now,
    )


def _take_original(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return notes.take_original(petition_id, what=facts["what"], sheets=facts["sheets"], by=by, now=now)


def _return_original(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return notes.return_original(petition_id, facts["original"], by=by, now=now)


def _attach(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    kind = AttachmentKind(facts["kind"])
    return attachments.add_to_petition(petition_id, file=check(facts["upload"]), kind=kind, by=by, now=now)


def _quarantine(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return attachments.quarantine(petition_id, facts["attachment"], reason=facts["reason"], by=by, now=now)


def _seal(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    organ = facts["reported_organ"]
    reported = Reported(
        kind=ReportedKind(facts["reported_kind"]),
        organ_id=organ.pk if organ else None,
        name=facts["reported_name"],
        post_title=facts["reported_post"],
    )
    return sealing.seal(petition_id, reason=facts["reason"], reported=[reported], by=by, now=now)


def _unseal(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    purpose = Purpose(facts["purpose"]) if facts["purpose"] else None
    return sealing.unseal(petition_id, reason=facts["reason"], purpose=purpose, by=by, now=now)


def _let_in(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return sealing.let_in(
        petition_id,
        post_id=facts["post"],
        reason=facts["reason"],
        sees_reporter=facts["sees_reporter"],
        by=by,
        now=now,
    )


def _shut_out(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return sealing.shut_out(petition_id, post_id=facts["post"], by=by, now=now)


def _hand_to_discipline(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return sealing.hand_to_discipline(
        petition_id,
        organ_id=facts["organ"].pk,
        authority=facts["authority"],
        number=facts["number"],
        handed_on=facts["handed_on"],
        signed_by=facts["signed_by"],
        evidence_note=facts["evidence_note"],
        file=check(facts["upload"]),
        by=by,
        now=now,
    )


def _tell_reporter(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return sealed_word.tell_reporter(
        petition_id,
        number=facts["number"],
        dated_on=facts["dated_on"],
        told_on=facts["told_on"],
        evidence_note=facts["evidence_note"],
        file=check(facts["upload"]),
        by=by,
        now=now,
    )


def _confirm_category(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return confirming.confirm_category(
        petition_id,
        code=facts["content_category"].code,
        seen_version=facts["seen_version"],
        by=by,
        now=now,
    )


def _propose_void(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return corrections.propose_void(
        petition_id,
        ground=VoidGround(facts["ground"]),
        stays_number=facts["stays_number"],
        reason=facts["reason"],
        by=by,
        now=now,
    )


def _decide_void(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    return corrections.decide_void(petition_id, confirm=facts["decision"] == "confirm", by=by, now=now)


_ALL = (
    Deed(
        "enquiry", forms.Enquiry, _("Note it on the case"), _("The enquiry is noted."), _enquire, "enquiries"
    ),
    Deed(
        "safety_note",
        forms.Safety,
        _("Write the note"),
        _("The safety note is written."),
        _note_safety,
        "safety",
    ),
    Deed(
        "close_safety_note",
        forms.CloseSafety,
        _("The danger has passed"),
        _("The safety note is closed."),
        _close_safety,
        "safety",
    ),
    Deed(
        "conduct",
        forms.Conduct,
        _("Write the record"),
        _("The conduct record is written."),
        _note_conduct,
        "safety",
    ),
    Deed(
        "take_original",
        forms.TakeOriginal,
        _("Take it in"),
        _("The paper is taken in."),
        _take_original,
        "originals",
    ),
    Deed(
        "return_original",
        forms.ReturnOriginal,
        _("Give back"),
        _("The paper is given back."),
        _return_original,
        "originals",
    ),
    Deed("attach", forms.Attach, _("Add the file"), _("The file is added."), _attach, "files"),
    Deed(
        "quarantine",
        forms.Quarantine,
        _("Not this person's: shut away"),
        _("The file is shut away and an incident is opened."),
        _quarantine,
        "files",
    ),
    Deed(
        "seal",
        forms.Seal,
        _("Seal it"),
        _("The petition is sealed; the sealed-lane officers take it over."),
        _seal,
        "seal",
    ),
    Deed(
        "unseal",
        forms.Unseal,
        _("Return it to the open lane"),
        _("The petition is back in the open lane."),
        _unseal,
        "lane",
        lane_only=True,
    ),
    Deed(
        "hand_to_discipline",
        forms.HandToDiscipline,
        _("Note the handing over"),
        _("The handing over is noted."),
        _hand_to_discipline,
        "lane",
        lane_only=True,
    ),
    Deed(
        "tell_reporter",
        forms.TellReporter,
        _("Note the word"),
        _("The word to the reporter is noted."),
        _tell_reporter,
        "lane",
        lane_only=True,
    ),
    Deed(
        "let_in",
        forms.LetIn,
        _("Let the post in"),
        _("The post may read it now."),
        _let_in,
        "lane",
        lane_only=True,
    ),
    Deed(
        "shut_out",
        forms.ShutOut,
        _("End the grant"),
        _("The grant has ended."),
        _shut_out,
        "lane",
        lane_only=True,
    ),
    Deed(
        "propose_void",
        forms.ProposeVoid,
        _("Propose it"),
        _("The proposal waits for a second person."),
        _propose_void,
        "void",
    ),
    Deed(
        "confirm_category",
        forms.ConfirmCategory,
        _("Confirm the category"),
        _("The content category is confirmed."),
        _confirm_category,
        "registration",
    ),
    Deed("decide_void", forms.DecideVoid, _("Decide"), _("The decision is kept."), _decide_void, "void"),
    *HANDLING_DEEDS,
    *PAPER_DEEDS,
    *ENDS_DEEDS,
    *TURN_DEEDS,
    *REPEAT_DEEDS,
    *READING_DEEDS,
    *REMEDY_DEEDS,
    *CARING_DEEDS,
    *RATING_DEEDS,
)
DEEDS: Mapping[str, Deed] = {deed.name: deed for deed in _ALL}
BY_SLUG: Mapping[str, Deed] = {deed.slug: deed for deed in _ALL}
