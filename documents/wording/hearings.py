"""Papers of a hearing on a petition: notice, record, report (D21; hearing.md §7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.paper import Paper
from documents.states import TITLES, DocumentKind
from documents.wording.sentences import NUMERALS, REGULATIONS, asking, labelled, lines


@dataclass(frozen=True, kw_only=True)
class OfHearing:
    """What each paper of a hearing knows: whose it is, on which petition, when and where, public or not."""

    organ: str
    petition_number: str
    hearing_number: str
    matter: str
    when: str
    where: str
    # empty: it is public
    closed_why: str = ""


@dataclass(frozen=True, kw_only=True)
class Convened(OfHearing):
    addressees: Sequence[str]
    chair: str
    panel: Sequence[str]
    clerk: str
    contact: str


def hearing_notice(facts: Convened) -> Paper:
    """Return the 听证通知书 (D21): time, place, kind, chair, panel, clerk, rights, and what absence means."""
    return Paper(
        title=TITLES[DocumentKind.D21_NOTICE],
        organ=facts.organ,
        addressee="、".join(facts.addressees),
        paragraphs=(
            (
                f"根据{REGULATIONS}第三十一条第六项，本机关决定就信访事项（编号：{facts.petition_number}，"
                f"听证编号：{facts.hearing_number}）举行听证，现通知如下。"
            ),
            *_beginning(facts),
            *labelled("主持人", facts.chair),
            *labelled("听证员", "、".join(facts.panel)),
            *labelled("记录员", facts.clerk),
            (
                "您有权委托一至二名代理人参加听证；认为主持人、听证员、记录员与本事项有直接利害关系的，"
                "有权申请回避；有权陈述、举证、质询、辩论和作最后陈述。"
            ),
            "请携带身份证件和证据材料按时参加；委托代理人的，请提交授权委托书。",
            "信访人无正当理由不参加的，视为放弃听证；有正当理由不能按时参加的，请在听证前提出延期。",
            asking(facts.contact),
        ),
    )


def _beginning(facts: OfHearing) -> list[str]:
    manner = f"不公开举行，理由：{facts.closed_why}" if facts.closed_why else "公开举行"
    return [
        *labelled("听证事项", facts.matter),
        *labelled("听证时间", facts.when),
        *labelled("听证地点", facts.where),
        *labelled("听证方式", manner),
    ]


@dataclass(frozen=True, kw_only=True)
class StepHeld:
    """A step of the record: what it is called, when it began and ended, and what was said in it, line by line."""

    name: str
    time: str
    said: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Recorded(OfHearing):
    attended: Sequence[str]
    absent: Sequence[str]
    recusal: str
    steps: Sequence[StepHeld]
    exhibits: Sequence[str]
    pauses: Sequence[str]
    closed_at: str
    signatures: Sequence[str]
    # SHA-256 of the record as it is frozen
    digest: str


def hearing_record(facts: Recorded) -> Paper:
    """Return the 听证笔录 (D21): who took part, each step's course, evidence, recusal, closing, signatures."""
    held = [
        line
        for at, step in enumerate(facts.steps, 1)
        for line in (f"{at}. {step.name}（{step.time}）", *step.said)
    ]
    return Paper(
        title=TITLES[DocumentKind.D21_RECORD],
        organ=facts.organ,
        addressee="",
        paragraphs=(
            f"信访事项编号：{facts.petition_number}，听证编号：{facts.hearing_number}。",
            *_beginning(facts),
            "一、参加人员",
            *facts.attended,
            *(["未到场：" + "、".join(facts.absent)] if facts.absent else []),
            "二、回避",
            facts.recusal,
            "三、听证过程",
            *held,
            *facts.pauses,
            "四、证据",
            *(facts.exhibits or ["无"]),
            "五、签名",
            *facts.signatures,
            *labelled("结束时间", facts.closed_at),
            *labelled("笔录电子原件校验值（SHA-256）", facts.digest),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Reported(OfHearing):
    facts_found: str
    disputes: str
    # how many of the panel found what, and why who differed
    votes: Sequence[str]
    outcome: str
    basis: str
    # who carries out what by when
    promises: Sequence[str]


def hearing_report(facts: Reported) -> Paper:
    """Return the 听证报告 (D21): facts, disputes, the panel's view and dissent, what is recommended and promised."""
    sections = [
        ("查明的事实", lines(facts.facts_found)),
        ("争议焦点", lines(facts.disputes) or ["无"]),
        ("听证员意见", list(facts.votes)),
        ("听证结论", [facts.outcome, *labelled("建议和依据", facts.basis)]),
        ("承诺事项", list(facts.promises) or ["无"]),
    ]
    body = [line for at, (name, words) in enumerate(sections) for line in (f"{NUMERALS[at]}、{name}", *words)]
    return Paper(
        title=TITLES[DocumentKind.D21_REPORT],
        organ=facts.organ,
        addressee="",
        paragraphs=(
            f"信访事项编号：{facts.petition_number}，听证编号：{facts.hearing_number}。",
            *_beginning(facts),
            *body,
            "听证报告是办理、复查、复核的重要依据，不是处理意见；有权机关另行出具书面意见。",
        ),
    )
