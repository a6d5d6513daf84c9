"""Rows made in one go are what Django's own constructor makes."""

from datetime import UTC, datetime

import pytest

from audit.models import Entry
from cases.models import Claim, Involvement, Petition, PetitionClock, Petitioner, PetitionText
from lib.new_rows import new_row
from places.models import Place

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KEY = "018f6f5e-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Petition, {"id": KEY, "number": "14110226000001", "place_path": "14/", "known_at": NOW}),
        (Claim, {"number": 1, "wording": "停水三天"}),
        (Petitioner, {"id": KEY, "name": "张三", "position": 1}),
        (PetitionClock, {"code": "T2", "started_at": NOW, "extensions": 1}),
        (Involvement, {"organ_id": 7, "bases": ["registered"], "since": NOW}),
        (Entry, {"id": KEY, "at": NOW, "verb": "petition.register", "facts": {"number": "1"}, "seq": 4}),
    ],
)
def test_a_row_holds_what_the_models_own_constructor_gives_it(model, values):
    made, expected = new_row(model, **values), model(**values)

    assert type(made) is model
    assert made.__dict__.keys() == expected.__dict__.keys()
    assert {name: said for name, said in made.__dict__.items() if name != "_state"} == {
        name: said for name, said in expected.__dict__.items() if name != "_state"
    }
    assert (made._state.adding, made._state.db) == (True, None)


def test_a_related_row_is_known_without_asking_for_it_and_does_not_point_back():
    place, petition = Place(pk=3, name="凤山街道"), Petition(id=KEY)

    petition_there = new_row(Petition, place=place)
    words = new_row(PetitionText, petition=petition, title="停水")
    nobody = new_row(Petition, on_behalf_of=None)

    assert (petition_there.place_id, petition_there.place) == (3, place)
    assert (words.petition_id, words.petition) == (KEY, petition)
    assert not Petition.words.is_cached(petition)
    assert (nobody.on_behalf_of_id, nobody.on_behalf_of) == (None, None)


def test_what_is_worked_out_for_each_row_is_each_rows_own():
    one, other = new_row(Petition), new_row(Petition)

    assert one.pk != other.pk
    assert new_row(PetitionClock).steps is not new_row(PetitionClock).steps


def test_a_name_that_is_no_column_is_refused():
    with pytest.raises(TypeError, match="Claim has no words"):
        new_row(Claim, words="停水三天")
