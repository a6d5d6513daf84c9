"""What a registrar hands over for registering, as plain facts. Made by the form, the API and the imports alike."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.states import Channel, IdType, PersonRole, PowerLevel, Purpose, ReportedKind, Source


@dataclass(frozen=True)
class Person:
    """One person on the petition, as typed. The first representative is the main petitioner."""

    name: str
    role: PersonRole = PersonRole.REPRESENTATIVE
    id_type: IdType = IdType.RESIDENT
    id_number: str = ""
    phone: str = ""
    address: str = ""
    under_14: bool = False
    # position, from 1, of the person an agent or guardian stands for
    acts_for: int | None = None
    wants_code: bool = False


@dataclass(frozen=True)
class Reported:
    """Who is named as a wrongdoer (检举控告)."""

    kind: ReportedKind
    organ_id: int | None = None
    name: str = ""
    post_title: str = ""
    grade: str = ""
    area: str = ""


@dataclass(frozen=True)
class FromAbove:
    """The superior system's own particulars, kept as they came (Q21). Without one of the three it is not registered."""

    organ: str
    number: str
    dated: date | None
    due_on: date | None = None


# How the number begins that is made of what a row says, where its list gives it none.
MADE_OF_ITS_WORDS = "text:"


@dataclass(frozen=True)
class External:
    """The number a petition has in the list it is taken in from; the same one is the same petition."""

    source_id: int
    number: str


@dataclass(frozen=True)
class Reply:
    """The reply that a petition had before it came here. A receipt (已收悉) is no answer."""

    text: str
    replied_at: datetime
    unit: str = ""
    answers: bool = True


@dataclass(frozen=True)
class Intake:
    """Everything registering takes. Texts are kept to the character."""

    channel: Channel
    purpose: Purpose
    title: str
    text: str
    received_at: datetime
    place_id: int
    content_category_id: int
    source: Source = Source.SELF_RECEIVED
    summary: str = ""
    petition_date: date | None = None
    backdating_evidence: str = ""
    from_above: FromAbove | None = None
    addressee: str = ""
    external: External | None = None
    # the day of receipt was stated for a list that has none: no period runs from it
    day_unknown: bool = False
    place_detail: str = ""
    petitioner_count: int = 1
    involved_count: int | None = None
    is_joint_letter: bool = False
    is_anonymous: bool = False
    litigation_related: bool = False
    is_urgent: bool = False
    power_level: PowerLevel = PowerLevel.UNCLEAR
    visit_level_ok: bool | None = None
    public_consent: bool | None = None
    on_behalf_of_id: int | None = None
    claims: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    # the registrar's tick: an official or a unit is named as a wrongdoer (Q1)
    names_a_wrongdoer: bool = False
    reported: tuple[Reported, ...] = ()
    # the part of a mixed petition that reports a wrongdoer; registered apart and sealed (Q1)
    report_text: str = ""
    # not where a list that is taken in names no category, so that a stated one stands in until a person chooses
    category_confirmed: bool = True

    @property
    def is_sealed(self) -> bool:
        """Test if the whole of it is a report: purpose or tick seals at once (Q1)."""
        if self.report_text:
            return False
        return self.purpose is Purpose.REPORT_ACCUSATION or self.names_a_wrongdoer


@dataclass(frozen=True)
class Incoming:
    """One of many petitions that are registered together."""

    submission_id: UUID
    intake: Intake
    # when it was registered elsewhere, if it was; it is registered now otherwise
    registered_at: datetime | None = None
    reply: Reply | None = None
