"""Notices to petitioners: accepted, led elsewhere, not accepted, extended, where it went (D04–D08, D11; Q11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from documents.paper import Paper, day_in_print
from documents.states import DocumentKind
from documents.wording.sentences import (
    NUMERALS,
    REGULATIONS,
    ToPetitioner,
    letter_to_petitioner,
    lines,
    numbered,
)


@dataclass(frozen=True, kw_only=True)
class Acceptance(ToPetitioner):
    claims: tuple[str, ...]
    # how the matter will be handled, in words
    procedure: str
    # the last day of the 60, where there is one: route RT6 only (Art 34)
    opinion_due_on: date | None = None
    query: str = ""


def acceptance_notice(facts: Acceptance) -> Paper:
    """Return the 受理告知书 (D05; Art 23; R-20, R-21): what is accepted, on what way, until when, with which rights."""
    due = (
        [
            (
                f"根据{REGULATIONS}第三十四条，本机关将自受理之日起60日内，至{day_in_print(facts.opinion_due_on)}止办结，"
                "并向您出具信访处理意见书；情况复杂的，经本机关负责人批准可以适当延长，延长期限不超过30日，并将书面告知您理由。"
            )
        ]
        if facts.opinion_due_on
        else []
    )
    return letter_to_petitioner(
        DocumentKind.D05,
        facts,
        [
            "经审查，决定予以受理。",
            "一、受理的诉求",
            *numbered(facts.claims),
            "二、处理途径和程序",
            *lines(facts.procedure),
            *due,
            "三、您的权利",
            "承办人员与信访事项或者信访人有直接利害关系的，应当回避；您认为有此情形的，可以向本机关提出。",
            "需要委托代理人的，请提交书面委托书；无民事行为能力或者限制民事行为能力的，由监护人代为提出。",
            *([f"查询办理进度：{facts.query}"] if facts.query else []),
        ],
    )


@dataclass(frozen=True, kw_only=True)
class OtherRoute(ToPetitioner):
    claims: tuple[str, ...]
    # which item of Art 31 it falls under, 1 to 5
    route: int
    procedure: str
    body: str
    address: str
    # a limit of time known for that procedure
    limit: str = ""
    # RT5: what the organ itself will do
    own_deed: str = ""


def route_notice(facts: OtherRoute) -> Paper:
    """Return the 法定途径告知书 (D06; Art 31(1)–(5)): which procedure, which body and where, and any limit known.

    :raises ValueError: if the route is RT6, which is accepted and not led elsewhere
    """
    if facts.route not in range(1, 6):
        message = f"RT{facts.route} is led nowhere else"
        raise ValueError(message)
    limit = [f"办理时限提示：{facts.limit}"] if facts.limit else []
    own_deed = ["三、本机关将采取的措施", *lines(facts.own_deed)] if facts.own_deed else []
    return letter_to_petitioner(
        DocumentKind.D06,
        facts,
        [
            (
                f"经审查，您的下列诉求属于{REGULATIONS}第三十一条第{NUMERALS[facts.route - 1]}项规定的情形，"
                "应当依照有关法律、法规规定的途径处理。"
            ),
            "一、涉及的诉求",
            *numbered(facts.claims),
            "二、处理途径",
            f"途径：{facts.procedure}",
            f"受理机关：{facts.body}",
            f"地址：{facts.address}",
            *limit,
            *own_deed,
        ],
    )


@dataclass(frozen=True)
class Ground:
    """Why a claim is not accepted, and the article that says so."""

    words: str
    article: str


# The closed list of Q12. Two older codes are left out: only a local rule that names its article can bring them back.
REFUSAL_GROUNDS: Mapping[str, Ground] = {
    "pending_same_matter": Ground("同一信访事项已经受理或者正在办理，尚在规定期限内", "第十九条第三款"),
    "litigation_route": Ground(
        "属于涉法涉诉事项，应当与普通信访事项分离，由政法机关依法处理", "第二十八条第二款"
    ),
    "other_statutory_route": Ground("应当通过其他法定途径处理", "第三十一条"),
    "outside_power_redirect": Ground("不属于本机关以及本系统职权范围", "第二十三条第一款"),
    "discipline_channel": Ground("属于纪检监察机关受理范围，应当按照管理权限处理", "第二十二条第二款"),
}


@dataclass(frozen=True, kw_only=True)
class Refusal(ToPetitioner):
    claims: tuple[str, ...]
    # a key of REFUSAL_GROUNDS
    reason: str
    facts_found: str
    where_to_go: str


def refusal_notice(facts: Refusal) -> Paper:
    """Return the 不予受理告知书 (D07; R-25; Q12): reason and article, the facts for it, where to go instead.

    :raises KeyError: if the reason is none of the closed list
    """
    ground = REFUSAL_GROUNDS[facts.reason]
    return letter_to_petitioner(
        DocumentKind.D07,
        facts,
        [
            f"经审查，您的下列诉求{ground.words}，根据{REGULATIONS}{ground.article}，不予受理。",
            "一、不予受理的诉求",
            *numbered(facts.claims),
            "二、认定的事实",
            *lines(facts.facts_found),
            "三、建议您的反映渠道",
            *lines(facts.where_to_go),
            "本告知仅说明本机关不予受理的原因，不是对您诉求是否合理的认定。",
        ],
    )


@dataclass(frozen=True, kw_only=True)
class NoLonger(ToPetitioner):
    reexamination_number: str
    reexamined_on: date
    reexamined_by: str
    why_the_same: str
    help_available: str


def no_longer_notice(facts: NoLonger) -> Paper:
    """Return the 不再受理告知书 (D08; Art 36(3), 37(3); R-42): which 复核 opinion, why the same, what would be new."""
    return letter_to_petitioner(
        DocumentKind.D08,
        facts,
        [
            (
                f"您反映的事项已由{facts.reexamined_by}于{day_in_print(facts.reexamined_on)}作出复核意见"
                f"（{facts.reexamination_number}）。根据{REGULATIONS}第三十六条第三款，以同一事实和理由提出的，不再受理。"
            ),
            "一、认定为同一事实和理由的依据",
            *lines(facts.why_the_same),
            "二、可以另行提出的情形",
            "有新的事实、新的证据，或者提出新的诉求的，您可以另行提出，本机关将依法登记。",
            "三、您仍可获得的帮助",
            *lines(facts.help_available),
        ],
    )


@dataclass(frozen=True, kw_only=True)
class ExtensionFacts(ToPetitioner):
    accepted_on: date
    was_due_on: date
    due_on: date
    reason: str


def extension_notice(facts: ExtensionFacts) -> Paper:
    """Return the 延期告知书 (D11; Art 34; R-36): why, how many days more, and the new last day."""
    days = (facts.due_on - facts.was_due_on).days
    return letter_to_petitioner(
        DocumentKind.D11,
        facts,
        [
            (
                f"上述事项本机关于{day_in_print(facts.accepted_on)}受理，原定办理期限至{day_in_print(facts.was_due_on)}。"
                f"因情况复杂，根据{REGULATIONS}第三十四条，经本机关负责人批准，延长办理期限{days}日，"
                f"至{day_in_print(facts.due_on)}届满。"
            ),
            "延长的理由如下：",
            *lines(facts.reason),
        ],
    )


@dataclass(frozen=True, kw_only=True)
class Destination(ToPetitioner):
    claims: tuple[str, ...] = ()
    went_to: str
    went_on: date
    query: str


def destination_notice(facts: Destination) -> Paper:
    """Return the 去向告知 (D04; Art 23(1)): to whom it went, when, and how to ask."""
    return letter_to_petitioner(
        DocumentKind.NOTICE,
        facts,
        [
            (
                f"根据{REGULATIONS}第二十三条，您反映的事项已于{day_in_print(facts.went_on)}转送{facts.went_to}处理，"
                "由其依法书面告知您接收情况以及处理途径和程序。"
            ),
            *(["涉及的诉求：", *numbered(facts.claims)] if facts.claims else []),
            f"查询方式：{facts.query}",
        ],
    )


@dataclass(frozen=True, kw_only=True)
class Guidance(ToPetitioner):
    claims: tuple[str, ...]
    # which organ or procedure it is for
    guided_to: str


def guidance_notice(facts: Guidance) -> Paper:
    """Return the word that a matter is for another organ or procedure (D04; Art 22(2), 23(1); R-12, R-20)."""
    return letter_to_petitioner(
        DocumentKind.NOTICE,
        facts,
        [
            (
                f"经审查，您的下列诉求不属于本机关以及本系统职权范围，根据{REGULATIONS}的规定，请您向{facts.guided_to}提出。"
            ),
            "涉及的诉求：",
            *numbered(facts.claims),
            "本告知仅说明反映渠道，不是对您诉求是否合理的认定。",
        ],
    )


@dataclass(frozen=True, kw_only=True)
class Kept(ToPetitioner):
    claims: tuple[str, ...]
    # the identical text was answered before
    answered: bool = False


def kept_notice(facts: Kept) -> Paper:
    """Return the word that what was written is kept without further handling (Q13)."""
    why = (
        "您此次反映的内容与此前已经答复的内容相同，本机关已登记留存，原答复不变。"
        if facts.answered
        else "您的来信（来访）内容本机关已登记留存，不需要另行办理。"
    )
    return letter_to_petitioner(
        DocumentKind.NOTICE,
        facts,
        [
            why,
            *numbered(facts.claims),
            "有新的事实、新的证据，或者提出新的诉求的，您可以另行提出，本机关将依法登记。",
        ],
    )


@dataclass(frozen=True, kw_only=True)
class Joined(ToPetitioner):
    pending_number: str
    pending_since: date
    # the day on which a request for 复查 was received, if it is one
    review_received_on: date | None = None


def joined_notice(facts: Joined) -> Paper:
    """Return the written word that a matter was joined to the one that is pending here (Q11)."""
    if facts.review_received_on is not None:
        return letter_to_petitioner(
            DocumentKind.NOTICE,
            facts,
            [
                (
                    f"经核对，您对信访事项（编号：{facts.pending_number}，您于{day_in_print(facts.pending_since)}提出）的"
                    f"处理意见不服，本机关已于{day_in_print(facts.review_received_on)}收到您的复查请求并予以登记，"
                    f"将按照{REGULATIONS}第三十五条的规定办理。"
                ),
            ],
        )
    return letter_to_petitioner(
        DocumentKind.NOTICE,
        facts,
        [
            (
                f"经核对，该事项与您于{day_in_print(facts.pending_since)}提出、正在办理的信访事项"
                f"（编号：{facts.pending_number}）属于同一事项，已一并登记，并入该事项继续办理，原办理期限不变。"
            ),
        ],
    )
