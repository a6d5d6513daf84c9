"""What the worker does with the file of a petition: asks again who may have it, binds it, and keeps it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat, hat_of
from cases.actions import dossiers
from cases.dossiers.contents import pieces_of
from cases.models import Dossier, ExportPurpose, ExportStop, Petition
from cases.people import may_read_papers
from documents.binding import Cover, bind
from documents.paper import day_in_print
from lib.errors import OutOfTurn

Clock = Callable[[], datetime]
_PURPOSE_IN_PRINT = {
    ExportPurpose.OWN_WORK: "本人工作核对",
    ExportPurpose.MEETING: "会议使用",
    ExportPurpose.SUPERIOR: "报上级机关",
    ExportPurpose.INSPECTION: "督查检查",
    ExportPurpose.HANDING_OVER: "工作移交",
}


def carry_on(dossier_id: UUID, *, clock: Clock) -> None:
    """Bind the file that this worker holds, as whoever asked for it sees it now."""
    now = clock()
    dossier = Dossier.objects.select_related("asker").get(pk=dossier_id)
    hat = hat_of(dossier.asker, dossier.post_id, on=timezone.localdate(now))
    petition = _readable(dossier, hat) if hat is not None else None
    try:
        if hat is None or petition is None:
            dossiers.stop_dossier(dossier_id, stop=ExportStop.NOT_ALLOWED, by=hat, now=now)
            return
        bound = bind(_cover(petition, dossier, hat, now), pieces_of(petition, hat, now=now))
        dossiers.finish_dossier(dossier_id, content=bound.content, pages=bound.pages, by=hat, now=clock())
    except OutOfTurn:
        # Another worker was taken for the one to go on.
        return


def _readable(dossier: Dossier, hat: Hat) -> Petition | None:
    """Return the petition of a file if it is still in the open lane and the hat reads its papers."""
    rows = Petition.objects.visible_to(hat).select_related(
        "words", "register_organ", "place", "content_category"
    )
    found = rows.filter(pk=dossier.petition_id, sealed=False).first()
    return found if found is not None and may_read_papers(found, hat) else None


def _cover(petition: Petition, dossier: Dossier, hat: Hat, now: datetime) -> Cover:
    purpose = _PURPOSE_IN_PRINT[ExportPurpose(dossier.purpose)]
    day = day_in_print(timezone.localdate(now))
    return Cover(
        title="信访事项卷宗",
        organ=petition.register_organ.name,
        rows=[
            ("信访事项编号", petition.number),
            ("概况", petition.words.title),
            ("收到日期", day_in_print(timezone.localdate(petition.received_at))),
            ("导出人", f"{hat.organ.name} {hat.user.name}"),
            ("导出时间", f"{timezone.localtime(now):%Y-%m-%d %H:%M}"),
            ("用途", purpose),
        ],
        mark=f"{hat.organ.short_name} {hat.user.name} {day} {purpose}",
    )
