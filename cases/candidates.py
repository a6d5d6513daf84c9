"""Which earlier petitions may raise the same matter: suggestions with their evidence, never a decision.

Looked for by person, and by text among what is of one category, around one place, of two years. Only petitions the hat
may open anyway are ever read, sealed ones never; at most five come back, and no number says how many more there were
(data-standard §6; Q5, Q14; protection §2).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Left

from accounts.hats import Hat
from cases.intake import Person
from cases.models import Petition, Petitioner, PetitionQuerySet, RepeatDecision
from cases.models.repeats import thanks_alone
from cases.secrets import id_number_index, phone_index
from cases.states import (
    NEVER_REPEATED,
    OF_THE_MATTER,
    OF_THE_PERSON,
    PETITIONS_HIMSELF,
    Evidence,
    IdType,
    PetitionClass,
    Routing,
)
from lib.likeness import ALIKE, COMPARED, LEARNT_FROM, Likeness, Ordinary, fingerprint, normalised
from lib.masking import mask_text
from places.models import CODE_LENGTH, Level

MOST_SHOWN = 5
MOST_COMPARED = 2000
_WITHIN = timedelta(days=731)
_WORDS_SHOWN = 3
# What each finding is worth; together at most a hundred. A number to sort by and nothing else (Q14).
_TEXT = 60
_WORTH: Mapping[Evidence, int] = {
    Evidence.ID_NUMBER: 30,
    Evidence.PHONE: 27,
    Evidence.NAME_AND_HOME: 24,
    Evidence.CATEGORY: 5,
    Evidence.PLACE: 5,
}
# Shorter addresses, such as the name of a village alone, are many people's.
_LEAST_OF_A_HOME = 6


@dataclass(frozen=True)
class Sought:
    """What is held against earlier petitions: one that is being typed, or one that is registered."""

    title: str
    text: str
    received_at: datetime
    category_id: int | None = None
    place_path: str = ""
    id_numbers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    # names with their addresses, as written
    homes: tuple[tuple[str, str], ...] = ()
    # everybody's names, which no shared word may touch
    names: tuple[str, ...] = ()
    petition_id: UUID | None = None

    @property
    def by(self) -> list[str]:
        """By which particulars of a person it is looked for, in codes; none if by the matter alone."""
        kinds = (
            (Evidence.ID_NUMBER, self.id_numbers),
            (Evidence.PHONE, self.phones),
            (Evidence.NAME_AND_HOME, self.homes),
        )
        return [kind.value for kind, values in kinds if values]

    @cached_property
    def township(self) -> str:
        """The path of the township the place lies in, or of the place itself where it is a larger one."""
        codes = [code for code in self.place_path.split("/") if code]
        around = [code for code in codes if len(code) <= CODE_LENGTH[Level.TOWNSHIP]]
        return "".join(f"{code}/" for code in around)


@dataclass(frozen=True)
class Candidate:
    """One earlier petition with what speaks for its being the same matter."""

    petition: Petition
    score: int
    evidence: tuple[Evidence, ...]
    # from 0 to 1
    likeness: float = 0.0
    # what both texts say, without anybody's name
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def same_person(self) -> bool:
        return bool(OF_THE_PERSON & set(self.evidence))

    @property
    def same_matter(self) -> bool:
        return bool(OF_THE_MATTER & set(self.evidence))


@dataclass
class _Found:
    """One petition as it is compared, before it is known whether it is shown."""

    title: str
    text: str
    text_hash: str
    category_id: int
    place_path: str
    received_at: datetime
    evidence: set[Evidence] = field(default_factory=set)
    likeness: float = 0.0


def sought_in(petition: Petition) -> Sought:
    """Return what a registered petition is compared by: its words and those who petition in it.

    An agent is left out, the person he stands for is on the list himself (data-standard §6).
    """
    everybody = list(Petitioner.objects.filter(petition=petition).order_by("position"))
    people = [person for person in everybody if person.role in PETITIONS_HIMSELF]
    return Sought(
        title=petition.words.title,
        text=petition.words.text,
        received_at=petition.received_at,
        category_id=petition.content_category_id,
        place_path=petition.place_path,
        id_numbers=frozenset(person.id_number_index for person in people if person.id_number_index),
        phones=frozenset(person.phone_index for person in people if person.phone_index),
        homes=tuple((person.name, person.address) for person in people if person.name and person.address),
        names=tuple(person.name for person in everybody),
        petition_id=petition.pk,
    )


def sought_as_typed(
    *,
    title: str,
    text: str,
    received_at: datetime,
    category_id: int | None,
    place_path: str,
    people: Iterable[Person],
) -> Sought:
    """Return what a form is compared by as far as it is typed."""
    everybody = list(people)
    themselves = [person for person in everybody if person.role in PETITIONS_HIMSELF]
    cards = [
        id_number_index(person.id_number)
        for person in themselves
        if person.id_number and person.id_type is IdType.RESIDENT
    ]
    phones = [phone_index(person.phone) for person in themselves]
    return Sought(
        title=title,
        text=text,
        received_at=received_at,
        category_id=category_id,
        place_path=place_path,
        id_numbers=frozenset(number for number in cards if number),
        phones=frozenset(number for number in phones if number),
        homes=tuple((person.name, person.address) for person in themselves if person.name and person.address),
        names=tuple(person.name for person in everybody if person.name),
    )


def is_never_repeated(petition: Petition) -> bool:
    """Test if a petition is a suggestion, an enquiry or thanks, of which one may send as many as one likes."""
    suggests = petition.petition_class == PetitionClass.SUGGESTION
    if petition.purpose in NEVER_REPEATED or suggests:
        return True
    return Petition.objects.filter(thanks_alone("pk"), pk=petition.pk).exists()


def find(sought: Sought, hat: Hat) -> list[Candidate]:
    """Return at most five petitions that may be the same matter or of the same person, the likeliest first.

    Pairs that somebody decided on are left out; they stand on the case page. The number of queries is fixed.
    """
    by_person = _of_the_persons(sought)
    rows = _repeatable(Petition.objects.visible_to(hat), sought)
    found = _read(rows.filter(pk__in=list(by_person)[:MOST_COMPARED])) if by_person else {}
    found |= _read(_around(rows, sought)) if sought.category_id or sought.place_path else {}
    for petition_id in _decided(sought):
        found.pop(petition_id, None)
    if not found:
        return []
    one = Likeness(sought.title, sought.text, _ordinary(hat))
    text_hash = fingerprint(sought.text)
    for petition_id, other in found.items():
        other.likeness = one.to(other.title, other.text)
        other.evidence = _evidence(sought, other, by_person.get(petition_id, set()), text_hash)
    suggested = [key for key, other in found.items() if (OF_THE_PERSON | OF_THE_MATTER) & other.evidence]
    if not suggested:
        return []
    suggested.sort(key=lambda key: (_score(found[key]), found[key].received_at, key), reverse=True)
    return _shown(suggested[:MOST_SHOWN], found, one, sought, hat)


def compare(petition: Petition, earlier: Petition, hat: Hat) -> tuple[int, list[Evidence]]:
    """Return score and evidence of one pair, as a decision keeps them."""
    sought = sought_in(petition)
    by_person = _of_the_persons(sought, only=earlier)
    other = _read(Petition.objects.filter(pk=earlier.pk))[earlier.pk]
    other.likeness = Likeness(sought.title, sought.text, _ordinary(hat)).to(other.title, other.text)
    other.evidence = _evidence(
        sought, other, by_person.get(earlier.pk, set()), fingerprint(petition.words.text)
    )
    return _score(other), sorted(other.evidence)


def _repeatable(rows: PetitionQuerySet, sought: Sought) -> PetitionQuerySet:
    """Keep what can be raised again at all."""
    rows = (
        rows.exclude(routing=Routing.VOID)
        .exclude(purpose__in=sorted(NEVER_REPEATED))
        .exclude(petition_class=PetitionClass.SUGGESTION)
    )
    return rows.exclude(pk=sought.petition_id) if sought.petition_id else rows


def _around(rows: PetitionQuerySet, sought: Sought) -> PetitionQuerySet:
    """Keep the newest of the same category, around the same place, of the two years before and after."""
    if sought.category_id:
        rows = rows.filter(content_category=sought.category_id)
    if sought.place_path:
        rows = rows.filter(place_path__startswith=sought.township)
    rows = rows.filter(
        received_at__gte=sought.received_at - _WITHIN, received_at__lte=sought.received_at + _WITHIN
    )
    return rows.order_by(F("received_at").desc())[:MOST_COMPARED]


def _read(rows: PetitionQuerySet) -> dict[UUID, _Found]:
    values = rows.values_list(
        "pk",
        "words__title",
        Left("words__text", COMPARED),
        "words__text_hash",
        "content_category_id",
        "place_path",
        "received_at",
    )
    return {pk: _Found(*facts) for pk, *facts in values}


def _ordinary(hat: Hat) -> Ordinary:
    """Learn from the newest petitions the hat sees what everybody writes here."""
    newest = "received_at" if hat.sees_its_place else "involvements__received_at"
    rows = Petition.objects.visible_to(hat).order_by(F(newest).desc(), F("pk").desc())[:LEARNT_FROM]
    texts = rows.values_list("words__title", Left("words__text", COMPARED))
    return Ordinary.of(f"{title} {text}" for title, text in texts)


def _of_the_persons(sought: Sought, *, only: Petition | None = None) -> dict[UUID, set[Evidence]]:
    """Return in which petitions one of the persons petitions, and by what he is known there.

    Not sorted in the database: a plan that walks all people backwards until a rare number turns up takes seconds.
    """
    people = Petitioner.objects.filter(role__in=sorted(PETITIONS_HIMSELF))
    if only is not None:
        people = people.filter(petition=only)
    elif sought.petition_id:
        people = people.exclude(petition=sought.petition_id)
    found: dict[UUID, set[Evidence]] = {}
    if sought.id_numbers or sought.phones:
        keys = Q(id_number_index__in=sought.id_numbers) | Q(phone_index__in=sought.phones)
        numbers = people.filter(keys).values_list("petition", "id_number_index", "phone_index")
        for petition_id, id_number, phone in numbers[:MOST_COMPARED]:
            known_by = found.setdefault(petition_id, set())
            if id_number in sought.id_numbers:
                known_by.add(Evidence.ID_NUMBER)
            if phone in sought.phones:
                known_by.add(Evidence.PHONE)
    if sought.homes:
        named = people.filter(name__in={name for name, _address in sought.homes}).exclude(address="")
        rows = named.order_by("name", F("id").desc()).values_list("petition", "name", "address")
        for petition_id, name, address in rows[:MOST_COMPARED]:
            if any(name == mine and _is_one_home(home, address) for mine, home in sought.homes):
                found.setdefault(petition_id, set()).add(Evidence.NAME_AND_HOME)
    return found


def _is_one_home(one: str, other: str) -> bool:
    """Test if two addresses are one, however much of province and district is written before them."""
    shorter, longer = sorted((normalised(one), normalised(other)), key=len)
    return len(shorter) >= _LEAST_OF_A_HOME and longer.endswith(shorter)


def _decided(sought: Sought) -> set[UUID]:
    """Return the petitions that were decided on together with this one already."""
    if sought.petition_id is None:
        return set()
    pairs = RepeatDecision.objects.standing().filter(
        Q(petition=sought.petition_id) | Q(earlier=sought.petition_id)
    )
    return {key for pair in pairs.values_list("petition", "earlier") for key in pair} - {sought.petition_id}


def _evidence(sought: Sought, other: _Found, known_by: set[Evidence], text_hash: str) -> set[Evidence]:
    evidence = set(known_by)
    if text_hash and other.text_hash == text_hash:
        other.likeness = 1.0
        evidence.add(Evidence.SAME_TEXT)
    elif other.likeness >= ALIKE:
        evidence.add(Evidence.ALIKE)
    if sought.category_id == other.category_id:
        evidence.add(Evidence.CATEGORY)
    if sought.place_path and other.place_path.startswith(sought.township):
        evidence.add(Evidence.PLACE)
    return evidence


def _score(other: _Found) -> int:
    person = max((_WORTH[one] for one in OF_THE_PERSON & other.evidence), default=0)
    around = sum(_WORTH[one] for one in (Evidence.CATEGORY, Evidence.PLACE) if one in other.evidence)
    text = _TEXT * other.likeness if OF_THE_MATTER & other.evidence else 0
    return round(text) + person + around


def _shown(
    keys: Sequence[UUID], found: Mapping[UUID, _Found], one: Likeness, sought: Sought, hat: Hat
) -> list[Candidate]:
    repeatable = Petition.objects.visible_to(hat).exclude(thanks_alone("pk"))
    petitions = repeatable.for_list().in_bulk(keys)
    names: dict[UUID, list[str]] = {key: [] for key in keys}
    people = Petitioner.objects.filter(petition__in=keys).order_by("position")
    for key, name in people.values_list("petition", "name"):
        names[key].append(name)
    return [
        Candidate(
            petition=petitions[key],
            score=_score(found[key]),
            evidence=tuple(each for each in Evidence if each in found[key].evidence),
            likeness=found[key].likeness,
            words=_words(one, found[key], [*names[key], *sought.names]),
            names=tuple(names[key]),
        )
        for key in keys
        if key in petitions
    ]


def _words(one: Likeness, other: _Found, hidden: Sequence[str]) -> tuple[str, ...]:
    if Evidence.ALIKE not in other.evidence:
        return ()
    # as its page shows it, so that no covered number comes back as a word
    title, text = mask_text(other.title, names=hidden), mask_text(other.text, names=hidden)
    return tuple(one.shared_words(title, text, most=_WORDS_SHOWN, hidden=hidden))
