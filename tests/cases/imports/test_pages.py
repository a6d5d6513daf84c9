"""Taking in a list in the browser, and from the command line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.hats import Hat
from accounts.roles import Role
from cases.models import ImportBatch, ImportState, Petition
from tests.cases.browsers import Browser, signed_in
from tests.cases.imports.given import LATER, a_csv, a_row, an_xlsx, imported, matched, worked
from tests.given import a_hat, an_organ

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def address(batch: ImportBatch, step: str = "") -> str:
    return (
        reverse("cases:import_step", args=[batch.pk, step])
        if step
        else reverse("cases:import", args=[batch.pk])
    )


def upload_of(file) -> SimpleUploadedFile:
    return SimpleUploadedFile("留言.csv", file.read())


def browser(hat: Hat) -> Browser:
    return signed_in(hat)


def test_from_the_upload_to_the_result_without_any_script():
    registrar = a_hat(Role.REGISTRAR)
    client = browser(registrar)
    page = client.get(reverse("cases:imports"))
    assert "还没有导入过" in page.content.decode()

    facts = {"source": "领导留言板", "upload": upload_of(a_csv(a_row(1), a_row(2, 留言时间="昨天")))}
    answer = client.post(reverse("cases:imports"), facts)
    worked()
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(batch))
    page = client.get(address(batch)).content.decode()
    assert "核对各列" in page and "留言详情" in page
    columns = {f"column-{place}": batch.mapping.get(name, "") for place, name in enumerate(batch.columns)}
    client.post(address(batch, "match"), {"channel": "web", "purpose": "request", **columns})
    worked()
    page = client.get(address(batch)).content.decode()
    assert "试算结果" in page and "“留言时间”中的日期无法识别" in page
    assert not Petition.objects.exists()
    client.post(address(batch, "run"))
    worked()

    page = client.get(address(batch)).content.decode()
    assert "导入结果" in page and "下载退回行" in page
    assert Petition.objects.count() == 1
    rejects = client.get(reverse("cases:import_rejects", args=[batch.pk]))
    assert rejects["Content-Disposition"].startswith("attachment")
    assert b"".join(rejects).startswith(b"PK")


def test_while_it_works_the_page_says_how_far_it_is_and_asks_again():
    registrar = a_hat(Role.REGISTRAR)
    client = browser(registrar)
    client.post(reverse("cases:imports"), {"source": "留言板", "upload": upload_of(a_csv(a_row()))})
    batch = ImportBatch.objects.get()

    page = client.get(address(batch)).content.decode()
    part = client.get(reverse("cases:import_progress", args=[batch.pk]))

    assert "正在识别表头" in page
    assert f'<noscript><a href="{address(batch)}">' in page
    assert "hx-trigger" in part.content.decode() and "HX-Refresh" not in part
    worked()
    assert client.get(reverse("cases:import_progress", args=[batch.pk]))["HX-Refresh"] == "true"


def test_what_was_chosen_stays_when_the_columns_are_refused():
    registrar = a_hat(Role.REGISTRAR)
    batch = matched(an_xlsx(a_row()), by=registrar)
    columns = {f"column-{place}": "" for place in range(len(batch.columns))}

    answer = browser(registrar).post(
        address(batch, "match"), {"channel": "letter", "purpose": "suggestion", **columns}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请指明哪一列是信访人原话" in page
    assert '<option value="letter" selected>' in page


@pytest.mark.parametrize("facts", [{}, {"source": "留言板"}])
def test_an_upload_without_its_source_or_file_is_asked_for_again(facts):
    answer = browser(a_hat(Role.REGISTRAR)).post(reverse("cases:imports"), facts)

    assert answer.status_code == 422
    assert not ImportBatch.objects.exists()


def test_titles_shown_before_the_run_are_masked():
    registrar = a_hat(Role.REGISTRAR)
    batch = matched(an_xlsx(a_row(留言用户="欧阳丽", 留言主题="欧阳丽反映 13800001234 停水")), by=registrar)

    page = browser(registrar).get(address(batch)).content.decode()

    assert "13800001234" not in page and "欧阳丽反映" not in page


def test_q18_the_withdrawal_goes_through_two_persons_pages():
    registrar, head = a_hat(Role.REGISTRAR), a_hat(Role.SECTION_HEAD)
    batch = imported(an_xlsx(a_row()), by=registrar)

    assert browser(registrar).post(address(batch, "withdraw"), {"reason": ""}).status_code == 422
    browser(registrar).post(address(batch, "withdraw"), {"reason": "表选错了"})
    assert "全部作废" not in browser(registrar).get(address(batch)).content.decode()
    assert "全部作废" in browser(head).get(address(batch)).content.decode()
    browser(head).post(address(batch, "decide"), {"confirm": "yes"})
    worked()

    batch.refresh_from_db()
    assert batch.state == ImportState.WITHDRAWN
    assert "已撤回" in browser(registrar).get(address(batch)).content.decode()


def test_q6_another_offices_list_is_unknown_and_other_roles_have_no_such_page():
    batch = imported(an_xlsx(a_row(1), a_row(2, 留言时间="昨天")))
    stranger = a_hat(Role.REGISTRAR, organ=an_organ(number_prefix="SW"))
    colleague = a_hat(Role.PETITION_OFFICER)

    assert browser(stranger).get(address(batch)).status_code == 404
    assert browser(a_hat(Role.INSPECTOR)).get(address(batch)).status_code == 403
    assert browser(colleague).get(address(batch)).status_code == 200
    assert browser(colleague).get(reverse("cases:import_rejects", args=[batch.pk])).status_code == 404


def test_the_case_page_shows_the_reply_of_then_and_what_the_list_says_besides():
    registrar = a_hat(Role.REGISTRAR)
    row = a_row(点赞数="3", 答复意见="经核实，已修好。", 答复时间="2026-03-01", 答复单位="区水务局")
    imported(an_xlsx(row), by=registrar)

    page = (
        browser(registrar).get(reverse("cases:petition", args=[Petition.objects.get().pk])).content.decode()
    )

    assert "此前已答复" in page and "经核实，已修好。" in page and "区水务局" in page
    assert "点赞数" in page


def test_the_number_a_list_gave_stands_on_the_case_page_and_none_where_it_gave_none():
    registrar = a_hat(Role.REGISTRAR)
    imported(an_xlsx(a_row("LY-77"), a_row(None, 留言主题="没有编号")), by=registrar)
    numbered, bare = Petition.objects.order_by("number")

    pages = [browser(registrar).open("cases:petition", one.pk).content.decode() for one in (numbered, bare)]

    assert "LY-77" in pages[0]
    assert bare.external_number not in pages[1]
    assert all("领导留言板" in page for page in pages)


def test_the_command_does_what_the_page_does(tmp_path, capsys):
    registrar = a_hat(Role.REGISTRAR)
    path = tmp_path / "留言.csv"
    path.write_bytes(a_csv(a_row(1), a_row(2, 留言时间="昨天")).read())
    facts = {"source": "留言板", "staff": registrar.user.username}

    call_command("import_list", path, trial=True, **facts)
    assert not Petition.objects.exists()
    call_command("import_list", path, **facts)

    assert Petition.objects.count() == 1
    assert "created: 1" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_list", path, source="留言板", staff=a_hat(Role.INSPECTOR).user.username)
    assert LATER
