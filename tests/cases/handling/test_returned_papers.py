"""退回修改: whoever may approve a draft sends it back with a remark, and it is drawn up anew (documents.md §1)."""

from dataclasses import replace

import pytest

from accounts.models import Post
from accounts.roles import Role
from audit.models import Entry
from cases.actions import papers, recusing
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.ledger import View, in_view
from cases.models import Petition
from cases.pages import case_page
from cases.parts import read_head
from cases.states import ReportedKind
from documents.models import Document
from documents.states import DocumentKind, State
from lib.errors import NotAllowed, OutOfTurn, Refused, Stale, Unknown
from notices.models import Kind, Notice
from tests.cases.browsers import Browser
from tests.cases.given import a_person
from tests.cases.handling import given
from tests.cases.handling.doors import stands
from tests.cases.handling.given import REMARK, Case, a_unit
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

D05, D07, D15 = DocumentKind.D05, DocumentKind.D07, DocumentKind.D15


def return_paper(case: Case, document: Document, *, by=None, remark=REMARK, version=None):
    return papers.return_paper(
        case.pk,
        document.pk,
        version=version or document.version,
        remark=remark,
        by=by or case.unit.head,
        now=MONDAY,
    )


def draft_notice(case: Case, document: Document, *, by=None, **said):
    return papers.draft_notice(case.pk, document.pk, **said, by=by or case.unit.officer, now=MONDAY)


def calls(hat, kind):
    return Notice.objects.standing().filter(post=hat.post, kind=kind)


def page_of(case, hat):
    return case_page(read_head(case.pk), hat, now=MONDAY, kind="")


def on_page(case, hat, document):
    return next(one for one in page_of(case, hat)["papers"] if one.hung.document_id == document.pk)


def bar_of(case, hat):
    return [offer.deed.name for offer, _words in page_of(case, hat)["next_steps"]]


def waits_for(hat):
    return in_view(Petition.objects.visible_to(hat), View.PAPERS, hat=hat, now=MONDAY).exists()


def test_a_draft_goes_back_to_who_drew_it_up_and_leaves_the_heads_desk():
    case = given.notified(given.drafted())
    opinion = case.paper(D15)
    before = case.now.version
    assert (waits_for(case.unit.head), calls(case.unit.head, Kind.PAPER_TO_APPROVE).exists()) == (True, True)

    return_paper(case, opinion)

    opinion.refresh_from_db()
    assert (opinion.state, opinion.remark, opinion.returner) == (State.RETURNED, REMARK, case.unit.head.user)
    assert (waits_for(case.unit.head), calls(case.unit.head, Kind.PAPER_TO_APPROVE).exists()) == (
        False,
        False,
    )
    told = calls(case.unit.officer, Kind.PAPER_RETURNED).get()
    assert (told.subject_id, REMARK in told.key) == (str(case.pk), False)
    assert Notice.objects.filter(kind=Kind.PAPER_RETURNED).count() == 1
    assert case.now.version == before + 1
    entry = Entry.objects.about(case.petition).get(verb="petition.return_paper")
    assert entry.facts == {"kind": "d15", "document": str(opinion.pk)}


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        pytest.param(lambda case: case.unit.officer, NotAllowed, id="who approves nothing"),
        pytest.param(lambda case: case.office.head, NotAllowed, id="the sender"),
        pytest.param(lambda case: a_unit("GH").head, Unknown, id="a stranger (Q6)"),
    ],
)
def test_documents_1_only_who_may_approve_it_sends_it_back(who, refusal):
    case = given.drafted()
    opinion, before = case.paper(D15), stands(case.pk)

    with pytest.raises(refusal):
        return_paper(case, opinion, by=who(case))

    assert (stands(case.pk), case.paper(D15).state) == (before, State.DRAFT)


def test_documents_1_a_head_who_drew_it_up_sends_nothing_back_to_himself():
    case = given.investigated()
    papers.draft_opinion(case.pk, case.handling.pk, by=case.unit.head, now=MONDAY)
    before = stands(case.pk)

    with pytest.raises(NotAllowed):
        return_paper(case, case.paper(D15))

    assert stands(case.pk) == before
    assert on_page(case, case.unit.head, case.paper(D15)).send_back is None


def test_r_33_a_head_who_withdrew_sends_nothing_back():
    case = given.drafted()
    recusing.recuse(case.pk, reason="亲属", by=case.unit.head, now=MONDAY)
    before = stands(case.pk)

    with pytest.raises(NotAllowed):
        return_paper(case, case.paper(D15))

    assert (stands(case.pk), case.paper(D15).state) == (before, State.DRAFT)


