"""The same counts in plain SQL from the tables that deeds write: what figures are checked against each night.

Written a second time on purpose: it reads neither facts nor `arithmetic`, and only of the present.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from cases.ratings import REPLIED
from cases.states import (
    NEVER_REPEATED,
    OPEN,
    SAME_MATTER,
    STAT_GROUP_OF,
    KeepGround,
    PetitionClass,
    StatGroup,
)
from indicators.arithmetic import REPLIES
from indicators.measures import Code, Part
from indicators.periods import Period
from indicators.universe import MOST_PERSONS, Universe
from infra.local_settings import DEFAULTS, Setting

# Whether every claim of a petition is kept as thanks; `it` is the petition.
_THANKS = """(
    SELECT count(*) > 0 AND bool_and(COALESCE(route.keep_ground = %(thanks)s AND route.ended_at IS NULL, false))
    FROM cases_claim AS claim LEFT JOIN cases_route AS route ON route.id = claim.route_id
    WHERE claim.petition_id = it.id)"""
_MAY_REPEAT = f"""(
    it.routing <> 'void' AND it.purpose <> ALL(%(never)s)
    AND it.petition_class IS DISTINCT FROM %(suggestion)s AND NOT {_THANKS})"""
_SAME = "decision.outcome = ANY(%(same)s) AND decision.same_person AND decision.ended_at IS NULL"

_PETITIONS = f"""
SELECT it.id, it.routing, it.channel, it.registered_at, it.next_due_at,
    office.met_at AS office_done_at, office.due_at AS office_due_at,
    units.to_unit, units.decided_at AS unit_done_at, told.met_at AS unit_told_at, told.due_at AS unit_due_at,
    reply.due_at AS reply_due_at, reply.met_at AS replied_at, finish.finished_at,
    {_MAY_REPEAT} AND EXISTS (
        SELECT FROM cases_repeatdecision AS decision JOIN cases_petition AS earlier ON earlier.id = decision.earlier_id
        WHERE decision.petition_id = it.id AND {_SAME} AND NOT earlier.sealed AND earlier.routing <> 'void'
    ) AS is_repeat,
    (SELECT min(later.registered_at)
        FROM cases_repeatdecision AS decision
        JOIN LATERAL (
            SELECT it.registered_at FROM cases_petition AS it
            WHERE it.id = decision.petition_id AND NOT it.sealed AND {_MAY_REPEAT}
        ) AS later ON true
        WHERE decision.earlier_id = it.id AND {_SAME} AND later.registered_at > finish.finished_at
    ) AS again_at,
    EXISTS (SELECT FROM cases_contactattempt AS attempt
        WHERE attempt.petition_id = it.id AND attempt.result = 'reached')
    OR EXISTS (SELECT FROM cases_progress AS note JOIN cases_handling AS handling ON handling.id = note.handling_id
        WHERE handling.petition_id = it.id AND note.kind = 'contact') AS contacted
    , rates.closes_at AS rate_by_at, rates.rating, it.litigation_related
