"""The demo's service guides: one kept by a unit, in both languages, one by the petition office for another."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.roles import Role
from config.demo.content import PETITION_OFFICE
from config.demo.desks import Desks
from portal.actions import Guide, post_guide
from portal.models import ServiceGuide

_OF_TITLES, _OF_RELIEF = "ZR", "MZ"
_BEFORE = timedelta(days=40)


def guide(*, latest: datetime) -> int:
    """Post two service guides; once in a world."""
    if ServiceGuide.objects.exists():
        return 0
    desks, now = Desks(timezone.localdate(latest)), latest - _BEFORE
    on = timezone.localdate(now)
    titles = Guide(
        organ_id=desks.organ_ids[_OF_TITLES],
        title="商品房转移登记",
        steps="窗口或网上提交资料\n当场核对，一次告知缺什么\n五个工作日内审核登簿\n凭身份证领取不动产权证书",
        papers="买卖双方身份证\n网签备案的购房合同\n购房发票\n契税完税凭证\n登记申请书（窗口提供）",
        title_en="Registering the transfer of a flat",
        steps_en=(
            "Hand in the papers at the window or on the net\n"
            "They are checked at once, and you are told all that is missing\n"
            "Examined and entered within five working days\n"
            "Collect the certificate with your identity card"
        ),
        papers_en=(
            "Identity cards of buyer and seller\n"
            "The filed purchase contract\n"
            "Invoice of the purchase\n"
            "Receipt of the deed tax\n"
            "Application form, given at the window"
        ),
        valid_from=on,
    )
    post_guide(titles, by=desks.one(_OF_TITLES, Role.UNIT_HEAD), now=now)
    relief = Guide(
        organ_id=desks.organ_ids[_OF_RELIEF],
        title="临时救助申请",
        steps="向户籍地或居住地乡镇（街道）提出\n入户核实\n公示七天\n按月发放到卡",
        papers="身份证、户口簿\n困难情况说明\n医疗费或事故的凭证\n银行卡复印件",
        valid_from=on,
    )
    post_guide(relief, by=desks.one(PETITION_OFFICE, Role.OFFICE_DIRECTOR), now=now)
    return 2