def test_r_33_who_drew_it_up_and_withdrew_is_told_nothing_and_his_organ_is():
    case = given.drafted()
    colleague = a_hat(Role.CASE_OFFICER, organ=case.unit.organ)
    recusing.recuse(case.pk, reason="亲属", by=case.unit.officer, now=MONDAY)

    return_paper(case, case.paper(D15))

    assert not calls(case.unit.officer, Kind.PAPER_RETURNED).exists()
    assert calls(colleague, Kind.PAPER_RETURNED).exists()


def test_where_the_post_that_drew_it_up_has_ended_its_organ_is_told():
    case = given.drafted()
    colleague = a_hat(Role.CASE_OFFICER, organ=case.unit.organ)
    Post.objects.filter(pk=case.unit.officer.post.pk).update(held_to=given.at(3, 1).date())

    return_paper(case, case.paper(D15))

    assert calls(colleague, Kind.PAPER_RETURNED).exists()


def test_q32_nobody_sends_a_text_back_that_he_has_not_read():
    case = given.redrafted()
    before = stands(case.pk)

    with pytest.raises(Stale):
        return_paper(case, case.paper(D15), version=1)

    assert (stands(case.pk), case.paper(D15).state) == (before, State.DRAFT)


def test_q32_on_the_page_the_remark_stays_typed_and_is_sent_again_with_the_text_of_now(monday):
    case = given.redrafted()
    opinion, browser = case.paper(D15), Browser(case.unit.head)
    typed = {"document": str(opinion.pk), "version": "1", "remark": REMARK}

    answer = browser.send("cases:deed", case.pk, "return-paper", **typed)

    form = next(one for one in answer.context["papers"] if one.hung.document_id == opinion.pk).send_back.form
    assert (answer.status_code, form.data["remark"], form.data["version"]) == (409, REMARK, "2")


def test_without_a_remark_nothing_goes_back(monday):
    case = given.drafted()
    opinion, before = case.paper(D15), stands(case.pk)

    with pytest.raises(Refused) as refusal:
        return_paper(case, opinion, remark=" ")
    answer = Browser(case.unit.head).send(
        "cases:deed", case.pk, "return-paper", document=str(opinion.pk), version="1", remark=" "
    )

    assert (set(refusal.value.fields), answer.status_code) == ({"remark"}, 422)
    assert (stands(case.pk), case.paper(D15).state) == (before, State.DRAFT)


def test_q18_what_is_issued_is_not_sent_back():
    case = given.opinion_issued()
    before = stands(case.pk)

    with pytest.raises(OutOfTurn):
        return_paper(case, case.paper(D15))

    assert stands(case.pk) == before


def test_what_was_sent_back_is_never_issued():
    case = given.sent_back()
    returned, before = case.paper(D15), stands(case.pk)

    with pytest.raises(OutOfTurn):
        papers.issue_paper(case.pk, returned.pk, version=1, by=case.unit.head, now=MONDAY)

    assert (stands(case.pk), case.paper(D15).state) == (before, State.RETURNED)


def test_q1_once_the_petition_is_sealed_nobody_sends_back_or_reads_the_remark():
    a_hat(Role.SEALED_LANE_OFFICER)
    case = given.drafted()
    given.sent_back(case)
    given.drafted(case)
    reported = [Reported(kind=ReportedKind.PERSON, organ_id=None, name="张某")]
    seal(case.pk, reason="反映干部", reported=reported, by=case.office.officer, now=MONDAY)
    before = stands(case.pk)

    with pytest.raises(Unknown):
        return_paper(case, case.paper(D15))

    assert stands(case.pk) == before
    assert not calls(case.unit.officer, Kind.PAPER_RETURNED).exists()
    assert Browser(case.unit.officer).open("cases:petition", case.pk).status_code == 404


def test_its_own_organ_reads_the_draft_with_the_remark_and_the_sender_reads_neither(monday):
    case = given.sent_back()
    returned = case.paper(D15)

    own, head, sender = (
        on_page(case, hat, returned) for hat in (case.unit.officer, case.unit.head, case.office.officer)
    )

    assert [one.reads_draft for one in (own, head, sender)] == [True, True, False]
    assert [one.issue or one.send_back for one in (own, head, sender)] == [None, None, None]
    texts = [
        Browser(hat).open("cases:petition", case.pk).content.decode()
        for hat in (case.unit.officer, case.unit.head, case.office.officer)
    ]
    assert [REMARK in text for text in texts] == [True, True, False]


