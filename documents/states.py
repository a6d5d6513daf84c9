"""What a paper can be: its kinds, where it stands, how it is served. Codes are stored, words shown.

A printed paper is always Chinese, whatever language its drafter reads, so what is printed stands here in Chinese.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentKind(models.TextChoices):
    """文书种类, by the numbers of documents.md §3."""

    D01 = "d01", _("Registration form")
    D02 = "d02", _("Forwarding letter")
    D03 = "d03", _("Assignment letter")
    D05 = "d05", _("Notice of acceptance")
    D06 = "d06", _("Notice of the statutory route")
    D07 = "d07", _("Notice of non-acceptance")
    D08 = "d08", _("Notice that the matter is not accepted again")
    D09 = "d09", _("Letter of objection and return")
    D10 = "d10", _("Approval form of an extension")
    D11 = "d11", _("Notice of extension")
    D13 = "d13", _("Investigation report")
    D14 = "d14", _("Mediation or settlement agreement")
    D15 = "d15", pgettext_lazy("kind of document", "Handling opinion")
    D16 = "d16", _("Proof of service")
    # 复查 and 复核 (Art 35, 36): that a request is accepted or not, and the opinion on it
    D17_ACCEPTED = "d17_yes", _("Notice that a review is accepted")
    D17_REFUSED = "d17_no", _("Notice that a review is not accepted")
    D18 = "d18", _("Review opinion")
    D19_ACCEPTED = "d19_yes", _("Notice that a re-examination is accepted")
    D19_REFUSED = "d19_no", _("Notice that a re-examination is not accepted")
    D20 = "d20", _("Re-examination opinion")
    # of a hearing on a petition (Art 31(6), 36(2))
    D21_NOTICE = "d21_notice", _("Notice of a hearing")
    D21_RECORD = "d21_record", _("Record of a hearing")
    D21_REPORT = "d21_report", _("Report of a hearing")
    # to an organ that is slow; the next step is the order
    URGE = "urge", _("Urging notice")
    D22 = "d22", _("Supervision order")
    # 三项建议 (Art 40)
    D23A = "d23a", _("Recommendation to improve work")
    D23B = "d23b", _("Recommendation to complete a policy")
    D23C = "d23c", _("Recommendation to pursue liability")
    D24 = "d24", _("Completion report")
    D25 = "d25", _("Notice of the end of the remedies")
    D28 = "d28", _("Report of a grave and urgent matter")
    # 信访情况年度报告, with the four parts of Art 41(1)
    D29 = "d29", _("Annual report")
    # by the joint conference alone (Art 39(3); D30)
    D30_LISTED = "d30_listed", _("Notice of listed supervision")
    D30_RECTIFY = "d30_rect", _("Order to rectify within a time")
    D30_INTERVIEW = "d30_talk", _("Notice of an interview")
    D30_CIRCULAR = "d30_circ", _("Circular")
    # 督办情况通报: the month's list, from facts that stand in the register (Art 39)
    BULLETIN = "bulletin", _("Monthly bulletin of supervision")
    # of an office's figures, without any petition (data-standard §5)
    FIGURES_WEEK = "fig_week", _("Weekly brief")
    FIGURES_MONTH = "fig_month", _("Monthly report of figures")
    FIGURES_TOPIC = "fig_topic", _("Analysis of a topic")
    # in the sealed lane only
    D27 = "d27", _("Handing over of a report")
    # where it went (D04), joined to what is pending (Q11), and whatever else has to be told in writing
    NOTICE = "notice", _("Other written notice")


TITLES = {
    DocumentKind.D01: "信访登记表",
    DocumentKind.D02: "信访事项转送函",
    DocumentKind.D03: "信访事项交办函",
    DocumentKind.D05: "信访事项受理告知书",
    DocumentKind.D06: "依法分类处理信访诉求途径告知书",
    DocumentKind.D07: "信访事项不予受理告知书",
    DocumentKind.D08: "信访事项不再受理告知书",
    DocumentKind.D09: "信访事项异议退回函",
    DocumentKind.D10: "信访事项延期办理审批表",
    DocumentKind.D11: "信访事项延期办理告知书",
    DocumentKind.D13: "信访事项调查报告",
    DocumentKind.D14: "信访事项调解（和解）协议书",
    DocumentKind.D15: "信访事项处理意见书",
    DocumentKind.D16: "送达回证",
    DocumentKind.D17_ACCEPTED: "信访事项复查受理告知书",
    DocumentKind.D17_REFUSED: "信访事项复查不予受理告知书",
    DocumentKind.D18: "信访事项复查意见书",
    DocumentKind.D19_ACCEPTED: "信访事项复核受理告知书",
    DocumentKind.D19_REFUSED: "信访事项复核不予受理告知书",
    DocumentKind.D20: "信访事项复核意见书",
    DocumentKind.D21_NOTICE: "听证通知书",
    DocumentKind.D21_RECORD: "听证笔录",
    DocumentKind.D21_REPORT: "听证报告",
    DocumentKind.URGE: "信访事项催办通知单",
    DocumentKind.D22: "信访事项督办函",
    DocumentKind.D23A: "改进工作建议书",
    DocumentKind.D23B: "完善政策建议书",
    DocumentKind.D23C: "追究责任建议书",
    DocumentKind.D24: "信访事项办结报告",
    DocumentKind.D25: "信访事项终结告知书",
    DocumentKind.D28: "重大紧急信访事项报告",
    DocumentKind.D29: "信访情况年度报告",
    DocumentKind.D30_LISTED: "信访事项挂牌督办通知书",
    DocumentKind.D30_RECTIFY: "责令限期整改通知书",
    DocumentKind.D30_INTERVIEW: "约谈通知书",
    DocumentKind.D30_CIRCULAR: "信访工作情况通报",
    DocumentKind.BULLETIN: "信访事项督办情况通报",
    DocumentKind.FIGURES_WEEK: "信访情况周报",
    DocumentKind.FIGURES_MONTH: "信访情况通报",
    DocumentKind.FIGURES_TOPIC: "信访专题分析",
    DocumentKind.D27: "检举控告移送单",
    DocumentKind.NOTICE: "信访事项告知书",
}

# 文种 in the number; kinds with the same word share one series.
NUMBER_WORDS = {
    DocumentKind.D01: "登",
    DocumentKind.D02: "转",
    DocumentKind.D03: "交",
    DocumentKind.D05: "告",
    DocumentKind.D06: "告",
    DocumentKind.D07: "告",
    DocumentKind.D08: "告",
    DocumentKind.D09: "异",
    DocumentKind.D10: "延",
    DocumentKind.D11: "告",
    DocumentKind.D13: "调报",
    DocumentKind.D14: "调",
    DocumentKind.D15: "意",
    DocumentKind.D16: "证",
    DocumentKind.D17_ACCEPTED: "查告",
    DocumentKind.D17_REFUSED: "查告",
    DocumentKind.D18: "查",
    DocumentKind.D19_ACCEPTED: "核告",
    DocumentKind.D19_REFUSED: "核告",
    DocumentKind.D20: "核",
    DocumentKind.D21_NOTICE: "听通",
    DocumentKind.D21_RECORD: "听录",
    DocumentKind.D21_REPORT: "听报",
    DocumentKind.URGE: "催",
    DocumentKind.D22: "督",
    DocumentKind.D23A: "建",
    DocumentKind.D23B: "建",
    DocumentKind.D23C: "建",
    DocumentKind.D24: "报",
    DocumentKind.D25: "告",
    DocumentKind.D28: "急",
    DocumentKind.D29: "年",
    DocumentKind.D30_LISTED: "挂",
    DocumentKind.D30_RECTIFY: "改",
    DocumentKind.D30_INTERVIEW: "约",
    DocumentKind.D30_CIRCULAR: "通",
    DocumentKind.BULLETIN: "通",
    DocumentKind.FIGURES_WEEK: "周",
    DocumentKind.FIGURES_MONTH: "情",
    DocumentKind.FIGURES_TOPIC: "析",
    DocumentKind.D27: "移",
    DocumentKind.NOTICE: "告",
}

# What is handed or posted to the petitioners; everything else stays between organs, or was signed by the parties.
GOES_TO_PETITIONERS = frozenset(
    {
        DocumentKind.D05,
        DocumentKind.D06,
        DocumentKind.D07,
        DocumentKind.D08,
        DocumentKind.D11,
        DocumentKind.D15,
        DocumentKind.D17_ACCEPTED,
        DocumentKind.D17_REFUSED,
        DocumentKind.D18,
        DocumentKind.D19_ACCEPTED,
        DocumentKind.D19_REFUSED,
        DocumentKind.D20,
        DocumentKind.D25,
        DocumentKind.NOTICE,
    }
)

# These pass on or tell, and decide nothing on the matter: who drafts one may approve it, so that sixty letters are
# routed at one sitting and a visitor is told on the spot (Art 22, 23(2); R-20). An urging reminds of a day that stands
# anyway, and a report of an urgent matter cannot wait for a second hand. A bulletin is drawn up by the system
# from the register, and a person issues it. An objection and its answer say what stands in the register with its day
# (Art 23(3)), and the papers of a hearing what its panel voted and what was signed. That the remedies are over follows
# from what stands there. Everything else takes two persons (documents.md §1).
ONE_HAND = frozenset(
    {
        DocumentKind.D01,
        DocumentKind.D02,
        DocumentKind.D03,
        DocumentKind.D09,
        DocumentKind.D16,
        DocumentKind.D21_NOTICE,
        DocumentKind.D21_RECORD,
        DocumentKind.D21_REPORT,
        DocumentKind.D25,
        DocumentKind.D28,
        DocumentKind.NOTICE,
        DocumentKind.URGE,
        DocumentKind.BULLETIN,
    }
)


class State(models.TextChoices):
    """Approval comes before issue (documents.md §1); an issued paper stays as it is (Q18).

    退回修改: whoever approves sends a draft back. It stays with the remark, and another draft is drawn up.
    """

    DRAFT = "draft", pgettext_lazy("state of a document", "Draft")
    APPROVED = "approved", pgettext_lazy("state of a document", "Approved")
    ISSUED = "issued", pgettext_lazy("state of a document", "Issued")
    RETURNED = "returned", pgettext_lazy("state of a document", "Sent back for revision")


# What may still be approved and issued; anything else stays as it is.
NOT_YET_OUT = frozenset({State.DRAFT, State.APPROVED})


class Method(models.TextChoices):
    """送达方式, after civil procedure (documents.md §2)."""

    IN_PERSON = "in_person", pgettext_lazy("method of service", "In person")
    ADULT_FAMILY = "adult_family", pgettext_lazy("method of service", "To an adult of the same household")
    POST = "post", pgettext_lazy("method of service", "By post")
    ELECTRONIC = "electronic", pgettext_lazy("method of service", "Electronically, with consent")
    LEFT_WITH_WITNESS = "left_with_witness", pgettext_lazy("method of service", "Left there before a witness")
    ANNOUNCEMENT = "announcement", pgettext_lazy("method of service", "By announcement")


# After so many days an announcement counts as received (documents.md §2).
ANNOUNCEMENT_DAYS = 30


class View(models.TextChoices):
    """What the petitioner said of the paper on receiving it; it decides nothing (Q38)."""

    AGREE = "agree", pgettext_lazy("view of the petitioner", "Agrees")
    DISAGREE = "disagree", pgettext_lazy("view of the petitioner", "Disagrees")
    UNCLEAR = "unclear", pgettext_lazy("view of the petitioner", "Not clear")
