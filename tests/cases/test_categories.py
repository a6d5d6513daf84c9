"""The content category found from what a person typed, at the form and behind its address."""

from datetime import date, timedelta

import pytest

from accounts.roles import Role
from cases.categories import MOST_FOUND, everyday_words, find_categories
from cases.models import ContentCategory
from tests.cases.given import a_category
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def names_found(typed: str, on: date = TODAY) -> list[str]:
    return [category.name for category in find_categories(typed, on=on)]


@pytest.mark.parametrize(
    "typed", ["住房保障与房地产", "住房保障", "城乡建设 房地产", "zfbz", "ZFBZ", "zhufangbao"]
)
def test_a_category_is_found_by_name_path_or_letters(typed):
    assert a_category() in find_categories(typed, on=TODAY)


EVERYDAY = {
    "物业": "住房保障与房地产",
    "电梯": "住房保障与房地产",
    "电梯坏了": "住房保障与房地产",
    "养老": "城镇职工社会保险",
    "路灯": "城市建设和市政管理",
    "社保": "城镇职工社会保险",
    "拖欠工资": "工资福利",
    "欠工资": "工资福利",
    "学区": "教育体制",
    "拆迁": "集体土地上房屋拆迁与补偿",
    "噪音": "环境污染",
    "占道": "城市建设和市政管理",
    "低保": "社会救助",
}


@pytest.mark.parametrize(("typed", "meant"), EVERYDAY.items())
def test_a_category_is_found_by_an_everyday_word_for_it(typed, meant):
    assert meant in names_found(typed)


def test_every_category_with_everyday_words_is_one_of_the_list_and_each_word_stands_once_in_it():
    codes = set(ContentCategory.objects.values_list("code", flat=True))

    assert set(everyday_words()) <= codes
    assert all(words and len(words) == len(set(words)) for words in everyday_words().values())


def test_the_name_goes_before_an_everyday_word():
    assert names_found("社会治安")[0] == "社会治安"
    assert names_found("信息")[0] == "信息化建设"


def test_a_category_is_found_by_its_code():
    assert names_found(a_category().code)[0] == a_category().name


def test_the_name_itself_comes_first_and_the_rest_is_few():
    assert names_found(a_category().name)[0] == a_category().name
    assert len(names_found("城乡建设")) <= MOST_FOUND


def test_nothing_typed_shows_all_and_nonsense_shows_none():
    assert len(names_found(" ")) == ContentCategory.objects.valid_on(TODAY).count()
    assert names_found("没有这样的分类") == names_found("城乡建设 没有") == []


def test_a_category_that_has_ended_is_not_offered():
    ContentCategory.objects.filter(pk=a_category().pk).update(valid_to=TODAY - timedelta(days=1))

    assert a_category() not in find_categories("zfbz", on=TODAY)


def test_the_form_asks_the_address_and_keeps_its_list_without_scripts(sign_in):
    registrar = sign_in(a_hat(Role.REGISTRAR))
    form = registrar.get(registrar.open("cases:intake").url).content.decode()

    offered = registrar.open("cases:find_category", query={"q": "zfbz"}).content.decode()

    assert 'data-url="/categories/find/"' in form and '<select name="content_category"' in form
    assert f'data-value="{a_category().pk}"' in offered
    assert a_category().label in offered
