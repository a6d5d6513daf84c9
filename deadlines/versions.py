"""How one version of a rule follows another."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from deadlines.models import Extender, Rule, Unit
from lib.errors import Refused

# what may differ between two versions of a rule; code and unit say what the rule is
CHANGEABLE = (
    *("article", "length", "roll", "exclude_start_day", "extended_by"),
    *("most_extension_days", "most_extensions", "notice", "warn", "urge"),
)


def next_version(last: Rule, *, valid_from: date, changed: Mapping[str, Any]) -> Rule:
    """Return the version that would follow, unsaved.

    :raises Refused: if its numbers do not fit together, or nothing would change
    """
    values = {name: changed.get(name, getattr(last, name)) for name in CHANGEABLE}
    new = Rule(code=last.code, unit=last.unit, version=last.version + 1, valid_from=valid_from, **values)
    wrong: dict[str, str] = {}
    if (new.length == 0) != (new.unit == Unit.AS_SET):
        wrong["length"] = _("The length is one or more; a period as set has none.")
    if not new.notice >= new.warn >= new.urge:
        wrong["warn"] = _("Notice comes first, then warn, then urge.")
    if new.extended_by == Extender.NOBODY and (new.most_extension_days, new.most_extensions) != (0, 0):
        wrong["extended_by"] = _("Where nobody extends, days and times are 0.")
    if not new.article.strip():
        wrong["article"] = _("Name the article.")
    if wrong:
        raise Refused(_("The rule needs another look."), fields=wrong)
    if all(value == getattr(last, name) for name, value in values.items()):
        raise Refused(_("Nothing would change."))
    return new
