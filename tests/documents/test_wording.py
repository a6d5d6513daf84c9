"""What each kind of paper has to say (documents.md §3), and what none may (R-44)."""

import re
from dataclasses import replace
from datetime import date

import pytest

from documents import wording
from documents.paper import Paper
from lib.errors import Refused

LAWSUIT = re.compile("诉讼|起诉|法院|行政复议")

MATTER = wording.Matter(number="LS2026-004127", received_on=date(2026, 3, 2), received_from="离石区信访局")
HEAD = {
    "organ": "吕梁市离石区住房和城乡建设局",
    "addressee": "王建国",
    "matter": MATTER,
    "contact": "区住建局信访科 李文斌",
}
BETWEEN = {
    "organ": "离石区信访局",
    "addressee": "吕梁市离石区住房和城乡建设局",
    "petition_number": "LS2026-004127",
    "contact": "办信科 李文斌",
}
FORWARDING = wording.Forwarding(
    **BETWEEN,
    petitioner="王建国",
    received_on=date(2026, 3, 2),
    summary="反映小区供暖温度不达标。\n\n请求退费。",
    reason="供热管理属于住建部门职权。",
    enclosures=("来信复印件",),
)
ANSWER = wording.ClaimAnswer(
    claim="退还供暖费",
    facts_found="2026年1月5日实测14度。",
    opinion="退还两个月供暖费。",
    legal_basis="《山西省供热管理条例》",
    result="support",
    executed_by="某某供热公司",
    execute_until=date(2026, 5, 1),
)
OPINION = wording.Opinion(**HEAD, answers=[ANSWER], reviewing_organ="离石区人民政府")
NO_LONGER = wording.NoLonger(
    **HEAD,
    reexamination_number="晋信复核〔2025〕3号",
    reexamined_on=date(2025, 12, 1),
    reexamined_by="山西省住房和城乡建设厅",
    why_the_same="诉求与复核意见所列一致。",
    help_available="可申请临时救助。",
)

