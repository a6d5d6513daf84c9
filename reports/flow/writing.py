"""Writing event logs, event after event: as CSV with the columns process mining expects, and as XES (IEEE 1849)."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from typing import IO
from uuid import UUID
from xml.sax.saxutils import quoteattr

from django.utils import timezone

from reports.flow.events import Event
from reports.states import LogForm

_COLUMNS = ("case:concept:name", "concept:name", "time:timestamp", "org:group", "tier")
_XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/></global>
<classifier name="Activity" keys="concept:name"/>
"""  # noqa: E501 - one element, one line
# One case after the other, each with its events in order.
Cases = Iterable[tuple[str, Iterable[Event]]]


def case_key(petition_id: UUID, *, salt: str) -> str:
    """Return what a case is called in one file: no number of a petition, and another one in every file."""
    return hashlib.sha256(f"{salt}{petition_id}".encode()).hexdigest()[:16]


def _moment(event: Event) -> str:
    """Return when it was, to the minute: who was at the window in that second is nobody's business."""
    at = timezone.localtime(event.at).replace(second=0, microsecond=0)
    return at.isoformat(timespec="milliseconds")


class CsvLog:
    """A table with a line for each event."""

    def __init__(self, out: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        self._lines = csv.writer(self._text)
        self._lines.writerow(_COLUMNS)

    def write(self, cases: Cases) -> None:
        for case, events in cases:
            self._lines.writerows(
                (case, event.activity, _moment(event), event.organ, event.tier) for event in events
            )

    def close(self) -> None:
        """Leave the file open behind the last line."""
        self._text.detach()


class XesLog:
    """A trace for each case."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        out.write(_XES_HEAD.encode())

    def write(self, cases: Cases) -> None:
        for case, events in cases:
            said = [f'<trace><string key="concept:name" value={quoteattr(case)}/>']
            said += [
                f'<event><string key="concept:name" value={quoteattr(event.activity)}/>'
                f'<date key="time:timestamp" value={quoteattr(_moment(event))}/>'
                f'<string key="org:group" value={quoteattr(event.organ)}/>'
                f'<string key="tier" value={quoteattr(event.tier)}/></event>'
                for event in events
            ]
            self._out.write("\n".join([*said, "</trace>\n"]).encode())

    def close(self) -> None:
        """Write what ends the log."""
        self._out.write(b"</log>\n")


LOGS: Mapping[LogForm, Callable[[IO[bytes]], CsvLog | XesLog]] = {LogForm.CSV: CsvLog, LogForm.XES: XesLog}
CONTENT_TYPES: Mapping[LogForm, str] = {LogForm.CSV: "text/csv", LogForm.XES: "application/xml"}
