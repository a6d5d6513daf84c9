"""Organs: making, correcting, and letting one carry on another with everything that hangs on it (Q29)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import actions, handover
from accounts.actions.organs import NewName, OrganFacts
from accounts.handover import WorkHolder
from accounts.models import Absence, ApiToken, Organ, OrganKind, OrganSuccession, Portfolio, Post
from accounts.roles import Role
from audit.models import Entry
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.accounts.given import an_open_matter, matters_of, open_matters
from tests.given import MONDAY, a_hat, a_place, a_post, a_user, an_organ

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DECREE = "离编发〔2026〕3 号"


@pytest.fixture(autouse=True)
def _matters():
    with open_matters():
        yield


@pytest.fixture
def system():
    return a_hat(Role.SYSTEM_ADMINISTRATOR)


def facts_of(organ, **changed):
    known = OrganFacts(
        name=organ.name,
        short_name=organ.short_name,
        kind=OrganKind(organ.kind),
        place=organ.place_id,
        parent=organ.parent_id,
        next_higher=organ.next_higher_id,
        number_prefix=organ.number_prefix,
    )
    return replace(known, **changed)


def carry_on(old, successor, *, by, since=TODAY):
    return actions.replace_organ(
        [organ.pk for organ in old],
        successor=successor if isinstance(successor, NewName) else successor.pk,
        since=since,
        basis=DECREE,
        by=by,
        now=MONDAY,
    )


HOUSING = NewName("LSZJ2", "离石区住房和城乡建设局", "区住建局")


def test_an_organ_is_made_below_another_and_recorded(system):
    parent = an_organ("QWB")
    facts = facts_of(
        parent, name="离石区水利局", short_name="区水利局", parent=parent.pk, number_prefix="LSSL"
    )

    made = actions.make_organ("LSSL", facts=facts, since=TODAY, by=system, now=MONDAY)

    assert (made.path, made.number_prefix, made.valid_from) == ("QWB/LSSL/", "LSSL", TODAY)
    assert Entry.objects.about(made).get().facts == {"code": "LSSL", "since": "2026-03-02"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMINISTRATOR])
def test_only_the_system_administrator_keeps_organs(role):
    organ, by = an_organ("QWB"), a_hat(role)

    with pytest.raises(NotAllowed):
        actions.make_organ("LSSL", facts=facts_of(organ), since=TODAY, by=by, now=MONDAY)
    with pytest.raises(NotAllowed):
        actions.change_organ(organ.pk, facts=facts_of(organ, name="别的"), by=by, now=MONDAY)
    with pytest.raises(NotAllowed):
        carry_on([organ], HOUSING, by=by)

    assert not Entry.objects.filter(verb__startswith="organ.").exists()


@pytest.mark.parametrize("prefix", ["L", "ls", "LS1", "离石"])
def test_a_number_prefix_has_two_to_six_capitals(system, prefix):
    organ = an_organ()

    with pytest.raises(Refused) as refusal:
        actions.change_organ(organ.pk, facts=facts_of(organ, number_prefix=prefix), by=system, now=MONDAY)

    assert list(refusal.value.fields) == ["number_prefix"]


def test_two_organs_do_not_share_a_prefix(system):
    an_organ(number_prefix="LSZJ")
    other = an_organ()

    with pytest.raises(Refused):
        actions.change_organ(other.pk, facts=facts_of(other, number_prefix="LSZJ"), by=system, now=MONDAY)
    with pytest.raises(IntegrityError, match="organ_number_prefix_once_at_a_time"), transaction.atomic():
        an_organ(number_prefix="LSZJ")


def test_a_code_is_given_once(system):
    organ = an_organ("LSSL")

    with pytest.raises(Refused) as refusal:
        actions.make_organ("LSSL", facts=facts_of(organ), since=TODAY, by=system, now=MONDAY)

    assert list(refusal.value.fields) == ["code"]


def test_what_lies_below_moves_along(system):
    above, new_above = an_organ("A"), an_organ("B")
    organ = an_organ("C", parent=above)
    below = an_organ("D", parent=organ)
    neighbour = an_organ("CC", parent=above)

    actions.change_organ(organ.pk, facts=facts_of(organ, parent=new_above.pk), by=system, now=MONDAY)

    paths = [Organ.objects.get(pk=each.pk).path for each in (organ, below, neighbour)]
    assert paths == ["B/C/", "B/C/D/", "A/CC/"]


def test_an_organ_does_not_lie_below_itself(system):
    organ = an_organ("A")
    below = an_organ("B", parent=an_organ("AB", parent=organ))

    with pytest.raises(Refused) as refusal:
        actions.change_organ(organ.pk, facts=facts_of(organ, parent=below.pk), by=system, now=MONDAY)

    assert list(refusal.value.fields) == ["parent"]
    assert Organ.objects.get(pk=organ.pk).parent is None


def test_nobody_reviews_his_own_decision_however_long_the_way_round(system):
    """INV-5: neither who reviews nor who re-examines is the organ that handled."""
    first = an_organ()
    second = an_organ(next_higher=first)
    third = an_organ(next_higher=second)

    for higher in (first, second, third):
        with pytest.raises(Refused) as refusal:
            actions.change_organ(
                first.pk, facts=facts_of(first, next_higher=higher.pk), by=system, now=MONDAY
            )
        assert list(refusal.value.fields) == ["next_higher"]

    assert Organ.objects.get(pk=first.pk).next_higher is None


def test_a_renamed_organ_is_a_new_row_and_the_old_one_keeps_its_name(system):
    old = an_organ("LSZJ", name="离石区建设局", number_prefix="LSZJ", next_higher=an_organ())

    new = carry_on([old], HOUSING, by=system)

    old.refresh_from_db()
    assert (old.name, old.valid_to) == ("离石区建设局", TODAY - timedelta(days=1))
    assert (new.name, new.valid_from, new.number_prefix) == ("离石区住房和城乡建设局", TODAY, "LSZJ")
    assert (new.next_higher, new.kind, new.place) == (old.next_higher, old.kind, old.place)
    succession = OrganSuccession.objects.get()
    assert (succession.predecessor, succession.successor, succession.since) == (old, new, TODAY)
    assert Entry.objects.about(old).get().facts["successor"] == "LSZJ2"


def test_posts_and_their_work_pass_to_the_successor_and_history_stays(system):
    old = an_organ()
    post = a_post(Role.CASE_OFFICER, organ=old, is_steward=True)
    an_open_matter(post)

    new = carry_on([old], HOUSING, by=system)

    carried = Post.objects.get(organ=new)
    post.refresh_from_db()
    assert (post.organ, post.held_to) == (old, TODAY - timedelta(days=1))
    assert (carried.user, carried.role, carried.is_steward) == (post.user, post.role, True)
    assert (carried.held_from, carried.held_to) == (TODAY, None)
    assert (matters_of(post), matters_of(carried)) == (0, 1)


def test_work_of_the_organ_itself_passes_too(system):
    old = an_organ()
    open_at = {old.pk: 3}

    def move(leaving, taking, by, now):
        open_at[taking.pk] = open_at.pop(leaving.pk, 0)
        return open_at[taking.pk]

    handover.of_organs.register(WorkHolder[Organ]("files", lambda each: open_at.get(each.pk, 0), move))
    try:
        new = carry_on([old], HOUSING, by=system)
    finally:
        handover.of_organs.withdraw("files")

    assert open_at == {new.pk: 3}


def test_administrators_move_without_a_day_on_two_posts(system):
    old = an_organ()
    post = a_post(Role.AUDIT_ADMINISTRATOR, organ=old)

    new = carry_on([old], HOUSING, by=system)

    assert Post.objects.get(user=post.user, organ=new).role == Role.AUDIT_ADMINISTRATOR


def test_who_had_the_same_post_in_both_organs_has_it_once_afterwards(system):
    first, second, person = an_organ(), an_organ(), a_user()
    a_post(Role.CASE_OFFICER, organ=first, user=person)
    standing = a_post(Role.CASE_OFFICER, organ=second, user=person)

    carry_on([first], second, by=system)

    assert list(Post.objects.not_ended_on(TODAY).filter(user=person)) == [standing]


def test_absences_keys_and_portfolios_go_with_the_post(system):
    security, old, department = a_hat(Role.SECURITY_ADMINISTRATOR), an_organ(), an_organ()
    leader, deputy = a_post(Role.LEADER, organ=old), a_post(Role.LEADER, organ=old)
    absence = Absence.objects.create(post=leader, deputy=deputy.user, since=TODAY, until=TODAY, reason="出差")
    made = actions.make_token(leader.pk, label="x", days=9, by=security, now=MONDAY)
    Portfolio.objects.create(post=leader, organ=department, since=date(2025, 1, 1))

    new = carry_on([old], HOUSING, by=system)

    carried = Post.objects.get(organ=new, user=leader.user)
    assert Absence.objects.get(pk=absence.pk).post == carried
    assert ApiToken.objects.get(pk=made.token.pk).post == carried
    assert [(row.post, row.organ, row.until) for row in Portfolio.objects.order_by("pk")] == [
        (leader, department, TODAY - timedelta(days=1)),
        (carried, department, None),
    ]


def test_merged_organs_leave_next_higher_children_and_portfolios_to_the_successor(system):
    first, second, taking = an_organ("A"), an_organ("B"), an_organ("C")
    reviewed, below = an_organ("D", next_higher=first), an_organ("E", parent=second)
    leader = a_post(Role.LEADER, organ=taking)
    Portfolio.objects.create(post=leader, organ=first, since=date(2025, 1, 1))

    carry_on([first, second], taking, by=system)

    reviewed.refresh_from_db()
    below.refresh_from_db()
    assert reviewed.next_higher == taking
    assert (below.parent, below.path) == (taking, "C/E/")
    assert Portfolio.objects.get(until=None).organ == taking


def test_a_successor_that_was_reviewed_by_the_old_organ_is_reviewed_by_the_one_above(system):
    above = an_organ()
    old = an_organ(next_higher=above)
    taking = an_organ(next_higher=old)

    carry_on([old], taking, by=system)

    assert Organ.objects.get(pk=taking.pk).next_higher == above


def test_an_organ_is_not_carried_on_by_itself_or_by_one_below(system):
    old = an_organ("A")
    below = an_organ("B", parent=old)

    for successor in (old, below):
        with pytest.raises(Refused):
            carry_on([old], successor, by=system)

    assert Organ.objects.get(pk=old.pk).valid_to is None


def test_an_organ_ends_once(system):
    old = an_organ()
    carry_on([old], HOUSING, by=system)

    with pytest.raises(Unknown):
        carry_on([old], NewName("X", "又一局", "又一局"), by=system)


@pytest.mark.parametrize("since", [TODAY + timedelta(days=1), date(2020, 1, 1)])
def test_a_change_is_entered_when_its_day_has_come_and_not_before_the_organ_began(system, since):
    old = an_organ()

    with pytest.raises(Refused) as refusal:
        carry_on([old], HOUSING, by=system, since=since)

    assert list(refusal.value.fields) == ["since"]
    assert Organ.objects.get(pk=old.pk).valid_to is None


def test_no_post_is_given_in_an_organ_that_has_ended(system):
    old, person = an_organ(), a_user()
    carry_on([old], HOUSING, by=system)

    with pytest.raises(OutOfTurn):
        actions.give_post(
            person.pk,
            organ_id=old.pk,
            role=Role.CASE_OFFICER,
            held_from=TODAY,
            by=a_hat(Role.SECURITY_ADMINISTRATOR),
            now=MONDAY,
        )


def test_an_organ_needs_a_division_that_exists(system):
    gone = a_place("141102999", "旧镇")
    gone.valid_to = TODAY
    gone.save(update_fields=["valid_to"])

    with pytest.raises(Unknown):
        actions.make_organ("X", facts=facts_of(an_organ(), place=gone.pk), since=TODAY, by=system, now=MONDAY)


def split(organ, posts, *, by, since=TODAY, code="LSYJ"):
    return actions.split_organ(
        organ.pk,
        new=NewName(code, "离石区应急管理局", "区应急局"),
        post_ids=[post.pk for post in posts],
        since=since,
        basis=DECREE,
        by=by,
        now=MONDAY,
    )


def test_q29_a_part_of_an_organ_becomes_one_of_its_own_with_the_posts_named(system):
    organ = an_organ("LSAJ", number_prefix="LSAJ", next_higher=an_organ())
    passing, staying = a_post(Role.CASE_OFFICER, organ=organ), a_post(Role.CASE_OFFICER, organ=organ)
    an_open_matter(passing)
    an_open_matter(staying)

    part = split(organ, [passing], by=system)

    organ.refresh_from_db()
    assert (organ.valid_to, organ.carried_on_by, organ.number_prefix) == (None, None, "LSAJ")
    assert (part.kind, part.place, part.next_higher) == (organ.kind, organ.place, organ.next_higher)
    assert (part.number_prefix, part.valid_from) == (None, TODAY)
    carried = Post.objects.get(organ=part)
    assert (carried.user, matters_of(carried)) == (passing.user, 1)
    assert (Post.objects.get(organ=organ, held_to=None), matters_of(staying)) == (staying, 1)
    succession = OrganSuccession.objects.get()
    assert (succession.predecessor, succession.successor, succession.basis) == (organ, part, DECREE)
    assert Entry.objects.about(organ).get().facts["code"] == "LSYJ"


def test_a_whole_organ_is_not_split_off_and_neither_are_the_posts_of_another(system):
    organ = an_organ()
    own, other = [a_post(organ=organ), a_post(organ=organ)], a_post(organ=an_organ())

    for posts in ([], own, [own[0], other]):
        with pytest.raises(Refused) as refusal:
            split(organ, posts, by=system)
        assert list(refusal.value.fields) == ["posts"]

    assert not OrganSuccession.objects.exists()
    assert not Organ.objects.filter(code="LSYJ").exists()


@pytest.mark.parametrize("since", [TODAY + timedelta(days=1), date(2020, 1, 1)])
def test_an_organ_is_split_when_the_day_has_come_and_not_before_it_began(system, since):
    organ = an_organ()
    passing, _staying = a_post(organ=organ), a_post(organ=organ)

    with pytest.raises(Refused) as refusal:
        split(organ, [passing], by=system, since=since)

    assert list(refusal.value.fields) == ["since"]
    assert not Organ.objects.filter(code="LSYJ").exists()


def test_nobody_but_the_system_administrator_splits_an_organ():
    organ = an_organ()
    passing, _staying = a_post(organ=organ), a_post(organ=organ)

    with pytest.raises(NotAllowed):
        split(organ, [passing], by=a_hat(Role.SECURITY_ADMINISTRATOR))

    assert not Organ.objects.filter(code="LSYJ").exists()


def test_q29_an_ended_organ_knows_who_carries_it_on_today_however_often_that_changed(system):
    first, second, neighbour = an_organ("A"), an_organ("B"), an_organ("N")
    carry_on([first], second, by=system, since=date(2025, 5, 1))

    new = carry_on([second], HOUSING, by=system)

    first.refresh_from_db()
    assert new.is_or_carries_on(first)
    assert not second.is_or_carries_on(first)
    assert not neighbour.is_or_carries_on(first)
    assert not first.is_or_carries_on(new)


def test_the_database_lets_nobody_carry_on_an_organ_that_goes_on():
    organ, other = an_organ(), an_organ()

    with pytest.raises(IntegrityError, match="organ_carried_on_has_ended"), transaction.atomic():
        Organ.objects.filter(pk=organ.pk).update(carried_on_by=other)


def test_r12_the_mark_of_a_political_legal_organ_is_set_corrected_recorded_and_carried_on(system):
    organ = an_organ("LSSF", next_higher=an_organ())

    actions.change_organ(organ.pk, facts=facts_of(organ, political_legal=True), by=system, now=MONDAY)
    organ.refresh_from_db()
    new = carry_on([organ], NewName("LSSF2", "离石区司法局", "区司法局"), by=system)

    assert (organ.is_political_legal, new.is_political_legal) == (True, True)
    assert Entry.objects.get(verb="organ.change").facts["changed"] == ["political_legal"]


def test_r12_courts_and_procuratorates_are_political_legal_by_their_kind():
    kinds = [kind for kind in OrganKind if an_organ(kind=kind).is_political_legal]

    assert kinds == [OrganKind.COURT_PROCURATORATE]
