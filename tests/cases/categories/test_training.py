"""Categories are learned from the office's own confirmed petitions, never from sealed or void ones (Q1, Q18)."""

import sys

import pytest
from django.core.management import CommandError, call_command

from accounts.roles import Role
from audit.models import Entry
from cases.actions.sealing import seal
from cases.category_suggestions import suggest_categories, texts_to_learn_from
from cases.intake import Reported
from cases.models import CategoryModel, Petition
from cases.states import Purpose, ReportedKind, Routing
from lib.text_classes import Weights, grams
from tests.cases.categories.given import HOUSES, LAND, WAGES, enough_to_learn_from, the_category
from tests.cases.given import a_person, a_petition
from tests.given import MONDAY, a_hat, an_organ

pytestmark = [pytest.mark.django_db, pytest.mark.wide]


def learned() -> Weights:
    call_command("train_categories")
    return Weights.from_bytes(bytes(CategoryModel.objects.current().get().weights))


def test_training_keeps_a_model_with_its_size_and_score_and_says_so(capsys):
    enough_to_learn_from()

    call_command("train_categories")

    model = CategoryModel.objects.get()
    entry = Entry.objects.get(verb="category_model.train")
    assert (model.texts, model.categories) == (40, 2)
    assert model.macro_f1 == model.among_three == 1.0
    assert entry.actor_words == "train_categories"
    assert entry.facts == {"texts": 40, "categories": 2, "macro_f1": 1.0}
    assert "Learned from 40 petitions in 2 categories" in capsys.readouterr().out


def test_what_was_learned_suggests_with_words(monday):
    enough_to_learn_from()
    learned()

    first = suggest_categories("", "老板拖欠工资不给加班费", on=MONDAY.date())[0]

    assert first.category == the_category(WAGES)
    assert "工资" in "".join(first.words)


def test_the_same_petitions_give_the_same_model():
    enough_to_learn_from()

    assert learned().to_bytes() == learned().to_bytes()


def test_q1_a_sealed_void_or_unconfirmed_petition_leaves_no_trace_in_the_model():
    """Neighbours: the model is the same to the last byte whether or not they are there."""
    enough_to_learn_from()
    without = learned().to_bytes()
    facts = {"content_category_id": the_category(WAGES).pk, "text": "拖欠工资，厂长克扣，问题严重。"}
    for _time in range(5):
        a_petition(purpose=Purpose.REPORT_ACCUSATION, **facts)
    for void in [a_petition(**facts) for _time in range(5)]:
        Petition.objects.filter(pk=void.pk).update(routing=Routing.VOID)
    for _time in range(5):
        a_petition(category_confirmed=False, **facts)

    assert learned().to_bytes() == without
    assert not any("厂长克扣" in text for text, _code in texts_to_learn_from())


def test_q1_what_was_sealed_later_is_learned_from_no_more():
    enough_to_learn_from()
    without = learned().to_bytes()
    late = [a_petition(text="拖欠工资，站长收了好处费") for _time in range(4)]
    assert learned().to_bytes() != without

    a_hat(Role.SEALED_LANE_OFFICER)
    reported = [Reported(kind=ReportedKind.UNIT, organ_id=an_organ().pk)]
    for petition in late:
        seal(petition.pk, reason="反映干部", reported=reported, by=a_hat(Role.PETITION_OFFICER), now=MONDAY)

    assert learned().to_bytes() == without


def test_names_and_numbers_of_people_are_no_part_of_what_is_learned():
    for number in range(4):
        a_petition(
            people=(a_person("欧阳娜娜"),),
            text=f"我叫欧阳娜娜，电话13812345678，第{number}次反映。",
        )
    enough_to_learn_from()

    known = set(learned().grams)

    assert known & set(grams("反映"))
    assert not known & set(grams("欧阳娜娜")[-2:])
    assert not known & {gram for gram in grams("12345") if gram > 1 << 42}


@pytest.mark.parametrize("of_each", [0, 1, 19])
def test_too_little_is_refused_in_words_and_what_suggested_goes_on(of_each):
    enough_to_learn_from(of_each)

    with pytest.raises(CommandError, match="Too little to learn from: two categories with 20 different"):
        call_command("train_categories")

    assert not CategoryModel.objects.exists()
    assert not Entry.objects.filter(verb="category_model.train").exists()


def test_equal_texts_count_once_towards_what_is_needed():
    enough_to_learn_from()
    land = the_category(LAND)
    for _time in range(20):
        a_petition(title="征地补偿款未到", text="征地补偿款未到", content_category_id=land.pk)

    assert land.code not in learned().labels
    assert the_category(HOUSES).code in learned().labels


def test_without_the_library_it_says_what_to_do(monkeypatch):
    enough_to_learn_from(1)
    monkeypatch.setitem(sys.modules, "sklearn", None)

    with pytest.raises(CommandError, match=r"which \./start train-categories installs"):
        call_command("train_categories")
