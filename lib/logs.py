"""What a log line must not carry away from an error."""

import re
from collections.abc import MutableMapping
from typing import Any

# Where PostgreSQL quotes a refused row, up to the next part of the trace; the row may hold lines of its own.
_DETAIL = re.compile(
    r"^(?:DETAIL|CONTEXT|LINE \d+):.*?(?=^(?:The above exception|During handling|Traceback \()|\Z)",
    re.DOTALL | re.MULTILINE,
)


def without_row_values(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take the values that the database quotes out of a trace: they are a person's name, number or words."""
    trace = event.get("exception")
    if isinstance(trace, str):
        event["exception"] = _DETAIL.sub("DETAIL: (left out)\n", trace)
    return event
