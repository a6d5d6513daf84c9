"""The audit in words: what each deed is called, and what its facts are called. The table holds codes only.

The closed list of verbs is here, but for those on petitions, which the case page's timeline already names.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from assignments.states import Chosen, Span, Tier, Trigger
from assignments.states import Kind as Asked
from cases.columns import Column
from cases.forms.ledger import LAMPS
from cases.ledger_words import VIEWS, WAITING_VIEWS
from cases.models import (
    ExportPurpose,
    ExportStop,
    MediationResult,
    ProgressKind,
    ReconciliationStop,
    ResolutionEvidence,
    SettledBy,
    Stop,
)
from cases.models.notes import ConductArticle, SafetyKind, VerifiedBy
from cases.models.voids import VoidGround
from cases.states import (
    AttachmentKind,
    AttemptMeans,
    AttemptResult,
    Basis,
    Channel,
    ClaimDecision,
    EndKind,
    Evidence,
    NonAcceptReason,
    Outcome,
    Purpose,
    RepeatOutcome,
    RouteKind,
    Routing,
    SearchPurpose,
    Source,
    StatutoryRoute,
    ThanksKind,
)
from cases.timeline import DEEDS as ON_PETITIONS
from cases.timeline import FIELDS as COVERED_FIELDS
from cases.timeline import MACHINERY as ON_THE_CASE
from cases.typed import PersonKind
from desk import audit_of_receptions
from desk import audit_words_of_grids as of_grids
from desk import audit_words_of_leaders as of_leaders
from documents.states import DocumentKind, Method
from infra.local_settings import Setting
from leadership.states import (
    Adopted,
    Duty,
    Ground,
    InstructionSource,
    Part,
    Recipient,
    SlipKind,
    SponsorKind,
)
from notices.models import Fault

Words = str | Promise

# In the order in which the page offers them.
GROUPS: Mapping[Words, Mapping[str, Words]] = {
    _("Petitions"): {verb: words for verb, (words, _kind, _icon) in ON_PETITIONS.items()},
    _("Lists taken in"): {
        "import.upload": pgettext_lazy("deed", "Uploaded a list"),
        "import.match": pgettext_lazy("deed", "Confirmed the columns of a list"),
        "import.run": pgettext_lazy("deed", "Had a list taken in"),
        "import.end": pgettext_lazy("deed", "A list was taken in"),
        "import.stop": pgettext_lazy("deed", "A list was stopped"),
        "import.ask_withdrawal": pgettext_lazy("deed", "Asked to withdraw a whole list"),
        "import.refuse_withdrawal": pgettext_lazy("deed", "Refused to withdraw a list"),
        "import.withdraw": pgettext_lazy("deed", "Withdrew a whole list"),
    },
    _("Reconciliations"): {
        "reconciliation.upload": pgettext_lazy("deed", "Uploaded a superior's list"),
        "reconciliation.compare": pgettext_lazy("deed", "Compared a superior's list"),
        "reconciliation.explain": pgettext_lazy("deed", "Explained differences"),
        "reconciliation.sign": pgettext_lazy("deed", "Signed a reconciliation"),
        "reconciliation.stop": pgettext_lazy("deed", "A reconciliation was stopped"),
        "reconciliation.export": pgettext_lazy("deed", "Took differences out as a file"),
    },
    _("Views and lists taken out"): {
        "ledger.save_view": pgettext_lazy("deed", "Saved a view of the ledger"),
        "ledger.remove_view": pgettext_lazy("deed", "Removed a view of the ledger"),
        "ledger.choose_columns": pgettext_lazy("deed", "Chose the columns of the ledger"),
        "ledger.export": pgettext_lazy("deed", "Asked for an export of the ledger"),
        "ledger.write": pgettext_lazy("deed", "An export of the ledger was written"),
        "ledger.stop": pgettext_lazy("deed", "An export of the ledger came to nothing"),
    },
    pgettext_lazy("group of deeds", "What is asked"): {
        "assignment.hand_over": pgettext_lazy("deed", "Passed on what was asked"),
        "phrase.keep": pgettext_lazy("deed", "Kept a phrase of his own"),
        "phrase.drop": pgettext_lazy("deed", "Dropped a phrase of his own"),
        "secretary.name": pgettext_lazy("deed", "Named a leader's secretary"),
        "secretary.dismiss": pgettext_lazy("deed", "Let a secretary go"),
        "place.enter_secretary": pgettext_lazy("deed", "Entered the party secretary of a division"),
        "seat.enter": pgettext_lazy("deed", "Entered who answers at a tier"),
        "escalation.enter": pgettext_lazy("deed", "Entered a rule of escalation"),
        "escalation.end": pgettext_lazy("deed", "Ended a rule of escalation"),
    },
    **of_leaders.GROUPS,
    **of_grids.GROUPS,
    _("Receptions"): audit_of_receptions.DEEDS,
    _("Search"): {
        "person.search": pgettext_lazy("deed", "Looked for a person"),
    },
    _("Signing in and accounts"): {
        "account.sign_in": pgettext_lazy("deed", "Signed in"),
        "account.sign_in_failed": pgettext_lazy("deed", "Failed to sign in"),
        "account.sign_out": pgettext_lazy("deed", "Signed out"),
        "account.open": pgettext_lazy("deed", "Opened an account"),
        "account.close": pgettext_lazy("deed", "Closed an account"),
        "account.unlock": pgettext_lazy("deed", "Unlocked an account"),
        "account.change_password": pgettext_lazy("deed", "Changed the password"),
        "account.reset_password": pgettext_lazy("deed", "Reset a password"),
        "account.add_factor": pgettext_lazy("deed", "Added a second factor"),
        "account.remove_factor": pgettext_lazy("deed", "Removed a second factor"),
        "account.reset_second_factor": pgettext_lazy("deed", "Reset a second factor"),
        "account.new_recovery_codes": pgettext_lazy("deed", "Made new recovery codes"),
        "account.trust_device": pgettext_lazy("deed", "Trusted a device"),
        "account.revoke_device": pgettext_lazy("deed", "Trusted a device no longer"),
        "account.set_language": pgettext_lazy("deed", "Changed the language"),
        "role_policy.set": pgettext_lazy("deed", "Changed the sign-in rules of a role"),
        "token.make": pgettext_lazy("deed", "Made a key for a program"),
        "token.revoke": pgettext_lazy("deed", "Revoked a key of a program"),
        "calendar_key.make": pgettext_lazy("deed", "Made an address for a calendar"),
        "calendar_key.revoke": pgettext_lazy("deed", "Revoked an address for a calendar"),
    },
    _("Posts and organs"): {
        "post.give": pgettext_lazy("deed", "Gave a post"),
        "post.end": pgettext_lazy("deed", "Ended a post"),
        "post.hand_over": pgettext_lazy("deed", "Handed over a post's work"),
        "absence.announce": pgettext_lazy("deed", "Announced an absence"),
        "absence.end": pgettext_lazy("deed", "Ended an absence"),
        "portfolio.set": pgettext_lazy("deed", "Set what a leader looks after"),
        "portfolio.end": pgettext_lazy("deed", "Ended what a leader looks after"),
        "organ.make": pgettext_lazy("deed", "Added an organ"),
        "organ.change": pgettext_lazy("deed", "Changed an organ"),
        "organ.split": pgettext_lazy("deed", "Split an organ"),
        "organ.replace": pgettext_lazy("deed", "Merged or renamed an organ"),
    },
    _("Reference data"): {
        "place.load_list": pgettext_lazy("deed", "Loaded the list of divisions"),
        "place.add": pgettext_lazy("deed", "Added a division"),
        "place.replace": pgettext_lazy("deed", "Merged, split or renamed a division"),
        "place.close": pgettext_lazy("deed", "Closed a division"),
        "calendar.load_year": pgettext_lazy("deed", "Loaded a year's calendar"),
        "rule.add_version": pgettext_lazy("deed", "Added a version of a period"),
        "category.add": pgettext_lazy("deed", "Added a content category"),
        "category.end": pgettext_lazy("deed", "Ended a content category"),
        "category_model.train": pgettext_lazy("deed", "Learned from petitions to suggest categories"),
        "category_model.end": pgettext_lazy("deed", "Ended the suggesting of categories"),
        "local_setting.set": pgettext_lazy("deed", "Changed a setting of the district"),
        "notices.read": pgettext_lazy("deed", "Marked notices as read"),
        "bulletin.draw_up": pgettext_lazy("deed", "Drew up the month's bulletin"),
        "bulletin.write": pgettext_lazy("deed", "Wrote in a bulletin"),
        "bulletin.withdraw": pgettext_lazy("deed", "Withdrew a bulletin"),
        "bulletin.leave_out": pgettext_lazy("deed", "Left a matter out of a bulletin"),
        "bulletin.issue": pgettext_lazy("deed", "Issued the month's bulletin"),
        "bulletin.fetch": pgettext_lazy("deed", "Took a bulletin's paper"),
        "channel.set_up": pgettext_lazy("deed", "Set up a way out of the house"),
        "channel.revise": pgettext_lazy("deed", "Changed a way out of the house"),
        "channel.test": pgettext_lazy("deed", "Tested a way out of the house"),
        "channel.switch": pgettext_lazy("deed", "Switched a way out of the house"),
        "delivery.try_again": pgettext_lazy("deed", "Let a digest be tried again"),
        "reminder.set": pgettext_lazy("deed", "Changed who is told at a band"),
        "keys.rotate": pgettext_lazy("deed", "Encrypted anew under the new keys"),
    },
}
DEEDS: Mapping[str, Words] = {verb: words for group in GROUPS.values() for verb, words in group.items()}

# What deeds are done to, where the thing itself has no name to show.
KINDS: Mapping[str, Words] = {
    "cases.petition": _("Petition"),
    "cases.contentcategory": _("Content category"),
    "cases.importbatch": _("List taken in"),
    "cases.reconciliation": _("Reconciliation"),
    "cases.categorymodel": _("Category suggestions"),
    "cases.ledgerexport": _("Export of the ledger"),
    "cases.savedview": _("View of the ledger"),
    "cases.ledgercolumns": _("Columns of the ledger"),
    "assignments.seat": pgettext_lazy("of the audit", "Who answers at a tier"),
    "leadership.secretary": pgettext_lazy("of the audit", "Secretary"),
    "leadership.phrase": pgettext_lazy("of the audit", "Phrase"),
    "leadership.placesecretary": pgettext_lazy("of the audit", "Party secretary"),
    **of_leaders.KINDS,
    **of_grids.KINDS,
    **audit_of_receptions.KINDS,
    "assignments.escalationrule": pgettext_lazy("of the audit", "Rule of escalation"),
    "assignments.assignment": pgettext_lazy("of the audit", "What was asked"),
    "accounts.user": _("Account"),
    "accounts.post": pgettext_lazy("of an organ", "Post"),
    "accounts.organ": _("Organ"),
    "accounts.absence": _("Absence"),
    "accounts.portfolio": _("Portfolio"),
    "accounts.apitoken": _("Key of a program"),
    "accounts.rolepolicy": _("Sign-in rule"),
    "places.place": _("Division"),
    "deadlines.calendaryear": _("Working calendar"),
    "deadlines.rule": pgettext_lazy("of the law", "Period"),
    "infra.localsetting": _("Setting"),
    "notices.messagechannel": _("Way out of the house"),
    "notices.delivery": _("Digest"),
    "notices.reminder": _("Line of the reminders"),
    "accounts.calendarkey": _("Address for a calendar"),
    "contenttypes.contenttype": _("Table"),
}

# What acts without a person: a command on the machine, or what the clock brings.
_MACHINERY: Mapping[str, Words] = {
    "load_places": _("System: shipped list of divisions"),
    "load_rules": _("System: shipped periods"),
    "load_calendar": _("System: shipped calendar"),
    "train_categories": _("System: learning of categories"),
    **ON_THE_CASE,
    "": _("Nobody signed in"),
}

_LABELS: Mapping[str, Words] = {
    "number": pgettext_lazy("of a petition", "Number"),
    "channel": _("Channel"),
    "source": pgettext_lazy("fact", "Source"),
    "purpose": _("Purpose"),
    "purpose_before": _("Purpose before"),
    "category": _("Content category"),
    "petitioners": _("Petitioners"),
    "received_at": _("Received"),
    "backdated": _("Day of receipt typed late"),
    "sealed": _("Sealed"),
    "granted": _("Let in"),
    "reporter": _("Sees who reports"),
    "bases": _("Part in it"),
    "by": pgettext_lazy("fact", "By what"),
    "what_for": _("What for"),
    "view": pgettext_lazy("of the ledger", "View"),
    "lamp": _("Lamp"),
    "routing": pgettext_lazy("of a petition", "State"),
    "unit": _("Responsible unit"),
    "columns": _("Columns"),
    "shared": pgettext_lazy("fact", "Shared"),
    "sought": _("Keyed mark of what was typed"),
    "persons": _("Keyed mark of the persons"),
    "field": _("Field"),
    "before": _("Before"),
    "after": _("After"),
    "ended_as": pgettext_lazy("fact", "Ended as"),
    "position": pgettext_lazy("fact", "Person no."),
    "means": pgettext_lazy("fact", "By what means"),
    "result": pgettext_lazy("fact", "What came of it"),
    "withdrawn": pgettext_lazy("fact", "Withdraws"),
    "right": pgettext_lazy("fact", "Rightly kept"),
    "month": pgettext_lazy("fact", "Month"),
    "clocks_moved": _("Periods worked out anew"),
    "verified_by": _("Verified by"),
    "phone": _("By telephone"),
    "kind": pgettext_lazy("fact", "Kind"),
    "type": _("Kind of file"),
    "article": _("Article"),
    "sheets": _("Sheets"),
    "document": _("Document"),
    "ground": _("Ground"),
    "username": _("Staff number"),
    "user": _("Person"),
    "post": pgettext_lazy("of an organ", "Post"),
    "posts": pgettext_lazy("of an organ", "Posts"),
    "to_post": _("Taken over by"),
    **audit_of_receptions.LABELS,
    "to_organ": _("Taken over by"),
    "slip": pgettext_lazy("document", "Paper"),
    "slip_ground": _("Ground (Art 40)"),
    "asked": pgettext_lazy("fact", "Asked"),
    "part": pgettext_lazy("fact", "Part"),
    "lines": pgettext_lazy("fact", "Matters"),
    "adopted": pgettext_lazy("fact", "Adopted"),
    "clock": pgettext_lazy("fact", "Period"),
    "presumed": pgettext_lazy("fact", "Presumed"),
    "recipients": pgettext_lazy("fact", "Told"),
    "span": _("How far it reaches"),
    "from_tier": pgettext_lazy("fact", "From tier"),
    "to_tier": pgettext_lazy("fact", "To tier"),
    "rule": pgettext_lazy("fact", "Rule"),
    "trigger": pgettext_lazy("fact", "When"),
    "chosen": pgettext_lazy("fact", "How found"),
    "stays_with_others": pgettext_lazy("fact", "Stays with the others"),
    "sponsor": pgettext_lazy("fact", "Sponsor"),
    **of_leaders.LABELS,
    **of_grids.LABELS,
    "continues": pgettext_lazy("fact", "Taken over"),
    "duty": pgettext_lazy("fact", "Duty"),
    "done": pgettext_lazy("fact", "Done"),
    "leader": pgettext_lazy("fact", "Leader"),
    "said": pgettext_lazy("fact", "How it was said"),
    "choice": pgettext_lazy("fact", "Choice no."),
    "due_on_missed": pgettext_lazy("fact", "Day that passed"),
    "taken_over_by": _("Taken over by"),
    "moved": _("Open items passed on"),
    "deputy": _("Deputy"),
    "organ": _("Organ"),
    "organs": _("Organs"),
    "how": _("How it was settled"),
    "review": _("Asks for a review"),
    "nobody": _("Nobody was served"),
    "role": _("Role"),
    "steward": _("Steward of the accounts"),
    "place": _("Place"),
    "from": _("From"),
    "to": _("Until"),
    "since": pgettext_lazy("fact", "Since"),
    "until": _("Until"),
    "valid_from": _("Valid from"),
    "code": _("Code"),
    "parent": _("Lies in"),
    "successor": pgettext_lazy("fact", "Carried on by"),
    "successors": pgettext_lazy("fact", "Carried on by"),
    "basis": _("Basis"),
    "changed": pgettext_lazy("fact", "Changed"),
    "claim": _("Claim"),
    "claims": _("Claims"),
    "periods": _("Periods that reached a band"),
    "band": pgettext_lazy("of a period", "Band"),
    "audience": _("Who is told"),
    "ways": _("Besides the inbox"),
    "fault": _("Why it did not go"),
    "went": pgettext_lazy("fact", "Went out"),
    "decision": _("Decision"),
    "route": _("Statutory route"),
    "reason": _("Reason"),
    "on": _("Day"),
    "at": _("Moment"),
    "due_on": _("Until"),
    "agreed": _("Agreed"),
    "approved": _("Approved"),
    "settled": _("Settled"),
    "evidence": _("Evidence"),
    "outcome": _("Result"),
    "opinion": _("Keyed mark of the text"),
    "same_person": _("Same person"),
    "method": _("Method of service"),
    "uploaded": _("Made elsewhere"),
    "added": pgettext_lazy("fact", "Added"),
    "version": _("Version"),
    "texts": _("Petitions learned from"),
    "categories": _("Categories told apart"),
    "macro_f1": _("Macro-F1"),
    "days": _("Days"),
    "count": _("How many"),
    "rows": _("How many"),
    "petitions": _("Petitions"),
    "reading": _("Petitions that the post reads"),
    "created": pgettext_lazy("fact", "New petitions"),
    "finished": pgettext_lazy("fact", "Of them finished"),
    "linked": pgettext_lazy("fact", "Here already"),
    "rejected": pgettext_lazy("fact", "Rejected"),
    "theirs": pgettext_lazy("fact", "On the list"),
    "ours": pgettext_lazy("fact", "Here"),
    "alike": pgettext_lazy("fact", "Alike"),
    "different": pgettext_lazy("fact", "Different"),
    "answered_elsewhere": pgettext_lazy("fact", "Answered before it came here"),
    "external_source": pgettext_lazy("fact", "Taken in from"),
    "why": _("Why"),
    "line": pgettext_lazy("fact", "Line"),
    "size": pgettext_lazy("fact", "Bytes"),
    "sha256": pgettext_lazy("fact", "Mark of the file"),
    "table": _("Table"),
    "key": _("Setting"),
    "value": _("Value"),
    "language": _("Language"),
    "factor": _("Second factor"),
    "what": _("What was wrong"),
    "locked": _("Locked by it"),
    "may_write": _("May write"),
    "idle_minutes": _("Idle minutes"),
    "trusted_device_days": _("Days a device is trusted"),
}

_MOMENTS = frozenset({"received_at"})
# Facts whose values are codes of a closed list.
_VALUES: Mapping[str, Mapping[str, Words]] = {
    "field": COVERED_FIELDS,
    "channel": dict(Channel.choices),
    "source": {**dict(Source.choices), "chinesecalendar": _("Shipped with the product")},
    "purpose": {**dict(Purpose.choices), "duplicate_decision": _("Deciding on repeats")},
    "purpose_before": dict(Purpose.choices),
    "what_for": {**dict(SearchPurpose.choices), **dict(ExportPurpose.choices)},
    "view": {str(view): words for view, words in [*VIEWS, *WAITING_VIEWS.items()]},
    "lamp": dict(LAMPS),
    "routing": dict(Routing.choices),
    "columns": dict(Column.choices),
    "by": {
        **dict(Evidence.choices),
        PersonKind.ID_NUMBER: _("Identity number"),
        PersonKind.PHONE: pgettext_lazy("of a person", "Telephone"),
        PersonKind.PHONE_TAIL: _("Last digits of a telephone"),
        PersonKind.NAME: pgettext_lazy("of a person", "Name"),
        PersonKind.INITIALS: _("Pinyin initials"),
    },
    "bases": dict(Basis.choices),
    "before": dict(Routing.choices),
    "after": dict(Routing.choices),
    "ended_as": dict(EndKind.choices),
    "means": dict(AttemptMeans.choices),
    "result": {**dict(AttemptResult.choices), **dict(MediationResult.choices)},
    "verified_by": dict(VerifiedBy.choices),
    "article": dict(ConductArticle.choices),
    "ground": dict(VoidGround.choices),
    "role": dict(Role.choices),
    "key": dict(Setting.choices),
    "why": {**dict(ReconciliationStop.choices), **dict(Stop.choices), **dict(ExportStop.choices)},
    "kind": {
        **dict(AttachmentKind.choices),
        **dict(SafetyKind.choices),
        **dict(RouteKind.choices),
        **dict(ProgressKind.choices),
        **dict(DocumentKind.choices),
        **dict(ThanksKind.choices),
        "totp": _("Authenticator app"),
        "webauthn": _("Passkey"),
        "recovery_codes": _("Recovery codes"),
    },
    "factor": {
        "factor": pgettext_lazy("second factor", "shown"),
        "device": pgettext_lazy("second factor", "trusted device"),
        "": pgettext_lazy("second factor", "not asked for"),
    },
    "what": {"password": _("Password"), "factor": _("Second factor")},
    # a card has the code of its paper; keys of papers stay keys
    "document": {"ledger": _("A list of petitions")},
    "decision": dict(ClaimDecision.choices),
    "route": dict(StatutoryRoute.choices),
    "reason": dict(NonAcceptReason.choices),
    "outcome": {**dict(Outcome.choices), **dict(RepeatOutcome.choices)},
    "evidence": dict(ResolutionEvidence.choices),
    "method": dict(Method.choices),
    "how": dict(SettledBy.choices),
    "language": {"zh-hans": "中文", "en": "English"},
    "slip": dict(SlipKind.choices),
    "part": dict(Part.choices),
    "slip_ground": dict(Ground.choices),
    "asked": dict(Asked.choices),
    "adopted": dict(Adopted.choices),
    "recipients": dict(Recipient.choices),
    "span": dict(Span.choices),
    "from_tier": dict(Tier.choices),
    "to_tier": dict(Tier.choices),
    "trigger": dict(Trigger.choices),
    "chosen": dict(Chosen.choices),
    "sponsor": dict(SponsorKind.choices),
    **of_leaders.CODES,
    **of_grids.CODES,
    "duty": dict(Duty.choices),
    "said": dict(InstructionSource.choices),
    "fault": dict(Fault.choices),
    **audit_of_receptions.VALUES,
}


def deed_words(verb: str) -> Words:
    """Return what a deed is called; one of an older version of the product by its code."""
    return DEEDS.get(verb, verb)


def actor_words(written: str) -> Words:
    """Return who acted: people as they were written down that day, machinery in words."""
    return _MACHINERY.get(written, written)


def label_words(name: str) -> Words:
    """Return what a fact is called."""
    return _LABELS.get(name, name)


def value_words(name: str, value: Any) -> str:
    """Return a fact's value as a person reads it, moments by the office's clock; keys of things are not among them."""
    if isinstance(value, bool) and name == "clocks_moved":
        # a correction says only whether its periods moved; a new calendar counts them
        return gettext("at least one") if value else "0"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Mapping):
        return str(sum(value.values()))
    if isinstance(value, list):
        return gettext(", ").join(value_words(name, one) for one in value)
    if name in _MOMENTS:
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%Y-%m-%d %H:%M")
    return str(_VALUES.get(name, {}).get(value, value))
