"""How large a file may be, and what is said about one that cannot be read."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

MEGABYTE = 1024 * 1024
MOST_BYTES = 100 * MEGABYTE
# Archives: unpacked size, how much smaller they may be packed, and how many files they hold.
MOST_UNPACKED = 200 * MEGABYTE
MOST_RATIO = 100
MOST_MEMBERS = 2000
MOST_COLUMNS = 200
# The longest petition seen has some 12,000 signs; Excel itself ends at 32,767.
LONGEST_CELL = 131_072


class Fault(StrEnum):
    """Why a file cannot be read as a list."""

    TOO_LARGE = "too_large"
    TOO_MUCH_INSIDE = "too_much_inside"
    MACROS = "macros"
    PASSWORD = "password"  # noqa: S105 - the name of a fault
    NOT_A_LIST = "not_a_list"
    ENCODING = "encoding"
    LONG_CELL = "long_cell"
    NO_HEADINGS = "no_headings"
    BROKEN_LINE = "broken_line"


class Unreadable(Exception):  # noqa: N818 - what is the case with the file, for its owner to put right
    """The file cannot be read; `fault` says why, `facts` where."""

    def __init__(self, fault: Fault, **facts: int) -> None:
        super().__init__(fault)
        self.fault = fault
        self.facts: Mapping[str, int] = MappingProxyType(facts)
