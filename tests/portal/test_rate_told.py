"""Who told something by a grid's code says whether it is solved: once, of his own; the handling unit reads nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from grids.actions import handling
from grids.event_states import EventState, Rating
from grids.models import Evaluation, GridEvent
from lib.errors import OutOfTurn, Unknown
from portal.actions import VISITOR, rate_told
from portal.progress_of_told import progress_of_told
from tests.cases.browsers import signed_in
from tests.given import MONDAY, a_hat
from tests.grids.given import a_clerk, a_grid, a_worker
from tests.portal.test_tell import told, world

__all__ = ["world"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def struck_off(event, clerk, worker):
    """Let the worker settle an event, and the community verify it and strike it off."""
    head = a_hat("unit_head", organ=clerk.organ)
    event.refresh_from_db()
    handling.settle_event(event.pk, words="好了", version=event.version, by=worker, now=MONDAY)
    for deed, words in ((handling.verify_event, "看过"), (handling.close_event, "")):
        event.refresh_from_db()
        deed(event.pk, words=words, version=event.version, by=head, now=MONDAY)


@pytest.fixture
def done(world):
    """What was told, with its code, once the event is struck off; its worker and its clerk."""
    grid, worker, clerk, _registrar = world
    found = told(grid)
    struck_off(GridEvent.objects.get(), clerk, worker)
    return found, worker, clerk


def look_up(found, client=None):
    number, code = found.telling.number, found.code
    return (client or Client()).post(reverse("portal:entry"), {"number": number, "code": code})


def rates(key, **typed):
    return Client().post(reverse("portal:rate_told"), {"key": key, **typed})


def test_he_says_it_once_on_the_page_his_code_opens_and_nothing_is_chosen_for_him(done):
    found, *_others = done
    opened = look_up(found)
    assert "checked" not in opened.content.decode()
    key = opened.context["progress"].rates_with

    assert rates(key).status_code == 422
    assert not Evaluation.objects.exists()
    said = rates(key, rating="partly", words="还差一点")
    assert said.status_code == 200 and said.context["progress"].is_rated
    rated = Evaluation.objects.get()
    assert (rated.rating, rated.words, rated.noted_by) == (Rating.PARTLY, "还差一点", None)
    assert Entry.objects.get(verb="event.evaluate").facts == {"event_state": EventState.CLOSED}

    assert rates(key, rating="solved").status_code == 409
    assert look_up(found).context["progress"].rates_with == ""
    assert Evaluation.objects.get().rating == Rating.PARTLY


def test_a_key_that_is_none_or_is_over_opens_nothing(done, settings):
    found, *_others = done
    key = look_up(found).context["progress"].rates_with
    for wrong in ("", "x", key[:-1], str(found.telling.pk)):
        assert rates(wrong, rating="solved").status_code == 404
    settings.SECRET_KEY = "of another house"
    assert rates(key, rating="solved").status_code == 404
    assert Client().get(reverse("portal:rate_told")).status_code == 302
    assert not Evaluation.objects.exists()


def test_it_is_not_asked_before_it_is_struck_off_nor_of_what_names_a_cadre(world):
    grid, *_others = world
    running, sealed = told(grid), told(grid, names_cadre=True, address="198.51.100.9")

    assert progress_of_told(running.telling.pk, now=MONDAY).rates_with == ""
    assert progress_of_told(sealed.telling.pk, now=MONDAY).rates_with == ""
    with pytest.raises(OutOfTurn):
        rate_told(running.telling.pk, rating=Rating.SOLVED, words="", by=VISITOR, now=MONDAY)
    with pytest.raises(Unknown):
        rate_told(sealed.telling.pk, rating=Rating.SOLVED, words="", by=VISITOR, now=MONDAY)
    assert not Evaluation.objects.exists()


def test_each_who_told_the_same_rates_his_own_when_the_one_it_goes_as_is_struck_off(world):
    grid, worker, clerk, _registrar = world
    first, second = told(grid), told(grid, address="198.51.100.9")
    one, other = (GridEvent.objects.get(pk=found.telling.subject) for found in (first, second))
    handling.join_event(other.pk, number=one.number, version=other.version, by=clerk, now=MONDAY)
    assert progress_of_told(second.telling.pk, now=MONDAY).rates_with == ""
    struck_off(one, clerk, worker)

    rate_told(second.telling.pk, rating=Rating.NOT, words="", by=VISITOR, now=MONDAY)
    assert Evaluation.objects.get().event == other
    assert progress_of_told(first.telling.pk, now=MONDAY).rates_with != ""


def test_q28_who_keeps_the_grids_reads_it_and_neither_ground_nor_neighbour(done):
    found, worker, clerk = done
    rate_told(found.telling.pk, rating=Rating.NOT, words="没有解决", by=VISITOR, now=MONDAY)

    def read(hat):
        return signed_in(hat).open("grids:event", found.telling.subject).context["evaluation"]

    assert read(clerk).rating == Rating.NOT
    assert read(worker) is None
    assert "没有解决" not in signed_in(worker).open("grids:event", found.telling.subject).content.decode()
    neighbour = a_worker(a_grid("YN02", by=a_clerk()), by=a_clerk())
    assert signed_in(neighbour).open("grids:event", found.telling.subject).status_code == 404
