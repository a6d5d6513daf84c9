"""One paper of each kind that is printed here, from invented facts, with every element documents.md §3 asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from documents import wording
from documents.paper import Paper, Table
from documents.states import DocumentKind
from documents.wording.figures import FiguresReport, report_of_figures

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
ADOPTED = wording.ClaimAnswer(
    claim="在路口增设信号灯",
    facts_found="该路口早高峰车流量大。",
    opinion="列入本年度计划。",
    legal_basis="",
    result="adopted",
)
NO_LONGER = wording.NoLonger(
    **HEAD,
    reexamination_number="晋信复核〔2025〕3号",
    reexamined_on=date(2025, 12, 1),
    reexamined_by="山西省住房和城乡建设厅",
    why_the_same="诉求与复核意见所列一致。",
    help_available="可申请临时救助。",
)
CONTESTED = {
    "petition_number": "LS2026-004127",
    "organ": "离石区人民政府",
    "addressee": "王建国",
    "contact": "区政府办公室 赵敏",
    "opinion_of": "吕梁市离石区住房和城乡建设局",
    "opinion_number": "离住建信意〔2026〕9号",
    "opinion_on": date(2026, 3, 10),
    "requested_on": date(2026, 3, 20),
}
FOUND = {
    "held": ("关于第一项诉求：不予支持。温度达标。",),
    "contested_why": ("测温当日室内无人。",),
    "facts_found": "经调取记录，当日未入户。",
    "reasons_held": "未入户测温，不能认定达标。",
    "basis": "《信访工作条例》第三十五条",
}
REMAND = {
    "outcome": "remand",
    "ground": "facts",
    "anew_by_organ": "吕梁市离石区住房和城乡建设局",
    "anew_until": date(2026, 6, 1),
}
HEARD = wording.Heard(
    since=date(2026, 5, 6), until=date(2026, 5, 16), days=10, conclusion="多数听证员认为应当退费。"
)
SUPERVISED = {
    **BETWEEN,
    "facts": "逾期12日未答复。",
    "act": "依法作出处理意见。",
    "due_on": date(2026, 4, 20),
}
RECOMMENDED = {
    **BETWEEN,
    "problem": "同类投诉反复发生。",
    "evidence": "本季度登记三十一件。",
    "proposal": "完善测温规程。",
    "days": 30,
}


@dataclass(frozen=True)
class Sample:
    """A paper with its elements: what each is called in docs/papers.md, and the words that show it."""

    kind: DocumentKind
    paper: Paper
    elements: Mapping[str, str]


def _review(*, reexamination: bool, **facts: object) -> Paper:
    return wording.decision(wording.Decision(**CONTESTED, **FOUND, reexamination=reexamination, **facts))


_LETTER_TO_ORGAN = {
    "信访人": "信访人王建国",
    "编号和收到日期": "编号：LS2026-004127，本机关于2026年3月2日收到",
    "主要内容": "反映小区供暖温度不达标。",
    "职权理由": "供热管理属于住建部门职权。",
    "附件清单": "来信复印件",
    "15日书面告知义务": "自收到本函之日起15日内书面告知信访人",
    "5个工作日异议权": "5个工作日内提出异议",
    "联系方式": "联系方式：办信科 李文斌",
}
_RECEIPT = {
    "收到日期和来源": "由离石区信访局转来的您反映的信访事项（编号：LS2026-004127），本机关已于2026年3月2日收到"
}
_CONTACT = {"联系方式": "联系方式：区住建局信访科 李文斌"}
_CONTEST = {
    "所不服的意见": "作出的处理意见（离住建信意〔2026〕9号）",
    "请求收到日期": "本机关已于2026年3月20日收到",
    "联系方式": "联系方式：区政府办公室 赵敏",
}
_SLIP = {
    "编号": "编号：LS2026-004127",
    "事由": "事由：无正当理由未按规定期限办结",
    "事实": "逾期12日未答复。",
    "办理要求": "依法作出处理意见。",
    "新的期限": "请于2026年4月20日前（含当日）书面反馈",
    "联系方式": "联系方式：办信科 李文斌",
}
_RECOMMENDATION = {
    "问题": "同类投诉反复发生。",
    "依据和事实": "本季度登记三十一件。",
    "建议": "完善测温规程。",
    "反馈期限": "自收到之日起30日内书面反馈采纳情况",
    "采纳答复": "采纳、部分采纳或者不予采纳",
    "联系方式": "联系方式：办信科 李文斌",
}


def _slip(kind: DocumentKind, **facts: object) -> Paper:
    said = {"ground": "无正当理由未按规定期限办结", **SUPERVISED, **facts}
    return wording.slip_letter(wording.Supervised(kind=kind, **said))


def _recommendation(kind: DocumentKind) -> Sample:
    recommended = wording.Recommended(kind=kind, due_on=None, **RECOMMENDED)
    return Sample(kind, wording.recommendation(recommended), _RECOMMENDATION)


def _between_organs() -> dict[str, Sample]:
    return {
        "D02": Sample(DocumentKind.D02, wording.forwarding_letter(FORWARDING), _LETTER_TO_ORGAN),
        "D03": Sample(
            DocumentKind.D03,
            wording.assignment_letter(
                wording.Assignment(**vars(FORWARDING), due_on=date(2026, 4, 1), instruction="请尽快查明。")
            ),
            {
                **_LETTER_TO_ORGAN,
                "办结期限": "2026年4月1日前（含当日）办结",
                "反馈要求": "向本机关反馈办理结果",
                "办结报告": "按要求提交办结报告",
                "领导批示": "领导批示：请尽快查明。",
            },
        ),
        "D09": Sample(
            DocumentKind.D09,
            wording.objection(
                wording.Objection(
                    **BETWEEN,
                    received_on=date(2026, 3, 3),
                    letter_number="离信访转〔2026〕3号",
                    reasons="该路段由交通部门管养。",
                    proper_organ="区交通运输局",
                )
            ),
            {
                "来函文号": "离信访转〔2026〕3号",
                "收到日期": "本机关已于2026年3月3日收到",
                "依据": "第二十三条第三款",
                "详细理由": "该路段由交通部门管养。",
                "有权机关": "区交通运输局",
            },
        ),
        "D09答复": Sample(
            DocumentKind.D09,
            wording.objection_answer(
                wording.ObjectionAnswer(
                    **BETWEEN,
                    letter_number="离住建信异〔2026〕1号",
                    agreed=False,
                    finding="经核属住建职权。",
                )
            ),
            {
                "异议函文号": "离住建信异〔2026〕1号",
                "核实情况": "经核属住建职权。",
                "是否同意": "不同意退回",
                "期限不中止": "自原收到之日起计算",
            },
        ),
        "D24": Sample(
            DocumentKind.D24,
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
            {
                "交办文号和日期": "2026年3月3日以离信访交〔2026〕3号交办",
                "办理过程": "实地测温三次。",
                "办理结果": "已退费。",
                "信访人意见": "满意。",
                "执行情况": "款已到账。",
                "文书清单": "送达回证",
            },
        ),
    }


def _to_petitioners() -> dict[str, Sample]:
    return {
        "D04": Sample(
            DocumentKind.NOTICE,
            wording.destination_notice(
                wording.Destination(
                    **HEAD, went_to="区交通运输局", went_on=date(2026, 3, 4), query="拨打12345"
                )
            ),
            {**_RECEIPT, "去向": "转送区交通运输局处理", "转送日期": "2026年3月4日", "查询方式": "拨打12345"},
        ),
        "D04引导": Sample(
            DocumentKind.NOTICE,
            wording.guidance_notice(wording.Guidance(**HEAD, claims=("补发工资",), guided_to="区人社局")),
            {**_RECEIPT, "诉求": "1. 补发工资", "反映渠道": "向区人社局提出", **_CONTACT},
        ),
        "D04留存": Sample(
            DocumentKind.NOTICE,
            wording.kept_notice(wording.Kept(**HEAD, claims=("表示感谢",))),
            {**_RECEIPT, "处理方式": "不需要另行办理", "另行提出的情形": "有新的事实", **_CONTACT},
        ),
        "D04合并": Sample(
            DocumentKind.NOTICE,
            wording.joined_notice(
                wording.Joined(**HEAD, pending_number="LS2026-000900", pending_since=date(2026, 1, 20))
            ),
            {
                **_RECEIPT,
                "在办事项": "（编号：LS2026-000900）",
                "提出日期": "2026年1月20日",
                "期限不变": "原办理期限不变",
            },
        ),
        "D05": Sample(
            DocumentKind.D05,
            wording.acceptance_notice(
                wording.Acceptance(
                    **HEAD,
                    claims=("退还供暖费", "改造管网"),
                    procedure="按照信访程序调查处理。",
                    opinion_due_on=date(2026, 5, 19),
                    query="凭查询码在网上查询",
                )
            ),
            {
                **_RECEIPT,
                "受理决定": "决定予以受理",
                "诉求": "2. 改造管网",
                "途径和程序": "按照信访程序调查处理。",
                "60日届满日": "60日内，至2026年5月19日止",
                "回避": "应当回避",
                "代理": "委托代理人",
                "查询方式": "凭查询码在网上查询",
                **_CONTACT,
            },
        ),
        "D06": Sample(
            DocumentKind.D06,
            wording.route_notice(
                wording.OtherRoute(
                    **HEAD,
                    claims=("支付拖欠工资",),
                    route=5,
                    procedure="劳动保障监察",
                    body="离石区人力资源和社会保障局",
                    address="某路1号",
                    limit="自违法行为终了之日起二年内",
                    own_deed="移交劳动监察线索。",
                )
            ),
            {
                **_RECEIPT,
                "诉求": "支付拖欠工资",
                "依据": "第三十一条第五项",
                "途径": "途径：劳动保障监察",
                "受理机关": "受理机关：离石区人力资源和社会保障局",
                "地址": "地址：某路1号",
                "已知时限": "自违法行为终了之日起二年内",
                "本机关措施": "移交劳动监察线索。",
                **_CONTACT,
            },
        ),
        "D07": Sample(
            DocumentKind.D07,
            wording.refusal_notice(
                wording.Refusal(
                    **HEAD,
                    claims=("查处某案",),
                    reason="pending_same_matter",
                    facts_found="区住建局2026年2月1日已受理。",
                    where_to_go="请等待区住建局答复。",
                )
            ),
            {
                **_RECEIPT,
                "诉求": "查处某案",
                "理由": "尚在规定期限内",
                "条款": "第十九条第三款",
                "认定的事实": "区住建局2026年2月1日已受理。",
                "反映渠道": "请等待区住建局答复。",
                "不是实体认定": "不是对您诉求是否合理的认定",
                **_CONTACT,
            },
        ),
        "D08": Sample(
            DocumentKind.D08,
            wording.no_longer_notice(NO_LONGER),
            {
                **_RECEIPT,
                "复核机关": "山西省住房和城乡建设厅",
                "复核意见书日期": "2025年12月1日",
                "复核意见书文号": "晋信复核〔2025〕3号",
                "条款": "第三十六条第三款",
                "同一事实和理由": "诉求与复核意见所列一致。",
                "新事实": "有新的事实、新的证据",
                "仍可获得的帮助": "可申请临时救助。",
                **_CONTACT,
            },
        ),
        "D11": Sample(
            DocumentKind.D11,
            wording.extension_notice(
                wording.ExtensionFacts(
                    **HEAD,
                    accepted_on=date(2026, 3, 20),
                    was_due_on=date(2026, 5, 19),
                    due_on=date(2026, 6, 18),
                    reason="需委托鉴定。",
                )
            ),
            {
                **_RECEIPT,
                "原期限": "2026年5月19日",
                "批准": "经本机关负责人批准",
                "延长日数": "延长办理期限30日",
                "新期限": "至2026年6月18日届满",
                "理由": "需委托鉴定。",
                **_CONTACT,
            },
        ),
        "D15": Sample(
            DocumentKind.D15,
            wording.handling_opinion(OPINION),
            {
                **_RECEIPT,
                "诉求": "诉求：退还供暖费",
                "事实和理由": "查明的事实和理由：2026年1月5日实测14度。",
                "处理意见": "退还两个月供暖费。",
                "结果": "处理意见：予以支持",
                "依据": "《山西省供热管理条例》",
                "执行单位": "由某某供热公司负责",
                "执行期限": "2026年5月1日前完成",
                "救济途径": "自收到本意见书之日起30日内，向离石区人民政府提出复查申请",
                **_CONTACT,
            },
        ),
        "D15答复": Sample(
            DocumentKind.D15,
            wording.handling_opinion(wording.Opinion(**HEAD, answers=[ADOPTED], reviewing_organ="")),
            {
                **_RECEIPT,
                "建议": "建议：在路口增设信号灯",
                "研究论证": "该路口早高峰车流量大。",
                "采纳情况": "采纳情况：予以采纳。列入本年度计划。",
                "条款": "第二十九条",
                **_CONTACT,
            },
        ),
    }


def _of_remedies() -> dict[str, Sample]:
    request = {**CONTESTED, "due_on": date(2026, 4, 19)}
    refused = {**CONTESTED, "reason": "out_of_time", "facts_found": "2026年1月3日已签收。"}
    return {
        "D17受理": Sample(
            DocumentKind.D17_ACCEPTED,
            wording.request_accepted(wording.RequestAccepted(**request, reexamination=False)),
            {**_CONTEST, "受理决定": "决定予以受理", "期限": "至2026年4月19日止", "回避": "应当回避"},
        ),
        "D17不予受理": Sample(
            DocumentKind.D17_REFUSED,
            wording.request_refused(wording.RequestRefused(**refused, reexamination=False)),
            {
                **_CONTEST,
                "理由": "已超过收到书面答复之日起30日的期限",
                "条款": "第三十五条",
                "认定的事实": "2026年1月3日已签收。",
                "不是实体认定": "不是对您诉求和处理意见是否合理的认定",
            },
        ),
        "D18": Sample(
            DocumentKind.D18,
            _review(reexamination=False, outcome="maintain", next_organ="吕梁市人民政府"),
            {
                **_CONTEST,
                "原意见": "关于第一项诉求：不予支持。",
                "不服的内容和理由": "测温当日室内无人。",
                "查明的事实": "经调取记录，当日未入户。",
                "认为": "未入户测温，不能认定达标。",
                "结论": "决定维持原意见",
                "依据": "依据：《信访工作条例》第三十五条",
                "救济途径": "自收到本意见书之日起30日内，向吕梁市人民政府提出复核请求",
            },
        ),
        "D18撤销重办": Sample(
            DocumentKind.D18,
            _review(reexamination=False, **REMAND),
            {
                **_CONTEST,
                "撤销理由": "原意见主要事实不清或者证据不足",
                "结论": "撤销原意见，责令限期重新办理",
                "重办机关和期限": "由吕梁市离石区住房和城乡建设局于2026年6月1日前重新作出处理意见",
                "不得相同": "不得以同一事实和理由作出与原意见相同的处理意见",
                "救济途径": "按照该意见书载明的方式提出复查请求",
            },
        ),
        "D19受理": Sample(
            DocumentKind.D19_ACCEPTED,
            wording.request_accepted(wording.RequestAccepted(**request, reexamination=True)),
            {"所不服的意见": "作出的复查意见", "听证时间": "听证所需时间不计算在内", "条款": "第三十六条"},
        ),
        "D19不予受理": Sample(
            DocumentKind.D19_REFUSED,
            wording.request_refused(wording.RequestRefused(**refused, reexamination=True)),
            {
                "所不服的意见": "作出的复查意见",
                "条款": "第三十六条",
                "不是实体认定": "不是对您诉求和复查意见",
            },
        ),
        "D20": Sample(
            DocumentKind.D20,
            _review(reexamination=True, outcome="maintain", heard=(HEARD,)),
            {
                "所不服的意见": "作出的复查意见（离住建信意〔2026〕9号）",
                "听证": "听证情况：多数听证员认为应当退费。",
                "不计算的日数": "共10日",
                "查明的事实": "经调取记录，当日未入户。",
                "结论": "决定维持原意见",
                "不再受理": "仍以同一事实和理由提出投诉请求的，各级机关、单位不再受理",
                "仍可获得的帮助": "法律援助、社会救助、司法救助、调解和心理疏导",
            },
        ),
        "D25": Sample(
            DocumentKind.D25,
            wording.end_notice(
                wording.RemediesOver(
                    organ="离石区信访局",
                    addressee="王建国",
                    contact="办信科 李文斌",
                    petition_number="LS2026-004127",
                    opinion_of="吕梁市人民政府",
                    opinion_number="吕政信核〔2026〕2号",
                    opinion_on=date(2026, 6, 1),
                    concluded=True,
                    open_help="可申请临时救助。",
                )
            ),
            {
                "依据": "第三十六条第三款",
                "复核意见": "（吕政信核〔2026〕2号）",
                "新事实": "有新的事实、新的证据",
                "仍可获得的帮助": "可申请临时救助。",
                "帮助不停止": "以上帮助不因本告知而停止",
                "联系方式": "联系方式：办信科 李文斌",
            },
        ),
    }


def _of_supervision() -> dict[str, Sample]:
    conference = {"会议依据": "经离石区信访工作联席会议2026年第3次会议研究", **_SLIP}
    met = {"meeting": "离石区信访工作联席会议2026年第3次会议"}
    interview = wording.Interview(when="2026年4月10日9时", where="区信访局会议室", called="分管副局长")
    return {
        "催办": Sample(
            DocumentKind.URGE,
            _slip(DocumentKind.URGE, ground="", nth=2),
            {"次数": "现予第2次催办", **{name: words for name, words in _SLIP.items() if name != "事由"}},
        ),
        "D22": Sample(
            DocumentKind.D22,
            _slip(DocumentKind.D22, recommendation="建立台账。"),
            {"条款": "第四十条第一款", "建议": "建立台账。", **_SLIP},
        ),
        "D23改进": _recommendation(DocumentKind.D23A),
        "D23完善": _recommendation(DocumentKind.D23B),
        "D23追责": _recommendation(DocumentKind.D23C),
        "D28": Sample(
            DocumentKind.D28,
            wording.urgent_report(
                wording.UrgentMatter(
                    organ="离石区信访局",
                    petition_number="LS2026-004127",
                    happened="三十余人聚集。",
                    where="区政府门前",
                    scale="三十余人",
                    measures="已派员接谈。",
                    discovered="2026年3月2日9时",
                    recipients=("离石区人民政府", "吕梁市信访局"),
                    contact="值班室 李文斌",
                )
            ),
            {
                "发现时间": "发现时间：2026年3月2日9时",
                "地点": "地点：区政府门前",
                "事件": "事件：三十余人聚集。",
                "规模": "规模：三十余人",
                "措施": "已派员接谈。",
                "报送对象": "离石区人民政府、吕梁市信访局",
                "联系方式": "联系方式：值班室 李文斌",
            },
        ),
        "D30挂牌": Sample(
            DocumentKind.D30_LISTED, _slip(DocumentKind.D30_LISTED, **met), {**conference, "措施": "挂牌督办"}
        ),
        "D30整改": Sample(
            DocumentKind.D30_RECTIFY,
            _slip(DocumentKind.D30_RECTIFY, **met),
            {**conference, "措施": "责令限期整改"},
        ),
        "D30约谈": Sample(
            DocumentKind.D30_INTERVIEW,
            _slip(DocumentKind.D30_INTERVIEW, interview=interview, **met),
            {
                **conference,
                "措施": "决定予以约谈",
                "约谈时间": "约谈时间：2026年4月10日9时",
                "约谈地点": "约谈地点：区信访局会议室",
                "到场人员": "请到场人员：分管副局长",
            },
        ),
        "D30通报": Sample(
            DocumentKind.D30_CIRCULAR,
            _slip(DocumentKind.D30_CIRCULAR, **met),
            {**conference, "措施": "现予通报"},
        ),
        "督办通报": Sample(
            DocumentKind.BULLETIN,
            wording.monthly_bulletin(
                wording.Bulletin(
                    organ="离石区信访局",
                    first=date(2026, 3, 1),
                    last=date(2026, 3, 31),
                    words="请认真办理。",
                    units=[
                        wording.UnitsPart(
                            organ="区住建局", parts=[("逾期未办结", ["LS2026-004127 逾期12日"])]
                        )
                    ],
                    contact="督查科 李文斌",
                )
            ),
            {
                "月份": "2026年3月信访事项督办情况",
                "单位": "一、区住建局",
                "事项": "LS2026-004127 逾期12日",
                "联系方式": "联系方式：督查科 李文斌",
            },
        ),
    }


def _forms() -> dict[str, Sample]:
    return {
        "D01": Sample(
            DocumentKind.D01,
            wording.registration_form(
                wording.Rows(organ="离石区信访局", rows=[("姓名", "王建国"), ("主要内容", "甲\n乙")])
            ),
            {"信访人": "姓名：王建国", "主要内容": "主要内容：甲"},
        ),
        "D16": Sample(
            DocumentKind.D16,
            wording.proof_of_service(wording.Rows(organ="离石区信访局", rows=[("送达方式", "直接送达")])),
            {"送达方式": "送达方式：直接送达"},
        ),
    }


def _of_figures() -> dict[str, Sample]:
    def sample(kind: DocumentKind, elements: dict[str, str], *headings: str, subject: str = "") -> Sample:
        facts = FiguresReport(
            kind=kind,
            organ="离石区信访局",
            subject=subject,
            first=date(2026, 1, 1),
            last=date(2026, 12, 31),
            as_of=date(2027, 1, 3),
            sections=[(heading, ["共登记信访事项1823批。"]) for heading in headings],
            tables=[Table("指标数值和口径", ("指标", "本期"), (("按期答复率", "98.8 %"),))],
            contact="综合科 李文斌",
        )
        common = {"起止日期": "2026年1月1日至2026年12月31日", "口径": "指标数值和口径"}
        return Sample(kind, report_of_figures(facts), {**elements, **common, "联系方式": "综合科 李文斌"})

    of_year = {"数据截至": "数据截至2027年1月3日24时", "四个部分": "四、其他应当报告的事项"}
    return {
        "D29": sample(DocumentKind.D29, of_year, "甲", "乙", "丙", "其他应当报告的事项"),
        "周报": sample(DocumentKind.FIGURES_WEEK, {}, "总体情况"),
        "月报": sample(DocumentKind.FIGURES_MONTH, {}, "总体情况"),
        "专题": sample(DocumentKind.FIGURES_TOPIC, {"专题": "“征地”"}, "基本情况", subject="征地"),
    }


_OF_HEARING = {
    "organ": "离石区信访局",
    "petition_number": "LS2026-004127",
    "hearing_number": "离信听〔2026〕3号",
    "matter": "供暖温度不达标",
    "when": "2026年4月12日09:30",
    "where": "听证室",
}
_BEGINNING = {
    "编号": "编号：LS2026-004127",
    "听证编号": "听证编号：离信听〔2026〕3号",
    "事项": "听证事项：供暖温度不达标",
    "时间": "听证时间：2026年4月12日09:30",
    "地点": "听证地点：听证室",
}


def _of_hearings() -> dict[str, Sample]:
    return {
        "D21通知": Sample(
            DocumentKind.D21_NOTICE,
            wording.hearing_notice(
                wording.Convened(
                    **_OF_HEARING,
                    closed_why="涉及个人隐私",
                    addressees=["王建国", "赵敏"],
                    chair="刘芳",
                    panel=["周律师", "吴代表", "郑委员"],
                    clerk="何文",
                    contact="听证科 李文斌",
                )
            ),
            {
                **_BEGINNING,
                "方式": "听证方式：不公开举行，理由：涉及个人隐私",
                "主持人": "主持人：刘芳",
                "听证员": "听证员：周律师、吴代表、郑委员",
                "记录员": "记录员：何文",
                "代理": "委托一至二名代理人",
                "回避": "有权申请回避",
                "证据": "请携带身份证件和证据材料",
                "缺席后果": "视为放弃听证",
                "联系方式": "联系方式：听证科 李文斌",
            },
        ),
        "D21笔录": Sample(
            DocumentKind.D21_RECORD,
            wording.hearing_record(
                wording.Recorded(
                    **_OF_HEARING,
                    attended=["主持人：刘芳（离石区信访局）"],
                    absent=["孙某"],
                    recusal="主持人询问是否申请回避，无人申请。",
                    steps=[
                        wording.StepHeld(
                            name="信访人陈述", time="09:40—10:00", said=["王建国：室内只有十四度。"]
                        )
                    ],
                    exhibits=["测温记录（王建国出示）"],
                    pauses=["2026年4月12日10:30，有新的证人：请测温员到场"],
                    closed_at="2026年4月12日11:30",
                    signatures=["王建国：拒绝签名，理由：记录不全"],
                    digest="ab" * 32,
                )
            ),
            {
                **_BEGINNING,
                "参加人员": "主持人：刘芳（离石区信访局）",
                "未到场": "未到场：孙某",
                "回避": "无人申请。",
                "过程": "信访人陈述（09:40—10:00）",
                "各方要点": "王建国：室内只有十四度。",
                "中止": "有新的证人：请测温员到场",
                "证据": "测温记录（王建国出示）",
                "签名": "拒绝签名，理由：记录不全",
                "结束时间": "结束时间：2026年4月12日11:30",
                "校验值": "ab" * 32,
            },
        ),
        "D21报告": Sample(
            DocumentKind.D21_REPORT,
            wording.hearing_report(
                wording.Reported(
                    **_OF_HEARING,
                    facts_found="当日未入户测温。",
                    disputes="测温是否有效。",
                    votes=["支持：2人", "不支持：1人", "不支持的理由：证据不足"],
                    outcome="支持。",
                    basis="建议退费，依据供热管理条例。",
                    promises=["五月底前退费（区住建局，李文斌，2026年5月31日前）"],
                )
            ),
            {
                **_BEGINNING,
                "事实": "当日未入户测温。",
                "争议": "测温是否有效。",
                "意见和人数": "支持：2人",
                "不同意见": "不支持的理由：证据不足",
                "结论": "四、听证结论",
                "建议和依据": "建议和依据：建议退费，依据供热管理条例。",
                "落实单位和期限": "区住建局，李文斌，2026年5月31日前",
                "不是处理意见": "不是处理意见",
            },
        ),
    }


def _inside() -> dict[str, Sample]:
    return {
        "D10": Sample(
            DocumentKind.D10,
            wording.extension_form(
                wording.ExtensionAsked(
                    organ="吕梁市离石区住房和城乡建设局",
                    petition_number="LS2026-004127",
                    accepted_on=date(2026, 3, 2),
                    was_due_on=date(2026, 5, 1),
                    days=20,
                    reason="需要委托鉴定。",
                    asked_by="李文斌",
                    asked_on=date(2026, 4, 20),
                    decided_by="刘芳",
                    decided_on=date(2026, 4, 21),
                    due_on=date(2026, 5, 21),
                )
            ),
            {
                "编号": "信访事项编号：LS2026-004127",
                "原期限": "原办理期限：2026年5月1日",
                "延长日数": "申请延长日数：20日",
                "理由": "情况复杂的理由：需要委托鉴定。",
                "申请": "李文斌，2026年4月20日",
                "决定": "同意延长，办理期限延长至2026年5月21日。",
                "审批人": "刘芳，2026年4月21日",
            },
        ),
        "D13": Sample(
            DocumentKind.D13,
            wording.investigation_report(
                wording.Inquired(
                    organ="吕梁市离石区住房和城乡建设局",
                    petition_number="LS2026-004127",
                    received_on=date(2026, 3, 2),
                    accepted_on=date(2026, 3, 5),
                    petitioner="王建国",
                    process=["2026年3月10日，调查：入户测温。"],
                    answers=[ANSWER],
                    evidence=["测温记录.pdf"],
                    investigators="李文斌",
                )
            ),
            {
                "背景": "信访人王建国反映的信访事项（编号：LS2026-004127），2026年3月2日收到",
                "过程": "2026年3月10日，调查：入户测温。",
                "逐项查明": "（一）退还供暖费",
                "事实": "查明的事实：2026年1月5日实测14度。",
                "依据": "依据：《山西省供热管理条例》",
                "证据": "测温记录.pdf",
                "建议": "予以支持：退还两个月供暖费。",
                "调查人员": "调查人员：李文斌",
            },
        ),
    }


PAPERS: Mapping[str, Sample] = {
    **_forms(),
    **_inside(),
    **_of_hearings(),
    **_to_petitioners(),
    **_between_organs(),
    **_of_remedies(),
    **_of_supervision(),
    **_of_figures(),
}


def said(paper: Paper) -> str:
    return "\n".join([paper.title, paper.addressee, *paper.paragraphs, paper.remedy, *paper.enclosures])
