"""What the frame of every page shows to whom."""

import re
from uuid import UUID

import pytest
import structlog
from django.template import loader
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from accounts.roles import Role
from config.mistakes import server_error
from tests.front.given import a_hat, a_page, a_request

pytestmark = [pytest.mark.urls("tests.front.addresses"), pytest.mark.django_db]

# Read across: the role, the pages its sidebar offers.
DOORS = [
    (Role.REGISTRAR, {"desk/my_work", "cases/intake", "cases/drafts", "cases/ledger"}),
    (Role.LEADER, {"desk/my_work", "cases/ledger"}),
    (Role.SEALED_LANE_OFFICER, {"desk/my_work", "cases/sealed_ledger"}),
    (Role.SYSTEM_ADMINISTRATOR, {"desk/my_work", "desk/administration", "desk/health"}),
    (Role.SECURITY_ADMINISTRATOR, {"desk/my_work", "desk/administration"}),
    (Role.AUDIT_ADMINISTRATOR, {"desk/my_work", "desk/audit"}),
]
FROM_ELSEWHERE = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "refused.html"]


def the_sidebar(page):
    return re.search(r'<nav aria-label="主导航">(.*?)</nav>', page, re.S)[1]


@pytest.mark.parametrize(("role", "doors"), DOORS)
def test_the_sidebar_offers_a_role_its_pages_and_no_other(role, doors):
    page = a_page("refused.html", a_request(hats=(a_hat(role),)))

    assert set(re.findall(r'href="/([^"]+)/"', the_sidebar(page))) == doors


def test_the_page_one_is_on_is_marked():
    request = a_request("/cases/drafts/", hats=(a_hat(),))
    request.resolver_match = resolve("/cases/drafts/")

    page = a_page("refused.html", request)

    assert re.findall(r'href="([^"]+)" aria-current', the_sidebar(page)) == ["/cases/drafts/"]


@pytest.mark.parametrize(
    ("role", "path", "door"),
    [
        (Role.REGISTRAR, f"/drafts/{UUID(int=7)}/", "/petitions/new/"),
        (Role.REGISTRAR, f"/petitions/{UUID(int=7)}/", "/petitions/"),
        (Role.SEALED_LANE_OFFICER, f"/petitions/{UUID(int=7)}/", "/sealed/"),
        (Role.SYSTEM_ADMINISTRATOR, "/administration/categories/", "/administration/"),
    ],
)
@pytest.mark.urls("config.urls")
def test_a_page_that_the_sidebar_does_not_name_is_marked_where_it_belongs(role, path, door):
    request = a_request(path, hats=(a_hat(role),))
    request.resolver_match = resolve(path)

    page = a_page("refused.html", request)

    assert re.findall(r'href="([^"]+)" aria-current', the_sidebar(page)) == [door]


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.SEALED_LANE_OFFICER]
)
def test_who_sees_no_open_petitions_has_no_box_to_search_them(role):
    page = a_page("refused.html", a_request(hats=(a_hat(role),)))

    assert 'role="search"' not in page


def test_a_stranger_sees_no_page_no_box_and_no_person():
    page = a_page("404.html", a_request())

    assert re.findall(r'<a href="([^"]+)"', the_sidebar(page)) == ["/desk/my_work/"]
    assert 'role="search"' not in page
    assert "退出登录" not in page


def test_each_hat_but_no_other_can_be_put_on_from_the_menu():
    page = a_page("refused.html", a_request(hats=(a_hat(key=7), a_hat(title="登记", key=8))))

    assert re.findall(r'name="post" value="(\d+)"', page) == ["7", "8"]
    assert re.findall(r'value="(\d+)" aria-current="true"', page) == ["7"]


def test_every_form_and_every_request_of_a_script_carries_the_hat():
    page = a_page("refused.html", a_request(hats=(a_hat(key=7), a_hat(key=8))))

    forms = re.findall(r'<form[^>]* method="post".*?</form>', page, re.S)
    assert len(forms) >= 4
    assert [form for form in forms if 'name="hat" value="7"' not in form] == []
    assert [form for form in forms if "csrfmiddlewaretoken" not in form] == []
    assert '"X-Hat": "7"' in page


def test_what_is_unknown_and_what_is_forbidden_look_the_same_to_the_byte():
    """Q6: the page tells nothing of the address that was asked for."""
    known = a_request("/cases/ledger/?q=张", hats=(a_hat(),))
    known.resolver_match = resolve("/cases/ledger/")
    never_there = a_request("/nowhere/", hats=(a_hat(),))

    assert a_page("404.html", known) == a_page("404.html", never_there)


@pytest.mark.parametrize("template", FROM_ELSEWHERE)
def test_a_page_of_refusal_stands_without_any_request(template):
    page = a_page(template)

    assert "离石信访" in page
    assert "<h1" in page or "没有改动" in page


def test_the_forbidden_page_says_whose_it_is():
    page = a_page("403.html", a_request(hats=(a_hat(),)), roles=[Role.REGISTRAR.label, Role.LEADER.label])

    assert f"使用岗位：{Role.REGISTRAR.label}、{Role.LEADER.label}。" in page


def test_a_refusal_keeps_its_words_and_says_that_the_text_is_kept():
    request = a_request(hats=(a_hat(),))
    request.method = "POST"

    page = a_page("refused.html", request, message="<有人先改了>")

    assert "&lt;有人先改了&gt;" in page
    assert "您写的内容还在" in page


def test_a_refusal_inside_a_page_is_only_a_piece_of_it():
    piece = a_page("_refused.html", a_request(hats=(a_hat(),)), message="有人先改了")

    assert piece.startswith('<div class="note note-r" role="alert">')


def test_the_page_of_a_mistake_leans_on_no_list_of_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        loader.render_to_string("404.html")

    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "服务器出错了" in response.content.decode()


def test_the_page_of_a_mistake_names_the_number_the_log_has():
    with structlog.contextvars.bound_contextvars(request_id="7f3a0912-11aa"):
        response = server_error(RequestFactory().get("/"))

    assert "错误编号 7f3a0912，" in response.content.decode()


def test_the_frame_speaks_english_when_asked():
    with translation.override("en"):
        page = a_page("refused.html", a_request(hats=(a_hat(),)))

    assert '<html lang="en">' in page
    assert "Lishi Petition Office" in page
