"""What was measured, as the tables of docs/performance.md."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from config.benchmark.exporting import Exported
from config.benchmark.importing import Measured
from config.benchmark.timing import Line, p95_of

_WORK = ("work", "as", "budget ms", "p50", "p95", "own", "bare SQL p50 / p95", "statements", "kB")
_LISTS = ("work", "rows", "budget", "measured", "most memory", "memory before")
# architecture §5
ROWS_A_SECOND, EXPORT_SECONDS, EXPORT_MEGABYTES = 1000, 20, 200


def row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def heading(cells: Sequence[str]) -> Iterator[str]:
    yield row(cells)
    yield "|" + "---|" * len(cells)


def heading_of_work() -> Iterator[str]:
    return heading(_WORK)


def row_of(line: Line) -> str:
    """Return the row of one kind of work; a p95 over its budget is bold."""
    who = line.who
    if line.errors:
        who = f"{who}, {line.errors} errors"
    # where the statements write they cannot be repeated: then it is what they took inside the deed
    bare, mark = (line.bare, "") if line.bare else (line.sql, "*")
    return row(
        [
            line.work,
            who,
            "" if line.budget is None else f"{line.budget:g}",
            _ms(line.p50),
            _ms(line.p95) if line.keeps else f"**{_ms(line.p95)}**",
            _ms(median(line.own)) if line.own else "",
            f"{_ms(median(bare))} / {_ms(p95_of(bare))}{mark}" if bare else "",
            str(line.queries or ""),
            f"{line.size / 1024:.0f}" if line.size else "",
        ]
    )


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.0f}" if milliseconds >= 10 else f"{milliseconds:.1f}"


def lists(exported: Exported | None, imported: Iterable[tuple[str, Measured]]) -> Iterator[str]:
    """Yield the table of what is taken out and in."""
    yield from heading(_LISTS)
    if exported is not None:
        bold = _bold(exported.seconds <= EXPORT_SECONDS)
        yield row(
            [
                "export, all columns",
                f"{exported.rows:,}",
                f"{EXPORT_SECONDS} s, {EXPORT_MEGABYTES} MB",
                f"{bold}{exported.seconds:.1f} s{bold}",
                f"{exported.memory.most:.0f} MB",
                f"{exported.memory.before:.0f} MB",
            ]
        )
    for kind, one in imported:
        bold = _bold(one.rows_a_second >= ROWS_A_SECOND)
        beside = f"trial {one.trial_seconds:.1f} s, withdrawal {one.withdrawal_seconds:.1f} s"
        yield row(
            [
                f"import of .{kind}, parsing included ({beside})",
                f"{one.rows:,}",
                f"{ROWS_A_SECOND:,} rows/s",
                f"{bold}{one.rows_a_second:,.0f} rows/s{bold}",
                f"{one.memory.most:.0f} MB",
                f"{one.memory.before:.0f} MB",
            ]
        )


def _bold(keeps: bool) -> str:
    return "" if keeps else "**"


def of_disk(tables: Iterable[tuple[str, int, int]]) -> Iterator[str]:
    """Yield the table of the tables' sizes, indexes included."""
    yield from heading(("table", "MB", "rows"))
    for name, size, rows in tables:
        yield row([name, f"{size / 1024**2:,.0f}", f"{rows:,}"])
