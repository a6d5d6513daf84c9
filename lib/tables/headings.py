"""Finding the line of headings among titles, dates and data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lib.tables.cells import Cell, is_blank, text_of, tidy

# Titles, a date line and a note stand above the headings; never more lines than these.
MOST_LINES_ABOVE = 15
# One word may be a title that happens to be a heading's; two are headings.
_ENOUGH_KNOWN = 2
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Line:
    """One line of a sheet, counted from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return all(map(is_blank, self.cells))


@dataclass(frozen=True)
class Headings:
    """The line of headings and the name of each column; two columns never have the same name."""

    line: int
    names: tuple[str, ...]
    # how many of them are known; a sheet with more is the better one
    known: int = 0


def headings_of(lines: Sequence[Line], known: Callable[[str], bool]) -> Headings | None:
    """Return the headings among the first lines of a sheet: the line that says most that is known.

    Where none does, it is the first line that names most of the columns there are. A title merged over them all
    fills one cell, and so is neither.
    """
    filled = [line for line in lines if not line.is_blank]
    best = max(filled, key=lambda line: (_known_in(line, known), -line.number), default=None)
    if best is None:
        return None
    count = _known_in(best, known)
    if count < _ENOUGH_KNOWN:
        widest = max(_names_in(line) for line in filled)
        best = next((line for line in filled if _names_in(line) >= max(1, (widest + 1) // 2)), None)
        if best is None:
            return None
        count = _known_in(best, known)
    width = max(len(line.cells) for line in filled)
    return Headings(best.number, _distinct(best, width), count)


def _known_in(line: Line, known: Callable[[str], bool]) -> int:
    return sum(known(tidy(cell)) for cell in line.cells if not is_blank(cell))


def _names_in(line: Line) -> int:
    """Count the cells that could be headings: short texts, no two alike."""
    texts = {tidy(cell) for cell in line.cells if isinstance(cell, str) and not is_blank(cell)}
    return sum(len(text) <= _LONGEST_HEADING for text in texts)


def _distinct(line: Line, width: int) -> tuple[str, ...]:
    """Return a name for each column: those without one by their place, a second of the same name numbered."""
    names: list[str] = []
    for place in range(width):
        cell = line.cells[place] if place < len(line.cells) else ""
        name = tidy(cell)[:_LONGEST_HEADING] if not is_blank(cell) else f"#{place + 1}"
        again = 2
        unique = name
        while unique in names:
            unique, again = f"{name} ({again})", again + 1
        names.append(unique)
    return tuple(names)


def row_of(headings: Headings, line: Line) -> dict[str, Cell]:
    """Return a line's cells under their headings, those that show nothing left out."""
    names = headings.names
    return {
        names[place] if place < len(names) else f"#{place + 1}": cell
        for place, cell in enumerate(line.cells)
        if not is_blank(cell)
    }


def repeats_headings(headings: Headings, row: dict[str, Cell]) -> bool:
    """Test if a line below is the headings once more, as where several sheets were pasted under each other."""
    return bool(row) and all(tidy(text_of(cell)) == name for name, cell in row.items())
