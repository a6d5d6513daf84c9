"""What a report says: its numbers as sentences, what a person wrote, and what every indicator counts.

A printed paper is always Chinese, whatever language its writer reads.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from django.utils import translation

from accounts.hats import Hat
from accounts.models import Organ
from cases.models import ContentCategory
from cases.papers import contact_of
from cases.states import RouteKind
from documents.paper import Paper, Table, day_in_print
from documents.wording.figures import FiguresReport, report_of_figures
from documents.wording.sentences import lines
from indicators.catalogue import CATALOGUE, part_words
from indicators.figures import Figure, change, percent
from indicators.measures import MEASURES, Code, Part
from indicators.universe import UNIVERSES, Universe
from leadership.states import ADOPTED_IN_PRINT, RECOMMENDATIONS, Adopted, SlipKind
from places.models import Place
from reports.models import Report, ReportFigure
from reports.states import PAPER_OF, SMALLEST, Group, ReportKind
from reports.written.cells import folded, shown

_PAPERS_LANGUAGE = "zh-hans"
_ADVICE_IN_PRINT = {
    SlipKind.IMPROVE_WORK: "改进工作建议",
    SlipKind.COMPLETE_POLICY: "完善政策建议",
    SlipKind.PURSUE_LIABILITY: "追究责任建议",
}
_COLUMNS = ("指标", "本期", "上年同期", "分子", "分母", "归属期间")

Section = tuple[str, Sequence[str]]


@dataclass(frozen=True)
class Numbers:
    """The numbers of one report, with the names of what they count."""

    report: Report
    rows: Sequence[ReportFigure]
    places: Mapping[str, str]
    categories: Mapping[str, str]
    organs: Mapping[str, str]

    def of(self, group: Group) -> list[ReportFigure]:
        return [row for row in self.rows if row.group == group]

    def one(self, group: Group, key: str) -> ReportFigure:
        return next(row for row in self.rows if row.group == group and row.key == key)

    def indicators(self) -> Iterator[tuple[Figure, Figure | None]]:
        """Yield each indicator, and the same of the year before where there is one."""
        counts: dict[Code, dict[Part, ReportFigure]] = {}
        for row in self.of(Group.INDICATOR):
            code, part = row.key.split(".")
            counts.setdefault(Code(code), {})[Part(part)] = row
        for code, parts in counts.items():
            now = {part: row.count for part, row in parts.items()}
            before = {part: row.before for part, row in parts.items() if row.before is not None}
            yield (
                Figure(code, now.pop(Part.ALL), now),
                Figure(code, before.pop(Part.ALL), before) if before else None,
            )

    def figure(self, code: Code) -> Figure:
        return next(now for now, _before in self.indicators() if now.code == code)


def numbers_of(report: Report) -> Numbers:
    """Return the numbers of a report, in a fixed number of queries."""
    rows = list(report.figures.order_by("pk"))
    keys = {part for row in rows for part in row.key.split("|")}
    return Numbers(
        report,
        rows,
        dict(Place.objects.filter(path__in=keys).values_list("path", "name")),
        dict(ContentCategory.objects.filter(path__in=keys).values_list("path", "name")),
        dict(Organ.objects.filter(code__in=keys).values_list("code", "name")),
    )


def paper_of(report: Report, *, by: Hat) -> Paper:
    """Return the paper of a report from its numbers and words."""
    numbers = numbers_of(report)
    kind = ReportKind(report.kind)
    with translation.override(_PAPERS_LANGUAGE):
        sections = [
            (heading, [line for words in said for line in lines(words)])
            for heading, said in _SECTIONS[kind](numbers)
        ]
        return report_of_figures(
            FiguresReport(
                kind=PAPER_OF[kind],
                organ=by.organ.name,
                subject=report.subject,
                first=report.since,
                last=report.until - timedelta(days=1),
                as_of=report.as_of,
                sections=[section for section in sections if section[1]],
                tables=[_definitions(numbers)],
                contact=contact_of(by),
            )
        )


def _weekly(numbers: Numbers) -> list[Section]:
    report = numbers.report
    return [
        ("总体情况", [*_volume(numbers), _stock(numbers)]),
        ("涉及领域", [_tree(numbers, Group.CATEGORY, numbers.categories)]),
        ("办理情况", list(_rates(numbers))),
        ("原因分析", [report.causes]),
        ("工作建议", [report.recommendations]),
        ("值得注意的情况", [report.other]),
    ]


def _monthly(numbers: Numbers) -> list[Section]:
    report = numbers.report
    return [
        ("总体情况", [*_volume(numbers), _stock(numbers)]),
        ("涉及领域", [_tree(numbers, Group.CATEGORY, numbers.categories)]),
        ("地区分布", [_tree(numbers, Group.PLACE, numbers.places)]),
        ("办理情况", list(_rates(numbers))),
        ("原因分析", [report.causes]),
        ("工作建议", [report.recommendations]),
        ("其他情况", [report.other]),
    ]


def _yearly(numbers: Numbers) -> list[Section]:
    """Return the four parts of Art 41(1); none is left out (R-54)."""
    report = numbers.report
    return [
        (
            "数据统计、涉及领域和被投诉较多的机关单位",
            [
                *_volume(numbers),
                _stock(numbers),
                _tree(numbers, Group.CATEGORY, numbers.categories),
                _tree(numbers, Group.PLACE, numbers.places),
                _organs(numbers),
                report.causes,
            ],
        ),
        ("转送、交办、督办情况", [_work(numbers), *_rates(numbers)]),
        ("提出三项建议以及被采纳情况", [_advice(numbers), report.recommendations]),
        ("其他应当报告的事项", [report.other or "无。"]),
    ]


def _topic(numbers: Numbers) -> list[Section]:
    report = numbers.report
    return [
        ("基本情况", [*_volume(numbers), _stock(numbers), *_rates(numbers)]),
        (
            "热点地区和问题",
            [
                _hot(numbers),
                _tree(numbers, Group.PLACE, numbers.places),
                _tree(numbers, Group.CATEGORY, numbers.categories),
            ],
        ),
        ("原因分析", [report.causes]),
        ("对策建议", [report.recommendations]),
        ("其他情况", [report.other]),
    ]


_SECTIONS: Mapping[ReportKind, Callable[[Numbers], list[Section]]] = {
    ReportKind.WEEKLY: _weekly,
    ReportKind.MONTHLY: _monthly,
    ReportKind.YEARLY: _yearly,
    ReportKind.TOPIC: _topic,
}


def _volume(numbers: Numbers) -> Iterator[str]:
    batches, persons = numbers.one(Group.VOLUME, "batches"), numbers.one(Group.VOLUME, "persons")
    yield (
        f"共登记信访事项{batches.count}批、{persons.count}人次，"
        f"批次{_compared(batches.count, batches.before or 0)}，"
        f"人次{_compared(persons.count, persons.before or 0)}。"
    )
    parts = numbers.figure(Code.REGISTERED).parts
    by_name = {str(part_words(part)): count for part, count in parts.items()}
    kept = folded(by_name)
    said = [f"{name or '其余'}{count}批" for name, count in kept.items()]
    if any(kept):
        yield f"按信访形式：{'，'.join(said)}。"


def _stock(numbers: Numbers) -> str:
    stock = numbers.figure(Code.I16)
    return f"截至{day_in_print(numbers.report.as_of)}，未办结{shown(stock.of)}件，其中超期{shown(stock.counted)}件。"


def _tree(numbers: Numbers, group: Group, names: Mapping[str, str]) -> str:
    said = [
        f"{names.get(row.key, row.key) if row.key else '其余合计'}{row.count}批"
        f"（上年同期{shown(row.before or 0)}批）"
        for row in numbers.of(group)
    ]
    how = "按内容分类" if group == Group.CATEGORY else "按问题属地"
    # nothing but the rest says nothing
    return f"{how}：{'；'.join(said)}。" if any(row.key for row in numbers.of(group)) else ""


def _rates(numbers: Numbers) -> Iterator[str]:
    for now, before in numbers.indicators():
        if now.code not in {Code.REGISTERED, Code.OPEN_NOW, Code.I16}:
            last = _rate(before) if before else "—"
            yield f"{CATALOGUE[now.code].name}{_rate(now)}（上年同期{last}）。"


def _rate(figure: Figure) -> str:
    """Return a rate with what it is made of; of too few it is none."""
    if 0 < figure.of < SMALLEST:
        return f"基数不足{SMALLEST}件，不列"
    if not figure.of:
        return "—"
    return f"{_percent(figure.rate)}（{figure.counted}/{figure.of}）"


def _organs(numbers: Numbers) -> str:
    """Return the units with many petitions in the order of organs, each with what is raised, ranking none (Q40)."""
    causes: dict[str, list[str]] = {}
    for row in numbers.of(Group.CAUSE):
        code, category = row.key.split("|")
        causes.setdefault(code, []).append(f"{numbers.categories.get(category, category)}{row.count}批")
    said = []
    for row in numbers.of(Group.ORGAN):
        raised = f"（主要反映{'、'.join(causes[row.key])}）" if row.key in causes else ""
        said.append(f"{numbers.organs.get(row.key, row.key)}{row.count}批{raised}")
    if not said:
        return f"没有机关、单位涉及{SMALLEST}批以上。"
    return f"涉及{SMALLEST}批以上的机关、单位（按机构顺序，不排名）：{'；'.join(said)}。"


def _work(numbers: Numbers) -> str:
    counts = {row.key: row.count for row in numbers.of(Group.WORK)}
    return (
        f"共转送{shown(counts[RouteKind.FORWARD])}件次、交办{shown(counts[RouteKind.ASSIGN])}件次，"
        f"发出督办文书{shown(counts[SlipKind.SUPERVISION])}件。"
    )


def _advice(numbers: Numbers) -> str:
    counts = {row.key: row.count for row in numbers.of(Group.ADVICE)}
    said = []
    for kind in SlipKind:
        if kind in RECOMMENDATIONS:
            answered = [
                f"{ADOPTED_IN_PRINT[adopted]}{counts[f'{kind}.{adopted}']}件"
                for adopted in Adopted
                if f"{kind}.{adopted}" in counts
            ]
            how = f"（{'、'.join(answered)}）" if answered else ""
            said.append(f"{_ADVICE_IN_PRINT[kind]}{counts[kind]}件{how}")
    return f"共提出{'；'.join(said)}。"


def _hot(numbers: Numbers) -> str:
    said = []
    for row in numbers.of(Group.HOT):
        place, category = row.key.split("|")
        said.append(
            f"{numbers.places.get(place, place)}{numbers.categories.get(category, category)}{row.count}批"
        )
    return f"较为集中的是：{'；'.join(said)}。" if said else f"没有{SMALLEST}批以上集中于一地一类的情况。"


def _definitions(numbers: Numbers) -> Table:
    """Return each indicator with its numbers and what it counts; the universe in the last row."""
    rows = []
    for now, before in numbers.indicators():
        indicator = CATALOGUE[now.code]
        value: Callable[[Figure], str] = (
            _rate if MEASURES[now.code].counted and now.code != Code.REGISTERED else _whole
        )
        rows.append(
            (
                str(indicator.name),
                value(now),
                value(before) if before else "—",
                str(indicator.counted),
                str(indicator.of),
                str(indicator.period),
            )
        )
    universe = Universe(numbers.report.universe)
    rows.append(("统计口径", universe.value, "", str(UNIVERSES[universe].words), "", ""))
    return Table("指标数值和口径", _COLUMNS, tuple(rows))


def _whole(figure: Figure) -> str:
    return shown(figure.of)


def _compared(now: int, before: int) -> str:
    ratio = change(now, before)
    if ratio is None:
        return "上年同期为零"
    if ratio == 0:
        return "与上年同期持平"
    return f"同比{'上升' if ratio > 0 else '下降'}{_percent(abs(ratio))}"


def _percent(ratio: Fraction | None) -> str:
    """Return a ratio as print has it, without a space in which a line could break."""
    return percent(ratio).replace(" ", "")
