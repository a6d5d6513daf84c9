"""What happened on a petition, from its audit, in words made when they are shown. Views of personal data are entries
too (design §5)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ
from audit.models import Entry
from cases import permissions as may
from cases.models import Petition, PetitionText
from cases.states import Routing
from cases.told_of_deeds import TOLD, decided_by, detail_of
from lib.prepared import Given, prepared


class Kind(StrEnum):
    """What the timeline can be narrowed to."""

    HANDLING = "handling"
    CONTACT = "contact"
    AUDIT = "audit"


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    words: str | Promise
    who: str | Promise
    kind: Kind
    icon: str
    field: str | Promise = ""
    # what was done, in one plain line of codes read as words: no word that a person typed stands in it
    detail: str = ""


DEEDS: Mapping[str, tuple[str | Promise, Kind, str]] = {
    "petition.register": (pgettext_lazy("deed", "Registered"), Kind.HANDLING, "users"),
    "petition.seal": (pgettext_lazy("deed", "Sealed"), Kind.HANDLING, "lock"),
    "petition.unseal": (pgettext_lazy("deed", "Unsealed"), Kind.HANDLING, "lock"),
    "petition.let_in": (_("Let another post in"), Kind.HANDLING, "user-plus"),
    "petition.shut_out": (_("Ended a grant"), Kind.HANDLING, "lock"),
    "petition.look": (_("Read it"), Kind.AUDIT, "eye"),
    # of an export, told where it held the petition (`cases.sealed_history`)
    "ledger.fetch": (_("Saved an export of the ledger"), Kind.AUDIT, "download"),
    "petition.reveal": (_("Looked at a covered field"), Kind.AUDIT, "eye"),
    "petition.reissue_code": (_("Issued the query code anew"), Kind.CONTACT, "refresh"),
    "petition.enquiry": (_("Answered an enquiry"), Kind.CONTACT, "phone"),
    "petition.safety_note": (_("Wrote a safety note"), Kind.HANDLING, "shield-exclamation"),
    "petition.safety_note_closed": (_("Closed a safety note"), Kind.HANDLING, "shield-exclamation"),
    "petition.conduct": (_("Wrote a conduct record"), Kind.HANDLING, "note"),
    "petition.original_taken": (_("Took in an original"), Kind.CONTACT, "file"),
    "petition.original_returned": (_("Gave an original back"), Kind.CONTACT, "file-check"),
    "petition.attach": (_("Added a file"), Kind.HANDLING, "paperclip"),
    "petition.fetch_file": (_("Saved a file"), Kind.AUDIT, "paperclip"),
    "petition.quarantine": (_("Put a file under quarantine"), Kind.HANDLING, "ban"),
    "petition.correct": (_("Corrected a field"), Kind.HANDLING, "pencil"),
    "petition.propose_void": (_("Proposed to void it"), Kind.HANDLING, "ban"),
    "petition.refuse_void": (_("Refused to void it"), Kind.HANDLING, "ban"),
    "petition.void": (pgettext_lazy("deed", "Voided"), Kind.HANDLING, "ban"),
    "petition.print": (pgettext_lazy("deed", "Printed"), Kind.AUDIT, "printer"),
    "petition.move": (pgettext_lazy("deed", "State changed"), Kind.HANDLING, "arrow-forward-up"),
    "petition.route": (pgettext_lazy("deed", "Routed"), Kind.HANDLING, "send"),
    "petition.countersign_keep": (_("Countersigned the keeping, or refused it"), Kind.HANDLING, "check"),
    "petition.sign_for": (_("Signed for it"), Kind.HANDLING, "inbox"),
    "petition.deem_received": (_("Deemed received"), Kind.HANDLING, "inbox"),
    "petition.object": (_("Objected to the sending"), Kind.HANDLING, "arrow-back-up"),
    "petition.decide_return": (_("Decided on the return"), Kind.HANDLING, "arrow-back-up"),
    "petition.accept": (_("Accepted a claim, or led it into its own procedure"), Kind.HANDLING, "check"),
    "petition.decline": (_("Declined a claim"), Kind.HANDLING, "ban"),
    "petition.look_for_earlier": (_("Looked for earlier petitions by person"), Kind.AUDIT, "eye"),
    "petition.decide_repeat": (
        _("Decided whether it is an earlier matter again"),
        Kind.HANDLING,
        "copy-check",
    ),
    "petition.reverse_repeat": (_("Took a decision on a repeat back"), Kind.HANDLING, "refresh"),
    "petition.join_pending": (
        _("Joined it to the same matter, pending here"),
        Kind.HANDLING,
        "arrow-forward-up",
    ),
    "petition.open_dispute": (_("Opened a dispute over who accepts"), Kind.HANDLING, "arrow-back-up"),
    "petition.settle_dispute": (_("Settled who accepts"), Kind.HANDLING, "check"),
    "petition.convert": (_("Changed to the ordinary track"), Kind.HANDLING, "refresh"),
    "petition.presume_handling": (_("Presumed period began, for want of a decision"), Kind.HANDLING, "clock"),
    "petition.remind": (_("Reminded of a period"), Kind.HANDLING, "bell-ringing"),
    "petition.note_progress": (_("Noted progress"), Kind.HANDLING, "note"),
    "petition.ask_co_handling": (_("Asked another unit to assist"), Kind.HANDLING, "user-plus"),
    "petition.feed_back": (_("Gave feedback to the leading unit"), Kind.HANDLING, "note"),
    "petition.ask_extension": (_("Asked for an extension"), Kind.HANDLING, "clock"),
    "petition.decide_extension": (_("Decided on the extension"), Kind.HANDLING, "clock"),
    "petition.find": (_("Wrote the finding on a claim"), Kind.HANDLING, "pencil"),
    "petition.draft_opinion": (_("Drew up the handling opinion"), Kind.HANDLING, "file"),
    "petition.draft_notice": (_("Drew up a notice anew"), Kind.HANDLING, "file"),
    "petition.return_paper": (_("Sent a draft back for revision"), Kind.HANDLING, "arrow-back-up"),
    "petition.issue_paper": (_("Issued a paper"), Kind.HANDLING, "file-check"),
    "petition.post_paper": (_("Posted a paper"), Kind.CONTACT, "send"),
    "petition.serve_paper": (_("Served a paper"), Kind.CONTACT, "file-check"),
    "petition.propose_service": (_("Proposed to correct a service or posting"), Kind.CONTACT, "pencil"),
    "petition.decide_service": (_("Decided on a corrected service or posting"), Kind.CONTACT, "pencil"),
    "petition.fetch_paper": (_("Downloaded a paper"), Kind.AUDIT, "file"),
    "petition.ask_dossier": (_("Had the case file bound"), Kind.AUDIT, "folder"),
    "petition.bind_dossier": (_("The case file was bound"), Kind.AUDIT, "folder"),
    "petition.stop_dossier": (_("The case file was not bound"), Kind.AUDIT, "folder"),
    "petition.fetch_dossier": (_("Downloaded the case file"), Kind.AUDIT, "folder"),
    "petition.execute": (_("Noted that a claim was carried out"), Kind.HANDLING, "check"),
    "petition.recuse": (_("Withdrew for a personal interest"), Kind.HANDLING, "ban"),
    "petition.report_completion": (_("Handed in the completion report"), Kind.HANDLING, "send"),
    "petition.decide_report": (_("Took the completion report, or sent it back"), Kind.HANDLING, "check"),
    "petition.note_sent_back": (_("Noted that the superior sent the report back"), Kind.HANDLING, "refresh"),
    "petition.hand_to_discipline": (_("Handed it over to the discipline organ"), Kind.HANDLING, "lock"),
    "petition.tell_reporter": (_("Told the reporter where it went"), Kind.CONTACT, "lock"),
    "petition.report_upward": (_("Reported to the superior"), Kind.HANDLING, "send"),
    "petition.draft_slip": (_("Drew up a supervision slip"), Kind.HANDLING, "file"),
    "petition.open_slip": (
        _("A supervision order was opened, to be signed by a person"),
        Kind.HANDLING,
        "clock",
    ),
    "petition.return_slip": (_("Sent a supervision slip back for revision"), Kind.HANDLING, "arrow-back-up"),
    "petition.discard_slip": (_("Did not issue a supervision slip"), Kind.HANDLING, "ban"),
    "petition.issue_slip": (_("Issued a supervision slip"), Kind.HANDLING, "bell-ringing"),
    "petition.receive_slip": (_("Signed for what was asked"), Kind.HANDLING, "inbox"),
    "petition.reply_slip": (_("Replied to what was asked"), Kind.HANDLING, "note"),
    "petition.send_back_reply": (_("Sent a reply back"), Kind.HANDLING, "arrow-back-up"),
    "petition.verify_reply": (_("Verified what was done"), Kind.HANDLING, "check"),
    "petition.lift_slip": (_("Lifted a supervision slip (解除)"), Kind.HANDLING, "check"),
    "petition.fetch_slip": (_("Saved a supervision slip"), Kind.AUDIT, "file"),
    "petition.report_urgent": (_("Reported a grave and urgent matter"), Kind.HANDLING, "alert-triangle"),
    "petition.note_urgent": (_("Noted to whom the urgent report went"), Kind.HANDLING, "send"),
    "petition.set_span": (_("Said how far the matter reaches"), Kind.HANDLING, "git-compare"),
    "petition.propose_lift": (_("Lifting to the next tier was proposed"), Kind.HANDLING, "arrow-forward-up"),
    "petition.decline_lift": (_("Declined to lift it"), Kind.HANDLING, "ban"),
    "petition.lift": (_("Lifted to the next tier"), Kind.HANDLING, "arrow-forward-up"),
    "petition.accept_lift": (_("Took the lifted matter"), Kind.HANDLING, "check"),
    "petition.return_lift": (_("Gave the lifted matter back"), Kind.HANDLING, "arrow-back-up"),
    "petition.lower": (_("Sent the matter down again"), Kind.HANDLING, "arrow-back-up"),
    "petition.take_back_lift": (_("Took back what had been lifted"), Kind.HANDLING, "arrow-back-up"),
    "petition.end_lift": (_("The lifting ended with the matter"), Kind.HANDLING, "check"),
    "petition.report_to_city": (_("Reported to the city"), Kind.HANDLING, "send"),
    "petition.note_citys_answer": (_("Noted the city's answer"), Kind.HANDLING, "inbox"),
    "petition.take_down": (_("A leader took it along on a journey"), Kind.CONTACT, "map-pin"),
    "petition.invite": (_("Invited to a talk (约访)"), Kind.CONTACT, "users"),
    "petition.answer_invitation": (_("Noted the word on an invitation"), Kind.CONTACT, "users"),
    "petition.withdraw_invitation": (_("Took an invitation back"), Kind.CONTACT, "arrow-back-up"),
    "petition.note_invited_talk": (_("Noted what came of an invited talk"), Kind.CONTACT, "note"),
    "petition.look_up": (_("Its state was asked for with the query code"), Kind.AUDIT, "eye"),
    "petition.sponsor": (_("A sponsor answers for it from then on"), Kind.HANDLING, "user-plus"),
    "petition.release_sponsor": (_("Released a sponsor"), Kind.HANDLING, "arrow-back-up"),
    "petition.complete_sponsorship": (_("Completed a sponsorship with its result"), Kind.HANDLING, "check"),
    "petition.end_sponsorship": (_("A sponsorship ended with the matter"), Kind.HANDLING, "check"),
    "petition.note_duty": (_("Noted what was done on a sponsor's duty"), Kind.HANDLING, "note"),
    "petition.plan_step": (_("Added a step to a sponsor's plan"), Kind.HANDLING, "note"),
    "petition.end_step": (_("Noted a step of the plan as done or dropped"), Kind.HANDLING, "check"),
    "petition.note_sponsors_visit": (_("Noted a sponsor's visit"), Kind.CONTACT, "walk"),
    "petition.join_team": (_("Gave somebody a place in the team"), Kind.HANDLING, "user-plus"),
    "petition.leave_team": (_("Ended a place in the team"), Kind.HANDLING, "arrow-back-up"),
    "petition.ask_hearing": (_("Noted that a hearing is asked for"), Kind.HANDLING, "scale"),
    "petition.decide_hearing": (_("Decided on a hearing"), Kind.HANDLING, "scale"),
    "petition.call_hearing": (_("Called a hearing"), Kind.HANDLING, "calendar-event"),
    "petition.call_off_hearing": (_("Called a hearing off"), Kind.HANDLING, "ban"),
    "petition.conclude_hearing": (_("A hearing came to its conclusion"), Kind.HANDLING, "scale"),
    "petition.close_hearing": (_("Closed a hearing and froze its record"), Kind.HANDLING, "check"),
    "petition.publish_hearing": (_("Published the outcome of a hearing"), Kind.HANDLING, "world"),
    "petition.note_lessons": (_("Wrote what a key petition taught"), Kind.HANDLING, "note"),
    "petition.fetch_evidence": (_("Saved what shows a sponsor's result"), Kind.AUDIT, "file"),
    "petition.sign_instruction": (_("A leader signed an instruction"), Kind.HANDLING, "writing-sign"),
    "petition.enter_instruction": (
        _("Entered a leader's instruction from the paper"),
        Kind.HANDLING,
        "writing-sign",
    ),
    "petition.note_oral": (_("Noted an oral instruction, not yet confirmed"), Kind.HANDLING, "note"),
    "petition.confirm_oral": (_("Confirmed an oral instruction"), Kind.HANDLING, "check"),
    "petition.decline_oral": (_("Did not confirm an oral instruction"), Kind.HANDLING, "ban"),
    "petition.remind_of_oral": (_("Reminded of an oral instruction"), Kind.AUDIT, "bell"),
    "petition.undo_instruction": (_("Undid an instruction within ten seconds"), Kind.AUDIT, "arrow-back-up"),
    "petition.give_instruction": (_("An instruction went to its units"), Kind.HANDLING, "send"),
    "petition.complete_instruction": (_("Closed an instruction that all answered"), Kind.HANDLING, "check"),
    "petition.end_instruction": (_("An instruction ended with the matter"), Kind.HANDLING, "check"),
    "petition.end_questions": (_("What leaders were asked ended with the matter"), Kind.HANDLING, "check"),
    "petition.fetch_scan": (_("Saved the paper of an instruction"), Kind.AUDIT, "file"),
    "petition.choose_letter": (_("Chose a letter for a leader to read"), Kind.HANDLING, "mail"),
    "petition.read_letter": (_("A leader read the letter"), Kind.HANDLING, "mail-check"),
    "petition.ask_decision": (_("Asked a leader to decide"), Kind.HANDLING, "help"),
    "petition.decide": (_("A leader decided what was asked"), Kind.HANDLING, "check"),
    "petition.return_decision": (_("A leader wants to know more first"), Kind.HANDLING, "arrow-back-up"),
    "petition.withdraw_decision": (_("A decision is no longer asked"), Kind.HANDLING, "ban"),
    "petition.finish": (pgettext_lazy("deed", "Finished"), Kind.HANDLING, "check"),
    "petition.confirm_category": (_("Confirmed the content category"), Kind.HANDLING, "check"),
    "petition.propose_resolved": (_("Proposed it as settled"), Kind.HANDLING, "check"),
    "petition.confirm_resolved": (_("Decided whether it is settled"), Kind.HANDLING, "check"),
    "petition.ask_recusal": (_("Noted that the petitioner asks for a recusal"), Kind.HANDLING, "ban"),
    "petition.decide_recusal": (_("Decided on a recusal"), Kind.HANDLING, "ban"),
    "petition.note_withdrawal": (_("Noted a withdrawal"), Kind.CONTACT, "arrow-back-up"),
    "petition.confirm_withdrawal": (_("Confirmed a withdrawal, or did not"), Kind.HANDLING, "check"),
    "petition.revoke_withdrawal": (_("Took a withdrawal back"), Kind.CONTACT, "refresh"),
    "petition.note_death": (_("Noted a petitioner's death"), Kind.HANDLING, "note"),
    "petition.name_successor": (_("Named a successor"), Kind.HANDLING, "user-plus"),
    "petition.end_after_death": (_("Ended it, since nobody continues"), Kind.HANDLING, "ban"),
    "petition.reopen": (_("Let it go on"), Kind.HANDLING, "refresh"),
    "petition.note_attempt": (_("Tried to reach the petitioner"), Kind.CONTACT, "phone"),
    "petition.change_agent": (_("Changed an agent or a guardian"), Kind.HANDLING, "users"),
    "petition.note_referral": (_("Told of help or led to it"), Kind.CONTACT, "help"),
    "petition.ask_for_letters": (_("Which letters are asked for"), Kind.CONTACT, "file-text"),
    "petition.note_referral_result": (_("Noted what came of help"), Kind.CONTACT, "help"),
    "petition.request_remedy": (_("A petitioner contests an opinion"), Kind.CONTACT, "scale"),
    "petition.answer_remedy": (_("Decided whether the request is accepted"), Kind.HANDLING, "check"),
    "petition.draft_remedy": (_("Drew up the opinion on the contested one"), Kind.HANDLING, "file"),
    "petition.decide_remedy": (_("Decided on the contested opinion"), Kind.HANDLING, "scale"),
    "petition.withdraw_request": (_("A petitioner took his request back"), Kind.CONTACT, "arrow-back-up"),
    "petition.study_suggestion": (_("Noted who studied the suggestion"), Kind.HANDLING, "note"),
    "petition.thank": (_("Noted thanks or a reward"), Kind.CONTACT, "check"),
    "petition.draw_keep": (_("Drawn: somebody looks at the keeping"), Kind.HANDLING, "eye"),
    "petition.check_keep": (_("Looked at the keeping"), Kind.HANDLING, "eye"),
    "petition.give_reader": (_("Said who reads it"), Kind.HANDLING, "user-plus"),
    "petition.urge": (_("Urged the unit that leads it"), Kind.HANDLING, "bell"),
    # what urgings were before they had a paper
    "petition.chase": (_("Urged the unit that leads it"), Kind.HANDLING, "bell"),
    "petition.remind_of_asked": (_("What is asked came to its day: told"), Kind.AUDIT, "bell"),
    "petition.fetch_reply": (_("Saved the file of a reply"), Kind.AUDIT, "file"),
    "petition.fetch_urging": (_("Saved an urging"), Kind.AUDIT, "file"),
    "petition.take_back_urging": (_("Took an urging back"), Kind.HANDLING, "arrow-back-up"),
    "petition.give_to_station": (_("Gave it to a station"), Kind.HANDLING, "building-community"),
    "petition.take_back_from_station": (_("Took it back from a station"), Kind.HANDLING, "arrow-back-up"),
    "petition.hand_over": (_("Handed over to another post"), Kind.HANDLING, "arrow-forward-up"),
}
# What only the case team and the duty leader know of (Q7).
_FOR_THE_TEAM = frozenset({"petition.safety_note", "petition.safety_note_closed", "petition.conduct"})

# What whoever supervises thinks over before anything is sent: no unit reads it (Art 40; ).
_OF_SUPERVISION = frozenset(
    {
        *("petition.open_slip", "petition.draft_slip", "petition.return_slip", "petition.discard_slip"),
        *("petition.propose_lift", "petition.decline_lift", "petition.report_urgent", "petition.note_urgent"),
        *("petition.fetch_slip", "petition.choose_letter", "petition.read_letter"),
    }
)
# What is asked of one unit and answered by it: another unit reads nothing of it.
_OF_ONE_UNIT = frozenset(
    {
        *("petition.issue_slip", "petition.lift_slip", "petition.receive_slip", "petition.reply_slip"),
        *("petition.send_back_reply", "petition.verify_reply", "petition.fetch_reply"),
    }
)

# What was done while a petition was sealed. Who was let into the lane, and who sealed, stays in the lane when the
# petition is open again (Q1; protection §2.5): these deeds are not shown then, the others without a name.
_OF_THE_LANE = frozenset(
    {
        *("petition.let_in", "petition.shut_out", "petition.hand_over", "petition.hand_to_discipline"),
        "petition.tell_reporter",
        *(
            "petition.look",
            "petition.look_for_earlier",
            "petition.reveal",
            "petition.fetch_file",
            "petition.fetch_paper",
            "petition.print",
        ),
    }
)

# The covered fields that a person reveals one at a time.
FIELDS: Mapping[str, str | Promise] = {
    "id_number": _("Identity number"),
    "phone": pgettext_lazy("of a person", "Telephone"),
    "address": _("Address"),
    "name": pgettext_lazy("of a person", "Name"),
}

MOST_LINES = 200


def over_on(petition: Petition) -> date | None:
    """Return the day on which a petition was finished, ended otherwise or voided, by its audit; nothing while open."""
    if petition.is_open:
        return None
    ends = Q(verb__in=["petition.finish", "petition.void"]) | Q(facts__after=Routing.ENDED)
    last = Entry.objects.about(petition).filter(ends).order_by("-at").first()
    return timezone.localdate(last.at) if last is not None else None


def timeline_of(
    petition: Petition, hat: Hat, *, for_the_team: bool, kind: Kind | None = None
) -> list[Happened]:
    """Return what happened, newest first, at most 200 lines; who read it stands among the looks only.

    Safety and conduct are for the case team alone (Q7); of supervision a unit reads what came to itself.
    """
    asked = _with_looks if kind is Kind.AUDIT else _entries
    entries = asked(petition=str(petition.pk))
    shown = entries if petition.sealed else _without_the_lane(entries)
    over_it = may.reads_supervision(hat)
    lines = lines_of(
        entry
        for entry in shown
        if (for_the_team or entry.verb not in _FOR_THE_TEAM) and (over_it or _is_read_by_unit(entry, hat))
    )
    return [line for line in lines if kind is None or line.kind is kind]


def _is_read_by_unit(entry: Entry, hat: Hat) -> bool:
    if entry.verb in _OF_ONE_UNIT:
        return entry.actor_organ_id == hat.organ.pk or entry.facts.get("organ") == hat.organ.code
    return entry.verb not in _OF_SUPERVISION


@prepared
def _with_looks(petition: Given) -> QuerySet[Entry]:
    about = Entry.objects.filter(subject_kind=Petition._meta.label_lower, subject_id=petition)
    return about.order_by("-at", "-seq")[:MOST_LINES]


@prepared
def _entries(petition: Given) -> QuerySet[Entry]:
    about = Entry.objects.filter(subject_kind=Petition._meta.label_lower, subject_id=petition)
    deeds = about.exclude(verb__in=["petition.look", "petition.look_for_earlier"])
    return deeds.order_by("-at", "-seq")[:MOST_LINES]


def _without_the_lane(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries of a petition that is open now, newest first, as they may be shown outside the sealed lane."""
    sealed = False
    for entry in entries:
        sealed = sealed or entry.verb == "petition.unseal"
        if not sealed:
            yield entry
        elif entry.verb not in _OF_THE_LANE:
            # The registrar stands on the petition anyway.
            if entry.verb != "petition.register":
                entry.actor_words = ""
                entry.facts = {}
            yield entry
        if entry.verb == "petition.seal":
            sealed = False