# Each paper with what documents.md §3 asks of it.
PAPERS: dict[str, tuple[Paper, list[str]]] = {
    "d02": (
        wording.forwarding_letter(FORWARDING),
        [
            "LS2026-004127",
            "王建国",
            "反映小区供暖温度不达标。",
            "请求退费。",
            "属于住建部门职权",
            "15日内书面告知",
            "5个工作日内提出异议",
            "办信科 李文斌",
            "来信复印件",
        ],
    ),
    "d03": (
        wording.assignment_letter(
            wording.Assignment(**vars(FORWARDING), due_on=date(2026, 4, 1), instruction="请尽快查明。")
        ),
        ["请尽快查明。", "2026年4月1日前（含当日）办结", "反馈办理结果", "办结报告", "15日内", "5个工作日"],
    ),
    "d05": (
        wording.acceptance_notice(
            wording.Acceptance(
                **HEAD,
                claims=("退还供暖费", "改造管网"),
                procedure="按照信访程序调查处理。",
                opinion_due_on=date(2026, 5, 19),
                query="凭查询码在网上查询",
            )
        ),
        [
            "王建国",
            "1. 退还供暖费",
            "2. 改造管网",
            "2026年3月2日收到",
            "由离石区信访局转来",
            "予以受理",
            "按照信访程序调查处理。",
            "60日",
            "2026年5月19日",
            "回避",
            "委托",
            "李文斌",
            "凭查询码在网上查询",
        ],
    ),
    "d06": (
        wording.route_notice(
            wording.OtherRoute(
                **HEAD,
                claims=("支付拖欠工资",),
                route=2,
                procedure="劳动争议仲裁",
                body="离石区劳动人事争议仲裁院",
                address="某路1号",
                limit="自知道权利被侵害之日起一年内",
                own_deed="移交劳动监察线索。",
            )
        ),
        [
            "支付拖欠工资",
            "第三十一条第二项",
            "劳动争议仲裁",
            "仲裁院",
            "某路1号",
            "一年内",
            "移交劳动监察线索。",
        ],
    ),
    "d07": (
        wording.refusal_notice(
            wording.Refusal(
                **HEAD,
                claims=("查处某案",),
                reason="pending_same_matter",
                facts_found="区住建局2026年2月1日已受理。",
                where_to_go="请等待区住建局答复。",
            )
        ),
        [
            "查处某案",
            "第十九条第三款",
            "不予受理",
            "2026年2月1日已受理",
            "请等待区住建局答复。",
            "不是对您诉求是否合理的认定",
            "李文斌",
        ],
    ),
    "d08": (
        wording.no_longer_notice(NO_LONGER),
        [
            "晋信复核〔2025〕3号",
            "2025年12月1日",
            "省住房和城乡建设厅",
            "第三十六条第三款",
            "不再受理",
            "诉求与复核意见所列一致。",
            "新的事实",
            "可申请临时救助。",
        ],
    ),
    "d09": (
        wording.objection(
            wording.Objection(
                **BETWEEN,
                received_on=date(2026, 3, 3),
                letter_number="离信访转〔2026〕3号",
                reasons="该路段由交通部门管养。",
                proper_organ="区交通运输局",
            )
        ),
        ["离信访转〔2026〕3号", "2026年3月3日", "第二十三条第三款", "该路段由交通部门管养。", "区交通运输局"],
    ),
    "d09_answer": (
        wording.objection_answer(
            wording.ObjectionAnswer(
                **BETWEEN, letter_number="离住建信异〔2026〕1号", agreed=False, finding="经核属住建职权。"
            )
        ),
        ["离住建信异〔2026〕1号", "经核属住建职权。", "不同意退回", "自原收到之日起计算"],
    ),
    "d11": (
        wording.extension_notice(
            wording.ExtensionFacts(
                **HEAD,
                accepted_on=date(2026, 3, 20),
                was_due_on=date(2026, 5, 19),
                due_on=date(2026, 6, 18),
                reason="需委托鉴定。",
            )
        ),
        ["第三十四条", "需委托鉴定。", "延长办理期限30日", "2026年5月19日", "2026年6月18日", "负责人批准"],
    ),
    "d15": (
        wording.handling_opinion(OPINION),
        [
            "2026年3月2日收到",
            "由离石区信访局转来",
            "诉求：退还供暖费",
            "2026年1月5日实测14度。",
            "予以支持",
            "退还两个月供暖费。",
            "《山西省供热管理条例》",
            "某某供热公司",
            "2026年5月1日前完成",
            "自收到本意见书之日起30日内，向离石区人民政府提出复查申请",
        ],
    ),
    "d24": (
        wording.completion_report(
            wording.Completion(
                **BETWEEN,
                assignment_number="离信访交〔2026〕3号",
                assigned_on=date(2026, 3, 3),
                process="实地测温三次。",
                result="已退费。",
                petitioners_view="满意。",
                execution="款已到账。",
                documents=("处理意见书", "送达回证"),
            )
        ),
        [
            "离信访交〔2026〕3号",
            "2026年3月3日",
            "实地测温三次。",
            "已退费。",
            "满意。",
            "款已到账。",
            "送达回证",
        ],
    ),
    "d04": (
        wording.destination_notice(
            wording.Destination(**HEAD, went_to="区交通运输局", went_on=date(2026, 3, 4), query="拨打12345")
        ),
        ["区交通运输局", "2026年3月4日", "拨打12345"],
    ),
    "joined": (
        wording.joined_notice(
            wording.Joined(**HEAD, pending_number="LS2026-000900", pending_since=date(2026, 1, 20))
        ),
        ["LS2026-000900", "2026年1月20日", "原办理期限不变", "已一并登记"],
    ),
    "d01": (
        wording.registration_form(
            wording.Rows(organ="离石区信访局", rows=[("姓名", "王建国"), ("主要内容", "甲\n乙")])
        ),
        ["姓名：王建国", "主要内容：甲", "乙"],
    ),
    "d16": (
        wording.proof_of_service(wording.Rows(organ="离石区信访局", rows=[("送达方式", "直接送达")])),
        ["送达方式：直接送达"],
    ),
}


def said(paper: Paper) -> str:
    return "\n".join([paper.title, paper.addressee, *paper.paragraphs, paper.remedy, *paper.enclosures])


@pytest.mark.parametrize(("paper", "elements"), PAPERS.values(), ids=PAPERS)
def test_each_paper_has_its_required_elements(paper, elements):
    assert [element for element in elements if element not in said(paper)] == []


@pytest.mark.parametrize("paper", [paper for paper, _ in PAPERS.values()], ids=PAPERS)
def test_no_paper_offers_a_lawsuit(paper):
    """R-44: registering, accepting, forwarding and reviewing are outside administrative litigation."""
    assert not LAWSUIT.search(said(paper))


@pytest.mark.parametrize("reason", wording.REFUSAL_GROUNDS)
def test_no_reason_for_not_accepting_offers_a_lawsuit(reason):
    paper = wording.refusal_notice(
        wording.Refusal(**HEAD, claims=("甲",), reason=reason, facts_found="乙", where_to_go="丙")
    )

    assert not LAWSUIT.search(said(paper))
    assert wording.REFUSAL_GROUNDS[reason].article in said(paper)


def test_only_the_opinion_has_a_remedy():
    with_remedy = {name for name, (paper, _) in PAPERS.items() if paper.remedy}

    assert with_remedy == {"d15"}


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
