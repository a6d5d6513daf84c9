"""Signing a reconciliation: only when nothing differs or all is explained, as it is then, and for good."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts.roles import Role
from audit.models import Entry
from cases.actions.reconciling import (
    compare_again,
    discard_reconciliation,
    explain_differences,
    note_export,
    sign_reconciliation,
)
from cases.actions.sealing import seal
from cases.intake import Reported
from cases.models import Difference, ReconciledRow, Reconciliation, ReconciliationState
from cases.states import Purpose, ReportedKind
from lib.errors import NotAllowed, OutOfTurn, Unknown
from tests.cases.given import a_petition
from tests.cases.reconciling.given import (
    LATER,
    a_listed,
    found,
    from_above,
    reconciled,
    seen,
    sent_down,
    uploaded,
)
from tests.cases.test_red_team import seal_against
from tests.cases.test_successor import merge
from tests.given import a_hat, an_organ

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = {
    "purpose": Purpose.REPORT_ACCUSATION,
    "reported": (Reported(kind=ReportedKind.PERSON, name="高不明"),),
}


@pytest.fixture
def officer():
    return a_hat(Role.PETITION_OFFICER)


def explain_all(one, by) -> None:
    keys = [line.key for line in seen(one, by)]
    explain_differences(one.pk, differences=keys, explanation="已与市局核对，对方漏登。", by=by, now=LATER)


def test_q43_without_a_difference_it_is_signed_at_once_with_who_when_counts_and_hash(officer):
    sent_down("LL-1")
    one = reconciled(a_listed("LL-1"), by=officer)
    head = a_hat(Role.SECTION_HEAD)

    sign_reconciliation(one.pk, by=head, now=LATER)

    one.refresh_from_db()
    assert (one.state, one.signer, one.signed_by, one.signed_at) == (
        ReconciliationState.SIGNED,
        head.user,
        head.post,
        LATER,
    )
    counts = {"theirs": 1, "ours": 1, "alike": 1, "different": 0}
    assert one.signed_counts == counts
    entry = Entry.objects.about(one).get(verb="reconciliation.sign")
    assert entry.facts == {**counts, "sha256": one.list_sha256}


def test_q43_it_is_signed_once_each_difference_is_explained_and_not_before(officer):
    one = reconciled(a_listed("LL-8"), a_listed("LL-9"), by=officer)
    first = seen(one, officer)[0].key
    explain_differences(one.pk, differences=[first], explanation="途中", by=officer, now=LATER)

    with pytest.raises(OutOfTurn):
        sign_reconciliation(one.pk, by=officer, now=LATER)
    assert Reconciliation.objects.get().state == ReconciliationState.COMPARED
    explain_all(one, officer)
    sign_reconciliation(one.pk, by=officer, now=LATER)

    assert Reconciliation.objects.get().state == ReconciliationState.SIGNED


def test_q43_what_has_changed_here_since_it_was_compared_is_not_signed(officer):
    one = reconciled(a_listed("LL-9"), by=officer)
    explain_all(one, officer)
    sent_down("LL-9", due_on=LATER.date() + timedelta(days=3))

    with pytest.raises(OutOfTurn):
        sign_reconciliation(one.pk, by=officer, now=LATER)

    assert found(one) == [("not_here", "LL-9")]
    assert not Entry.objects.filter(verb="reconciliation.sign").exists()


def test_q43_a_list_that_was_not_read_yet_is_not_signed(officer):
    one = uploaded(a_listed("LL-9"), by=officer)

    with pytest.raises(OutOfTurn):
        sign_reconciliation(one.pk, by=officer, now=LATER)


def test_q43_registrars_do_not_sign(officer):
    one = reconciled(a_listed("LL-9"), by=officer)
    explain_all(one, officer)

    with pytest.raises(NotAllowed):
        sign_reconciliation(one.pk, by=a_hat(Role.REGISTRAR), now=LATER)

    assert Reconciliation.objects.get().state == ReconciliationState.COMPARED


def test_q43_nothing_of_a_signed_one_is_changed_by_any_deed(officer):
    one = reconciled(a_listed("LL-9"), by=officer)
    explain_all(one, officer)
    sign_reconciliation(one.pk, by=officer, now=LATER)

    for deed in (compare_again, sign_reconciliation, discard_reconciliation):
        with pytest.raises(OutOfTurn):
            deed(one.pk, by=officer, now=LATER)
    with pytest.raises(OutOfTurn):
        explain_all(one, officer)
    assert [line.explanation for line in seen(one, officer)] == ["已与市局核对，对方漏登。"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Reconciliation.objects.update(theirs=7),
        lambda: Reconciliation.objects.all().delete(),
        lambda: ReconciledRow.objects.update(number="LL-1"),
        lambda: ReconciledRow.objects.all().delete(),
        lambda: Difference.objects.update(explanation="别的"),
        lambda: Difference.objects.all().delete(),
        lambda: Difference.objects.create(
            reconciliation=Reconciliation.objects.get(), kind="not_here", line=9
        ),
        lambda: ReconciledRow.objects.create(reconciliation=Reconciliation.objects.get(), line=9),
    ],
)
def test_q43_the_database_keeps_a_signed_one_as_it_is(officer, change):
    one = reconciled(a_listed("LL-9"), by=officer)
    explain_all(one, officer)
    sign_reconciliation(one.pk, by=officer, now=LATER)

    with pytest.raises(DatabaseError), transaction.atomic():
        change()

    assert (Reconciliation.objects.get().theirs, found(one)) == (1, [("not_here", "LL-9")])


def test_q43_the_database_lets_nobody_sign_without_a_name(officer):
    reconciled(a_listed("LL-9"), by=officer)

    with pytest.raises(DatabaseError), transaction.atomic():
        Reconciliation.objects.update(state=ReconciliationState.SIGNED)


def shown_as_words(one, hat, number: str) -> list[tuple]:
    """Return what is shown of each line, its number and place on the list aside."""
    return [
        (line.kind, line.petition, line.causes, line.explanation, line.explainer)
        for line in seen(one, hat)
        if line.number == number
    ]


def test_q43_q1_a_number_of_the_sealed_lane_looks_like_one_that_was_never_here(officer):
    a_hat(Role.SEALED_LANE_OFFICER)
    sealed = a_petition(officer, **from_above("LL-SEALED"), **REPORT)
    assert sealed.sealed

    of_lane = reconciled(a_listed("LL-SEALED", 承办单位="区水务局"), by=officer)
    of_nobody = reconciled(a_listed("LL-NOBODY", 承办单位="区水务局"), by=officer)

    assert shown_as_words(of_lane, officer, "LL-SEALED") == shown_as_words(of_nobody, officer, "LL-NOBODY")
    facts = [
        entry.facts
        for one in (of_lane, of_nobody)
        for entry in Entry.objects.about(one).filter(verb="reconciliation.compare")
    ]
    assert facts[0] == facts[1]
    assert not Difference.objects.filter(petition__sealed=True).exists()


def test_q43_q1_a_sealed_petition_is_missed_on_no_list(officer):
    a_hat(Role.SEALED_LANE_OFFICER)
    a_petition(officer, **from_above("LL-SEALED"), **REPORT)
    sent_down("LL-1")

    assert found(reconciled(a_listed("LL-1"), by=officer)) == []


def test_q43_q1_what_is_sealed_later_leaves_the_differences_at_once(officer):
    differs, only_here, left = (sent_down(f"LL-{number}") for number in (1, 2, 3))
    rows = [a_listed("LL-1", 办理期限="2026-04-01"), a_listed("LL-9")]
    one = reconciled(*rows, by=officer)
    explain_all(one, officer)

    for case in (differs, only_here):
        seal_against(case)

    lines = seen(one, officer)
    assert [(line.number, line.petition) for line in lines] == [
        ("LL-1", None),
        ("LL-9", None),
        ("LL-3", left.petition),
    ]
    gone, never = lines[0], lines[1]
    assert (gone.kind, gone.causes) == (never.kind, never.causes)
    assert (gone.explanation, gone.explainer) == ("", "")
    with pytest.raises(Unknown):
        explain_differences(one.pk, differences=[gone.key], explanation="密件", by=officer, now=LATER)
    with pytest.raises(OutOfTurn):
        sign_reconciliation(one.pk, by=officer, now=LATER)
    compare_again(one.pk, by=officer, now=LATER)
    assert [(line.number, line.kind) for line in seen(one, officer)] == [
        (line.number, line.kind) for line in lines
    ]
    assert not Difference.objects.filter(petition__sealed=True).exists()


def test_q43_q1_in_a_signed_one_what_is_sealed_later_counts_as_alike(officer, sign_in):
    case = sent_down("LL-1")
    only_here = sent_down("LL-2")
    one = reconciled(a_listed("LL-1", 办理期限="2026-04-01"), a_listed("LL-9"), by=officer)
    explain_all(one, officer)
    sign_reconciliation(one.pk, by=officer, now=LATER)

    for each in (case, only_here):
        seal_against(each)

    one.refresh_from_db()
    assert [line.number for line in seen(one, officer)] == ["LL-9"]
    page = sign_in(officer).open("cases:reconciliation", one.pk)
    counts = page.context["figures"]
    assert (counts.theirs, counts.ours, counts.alike, counts.different) == (2, 1, 1, 1)
    assert page.context["unexplained"] == 0
    assert "LL-2" not in page.content.decode() and case.petition.number not in page.content.decode()


def test_q43_q1_whoever_is_let_into_the_lane_reconciles_without_it_too():
    officer, lane = a_hat(Role.PETITION_OFFICER), a_hat(Role.SEALED_LANE_OFFICER)
    case = sent_down("LL-1")
    seal(case.pk, reason="反映干部", reported=[REPORT["reported"][0]], by=officer, now=LATER)

    one = reconciled(a_listed("LL-1"), by=officer)

    assert found(one) == [("not_here", "LL-1")]
    assert not Reconciliation.objects.visible_to(lane).exists()


def test_q43_taking_the_differences_out_is_written_down(officer):
    one = reconciled(a_listed("LL-9"), by=officer)

    note_export(one.pk, by=a_hat(Role.REGISTRAR), now=LATER)

    assert Entry.objects.about(one).get(verb="reconciliation.export").facts == {"rows": 1}


def test_q43_q29_the_reconciliations_of_an_office_are_those_of_whoever_carries_it_on():
    old, taking = an_organ(number_prefix="JZ"), an_organ(number_prefix="XZ")
    before, after = (a_hat(Role.SECTION_HEAD, organ=organ) for organ in (old, taking))
    one = reconciled(a_listed("LL-9"), by=before)
    assert not Reconciliation.objects.visible_to(after).exists()

    merge(old, taking)

    assert Reconciliation.objects.visible_to(after).get() == one
    explain_all(one, after)
    sign_reconciliation(one.pk, by=after, now=LATER)
    assert Reconciliation.objects.get().signer == after.user
