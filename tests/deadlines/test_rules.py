"""Rules as data: what is shipped, and how one version follows another."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, InternalError, transaction

from accounts.roles import Role
from audit.models import Entry
from deadlines import actions
from deadlines.models import Extender, Roll, Rule, Unit
from deadlines.words import TITLES, article_words
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from tests.deadlines.given import a_clock, at
from tests.given import a_hat

pytestmark = pytest.mark.django_db

NOW = at("2026-03-02")

# Read across: code, length, unit, rolls for a citizen, who extends, by how many days, bands (deadlines.md §1, §5).
SHIPPED = [
    ("T1", 15, Unit.CALENDAR_DAYS, False, Extender.NOBODY, 0, (7, 3, 1)),
    ("T1a", 4, Unit.CALENDAR_DAYS, False, Extender.OFFICE, 11, (2, 1, 0)),
    ("T2", 15, Unit.CALENDAR_DAYS, False, Extender.NOBODY, 0, (7, 3, 1)),
    ("T3", 15, Unit.CALENDAR_DAYS, False, Extender.NOBODY, 0, (7, 3, 1)),
    ("T4", 5, Unit.WORKING_DAYS, False, Extender.NOBODY, 0, (3, 2, 1)),
    ("T5", 60, Unit.CALENDAR_DAYS, False, Extender.HANDLING_ORGAN_HEAD, 30, (20, 10, 3)),
    ("T6", 0, Unit.AS_SET, False, Extender.ASSIGNER, None, (7, 3, 1)),
    ("T7", 30, Unit.CALENDAR_DAYS, True, Extender.NOBODY, 0, (10, 5, 2)),
    ("T8", 30, Unit.CALENDAR_DAYS, False, Extender.NOBODY, 0, (10, 5, 2)),
    ("T9", 30, Unit.CALENDAR_DAYS, True, Extender.NOBODY, 0, (10, 5, 2)),
    ("T10", 30, Unit.CALENDAR_DAYS, False, Extender.NOBODY, 0, (10, 5, 2)),
    ("T11", 3, Unit.WORKING_DAYS, False, Extender.NOBODY, 0, (3, 2, 1)),
    ("T12", 10, Unit.WORKING_DAYS, False, Extender.NOBODY, 0, (3, 2, 1)),
    ("T13", 1, Unit.WORKING_DAYS, False, Extender.NOBODY, 0, (0, 0, 0)),
    ("T14", 30, Unit.CALENDAR_DAYS, False, Extender.SENDER, None, (10, 5, 2)),
    ("T15", 3, Unit.WORKING_DAYS, False, Extender.NOBODY, 0, (3, 2, 1)),
    ("T16", 2, Unit.HOURS, False, Extender.NOBODY, 0, (1, 1, 0)),
    ("T17", 7, Unit.CALENDAR_DAYS, False, Extender.NOBODY, 0, (3, 2, 1)),
    ("T17a", 3, Unit.CALENDAR_DAYS, False, Extender.NOBODY, 0, (2, 1, 0)),
    ("T18", 30, Unit.CALENDAR_DAYS, True, Extender.NOBODY, 0, (10, 5, 2)),
    ("T19", 60, Unit.CALENDAR_DAYS, True, Extender.NOBODY, 0, (20, 10, 3)),
]


def an_administrator():
    return a_hat(Role.SYSTEM_ADMINISTRATOR)


@pytest.mark.parametrize("line", SHIPPED, ids=lambda line: line[0])
def test_the_shipped_rules_are_those_of_the_law(line):
    """T1 … T19: deadlines.md §1."""
    rule = Rule.objects.get(code=line[0], version=1)

    assert line == (
        rule.code,
        rule.length,
        rule.unit,
        rule.roll == Roll.FORWARD,
        rule.extended_by,
        rule.most_extension_days,
        (rule.notice, rule.warn, rule.urge),
    )
    assert rule.article
    assert rule.exclude_start_day


def test_every_rule_has_a_title():
    assert set(Rule.objects.values_list("code", flat=True)) == set(TITLES)


def test_loading_the_rules_again_changes_nothing():
    actions.add_rule_version(
        "T1a", valid_from=date(2026, 4, 1), changed={"length": 3}, by=an_administrator(), now=NOW
    )
    before = list(Rule.objects.order_by("pk").values())

    call_command("load_rules", verbosity=0)

    assert list(Rule.objects.order_by("pk").values()) == before


def test_a_new_version_follows_the_old_and_is_audited():
    """T1a, R-14: the office's share becomes three days."""
    new = actions.add_rule_version(
        "T1a", valid_from=date(2026, 4, 1), changed={"length": 3}, by=an_administrator(), now=NOW
    )

    old = Rule.objects.get(code="T1a", version=1)
    assert (new.version, new.length, new.unit, new.warn) == (2, 3, old.unit, old.warn)
    assert old.valid_to == date(2026, 3, 31)
    entry = Entry.objects.about(new).get()
    assert (entry.verb, entry.facts["changed"]) == ("rule.add_version", ["length"])


