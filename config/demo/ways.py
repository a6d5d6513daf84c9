"""The demo's petitions on their ways: every deed through the action that a page would call, at its own moment."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from audit.parts import Actor
from cases.actions.accepting import Checklist, Concluded, Pending, accept, convert, decline
from cases.actions.attachments import add_to_petition
from cases.actions.corrections import decide_void, propose_void
from cases.actions.finishing import confirm_resolved, finish, propose_resolved, report_upward
from cases.actions.handling import (
    ask_co_handling,
    ask_extension,
    decide_extension,
    execute,
    feed_back,
    find,
    note_progress,
)
from cases.actions.papers import draft_opinion, issue_paper, post_paper, serve_paper
from cases.actions.receiving import deem_received, sign_for
from cases.actions.reporting import decide_report, report_completion
from cases.actions.routing import countersign_keep, decide_return, object_to, route
from cases.findings import Found, Mediated
from cases.handlings import addressees
from cases.models import CoHandling, Handling, Petition, Petitioner, Route
from cases.routes import Decision
from cases.states import AttachmentKind, Outcome, PetitionClass, RegisterLevel, RouteKind, StatutoryRoute
from config.demo.content import DemoWorld
from config.demo.content_of_ways import DemoWay, Until
from config.demo.desks import Desks
from config.demo.pacing import Deed, Task, Workdays, service_of, timed_tasks
from config.demo.registering import DEMO_SUBMISSIONS, submission_id_of
from config.demo.suggestions import study_before
from config.demo.timetable import draw
from config.demo.turns import confirm, die, dispute, end, join, send_word, withdraw
from config.demo.walk import Walk, pdf_of
from documents.models import Document
from documents.rules import Sent, Service
from documents.states import DocumentKind, Method, State, View

# who takes in nothing and signs nothing, and writes what the hour brings
CLOCK = Actor(words="clock")


def walk_all(world: DemoWorld, *, today: date, latest: datetime, workdays: Workdays) -> int:
    """Do what is still to be done on the demo's petitions, in the order of time. Return how many deeds that were.

    A petition on which people have done something of their own is left where they brought it.
    """
    desks = Desks(today)
    keys = [submission_id_of(petition) for petition in world.petitions]
    rows = {row.submission_id: row for row in Petition.objects.filter(submission_id__in=keys)}
    done = _history([row.pk for row in rows.values()])
    coming: list[tuple[datetime, int, Walk, Task]] = []
    for number, demo in enumerate(world.petitions):
        row = rows[submission_id_of(demo)]
        walk = Walk(demo, row.pk, world.phrases, desks)
        plan = timed_tasks(
            demo, registered_at=row.registered_at, today=today, latest=latest, workdays=workdays
        )
        verbs = done.get(str(row.pk), [])
        if verbs == [timed.task.deed.value for timed in plan[: len(verbs)]]:
            coming += [(timed.moment, number, walk, timed.task) for timed in plan[len(verbs) :]]
    for moment, _number, walk, task in sorted(coming, key=lambda one: one[:2]):
        _DOING[task.deed](walk, task, moment)
    return len(coming)


def _history(petition_ids: Sequence[UUID]) -> dict[str, list[str]]:
    """Return the verbs of what was done on each petition, one for each moment: an action may write several."""
    entries = Entry.objects.filter(
        subject_kind=Petition._meta.label_lower,
        subject_id__in=[str(pk) for pk in petition_ids],
        verb__in=[deed.value for deed in Deed],
    )
    verbs: dict[str, dict[datetime, str]] = {}
    for subject_id, at, verb in entries.order_by("seq").values_list("subject_id", "at", "verb"):
        verbs.setdefault(subject_id, {}).setdefault(at, verb)
    return {subject_id: list(by_moment.values()) for subject_id, by_moment in verbs.items()}


def _attach(walk: Walk, task: Task, now: datetime) -> None:
    demo = walk.demo
    writer = "、".join(demo.people) or "匿名"
    file = pdf_of(demo.scan, demo.title, writer, demo.text.splitlines(), timezone.localdate(now))
    add_to_petition(walk.petition_id, file=file, kind=AttachmentKind.SCAN, by=walk.office("attach"), now=now)


def _propose_void(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    if way.void_ground is None:
        message = f"{walk.demo.title}: void on no ground"
        raise ValueError(message)
    stays = Petition.objects.filter(submission_id=uuid5(DEMO_SUBMISSIONS, way.stays)).first()
    propose_void(
        walk.petition_id,
        ground=way.void_ground,
        stays_number=stays.number if stays else "",
        reason=way.reason,
        by=walk.office(),
        now=now,
    )


def _confirm_void(walk: Walk, task: Task, now: datetime) -> None:
    head = walk.desks.one(walk.demo.office, Role.SECTION_HEAD)
    decide_void(walk.petition_id, confirm=True, by=head, now=now)


_KIND_OF = {
    Until.GUIDED: RouteKind.GUIDE,
    Until.KEPT: RouteKind.KEEP,
    Until.KEEP_PROPOSED: RouteKind.KEEP,
}


def _route(walk: Walk, task: Task, now: datetime) -> None:
    way, petition = walk.way(task), walk.petition()
    own = way.unit == walk.demo.office
    kind = RouteKind.SELF_HANDLE if own else _KIND_OF.get(way.until, way.kind)
    unclear = petition.petition_class is None and bool(way.unit)
    due_on = timezone.localdate(now) + timedelta(days=way.report_within)
    decision = Decision(
        kind=kind,
        claims=way.claims,
        organ_id=walk.desks.organ_ids[way.unit] if way.unit and not own else None,
        petition_class=way.petition_class if unclear else None,
        report_due_on=due_on if kind is RouteKind.ASSIGN else None,
        guided_to=way.guided_to,
        keep_ground=way.keep_ground,
        simple_ground=way.simple,
        told=way.told,
        reason=way.reason,
    )
    made = route(walk.petition_id, decision, seen_version=petition.version, by=walk.office(), now=now)
    send_word(walk, made, now)


def _countersign(walk: Walk, task: Task, now: datetime) -> None:
    made = Route.objects.get(petition=walk.petition_id, ended_at=None)
    head = walk.desks.one(walk.demo.office, Role.SECTION_HEAD)
    countersign_keep(walk.petition_id, made.pk, agree=True, by=head, now=now)


def _sign(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    sign_for(walk.petition_id, walk.handling_id(way), by=walk.clerk(way), now=now)


def _deem(walk: Walk, task: Task, now: datetime) -> None:
    deem_received([walk.handling_id(walk.way(task))], by=CLOCK, now=now)


def _object(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    object_to(
        walk.petition_id,
        walk.handling_id(way),
        reason=way.objection,
        proper_organ=way.proper_organ,
        by=walk.clerk(way),
        now=now,
    )


def _decide_return(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    decide_return(
        walk.petition_id,
        walk.handling_id(way),
        agree=way.until is Until.RETURNED,
        finding=way.answer,
        by=walk.office(),
        now=now,
    )


def _checklist(walk: Walk, way: DemoWay, handling: Handling) -> Checklist:
    """Return the five points with their usual facts, or with those the way names."""
    usual = {
        point: variants[draw(walk.demo.title, point, len(variants))].format(unit=handling.organ.short_name)
        for point, variants in walk.phrases["checklist"].items()
    }
    return Checklist(**{**usual, **way.facts})


def _number(walk: Walk, way: DemoWay, index: int) -> int:
    return way.claims_of(len(walk.demo.claims))[index]


def _accept(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    handling, number = walk.handling(way), _number(walk, way, task.index)
    suggestion = handling.claims.get(number=number).petition_class == PetitionClass.SUGGESTION
    accept(
        walk.petition_id,
        handling.pk,
        number,
        statutory_route=None if suggestion else StatutoryRoute(way.statutory_route),
        checklist=_checklist(walk, way, handling),
        decided_on=timezone.localdate(now),
        where_to_go=way.where_to_go,
        by=walk.clerk(way),
        now=now,
    )


def _decline(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    handling = walk.handling(way)
    if way.refusal is None:
        message = f"{walk.demo.title}: declined for no reason"
        raise ValueError(message)
    decline(
        walk.petition_id,
        handling.pk,
        _number(walk, way, task.index),
        reason=way.refusal,
        checklist=_checklist(walk, way, handling),
        where_to_go=way.where_to_go,
        decided_on=timezone.localdate(now),
        concluded=Concluded(**way.concluded) if way.concluded else None,
        pending=Pending(number=way.pending["number"], level=RegisterLevel(way.pending["level"]))
        if way.pending
        else None,
        by=walk.clerk(way),
        now=now,
    )


def _convert(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    convert(walk.petition_id, walk.handling_id(way), reason=way.converted, by=walk.clerk(way), now=now)


def _papers(handling: Handling, *, opinion: bool) -> list[Document]:
    """Return a handling's opinion, or what it tells the petitioner before that, in the order of drawing up."""
    hung = Document.objects.filter(case__handling=handling).order_by("drafted_at", "pk")
    told_before = hung.exclude(kind__in=["d02", "d03", "d11", "d15", "d24"])
    return list(hung.filter(kind=DocumentKind.D15) if opinion else told_before)