FROM cases_petition AS it
JOIN accounts_organ AS registers ON registers.id = it.register_organ_id
LEFT JOIN LATERAL (
    SELECT clock.met_at, clock.due_at
    FROM cases_petitionclock AS clock JOIN accounts_organ AS organ ON organ.id = clock.organ_id
    WHERE clock.petition_id = it.id AND clock.code = 'T1' AND clock.cancelled_at IS NULL
        AND organ.kind = 'petition_office'
    ORDER BY clock.met_at NULLS LAST, clock.due_at NULLS LAST LIMIT 1
) AS office ON true
LEFT JOIN LATERAL (
    SELECT count(*) > 0 AS to_unit,
        CASE WHEN bool_and(since.decided_at IS NOT NULL) THEN max(since.decided_at) END AS decided_at
    FROM cases_claim AS claim
    JOIN cases_handling AS handling ON handling.id = claim.handling_id
    JOIN accounts_organ AS organ ON organ.id = handling.organ_id AND organ.kind <> 'petition_office'
    LEFT JOIN LATERAL (
        SELECT min(version.known_at) AS decided_at FROM cases_claimversion AS version
        WHERE version.pgh_obj_id = claim.id AND version.decision <> '' AND version.pgh_id > COALESCE((
            SELECT max(before.pgh_id) FROM cases_claimversion AS before
            WHERE before.pgh_obj_id = claim.id AND before.decision = ''), 0)
    ) AS since ON true
    WHERE claim.petition_id = it.id
) AS units ON true
LEFT JOIN LATERAL (
    SELECT CASE WHEN count(clock.met_at) = count(*) THEN max(clock.met_at) END AS met_at,
        CASE WHEN count(clock.due_at) = count(*) THEN max(clock.due_at) END AS due_at
    FROM cases_petitionclock AS clock
    WHERE clock.petition_id = it.id AND clock.code = 'T3' AND clock.cancelled_at IS NULL
) AS told ON true
LEFT JOIN LATERAL (
    SELECT CASE WHEN count(clock.met_at) = count(*) THEN max(clock.met_at) END AS met_at,
        CASE WHEN count(clock.due_at) = count(*) THEN max(clock.due_at) END AS due_at
    FROM cases_petitionclock AS clock
    WHERE clock.petition_id = it.id AND clock.code = ANY(%(replies)s) AND clock.cancelled_at IS NULL
) AS reply ON true
LEFT JOIN LATERAL (
    SELECT min(version.known_at) AS finished_at FROM cases_petitionversion AS version
    WHERE it.routing = 'finished' AND version.pgh_obj_id = it.id AND version.pgh_id > COALESCE((
        SELECT max(before.pgh_id) FROM cases_petitionversion AS before
        WHERE before.pgh_obj_id = it.id AND before.routing <> 'finished'), 0)
) AS finish ON true
LEFT JOIN LATERAL (
    SELECT max((served.on_day + 1 + COALESCE((
            SELECT setting.value FROM infra_localsetting AS setting
            WHERE setting.key = %(rating_days)s AND setting.valid_from <= served.on_day
            ORDER BY setting.valid_from DESC LIMIT 1), %(usual_days)s))::timestamp AT TIME ZONE %(zone)s) AS closes_at,
        (array_agg(said.value ORDER BY array_position(%(worst_first)s, said.value::text))
            FILTER (WHERE said.value IS NOT NULL))[1] AS rating
    FROM cases_handling AS handling
    JOIN LATERAL (
        SELECT max(record.served_on) AS on_day FROM documents_servicerecord AS record
        WHERE record.document_id = handling.opinion_id AND NOT EXISTS (
            SELECT FROM documents_servicecorrection AS correction
            WHERE correction.record_id = record.id AND correction.confirmed)
    ) AS served ON served.on_day IS NOT NULL
    LEFT JOIN cases_petitionrating AS said ON said.handling_id = handling.id
        AND said.reply_id = handling.opinion_id AND said.ended_at IS NULL
    WHERE handling.petition_id = it.id AND handling.ended_at IS NULL AND handling.state = ANY(%(replied)s)
) AS rates ON true
WHERE NOT it.sealed AND it.routing <> 'void' AND registers.kind = 'petition_office'
    AND it.register_level IN ('0000', '0100', '0200', '0300')
    AND it.petitioner_count BETWEEN 1 AND %(most)s
