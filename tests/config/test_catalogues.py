"""Catalogues are made and checked without gettext, in a small house of two rooms."""

import gettext
import os

import polib
import pytest

from config import catalogues
from config.catalogues import House

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

SENTENCE = _("Petition %(number)s was "
             "registered.")
STEP = pgettext_lazy("petition step", "Close")
COUNT = ngettext("%(count)d petition", "%(count)d petitions", 2)
"""
PAGE = """
{% load i18n %}
<ul>
    <li title="{% translate 'Due' context 'a day' %}">it's here</li>
  {# nobody reads this #}
</ul>
   {% blocktranslate trimmed count count=total with place=place.name %}
      One petition
      in {{ place }}
   {% plural %}
      {{ count }} petitions in {{ place }}
   {% endblocktranslate %}
{% include "x.html" with title=_("Nothing yet") %}
"""


@pytest.fixture
def house(tmp_path) -> House:
    for room in ("cases", "config"):
        (tmp_path / room).mkdir()
    return House(tmp_path, ("cases", "config"))


def says(house: House, name: str, text: str) -> None:
    path = house.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def translates(house: House, room: str, **words: str) -> None:
    """Write translations into a catalogue; the keyword is the first word of the source text."""
    catalogue = polib.pofile(str(house.catalogue(room)))
    for first_word, translation in words.items():
        (entry,) = [entry for entry in catalogue if entry.msgid.split()[0] == first_word]
        if entry.msgid_plural:
            entry.msgstr_plural = {0: translation}
        else:
            entry.msgstr = translation
    catalogue.save()


def test_code_speaks_with_context_and_plural(house):
    says(house, "cases/actions.py", CODE)

    said = catalogues.said(house)["cases"]

    assert {key: message.plural for key, message in said.items()} == {
        (None, "Petition %(number)s was registered."): None,
        ("petition step", "Close"): None,
        (None, "%(count)d petition"): "%(count)d petitions",
    }


def test_templates_speak_with_context_trimmed_and_plural(house):
    says(house, "templates/cases/page.html", PAGE)

    said = catalogues.said(house)["cases"]

    assert {key: message.plural for key, message in said.items()} == {
        ("a day", "Due"): None,
        (None, "One petition in %(place)s"): "%(count)s petitions in %(place)s",
        (None, "Nothing yet"): None,
    }


@pytest.mark.parametrize(
    ("name", "room"),
    [
        ("templates/base.html", "config"),
        ("templates/components/_empty.html", "config"),
        ("templates/cases/page.html", "cases"),
    ],
)
def test_each_template_speaks_for_its_room(house, name, room):
    says(house, name, '{% load i18n %}{% translate "Save" %}')

    said = catalogues.said(house)

    assert [owner for owner, messages in said.items() if messages] == [room]


def test_updating_keeps_translations_and_drops_what_is_no_longer_said(house):
    says(house, "cases/actions.py", CODE)
    catalogues.update(house, ["cases"])
    translates(house, "cases", Close="办结", Petition="%(number)s 已登记。")
    says(house, "cases/actions.py", CODE.replace("COUNT", "# COUNT").replace("was ", "has been "))

    catalogues.update(house, ["cases"])

    entries = polib.pofile(str(house.catalogue("cases")))
    assert [(entry.msgid, entry.msgstr, entry.obsolete) for entry in entries] == [
        ("Close", "办结", 0),
        ("Petition %(number)s has been registered.", "", 0),
    ]


def test_updating_twice_changes_nothing(house):
    says(house, "cases/actions.py", CODE)
    catalogues.update(house, ["cases"])
    first = house.catalogue("cases").read_bytes()

    catalogues.update(house, ["cases"])

    assert house.catalogue("cases").read_bytes() == first
    assert b":4" not in first


def test_a_finished_catalogue_has_no_problems(house):
    says(house, "cases/actions.py", CODE)
    catalogues.update(house, ["cases"])

    translates(house, "cases", Close="办结", Petition="%(number)s 已登记。", **{"%(count)d": "%(count)d 件"})

    assert catalogues.problems(house) == []


@pytest.mark.parametrize(
    ("code", "translation", "problem"),
    [
        pytest.param('_("Save")', "", "cases: untranslated: 'Save'", id="untranslated"),
        pytest.param('_("Save %(x)s")', "保存", "cases: placeholders differ: 'Save %(x)s'", id="lost"),
        pytest.param('_("Save {x}")', "保存{y}", "cases: placeholders differ: 'Save {x}'", id="renamed"),
        pytest.param('_("Save %s")', "保存%s", "cases: placeholder without a name: 'Save %s'", id="nameless"),
        pytest.param('_("Save 保存")', "保存", "cases: Chinese as source text: 'Save 保存'", id="Chinese"),
    ],
)
def test_the_check_tells(house, code, translation, problem):
    says(house, "cases/actions.py", code)
    catalogues.update(house, ["cases"])
    translates(house, "cases", Save=translation)

    assert catalogues.problems(house) == [problem]


def test_the_check_tells_what_is_missing_and_what_is_left_over(house):
    says(house, "cases/actions.py", '_("Save")')
    catalogues.update(house, ["cases"])
    says(house, "cases/actions.py", '_("Keep")')

    assert catalogues.problems(house) == [
        "cases: no longer said: 'Save'",
        "cases: not in the catalogue (cases/actions.py): 'Keep'",
    ]


def test_the_check_tells_fuzzy_entries(house):
    says(house, "cases/actions.py", '_("Save")')
    catalogues.update(house, ["cases"])
    catalogue = polib.pofile(str(house.catalogue("cases")))
    catalogue[0].msgstr, catalogue[0].flags = "保存", ["fuzzy"]
    catalogue.save()

    assert catalogues.problems(house) == ["cases: fuzzy: 'Save'"]


def test_the_check_tells_two_words_for_one_thing(house):
    for room, word in (("cases", "保存"), ("config", "存储")):
        says(house, f"{room}/actions.py", '_("Save")')
        catalogues.update(house, [room])
        translates(house, room, Save=word)

    assert catalogues.problems(house) == ["'Save' differs: 保存 in cases; 存储 in config"]


def test_a_chinese_term_may_stand_in_brackets(house):
    says(house, "cases/actions.py", '_("Review (复查)")')
    catalogues.update(house, ["cases"])
    translates(house, "cases", Review="复查")

    assert catalogues.problems(house) == []


def test_compiling_makes_what_python_reads_and_only_when_words_changed(house):
    says(house, "cases/actions.py", CODE)
    catalogues.update(house, ["cases"])
    translates(house, "cases", Close="办结", **{"%(count)d": "%(count)d 件"})

    compiled = catalogues.compile_all(house.root)

    target = house.catalogue("cases").with_suffix(".mo")
    assert compiled == [target]
    with target.open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.pgettext("petition step", "Close") == "办结"
    assert words.ngettext("%(count)d petition", "%(count)d petitions", 7) == "%(count)d 件"

    later = house.catalogue("cases").stat().st_mtime_ns + 1_000_000
    os.utime(target, ns=(later, later))
    assert catalogues.compile_all(house.root) == []
    os.utime(house.catalogue("cases"), ns=(later + 1, later + 1))
    assert catalogues.compile_all(house.root) == [target]