def _issue(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    papers = _papers(walk.handling(way), opinion=task.opinion)
    draft = next(paper for paper in papers if paper.state == State.DRAFT)
    issue_paper(walk.petition_id, draft.pk, version=draft.version, by=walk.head(way), now=now)


def _paper_and_person(
    walk: Walk, handling: Handling, task: Task, *, opinion: bool
) -> tuple[Document, Petitioner]:
    people = addressees(handling.petition)
    number, person = divmod(task.index, 5)
    return _papers(handling, opinion=opinion)[number], people[person]


def _post(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    paper, person = _paper_and_person(walk, walk.handling(way), task, opinion=True)
    mail_number = f"XA{draw(f'{walk.demo.title}{task.index}', 'mail', 10**8):08d}14"
    sent = Sent(petitioner_ref=person.pk, posted_on=timezone.localdate(now), mail_number=mail_number)
    post_paper(walk.petition_id, paper.pk, sent, by=walk.clerk(way), now=now)


def _serve(walk: Walk, task: Task, now: datetime) -> None:
    clerk = walk.clerk(way := walk.way(task))
    paper, person = _paper_and_person(walk, walk.handling(way), task, opinion=task.opinion)
    method = service_of(walk.demo, way) if task.opinion or way.service is None else Method.IN_PERSON
    words = walk.phrases["service"]
    views = (View.AGREE, View.AGREE, View.UNCLEAR, View.DISAGREE)
    left, family = method is Method.LEFT_WITH_WITNESS, method is Method.ADULT_FAMILY
    service = Service(
        petitioner_ref=person.pk,
        method=method,
        served_on=timezone.localdate(now),
        served_by=clerk.user.name,
        received_by=way.received_by if family else "" if left else person.name,
        relation=way.relation if family else "",
        refused=left,
        refusal_reason=words["refusal"] if left else "",
        witnesses=tuple(words["witnesses"]) if left else (),
        consent_ref=words["consent"] if method is Method.ELECTRONIC else "",
        view=views[draw(walk.demo.title, "view", len(views))] if task.opinion and not left else None,
    )
    serve_paper(walk.petition_id, paper.pk, service, by=clerk, now=now)


def _ask_help(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    asked = way.help[task.index]
    ask_co_handling(
        walk.petition_id,
        walk.handling_id(way),
        organ_id=walk.desks.organ_ids[asked.unit],
        wanted=asked.wanted,
        due_on=timezone.localdate(now) + timedelta(days=asked.within),
        by=walk.clerk(way),
        now=now,
    )


def _feed_back(walk: Walk, task: Task, now: datetime) -> None:
    asked = walk.way(task).help[task.index]
    row = CoHandling.objects.get(
        handling__petition=walk.petition_id, organ__code=asked.unit, fed_back_at=None
    )
    by = walk.desks.one(asked.unit, Role.CASE_OFFICER)
    feed_back(walk.petition_id, row.pk, words=asked.answer, by=by, now=now)


def _ask_extension(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    if way.extension is not None:
        ask_extension(
            walk.petition_id,
            walk.handling_id(way),
            days=way.extension.days,
            reason=way.extension.reason,
            by=walk.clerk(way),
            now=now,
        )


def _decide_extension(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    if way.extension is not None:
        decide_extension(
            walk.petition_id,
            walk.handling_id(way),
            approve=way.extension.approved,
            by=walk.head(way),
            now=now,
        )


def _note(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    note = way.notes[task.index]
    note_progress(
        walk.petition_id,
        walk.handling_id(way),
        kind=note.kind,
        words=note.words,
        done_on=timezone.localdate(now),
        mediated=Mediated(both_consented=True, result=note.result) if note.result else None,
        by=walk.clerk(way),
        now=now,
    )


def _find(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    written = way.findings[task.index]
    supported = written.outcome is Outcome.SUPPORT
    # a suggestion is answered without the four points of Art 27
    points = walk.phrases["answers"].get(written.outcome.value, {})
    answers = {
        name: variants[draw(f"{walk.demo.title}{task.index}", name, len(variants))]
        for name, variants in points.items()
    }
    found = Found(
        outcome=written.outcome,
        facts=written.facts,
        opinion=written.opinion,
        legal_basis=written.law,
        execution_organ_id=walk.desks.organ_ids[written.by or way.unit] if supported else None,
        execution_due_on=timezone.localdate(now) + timedelta(days=written.within) if supported else None,
        **{**dict.fromkeys(("solved", "explained", "helped", "lawful"), ""), **answers},
    )
    handling_id, number = walk.handling_id(way), _number(walk, way, task.index)
    study_before(written.outcome, handling_id, number, walk.phrases["study"], by=walk.clerk(way), now=now)
    find(walk.petition_id, handling_id, number, found, by=walk.clerk(way), now=now)


def _draft_opinion(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    draft_opinion(walk.petition_id, walk.handling_id(way), by=walk.clerk(way), now=now)


def _execute(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    execute(
        walk.petition_id,
        walk.handling_id(way),
        _number(walk, way, task.index),
        evidence=way.carried_out,
        done_on=timezone.localdate(now),
        by=walk.clerk(way),
        now=now,
    )


def _report(walk: Walk, task: Task, now: datetime) -> None:
    number = walk.way(task).reported_number.format(year=timezone.localdate(now).year)
    by, on = walk.office(), timezone.localdate(now)
    words = [walk.demo.summary, walk.phrases["report"]["done"]]
    file = pdf_of(f"{number}.pdf", walk.phrases["report"]["title"], by.organ.name, words, on)
    report_upward(
        walk.petition_id,
        number=number,
        reported_on=on,
        receipt=walk.phrases["report"]["receipt"],
        file=file,
        by=by,
        now=now,
    )


def _finish(walk: Walk, task: Task, now: datetime) -> None:
    assigned = Handling.objects.filter(petition=walk.petition_id, ended_at=None, completion_reports=None)
    for handling in assigned.exclude(report_due_on=None).select_related("organ"):
        _report_back(walk, handling, now)
    finish(walk.petition_id, by=walk.office(), now=now)


def _report_back(walk: Walk, handling: Handling, now: datetime) -> None:
    """Let the unit report on what was assigned, and the office take the report (T6)."""
    by, on = walk.desks.one(handling.organ.code, Role.CASE_OFFICER), timezone.localdate(now)
    number = f"{handling.organ.short_name}报〔{on.year}〕{draw(walk.demo.title, 'report', 900) + 100}号"
    words = [walk.demo.summary, walk.phrases["report"]["done"]]
    file = pdf_of(f"{number}.pdf", walk.phrases["report"]["title"], handling.organ.name, words, on)
    report_completion(walk.petition_id, handling.pk, number=number, dated_on=on, file=file, by=by, now=now)
    decide_report(walk.petition_id, handling.pk, take=True, by=walk.office(), now=now)


def _propose_resolved(walk: Walk, task: Task, now: datetime) -> None:
    way = walk.way(task)
    if way.resolved is not None:
        propose_resolved(
            walk.petition_id,
            evidence=way.resolved.evidence,
            words=way.resolved.words,
            by=walk.clerk(way),
            now=now,
        )


def _confirm_resolved(walk: Walk, task: Task, now: datetime) -> None:
    confirm_resolved(walk.petition_id, settled=True, by=walk.office(), now=now)


_DOING: Mapping[Deed, Callable[[Walk, Task, datetime], None]] = {
    Deed.ATTACH: _attach,
    Deed.PROPOSE_VOID: _propose_void,
    Deed.CONFIRM_VOID: _confirm_void,
    Deed.ROUTE: _route,
    Deed.JOIN: join,
    Deed.COUNTERSIGN: _countersign,
    Deed.SIGN: _sign,
    Deed.DEEM: _deem,
    Deed.OBJECT: _object,
    Deed.DECIDE_RETURN: _decide_return,
    Deed.OPEN_DISPUTE: dispute,
    Deed.ACCEPT: _accept,
    Deed.DECLINE: _decline,
    Deed.CONVERT: _convert,
    Deed.ISSUE: _issue,
    Deed.SERVE: _serve,
    Deed.ASK_HELP: _ask_help,
    Deed.FEED_BACK: _feed_back,
    Deed.ASK_EXTENSION: _ask_extension,
    Deed.DECIDE_EXTENSION: _decide_extension,
    Deed.NOTE: _note,
    Deed.FIND: _find,
    Deed.DRAFT_OPINION: _draft_opinion,
    Deed.POST: _post,
    Deed.EXECUTE: _execute,
    Deed.NOTE_WITHDRAWAL: withdraw,
    Deed.CONFIRM_WITHDRAWAL: confirm,
    Deed.NOTE_DEATH: die,
    Deed.END_AFTER_DEATH: end,
    Deed.REPORT: _report,
    Deed.FINISH: _finish,
    Deed.PROPOSE_RESOLVED: _propose_resolved,
    Deed.CONFIRM_RESOLVED: _confirm_resolved,
}
