"""What the system administrator does to calendar and rules; the loaders of what the product ships."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.roles import Role
from audit.parts import Actor, record
from deadlines.models import CalendarDay, CalendarYear, Rule
from deadlines.recompute import Moves, recompute_open
from deadlines.versions import CHANGEABLE, next_version
from deadlines.years import KindOfDay, YearRead, read_year
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@dataclass(frozen=True)
class YearLoaded:
    """A year as it was loaded, and which open clocks got another day or their first one."""

    year: CalendarYear
    moved: Moves


@transaction.atomic(durable=True)
def load_year(text: str, *, source: str, by: Hat, now: datetime) -> YearLoaded:
    """Enter the State Council's notice of a year, typed or pasted, and count the open clocks again (Q26).

    A year entered before is replaced. Days of the year before that the notice names are entered there. Clocks
    that had no last day for want of this year get one; those whose day moves keep the old one in their
    history. Whoever keeps a period whose last day moved is told so, once for each loading.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises Refused: if the notice cannot be read without doubt, or names days of another year that is not
    loaded
    """
    _check(by)
    if not source.strip():
        raise Refused(_("Name the notice."), fields={"source": _("Issuing body and number of the notice.")})
    read = read_year(text)
    year = _write_year(read, source=source.strip(), by=by, now=now)
    moved = recompute_open(read.touched, noticed_in=read.year, now=now)
    facts = {"source": source.strip(), "days": len(read.days), "clocks_moved": moved.total}
    record("calendar.load_year", year, by=by.actor, at=now, facts=facts)
    return YearLoaded(year, moved)


@transaction.atomic(durable=True)
def add_rule_version(
    code: str, *, valid_from: date, changed: Mapping[str, Any], by: Hat, now: datetime
) -> Rule:
    """Let a rule be followed by a new version from a day on. Clocks that run keep the one they started under.

    `changed` names columns of `CHANGEABLE`; the others stay as they were.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises Unknown: if there is no such rule
    :raises OutOfTurn: if another version follows already
    :raises Refused: for a day in the past, or numbers that do not fit together
    """
    _check(by)
    last = Rule.objects.select_for_update().filter(code=code).order_by("-version").first()
    if last is None:
        raise Unknown(_("There is no such rule."))
    today = timezone.localdate(now)
    if last.valid_from > today:
        raise OutOfTurn(_("A version that begins later is entered already."))
    new = next_version(last, valid_from=valid_from, changed=changed)
    if valid_from <= today:
        raise Refused(_("A version begins tomorrow at the earliest."), fields={"valid_from": _("Too early.")})
    last.valid_to = valid_from - timedelta(days=1)
    last.save(update_fields=["valid_to"])
    new.save(force_insert=True)
    facts = {"code": code, "version": new.version, "valid_from": valid_from.isoformat()}
    facts["changed"] = [name for name in CHANGEABLE if getattr(new, name) != getattr(last, name)]
    record("rule.add_version", new, by=by.actor, at=now, facts=facts)
    return new


@transaction.atomic(durable=True)
def load_shipped_years(
    years: Mapping[int, Iterable[KindOfDay]], *, source: str, by: Actor, now: datetime
) -> list[int]:
    """Load the years that are not there yet, leaving alone what an administrator entered. Return which."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    missing = sorted(set(years) - known)
    for number in missing:
        year = CalendarYear.objects.create(year=number, source=source, loaded_at=now)
        rows = [_a_day(said, noticed_in=number) for said in years[number]]
        CalendarDay.objects.bulk_create(rows)
        record("calendar.load_year", year, by=by, at=now, facts={"source": source, "days": len(rows)})
    if missing:
        recompute_open(missing, noticed_in=max(missing), now=now)
    return missing


@transaction.atomic(durable=True)
def load_shipped_rules(shipped: Sequence[Mapping[str, Any]], *, by: Actor, now: datetime) -> list[str]:
    """Load the first version of each rule that is not there yet; change none. Return the codes."""
    known = set(Rule.objects.values_list("code", flat=True))
    added = []
    for facts in shipped:
        if facts["code"] in known:
            continue
        rule = Rule.objects.create(version=1, **facts)
        record("rule.add_version", rule, by=by, at=now, facts={"code": rule.code, "version": 1})
        added.append(rule.code)
    return added


def _check(by: Hat) -> None:
    if by.role != Role.SYSTEM_ADMINISTRATOR:
        raise NotAllowed(_("Only the system administrator keeps calendar and rules."))


def _write_year(read: YearRead, *, source: str, by: Hat, now: datetime) -> CalendarYear:
    """Write a year's days in place of those its notice said before; days another year's notice named stay."""
    year, _new = CalendarYear.objects.select_for_update().update_or_create(
        year=read.year, defaults={"source": source, "loaded_at": now, "loaded_by": by.post}
    )
    CalendarDay.objects.filter(noticed_in=year).delete()
    CalendarDay.objects.filter(day__in=[one.day for one in read.days]).delete()
    CalendarDay.objects.bulk_create([_a_day(one, noticed_in=read.year) for one in read.days])
    return year


def _a_day(said: KindOfDay, *, noticed_in: int) -> CalendarDay:
    return CalendarDay(
        day=said.day, year_id=said.day.year, kind=said.kind, name=said.holiday, noticed_in_id=noticed_in
    )
