"""Posts: given and ended, deputies, handing over, and the separation of administrators (Q29; protection §6)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import actions, handover
from accounts.handover import WorkHolder
from accounts.hats import Hat
from accounts.models import Absence, ApiToken, Portfolio, Post
from accounts.roles import NEVER_ON_ONE_PERSON, Role
from audit.models import Entry
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.accounts.given import an_open_matter, matters_of, open_matters
from tests.given import MONDAY, a_hat, a_place, a_post, a_user, an_organ, the_petition_office

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
TOMORROW = TODAY + timedelta(days=1)
SEPARATE = sorted(NEVER_ON_ONE_PERSON)


@pytest.fixture(autouse=True)
def _matters():
    with open_matters():
        yield


@pytest.fixture
def security():
    return a_hat(Role.SECURITY_ADMINISTRATOR)


def give(user, role=Role.REGISTRAR, *, by, held_from=TODAY, organ=None, **facts):
    organ = organ or the_petition_office()
    return actions.give_post(
        user.pk, organ_id=organ.pk, role=role, held_from=held_from, by=by, now=MONDAY, **facts
    )


def absent(post, deputy, *, by, since=TODAY, until=TOMORROW):
    return actions.announce_absence(
        post.pk, deputy_id=deputy.pk, since=since, until=until, reason="出差", by=by, now=MONDAY
    )


def test_a_post_is_given_and_recorded_with_codes_alone(security):
    person = a_user()

    post = give(person, by=security, title="1 号窗口")

    entry = Entry.objects.about(post).get()
    assert (entry.verb, entry.at, entry.actor_post_id) == ("post.give", MONDAY, security.post.pk)
    assert entry.facts == {
        "user": person.pk,
        "organ": "LS",
        "role": "registrar",
        "from": "2026-03-02",
        "steward": False,
    }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECURITY_ADMINISTRATOR])
def test_nobody_but_the_security_administrator_gives_posts(role):
    person = a_user()

    with pytest.raises(NotAllowed):
        give(person, by=a_hat(role))

    assert not Post.objects.filter(user=person).exists()


def test_the_security_administrator_gives_himself_nothing(security):
    with pytest.raises(NotAllowed):
        give(security.user, by=security)

    assert Post.objects.filter(user=security.user).count() == 1


def test_no_post_is_given_for_the_past(security):
    person = a_user()

    with pytest.raises(Refused) as refusal:
        give(person, by=security, held_from=TODAY - timedelta(days=1))

    assert list(refusal.value.fields) == ["held_from"]
    assert not Post.objects.filter(user=person).exists()


def test_a_closed_account_gets_no_post(security):
    with pytest.raises(OutOfTurn):
        give(a_user(is_active=False), by=security)


def test_the_same_post_is_not_given_twice_at_a_time(security):
    person = a_user()
    give(person, by=security)

    with pytest.raises(OutOfTurn):
        give(person, by=security, held_from=TOMORROW)

    assert Post.objects.filter(user=person).count() == 1


@pytest.mark.parametrize("second", SEPARATE)
@pytest.mark.parametrize("first", SEPARATE)
def test_administrators_and_the_sealed_lane_are_different_persons(security, first, second):
    person = a_user()
    a_post(first, user=person)

    with pytest.raises((NotAllowed, OutOfTurn)):
        give(person, second, by=security)

    assert Post.objects.filter(user=person).count() == 1


def test_one_may_follow_the_other_once_it_has_ended(security):
    person = a_user()
    a_post(Role.AUDIT_ADMINISTRATOR, user=person, held_to=TODAY)

    give(person, Role.SYSTEM_ADMINISTRATOR, by=security, held_from=TOMORROW)

    assert Post.objects.filter(user=person).count() == 2


def test_the_database_refuses_what_goes_past_the_deed():
    person = a_user()
    a_post(Role.AUDIT_ADMINISTRATOR, user=person)

    with pytest.raises(IntegrityError, match="post_administrators_are_separate"), transaction.atomic():
        a_post(Role.SYSTEM_ADMINISTRATOR, user=person)


def test_an_administrator_does_not_stand_in_for_another_kind(security):
    auditor, system = a_post(Role.AUDIT_ADMINISTRATOR), a_post(Role.SYSTEM_ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        absent(system, auditor.user, by=security)

    assert not Absence.objects.exists()


def test_who_stands_in_for_an_administrator_is_not_made_another_kind(security):
    system, deputy = a_post(Role.SYSTEM_ADMINISTRATOR), a_post()
    absent(system, deputy.user, by=security, until=TODAY + timedelta(days=30))

    with pytest.raises(NotAllowed):
        give(deputy.user, Role.AUDIT_ADMINISTRATOR, by=security)

    assert not Post.objects.filter(role=Role.AUDIT_ADMINISTRATOR).exists()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_do_not_both_end_up_on_one_person():
    security, person = a_hat(Role.SECURITY_ADMINISTRATOR), a_user()
    the_petition_office()
    start = Barrier(2)

    def try_to_give(role):
        try:
            start.wait()
            give(person, role, by=security)
        except NotAllowed:
            return "refused"
        finally:
            connection.close()
        return "given"

    with ThreadPoolExecutor(2) as pool:
        came_of_it = sorted(pool.map(try_to_give, [Role.AUDIT_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR]))

    assert came_of_it == ["given", "refused"]
    assert Post.objects.filter(user=person).count() == 1


def test_a_post_without_work_ends_today_with_its_keys_and_absences(security):
    post, deputy = a_post(), a_post()
    made = actions.make_token(post.pk, label="x", days=9, by=security, now=MONDAY)
    absence = absent(post, deputy.user, by=security)

    actions.end_post(post.pk, by=security, now=MONDAY)

    assert Post.objects.get(pk=post.pk).held_to == TODAY
    assert ApiToken.objects.get(pk=made.token.pk).revoked_at == MONDAY
    assert Absence.objects.get(pk=absence.pk).ended_at == MONDAY


def test_a_post_does_not_end_while_its_work_would_be_nobodys(security):
    post = a_post()
    an_open_matter(post)

    with pytest.raises(OutOfTurn):
        actions.end_post(post.pk, by=security, now=MONDAY)

    assert Post.objects.get(pk=post.pk).held_to is None
    assert matters_of(post) == 1


def test_a_post_ends_once_another_takes_all_its_work(security):
    post, taking = a_post(), a_post()
    an_open_matter(post)
    an_open_matter(post)

    actions.end_post(post.pk, taken_over_by=taking.pk, by=security, now=MONDAY)

    assert Post.objects.get(pk=post.pk).held_to == TODAY
    assert (matters_of(post), matters_of(taking)) == (0, 2)
    assert Entry.objects.about(post).get(verb="post.end").facts["moved"] == {"matters": 2}


def test_a_kind_of_work_that_stays_behind_stops_the_whole_handover(security):
    post, taking = a_post(), a_post()
    an_open_matter(post)
    forgetful = WorkHolder[Post]("forgotten", lambda each: int(each.pk == post.pk), lambda *_: 0)
    handover.of_posts.register(forgetful)

    try:
        with pytest.raises(RuntimeError, match="forgotten"):
            actions.hand_over(post.pk, to_post_id=taking.pk, by=security, now=MONDAY)
    finally:
        handover.of_posts.withdraw("forgotten")

    assert not Entry.objects.about(post).exists()


def test_two_kinds_of_work_do_not_share_a_name():
    with pytest.raises(ValueError, match="matters"):
        handover.of_posts.register(WorkHolder[Post]("matters", lambda _: 0, lambda *_: 0))


def test_the_holder_hands_his_own_work_over_and_the_act_is_recorded():
    hat, taking = a_hat(), a_post()
    an_open_matter(hat.post)

    moved = actions.hand_over(hat.post.pk, to_post_id=taking.pk, by=hat, now=MONDAY)

    assert moved == {"matters": 1}
    assert Entry.objects.about(hat.post).get().facts == {"to_post": taking.pk, "moved": {"matters": 1}}


def test_what_arrived_after_the_end_can_still_be_handed_over(security):
    post, taking = a_post(held_to="2026-02-28"), a_post()
    an_open_matter(post)

    actions.hand_over(post.pk, to_post_id=taking.pk, by=security, now=MONDAY)

    assert (matters_of(post), matters_of(taking)) == (0, 1)


def test_nobody_hands_over_the_work_of_another(security):
    post, taking = a_post(), a_post()
    an_open_matter(post)

    with pytest.raises(NotAllowed):
        actions.hand_over(post.pk, to_post_id=taking.pk, by=a_hat(), now=MONDAY)

    assert matters_of(post) == 1


TAKERS = {
    "itself": lambda post: post,
    "a post of a neighbouring organ": lambda post: a_post(Role.CASE_OFFICER, organ=an_organ()),
    "a post of an organ below": lambda post: a_post(Role.CASE_OFFICER, organ=an_organ(parent=post.organ)),
    "a post that has not begun": lambda post: a_post(held_from=TOMORROW),
    "a post of somebody who has left": lambda post: a_post(user=a_user(is_active=False)),
    "an administrator": lambda post: a_post(Role.SYSTEM_ADMINISTRATOR),
}


@pytest.mark.parametrize("taker", TAKERS)
def test_work_passes_to_no_post_that_cannot_do_it(security, taker):
    post = a_post()
    an_open_matter(post)

    with pytest.raises(Refused):
        actions.hand_over(post.pk, to_post_id=TAKERS[taker](post).pk, by=security, now=MONDAY)

    assert matters_of(post) == 1


def test_work_may_pass_to_an_organ_above(security):
    office = the_petition_office()
    post = a_post(Role.CASE_OFFICER, organ=an_organ(parent=office))
    taking = a_post(organ=office)
    an_open_matter(post)

    actions.hand_over(post.pk, to_post_id=taking.pk, by=security, now=MONDAY)

    assert matters_of(taking) == 1


# Read across: who names a deputy for an ordinary post, and for the post of the sealed-lane officer.
ARRANGERS = [
    ("the holder", True, True),
    ("the steward", True, False),
    ("the security administrator", True, True),
    ("a colleague", False, False),
    ("the system administrator", False, False),
]


@pytest.mark.parametrize(("who", "ordinary", "sealed_lane"), ARRANGERS)
def test_who_names_a_deputy(who, ordinary, sealed_lane):
    deputy = a_post().user

    def may(role):
        held = a_hat(role)
        by = {
            "the holder": lambda: held,
            "the steward": lambda: a_hat(Role.SECTION_HEAD, is_steward=True),
            "the security administrator": lambda: a_hat(Role.SECURITY_ADMINISTRATOR),
            "a colleague": lambda: a_hat(),
            "the system administrator": lambda: a_hat(Role.SYSTEM_ADMINISTRATOR),
        }[who]()
        try:
            absent(held.post, deputy, by=by)
        except NotAllowed:
            return False
        return Absence.objects.filter(post=held.post).exists()

    assert (may(Role.REGISTRAR), may(Role.SEALED_LANE_OFFICER)) == (ordinary, sealed_lane)


def test_a_deputy_does_not_pass_on_what_was_passed_to_him(security):
    post, deputy, third = a_post(), a_post(), a_post()
    absent(post, deputy.user, by=security)
    standing_in = Hat(post, deputy.user, acts_for=post.user)

    with pytest.raises(NotAllowed):
        absent(post, third.user, by=standing_in, since=TOMORROW)

    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("since", "until"),
    [
        pytest.param(TODAY - timedelta(days=1), TODAY, id="from yesterday"),
        pytest.param(TOMORROW, TODAY, id="backwards"),
        pytest.param(TODAY, TODAY + timedelta(days=367), id="more than a year"),
    ],
)
def test_days_that_do_not_fit_are_refused(security, since, until):
    with pytest.raises(Refused):
        absent(a_post(), a_post().user, by=security, since=since, until=until)

    assert not Absence.objects.exists()


def test_one_does_not_stand_in_for_oneself(security):
    post = a_post()

    with pytest.raises(Refused):
        absent(post, post.user, by=security)


def test_a_deputy_has_a_post_in_the_organ_or_above(security):
    with pytest.raises(Refused):
        absent(a_post(), a_post(Role.CASE_OFFICER, organ=an_organ()).user, by=security)

    assert not Absence.objects.exists()


def test_one_deputy_at_a_time(security):
    post = a_post()
    absent(post, a_post().user, by=security)

    with pytest.raises(OutOfTurn):
        absent(post, a_post().user, by=security, since=TOMORROW)

    assert Absence.objects.count() == 1


def test_an_absence_ends_early_and_once(security):
    absence = absent(a_post(), a_post().user, by=security)

    actions.end_absence(absence.pk, by=security, now=MONDAY)
    with pytest.raises(OutOfTurn):
        actions.end_absence(absence.pk, by=security, now=MONDAY)

    assert Entry.objects.about(absence).filter(verb="absence.end").count() == 1


def test_a_leader_looks_after_a_department_or_a_township(security):
    leader = a_post(Role.LEADER, organ=an_organ())
    department, street = an_organ(), a_place("141102001")

    actions.set_portfolio(leader.pk, organ_id=department.pk, since=TODAY, by=security, now=MONDAY)
    part = actions.set_portfolio(leader.pk, place_id=street.pk, since=TODAY, by=security, now=MONDAY)
    actions.end_portfolio(part.pk, by=security, now=MONDAY)

    assert [(row.organ, row.place, row.until) for row in Portfolio.objects.order_by("pk")] == [
        (department, None, None),
        (None, street, TODAY),
    ]


def test_only_a_leader_has_a_portfolio_and_each_part_is_one_thing(security):
    leader, officer, department = a_post(Role.LEADER), a_post(), an_organ()

    for post, facts in [
        (officer, {"organ_id": department.pk}),
        (leader, {}),
        (leader, {"organ_id": department.pk, "place_id": a_place().pk}),
    ]:
        with pytest.raises(Refused):
            actions.set_portfolio(post.pk, since=TODAY, by=security, now=MONDAY, **facts)

    assert not Portfolio.objects.exists()


def test_a_post_that_is_not_there_is_unknown(security):
    with pytest.raises(Unknown):
        actions.end_post(0, by=security, now=MONDAY)


def test_days_are_counted_in_the_offices_zone(security):
    post = a_post(held_to=date(2026, 3, 2))

    # 00:30 on Tuesday in Lishi is still Monday in Greenwich
    with pytest.raises(OutOfTurn):
        actions.end_post(post.pk, by=security, now=MONDAY + timedelta(hours=15))


@pytest.mark.parametrize(
    ("organ", "title", "words"),
    [
        ("区委", "区委书记", "区委书记"),
        ("区政府", "区委常委、副区长", "区政府 区委常委、副区长"),
        ("区住建局", "局长", "区住建局 局长"),
        ("区住建局", "", "区住建局"),
    ],
)
def test_a_title_names_its_organ_once(organ, title, words):
    post = Post(organ=an_organ("TT", short_name=organ), title=title)
    assert post.full_title == words
