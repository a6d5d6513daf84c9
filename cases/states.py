"""What a petition can be: the codes of its fields and the sets that rules speak of. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """信访形式: how it came in (Art 17; R-01; data-standard §4.1)."""

    VISIT = "visit", _("Visit")
    LETTER = "letter", _("Letter")
    WEB = "web", _("Web")
    PHONE = "phone", pgettext_lazy("channel", "Telephone")
    MOBILE_APP = "mobile_app", _("Mobile app")
    WECHAT = "wechat", _("WeChat")
    SUGGESTION_BOX_WEB = "suggestion_box_web", _("Suggestions online")
    FAX = "fax", _("Fax")
    LEADER_MAILBOX = "leader_mailbox", _("Leader's mailbox")


class StatGroup(models.TextChoices):
    """The groups that statistics fold channels to (data-standard §4.1)."""

    VISIT = "visit", _("Visits")
    LETTER = "letter", _("Letters")
    ONLINE = "online", pgettext_lazy("group of channels", "Online")
    PHONE = "phone", _("Calls")


STAT_GROUP_OF = {
    Channel.VISIT: StatGroup.VISIT,
    Channel.LETTER: StatGroup.LETTER,
    Channel.FAX: StatGroup.LETTER,
    Channel.PHONE: StatGroup.PHONE,
    Channel.WEB: StatGroup.ONLINE,
    Channel.MOBILE_APP: StatGroup.ONLINE,
    Channel.WECHAT: StatGroup.ONLINE,
    Channel.SUGGESTION_BOX_WEB: StatGroup.ONLINE,
    Channel.LEADER_MAILBOX: StatGroup.ONLINE,
}
# Told by mouth: the organ writes it down truthfully and names who did (Art 19(1); R-03).
ORAL = frozenset({Channel.VISIT, Channel.PHONE})


class Source(models.TextChoices):
    """信访来源: where the task came from, apart from how the petitioner wrote (R-01; data-standard §4.2)."""

    SELF_RECEIVED = "self_received", _("Received here")
    TRANSFERRED_FROM_SUPERIOR = "transferred_from_superior", _("Forwarded from above")
    ASSIGNED_FROM_SUPERIOR = "assigned_from_superior", _("Assigned from above")
    LEADER_INSTRUCTION = "leader_instruction", _("Leader's instruction")
    HOTLINE_TRANSFER = "hotline_transfer", _("Hotline 12345")
    GRID_REPORT = "grid_report", _("Report from a grid")
    JOINT_CONFERENCE = "joint_conference", _("Joint conference")
    INSPECTION = "inspection", pgettext_lazy("source", "Inspection (巡视巡察)")
    DISCIPLINE_RETURN = "discipline_return", _("Returned by a discipline organ")
    MEDIA = "media", _("Media")


# These bring the superior system's own number and date (Q21).
FROM_ABOVE = frozenset({Source.TRANSFERRED_FROM_SUPERIOR, Source.ASSIGNED_FROM_SUPERIOR})


class RegisterLevel(models.TextChoices):
    """登记机构类别 of the registering organ (data-standard §4.6)."""

    NATIONAL = "0000", _("National")
    PROVINCE = "0100", pgettext_lazy("level of an organ", "Province")
    CITY = "0200", pgettext_lazy("level of an organ", "City")
    COUNTY = "0300", pgettext_lazy("level of an organ", "District or county")
    TOWNSHIP = "0400", pgettext_lazy("level of an organ", "Township or street")


class Purpose(models.TextChoices):
    """信访目的 as the petitioner has it (data-standard §4.3)."""

    REQUEST = "request", _("Request for settlement")
    APPEAL = "appeal", pgettext_lazy("purpose", "Appeal")
    SUGGESTION = "suggestion", _("Suggestion or opinion")
    REPORT_ACCUSATION = "report_accusation", _("Report or accusation")
    ENQUIRY = "enquiry", _("Enquiry")
    OTHER = "other", pgettext_lazy("purpose", "Other")


class PetitionClass(models.TextChoices):
    """The three classes of the law (Art 29, 30, 31)."""

    APPEAL_REQUEST = "appeal_request", _("Appeals and requests")
    REPORT_ACCUSATION = "report_accusation", _("Reports and accusations")
    SUGGESTION = "suggestion", _("Suggestions and opinions")


# 咨询 and 其他 have no class until a person gives them one (data-standard §4.3).
CLASS_OF = {
    Purpose.REQUEST: PetitionClass.APPEAL_REQUEST,
    Purpose.APPEAL: PetitionClass.APPEAL_REQUEST,
    Purpose.SUGGESTION: PetitionClass.SUGGESTION,
    Purpose.REPORT_ACCUSATION: PetitionClass.REPORT_ACCUSATION,
}


class PowerLevel(models.TextChoices):
    """职权层级: whose power the matter falls under, as far as the registrar can tell (Art 20(1), 22, 23)."""

    OWN = "own", _("This level")
    LOWER = "lower", _("A lower level")
    SUPERIOR = "superior", _("A higher level")
    OUTSIDE = "outside", _("Another system")
    UNCLEAR = "unclear", _("Not clear yet")


class Routing(models.TextChoices):
    """The petition's own track (law.md §3): what has happened to all of it, apart from whether it was late."""

    REGISTERED = "registered", pgettext_lazy("routing state", "Registered, to be routed")
    ROUTED = "routed", pgettext_lazy("routing state", "Being handled")
    # 办结: every claim has its lawful end and its paper served; 化解 is another question (data-standard §7)
    FINISHED = "finished", pgettext_lazy("routing state", "Finished")
    # another end than 办结, and never counted as one; `ended_as` says which (Q19)
    ENDED = "ended", pgettext_lazy("routing state", "Ended otherwise")
    VOID = "void", pgettext_lazy("routing state", "Void")


