"""The audit in words, of what petitioners say after the fact: ratings, call-backs and reports of pressure."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from cases.rating_states import LetterForm, RatingWay
from leadership.call_back_states import CallEnd, CallResult, CheckResult
from leadership.pressure_states import PressureFound

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "What petitioners say"): {
        "rating.give": pgettext_lazy("deed", "Rated on the public page"),
        "rating.take_down": pgettext_lazy("deed", "Took a rating down"),
        "call_back.draw": pgettext_lazy("deed", "Drew who is called back"),
        "call_back.open": pgettext_lazy("deed", "Opened a call-back to somebody dissatisfied"),
        "call_back.try": pgettext_lazy("deed", "Called a petitioner back"),
        "call_back.end": pgettext_lazy("deed", "Ended a call-back"),
        "call_back.check": pgettext_lazy("deed", "Checked the answer of a call-back"),
        "pressure.report": pgettext_lazy("deed", "Reported pressure on the public page"),
        "pressure.take_down": pgettext_lazy("deed", "Took a report of pressure down"),
        "pressure.find": pgettext_lazy("deed", "Wrote what was found on a report of pressure"),
    },
}
KINDS: Mapping[str, Words] = {
    "cases.petitionrating": pgettext_lazy("of the audit", "Rating"),
    "leadership.callback": pgettext_lazy("of the audit", "Call-back"),
    "leadership.pressurereport": pgettext_lazy("of the audit", "Report of pressure"),
}
LABELS: Mapping[str, Words] = {
    "rating_way": pgettext_lazy("fact", "How the rating came"),
    "letter_forms": pgettext_lazy("fact", "Forms of letters"),
    "call_result": pgettext_lazy("fact", "What came of the call"),
    "call_end": pgettext_lazy("fact", "How the call-back ended"),
    "check": pgettext_lazy("fact", "What the check found"),
    "pressure_found": pgettext_lazy("fact", "What was found"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    "rating_way": dict(RatingWay.choices),
    "letter_forms": dict(LetterForm.choices),
    "call_result": dict(CallResult.choices),
    "call_end": dict(CallEnd.choices),
    "check": dict(CheckResult.choices),
    "pressure_found": dict(PressureFound.choices),
}
