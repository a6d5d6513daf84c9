"""Asking, signing for, answering and verifying, inside the deed whose rights and audit entry these are.

Whatever the assignment stands behind is locked before it (petition, event, assignment, the upper object).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ, Post
from assignments.models import ANSWERS, Assignment, AssignmentClock, AssignmentMove
from assignments.states import OWED, Kind, Move, State
from deadlines.owners import Moved
from deadlines.parts import cancel as cancel_clock
from deadlines.parts import meet, meet_instead, recompute, start_clock
from infra.models import StoredFile
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.transactions import require_transaction
from notices.models import Kind as NoticeKind
from notices.parts import Told, tell, tell_of_calendar, tell_of_each, withdraw

# A day that was set by whoever asks (deadlines.md §1, T6).
AS_SET = "T6"


def ask(
    kind: Kind,
    subject_id: object,
    *,
    of: Organ | Post,
    act: str,
    asking_organ: Organ,
    by: Hat | None,
    now: datetime,
    due_on: date | None = None,
    rule: str = AS_SET,
    except_users: Collection[int] = (),
) -> Assignment:
    """Ask an organ or a post for an act, by a day that is set or by the day a rule comes to; its clock starts.

    :raises Refused: if the day lies before today
    :raises RuntimeError: outside a transaction
    """
    require_transaction("assignments.ask")
    owner: dict[str, Any] = {"organ": of} if isinstance(of, Organ) else {"post": of}
    assignment = Assignment.objects.create(
        kind=kind,
        subject_id=str(subject_id),
        act=act,
        asking_organ=asking_organ,
        asked_by=by.post if by else None,
        asked_at=now,
        known_at=now,
        **owner,
    )
    start_clock(
        AssignmentClock, rule, started_at=now, event="asked", now=now, set_day=due_on, assignment=assignment
    )
    _note(assignment, Move.ASK, by=by, now=now)
    _tell_asked(assignment, NoticeKind.ASKED_OF_YOU, key="asked", now=now, except_users=except_users)
    return assignment


def hold(assignment_id: UUID) -> Assignment:
    """Return an assignment with its clock, held until the transaction ends.

    :raises Unknown: if there is none
    """
    require_transaction("assignments.hold")
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "organ", "post__organ", "asking_organ"
    )
    assignment = rows.filter(pk=assignment_id).first()
    if assignment is None:
        raise Unknown(_("There is no such assignment."))
    return assignment


def hold_asked_of(assignment_id: UUID, hat: Hat) -> Assignment:
    """Return an assignment that is asked of a hat, held until the transaction ends.

    :raises Unknown: if there is none, or it is asked of others (Q6)
    """
    if not Assignment.objects.asked_of(hat).filter(pk=assignment_id).exists():
        raise Unknown(_("There is no such assignment."))
    return hold(assignment_id)


def receive(assignment: Assignment, *, by: Hat, now: datetime) -> None:
    """Write who signed for it.

    :raises OutOfTurn: if somebody did
    """
    require_transaction("assignments.receive")
    if assignment.state != State.ASKED:
        raise OutOfTurn(_("It has been signed for already."))
    assignment.state, assignment.received_at = State.RECEIVED, now
    _write(assignment, "received_at", now=now)
    _note(assignment, Move.RECEIVE, by=by, now=now)
    withdraw(str(assignment.pk), now=now)


def reply(
    assignment: Assignment, words: str, *, by: Hat, now: datetime, file: StoredFile | None = None
) -> None:
    """Write what was done, with a file if one shows it, which meets the clock; whoever replies has received it.

    :raises OutOfTurn: if nothing is owed on it
    :raises Refused: without words
    """
    require_transaction("assignments.reply")
    if assignment.state not in OWED:
        raise OutOfTurn(_("Nothing is owed on it at this moment."))
    if not words.strip():
        raise Refused(_("Say what was done."), fields={"words": _("Say what was done.")})
    if assignment.state == State.ASKED:
        receive(assignment, by=by, now=now)
    assignment.state, assignment.replied_at, assignment.reply = State.REPLIED, now, words.strip()
    _write(assignment, "replied_at", "reply", now=now)
    meet(assignment.clock, at=now, now=now)
    _note(assignment, Move.REPLY, words.strip(), by=by, now=now, file=file)
    withdraw(str(assignment.pk), now=now)
    key = f"replied:{assignment.moves.count()}"
    _tell_asker(assignment, NoticeKind.REPLY_TO_VERIFY, key=key, now=now)


def send_back(
    assignment: Assignment,
    why: str,
    *,
    due_on: date | None = None,
    by: Hat,
    now: datetime,
    except_users: Collection[int] = (),
) -> None:
    """Send a reply back with the reason: the clock runs on as if it had not been met, to a later day if one is set.

    What was late stays late.

    :raises OutOfTurn: if no reply waits
    :raises Refused: without a reason, or for a day before the one that stood
    """
    require_transaction("assignments.send_back")
    if assignment.state != State.REPLIED:
        raise OutOfTurn(_("No reply waits to be verified."))
    if not why.strip():
        raise Refused(_("Say what is missing."), fields={"why": _("Say what is missing.")})
    clock = assignment.clock
    if due_on is not None and clock.last_day is not None and due_on < clock.last_day:
        words = _("The new day lies before the one that stands.")
        raise Refused(words, fields={"due_on": words})
    assignment.state = State.RECEIVED
    _write(assignment, now=now)
    meet_instead(clock, at=None, now=now)
    if due_on is not None and clock.set_day is not None:
        clock.set_day = due_on
        clock.save(update_fields=["set_day"])
        recompute(clock, now=now)
    _note(assignment, Move.SEND_BACK, why.strip(), by=by, now=now)
    withdraw(str(assignment.pk), now=now)
    key = f"again:{assignment.moves.count()}"
    _tell_asked(assignment, NoticeKind.ASKED_AGAIN, key=key, now=now, except_users=except_users)


def verify(assignment: Assignment, words: str, *, by: Hat, now: datetime) -> None:
    """Write that whoever asked looked at what was done and found it so.

    :raises OutOfTurn: if no reply waits
    :raises NotAllowed: if the person who verifies wrote the reply
    :raises Refused: without words of what was looked at
    """
    require_transaction("assignments.verify")
    if assignment.state != State.REPLIED:
        raise OutOfTurn(_("No reply waits to be verified."))
    last = assignment.moves.filter(move=Move.REPLY).order_by("-pk").first()
    if last is not None and last.person_id == by.user.pk:
        raise NotAllowed(_("Who replied cannot verify it."))
    if not words.strip():
        raise Refused(_("Say what was looked at."), fields={"words": _("Say what was looked at.")})
    assignment.state, assignment.ended_at = State.VERIFIED, now
    _write(assignment, "ended_at", now=now)
    _note(assignment, Move.VERIFY, words.strip(), by=by, now=now)
    withdraw(str(assignment.pk), now=now)


def close(assignment: Assignment, words: str, *, by: Hat | None, now: datetime) -> None:
    """Write that what was asked of a leader is decided: his own decision is reply and end in one."""
    require_transaction("assignments.close")
    if assignment.state not in OWED:
        raise OutOfTurn(_("Nothing is owed on it at this moment."))
    assignment.received_at = assignment.received_at or now
    assignment.state, assignment.replied_at, assignment.reply = State.VERIFIED, now, words.strip()
    assignment.ended_at = now
    _write(assignment, "received_at", "replied_at", "reply", "ended_at", now=now)
    meet(assignment.clock, at=now, now=now)
    _note(assignment, Move.REPLY, words.strip(), by=by, now=now)
    withdraw(str(assignment.pk), now=now)


def cancel(assignment: Assignment, why: str = "", *, by: Hat | None, now: datetime) -> None:
    """Write that it is no longer asked; why, stands with whatever asked it.

    :raises OutOfTurn: if it ended
    """
    require_transaction("assignments.cancel")
    if assignment.ended_at is not None:
        raise OutOfTurn(_("It has ended already."))
    assignment.state, assignment.ended_at = State.CANCELLED, now
    _write(assignment, "ended_at", now=now)
    if assignment.clock.is_open:
        cancel_clock(assignment.clock, at=now)
    _note(assignment, Move.CANCEL, why.strip(), by=by, now=now)
    withdraw(str(assignment.pk), now=now)


def cancel_all(subject_id: object, *, by: Hat | None, now: datetime) -> int:
    """Take back everything that is asked on a matter, as when it is sealed (Q1, Q2). Return how much it was."""
    require_transaction("assignments.cancel_all")
    standing = Assignment.objects.standing().filter(subject_id=str(subject_id)).order_by("pk")
    held = list(standing.select_for_update(of=("self",)))
    for assignment in held:
        cancel(assignment, by=by, now=now)
    return len(held)


def hold_assignments(clocks: QuerySet[Any]) -> QuerySet[Any]:
    """Hold what some clocks run on, in the order of the keys, and return the clocks, which may be locked now."""
    require_transaction("hold_assignments")
    keys = set(clocks.order_by().values_list("assignment", flat=True))
    held = Assignment.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return clocks.filter(assignment__in=list(held.values_list("pk", flat=True)))


def tell_of_moved_days(moved: Moved) -> None:
    """Tell whoever is asked that a new calendar moved a day of theirs; nothing is copied, lists read the clocks."""
    require_transaction("assignments.tell_of_moved_days")
    clocks = [clock.pk for clock in moved.last_days]
    asked = Assignment.objects.owed().filter(clock__in=clocks).select_related("organ", "post")
    posts: set[int] = set()
    for assignment in asked:
        posts |= set(_asked_posts(assignment, now=moved.at))
    tell_of_calendar(posts, moved.year, key=moved.key, now=moved.at)


@dataclass(frozen=True)
class DayCome:
    """An assignment whose last day comes near or has passed, and whom nothing about its matter is sent (Q2, R-33)."""

    assignment: Assignment
    passed: bool
    except_users: Collection[int] = ()

    def told(self, kind: NoticeKind, post_ids: Iterable[int]) -> Iterator[Told]:
        """Yield that posts are told of it, once for the day it has."""
        day = self.assignment.clock.last_day
        key = f"assignment:{self.assignment.pk}:{kind.value}:{f'{day:%Y%m%d}' if day else ''}"
        return (Told(str(self.assignment.pk), key, post_id) for post_id in post_ids)


def tell_of_their_days(come: Sequence[DayCome], *, now: datetime) -> None:
    """Tell whoever is asked that days come near, each once; of passed days also whoever asked.

    In a fixed number of statements for all of them.
    """
    require_transaction("assignments.tell_of_their_days")
    answering = _answering([one.assignment for one in come], now=now)
    told: defaultdict[NoticeKind, list[Told]] = defaultdict(list)
    for one in come:
        assignment = one.assignment
        kind = NoticeKind.ASKED_LATE if one.passed else NoticeKind.ASKED_SOON
        asked = (
            [assignment.post.pk]
            if assignment.post is not None
            else answering(assignment.organ, one.except_users)
        )
        told[kind] += one.told(kind, asked)
        if one.passed:
            kind = NoticeKind.LATE_WITH_REPLY
            told[kind] += one.told(kind, answering(assignment.asking_organ, one.except_users))
    for kind, rows in told.items():
        tell_of_each(rows, kind, now=now)


def _answering(
    assignments: Iterable[Assignment], *, now: datetime
) -> Callable[[Organ | None, Collection[int]], list[int]]:
    """Return who answers for the organs of assignments today, but for some users; read once for all of them."""
    organs = {_today(organ) for one in assignments for organ in (one.organ, one.asking_organ) if organ}
    posts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for organ_id, post_id, user_id in _held(organs, now=now).values_list("organ", "pk", "user"):
        posts[organ_id].append((post_id, user_id))

    def of(organ: Organ | None, except_users: Collection[int]) -> list[int]:
        if organ is None:
            return []
        return [post_id for post_id, user_id in posts[_today(organ)] if user_id not in except_users]

    return of


def tell_of_lifting(assignment: Assignment, *, now: datetime, except_users: Collection[int] = ()) -> None:
    """Tell whoever was asked that the paper behind it was lifted (解除); earlier words about it are taken back."""
    require_transaction("assignments.tell_of_lifting")
    withdraw(str(assignment.pk), now=now)
    kind = NoticeKind.SLIP_LIFTED
    _tell_asked(assignment, kind, key=kind.value, now=now, except_users=except_users)


def _write(assignment: Assignment, *also: str, now: datetime) -> None:
    assignment.known_at = now
    assignment.save(update_fields=["state", "known_at", *also])


def _note(
    assignment: Assignment,
    move: Move,
    words: str = "",
    *,
    by: Hat | None,
    now: datetime,
    file: StoredFile | None = None,
) -> None:
    AssignmentMove.objects.create(
        assignment=assignment,
        move=move,
        words=words,
        by=by.post if by else None,
        person=by.user if by else None,
        done_at=now,
        file=file,
    )


def _tell_asked(
    assignment: Assignment, kind: NoticeKind, *, key: str, now: datetime, except_users: Collection[int]
) -> None:
    """Tell the post that is asked, or everyone of the organ who answers for it but for those named (R-33)."""
    posts = _asked_posts(assignment, now=now, except_users=except_users)
    tell(posts, kind, key=f"assignment:{assignment.pk}:{key}", subject_id=str(assignment.pk), now=now)


def _asked_posts(assignment: Assignment, *, now: datetime, except_users: Collection[int] = ()) -> list[int]:
    if assignment.post is not None:
        return [assignment.post.pk]
    return _posts_of(assignment.organ, now=now, except_users=except_users)


def _tell_asker(
    assignment: Assignment,
    kind: NoticeKind,
    *,
    key: str,
    now: datetime,
    except_users: Collection[int] = (),
) -> None:
    """Tell those of the asking organ who verify."""
    posts = _posts_of(assignment.asking_organ, now=now, except_users=except_users)
    tell(
        posts,
        kind,
        key=f"assignment:{assignment.pk}:{key}",
        subject_id=str(assignment.pk),
        now=now,
    )


def _posts_of(organ: Organ | None, *, now: datetime, except_users: Collection[int]) -> list[int]:
    if organ is None:
        return []
    held = _held([_today(organ)], now=now)
    return list(held.exclude(user__in=list(except_users)).values_list("pk", flat=True))


def _today(organ: Organ) -> int:
    return organ.carried_on_by_id or organ.pk


def _held(organ_ids: Collection[int], *, now: datetime) -> QuerySet[Post]:
    """Return the posts that answer for some organs of today."""
    return Post.objects.held_on(timezone.localdate(now)).filter(organ__in=organ_ids, role__in=sorted(ANSWERS))
