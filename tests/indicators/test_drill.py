"""A number opens the ledger, with the very petitions that it counts."""

from datetime import date
from urllib.parse import quote

import pytest
from django.utils import timezone

from accounts.models import OrganKind
from accounts.roles import Role
from indicators.drill import Counted, counted
from indicators.figures import Asked, figure
from indicators.measures import MEASURES, Code, Part
from indicators.models import Fact
from indicators.periods import Period
from indicators.universe import Universe
from tests.cases.browsers import signed_in
from tests.given import a_hat, a_place, an_organ
from tests.indicators.given import LATER, THIS_YEAR, done, moment, registering, routing
from tests.indicators.random_world import TOWNSHIPS, Deed, Do

pytestmark = pytest.mark.django_db

A_FEW = [
    *(registering(moment(1, 5), 0), routing(moment(1, 6), 0), registering(moment(1, 7), 1)),
    *(registering(moment(1, 8), 2, channel="web"), Deed(moment(1, 9), Do.VOID, 2)),
    *(registering(moment(1, 8), 3, township=TOWNSHIPS[1]), registering(moment(1, 8), 4)),
    Deed(moment(1, 12), Do.SEAL, 4),
]


@pytest.mark.parametrize(
    "asked",
    [
        Asked(THIS_YEAR),
        Asked(
            Period(date(2026, 1, 1), date(2026, 2, 1)), Universe.WITHOUT_LITIGATION_1, "14/1411/", "010000/"
        ),
        Asked(THIS_YEAR, as_of=date(2026, 1, 8)),
        Asked(THIS_YEAR, unit=17),
    ],
)
def test_what_is_asked_comes_back_whole_from_the_address(asked):
    word = str(Counted(Code.I01, Part.LATE, asked))

    assert counted(word) == Counted(Code.I01, Part.LATE, asked)
    assert quote(word) == word


@pytest.mark.parametrize(
    "word",
    [
        "",
        "i01",
        "i99.all.u1.2026-01-01.2026-02-01...",
        "i01.repeat.u1.2026-01-01.2026-02-01...",
        "i09.all.u1.2026-01-01.2026-02-01...",
        "lifted.held.u1.2026-01-01.2026-02-01...",
        "i01.all.u1.2026-01-01.2026-02-01....unit",
        "i01.all.u1.2026-01-01.2026-02-01....1.2",
        "i01.all.u9.2026-01-01.2026-02-01...",
        "i01.all.u1.2026-02-01.2026-01-01...",
        "i01.all.u1.2026-13-01.2026-14-01...",
    ],
)
def test_a_word_that_counts_nothing_is_none(word):
    with pytest.raises(ValueError, match=r".+"):
        counted(word)


@pytest.mark.parametrize("as_of", [None, date(2026, 1, 8)], ids=["now", "as of a day"])
def test_every_part_of_every_figure_opens_a_list_of_the_same_length(as_of):
    done(*A_FEW)
    director = a_hat(Role.OFFICE_DIRECTOR)
    browser, asked = signed_in(director), Asked(THIS_YEAR, as_of=as_of)

    for code, measure in MEASURES.items():
        found = figure(code, asked, Fact.objects.visible_to(director), now=timezone.now())
        assert set(found.parts) == set(measure.parts(LATER))
        for name, count in {Part.ALL: found.of, **found.parts}.items():
            page = browser.open("cases:ledger", query=_query(code, name, asked))
            assert (code, name, page.context["count"]) == (code, name, count)
            assert len(page.context["rows"]) == count


def _query(code: Code, name: Part, asked: Asked) -> dict[str, object]:
    return {"view": "all", "figure": str(Counted(code, name, asked))}


def test_of_a_past_day_the_list_shows_also_what_became_void_since():
    doer = done(*A_FEW)
    browser, asked = signed_in(a_hat(Role.OFFICE_DIRECTOR)), Asked(THIS_YEAR, as_of=date(2026, 1, 8))

    page = browser.open("cases:ledger", query=_query(Code.REGISTERED, Part.ONLINE, asked))

    assert [row.petition.pk for row in page.context["rows"]] == [doer.keys[2]]


def test_q6_a_neighbour_opens_the_same_word_and_finds_his_own_alone():
    done(*A_FEW)
    street = an_organ("JD2", kind=OrganKind.PETITION_OFFICE, place=a_place(TOWNSHIPS[1]))
    browser, query = (
        signed_in(a_hat(Role.OFFICE_DIRECTOR, organ=street)),
        _query(Code.REGISTERED, Part.ALL, Asked(THIS_YEAR)),
    )

    page = browser.open("cases:ledger", query=query)

    assert page.context["count"] == 1
    assert [row.petition.place.code for row in page.context["rows"]] == [TOWNSHIPS[1]]


def test_the_filter_says_what_is_counted_and_can_be_taken_away():
    done(*A_FEW)
    browser = signed_in(a_hat(Role.OFFICE_DIRECTOR))

    page = browser.open("cases:ledger", query=_query(Code.I01, Part.IN_TIME, Asked(THIS_YEAR)))

    ((label, words, without),) = page.context["chips"]
    assert (label, words) == ("指标所计", "信访部门及时受理率：按时，2026-01-01 起至 2027-01-01 前")
    assert without == "?view=all"


def test_a_figure_that_there_is_not_is_told_and_no_list_shown_for_it():
    done(*A_FEW)
    browser = signed_in(a_hat(Role.OFFICE_DIRECTOR))

    page = browser.open("cases:ledger", query={"view": "all", "figure": "i99"})

    assert page.context["form"].is_unclear
    assert list(page.context["rows"]) == []
