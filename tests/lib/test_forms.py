"""What fields say when something is wrong: the office's words, and a field's own where it has some."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from lib.forms import TablerForm
from places.models import Place


class Everything(TablerForm):
    words = forms.CharField(max_length=3)
    number = forms.IntegerField(min_value=1, max_value=5)
    day = forms.DateField()
    moment = forms.DateTimeField()
    choice = forms.ChoiceField(choices=[("a", "A")])
    tick = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "说明来源。"})


class WithFile(TablerForm):
    upload = forms.FileField()


def said(**typed: str) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in Everything(typed).errors.items()}


def test_an_empty_field_says_what_to_do():
    assert said() == {
        "words": ["请填写。"],
        "number": ["请填写。"],
        "day": ["请填写。"],
        "moment": ["请填写。"],
        "choice": ["请选择一项。"],
        "tick": ["请先勾选。"],
        "own": ["说明来源。"],
    }


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("words", "四个字了", "最多 3 个字，现在是 4 个字。"),
        ("words", "\x00", "含有无法保存的字符，请重新填写。"),
        ("number", "many", "请填写整数。"),
        ("number", "0", "不能小于 1。"),
        ("number", "6", "不能大于 5。"),
        ("day", "昨天", "请按“2026-03-02”的格式填写日期。"),
        ("moment", "昨天", "请按“2026-03-02 09:30”的格式填写日期和时间。"),
        ("choice", "b", "请从列表中选择。"),
    ],
)
def test_a_wrong_entry_says_how_it_is_written(field, typed, words):
    assert said(**{field: typed})[field] == [words]


def test_the_words_follow_the_readers_language():
    with translation.override("en"):
        assert said(words="four")["words"] == ["At most 3 characters; now there are 4."]


def test_a_file_that_is_missing_or_empty_says_so():
    missing = WithFile({}, {})
    empty = WithFile({}, {"upload": SimpleUploadedFile("a.pdf", b"")})

    assert missing.errors["upload"] == ["请选择文件。"]
    assert empty.errors["upload"] == ["文件是空的，请换一个。"]


def test_nothing_chosen_is_said_in_words_and_what_a_field_says_itself_stays():
    class Places(TablerForm):
        wanted = forms.ModelChoiceField(queryset=Place.objects.none())
        optional = forms.ModelChoiceField(queryset=Place.objects.none(), required=False)
        own = forms.ModelChoiceField(queryset=Place.objects.none(), empty_label="全部区划")

    fields = Places().fields

    assert [str(fields[name].empty_label) for name in fields] == ["请选择", "—", "全部区划"]
