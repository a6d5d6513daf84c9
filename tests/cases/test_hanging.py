"""What hangs on a petition is asked of every table at once, and what does not hang is never asked for again."""

import pytest

from cases.hanging import Hanging, paths
from cases.models import Extension, Petition, Withdrawal
from tests.cases.handling import given

pytestmark = pytest.mark.django_db


def test_a_new_petition_has_nothing_hanging_on_it_and_its_neighbours_rows_are_not_its_own():
    given.withdrawn()
    fresh = given.registered()

    assert Hanging.on(fresh.petition).there == set()


def test_each_relation_is_found_once_a_row_hangs_on_it():
    case = given.withdrawal_noted(given.accepted())
    given.ask_extension(case)

    hanging = Hanging.on(case.petition)

    assert {"withdrawals", "handlings__extensions"} <= hanging.there
    assert "recusals" not in hanging.there
    assert [row.petition_id for row in hanging.rows("withdrawals", Withdrawal.objects.all())] == [case.pk]


def test_what_does_not_hang_costs_no_statement_and_what_does_is_loaded(django_assert_num_queries):
    case = given.accepted()
    hanging = Hanging.on(case.petition)
    handlings = [case.handling]

    with django_assert_num_queries(0):
        hanging.load("handlings", handlings, {"extensions": Extension.objects.all()})
        assert list(handlings[0].extensions.all()) == []
        assert hanging.rows("withdrawals", Withdrawal.objects.all()) == []
    given.ask_extension(case)
    again = [case.handling]
    Hanging.on(case.petition).load("handlings", again, {"extensions": Extension.objects.all()})
    with django_assert_num_queries(0):
        assert len(again[0].extensions.all()) == 1


@pytest.mark.parametrize("path", paths())
def test_every_path_leads_to_rows_that_a_queryset_finds_the_same_way(path):
    case = given.registered()

    found = Petition.objects.filter(pk=case.pk, **{f"{path}__isnull": False}).exists()

    assert (path in Hanging.on(case.petition).there) == found


def test_what_was_not_asked_for_is_an_error_and_not_an_empty_list():
    case = given.registered()

    with pytest.raises(LookupError):
        Hanging.on(case.petition).rows("grants", Petition.objects.all())