OPEN = frozenset({Routing.REGISTERED, Routing.ROUTED})


class EndKind(models.TextChoices):
    """How a petition ended otherwise (Q19): no figure of 办结 has it. Being unreachable ends nothing."""

    WITHDRAWN = "withdrawn", pgettext_lazy("end", "Withdrawn by the petitioner")
    DIED = "died", pgettext_lazy("end", "Petitioner died, nobody continues")


class RouteKind(models.TextChoices):
    """去向: what the organ that registered decides for a claim, exactly one of these (Art 22(1), 23(1); R-11)."""

    FORWARD = "forward", pgettext_lazy("route", "Forward")
    # important, result wanted: with a set day and a completion report (Art 22(1)(3); T6)
    ASSIGN = "assign", pgettext_lazy("route", "Assign")
    # the petitioner is told which organ or procedure it is for (Art 22(2), 23(1))
    GUIDE = "guide", pgettext_lazy("route", "Guide")
    KEEP = "keep", pgettext_lazy("route", "Keep without action")
    SELF_HANDLE = "self_handle", pgettext_lazy("route", "Handle directly")
    # 并入: no way of its own, but that of the same matter pending at this level (Q11)
    JOIN = "join", pgettext_lazy("route", "Joined to what is pending")


# The five that are chosen among; a matter is joined by a deed of its own.
CHOSEN_ROUTES = tuple(kind for kind in RouteKind if kind is not RouteKind.JOIN)
# These give the claim to an organ that leads it.
GIVES_TO_AN_ORGAN = frozenset({RouteKind.FORWARD, RouteKind.ASSIGN, RouteKind.SELF_HANDLE})


class KeepGround(models.TextChoices):
    """存: the closed list of Q13; a section head countersigns."""

    THANKS = "thanks", _("Thanks")
    ADVERTISING = "advertising", _("Advertising")
    UNINTELLIGIBLE = "unintelligible", _("Unintelligible, and nobody to ask")
    IDENTICAL_ANSWERED = "identical_answered", _("The identical text was answered already")


class Receipt(models.TextChoices):
    """Where the sending stands with the organ that leads (law.md §3; Q22)."""

    DELIVERED = "delivered", pgettext_lazy("receipt", "Delivered, to be signed for")
    RECEIVED = "received", pgettext_lazy("receipt", "Received")
    OBJECTION_PENDING = "objection_pending", pgettext_lazy("receipt", "Objection pending")
    RETURNED = "returned", pgettext_lazy("receipt", "Returned")


