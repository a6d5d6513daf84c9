"""Where a demo petition's way turns: joined to another, in dispute, withdrawn, or with nobody to continue it."""

from datetime import datetime, timedelta
from uuid import uuid5

from django.utils import timezone

from accounts.roles import Role
from cases.actions.disputes import open_dispute
from cases.actions.ends import confirm_withdrawal, end_after_death, note_death, note_withdrawal
from cases.actions.joining import join_pending
from cases.actions.papers import post_paper
from cases.handlings import addressees
from cases.models import Petition, Route, Withdrawal
from config.demo.pacing import Task
from config.demo.registering import DEMO_SUBMISSIONS
from config.demo.walk import Walk
from documents.rules import Sent


def send_word(walk: Walk, made: Route, now: datetime) -> None:
    """Post the written word of where it went, where the organ owes one (Art 23(2))."""
    for hung in made.documents.all():
        for person in addressees(made.petition):
            sent = Sent(petitioner_ref=person.pk, posted_on=timezone.localdate(now))
            post_paper(walk.petition_id, hung.document_id, sent, by=walk.office(), now=now)


def join(walk: Walk, task: Task, now: datetime) -> None:
    """Join it to the pending petition of the title its way names (Q11)."""
    way, petition = walk.way(task), walk.petition()
    pending = Petition.objects.get(submission_id=uuid5(DEMO_SUBMISSIONS, way.joins))
    made = join_pending(
        walk.petition_id,
        pending_number=pending.number,
        reason=way.reason,
        seen_version=petition.version,
        by=walk.office(),
        now=now,
    )
    send_word(walk, made, now)


def dispute(walk: Walk, task: Task, now: datetime) -> None:
    """Let the unit that leads say with whom it is at odds over who accepts (R-24)."""
    way = walk.way(task)
    if way.dispute is not None:
        open_dispute(
            walk.petition_id,
            claims=(),
            organ_ids=[walk.desks.organ_ids[code] for code in way.dispute.units],
            reason=way.dispute.reason,
            by=walk.clerk(way),
            now=now,
        )


def withdraw(walk: Walk, task: Task, now: datetime) -> None:
    """Note the petitioner's own words, as the unit heard them (Q19)."""
    way = walk.way(task)
    if way.withdrawn is not None:
        note_withdrawal(
            walk.petition_id,
            addressees(walk.petition())[0].pk,
            words=way.withdrawn.words,
            withdrawn_on=timezone.localdate(now),
            by=walk.clerk(way),
            now=now,
        )


def confirm(walk: Walk, task: Task, now: datetime) -> None:
    """Confirm it as the office, which ends the petition (Q19)."""
    noted = Withdrawal.objects.get(petition=walk.petition_id, confirmed_at=None, ended_at=None)
    confirm_withdrawal(walk.petition_id, noted.pk, agree=True, by=walk.office(), now=now)


def die(walk: Walk, task: Task, now: datetime) -> None:
    """Note that the petitioner died the day before (Q19)."""
    way = walk.way(task)
    if way.died is not None:
        note_death(
            walk.petition_id,
            addressees(walk.petition())[0].pk,
            died_on=timezone.localdate(now) - timedelta(days=1),
            words=way.died.shown_by,
            by=walk.clerk(way),
            now=now,
        )


def end(walk: Walk, task: Task, now: datetime) -> None:
    """End it as the office, since nobody continues (Q19)."""
    way = walk.way(task)
    if way.died is not None:
        head = walk.desks.one(walk.demo.office, Role.SECTION_HEAD)
        end_after_death(walk.petition_id, words=way.died.nobody_continues, by=head, now=now)