def test_a_running_clock_keeps_its_version_and_a_later_one_takes_the_new():
    """T8."""
    running = a_clock(code="T8", day="2026-03-02")
    actions.add_rule_version(
        "T8", valid_from=date(2026, 4, 1), changed={"length": 20}, by=an_administrator(), now=NOW
    )

    later = a_clock(code="T8", day="2026-04-01")

    running.refresh_from_db()
    assert (running.rule.version, running.last_day) == (1, date(2026, 4, 1))
    assert (later.rule.version, later.last_day) == (2, date(2026, 4, 21))


def test_only_the_system_administrator_adds_a_version():
    """protection §6."""
    with pytest.raises(NotAllowed):
        actions.add_rule_version(
            "T1a",
            valid_from=date(2026, 4, 1),
            changed={"length": 3},
            by=a_hat(Role.SECURITY_ADMINISTRATOR),
            now=NOW,
        )

    assert Rule.objects.filter(code="T1a").count() == 1


@pytest.mark.parametrize(
    ("valid_from", "changed", "field"),
    [
        pytest.param(date(2026, 3, 2), {"length": 3}, "valid_from", id="from today"),
        pytest.param(date(2026, 4, 1), {"length": 0}, "length", id="no length"),
        pytest.param(date(2026, 4, 1), {"warn": 9}, "warn", id="warned before noticed"),
        pytest.param(
            date(2026, 4, 1), {"extended_by": "nobody"}, "extended_by", id="nobody extends by eleven days"
        ),
        pytest.param(date(2026, 4, 1), {"article": " "}, "article", id="without an article"),
        pytest.param(date(2026, 4, 1), {"length": 4}, None, id="nothing new"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(valid_from, changed, field):
    """T1a."""
    with pytest.raises(Refused) as refusal:
        actions.add_rule_version(
            "T1a", valid_from=valid_from, changed=changed, by=an_administrator(), now=NOW
        )

    assert next(iter(refusal.value.fields), None) == field
    assert Rule.objects.filter(code="T1a").count() == 1


def test_a_version_that_is_to_come_is_not_overtaken():
    administrator = an_administrator()
    actions.add_rule_version(
        "T1a", valid_from=date(2026, 4, 1), changed={"length": 3}, by=administrator, now=NOW
    )

    with pytest.raises(OutOfTurn):
        actions.add_rule_version(
            "T1a", valid_from=date(2026, 5, 1), changed={"length": 2}, by=administrator, now=NOW
        )

    assert Rule.objects.filter(code="T1a").count() == 2


def test_there_is_no_version_of_a_rule_that_is_not():
    with pytest.raises(Unknown):
        actions.add_rule_version(
            "X9", valid_from=date(2026, 4, 1), changed={}, by=an_administrator(), now=NOW
        )


@pytest.mark.parametrize("change", [{"length": 16}, {"article": "Art 1"}, {"warn": 4}])
def test_the_database_refuses_to_change_a_version(change):
    """architecture §2: rule versions stay."""
    with pytest.raises(InternalError), transaction.atomic():
        Rule.objects.filter(code="T1").update(**change)


def test_the_database_refuses_to_remove_a_version():
    with pytest.raises(InternalError), transaction.atomic():
        Rule.objects.filter(code="T19").delete()


def test_the_database_refuses_two_versions_on_one_day():
    old = Rule.objects.get(code="T1")
    facts = {
        name: getattr(old, name) for name in ("code", "article", "length", "unit", "roll", "extended_by")
    }

    with pytest.raises(IntegrityError, match="rule_one_version_a_day"), transaction.atomic():
        Rule.objects.create(
            version=2, valid_from=date(2026, 1, 1), notice=7, warn=3, urge=1,
            most_extension_days=0, most_extensions=0, **facts,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        ("Art 22(1)", "《信访工作条例》第22条第1款"),
        ("Art 22(1)(3)", "《信访工作条例》第22条第1款第3项"),
        ("Art 36(1), 36(2)", "《信访工作条例》第36条第1款、第36条第2款"),
        ("法律援助法 Art 43", "《法律援助法》第43条"),
        ("R-14", "本局规定（R-14）"),
        ("信访事项简易办理办法(试行)", "信访事项简易办理办法(试行)"),
    ],
)
def test_an_article_is_cited_as_the_language_does(cited, words):
    assert article_words(cited) == words
