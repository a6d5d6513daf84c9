"""Papers of 复查 and 复核: whether a request is accepted, and what is held of the opinion (D17–D20; Art 35, 36)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from documents.paper import Paper, day_in_print
from documents.states import TITLES, DocumentKind
from documents.wording.opinion import RESULTS
from documents.wording.sentences import REGULATIONS, asking, labelled, lines
from lib.errors import Refused

# 处理结果, by the codes of an outcome.
OUTCOMES: Mapping[str, str] = {
    "maintain": "维持原意见",
    "change": "变更原意见",
    "revoke": "撤销原意见",
    "remand": "撤销原意见，责令限期重新办理",
}
GROUNDS: Mapping[str, str] = {
    "facts": "主要事实不清或者证据不足",
    "basis": "适用依据错误",
    "procedure": "违反规定程序",
    "power": "超越或者滥用职权",
    "improper": "结论明显不当",
}
# Why a request is not accepted; the article is the stage's own.
REFUSALS: Mapping[str, str] = {
    "out_of_time": "请求提出时已超过收到书面答复之日起30日的期限，且没有正当理由",
    "no_opinion": "所不服的不是信访事项处理（复查）意见，不属于复查、复核范围",
    "no_party": "提出请求的不是该信访事项的信访人，也未受信访人委托",
}


@dataclass(frozen=True, kw_only=True)
class Contested:
    """The opinion that a request is about, and when and by whom the request came."""

    petition_number: str
    organ: str
    addressee: str
    contact: str
    # 复核 of a review opinion, or 复查 of a handling opinion
    reexamination: bool
    opinion_of: str
    opinion_number: str
    opinion_on: date
    requested_on: date

    @property
    def remedy(self) -> str:
        return "复核" if self.reexamination else "复查"

    @property
    def contested(self) -> str:
        return "复查意见" if self.reexamination else "处理意见"

    @property
    def article(self) -> str:
        return "第三十六条" if self.reexamination else "第三十五条"

    @property
    def words(self) -> str:
        """How a paper of a remedy begins."""
        return (
            f"您不服{self.opinion_of}于{day_in_print(self.opinion_on)}就信访事项（编号：{self.petition_number}）作出的"
            f"{self.contested}（{self.opinion_number}），向本机关提出{self.remedy}请求，"
            f"本机关已于{day_in_print(self.requested_on)}收到。"
        )


@dataclass(frozen=True, kw_only=True)
class RequestAccepted(Contested):
    due_on: date | None


def request_accepted(facts: RequestAccepted) -> Paper:
    """Return the word that a request is accepted (D17, D19): until when it is decided, and the applicant's rights."""
    kind = DocumentKind.D19_ACCEPTED if facts.reexamination else DocumentKind.D17_ACCEPTED
    until = f"，至{day_in_print(facts.due_on)}止" if facts.due_on else ""
    hearing = "需要举行听证的，听证所需时间不计算在内。" if facts.reexamination else ""
    return _letter(
        kind,
        facts,
        [
            (
                f"经审查，决定予以受理。根据{REGULATIONS}{facts.article}，本机关将自收到请求之日起30日内提出{facts.remedy}意见"
                f"并书面答复您{until}。{hearing}"
            ),
            "承办人员与信访事项或者信访人有直接利害关系的，应当回避；您认为有此情形的，可以向本机关提出。",
            f"{facts.remedy}期间，您可以补充事实、理由和证据，也可以撤回{facts.remedy}请求。",
        ],
    )


@dataclass(frozen=True, kw_only=True)
class RequestRefused(Contested):
    # a key of REFUSALS
    reason: str
    facts_found: str


