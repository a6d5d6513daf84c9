"""A paper as the layout prints it: plain texts in order, without markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Table:
    """A table behind the signature (附表): what it is called, its columns, its rows; texts, printed as they stand."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Paper:
    """What one paper says. `number` and `dated_on` come with its issue, `organ` is who speaks and seals.

    Every text is printed as it stands, letter by letter; nothing in it is markup.
    """

    title: str
    organ: str
    addressee: str
    paragraphs: tuple[str, ...]
    # what can be done against it, or where to turn; generated from the route, never typed (documents.md §1)
    remedy: str = ""
    enclosures: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    number: str = ""
    dated_on: date | None = None

    def as_parts(self) -> dict[str, Any]:
        """Return the texts as they are kept with a draft; number and day are columns of their own."""
        return {
            "title": self.title,
            "organ": self.organ,
            "addressee": self.addressee,
            "paragraphs": list(self.paragraphs),
            "remedy": self.remedy,
            "enclosures": list(self.enclosures),
            "tables": [
                {
                    "title": table.title,
                    "columns": list(table.columns),
                    "rows": [list(row) for row in table.rows],
                }
                for table in self.tables
            ],
        }

    @classmethod
    def from_parts(
        cls, parts: Mapping[str, Any], *, number: str = "", dated_on: date | None = None
    ) -> "Paper":
        """Return the paper that was kept; those from before there were tables have none."""
        return cls(
            title=parts["title"],
            organ=parts["organ"],
            addressee=parts["addressee"],
            paragraphs=tuple(parts["paragraphs"]),
            remedy=parts["remedy"],
            enclosures=tuple(parts["enclosures"]),
            tables=tuple(
                Table(table["title"], tuple(table["columns"]), tuple(tuple(row) for row in table["rows"]))
                for table in parts.get("tables", [])
            ),
            number=number,
            dated_on=dated_on,
        )


def day_in_print(day: date | None) -> str:
    """Return a day as official papers write it: 2026年3月2日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
