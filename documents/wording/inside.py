"""Papers that stay in the file of a unit: approval of an extension, investigation report (D10, D13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.paper import Paper, day_in_print
from documents.states import TITLES, DocumentKind
from documents.wording.opinion import ADOPTIONS, RESULTS, ClaimAnswer
from documents.wording.sentences import REGULATIONS, labelled, numeral

_RESULTS = {**RESULTS, **ADOPTIONS}


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked:
    organ: str
    petition_number: str
    accepted_on: date
    was_due_on: date
    days: int
    reason: str
    asked_by: str
    asked_on: date
    decided_by: str
    decided_on: date
    # the new last day; none where it was not approved
    due_on: date | None


def extension_form(facts: ExtensionAsked) -> Paper:
    """Return the 延期办理审批表 (D10; Art 34; R-36): why, how many days, and what the organ's head decided."""
    decided = (
        f"同意延长，办理期限延长至{day_in_print(facts.due_on)}。"
        if facts.due_on
        else "不同意延长，按原期限办结。"
    )
    return Paper(
        title=TITLES[DocumentKind.D10],
        organ=facts.organ,
        addressee="",
        paragraphs=(
            *labelled("信访事项编号", facts.petition_number),
            *labelled("受理日期", day_in_print(facts.accepted_on)),
            *labelled("原办理期限", day_in_print(facts.was_due_on)),
            *labelled("申请延长日数", f"{facts.days}日（{REGULATIONS}第三十四条，不超过30日）"),
            *labelled("情况复杂的理由", facts.reason),
            *labelled("申请人和日期", f"{facts.asked_by}，{day_in_print(facts.asked_on)}"),
            *labelled("机关、单位负责人意见", decided),
            *labelled("审批人和日期", f"{facts.decided_by}，{day_in_print(facts.decided_on)}"),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Inquired:
    organ: str
    petition_number: str
    received_on: date
    accepted_on: date
    petitioner: str
    # what was done, with its day and by whom
    process: Sequence[str]
    answers: Sequence[ClaimAnswer]
    evidence: Sequence[str]
    investigators: str


def investigation_report(facts: Inquired) -> Paper:
    """Return the 调查报告 (D13): background, what was done, findings of each claim, evidence, what is proposed."""
    found = [
        line
        for at, answer in enumerate(facts.answers, 1)
        for line in (
            f"（{numeral(at)}）{answer.claim}",
            *labelled("查明的事实", answer.facts_found),
            *labelled("依据", answer.legal_basis),
        )
    ]
    proposed = [
        line
        for at, answer in enumerate(facts.answers, 1)
        for line in labelled(f"（{numeral(at)}）{_RESULTS[answer.result]}", answer.opinion)
    ]
    return Paper(
        title=TITLES[DocumentKind.D13],
        organ=facts.organ,
        addressee="",
        paragraphs=(
            "一、基本情况",
            (
                f"信访人{facts.petitioner}反映的信访事项（编号：{facts.petition_number}），"
                f"{day_in_print(facts.received_on)}收到，{day_in_print(facts.accepted_on)}受理。"
            ),
            "二、调查过程",
            *(facts.process or ["未另行记录调查过程。"]),
            "三、查明的情况",
            *found,
            "四、证据清单",
            *([f"{at}. {name}" for at, name in enumerate(facts.evidence, 1)] or ["无"]),
            "五、处理建议",
            *proposed,
            *labelled("调查人员", facts.investigators),
        ),
    )