class HandlingState(models.TextChoices):
    """The handling track of law.md §3, of the claims that one organ leads."""

    UNDER_REVIEW = "under_review", pgettext_lazy("handling", "Deciding whether to accept")
    # every claim was declined or led into another procedure; what is left is the notice
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("handling", "Not accepted here")
    INVESTIGATING = "investigating", pgettext_lazy("handling", "Being investigated")
    OPINION_ISSUED = "opinion_issued", pgettext_lazy("handling", "Opinion issued")
    SERVED = "served", pgettext_lazy("handling", "Reply served")
    EXECUTING = "executing", pgettext_lazy("handling", "Being carried out")
    EXECUTED = "executed", pgettext_lazy("handling", "Carried out")


OPINION_IS_OUT = frozenset(
    {HandlingState.OPINION_ISSUED, HandlingState.SERVED, HandlingState.EXECUTING, HandlingState.EXECUTED}
)


class StatutoryRoute(models.TextChoices):
    """法定途径: the six routes of appeals and requests; RT6 alone carries the sixty days (Art 31, 34)."""

    RT1 = "RT1", _("Courts, procuratorate or police by their own laws")
    RT2 = "RT2", _("Arbitration")
    RT3 = "RT3", _("Party-member appeal or re-examination")
    RT4 = "RT4", _("Reconsideration, adjudication or another administrative procedure")
    RT5 = "RT5", _("Investigate an unlawful act or perform a protective duty")
    RT6 = "RT6", _("None of these: petition handling with an opinion")


class SimpleGround(models.TextChoices):
    """简易办理: why a plain matter may take the short way (2022 measures, Art 4; law.md §4)."""

    FIRST_AND_CLEAR = "first_and_clear", _("First time, clear in fact and responsibility, easy to settle")
    ANSWERED_AT_ONCE = "answered_at_once", _("Enquiry, suggestion or thanks that can be answered at once")
    DAILY_LIFE = "daily_life", _("Daily life, pressing in time")
    PROMISED = "promised", _("The organ promised or concluded it already")
    OTHER = "other", pgettext_lazy("simple track", "Other plain matters")


class ClaimDecision(models.TextChoices):
    """What the leading organ decided on a claim (Art 23, 31; R-20 … R-25)."""

    ACCEPTED = "accepted", pgettext_lazy("claim", "Accepted")
    # 导入: RT1–RT5 are led into the procedure they belong to
    LED = "led", pgettext_lazy("claim", "Led into its own procedure")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("claim", "Not accepted")
    NO_LONGER_ACCEPTED = "no_longer_accepted", pgettext_lazy("claim", "No longer accepted")


class NonAcceptReason(models.TextChoices):
    """The closed list of reasons (law.md §2.4); a free-text "other" is not offered.

    `legislature_court_procuratorate` and `review_right_lapsed` are off until a local rule names its article (Q12).
    """

    PENDING_SAME_MATTER = "pending_same_matter", _("The same matter is pending within its period (Art 19(3))")
    CONCLUDED = "concluded_after_reexamination", _("Concluded by re-examination (Art 36(3))")
    LITIGATION_ROUTE = "litigation_route", _("Split off to litigation (Art 28(2))")
    OTHER_STATUTORY_ROUTE = "other_statutory_route", _("Another statutory route (Art 31)")
    OUTSIDE_POWER = "outside_power_redirect", _("Outside this organ's power (Art 23(1))")
    DISCIPLINE_CHANNEL = "discipline_channel", _("Belongs to the discipline organs (Art 30)")


class Outcome(models.TextChoices):
    """处理意见: the three results of Art 32, and the three of a suggestion (Art 29; Q20)."""

    SUPPORT = "support", pgettext_lazy("outcome", "Supported")
    EXPLAIN = "explain", pgettext_lazy("outcome", "Explained: reasonable, no legal basis")
    NOT_SUPPORT = "not_support", pgettext_lazy("outcome", "Not supported")
    ADOPTED = "adopted", pgettext_lazy("outcome", "Adopted")
    PARTLY_ADOPTED = "partly_adopted", pgettext_lazy("outcome", "Adopted in part")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("outcome", "Not adopted")


OUTCOMES_OF_APPEALS = frozenset({Outcome.SUPPORT, Outcome.EXPLAIN, Outcome.NOT_SUPPORT})
OUTCOMES_OF_SUGGESTIONS = frozenset({Outcome.ADOPTED, Outcome.PARTLY_ADOPTED, Outcome.NOT_ADOPTED})


