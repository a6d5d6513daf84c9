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
    """The routing track of law.md §3: what has happened, apart from whether it was late."""

    REGISTERED = "registered", pgettext_lazy("routing state", "Registered, to be routed")
    VOID = "void", pgettext_lazy("routing state", "Void")


OPEN = frozenset({Routing.REGISTERED})


class PersonRole(models.TextChoices):
    """What a person is to the petition; agents and guardians stand for another one (R-09, Q19)."""

    REPRESENTATIVE = "representative", _("Representative")
    ACCOMPANYING = "accompanying", _("Accompanying person")
    AGENT = "agent", _("Agent")
    GUARDIAN = "guardian", _("Guardian")


# A group visit chooses at most five (Art 20(3); R-07).
MOST_REPRESENTATIVES = 5


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
    """The clocks that registering starts (deadlines.md §1)."""

    T1 = "T1", _("Route the petition")
    T1A = "T1a", _("Route the petition, the office's own share")
    T2 = "T2", _("Written notice to the petitioner")
    T6 = "T6", _("Report back to the superior")


# The office's own targets do not light the lamp: it speaks of statutory days only.
INTERNAL_CLOCKS = frozenset({ClockCode.T1A})
