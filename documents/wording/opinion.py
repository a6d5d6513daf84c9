"""The handling opinion: every claim answered with every part the law asks for, and the one way on (D15; Art 32, 35)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from documents.paper import Paper, day_in_print
from documents.states import DocumentKind
from documents.wording.sentences import REGULATIONS, ToPetitioner, labelled, letter_to_petitioner, numeral
from lib.errors import Refused

# The three results of Art 32, by the codes of a claim's outcome.
RESULTS: Mapping[str, str] = {"support": "予以支持", "explain": "解释说明", "not_support": "不予支持"}
# What came of a suggestion (Art 29; Q20). It is studied and answered; there is nothing to review (Art 35).
ADOPTIONS: Mapping[str, str] = {
    "adopted": "予以采纳",
    "partly_adopted": "部分采纳",
    "not_adopted": "不予采纳",
}
REPLY_TITLE = "信访事项答复书"


@dataclass(frozen=True, kw_only=True)
class ClaimAnswer:
    """The answer to one claim: every part that Art 32 asks for, or what came of a suggestion (Art 29)."""

    claim: str
    facts_found: str
    opinion: str
    legal_basis: str
    # a key of RESULTS or of ADOPTIONS
    result: str
    # who carries out a supporting opinion, and until when
    executed_by: str = ""
    execute_until: date | None = None

    @property
    def is_on_a_suggestion(self) -> bool:
        return self.result in ADOPTIONS


@dataclass(frozen=True, kw_only=True)
class Opinion(ToPetitioner):
    answers: Sequence[ClaimAnswer]
    # 上一级机关、单位: who reviews what this organ decides
    reviewing_organ: str


def handling_opinion(facts: Opinion) -> Paper:
    """Return the 信访处理意见书 (D15; Art 32, 35; R-34): each claim answered apart, and the way to 复查.

    Where all are suggestions it is a plain reply under another title, without a way to 复查 (Art 29; Q20).

    :raises Refused: if a part of an answer is missing, or nobody is entered who reviews it
    """
    _refuse_unless_whole(facts)
    if all(answer.is_on_a_suggestion for answer in facts.answers):
        return replace(
            letter_to_petitioner(DocumentKind.D15, facts, _reply(facts.answers)), title=REPLY_TITLE
        )
    paragraphs = ["本机关依法受理并进行了调查核实，现提出如下处理意见。"]
    for at, answer in enumerate(facts.answers, 1):
        paragraphs += [f"{numeral(at)}、关于第{numeral(at)}项诉求", *_answer(answer)]
    return letter_to_petitioner(
        DocumentKind.D15, facts, paragraphs, remedy=way_to_review(facts.reviewing_organ, opinion=facts.organ)
    )


def _answer(answer: ClaimAnswer) -> list[str]:
    if answer.is_on_a_suggestion:
        return _adoption(answer)
    return [
        *labelled("诉求", answer.claim),
        *labelled("查明的事实和理由", answer.facts_found),
        *labelled("处理意见", f"{RESULTS[answer.result]}。{answer.opinion}"),
        *labelled("法律法规政策依据", answer.legal_basis),
        *_execution(answer),
    ]


def _reply(answers: Sequence[ClaimAnswer]) -> list[str]:
    paragraphs = [f"感谢您提出建议意见。本机关已按照{REGULATIONS}第二十九条认真研究论证，现答复如下。"]
    for at, answer in enumerate(answers, 1):
        paragraphs += [f"{numeral(at)}、关于第{numeral(at)}项建议", *_adoption(answer)]
    return paragraphs


def _adoption(answer: ClaimAnswer) -> list[str]:
    basis = labelled("依据", answer.legal_basis) if answer.legal_basis.strip() else []
    return [
        *labelled("建议", answer.claim),
        *labelled("研究论证情况", answer.facts_found),
        *labelled("采纳情况", f"{ADOPTIONS[answer.result]}。{answer.opinion}"),
        *basis,
    ]


def way_to_review(reviewing_organ: str, *, opinion: str) -> str:
    """Return the remedy against a handling opinion: 复查 within 30 days of receipt, with whom (Art 35; R-40)."""
    return (
        f"如对{opinion}作出的本处理意见不服，您可以自收到本意见书之日起30日内，向{reviewing_organ}提出复查申请"
        f"（{REGULATIONS}第三十五条）。"
    )


def _execution(answer: ClaimAnswer) -> list[str]:
    if not answer.executed_by:
        return []
    until = f"，于{day_in_print(answer.execute_until)}前完成" if answer.execute_until else ""
    return [f"执行：由{answer.executed_by}负责{until}。"]


def _refuse_unless_whole(facts: Opinion) -> None:
    parts = [
        part
        for answer in facts.answers
        for part in (answer.claim, answer.facts_found, answer.opinion, *_basis_owed(answer))
    ]
    if not parts or not all(part.strip() for part in parts):
        raise Refused(_("Each claim needs its facts and reasons, the opinion and its legal basis (Art 32)."))
    unexecuted = [
        answer
        for answer in facts.answers
        if answer.result == "support" and not (answer.executed_by and answer.execute_until)
    ]
    if unexecuted:
        raise Refused(_("A claim that is supported needs who carries it out and until when (Art 32)."))
    reviewable = any(not answer.is_on_a_suggestion for answer in facts.answers)
    if reviewable and not facts.reviewing_organ.strip():
        raise Refused(
            _("No next-higher organ is entered for this organ, so nobody could review the opinion.")
        )


def _basis_owed(answer: ClaimAnswer) -> list[str]:
    return [] if answer.is_on_a_suggestion else [answer.legal_basis]
