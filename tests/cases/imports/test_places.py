"""A place that a list writes otherwise: said plainly, kept in words, and matched once a person says what is meant."""

import pytest

from accounts.roles import Role
from cases.actions.imports import match_list
from cases.imports.sweeps import remove_import_files
from cases.models import ImportSource, ImportState, Petition
from cases.states import Channel, Purpose
from lib.errors import Refused
from tests.cases.browsers import signed_in
from tests.cases.imports.given import LATER, a_row, an_xlsx, imported, matched, worked
from tests.cases.imports.test_loading import DAY
from tests.cases.imports.test_pages import address
from tests.given import a_hat, a_place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

MEANT = "141102001001"


def a_list():
    """Make a list of a known place, one with its township before it, two with a slip, and one with a whole sentence."""
    village = a_place(MEANT)
    return an_xlsx(
        a_row(1, 问题属地=village.name),
        a_row(2, 问题属地=f"{village.parent.name}{village.name}"),
        a_row(3, 问题属地=slip(village)),
        a_row(4, 问题属地=slip(village)),
        a_row(5, 问题属地="从老汽车站往东走三百米左右路北的那个没有名字的小区"),
        a_row(6, 问题属地=None),
    )


def slip(village) -> str:
    """Return a village's name as somebody wrote it: with another word for its kind, inside its township."""
    return f"{village.parent.short_name}{village.short_name.removesuffix('社区')}居委会"


def stated(**facts):
    whole = {"channel": Channel.WEB, "purpose": Purpose.REQUEST, "category_id": None, "received_on": None}
    return {**whole, "now": LATER, **facts}


def test_what_is_not_known_is_counted_named_and_loses_no_row():
    village = a_place(MEANT)

    batch = imported(a_list())

    assert (batch.state, batch.created, batch.rejected, batch.unplaced) == (ImportState.DONE, 6, 0, 3)
    by_number = {one.external_number: one for one in Petition.objects.all()}
    assert by_number["1"].place == by_number["2"].place == village
    office = batch.source.organ.place
    assert [by_number[number].place for number in "3456"] == [office] * 4
    assert by_number["3"].place_detail == slip(village)
    assert by_number["5"].place_detail.startswith("从老汽车站")


def test_the_trial_says_which_names_are_not_known_and_suggests_what_may_be_meant():
    registrar = a_hat(Role.REGISTRAR)
    village = a_place(MEANT)
    batch = matched(a_list(), by=registrar)

    page = signed_in(registrar).get(address(batch))

    assert batch.unknown_places == {slip(village): 2}
    (field,) = page.context["match"].places
    assert (field.label, MEANT in dict(field.field.choices)) == (slip(village), True)
    assert "其中属地未匹配" in page.content.decode()


def test_what_a_person_says_is_meant_is_matched_and_remembered_for_the_source():
    registrar = a_hat(Role.REGISTRAR)
    village = a_place(MEANT)
    batch = matched(a_list(), by=registrar)
    browser = signed_in(registrar)
    columns = {f"column-{place}": batch.mapping.get(name, "") for place, name in enumerate(batch.columns)}

    browser.post(
        address(batch, "match"), {"channel": "web", "purpose": "request", "place-0": MEANT, **columns}
    )
    worked()
    browser.post(address(batch, "run"))
    worked()

    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.unplaced) == (ImportState.DONE, 6, 1)
    assert Petition.objects.filter(place=village).count() == 4
    assert ImportSource.objects.get().places == {slip(village): MEANT}
    again = imported(an_xlsx(a_row(9, 问题属地=slip(village))), by=registrar)
    assert again.unplaced == 0
    assert Petition.objects.get(external_number="9").place == village


def test_a_place_of_another_office_is_refused_and_one_that_nobody_asked_about_is_not_taken():
    registrar = a_hat(Role.REGISTRAR)
    batch = matched(a_list(), by=registrar)
    (name,) = batch.unknown_places

    with pytest.raises(Refused) as refused:
        match_list(batch.pk, **stated(by=registrar, mapping=batch.mapping, places={name: "141130"}))
    match_list(batch.pk, **stated(by=registrar, mapping=batch.mapping, places={"别处": MEANT}))

    assert set(refused.value.fields) == {"places"}
    assert ImportSource.objects.get().places == {}


def test_each_column_shows_its_first_values_covered_until_the_file_is_removed():
    registrar = a_hat(Role.REGISTRAR)
    rows = [
        a_row(1, 信访人="张大强", 手机="13812345678", 身份证号="110101199003070011", 备用="李四光"),
        a_row(2, 信访人="王小明", 手机="13912345678", 备用="转自张大强，电话 13812345678"),
    ]
    batch = matched(an_xlsx(*rows), by=registrar)

    page = signed_in(registrar).get(address(batch)).content.decode()

    kept = str(batch.examples)
    assert "2026/2/27 9:05:08" in page and "转自" in kept
    for value in ("张大强", "王小明", "13812345678", "110101199003070011", "李四光"):
        assert value not in kept
        assert value not in page
    remove_import_files(now=LATER + DAY + DAY)
    batch.refresh_from_db()
    assert (batch.examples, batch.unknown_places, batch.sample) == ({}, {}, [])


def test_the_result_leads_to_the_new_petitions_that_one_may_see():
    registrar = a_hat(Role.REGISTRAR)
    batch = imported(an_xlsx(a_row(1), a_row(2, 留言时间="昨天"), a_row(3)), by=registrar)
    browser = signed_in(registrar)

    page = browser.get(address(batch), {"of": "created"})

    first, second = Petition.objects.order_by("number")
    assert [(line, row.petition) for line, row in page.context["created"]] == [(2, first), (4, second)]
    assert f'href="/petitions/{first.pk}/"' in page.content.decode()
    assert "?of=created" in browser.get(address(batch)).content.decode()
