"""Letters from organ to organ: forwarding, assigning, objecting, reporting back (D02, D03, D09, D24)."""

from dataclasses import dataclass
from datetime import date

from documents.paper import Paper, day_in_print
from documents.states import DocumentKind
from documents.wording.sentences import REGULATIONS, BetweenOrgans, asking, letter_to_organ, lines


@dataclass(frozen=True, kw_only=True)
class Forwarding(BetweenOrgans):
    petitioner: str
    received_on: date
    summary: str
    # why the receiving organ has power
    reason: str
    enclosures: tuple[str, ...] = ()


def forwarding_letter(facts: Forwarding) -> Paper:
    """Return the 转送函 (D02; Art 22(1), 23(3)): 15 days to write, 5 working days to object."""
    return letter_to_organ(
        DocumentKind.D02,
        facts,
        [
            *_handed_over(facts, "转送"),
            _DUTY_TO_WRITE,
            _RIGHT_TO_OBJECT,
            asking(facts.contact),
        ],
        enclosures=facts.enclosures,
    )


@dataclass(frozen=True, kw_only=True)
class Assignment(Forwarding):
    due_on: date
    # the leader's own words, if there are any
    instruction: str = ""


def assignment_letter(facts: Assignment) -> Paper:
    """Return the 交办函 (D03; Art 22(1)(3)): as the forwarding letter, with a day set and the completion report due."""
    instruction = [f"领导批示：{facts.instruction}"] if facts.instruction else []
    return letter_to_organ(
        DocumentKind.D03,
        facts,
        [
            *_handed_over(facts, "交办"),
            *instruction,
            f"请于{day_in_print(facts.due_on)}前（含当日）办结，向本机关反馈办理结果，并按要求提交办结报告。",
            _DUTY_TO_WRITE,
            _RIGHT_TO_OBJECT,
            asking(facts.contact),
        ],
        enclosures=facts.enclosures,
    )


_DUTY_TO_WRITE = (
    f"根据{REGULATIONS}第二十三条第三款，对属于本机关、单位职权范围的，请自收到本函之日起15日内书面告知信访人接收情况"
    "以及处理途径和程序。"
)
_RIGHT_TO_OBJECT = (
    "对不属于本机关、单位或者本系统职权范围的，请自收到本函之日起5个工作日内提出异议，并详细说明理由；"
    "经我方核实同意后，交还相关材料。未经同意，不得自行退回或者再行转送。"
)


def _handed_over(facts: Forwarding, deed: str) -> list[str]:
    return [
        (
            f"现将信访人{facts.petitioner}反映的信访事项（编号：{facts.petition_number}，本机关于"
            f"{day_in_print(facts.received_on)}收到）{deed}你单位，请依法处理。"
        ),
        "一、反映的主要内容",
        *lines(facts.summary),
        f"二、{deed}理由",
        *lines(facts.reason),
        "三、有关要求",
    ]


@dataclass(frozen=True, kw_only=True)
class Objection(BetweenOrgans):
    received_on: date
    # the forwarding letter's number; empty if it came without one
    letter_number: str
    reasons: str
    proper_organ: str
    enclosures: tuple[str, ...] = ()


def objection(facts: Objection) -> Paper:
    """Return the 异议退回函 (D09; Art 23(3); R-22): why it is outside the organ's power, and whose it is."""
    came = f"以{facts.letter_number}转来" if facts.letter_number else "转来"
    return letter_to_organ(
        DocumentKind.D09,
        facts,
        [
            (
                f"你单位{came}的信访事项（编号：{facts.petition_number}），本机关已于"
                f"{day_in_print(facts.received_on)}收到。经核，该事项不属于本机关以及本系统职权范围，"
                f"根据{REGULATIONS}第二十三条第三款，提出异议。"
            ),
            "一、异议理由",
            *lines(facts.reasons),
            "二、有权处理的机关、单位",
            *lines(facts.proper_organ),
            "请予核实。同意后，本机关即交还相关材料。",
            asking(facts.contact),
        ],
        enclosures=facts.enclosures,
    )


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswer(BetweenOrgans):
    # number of the letter of objection; empty if it was noted without one
    letter_number: str
    agreed: bool
    finding: str


def objection_answer(facts: ObjectionAnswer) -> Paper:
    """Return the sender's answer to an objection (D09; R-22): agreed or not, with what was found."""
    answer = (
        "同意退回，请交还相关材料。"
        if facts.agreed
        else "不同意退回，请依法处理；你单位的告知期限自原收到之日起计算，不因异议中止。"
    )
    return letter_to_organ(
        DocumentKind.D09,
        facts,
        [
            f"你单位{facts.letter_number}对信访事项（编号：{facts.petition_number}）提出的异议收悉。",
            "一、核实情况",
            *lines(facts.finding),
            "二、答复意见",
            answer,
            asking(facts.contact),
        ],
    )


@dataclass(frozen=True, kw_only=True)
class Completion(BetweenOrgans):
    # the assignment's number and day
    assignment_number: str
    assigned_on: date
    process: str
    result: str
    petitioners_view: str
    execution: str
    documents: tuple[str, ...] = ()


def completion_report(facts: Completion) -> Paper:
    """Return the 办结报告 (D24; Art 22(1)(3); Q21): process, result, the petitioner's view, execution, papers."""
    return letter_to_organ(
        DocumentKind.D24,
        facts,
        [
            (
                f"你单位{day_in_print(facts.assigned_on)}以{facts.assignment_number}交办的信访事项"
                f"（编号：{facts.petition_number}）已经办结，现将办理情况报告如下。"
            ),
            "一、办理过程",
            *lines(facts.process),
            "二、办理结果",
            *lines(facts.result),
            "三、信访人意见",
            *lines(facts.petitioners_view),
            "四、执行情况",
            *lines(facts.execution),
            asking(facts.contact),
        ],
        enclosures=facts.documents,
    )
