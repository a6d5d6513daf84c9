"""The audit in words: every deed has its name, every thing its own, and nothing sealed has either."""

import ast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from audit.models import Entry
from audit.parts import Actor
from cases.actions.corrections import correct
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.states import Purpose, ReportedKind
from cases.workflow import MOVES
from desk.audit_lines import lines_of
from desk.audit_words import DEEDS
from documents.models import Document
from documents.states import DocumentKind
from tests.architecture.source import calls, modules, tree
from tests.cases.given import a_petition
from tests.cases.handling import given
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db

# Drafts are not shown at all (decision 20).
NOT_SHOWN = "draft."


def recorded_verbs() -> set[str]:
    """Return every verb that the code writes in so many words."""
    written = {
        constant.value
        for path in modules()
        for name, call in calls(tree(path))
        if name in {"record", "parts.record"} and call.args
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and "." in str(constant.value) and constant.value[-1] != "."
    }
    return written | set(MOVES.values())


def line_of(verb: str):
    return lines_of([Entry.objects.filter(verb=verb).latest("seq")])[0]


def facts_of(line) -> dict[str, str]:
    return {str(label): words for label, words in line.facts}


def an_entry(subject, verb: str = "petition.look", **facts: object) -> Entry:
    return Entry(
        at=MONDAY,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        actor_words="",
        facts=facts,
    )


def test_every_deed_that_is_written_down_has_its_words():
    unnamed = {verb for verb in recorded_verbs() if not verb.startswith(NOT_SHOWN)} - DEEDS.keys()

    assert unnamed == set()


def test_registering_reads_as_a_sentence_of_labels_and_values():
    registrar = a_hat(Role.REGISTRAR)
    petition = a_petition(registrar)

    line = line_of("petition.register")

    assert (str(line.kind), line.subject) == ("信访件", petition.number)
    assert (str(line.who), line.role) == (registrar.words, "登记员")
    told = facts_of(line)
    assert told["信访形式"] == "来信"
    assert told["信访目的"] == str(Purpose.REQUEST.label)
    assert told["属地"] == petition.place.short_name
    assert told["密件"] == "否"
    assert told["收到时间"] == "2026-03-02 09:30"


def test_a_sealed_petition_has_no_number_whatever_led_to_it():
    sealed = a_petition(a_hat(Role.REGISTRAR), purpose=Purpose.REQUEST)
    type(sealed).objects.filter(pk=sealed.pk).update(sealed=True)

    (line,) = lines_of([an_entry(sealed)])

    assert (str(line.kind), line.subject) == ("信访件", "")


def test_keys_of_people_posts_and_organs_are_read_as_names():
    hat, organ = a_hat(Role.CASE_OFFICER), an_organ()

    (line,) = lines_of(
        [an_entry(organ, "post.give", post=hat.post.pk, user=hat.user.pk, organ=organ.code, role="leader")]
    )

    told = facts_of(line)
    assert hat.user.name in told["岗位"]
    assert told["单位"] == organ.short_name
    assert told["角色"] == "领导"
    assert line.subject == organ.short_name


def test_a_corrected_field_is_named_and_the_fingerprint_of_the_old_value_is_not_shown():
    petition = a_petition()
    correct(
        petition.pk,
        field="title",
        value="新的标题",
        reason="写错了",
        seen_version=petition.version,
        by=a_hat(Role.PETITION_OFFICER),
        now=MONDAY,
    )

    told = facts_of(line_of("petition.correct"))

    assert told["字段"] == "事项标题"
    assert "变更前" not in told


def test_machinery_and_verbs_of_older_versions_do_not_break_the_page():
    subject = an_organ()
    shipped = an_entry(subject, "organ.make")
    shipped.actor_words = Actor(words="load_rules").words
    old = an_entry(subject, "organ.paint", colour="red")

    lines = lines_of([shipped, old])

    assert str(lines[0].who) == "系统：内置期限规则"
    assert (lines[1].deed, facts_of(lines[1])) == ("organ.paint", {"colour": "red"})


def test_a_page_of_entries_costs_the_same_for_one_and_for_twenty():
    registrar = a_hat(Role.REGISTRAR)
    for _number in range(20):
        a_petition(registrar)
    entries = list(Entry.objects.filter(verb="petition.register"))

    def cost(rows: list[Entry]) -> int:
        with CaptureQueriesContext(connection) as queries:
            lines_of(rows)
        return len(queries)

    assert cost(entries[:1]) == cost(entries) <= 6


def test_a_paper_is_named_by_kind_and_number_and_a_draft_by_where_it_stands():
    case = given.drafted()
    draft = an_entry(case.petition, "petition.draft_opinion", document=str(case.paper(DocumentKind.D15).pk))

    drafted = facts_of(lines_of([draft])[0])["文书"]
    given.opinion_issued(case)
    issued = facts_of(lines_of([draft])[0])["文书"]

    number = case.paper(DocumentKind.D15).number
    assert (drafted, issued) == ("信访处理意见书 草稿", f"信访处理意见书 {number}")


def test_p_5_a_paper_of_what_is_sealed_now_has_no_name_and_no_key():
    a_hat(Role.SEALED_LANE_OFFICER)
    case = given.drafted()
    paper = case.paper(DocumentKind.D15)
    entry = an_entry(a_petition(), "petition.fetch_paper", document=str(paper.pk))
    reported = [Reported(kind=ReportedKind.PERSON, organ_id=None, name="张某")]

    seal(case.pk, reason="反映干部", reported=reported, by=case.office.officer, now=MONDAY)

    assert facts_of(lines_of([entry])[0]) == {}


def test_a_page_of_papers_costs_one_query_however_many_there_are():
    case = given.notified(given.drafted())
    keys = Document.objects.values_list("pk", flat=True)
    entries = [an_entry(case.petition, "petition.fetch_paper", document=str(key)) for key in keys]

    costs = []
    for some in (entries[:1], entries):
        with CaptureQueriesContext(connection) as queries:
            lines_of(some)
        costs.append(len(queries))

    assert len(entries) > 1
    assert costs[0] == costs[1]
