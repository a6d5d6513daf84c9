"""Writing a list as .xlsx, row by row, so that no cell of it is ever taken for a formula."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

# What a spreadsheet would compute or a shell would run, also when typed in full width.
_DANGEROUS = ("=", "+", "-", "@", "＝", "\t", "\r")
# Excel takes no more in one cell.
LONGEST = 32_767
_CONTROL = dict.fromkeys(number for number in range(32) if number not in (9, 10, 13))


def write_table(out: IO[bytes], *, title: str, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of text as the one sheet of a workbook; memory does not grow with them."""
    # Imported late: nobody but an exporter needs it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])

    def cell_for(text: str) -> Any:
        cell = WriteOnlyCell(sheet, value=None)
        # As text and marked so: it is shown as it is and stays text when somebody edits the cell.
        cell.value = text.translate(_CONTROL)[:LONGEST]
        cell.data_type = "s"
        if text.startswith(_DANGEROUS):
            cell.quotePrefix = True
        cell.number_format = "@"
        return cell

    for row in rows:
        sheet.append([cell_for(text) for text in row])
    book.save(out)
