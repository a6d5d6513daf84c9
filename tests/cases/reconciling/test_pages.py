"""Reconciling in the browser, without any script: from the upload to the signature."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from audit.models import Entry
from cases.models import Difference, Reconciliation, ReconciliationState
from tests.cases.browsers import signed_in
from tests.cases.given import a_petition
from tests.cases.imports.given import an_xlsx
from tests.cases.reconciling.given import a_listed, from_above, reconciled, sent_down, uploaded, worked
from tests.cases.reconciling.test_signing import REPORT
from tests.given import a_hat, an_organ

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

STEP = "cases:reconciliation_step"


@pytest.fixture
def officer():
    return a_hat(Role.PETITION_OFFICER)


def the_form(*rows, **facts) -> dict[str, object]:
    return {
        "source": "transferred_from_superior",
        "superior_organ": "",
        "from_on": "2026-02-01",
        "to_on": "2026-02-28",
        "upload": SimpleUploadedFile("对账.xlsx", an_xlsx(*rows).read()),
        **facts,
    }


def text(response) -> str:
    return response.content.decode()


def test_q43_from_the_upload_to_the_signature_without_any_script(officer):
    browser = signed_in(officer)
    case = sent_down("LL-1")
    assert reverse("cases:reconciliations") in text(browser.open("cases:imports"))
    assert "还没有对过账" in text(browser.open("cases:reconciliations"))

    rows = [a_listed("LL-1", 办理期限="2026-04-01"), a_listed("LL-9")]
    answer = browser.send("cases:reconciliations", **the_form(*rows))
    worked()
    one = Reconciliation.objects.get()
    assert answer["Location"] == reverse("cases:reconciliation", args=[one.pk])
    page = text(browser.open("cases:reconciliation", one.pk))
    assert "上级限办日期：对方清单为“2026-04-01”，本单位为“2026-04-20”。" in page
    assert case.petition.number in page and "本单位未查到" in page
    assert "张大强" not in page

    refused = browser.send(STEP, one.pk, "sign")
    assert refused.status_code == 409 and "还有 2 处差异没有说明" in text(refused)
    keys = list(Difference.objects.values_list("pk", flat=True))
    empty = browser.send(STEP, one.pk, "explain", differences=keys, explanation="")
    assert empty.status_code == 422 and text(empty).count("checked") == 2
    nothing = browser.send(STEP, one.pk, "explain", explanation="市局改过期限")
    assert nothing.status_code == 422 and "市局改过期限" in text(nothing)
    again = browser.open(STEP, one.pk, "explain")
    assert again["Location"] == reverse("cases:reconciliation", args=[one.pk])
    browser.send(STEP, one.pk, "explain", differences=keys, explanation="市局改过期限")
    assert "市局改过期限" in text(browser.open("cases:reconciliation", one.pk))
    browser.send(STEP, one.pk, "compare")
    browser.send(STEP, one.pk, "sign")

    one.refresh_from_db()
    assert one.state == ReconciliationState.SIGNED
    page = text(browser.open("cases:reconciliation", one.pk))
    assert "签字确认" in page and officer.user.name in page and "重新比对" not in page
    assert "已签字确认" in text(browser.open("cases:reconciliations"))


def test_q43_the_differences_go_out_as_a_workbook_without_a_person(officer):
    case = sent_down("LL-2")
    one = reconciled(a_listed("LL-9"), by=officer)

    answer = signed_in(officer).send("cases:reconciliation_export", one.pk)

    content = b"".join(answer.streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert answer["Content-Disposition"].startswith("attachment")
    assert [row[:3] for row in rows[1:]] == [("2", "LL-9", None), (None, "LL-2", case.petition.number)]
    assert "张大强" not in str(rows)
    assert Entry.objects.filter(verb="reconciliation.export").exists()


def test_q43_an_upload_that_cannot_be_is_asked_for_again_with_what_was_typed(officer):
    browser = signed_in(officer)

    late = browser.send("cases:reconciliations", **the_form(a_listed(), to_on="2026-01-31"))
    empty = browser.send("cases:reconciliations", source="")

    assert (late.status_code, empty.status_code) == (422, 422)
    assert 'value="2026-02-01"' in text(late)
    assert not Reconciliation.objects.exists()


def test_while_the_list_is_read_the_page_asks_again(officer):
    one = uploaded(a_listed("LL-9"), by=officer)
    browser = signed_in(officer)

    page = text(browser.open("cases:reconciliation", one.pk))
    part = browser.open("cases:reconciliation_progress", one.pk)

    assert "hx-trigger" in page and "<noscript>" in page
    assert "HX-Refresh" not in part
    worked()
    assert browser.open("cases:reconciliation_progress", one.pk)["HX-Refresh"] == "true"


def test_q43_one_kind_of_difference_and_the_next_page_are_asked_for_by_address(officer):
    sent_down("LL-1")
    one = reconciled(*(a_listed(f"LX-{number}") for number in range(60)), by=officer)
    browser = signed_in(officer)

    first = browser.open("cases:reconciliation", one.pk)
    second = browser.open("cases:reconciliation", one.pk, query={"after": first.context["after"]})
    of_kind = browser.open("cases:reconciliation", one.pk, query={"of": "not_there"})

    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 11)
    assert [line.number for line in of_kind.context["lines"]] == ["LL-1"]
    assert browser.open("cases:reconciliation", one.pk, query={"of": "?", "after": "x"}).status_code == 200


def test_q43_q1_the_page_of_a_sealed_number_is_that_of_a_number_never_seen(officer):
    a_hat(Role.SEALED_LANE_OFFICER)
    a_petition(officer, **from_above("LL-AAAA"), **REPORT)
    of_lane, of_nobody = (reconciled(a_listed(number), by=officer) for number in ("LL-AAAA", "LL-BBBB"))
    browser = signed_in(officer)

    pages = []
    for one, number in ((of_lane, "LL-AAAA"), (of_nobody, "LL-BBBB")):
        with CaptureQueriesContext(connection) as asked:
            page = browser.open("cases:reconciliation", one.pk)
        key = str(Difference.objects.get(reconciliation=one).pk)
        same = text(page).replace(number, "N").replace(str(one.pk), "K").replace(one.list_sha256, "H")
        same = same.replace(f'value="{key}"', "").replace(str(page.context["csrf_token"]), "")
        pages.append((without_tokens(same), len(asked)))

    assert pages[0] == pages[1]


def without_tokens(page: str) -> str:
    """Leave out what is new on every page: the tokens of its forms and of its policy."""
    return "\n".join(
        line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "nonce" not in line
    )


def test_q6_another_offices_reconciliation_is_unknown_at_every_address(officer):
    one = reconciled(a_listed("LL-9"), by=officer)
    stranger = signed_in(a_hat(Role.PETITION_OFFICER, organ=an_organ(number_prefix="SW")))

    answers = [
        stranger.open("cases:reconciliation", one.pk),
        stranger.open("cases:reconciliation_progress", one.pk),
        stranger.send("cases:reconciliation_export", one.pk),
        *(stranger.send(STEP, one.pk, step) for step in ("compare", "explain", "sign", "discard")),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert "LL-9" not in text(stranger.open("cases:reconciliations"))
    assert str(one.pk) not in text(stranger.open("cases:reconciliations"))
    one.refresh_from_db()
    assert one.state == ReconciliationState.COMPARED


def test_q43_who_takes_in_no_lists_has_no_such_page_and_a_registrar_only_reads(officer):
    one = reconciled(a_listed("LL-9"), by=officer)

    for role in (Role.INSPECTOR, Role.CASE_OFFICER, Role.SEALED_LANE_OFFICER):
        assert signed_in(a_hat(role)).open("cases:reconciliation", one.pk).status_code == 403
    page = text(signed_in(a_hat(Role.REGISTRAR)).open("cases:reconciliation", one.pk))
    assert "LL-9" in page and "签字确认" not in page and "重新比对" not in page


def test_q43_a_page_of_many_differences_costs_as_many_queries_as_one_of_a_single_one(officer):
    sent_down("LL-0", due_on=None)
    few = reconciled(a_listed("LL-0"), by=officer)
    for number in range(1, 12):
        sent_down(f"LL-{number}", due_on=None)
    many = reconciled(*(a_listed(f"LL-{number}") for number in range(8)), a_listed("LX-1"), by=officer)
    browser = signed_in(officer)

    def cost(name, *args) -> int:
        browser.open(name, *args)
        with CaptureQueriesContext(connection) as queries:
            assert browser.open(name, *args).status_code == 200
        return len(queries)

    assert Difference.objects.filter(reconciliation=many).count() == 13
    assert cost("cases:reconciliation", many.pk) == cost("cases:reconciliation", few.pk)
    listed = cost("cases:reconciliations")
    reconciled(a_listed("LL-0"), by=officer)
    assert cost("cases:reconciliations") == listed


def test_q43_comparing_a_long_list_asks_no_more_than_comparing_a_short_one(officer):
    for number in range(8):
        sent_down(f"LL-{number}")

    costs = []
    for rows in ([a_listed("LL-1")], [a_listed(f"LL-{number}") for number in range(8)]):
        one = uploaded(*rows, by=officer, superior_organ="别的")
        with CaptureQueriesContext(connection) as queries:
            worked()
        one.refresh_from_db()
        assert one.state == ReconciliationState.COMPARED
        costs.append(len(queries))
    assert costs[0] == costs[1]
