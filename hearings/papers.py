"""The papers of a hearing on a petition, printed from what stands in it (D21; hearing.md §7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.hats import Hat
from cases.models import PetitionDocument
from cases.papers import contact_of
from documents import parts as documents
from documents import wording
from documents.models import Document
from documents.paper import Paper, day_in_print
from documents.states import DocumentKind
from hearings.in_print import PAUSE_IN_PRINT, ROLE_IN_PRINT, STEP_IN_PRINT, VOTE_IN_PRINT
from hearings.models import Hearing, HearingPaper, Seat
from hearings.parts import standing_seats
from hearings.records import name_of, names_of
from hearings.states import NOTIFIED, PauseGround, SeatRole, Step, Vote
from lib.transactions import require_transaction


def issue_notice(hearing: Hearing, *, by: Hat, now: datetime) -> Document:
    """Issue the notice of the day that stands to petitioners and officers; an earlier day's stays in the file."""
    require_transaction("issue_notice")
    seats, names = standing_seats(hearing), names_of(hearing.petition)
    said = {role: [name_of(seat, names) for seat in seats if seat.role == role] for role in SeatRole}
    paper = wording.hearing_notice(
        wording.Convened(
            **_of(hearing),
            addressees=[name_of(seat, names) for seat in seats if seat.role in NOTIFIED],
            chair="、".join(said[SeatRole.CHAIR]),
            panel=said[SeatRole.PANEL],
            clerk="、".join(said[SeatRole.CLERK]),
            contact=contact_of(by),
        )
    )
    return _issue(hearing, DocumentKind.D21_NOTICE, paper, by=by, now=now)


def issue_record(hearing: Hearing, *, by: Hat, now: datetime) -> Document:
    """Issue the record of a hearing that is frozen, with the hash of what was signed."""
    require_transaction("issue_record")
    names = names_of(hearing.petition)
    seats = list(hearing.seats.select_related("post__user", "post__organ", "panelist").order_by("pk"))
    came = [seat for seat in seats if seat.came]
    asked = hearing.recusal_asked_at
    paper = wording.hearing_record(
        wording.Recorded(
            **_of(hearing),
            attended=[f"{ROLE_IN_PRINT[SeatRole(seat.role)]}：{_who(seat, names)}" for seat in came],
            absent=[_who(seat, names) for seat in seats if not seat.came],
            recusal=f"主持人于{_moment(asked)}询问是否申请回避，处理完毕。" if asked else "未记录。",
            steps=_steps(hearing, seats, names),
            exhibits=[
                f"{row.what}（{name_of(row.seat, names)}出示）"
                for row in hearing.exhibits.select_related("seat__post__user", "seat__panelist").order_by(
                    "pk"
                )
            ],
            pauses=[
                f"{_moment(row.began_at)}，{PAUSE_IN_PRINT[PauseGround(row.ground)]}：{row.why}"
                for row in hearing.pauses.order_by("pk")
            ],
            closed_at=_moment(hearing.closed_at),
            signatures=[_signature(seat, names) for seat in came],
            digest=hearing.digest,
        )
    )
    return _issue(hearing, DocumentKind.D21_RECORD, paper, by=by, now=now)


def issue_report(hearing: Hearing, *, by: Hat, now: datetime) -> Document:
    """Issue the report of a hearing: what its panel found and recommends, with dissent, and what was promised."""
    require_transaction("issue_report")
    panel = hearing.seats.exclude(vote="").filter(left_at=None).order_by("pk")
    votes = [(Vote(seat.vote), seat.vote_words) for seat in panel]
    promised = hearing.commitments.select_related("organ", "responsible__user").order_by("pk")
    paper = wording.hearing_report(
        wording.Reported(
            **_of(hearing),
            facts_found=hearing.facts,
            disputes=hearing.disputes,
            votes=[
                *_counted([vote for vote, _words in votes]),
                *(f"{VOTE_IN_PRINT[vote]}的理由：{words}" for vote, words in votes if words),
            ],
            outcome=f"{VOTE_IN_PRINT[Vote(hearing.outcome)]}。",
            basis=hearing.basis,
            promises=[
                f"{row.words}（{row.organ.name}，{row.responsible.user.name if row.responsible else ''}，"
                f"{day_in_print(row.due_on)}前）"
                for row in promised
            ],
        )
    )
    return _issue(hearing, DocumentKind.D21_REPORT, paper, by=by, now=now)


def _issue(hearing: Hearing, kind: DocumentKind, paper: Paper, *, by: Hat, now: datetime) -> Document:
    document = documents.issue_at_once(kind, organ=hearing.organ, paper=paper, drafted_by=by, by=by, now=now)
    PetitionDocument.objects.hang(document, hearing.petition)
    called_to = hearing.begins_at if kind == DocumentKind.D21_NOTICE else None
    HearingPaper.objects.create(hearing=hearing, document=document, begins_at=called_to)
    return document


def _of(hearing: Hearing) -> dict[str, Any]:
    """Return what each paper of a hearing begins with."""
    return {
        "organ": hearing.organ.name,
        "petition_number": hearing.petition.number,
        "hearing_number": hearing.number,
        "matter": hearing.petition.words.title,
        "when": _moment(hearing.begins_at),
        "where": hearing.room.name if hearing.room else "",
        "closed_why": hearing.closed_why,
    }


def _steps(hearing: Hearing, seats: Sequence[Seat], names: dict[int, str]) -> list[wording.StepHeld]:
    who = {seat.pk: _who(seat, names) for seat in seats}
    entries = list(hearing.entries.order_by("begun_at", "pk"))
    return [
        wording.StepHeld(
            name=STEP_IN_PRINT[Step(run.step)],
            time="—".join(f"{timezone.localtime(at):%H:%M}" for at in (run.began_at, run.ended_at) if at),
            said=[
                f"{who[entry.seat_id]}：{entry.text}" if entry.seat_id else entry.text
                for entry in entries
                if entry.step == run.step
            ],
        )
        for run in hearing.runs.order_by("step")
    ]


def _who(seat: Seat, names: dict[int, str]) -> str:
    name = name_of(seat, names)
    if seat.post is not None:
        return f"{name}（{seat.post.organ.name}）"
    from_where = seat.panelist.from_where if seat.panelist else ""
    return f"{name}（{from_where}）" if from_where else name


def _signature(seat: Seat, names: dict[int, str]) -> str:
    if seat.refused_why:
        return f"{name_of(seat, names)}：拒绝签名，理由：{seat.refused_why}"
    return f"{name_of(seat, names)}：已签名，{_moment(seat.signed_at)}"


def _counted(votes: Sequence[Vote]) -> list[str]:
    return [f"{VOTE_IN_PRINT[vote]}：{votes.count(vote)}人" for vote in Vote if vote in votes]


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{day_in_print(local.date())}{local:%H:%M}"
