"""What each kind of paper has to say (documents.md §3), and what none may (R-44)."""

import re
from dataclasses import replace

import pytest

from documents import wording
from lib.errors import Refused
from tests.documents.papers import ANSWER, CONTESTED, FOUND, HEAD, OPINION, PAPERS, REMAND, said

LAWSUIT = re.compile("诉讼|起诉|法院|行政复议")


@pytest.mark.parametrize("sample", PAPERS.values(), ids=PAPERS)
def test_no_paper_offers_a_lawsuit(sample):
    """R-44: registering, accepting, forwarding and reviewing are outside administrative litigation."""
    assert not LAWSUIT.search(said(sample.paper))


@pytest.mark.parametrize("reason", wording.REFUSAL_GROUNDS)
def test_no_reason_for_not_accepting_offers_a_lawsuit(reason):
    paper = wording.refusal_notice(
        wording.Refusal(**HEAD, claims=("甲",), reason=reason, facts_found="乙", where_to_go="丙")
    )

    assert not LAWSUIT.search(said(paper))
    assert wording.REFUSAL_GROUNDS[reason].article in said(paper)


def test_only_opinions_have_a_remedy():
    with_remedy = {name for name, sample in PAPERS.items() if sample.paper.remedy}

    assert with_remedy == {"D15", "D18", "D18撤销重办", "D20"}


@pytest.mark.parametrize("route", range(1, 6))
def test_r_44_no_route_into_another_procedure_promises_a_lawsuit_by_itself(route):
    """What the officer wrote of the procedure is his; the sentences around it name the item of Art 31 and no court."""
    paper = wording.route_notice(
        wording.OtherRoute(**HEAD, claims=("甲",), route=route, procedure="乙", body="丙", address="丁")
    )

    assert not LAWSUIT.search(said(paper))
    assert f"第三十一条第{'一二三四五'[route - 1]}项" in said(paper)
    assert paper.remedy == ""


@pytest.mark.parametrize("outcome", wording.OUTCOMES)
@pytest.mark.parametrize("reexamination", [False, True], ids=["review", "re-examination"])
def test_r_42_r_44_the_way_on_follows_from_the_stage_and_the_outcome(reexamination, outcome):
    """Review leads to re-examination, re-examination to nothing further, a remand to the new opinion."""
    needs = {
        "maintain": {},
        "change": {"ground": "basis", "changed_to": "explain"},
        "revoke": {"ground": "power"},
        "remand": REMAND,
    }
    facts = {"outcome": outcome, "next_organ": "" if reexamination else "吕梁市人民政府", **needs[outcome]}
    paper = wording.decision(wording.Decision(**CONTESTED, **FOUND, reexamination=reexamination, **facts))

    way_on = {
        (False, False): "向吕梁市人民政府提出复核请求",
        (True, False): "各级机关、单位不再受理",
        (False, True): "按照该意见书载明的方式提出复查请求",
        (True, True): "按照该意见书载明的方式提出复查请求",
    }
    assert way_on[reexamination, outcome == "remand"] in paper.remedy
    assert not LAWSUIT.search(said(paper))


def test_reasons_that_are_switched_off_have_no_words():
    """Q12"""
    off = {"legislature_court_procuratorate", "review_right_lapsed"}

    assert off & set(wording.REFUSAL_GROUNDS) == set()


def test_a_matter_on_another_route_has_no_sixty_days():
    """Only RT6 carries them (R-36)."""
    notice = wording.acceptance_notice(wording.Acceptance(**HEAD, claims=("甲",), procedure="乙"))

    assert "60日" not in said(notice)


def test_rt6_is_led_nowhere_else():
    with pytest.raises(ValueError, match="RT6"):
        wording.route_notice(
            wording.OtherRoute(**HEAD, claims=("甲",), route=6, procedure="乙", body="丙", address="丁")
        )


def test_every_claim_is_answered_apart():
    """D15, R-34: claim, facts and reasons, opinion and legal basis, and one of three results for each."""
    explained = replace(
        ANSWER, claim="改造管网", result="explain", opinion="已列入明年计划。", executed_by=""
    )
    refused = replace(ANSWER, claim="赔偿误工费", result="not_support", opinion="于法无据。", executed_by="")
    opinion = wording.handling_opinion(replace(OPINION, answers=[ANSWER, explained, refused]))

    headings = [words for words in opinion.paragraphs if words.startswith(("一、", "二、", "三、"))]
    assert headings == ["一、关于第一项诉求", "二、关于第二项诉求", "三、关于第三项诉求"]
    results = [words for words in opinion.paragraphs if words.startswith("处理意见：")]
    assert results == [
        "处理意见：予以支持。退还两个月供暖费。",
        "处理意见：解释说明。已列入明年计划。",
        "处理意见：不予支持。于法无据。",
    ]


def test_twenty_claims_are_counted_in_chinese():
    opinion = wording.handling_opinion(replace(OPINION, answers=[ANSWER] * 21))

    headings = [words for words in opinion.paragraphs if "关于第" in words]
    assert [headings[9], headings[10], headings[19], headings[20]] == [
        "十、关于第十项诉求",
        "十一、关于第十一项诉求",
        "二十、关于第二十项诉求",
        "二十一、关于第二十一项诉求",
    ]


@pytest.mark.parametrize(
    "opinion",
    [
        pytest.param(replace(OPINION, answers=[]), id="no claim answered"),
        *(
            pytest.param(replace(OPINION, answers=[replace(ANSWER, **{part: " "})]), id=f"no {part}")
            for part in ("claim", "facts_found", "opinion", "legal_basis")
        ),
        pytest.param(replace(OPINION, answers=[replace(ANSWER, executed_by="")]), id="supported, by nobody"),
        pytest.param(
            replace(OPINION, answers=[replace(ANSWER, execute_until=None)]), id="supported, at no time"
        ),
        pytest.param(replace(OPINION, reviewing_organ=""), id="nobody reviews it"),
    ],
)
def test_an_opinion_that_lacks_a_part_is_not_drawn_up(opinion):
    """R-34, INV-3 of law.md §3: request, facts, opinion, legal basis, outcome."""
    with pytest.raises(Refused):
        wording.handling_opinion(opinion)
