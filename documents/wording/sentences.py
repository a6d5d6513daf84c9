"""What letters share: what they know, how they begin and end, and how texts become paragraphs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from documents.paper import Paper, day_in_print
from documents.states import TITLES, DocumentKind

REGULATIONS = "《信访工作条例》"
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """The petition a paper is about: its number, and when and through whom the organ received it."""

    number: str
    received_on: date
    # the organ that forwarded or assigned it; empty if it came directly
    received_from: str = ""

    @property
    def words(self) -> str:
        """How a letter to the petitioner begins to speak of it."""
        came = f"由{self.received_from}转来的" if self.received_from else ""
        return (
            f"{came}您反映的信访事项（编号：{self.number}），本机关已于{day_in_print(self.received_on)}收到。"
        )


@dataclass(frozen=True, kw_only=True)
class ToPetitioner:
    """What every letter to a petitioner knows: who writes, to whom, about what, and where to ask."""

    organ: str
    addressee: str
    matter: Matter
    # office, person and telephone (documents.md §3)
    contact: str


@dataclass(frozen=True, kw_only=True)
class BetweenOrgans:
    """What every letter from organ to organ knows."""

    organ: str
    addressee: str
    petition_number: str
    contact: str


def letter_to_petitioner(
    kind: DocumentKind, facts: ToPetitioner, paragraphs: Iterable[str], remedy: str = ""
) -> Paper:
    """Return a letter that begins with the receipt of the petition and ends with where to ask."""
    body = [facts.matter.words, *paragraphs, asking(facts.contact)]
    return Paper(
        title=TITLES[kind],
        organ=facts.organ,
        addressee=facts.addressee,
        paragraphs=tuple(body),
        remedy=remedy,
    )


def letter_to_organ(
    kind: DocumentKind, facts: BetweenOrgans, paragraphs: Iterable[str], enclosures: tuple[str, ...] = ()
) -> Paper:
    return Paper(
        title=TITLES[kind],
        organ=facts.organ,
        addressee=facts.addressee,
        paragraphs=tuple(paragraphs),
        enclosures=enclosures,
    )


def asking(contact: str) -> str:
    return f"联系方式：{contact}。"


def numbered(claims: Sequence[str]) -> list[str]:
    return [line for at, claim in enumerate(claims, 1) for line in labelled_lines(f"{at}. ", claim)]


def labelled(name: str, words: str) -> list[str]:
    return labelled_lines(f"{name}：", words)


def labelled_lines(label: str, words: str) -> list[str]:
    first, *others = lines(words) or [""]
    return [label + first, *others]


def lines(words: str) -> list[str]:
    """Return a text as paragraphs, without the lines left empty."""
    return [line.strip() for line in words.splitlines() if line.strip()]


def numeral(at: int) -> str:
    """Return 一 to 九十九."""
    tens, ones = divmod(at, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return ten + (NUMERALS[ones - 1] if ones else "")