def request_refused(facts: RequestRefused) -> Paper:
    """Return the word that a request is not accepted (D17, D19): the reason, its facts, what stays possible.

    :raises KeyError: if the reason is none of the closed list
    """
    kind = DocumentKind.D19_REFUSED if facts.reexamination else DocumentKind.D17_REFUSED
    return _letter(
        kind,
        facts,
        [
            f"经审查，{REFUSALS[facts.reason]}，根据{REGULATIONS}{facts.article}，不予受理。",
            "一、认定的事实",
            *lines(facts.facts_found),
            "二、您仍可以采取的方式",
            "有新的事实、新的证据，或者提出新的诉求的，您可以另行提出信访事项，有关机关将依法登记。",
            f"本告知仅说明不予受理的原因，不是对您诉求和{facts.contested}是否合理的认定。",
        ],
    )


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A hearing within a re-examination: the days left out of the period, and what it came to (Art 36(2))."""

    since: date
    until: date
    days: int
    conclusion: str


@dataclass(frozen=True, kw_only=True)
class Decision(Contested):
    """What a review or re-examination opinion has to say (D18, D20)."""

    # what the contested opinion held, claim by claim
    held: tuple[str, ...]
    # what is contested and why, in the applicants' own words
    contested_why: tuple[str, ...]
    facts_found: str
    reasons_held: str
    basis: str
    # a key of OUTCOMES, and of GROUNDS where the opinion does not stand
    outcome: str
    ground: str = ""
    changed_to: str = ""
    executed_by: str = ""
    execute_until: date | None = None
    # who handles anew until when
    anew_by_organ: str = ""
    anew_until: date | None = None
    # who re-examines a review opinion
    next_organ: str = ""
    heard: tuple[Heard, ...] = ()


def decision(facts: Decision) -> Paper:
    """Return the 复查意见书 or 复核意见书 (D18, D20; Art 35, 36; R-40 … R-43).

    :raises Refused: if a part is missing, or nobody is entered who could re-examine a review opinion
    """
    _refuse_unless_whole(facts)
    kind = DocumentKind.D20 if facts.reexamination else DocumentKind.D18
    body = [
        f"一、原{facts.contested}",
        *[line for words in facts.held for line in lines(words)],
        "二、您不服的内容和理由",
        *[line for words in facts.contested_why for line in lines(words)],
        *_hearings(facts.heard),
        "三、查明的事实",
        *lines(facts.facts_found),
        f"四、{facts.remedy}认为",
        *lines(facts.reasons_held),
        f"五、{facts.remedy}意见",
        *_outcome(facts),
        *labelled("依据", facts.basis),
    ]
    return _letter(kind, facts, body, remedy=_way_on(facts))


def _hearings(heard: tuple[Heard, ...]) -> list[str]:
    said = []
    for one in heard:
        said.append(
            f"本机关举行了听证。自{day_in_print(one.since)}决定听证至{day_in_print(one.until)}听证结束共{one.days}日，"
            f"根据{REGULATIONS}第三十六条第二款不计算在复核期限内。"
        )
        said += labelled("听证情况", one.conclusion) if one.conclusion else []
    return said


def _outcome(facts: Decision) -> list[str]:
    ground = f"原意见{GROUNDS[facts.ground]}，" if facts.ground else ""
    said = [f"{ground}决定{OUTCOMES[facts.outcome]}。"]
    if facts.outcome == "change":
        said.append(f"变更为：对您的诉求{RESULTS[facts.changed_to]}。")
    if facts.changed_to == "support":
        said.append(f"执行：由{facts.executed_by}负责，于{day_in_print(facts.execute_until)}前完成。")
    if facts.outcome == "remand":
        said.append(
            f"由{facts.anew_by_organ}于{day_in_print(facts.anew_until)}前重新作出处理意见并书面答复您，"
            "不得以同一事实和理由作出与原意见相同的处理意见。"
        )
    return said


def _way_on(facts: Decision) -> str:
    """Return what can be done next: 复核, the new opinion, or nothing further on the same facts (Art 35, 36)."""
    if facts.outcome == "remand":
        return "您收到重新作出的处理意见后仍不服的，可以按照该意见书载明的方式提出复查请求。"
    if facts.reexamination:
        return (
            f"本意见为复核意见。根据{REGULATIONS}第三十六条第三款，您仍以同一事实和理由提出投诉请求的，各级机关、单位不再受理；"
            "有新的事实、新的证据或者新的诉求的，您可以另行提出。您仍可以依法申请法律援助、社会救助、司法救助、调解和心理疏导等帮助"
            f"（{REGULATIONS}第三十七条）。"
        )
    return (
        f"如对本复查意见不服，您可以自收到本意见书之日起30日内，向{facts.next_organ}提出复核请求"
        f"（{REGULATIONS}第三十六条第一款）。"
    )


def _refuse_unless_whole(facts: Decision) -> None:
    parts = [facts.facts_found, facts.reasons_held, facts.basis, *facts.held, *facts.contested_why]
    if not facts.held or not facts.contested_why or not all(part.strip() for part in parts):
        raise Refused(
            _("The opinion needs what was held, what is contested, the facts, the reasons and a basis.")
        )
    ends_here = facts.reexamination or facts.outcome == "remand"
    if not ends_here and not facts.next_organ.strip():
        raise Refused(
            _("No next-higher organ is entered for this organ, so nobody could re-examine the opinion.")
        )


@dataclass(frozen=True, kw_only=True)
class RemediesOver:
    """That nothing further can be asked for against an opinion as of right, and what stays open."""

    organ: str
    addressee: str
    contact: str
    petition_number: str
    opinion_of: str
    opinion_number: str
    opinion_on: date | None
    # re-examined, or not asked for in time
    concluded: bool
    open_help: str


def end_notice(facts: RemediesOver) -> Paper:
    """Return the 终结告知 (D25; Art 36(3), 37(3); R-42): its basis and what stays open; no threat, no promise."""
    opinion = f"{facts.opinion_of}于{day_in_print(facts.opinion_on)}作出的意见（{facts.opinion_number}）"
    basis = (
        f"您反映的信访事项（编号：{facts.petition_number}）已经复核，复核意见为{opinion}。根据{REGULATIONS}第三十六条第三款，"
        "以同一事实和理由提出的，各级机关、单位不再受理。"
        if facts.concluded
        else (
            f"您反映的信访事项（编号：{facts.petition_number}），您收到{opinion}后，在三十日内没有申请复查或者复核"
            f"（{REGULATIONS}第三十五条、第三十六条）。因正当理由耽误期限的，请向我们说明。"
        )
    )
    return Paper(
        title=TITLES[DocumentKind.D25],
        organ=facts.organ,
        addressee=facts.addressee,
        paragraphs=(
            basis,
            "一、您仍可以提出的事项",
            "有新的事实、新的证据，或者提出新的诉求的，您可以另行提出，有关机关将依法登记。",
            "二、您仍可以获得的帮助",
            *lines(facts.open_help),
            f"以上帮助不因本告知而停止（{REGULATIONS}第三十七条）。",
            asking(facts.contact),
        ),
    )


def _letter(kind: DocumentKind, facts: Contested, paragraphs: list[str], remedy: str = "") -> Paper:
    return Paper(
        title=TITLES[kind],
        organ=facts.organ,
        addressee=facts.addressee,
        paragraphs=(facts.words, *paragraphs, asking(facts.contact)),
        remedy=remedy,
    )