def test_art_32_the_opinion_is_offered_and_drawn_up_anew_and_the_returned_one_stays():
    case = given.drafted()
    waiting = bar_of(case, case.unit.officer)
    given.sent_back(case)
    returned = case.paper(D15)
    sent_back = bar_of(case, case.unit.officer)

    given.drafted(case)

    anew = case.paper(D15)
    assert ("draft_opinion" in waiting, "draft_opinion" in sent_back) == (False, True)
    assert (anew.pk != returned.pk, anew.state, anew.version) == (True, State.DRAFT, 1)
    assert not calls(case.unit.officer, Kind.PAPER_RETURNED).exists()
    assert calls(case.unit.head, Kind.PAPER_TO_APPROVE).filter(key__contains=str(anew.pk)).exists()
    given.issue(case, D15)
    assert (case.handling.opinion, case.paper(D15).state) == (anew, State.ISSUED)
    assert Document.objects.get(pk=returned.pk).state == State.RETURNED


def test_q17_every_addressee_is_served_with_the_new_paper_and_none_with_the_one_sent_back():
    people = (a_person("李建国"), a_person("王秀英"))
    case = given.investigated(given.accepted(given.received(given.registered(people=people))))
    case = given.sent_back(given.drafted(case))
    returned = case.paper(D15)
    given.opinion_issued(given.drafted(case))

    with pytest.raises(OutOfTurn):
        given.serve(case, returned)
    offered = on_page(case, case.unit.officer, case.paper(D15)).serve

    assert len(offered.form.fields["person"].widget.choices) == 2
    assert on_page(case, case.unit.officer, returned).serve is None


def test_q10_each_notice_is_sent_back_by_itself_and_the_others_still_wait():
    case = given.declined(given.received(given.registered(claims=("办证", "退费"))))
    first, second = Document.objects.filter(case__handling=case.handling_id, kind=D07).order_by("case__pk")

    return_paper(case, first)

    called = calls(case.unit.head, Kind.PAPER_TO_APPROVE)
    assert [called.filter(key__contains=str(one.pk)).exists() for one in (first, second)] == [False, True]
    assert bar_of(case, case.unit.officer).count("draft_notice") == 1


def test_art_23_a_notice_is_drawn_up_anew_in_other_words_and_what_was_decided_stays():
    case = given.sent_back(given.declined(), D07)
    returned = case.paper(D07)
    form = on_page(case, case.unit.officer, returned).anew.form
    asked = (form.initial["facts"], form.initial["where_to_go"])

    anew = draft_notice(case, returned, facts="经2026年3月2日现场核实，该小区属开发区管辖")

    text = "".join(anew.paper.paragraphs)
    assert asked == (given.CHECKLIST.power_fact, "开发区管委会")
    assert (anew.state, anew.drafter) == (State.DRAFT, case.unit.officer.user)
    assert ("现场核实" in text, "开发区管委会" in text) == (True, True)
    assert case.claim().acceptances.get().power_fact == given.CHECKLIST.power_fact
    assert not calls(case.unit.officer, Kind.PAPER_RETURNED).exists()
    assert calls(case.unit.head, Kind.PAPER_TO_APPROVE).filter(key__contains=str(anew.pk)).exists()
    assert "draft_notice" not in bar_of(case, case.unit.officer)
    entry = Entry.objects.about(case.petition).get(verb="petition.draft_notice")
    assert entry.facts == {"kind": "d07", "document": str(anew.pk)}


def test_a_notice_of_acceptance_says_how_it_is_handled_and_asks_for_no_other_place():
    case = given.sent_back(given.accepted(), D05)
    form = on_page(case, case.unit.officer, case.paper(D05)).anew.form

    assert "第三十一条第六项" in form.initial["facts"]
    assert "where_to_go" not in form.fields


@pytest.mark.parametrize("stage", ["waits", "anew", "opinion"])
def test_only_a_notice_that_was_sent_back_is_drawn_up_anew_and_once(stage):
    case = given.drafted()
    document = case.paper(D15 if stage == "opinion" else D05)
    if stage != "waits":
        return_paper(case, document)
    if stage == "anew":
        draft_notice(case, document)
    before = stands(case.pk)

    with pytest.raises(OutOfTurn):
        draft_notice(case, document)

    assert stands(case.pk) == before


def test_another_organs_paper_is_not_drawn_up_anew():
    case = given.sent_back(given.accepted(), D05)
    returned, before = case.paper(D05), stands(case.pk)

    with pytest.raises(NotAllowed):
        draft_notice(case, returned, by=case.office.officer)
    with pytest.raises(Unknown):
        draft_notice(replace(case, unit=a_unit("GH")), returned)

    assert stands(case.pk) == before


def test_q24_a_paper_made_elsewhere_answers_the_call_too():
    case = given.sent_back(given.accepted(), D05)

    given.take_in(case, D05)

    assert not calls(case.unit.officer, Kind.PAPER_RETURNED).exists()
    assert "draft_notice" not in bar_of(case, case.unit.officer)