"""  # noqa: S608 put together of our own words alone
_NARROWED = {
    Universe.FOUR_LEVELS_1: "",
    Universe.WITHOUT_LITIGATION_1: " AND NOT it.litigation_related AND it.channel <> ALL(%(phone)s)",
}


def _within(moment: str) -> str:
    return f"{moment} >= %(since)s AND {moment} < %(until)s"


def _timed(done: str, due: str, law_done: str, law_due: str) -> dict[Part, str]:
    return {
        Part.IN_TIME: f"{done} <= {due}",
        Part.LATE: f"{done} > {due}",
        Part.OVERDUE: f"{done} IS NULL AND {due} <= %(now)s",
        Part.NOT_YET_DUE: f"{done} IS NULL AND {due} > %(now)s",
        Part.LATE_BY_LAW: f"{law_done} >= {law_due} OR {law_done} IS NULL AND {law_due} <= %(now)s",
    }


_REGISTERED = _within("registered_at")
_OPEN = "routing = ANY(%(open)s)"
_CHANNELS = {
    Part.LETTER: "channel = ANY(%(letter)s)",
    Part.VISIT: "channel = ANY(%(visit)s)",
    Part.ONLINE: "channel = ANY(%(online)s)",
    Part.PHONE: "channel = ANY(%(phone)s)",
}
_CAME_AGAIN = "again_at <= finished_at + interval '180 days'"
_OFFICE_DUE, _UNIT_DUE = "(registered_at + interval '15 days')", "(registered_at + interval '30 days')"

_OPEN_FOR = "%(now)s - registered_at"
_AGES = {
    Part.OPEN_15_DAYS: f"{_OPEN_FOR} < interval '15 days'",
    Part.OPEN_30_DAYS: f"{_OPEN_FOR} >= interval '15 days' AND {_OPEN_FOR} < interval '30 days'",
    Part.OPEN_60_DAYS: f"{_OPEN_FOR} >= interval '30 days' AND {_OPEN_FOR} < interval '60 days'",
    Part.OPEN_90_DAYS: f"{_OPEN_FOR} >= interval '60 days' AND {_OPEN_FOR} < interval '90 days'",
    Part.OPEN_LONGER: f"{_OPEN_FOR} >= interval '90 days'",
}

_MAY_BE_RATED = f"NOT is_repeat AND NOT litigation_related AND {_within('rate_by_at')}"
_CLOSED = "rate_by_at <= %(now)s"
_SAID = {
    Part.CLOSED: _CLOSED,
    Part.RATED: f"{_CLOSED} AND rating IS NOT NULL",
    Part.SILENT: f"{_CLOSED} AND rating IS NULL",
    Part.MAY_RATE: "rate_by_at > %(now)s",
    Part.SATISFIED: f"{_CLOSED} AND rating = 'satisfied'",
    Part.BASICALLY: f"{_CLOSED} AND rating = 'basically'",
    Part.DISSATISFIED: f"{_CLOSED} AND rating = 'dissatisfied'",
}


def _of_said(*parts: Part) -> tuple[str, dict[Part, str]]:
    return _MAY_BE_RATED, {part: _SAID[part] for part in parts}


# of each indicator: who belongs to it, and the parts
COUNTS: Mapping[Code, tuple[str, Mapping[Part, str]]] = {
    Code.REGISTERED: (_REGISTERED, _CHANNELS),
    Code.OPEN_NOW: (_OPEN, _AGES),
    Code.I01: (
        f"(office_due_at IS NOT NULL OR office_done_at IS NOT NULL) AND {_within(_OFFICE_DUE)}",
        _timed("office_done_at", _OFFICE_DUE, "office_done_at", "office_due_at"),
    ),
    Code.I02: (
        f"to_unit AND {_within(_UNIT_DUE)}",
        _timed("unit_done_at", _UNIT_DUE, "unit_told_at", "unit_due_at"),
    ),
    Code.I03: (_within("reply_due_at"), _timed("finished_at", "reply_due_at", "replied_at", "reply_due_at")),
    Code.I04: _of_said(Part.RATED, Part.SILENT, Part.MAY_RATE, Part.CLOSED),
    Code.I05: _of_said(Part.SATISFIED, Part.BASICALLY, Part.DISSATISFIED, Part.RATED),
    Code.I06: _of_said(Part.SATISFIED, Part.BASICALLY, Part.CLOSED),
    Code.I07: (
        f"NOT is_repeat AND {_within('finished_at')}",
        {
            Part.SETTLED: f"({_CAME_AGAIN}) IS NOT TRUE AND finished_at + interval '180 days' <= %(now)s",
            Part.SETTLED_SO_FAR: f"({_CAME_AGAIN}) IS NOT TRUE AND finished_at + interval '180 days' > %(now)s",
            Part.CAME_AGAIN: _CAME_AGAIN,
        },
    ),
    Code.I08: (_REGISTERED, {Part.REPEAT: "is_repeat", Part.FIRST: "NOT is_repeat"}),
    Code.I11: (
        f"NOT is_repeat AND to_unit AND {_REGISTERED}",
        {Part.CONTACTED: "contacted", Part.NOT_CONTACTED: "NOT contacted"},
    ),
    Code.I13: (_REGISTERED, _CHANNELS),
    Code.I16: (
        _OPEN,
        {
            Part.OVERDUE: "next_due_at <= %(now)s",
            Part.DUE_SOON: "next_due_at > %(now)s AND next_due_at <= %(now)s + interval '7 days'",
            Part.NOT_YET_DUE: "(next_due_at <= %(now)s + interval '7 days') IS NOT TRUE",
        },
    ),
}


def recount(period: Period, universe: Universe, *, now: datetime) -> Mapping[Code, Mapping[Part, int]]:
    """Return every indicator of petitions of the open lane, all of it and its parts, in one statement."""
    columns = [
        (code, part, f"({among}) AND ({condition})")
        for code, (among, parts) in COUNTS.items()
        for part, condition in [(Part.ALL, "true"), *parts.items()]
    ]
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for _code, _part, condition in columns)
    statement = f"SELECT {counts} FROM ({_PETITIONS}{_NARROWED[universe]}) AS petition"  # noqa: S608 no value of anybody's
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(period, now))
        row = cursor.fetchone()
    found: dict[Code, dict[Part, int]] = {code: {} for code in COUNTS}
    for (code, part, _condition), count in zip(columns, row, strict=True):
        found[code][part] = count
    return found


def _values(period: Period, now: datetime) -> dict[str, Any]:
    groups = {
        group.value: [channel.value for channel, its in STAT_GROUP_OF.items() if its is group]
        for group in StatGroup
    }
    return groups | {
        "since": period.since_at,
        "until": period.until_at,
        "now": now,
        "open": sorted(OPEN),
        "most": MOST_PERSONS,
        "thanks": KeepGround.THANKS.value,
        "never": sorted(NEVER_REPEATED),
        "suggestion": PetitionClass.SUGGESTION.value,
        "same": sorted(SAME_MATTER),
        "replies": sorted(REPLIES),
        "replied": sorted(REPLIED),
        "worst_first": ["dissatisfied", "basically", "satisfied"],
        "rating_days": Setting.RATING_DAYS.value,
        "usual_days": DEFAULTS[Setting.RATING_DAYS],
        "zone": settings.TIME_ZONE,
    }
