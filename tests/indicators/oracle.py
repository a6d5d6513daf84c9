"""The indicators worked out slowly, deed by deed, from the definitions: no database, nothing of the product."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.indicators.random_world import LAW_DAYS, RATING_DAYS, Deed, Do, midnight_in

ONLINE, CALLS, LETTERS, VISITS = {"web", "wechat"}, {"phone"}, {"letter", "fax"}, {"visit"}


@dataclass
class Clock:
    code: str
    due: datetime
    office: bool = False
    met: datetime | None = None
    cancelled: bool = False


@dataclass
class Claim:
    unit: bool = False
    decided: datetime | None = None


@dataclass
class Case:
    registered: datetime
    facts: dict[str, Any]
    claims: list[Claim]
    clocks: list[Clock] = field(default_factory=list)
    state: str = "open"
    finished: datetime | None = None
    contacted: datetime | None = None
    rate_by: datetime | None = None
    rating: str = ""
    unit: str | None = None
    repeats: dict[int, bool] = field(default_factory=dict)

    def of(self, *codes: str) -> list[Clock]:
        return [clock for clock in self.clocks if clock.code in codes and not clock.cancelled]

    @property
    def next_due(self) -> datetime | None:
        """As the product lights its lamp: the nearest period that runs."""
        return min(
            (clock.due for clock in self.clocks if clock.met is None and not clock.cancelled), default=None
        )


class World:
    """What is so after some deeds."""

    def __init__(self, deeds: Iterable[Deed]) -> None:
        self.cases: dict[int, Case] = {}
        for deed in deeds:
            self._do(deed)

    def _do(self, deed: Deed) -> None:
        if deed.do is Do.REGISTER:
            case = Case(deed.at, dict(deed.facts), [Claim() for _ in range(deed.facts["claims"])])
            received = deed.at - deed.facts["received_before"]
            case.clocks = [Clock("T1", midnight_in(LAW_DAYS["T1"], received), office=deed.facts["office"])]
            self.cases[deed.petition] = case
            return
        case = self.cases[deed.petition]
        match deed.do:
            case Do.ROUTE:
                for clock in case.of("T1"):
                    clock.met = clock.met or deed.at
                for claim in case.claims:
                    claim.unit, claim.decided = True, None
                case.clocks.append(Clock("T3", midnight_in(LAW_DAYS["T3"], deed.at)))
                case.unit = deed.facts["unit"]
            case Do.RETURN:
                for claim in case.claims:
                    claim.unit = False
                for clock in case.of("T3"):
                    clock.cancelled = True
                case.unit = None
            case Do.DECIDE:
                waiting = [claim for claim in case.claims if claim.decided is None]
                for claim in waiting:
                    claim.decided = deed.at
                if waiting:
                    case.clocks.append(Clock("T5", midnight_in(LAW_DAYS["T5"], deed.at)))
            case Do.TELL:
                for clock in case.of("T3"):
                    clock.met = clock.met or deed.at
            case Do.EXTEND:
                for clock in case.of("T5"):
                    if clock.met is None:
                        clock.due += timedelta(days=deed.facts["days"])
            case Do.REPLY:
                for clock in case.of("T5"):
                    clock.met = clock.met or deed.at
                case.rate_by = midnight_in(RATING_DAYS, deed.at)
            case Do.RATE:
                case.rating = deed.facts["value"]
            case Do.FINISH:
                case.state, case.finished = "finished", deed.at
            case Do.REOPEN:
                case.state, case.finished = "open", None
            case Do.END:
                case.state = "ended"
                for clock in case.clocks:
                    clock.cancelled = clock.cancelled or clock.met is None
            case Do.VOID:
                case.state = "void"
            case Do.CORRECT:
                case.facts |= deed.facts
            case Do.CONTACT:
                case.contacted = case.contacted or deed.at
            case Do.REPEAT:
                earlier = deed.facts["earlier"]
                if earlier in self.cases and not self._decided(deed.petition, earlier):
                    case.repeats[earlier] = True
            case Do.REVERSE:
                for earlier in case.repeats:
                    case.repeats[earlier] = False

    def _decided(self, one: int, other: int) -> bool:
        return self.cases[one].repeats.get(other, False) or self.cases[other].repeats.get(one, False)

    def repeats(self, number: int, hidden: set[int]) -> bool:
        case = self.cases[number]
        if case.state == "void" or case.facts["suggestion"]:
            return False
        return any(
            stands and earlier not in hidden and self.cases[earlier].state != "void"
            for earlier, stands in case.repeats.items()
        )

    def again(self, number: int, hidden: set[int]) -> datetime | None:
        """Return when its matter was first registered again after it was finished."""
        finished = self.cases[number].finished
        moments = [
            other.registered
            for later, other in self.cases.items()
            if other.repeats.get(number) and later not in hidden
            if other.state != "void" and not other.facts["suggestion"]
            if finished is not None and other.registered > finished
        ]
        return min(moments, default=None)


@dataclass
class Reckoning:
    """A world at a moment, for a reader who may know of some of its petitions."""

    world: World
    at: datetime
    hidden: set[int]
    sees: Callable[[int], bool]
    universe: str

    def counted(self, number: int) -> bool:
        case = self.world.cases[number]
        if number in self.hidden or not self.sees(number) or case.state == "void":
            return False
        if not case.facts["office"] or case.facts["level"] == "0400" or not 1 <= case.facts["count"] <= 9999:
            return False
        outside = case.facts["litigation"] or case.facts["channel"] in CALLS
        return not (self.universe == "u2" and outside)

    def all(self, code: str, since: datetime, until: datetime) -> dict[int, set[str]]:
        """Return what belongs to an indicator in a period, and the parts each petition falls into."""
        found = {}
        for number, case in self.world.cases.items():
            if self.counted(number):
                parts = getattr(self, f"_{code}")(number, case, since, until)
                if parts is not None:
                    found[number] = set(parts)
        return found

    def _registered(self, _n: int, case: Case, since: datetime, until: datetime) -> Any:
        if not since <= case.registered < until:
            return None
        groups: Mapping[str, set[str]] = {
            "online": ONLINE, "phone": CALLS, "letter": LETTERS, "visit": VISITS,
        }  # fmt: skip
        return [name for name, group in groups.items() if case.facts["channel"] in group]

    _i13 = _registered

    def _open(self, _n: int, case: Case, _since: datetime, _until: datetime) -> Any:
        if case.state != "open":
            return None
        age = self.at - case.registered
        for days in (15, 30, 60, 90):
            if age < timedelta(days=days):
                return [f"open_{days}_days"]
        return ["open_longer"]

    def _i16(self, _n: int, case: Case, _since: datetime, _until: datetime) -> Any:
        if case.state != "open":
            return None
        if case.next_due is None or case.next_due > self.at + timedelta(days=7):
            return ["not_yet_due"]
        return ["overdue" if case.next_due <= self.at else "due_soon"]

    def _timed(self, due: datetime, done: datetime | None, since: datetime, until: datetime) -> Any:
        if not since <= due < until:
            return None
        if done is not None:
            return ["in_time" if done <= due else "late"]
        return ["overdue" if due <= self.at else "not_yet_due"]

    def _by_law(self, clocks: list[Clock]) -> list[str]:
        if not clocks:
            return []
        due = max(clock.due for clock in clocks)
        done = (
            None
            if any(clock.met is None for clock in clocks)
            else max(clock.met for clock in clocks if clock.met)
        )
        late = done >= due if done else due <= self.at
        return ["late_by_law"] if late else []

    def _i01(self, _n: int, case: Case, since: datetime, until: datetime) -> Any:
        first = case.of("T1")
        if not first:
            return None
        done = first[0].met
        parts = self._timed(case.registered + timedelta(days=15), done, since, until)
        return None if parts is None else parts + self._by_law(first)

    def _i02(self, _n: int, case: Case, since: datetime, until: datetime) -> Any:
        led = [claim for claim in case.claims if claim.unit]
        if not led:
            return None
        moments = [claim.decided for claim in led]
        done = None if None in moments else max(moment for moment in moments if moment)
        parts = self._timed(case.registered + timedelta(days=30), done, since, until)
        return None if parts is None else parts + self._by_law(case.of("T3"))

    def _i03(self, _n: int, case: Case, since: datetime, until: datetime) -> Any:
        clocks = case.of("T5")
        if not clocks:
            return None
        parts = self._timed(max(clock.due for clock in clocks), case.finished, since, until)
        return None if parts is None else parts + self._by_law(clocks)

    def _said(self, number: int, case: Case, since: datetime, until: datetime) -> Any:
        """Divide what may be rated by what was said of it, which counts when the days for it are over."""
        if case.rate_by is None or not since <= case.rate_by < until:
            return None
        if case.facts["litigation"] or self.world.repeats(number, self.hidden):
            return None
        if case.rate_by > self.at:
            return ["may_rate"]
        return ["closed", "rated", case.rating] if case.rating else ["closed", "silent"]

    def _i04(self, number: int, case: Case, since: datetime, until: datetime) -> Any:
        return self._of_said(number, case, since, until, {"closed", "rated", "silent", "may_rate"})

    def _i05(self, number: int, case: Case, since: datetime, until: datetime) -> Any:
        return self._of_said(number, case, since, until, {"rated", "satisfied", "basically", "dissatisfied"})

    def _i06(self, number: int, case: Case, since: datetime, until: datetime) -> Any:
        return self._of_said(number, case, since, until, {"closed", "satisfied", "basically"})

    def _of_said(self, number: int, case: Case, since: datetime, until: datetime, parts: set[str]) -> Any:
        said = self._said(number, case, since, until)
        return None if said is None else parts & set(said)

    def _i07(self, number: int, case: Case, since: datetime, until: datetime) -> Any:
        if case.finished is None or not since <= case.finished < until:
            return None
        if self.world.repeats(number, self.hidden):
            return None
        again, quiet = self.world.again(number, self.hidden), case.finished + timedelta(days=180)
        if again is not None and again <= quiet:
            return ["came_again"]
        return ["settled" if quiet <= self.at else "settled_so_far"]

    def _i08(self, number: int, case: Case, since: datetime, until: datetime) -> Any:
        if not since <= case.registered < until:
            return None
        return ["repeat" if self.world.repeats(number, self.hidden) else "first"]

    def _i11(self, number: int, case: Case, since: datetime, until: datetime) -> Any:
        if not since <= case.registered < until or not any(claim.unit for claim in case.claims):
            return None
        if self.world.repeats(number, self.hidden):
            return None
        return ["contacted" if case.contacted else "not_contacted"]
