"""What lies in the file of a petition, in the order of documents.md §4."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.hats import Hat
from audit.models import Entry
from cases.dossiers.sources import papers_above
from cases.handlings import addressees
from cases.models import Claim, Petition, PetitionDocument, Progress
from cases.papers import petitioners_of
from cases.states import AttachmentKind
from documents import wording
from documents.binding import Piece
from documents.layout import render
from documents.models import Document, ServiceRecord
from documents.paper import Paper, day_in_print
from documents.states import DocumentKind, Method, State
from infra.models import StoredFile
from lib.masking import mask_text

_PDF = "application/pdf"
# Papers in the order of the file; what stands in no place here comes after them.
_ORDER = (
    *(DocumentKind.D02, DocumentKind.D03, DocumentKind.D09),
    *(DocumentKind.NOTICE, DocumentKind.D05, DocumentKind.D06, DocumentKind.D07, DocumentKind.D08),
    *(DocumentKind.D13, DocumentKind.D14, DocumentKind.D10, DocumentKind.D11, DocumentKind.D15),
    *(DocumentKind.D17_ACCEPTED, DocumentKind.D17_REFUSED, DocumentKind.D18),
    *(DocumentKind.D19_ACCEPTED, DocumentKind.D19_REFUSED, DocumentKind.D20),
    *(DocumentKind.D21_NOTICE, DocumentKind.D21_RECORD, DocumentKind.D21_REPORT),
    *(DocumentKind.URGE, DocumentKind.D22, DocumentKind.D23A, DocumentKind.D23B, DocumentKind.D23C),
    *(DocumentKind.D24, DocumentKind.D25),
)
_PLACE: Mapping[str, int] = {kind: at for at, kind in enumerate(_ORDER)}
# between the notices and the report lie the records of what was done (D12), after the opinion the proofs of service
_RECORDS, _PROOFS = _PLACE[DocumentKind.D13], _PLACE[DocumentKind.D17_ACCEPTED]
_METHOD_IN_PRINT: Mapping[Method, str] = {
    Method.IN_PERSON: "直接送达",
    Method.ADULT_FAMILY: "同住成年家属签收",
    Method.POST: "邮寄送达",
    Method.ELECTRONIC: "经同意电子送达",
    Method.LEFT_WITH_WITNESS: "留置送达",
    Method.ANNOUNCEMENT: "公告送达",
}
_ATTACHED_IN_PRINT: Mapping[AttachmentKind, str] = {
    AttachmentKind.SCAN: "来信扫描件",
    AttachmentKind.PHOTO: "照片",
    AttachmentKind.AUDIO: "录音",
    AttachmentKind.POWER_OF_ATTORNEY: "授权委托书",
    AttachmentKind.NAME_LIST: "签名页",
    AttachmentKind.DOCUMENT: "材料",
}
# Deeds by which somebody read what is kept on people, as the extract of the log prints them.
_READINGS: Mapping[str, str] = {
    "petition.look": "查看信访人信息",
    "petition.read_letter": "查阅来信",
    "petition.fetch_file": "下载附件",
    "petition.fetch_paper": "下载文书",
    "petition.fetch_evidence": "下载送达凭证",
    "petition.print": "打印",
    "petition.ask_dossier": "申请导出卷宗",
    "petition.fetch_dossier": "下载卷宗",
}


def pieces_of(petition: Petition, hat: Hat, *, now: datetime) -> list[Piece]:
    """Return what lies in the file of a petition of the open lane for a hat that reads its papers.

    Numbers of persons are covered in what is printed here; scans and issued papers are as they are.
    """
    own = PetitionDocument.objects.filter(petition=petition, document__state=State.ISSUED)
    papers = [
        *Document.objects.filter(case__in=own).select_related("file", "organ"),
        *papers_above(petition, hat),
    ]
    papers.sort(key=lambda paper: (_place(paper), paper.dated_on or now.date(), paper.pk))
    return [
        _printed(_card(petition), petition.registered_at),
        *_attached(petition),
        *(_paper(paper) for paper in papers if _place(paper) < _RECORDS),
        *_records(petition),
        *(_paper(paper) for paper in papers if _RECORDS <= _place(paper) < _PROOFS),
        *_proofs(petition, papers),
        *(_paper(paper) for paper in papers if _place(paper) >= _PROOFS),
        _printed(_log(petition), now),
    ]


def _place(paper: Document) -> int:
    return _PLACE.get(paper.kind, len(_ORDER))


def _attached(petition: Petition) -> Iterator[Piece]:
    for attachment in petition.attachments.filter(removed_at=None).select_related("file").order_by("pk"):
        name = _ATTACHED_IN_PRINT[AttachmentKind(attachment.kind)]
        yield _stored(attachment.file, f"{name} {attachment.file.name}", attachment.added_at)


def _card(petition: Petition) -> Paper:
    claims = Claim.objects.filter(petition=petition).order_by("number")
    rows = [
        ("信访事项编号", petition.number),
        ("收到日期", day_in_print(timezone.localdate(petition.received_at))),
        ("信访人", petitioners_of(petition)),
        ("人数", str(petition.petitioner_count)),
        ("内容分类", petition.content_category.name),
        ("问题属地", petition.place.name),
        ("概况", petition.words.title),
        ("主要内容", mask_text(petition.words.text)),
        *((f"诉求{claim.number}", mask_text(claim.wording)) for claim in claims),
    ]
    return wording.registration_form(wording.Rows(organ=petition.register_organ.name, rows=rows))


def _records(petition: Petition) -> Iterator[Piece]:
    """Yield the files of what was done while it was handled (D12)."""
    notes = Progress.objects.filter(handling__petition=petition).exclude(file=None).select_related("file")
    for note in notes.order_by("done_on", "pk"):
        if note.file is not None:
            yield _stored(note.file, f"调查笔录 {note.file.name}", note.noted_at)


def _proofs(petition: Petition, papers: Iterable[Document]) -> Iterator[Piece]:
    """Yield the proof of each service that stands, and what shows it (D16)."""
    names = {person.pk: person.name for person in addressees(petition)}
    for paper in papers:
        services = (
            ServiceRecord.objects.standing().filter(document=paper).select_related("evidence", "recorder")
        )
        for service in services.order_by("recorded_at", "pk"):
            form = wording.proof_of_service(
                wording.Rows(organ=paper.organ.name, rows=_of_service(paper, service, names))
            )
            yield _printed(form, service.recorded_at)
            if service.evidence is not None:
                yield _stored(service.evidence, f"送达凭证 {service.evidence.name}", service.recorded_at)


def _of_service(paper: Document, service: ServiceRecord, names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    refused = [("拒收理由", service.refusal_reason), ("见证人", "、".join(service.witnesses))]
    rows = [
        ("文书名称和文号", f"{paper.title} {paper.number}"),
        ("受送达人", names.get(service.petitioner_ref, "信访人")),
        ("送达方式", _METHOD_IN_PRINT[Method(service.method)]),
        ("收到日期", day_in_print(service.served_on)),
        ("代收人和关系", " ".join((service.received_by, service.relation)).strip()),
        ("送达人", service.served_by or service.recorder.name),
        *(refused if service.refused else []),
    ]
    return [(name, words) for name, words in rows if words]


def _log(petition: Petition) -> Paper:
    entries = Entry.objects.about(petition).filter(verb__in=_READINGS).order_by("at", "id")
    rows = [
        (f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}", f"{one.actor_words}，{_READINGS[one.verb]}")
        for one in entries
    ]
    return Paper(
        title="查阅记录",
        organ=petition.register_organ.name,
        addressee="",
        paragraphs=tuple(f"{when}：{words}" for when, words in rows) or ("无。",),
    )


def _paper(document: Document) -> Piece:
    file = document.file
    assert file is not None  # noqa: S101  an issued paper has its file
    return Piece(
        name=document.title,
        number=document.number,
        day=document.dated_on.isoformat() if document.dated_on else "",
        content_type=file.content_type,
        content=_bytes_of(file),
        sha256=file.sha256,
    )


def _stored(file: StoredFile, name: str, at: datetime) -> Piece:
    return Piece(
        name=name,
        number="",
        day=timezone.localdate(at).isoformat(),
        content_type=file.content_type,
        content=_bytes_of(file),
        sha256=file.sha256,
    )


def _printed(paper: Paper, at: datetime) -> Piece:
    day = timezone.localdate(at)
    return Piece(
        name=paper.title, number="", day=day.isoformat(), content_type=_PDF, content=render(paper), sha256=""
    )


def _bytes_of(file: StoredFile) -> bytes:
    with default_storage.open(file.path) as kept:
        return bytes(kept.read())
