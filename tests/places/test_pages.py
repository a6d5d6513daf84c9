"""The look-up behind every place field, and the administrator's pages of divisions."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts import sessions
from accounts.hats import Hat
from accounts.roles import Role
from audit.models import Entry
from places.models import Place
from tests.accounts.given import a_hat, an_organ
from tests.places.given import a_township

pytestmark = pytest.mark.django_db

PAGES = "/administration/places/"


def signed_in(hat: Hat) -> Client:
    """Give a browser in which the person has just shown the second factor and wears the hat."""
    client = Client()
    client.force_login(hat.user, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[sessions.HAT] = hat.post.pk
    sessions.begin(session, sessions.Shown.BY_ITSELF, now=timezone.now())
    session.save()
    return client


@pytest.fixture
def administrator() -> Client:
    return signed_in(a_hat(Role.SYSTEM_ADMINISTRATOR))


def test_a_field_gets_options_with_what_tells_two_namesakes_apart() -> None:
    answer = signed_in(a_hat()).get("/places/find/", {"q": "李家沟"}, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert page.count('role="option"') == 2
    assert "吴城镇" in page and "城北街道" in page
    assert "<html" not in page
    assert "HX-Request" in answer.headers["Vary"]


def test_a_misprint_is_said_to_be_one_so_that_a_person_decides() -> None:
    answer = signed_in(a_hat()).get("/places/find/", {"q": "界卯"}, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert 'data-words="界峁社区"' in page
    assert "有一个字不同" in page


def test_without_javascript_the_same_words_give_a_page() -> None:
    page = signed_in(a_hat()).get("/places/find/", {"q": "界卯"}).content.decode()

    assert "<html" in page
    assert "界峁社区" in page


def test_words_from_outside_are_shown_as_words() -> None:
    page = signed_in(a_hat()).get("/places/find/", {"q": '"><script>x</script>'}).content.decode()

    assert "<script>x" not in page


def test_a_township_finds_the_places_of_its_whole_county_and_no_other() -> None:
    township = an_organ(place=Place.objects.get(code="141102100"))
    client = signed_in(a_hat(organ=township))

    assert "东关社区" in client.get("/places/find/", {"q": "东关社区"}).content.decode()
    assert "康城镇" not in client.get("/places/find/", {"q": "康城镇"}).content.decode().replace(
        'value="康城镇"', ""
    )


def test_nobody_finds_anything_without_signing_in() -> None:
    answer = Client().get("/places/find/", {"q": "东关"})

    assert answer.status_code == 302
    assert "/sign-in/" in answer.headers["Location"]


@pytest.mark.parametrize("address", ["", "{pk}/", "{pk}/add/", "{pk}/replace/"])
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM_ADMINISTRATOR}))
def test_only_the_system_administrator_opens_the_pages(role: Role, address: str) -> None:
    place = Place.objects.get(code="141102001")

    answer = signed_in(a_hat(role)).get(PAGES + address.format(pk=place.pk))

    assert answer.status_code == 403


def test_the_tree_is_walked_from_the_root_to_a_village(administrator: Client) -> None:
    street = Place.objects.get(code="141102001")

    root = administrator.get(PAGES).content.decode()
    page = administrator.get(f"{PAGES}{street.pk}/").content.decode().partition("pt-head")[2]

    assert "山西省" in root
    assert page.index("山西省") < page.index("吕梁市") < page.index("离石区") < page.index("滨河街道")
    assert "东关社区居委会" in page


def test_a_search_reaches_the_whole_tree(administrator: Client) -> None:
    assert "康城镇" in administrator.get(PAGES, {"q": "kangchengzhen"}).content.decode()


def test_a_division_that_is_not_there_is_not_found(administrator: Client) -> None:
    assert administrator.get(f"{PAGES}0/").status_code == 404


def test_a_village_is_added_by_form(administrator: Client) -> None:
    township = a_township()

    answer = administrator.post(
        f"{PAGES}{township.pk}/add/",
        {"code": "990101100009", "name": "新苑社区居委会", "since": "2026-03-01"},
        follow=True,
    )

    village = Place.objects.get(code="990101100009")
    assert answer.redirect_chain == [(f"{PAGES}{village.pk}/", 302)]
    assert "新苑社区" in answer.content.decode()
    assert Entry.objects.about(village).get().verb == "place.add"


def test_what_does_not_fit_is_said_at_its_field_and_everything_typed_stays(administrator: Client) -> None:
    township = a_township()

    answer = administrator.post(
        f"{PAGES}{township.pk}/add/",
        {"code": "140101100009", "name": "新苑社区居委会", "since": "2026-03-01"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="140101100009"' in page and 'value="新苑社区居委会"' in page
    assert "id_code_error" in page
    assert not Place.objects.filter(code="140101100009").exists()


def test_a_township_is_renamed_by_form_and_both_pages_lead_to_each_other(administrator: Client) -> None:
    old = a_township()

    administrator.post(
        f"{PAGES}{old.pk}/replace/",
        {"successors": "990101100 东新镇", "since": "2026-03-01", "basis": "政发〔2026〕1号"},
    )

    new = Place.objects.current().get(code="990101100")
    assert new.name == "东新镇"
    assert f"{PAGES}{new.pk}/" in administrator.get(f"{PAGES}{old.pk}/").content.decode()
    assert f"{PAGES}{old.pk}/" in administrator.get(f"{PAGES}{new.pk}/").content.decode()
    assert "政发〔2026〕1号" in administrator.get(f"{PAGES}{new.pk}/").content.decode()


def test_two_townships_are_merged_by_form(administrator: Client) -> None:
    east = a_township()
    west = a_township("990101200", "西乡", east.parent)

    administrator.post(
        f"{PAGES}{east.pk}/replace/",
        {
            "others": [west.pk],
            "successors": "990101300 东西镇\r\n",
            "since": "2026-03-01",
            "basis": "政发〔2026〕1号",
        },
    )

    merged = Place.objects.get(code="990101300")
    west.refresh_from_db()
    assert west.valid_to == date(2026, 2, 28)
    assert Place.objects.current().filter(parent=merged).count() == 4


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"successors": "东新镇"}, id="a line without a code"),
        pytest.param({"basis": ""}, id="no basis"),
        pytest.param({"since": "2099-01-01"}, id="a day that has not come"),
    ],
)
def test_a_change_that_is_not_complete_is_not_entered(administrator: Client, typed: dict[str, str]) -> None:
    old = a_township()
    complete = {"successors": "990101100 东新镇", "since": "2026-03-01", "basis": "政发〔2026〕1号"}

    answer = administrator.post(f"{PAGES}{old.pk}/replace/", complete | typed)

    old.refresh_from_db()
    assert answer.status_code == 422
    assert old.valid_to is None


def test_an_ended_division_offers_no_more_changes(administrator: Client) -> None:
    old = a_township()
    Place.objects.filter(pk=old.pk).update(valid_to=date(2026, 2, 28))

    assert f"{PAGES}{old.pk}/replace/" not in administrator.get(f"{PAGES}{old.pk}/").content.decode()
    assert administrator.get(f"{PAGES}{old.pk}/replace/").status_code == 404
