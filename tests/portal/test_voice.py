"""What whoever has the query code does on the public page: rate, ask for letters, report pressure, read his papers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from cases.actions import sealing
from cases.intake import Reported
from cases.models import LetterWish, PetitionRating, QueryCode
from cases.states import ReportedKind
from leadership.models import PressureReport
from portal.keys import key_for
from portal.voicing import voice_of
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday", "shelf")]


def key_of(case) -> str:
    return key_for(QueryCode.objects.get(petition=case.pk, petitioner=None).pk)


def sends(name, case_or_key, *args, **typed):
    key = case_or_key if isinstance(case_or_key, str) else key_of(case_or_key)
    return Client().post(reverse(f"portal:{name}", args=args), {"key": key, **typed})


def voice(case, *, now=MONDAY):
    return voice_of(QueryCode.objects.get(petition=case.pk, petitioner=None).pk, bound={}, now=now)


def test_r_08_office_and_unit_are_rated_apart_on_the_page_of_the_petition():
    case = given.served()

    page = sends("rate", case, of="office", value="satisfied")
    sends("rate", case, of=str(case.handling_id), value="dissatisfied", reason="没有人上门")

    assert page.status_code == 200
    assert "评价已保存" in page.content.decode()
    assert dict(PetitionRating.objects.values_list("organ__code", "value")) == {
        case.office.organ.code: "satisfied",
        case.unit.organ.code: "dissatisfied",
    }


def test_a_refused_rating_is_shown_again_as_it_was_typed():
    case = given.routed()

    page = sends("rate", case, of="office", value="dissatisfied")

    assert page.status_code == 422
    assert "请简单说明哪里不满意" in page.content.decode()
    assert not PetitionRating.objects.exists()


def test_nothing_is_chosen_beforehand():
    (one,) = voice(given.routed()).ratings

    assert one.form.initial == {"of": "office"}


def test_a_word_that_was_not_signed_here_or_is_an_hour_old_opens_nothing(time_machine):
    case = given.routed()
    key = key_of(case)

    assert sends("rate", key + "x", of="office", value="satisfied").status_code == 404
    time_machine.move_to(MONDAY + timedelta(hours=1, minutes=1))
    assert sends("rate", key, of="office", value="satisfied").status_code == 404

    assert not PetitionRating.objects.exists()


def test_the_word_of_a_code_that_was_issued_anew_shows_nothing_either():
    case = given.routed()
    key = key_of(case)
    QueryCode.objects.filter(petition=case.pk).update(replaced_at=MONDAY)

    assert sends("rate", key, of="office").status_code == 404


@pytest.mark.parametrize("name", ["rate", "letters", "pressure"])
def test_whoever_comes_to_an_address_of_a_form_is_led_to_the_first_page(name):
    assert Client().get(reverse(f"portal:{name}"))["Location"] == reverse("portal:entry")


def test_what_was_sealed_meanwhile_takes_nothing_and_offers_nothing():
    case = given.routed()
    key = key_of(case)
    reported = (Reported(kind=ReportedKind.PERSON, name="王某"),)
    sealing.seal(case.pk, reason="反映干部", reported=reported, by=a_hat(), now=MONDAY)

    for name, typed in (
        ("rate", {"of": "office", "value": "satisfied"}),
        ("letters", {"forms": ["large_print"]}),
        ("pressure", {"about": "-", "words": "有人找我"}),
    ):
        assert sends(name, key, **typed).status_code == 404
    assert not PetitionRating.objects.exists()
    assert not PressureReport.objects.exists()


def test_letters_are_asked_for_and_the_wish_is_taken_back():
    case = given.accepted()

    sends("letters", case, forms=["large_print", "plain_words"])
    sends("letters", case, forms=["plain_words"])

    standing = LetterWish.objects.filter(ended_at=None).values_list("form", flat=True)
    assert list(standing) == ["plain_words"]


def test_pressure_is_told_of_one_of_those_who_handle_it_or_of_somebody_else():
    case = given.accepted()

    foreign = sends("pressure", case, about="CG", words="有人找我")
    done = sends("pressure", case, about=case.unit.organ.code, words="让我撤回")

    assert (foreign.status_code, done.status_code) == (422, 200)
    row = PressureReport.objects.get()
    assert (row.about, row.addressee) == (case.unit.organ, case.office.organ)
    assert Entry.objects.get(verb="pressure.report").facts == {}


def test_papers_that_were_served_are_read_and_others_are_not():
    case = given.served()
    opinion = case.handling.opinion
    paper = next(one for one in voice(case).papers if one.id == opinion.pk)

    saved = sends("paper", case, paper.id)

    assert saved.status_code == 200
    assert Entry.objects.filter(verb="petition.fetch_paper", actor_words="public_page").exists()
    other = given.opinion_issued()
    assert voice(other).papers == [] or opinion.pk not in {one.id for one in voice(other).papers}
    assert sends("paper", other, other.handling.opinion.pk).status_code == 404
    assert sends("paper", other, opinion.pk).status_code == 404


def test_each_person_reads_what_was_served_on_himself_and_does_not_rate():
    people = (a_person("张大强"), a_person("李小红", wants_code=True))
    case = given.routed(given.registered(people=people))
    own = QueryCode.objects.exclude(petitioner=None).get(petition=case.pk)

    found = voice_of(own.pk, bound={}, now=MONDAY)

    assert (found.ratings, found.papers) == ([], [])
