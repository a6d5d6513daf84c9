"""Widgets drawn by plain functions say what Django's own templates of them say."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from lib.widgets import PlainRenderer, field_box

DANGEROUS = "\"><script>alert('x')</script>&"
CHOICES = [("", "—"), ("a", gettext_lazy("Organ")), (DANGEROUS, DANGEROUS), (3, mark_safe("<b>3</b>"))]
GROUPED = [("", "—"), (DANGEROUS, [("a", "A"), ("b", DANGEROUS)]), ("二", [("c", "C")])]
ATTRS = {
    "id": "x",
    "required": True,
    "disabled": False,
    "data-a": DANGEROUS,
    "rows": 2,
    "data-s": mark_safe("&amp;"),
}
WIDGETS = {
    "text": (forms.TextInput(), ("", None, DANGEROUS, 0, mark_safe("&amp;"))),
    "hidden": (forms.HiddenInput(), ("", DANGEROUS, 7)),
    "number": (forms.NumberInput(), (None, 0, 12_345)),
    "password": (forms.PasswordInput(), ("secret",)),
    "date": (forms.DateInput(), (None, date(2026, 3, 2), "02.03.")),
    "checkbox": (forms.CheckboxInput(), (True, False, None)),
    "file": (forms.FileInput(), (None,)),
    "textarea": (forms.Textarea(), (None, "", "\n二\n", DANGEROUS)),
    "select": (forms.Select(choices=CHOICES), (None, "", "a", DANGEROUS, 3, "3")),
    "grouped": (forms.Select(choices=GROUPED), (None, "b", "c")),
    "several": (forms.SelectMultiple(choices=CHOICES), (None, ["a", DANGEROUS])),
    "radio": (forms.RadioSelect(choices=CHOICES), (None, "a")),
    "to tick": (forms.CheckboxSelectMultiple(choices=CHOICES), (None, ["a", DANGEROUS])),
}


@pytest.mark.parametrize("kind", WIDGETS)
def test_a_widget_says_what_djangos_template_of_it_says(kind):
    widget, values = WIDGETS[kind]

    for value in values:
        for attrs in ({}, ATTRS):
            plain, djangos = (
                widget.render("na<me", value, attrs, renderer)
                for renderer in (PlainRenderer(), DjangoTemplates())
            )

            assert parse_html(plain) == parse_html(djangos)
            assert "<script>" not in plain


class Everything(forms.Form):
    words = forms.CharField(label=DANGEROUS, help_text=DANGEROUS)
    agreed = forms.BooleanField(label="同意")
    way = forms.ChoiceField(
        label="去向", choices=[("a", DANGEROUS)], widget=forms.RadioSelect, help_text="一种"
    )
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize("name", ["words", "agreed", "way"])
def test_a_field_is_drawn_with_label_hint_and_error_and_nothing_in_it_gets_loose(name):
    form = Everything({"words": ""})

    drawn = str(field_box(form[name], css=DANGEROUS))

    assert drawn.startswith(("<div", "<fieldset"))
    assert f'id="{form[name].auto_id}_error"' in drawn
    assert "err mb-3" in drawn
    assert "<script>" not in drawn
    parse_html(drawn)


def test_a_hidden_field_is_drawn_without_a_label():
    assert str(field_box(Everything()["secret"])) == '<input type="hidden" name="secret" id="id_secret">'


def test_a_label_given_stands_instead_of_the_fields_own():
    drawn = field_box(Everything()["agreed"], DANGEROUS)

    assert "同意" not in drawn
    assert "&lt;script&gt;" in drawn


class WithFile(forms.Form):
    words = forms.CharField()
    scan = forms.FileField(help_text="PDF")


def test_a_file_that_came_with_a_faulty_form_is_to_be_chosen_once_more():
    sent = WithFile({"words": ""}, {"scan": SimpleUploadedFile("a.pdf", b"%PDF")})
    none_sent = WithFile({"words": ""})
    good = WithFile({"words": "x"}, {"scan": SimpleUploadedFile("a.pdf", b"%PDF")})

    assert "PDF Choose the file once more" in field_box(sent["scan"])
    assert "once more" not in field_box(sent["words"])
    assert "once more" not in field_box(none_sent["scan"])
    assert "once more" not in field_box(good["scan"])