# Who the audit writes down when nobody sat there.
MACHINERY: Mapping[str, str | Promise] = {
    "give_to_the_lane": _("System: passes on what the sealed lane leaves unread"),
    "clock": _("System: what the clock brings"),
    "make_demo": _("System: demo world"),
    "public_page": _("Whoever has the query code, on the public page"),
}


def lines_of(entries: Iterable[Entry]) -> list[Happened]:
    """Return audit entries of petitions as lines, in their order; one query for all the units they name."""
    listed = [entry for entry in entries if not _is_said_by_another(entry)]
    codes = {str(entry.facts["organ"]) for entry in listed if entry.verb in TOLD and entry.facts.get("organ")}
    units = list(Organ.objects.filter(code__in=codes)) if codes else []
    return [_line(entry, units) for entry in listed]


def _is_said_by_another(entry: Entry) -> bool:
    """Test if an entry is of a state alone that the deed beside it says: what was routed is being handled."""
    return entry.verb == "petition.move" and entry.facts.get("after") == Routing.ROUTED


def _line(entry: Entry, units: Sequence[Organ]) -> Happened:
    words, kind, icon = DEEDS[entry.verb]
    # who did it stands beside it with his unit
    others = {unit.code: unit.short_name for unit in units if unit.pk != entry.actor_organ_id}
    who = MACHINERY.get(entry.actor_words, entry.actor_words)
    field = str(entry.facts.get("field", ""))
    label = _label_of(field) if field and entry.verb == "petition.correct" else FIELDS.get(field, "")
    detail = detail_of(entry.verb, entry.facts, others, day=timezone.localdate(entry.at))
    said = decided_by(entry.verb, entry.facts) or words
    return Happened(entry.at, said, who, kind, icon, label, detail)


def _label_of(field: str) -> str | Promise:
    """Return what a petition's field is called on the page."""
    model = PetitionText if field in {"title", "summary"} else Petition
    return model._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # columns, not reverse relations
