"""What the shared pieces of pages draw."""

from datetime import date, datetime

import pytest
from django import forms
from django.template import engines

from lib.strips import Point, Span, strip
from tests.front.addresses import People, Sample
from tests.front.given import a_hat, a_request


def drawn(text, path="/", **context):
    return (
        engines["django"]
        .from_string("{% load page %}" + text)
        .render(context, a_request(path, hats=(a_hat(),)))
    )


def a_field(form, name):
    return drawn('{% include "components/_field.html" %}', field=form[name])


def test_an_icon_is_decoration_unless_it_is_named():
    assert 'aria-hidden="true"' in drawn('{% icon "bell" %}')
    assert 'role="img" aria-label="提醒"' in drawn('{% icon "bell" label="提醒" %}')


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ('state="open"', "?lamp=r&amp;lamp=y&amp;page=2&amp;state=open"),
        ("page=None", "?lamp=r&amp;lamp=y"),
        ('lamp=""', "?page=2"),
        ('lamp="g" page=3', "?lamp=g&amp;page=3"),
    ],
)
def test_a_link_keeps_the_rest_of_the_question(changes, question):
    assert drawn("{% query " + changes + " %}", "/?lamp=r&lamp=y&page=2") == question


@pytest.mark.parametrize(
    ("moment", "shown"), [("2026-01-01T00:30", "01-01"), ("2025-12-31T23:30", "2025-12-31")]
)
def test_a_day_of_this_year_is_shown_without_its_year(moment, shown):
    now, at = (datetime.fromisoformat(f"{one}+08:00") for one in ("2026-10-12T09:00", moment))

    assert drawn("{% short_day at now %}", at=at, now=now) == shown


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("title", "form-control"),
        ("words", "form-control"),
        ("unit", "form-select"),
        ("urgent", "form-check-input"),
        ("channel", "form-check-input"),
    ],
)
def test_a_field_wears_the_class_of_its_kind(name, css):
    assert f'class="{css}"' in a_field(Sample(), name)


def test_a_field_keeps_the_class_it_came_with():
    class Coded(Sample):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "code-in"}))

    assert 'class="form-control code-in"' in a_field(Coded(), "code")


def test_a_wrong_field_points_to_its_error_and_its_hint():
    field = a_field(Sample({}), "title")

    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_title_helptext id_title_error"' in field
    assert 'id="id_title_helptext"' in field
    assert 'id="id_title_error"' in field


def test_a_hidden_field_has_no_label():
    assert a_field(Sample(), "place_code").strip().startswith('<input type="hidden"')


def test_the_summary_lists_form_and_rows_in_the_order_of_the_page():
    people = People(
        {"people-TOTAL_FORMS": "2", "people-INITIAL_FORMS": "0", "people-0-name": "张", "people-1-name": ""},
        prefix="people",
    )
    people.forms[1].empty_permitted = False
    form = Sample({"title": "修路", "channel": "visit", "unit": ""})
    form.add_error(None, "人数和名单对不上")

    page = drawn('{% include "components/_errsum.html" with more=people %}', form=form, people=people)

    assert "还有 3 处要改" in page
    places = [
        page.index(word) for word in ("人数和名单对不上", 'href="#id_unit"', 'href="#id_people-1-name"')
    ]
    assert places == sorted(places)


def test_a_form_without_faults_has_no_summary():
    form = Sample({"title": "修路", "channel": "visit", "unit": "x"})

    assert "errsum" not in drawn('{% include "components/_errsum.html" %}', form=form)


def test_a_value_covered_for_good_has_no_eye():
    page = drawn('{% include "components/_pii.html" with value="138****1234" %}')

    assert "138****1234" in page
    assert "<form" not in page


def test_the_strip_lays_days_in_proportion():
    first, last = date(2026, 1, 1), date(2026, 4, 11)

    laid = strip(
        "",
        first,
        last,
        [Span("run-g", date(2026, 1, 11), date(2026, 2, 20))],
        [Point(last, "满", below=True)],
    )

    assert (laid.bars[0].x, laid.bars[0].width) == ("10.0%", "40.0%")
    assert (laid.marks[0].x, laid.marks[0].anchor) == ("100.0%", "end")


@pytest.mark.parametrize("below", [True, False])
def test_words_that_would_be_written_over_each_other_are_joined_in_each_line(below):
    first, last = date(2026, 1, 1), date(2026, 1, 16)
    same = [Point(last, "分办", below=below), Point(last, "书面告知", below=below)]

    laid = strip("", first, last, [], [*same, Point(date(2026, 1, 8), "异议", below=below)])

    assert [mark.text for mark in laid.marks] == ["异议", "分办 · 书面告知", ""]
    assert [mark.x for mark in laid.marks] == ["46.7%", "100.0%", "100.0%"]


def test_what_is_past_the_strip_stands_at_its_end():
    first, last = date(2026, 1, 1), date(2026, 3, 2)

    laid = strip(
        "", first, last, [Span("run-r", first, date(2027, 1, 1))], [Point(date(2027, 1, 1), "今天", now=True)]
    )

    assert laid.bars[0].width == "100.0%"
    assert laid.marks[0].x == "100.0%"


def test_words_that_would_lie_on_each_other_are_said_together():
    first, last = date(2026, 8, 5), date(2026, 11, 3)
    points = [
        Point(first, "登记"),
        Point(date(2026, 8, 9), "受理"),
        Point(date(2026, 10, 1), "今天", now=True),
    ]

    laid = strip("", first, last, [], points)

    assert [mark.text for mark in laid.marks] == ["登记 · 受理", "", "今天"]


def test_a_strip_without_length_is_a_mistake():
    with pytest.raises(ValueError, match="at least one day"):
        strip("", date(2026, 1, 1), date(2026, 1, 1), [], [])
