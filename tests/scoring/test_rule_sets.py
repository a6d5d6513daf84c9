"""Rules of scores as data: what cannot be configured says why, what was adopted is followed and never changed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from accounts.models import Post
from accounts.roles import Role
from audit.models import Entry
from config.demo.scoring import draw, published
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.ids import uuid7
from scoring import permissions as may
from scoring.actions import rule_sets as deeds
from scoring.catalogue import MEASURED, Evidence
from scoring.models import RuleSet, ScoreRule
from scoring.states import RuleKind, Scope, SetState
from tests.cases.handling.given import a_township, a_unit
from tests.given import MONDAY, a_hat, a_place, a_post, an_organ
from tests.scoring.given import CAPS, NEW_YEARS_EVE, a_rule, adopt, adopted, drawn, scorers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
TODAY = timezone.localdate(MONDAY)
# as a district's site prints it
A1_AS_PRINTED = "重复信访件数每增加1件，扣减1分（以每月为一个周期）"


def begin(by=None, **facts):
    given = {
        "scope": Scope.DEPARTMENTS,
        "year": 2026,
        "name": "办法",
        "basis": "条例第三十九条",
        "caps": CAPS,
    }
    return deeds.draw_rule_set(**{**given, **facts}, by=by or scorers().officer, now=MONDAY)


def enter(rules, **facts):
    return deeds.enter_rule(rules.pk, a_rule(**facts), by=rules.by.officer, now=MONDAY)


def test_a_draft_begins_with_its_version_and_says_who_drew_it():
    by = scorers()
    first, second, other = begin(by.officer), begin(by.officer), begin(by.officer, scope=Scope.TOWNSHIPS)

    assert [(row.version, row.state) for row in (first, second, other)] == [
        *((1, SetState.DRAFT), (2, SetState.DRAFT), (1, SetState.DRAFT))
    ]
    assert (first.organ, first.drawer) == (by.officer.organ, by.officer.user)
    entry = Entry.objects.filter(verb="score_rules.draw").order_by("at", "seq")[0]
    assert (entry.actor_post_id, entry.facts) == (
        by.officer.post.pk,
        {"scope": "departments", "year": 2026, "version": 1},
    )


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("bonus_cap", {"caps": replace(CAPS, bonus_cap=Decimal("10.01"))}),
        ("case_cap", {"caps": replace(CAPS, case_cap=Decimal(6))}),
        ("floor", {"caps": replace(CAPS, floor=Decimal(100))}),
        ("base", {"caps": replace(CAPS, base=Decimal(0), bonus_cap=Decimal(0))}),
        ("year", {"year": 2025}),
        ("name", {"name": " "}),
        ("name", {"name": "各乡镇信访总量排名办法"}),
    ],
    ids=["bonuses", "a case", "the floor", "the base", "a year that is over", "no name", "a ranking"],
)
def test_caps_and_years_beyond_what_may_be_are_refused(field, facts):
    with pytest.raises(Refused) as refusal:
        begin(**facts)
    assert field in refusal.value.fields
    assert not RuleSet.objects.exists()
    assert not Entry.objects.filter(verb="score_rules.draw").exists()


def test_who_keeps_no_scores_draws_nothing():
    for hat in (
        a_unit().head,
        a_hat(Role.PETITION_OFFICER),
        a_hat(Role.SCORE_OFFICER, organ=a_unit("CG").organ),
    ):
        with pytest.raises(NotAllowed):
            begin(hat)
    assert not RuleSet.objects.exists()


@pytest.mark.parametrize(
    "title",
    [
        A1_AS_PRINTED,
        "进京上访每批次扣 15 分",
        "到 省 集 体 访扣 10 分",
        "越级走访每人扣 5 分",
        "未能劝返的扣 3 分",
        "来访人次同比下降",
        "信访件数排名后三位的扣分",
        "channel=visit AND register_level=0000",
        "首次答复没有实质性化解的扣 1 分",
        "信访问题未息诉息访，每案扣 0.5 分",
        "Points for visits to Beijing",
    ],
)
def test_sc_6_p_9_q36_q37_q38_what_no_rule_may_say_is_refused_with_why(title):
    rules = drawn()
    with pytest.raises(Refused) as refusal:
        enter(rules, title=title, evidence=Evidence.REVOKED)
    assert len(str(refusal.value.fields["title"])) > len("不能这样写")
    assert rules.now.rules.count() == 1
    assert Entry.objects.filter(verb="score_rules.enter_rule").count() == 1


def test_q36_the_rules_of_a1_as_printed_are_refused_and_without_the_repeats_taken():
    by = scorers()
    said = published()["rates"]
    as_printed = {**said, "rules": [{**said["rules"][2], "title": A1_AS_PRINTED}]}
    with pytest.raises(Refused) as refusal:
        draw(as_printed, by=by.officer, now=MONDAY)
    assert "五个条件" in str(refusal.value.fields["title"])

    row = draw(said, by=by.officer, now=MONDAY)
    assert row.rules.count() == len(said["rules"])


@pytest.mark.parametrize("key", sorted(published()))
def test_q36_the_published_rules_are_entered_without_what_counts_petitions(key):
    row = draw(published()[key], by=scorers().officer, now=MONDAY)
    adopted = deeds.adopt_rule_set(
        row.pk, valid_from=TODAY, end_words="纪要", by=scorers().conference, now=MONDAY
    )
    assert adopted.is_adopted


def test_p_9_no_evidence_names_a_visit_a_person_or_a_number_of_petitions():
    """The catalogue is closed: the database takes nothing that is not on it."""
    rules = drawn()
    for made_up in ("visits_to_province", "repeat_petitions", "petitioners"):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            ScoreRule.objects.filter(rule_set=rules.pk).update(evidence=made_up)
    assert set(MEASURED) == set(Evidence)


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("evidence", {"kind": RuleKind.BONUS}),
        ("evidence", {"evidence": Evidence.I03}),
        ("points", {"points": None}),
        ("points", {"points": Decimal(11)}),
        ("target", {"target": Decimal(90)}),
        ("weight", {"weight": Decimal(0), "points": None}),
        ("target", {"kind": RuleKind.STEP, "evidence": Evidence.I03}),
        ("target", {"kind": RuleKind.STEP, "evidence": Evidence.I03, "target": Decimal(101)}),
        ("points", {"kind": RuleKind.RATE, "evidence": Evidence.I03}),
        ("basis", {"basis": ""}),
        ("title", {"title": "负责人 13800001234"}),
    ],
)
def test_a_rule_whose_parts_do_not_go_together_is_refused_at_the_field(field, facts):
    rules = drawn(a_rule(evidence=Evidence.REVOKED))
    with pytest.raises(Refused) as refusal:
        enter(rules, **facts)
    assert field in refusal.value.fields
    assert rules.now.rules.count() == 1


def test_one_breach_is_measured_by_one_rule_of_a_set():
    rules = drawn()
    with pytest.raises(Refused) as refusal:
        enter(rules, title="又一条")
    assert "evidence" in refusal.value.fields
    row = rules.now.rules.get()
    row.pk, row._state.adding, row.number = None, True, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert rules.now.rules.count() == 1


@pytest.mark.parametrize("evidence", [one for one in Evidence if MEASURED[one].by_person])
def test_what_a_person_has_to_weigh_is_never_told_without_one(evidence):
    kind = sorted(MEASURED[evidence].kinds)[0]
    facts = {"points": Decimal(1)}
    if kind == RuleKind.HELD:
        facts["target"] = Decimal(4)
    rules = drawn(a_rule(kind=kind, evidence=evidence, **facts))
    assert rules.now.rules.get().needs_human
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreRule.objects.update(needs_human=False)


def test_a_rule_is_taken_out_of_a_draft():
    rules = drawn()
    rule = rules.now.rules.get()
    with pytest.raises(Unknown):
        deeds.drop_rule(rules.pk, rule_id=rule.pk + 1, by=rules.by.officer, now=MONDAY)
    deeds.drop_rule(rules.pk, rule_id=rule.pk, by=rules.by.officer, now=MONDAY)
    assert not rules.now.rules.exists()


def test_r_52_it_is_adopted_by_another_person_until_the_end_of_its_year():
    rules = drawn()
    for hat in (rules.by.officer, a_hat(Role.SECTION_HEAD)):
        with pytest.raises(NotAllowed):
            adopt(rules, by=hat)
    assert rules.now.is_draft

    adopt(rules)

    row = rules.now
    assert (row.state, row.valid_from, row.valid_to) == (SetState.ADOPTED, TODAY, NEW_YEARS_EVE)
    assert row.ender == rules.by.conference.user
    assert Entry.objects.get(verb="score_rules.adopt").facts == {"on": TODAY.isoformat(), "version": 1}


def test_who_wrote_a_rule_does_not_adopt_it_in_another_post_either():
    rules = drawn()
    post = a_post(user=rules.by.officer.user, role=Role.OFFICE_DIRECTOR, organ=rules.by.officer.organ)
    other = replace(rules.by.officer, post=Post.objects.select_related("organ__place").get(pk=post.pk))
    with pytest.raises(NotAllowed):
        adopt(rules, by=other)

    mixed = drawn(by=scorers())
    deeds.enter_rule(mixed.pk, a_rule(evidence=Evidence.REVOKED), by=mixed.by.director, now=MONDAY)
    with pytest.raises(NotAllowed):
        adopt(mixed, by=mixed.by.director)
    assert rules.now.is_draft
    assert mixed.now.is_draft


@pytest.mark.parametrize("days", [-1, 400], ids=["backwards", "next year"])
def test_nothing_is_scored_backwards_or_outside_its_year(days):
    rules = drawn()
    with pytest.raises(Refused) as refusal:
        adopt(rules, valid_from=TODAY + timedelta(days=days))
    assert "valid_from" in refusal.value.fields
    assert rules.now.is_draft


def test_rules_that_give_more_than_the_base_or_none_at_all_are_not_adopted():
    too_much = drawn(a_rule(kind=RuleKind.RATE, evidence=Evidence.I03, weight=Decimal(101), points=None))
    empty = drawn(by=too_much.by)
    deeds.drop_rule(empty.pk, rule_id=empty.now.rules.get().pk, by=empty.by.officer, now=MONDAY)
    for rules in (too_much, empty):
        with pytest.raises(OutOfTurn):
            adopt(rules)
        assert rules.now.is_draft


def test_an_adopted_version_is_changed_by_nobody_not_even_past_the_deeds():
    rules = adopted()
    for deed in (
        lambda: enter(rules, evidence=Evidence.REVOKED),
        lambda: deeds.drop_rule(rules.pk, rule_id=rules.now.rules.get().pk, by=rules.by.officer, now=MONDAY),
        lambda: deeds.discard_rule_set(rules.pk, end_words="不要", by=rules.by.officer, now=MONDAY),
        lambda: adopt(rules),
    ):
        with pytest.raises(OutOfTurn):
            deed()
    rows = RuleSet.objects.filter(pk=rules.pk)
    for write in (
        lambda: rows.update(base=Decimal(90)),
        lambda: rows.update(valid_to=NEW_YEARS_EVE + timedelta(days=1)),
        lambda: rows._raw_delete("default"),
        lambda: ScoreRule.objects.update(points=Decimal(5)),
        lambda: ScoreRule.objects.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            write()
    assert rules.now.rules.get().points == Decimal(1)


def test_the_next_version_takes_over_what_was_said_and_ends_the_one_before():
    rules = adopted()
    later = MONDAY + timedelta(days=30)
    draft = deeds.draw_next_version(rules.pk, by=rules.by.officer, now=later)
    assert (draft.version, draft.rules.get().title) == (2, rules.now.rules.get().title)
    with pytest.raises(Refused) as refusal:
        deeds.adopt_rule_set(draft.pk, valid_from=TODAY, end_words="纪要", by=rules.by.conference, now=MONDAY)
    assert "valid_from" in refusal.value.fields

    day = timezone.localdate(later)
    deeds.adopt_rule_set(draft.pk, valid_from=day, end_words="纪要", by=rules.by.conference, now=later)

    assert rules.now.valid_to == day - timedelta(days=1)
    overlapping = rules.now
    overlapping.pk, overlapping._state.adding = uuid7(), True
    overlapping.version, overlapping.valid_to = 9, day
    with pytest.raises(IntegrityError), transaction.atomic():
        overlapping.save(force_insert=True)


def test_a_draft_is_discarded_with_why_and_stays_to_be_read():
    rules = drawn()
    with pytest.raises(Refused):
        deeds.discard_rule_set(rules.pk, end_words=" ", by=rules.by.officer, now=MONDAY)
    deeds.discard_rule_set(rules.pk, end_words="另行起草", by=rules.by.officer, now=MONDAY)
    assert (rules.now.state, rules.now.end_words) == (SetState.DISCARDED, "另行起草")
    with pytest.raises(OutOfTurn):
        deeds.draw_next_version(rules.pk, by=rules.by.officer, now=MONDAY)


def test_units_read_what_was_adopted_for_their_place_and_nobody_elses_draft():
    draft, held = drawn(), adopted()
    unit = a_unit()
    elsewhere = a_hat(Role.UNIT_HEAD, organ=an_organ("LSJ", place=a_place("141127")))
    for hat, reads in (
        (unit.officer, {held.pk}),
        (a_township().head, {held.pk}),
        (a_hat(Role.INSPECTOR), {held.pk}),
        (a_hat(Role.REGISTRAR), set()),
        (elsewhere, set()),
        (draft.by.director, {draft.pk, held.pk}),
    ):
        assert set(may.rule_sets_for(hat).values_list("pk", flat=True)) == reads
    for rules, refusal in ((draft, Unknown), (held, NotAllowed)):
        with pytest.raises(refusal):
            deeds.draw_next_version(rules.pk, by=unit.head, now=MONDAY)
    assert RuleSet.objects.count() == 2