class RepeatOutcome(models.TextChoices):
    """What a person decided on two petitions held against each other (data-standard §6; Q14)."""

    LATER = "later", _("Decide later")
    SAME_PENDING = "same_matter_pending", _("Same matter, still pending")
    SAME_CONCLUDED = "same_matter_concluded", _("Same matter, already concluded")
    NEW_FACTS = "same_matter_new_facts", _("Same matter, but new facts: a new case")
    RELATED = "related", pgettext_lazy("of two petitions", "Another matter, related")
    UNRELATED = "unrelated", pgettext_lazy("of two petitions", "Unrelated")


# 同人同事: with the same person these make the later one a repeat; new facts make a new case (data-standard §6)
SAME_MATTER = frozenset({RepeatOutcome.SAME_PENDING, RepeatOutcome.SAME_CONCLUDED})


class Evidence(models.TextChoices):
    """What two petitions have in common, as the look-up found it."""

    ID_NUMBER = "id_number", _("Same identity number")
    PHONE = "phone", _("Same telephone")
    NAME_AND_HOME = "name_and_home", _("Same name and address")
    SAME_TEXT = "same_text", _("The very same text")
    ALIKE = "alike", _("Texts alike")
    CATEGORY = "category", _("Same category")
    PLACE = "place", _("Same township")


OF_THE_PERSON = frozenset({Evidence.ID_NUMBER, Evidence.PHONE, Evidence.NAME_AND_HOME})
OF_THE_MATTER = frozenset({Evidence.SAME_TEXT, Evidence.ALIKE})
# One may suggest or ask as often as one likes; thanks are told apart by their keeping (Q15, Q20)
NEVER_REPEATED = frozenset({Purpose.SUGGESTION, Purpose.ENQUIRY})


class PersonRole(models.TextChoices):
    """What a person is to the petition; agents and guardians stand for another one (R-09, Q19)."""

    REPRESENTATIVE = "representative", _("Representative")
    ACCOMPANYING = "accompanying", _("Accompanying person")
    AGENT = "agent", _("Agent")
    GUARDIAN = "guardian", _("Guardian")
    # who was succeeded or replaced; kept, and no longer written to (Q19)
    FORMER = "former", _("No longer takes part")


# What a person may be when a petition is registered.
ROLES_AT_INTAKE = (
    PersonRole.REPRESENTATIVE,
    PersonRole.ACCOMPANYING,
    PersonRole.AGENT,
    PersonRole.GUARDIAN,
)
# They stand for another person of the petition.
STANDS_FOR_ANOTHER = frozenset({PersonRole.AGENT, PersonRole.GUARDIAN})
# 信访人 themselves: who may withdraw, die, be succeeded.
PETITIONS_HIMSELF = frozenset({PersonRole.REPRESENTATIVE, PersonRole.ACCOMPANYING})


class PersonChangeKind(models.TextChoices):
    """What changed among the persons of a petition (Q19)."""

    DIED = "died", pgettext_lazy("change of a person", "Died")
    REPLACED = "replaced", pgettext_lazy("change of a person", "Agent or guardian changed")


class AttemptMeans(models.TextChoices):
    """How somebody tried to reach the petitioner (Q19)."""

    PHONE = "phone", pgettext_lazy("means", "Telephone")
    MESSAGE = "message", pgettext_lazy("means", "Text message")
    LETTER = "letter", pgettext_lazy("means", "Letter")
    VISIT = "visit", pgettext_lazy("means", "Visit to the home")
    OTHERS = "others", pgettext_lazy("means", "Through others")


class AttemptResult(models.TextChoices):
    """What came of it."""

    REACHED = "reached", pgettext_lazy("attempt", "Reached")
    NO_ANSWER = "no_answer", pgettext_lazy("attempt", "No answer")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("attempt", "Number or address no longer right")
    SENT_BACK = "sent_back", pgettext_lazy("attempt", "Sent back")


class ThanksKind(models.TextChoices):
    """How whoever made a suggestion was thanked (Art 29; Q20)."""

    WORDS = "words", pgettext_lazy("thanks", "Thanked by word or telephone")
    LETTER = "letter", pgettext_lazy("thanks", "Letter of thanks")
    HONOUR = "honour", pgettext_lazy("thanks", "Certificate or commendation")
    REWARD = "reward", pgettext_lazy("thanks", "Reward")


# A group visit chooses at most five (Art 20(3); R-07).
MOST_REPRESENTATIVES = 5


