"""Words of hearings as papers print them: always Chinese, whatever language their writer reads."""

from collections.abc import Mapping

from hearings.states import PauseGround, SeatRole, Step, Vote

ROLE_IN_PRINT: Mapping[SeatRole, str] = {
    SeatRole.CHAIR: "主持人",
    SeatRole.PANEL: "听证员",
    SeatRole.CLERK: "记录员",
    SeatRole.PETITIONER: "信访人（代表）",
    SeatRole.AGENT: "信访人的代理人",
    SeatRole.OFFICER: "承办机关、单位人员",
    SeatRole.EXPERT: "律师、专家",
    SeatRole.THIRD_PARTY: "利害关系人",
    SeatRole.WITNESS: "证人",
}
STEP_IN_PRINT: Mapping[Step, str] = {
    Step.OPENING: "宣布听证开始，核对身份，告知权利和纪律",
    Step.PETITIONER: "信访人陈述",
    Step.ORGAN: "承办机关、单位陈述",
    Step.POLICY: "政策解读",
    Step.INQUIRY: "听证调查",
    Step.LAST_WORDS: "最后陈述",
    Step.COMMENTS: "听证员评议",
    Step.DELIBERATION: "合议",
    Step.ANNOUNCEMENT: "宣布听证结论",
    Step.SIGNING: "核对笔录和签名",
}
VOTE_IN_PRINT: Mapping[Vote, str] = {
    Vote.SUPPORT: "支持",
    Vote.BY_STAGES: "支持，分阶段落实",
    Vote.PARTLY: "部分支持",
    Vote.AGAINST: "不支持",
}
PAUSE_IN_PRINT: Mapping[PauseGround, str] = {
    PauseGround.FORCE: "当事人遇不可抗力",
    PauseGround.RECUSAL: "临时申请回避",
    PauseGround.WITNESS: "有新的证人",
    PauseGround.RETEST: "需要重新鉴定",
    PauseGround.PARTY: "当事人不能继续参加",
    PauseGround.OTHER: "其他",
}
