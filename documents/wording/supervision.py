"""Papers of supervision: urging, order, the conference's four measures, recommendations, urgent report (D22, D23, D28,
D30; Art 25, 39(3), 40).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.paper import Paper, day_in_print
from documents.states import TITLES, DocumentKind
from documents.wording.sentences import REGULATIONS, BetweenOrgans, asking, labelled, letter_to_organ, lines

_CONFERENCE = "信访工作联席会议"
# The paragraph of Art 40 that each recommendation rests on.
_PARAGRAPHS = {
    DocumentKind.D23A: "第一款",
    DocumentKind.D23B: "第二款",
    DocumentKind.D23C: "第三款",
}
# What each paper says it is, and the article it rests on.
_OPENINGS = {
    DocumentKind.URGE: "现予催办。",
    DocumentKind.D22: f"根据{REGULATIONS}第四十条第一款，现予督办。",
    DocumentKind.D30_LISTED: f"根据{REGULATIONS}第三十九条第三款，经{_CONFERENCE}研究，现予挂牌督办。",
    DocumentKind.D30_RECTIFY: f"根据{REGULATIONS}第三十九条第三款，经{_CONFERENCE}研究，责令限期整改。",
    DocumentKind.D30_INTERVIEW: f"根据{REGULATIONS}第三十九条第三款，经{_CONFERENCE}研究，决定予以约谈。",
    DocumentKind.D30_CIRCULAR: f"根据{REGULATIONS}第三十九条第三款，经{_CONFERENCE}研究，现予通报。",
}


@dataclass(frozen=True, kw_only=True)
class Interview:
    when: str
    where: str
    # the post, not a name
    called: str


@dataclass(frozen=True, kw_only=True)
class Supervised(BetweenOrgans):
    kind: DocumentKind
    # why, in the words of the law or of the conference; an urging has none
    ground: str
    facts: str
    act: str
    due_on: date
    recommendation: str = ""
    # of the conference's measures: the day and the number of the meeting that decided it
    meeting: str = ""
    interview: Interview | None = None
    # 第几次催办
    nth: int = 1


def slip_letter(facts: Supervised) -> Paper:
    """Return an urging, a supervision order or one of the conference's measures (D22, D30; R-50, R-53)."""
    times = f"第{facts.nth}次" if facts.kind == DocumentKind.URGE else ""
    opening = f"关于你单位承办的信访事项（编号：{facts.petition_number}），{_OPENINGS[facts.kind]}"
    return letter_to_organ(
        facts.kind,
        facts,
        [
            opening.replace("现予催办", f"现予{times}催办").replace(
                _CONFERENCE, facts.meeting or _CONFERENCE
            ),
            *(labelled("事由", facts.ground) if facts.ground else []),
            *(_asked_to_come(facts.interview) if facts.interview else []),
            "一、有关情况",
            *lines(facts.facts),
            "二、办理要求",
            *lines(facts.act),
            *(["三、改进工作的建议", *lines(facts.recommendation)] if facts.recommendation else []),
            f"请于{day_in_print(facts.due_on)}前（含当日）书面反馈办理情况。",
            asking(facts.contact),
        ],
    )


def _asked_to_come(interview: Interview) -> list[str]:
    return [
        *labelled("约谈时间", interview.when),
        *labelled("约谈地点", interview.where),
        *labelled("请到场人员", interview.called),
    ]


@dataclass(frozen=True, kw_only=True)
class Recommended(BetweenOrgans):
    kind: DocumentKind
    problem: str
    evidence: str
    proposal: str
    # the day that was set; without one so many days from receipt (T14)
    due_on: date | None
    days: int


def recommendation(facts: Recommended) -> Paper:
    """Return one of the three recommendations, to be answered in writing whether it is adopted (D23; Art 40; R-51)."""
    by_when = (
        f"于{day_in_print(facts.due_on)}前（含当日）" if facts.due_on else f"自收到之日起{facts.days}日内"
    )
    return letter_to_organ(
        facts.kind,
        facts,
        [
            f"根据{REGULATIONS}第四十条{_PARAGRAPHS[facts.kind]}，结合信访事项（编号：{facts.petition_number}），提出如下建议。",
            "一、存在的问题",
            *lines(facts.problem),
            "二、依据和事实",
            *lines(facts.evidence),
            "三、建议",
            *lines(facts.proposal),
            (
                f"请根据{REGULATIONS}第四十条第四款，{by_when}书面反馈采纳情况：采纳、部分采纳或者不予采纳；"
                "部分采纳或者不予采纳的，请说明理由。"
            ),
            asking(facts.contact),
        ],
    )


@dataclass(frozen=True, kw_only=True)
class UrgentMatter:
    organ: str
    petition_number: str
    happened: str
    where: str
    scale: str
    measures: str
    discovered: str
    recipients: Sequence[str]
    contact: str


def urgent_report(facts: UrgentMatter) -> Paper:
    """Return the 重大紧急信访事项报告 (D28; Art 25; R-26): event, place, scale, measures, contact."""
    return Paper(
        title=TITLES[DocumentKind.D28],
        organ=facts.organ,
        addressee="、".join(facts.recipients),
        paragraphs=(
            f"根据{REGULATIONS}第二十五条，现将一起重大紧急信访事项（编号：{facts.petition_number}）报告如下。",
            *labelled("发现时间", facts.discovered),
            *labelled("地点", facts.where),
            *labelled("事件", facts.happened),
            *labelled("规模", facts.scale),
            *labelled("已采取的措施", facts.measures),
            asking(facts.contact),
        ),
    )