class SearchPurpose(models.TextChoices):
    """What a person is looked for (Q5); nothing else is."""

    AT_THE_WINDOW = "at_the_window", _("The person is here or on the telephone")
    DUPLICATE = "duplicate", _("To decide whether it was raised before")
    CONTACT = "contact", _("To reach the petitioner")


class IdType(models.TextChoices):
    """证件类型 (data-standard §3)."""

    RESIDENT = "resident", _("Resident identity card")
    OFFICER = "officer", _("Officer's card")
    SOLDIER = "soldier", _("Soldier's card")
    POLICE = "police", _("Police card")
    HK_MACAO_TAIWAN = "hk_macao_taiwan", _("Hong Kong, Macao or Taiwan permit")
    PASSPORT = "passport", _("Passport")
    HOUSEHOLD_BOOKLET = "household_booklet", _("Household booklet")
    OTHER = "other", pgettext_lazy("identity document", "Other")


class Basis(models.TextChoices):
    """Why an organ or a post has part in a petition."""

    REGISTERED = "registered", pgettext_lazy("basis", "Registered it")
    ON_BEHALF = "on_behalf", pgettext_lazy("basis", "Registered on its behalf")
    PORTFOLIO = "portfolio", pgettext_lazy("basis", "In the leader's portfolio")
    LEADS = "leads", pgettext_lazy("basis", "Leads its handling")
    ASSISTS = "assists", pgettext_lazy("basis", "Assists its handling")
    # the head of the next-higher organ decides on a recusal of the head below; ends with the decision
    JUDGES = "judges", pgettext_lazy("basis", "Decides on a recusal")
    # it handles the pending matter that this one was joined to (Q11)
    JOINED = "joined", pgettext_lazy("basis", "Handles what it was joined to")
    # the leader before whom a matter was put, as long as it is his; nobody's portfolio need hold it
    LIFTED = "lifted", pgettext_lazy("basis", "It was lifted to this post")
    # the leader who sponsors it (包案), and his secretaries, as long as he does
    SPONSORS = "sponsors", pgettext_lazy("basis", "Sponsors it, or works for who does")
    # the organ that keeps the station it was given to (Q35), as long as something is asked of the station
    STATION = "station", pgettext_lazy("basis", "Keeps the station it was given to")
    # the organ next above, from the request for 复查 or 复核 on (Art 35, 36)
    REVIEWS = "reviews", pgettext_lazy("basis", "Reviews an opinion on it")


class AttachmentKind(models.TextChoices):
    SCAN = "scan", _("Scan of the letter or paper")
    PHOTO = "photo", pgettext_lazy("kind of attachment", "Photo")
    AUDIO = "audio", _("Recording")
    POWER_OF_ATTORNEY = "power_of_attorney", _("Power of attorney")
    NAME_LIST = "name_list", _("Sheet of names")
    DOCUMENT = "document", pgettext_lazy("kind of attachment", "Document")


class ReportedKind(models.TextChoices):
    PERSON = "person", _("A person")
    UNIT = "unit", _("A unit")


class ClockCode(models.TextChoices):
    """The clocks that run on a petition (deadlines.md §1); what each is called stands in `deadlines.words`."""

    T1 = "T1"
    T1A = "T1a"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"
    T6 = "T6"
    T11 = "T11"
    T12 = "T12"
    # as set by the opinion itself (Art 32; R-34)
    EXECUTION = "TE"
    # as the office sets it (Q20)
    SUGGESTION = "TS"
    # 复查 and 复核: decide whether a request is accepted, decide on the opinion (Art 35, 36)
    T8 = "T8"
    T10 = "T10"
    T15 = "T15"
    # as the reviewing organ sets it, for handling anew what it revoked
    ANEW = "TR"


# The clocks of a reviewing organ: each belongs to one remedy.
OF_REMEDIES = frozenset({ClockCode.T8, ClockCode.T10, ClockCode.T15})


# The office's own targets do not light the lamp: it speaks of statutory days only.
# The three days for accepting a request for a remedy are of other provinces' law: here the office's own target.
INTERNAL_CLOCKS = frozenset({ClockCode.T1A, ClockCode.T15})
# Nor does a right light it that may be left unused (Art 23(3)): nothing is late when T4 passes.
UNLIT_CLOCKS = INTERNAL_CLOCKS | {ClockCode.T4}
