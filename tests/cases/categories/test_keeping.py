"""One model suggests; the system administrator sees what it is worth, and may let nothing suggest any more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import Role
from audit.models import Entry
from cases.actions.category_models import end_category_model
from cases.category_suggestions import is_suggesting, suggest_categories
from cases.models import CategoryModel
from lib.errors import NotAllowed, OutOfTurn
from tests.cases.categories.given import a_model
from tests.given import MONDAY, a_hat

pytestmark = pytest.mark.django_db

TEXT = "厂里拖欠工资和加班费三个月"


def test_a_new_model_takes_over_and_the_older_keeps_its_figures_without_its_weights():
    older = a_model()

    newer = a_model(now=MONDAY + timedelta(days=1))

    older.refresh_from_db()
    assert (older.weights, older.ended_at) == (None, MONDAY + timedelta(days=1))
    assert (older.texts, older.macro_f1) == (400, 0.87)
    assert CategoryModel.objects.current().get() == newer


@pytest.mark.parametrize(
    "broken", [{"ended_at": None, "weights": b"x"}, {"ended_at": MONDAY, "weights": b"x"}]
)
def test_the_database_keeps_to_one_that_suggests_and_to_no_weights_of_others(broken):
    older, _newer = a_model(), a_model(now=MONDAY + timedelta(days=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        CategoryModel.objects.filter(pk=older.pk).update(**broken)


def test_the_administrator_sees_date_size_and_score(sign_in):
    a_model()
    a_model(now=MONDAY + timedelta(days=1))

    page = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR)).open("cases:category_models").content.decode()

    assert "2026-03-02 09:30" in page and "2026-03-03 09:30" in page
    assert "400" in page and "0.870" in page and "0.960" in page
    assert page.count("在用") == 1


def test_without_a_model_the_page_says_that_nothing_was_learned(sign_in):
    page = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR)).open("cases:category_models").content.decode()

    assert "尚未训练" in page
    assert "停用分类建议</button>" not in page


def test_the_administrator_ends_the_suggesting_and_it_is_written_down(sign_in):
    model = a_model()
    browser = sign_in(a_hat(Role.SYSTEM_ADMINISTRATOR))

    browser.send("cases:category_models")

    assert not is_suggesting()
    assert suggest_categories("", TEXT, on=MONDAY.date()) == []
    assert Entry.objects.get(verb="category_model.end").subject_id == str(model.pk)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.OFFICE_DIRECTOR, Role.SECURITY_ADMINISTRATOR])
def test_nobody_else_ends_it(role):
    a_model()

    with pytest.raises(NotAllowed):
        end_category_model(by=a_hat(role), now=MONDAY)

    assert is_suggesting()
    assert not Entry.objects.filter(verb="category_model.end").exists()


def test_nothing_is_ended_where_nothing_suggests():
    with pytest.raises(OutOfTurn):
        end_category_model(by=a_hat(Role.SYSTEM_ADMINISTRATOR), now=MONDAY)

    assert not Entry.objects.filter(verb="category_model.end").exists()
