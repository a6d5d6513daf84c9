"""A model that suggests, made by hand, and petitions to learn from."""

from array import array
from collections.abc import Mapping
from datetime import datetime

from audit.parts import Actor
from cases.actions.category_models import keep_category_model
from cases.models import CategoryModel, ContentCategory, Petition
from lib.text_classes import Weights, grams
from tests.cases.given import a_petition
from tests.given import MONDAY

HOUSES, WAGES, LAND = "住房保障与房地产", "工资福利", "土地征收"
WORDS: Mapping[str, tuple[str, ...]] = {
    HOUSES: ("房", "不动产权证", "购房"),
    WAGES: ("工资", "加班费"),
    LAND: ("征地", "补偿款"),
}
BY = Actor(words="train_categories")


def the_category(name: str) -> ContentCategory:
    return ContentCategory.objects.get(name=name)


def weights_of(words: Mapping[str, tuple[str, ...]] = WORDS) -> Weights:
    """Make weights by which each of some words speaks for its category alone."""
    labels = sorted(the_category(name).code for name in words)
    speaking = sorted(
        {
            (gram, labels.index(the_category(name).code))
            for name, of_category in words.items()
            for word in of_category
            for gram in grams(word)
        }
    )
    known = sorted({gram for gram, _label in speaking})
    counts = [sum(gram == one for gram, _label in speaking) for one in known]
    return Weights(
        labels=tuple(labels),
        grams=array("Q", known),
        rarity=array("f", [1.0] * len(known)),
        begins=array("I", [sum(counts[:place]) for place in range(len(known) + 1)]),
        class_of=array("H", [label for _gram, label in speaking]),
        weights=array("f", [1.0] * len(speaking)),
        biases=array("f", [0.0] * len(labels)),
    )


def a_model(words: Mapping[str, tuple[str, ...]] = WORDS, *, now: datetime = MONDAY) -> CategoryModel:
    """Let a model made by hand suggest."""
    kept = weights_of(words).to_bytes()
    return keep_category_model(
        kept, texts=400, categories=len(words), macro_f1=0.87, among_three=0.96, by=BY, now=now
    )


def enough_to_learn_from(of_each: int = 20) -> list[Petition]:
    """Register different petitions of two categories."""
    return [
        a_petition(
            title=f"{about} {number}",
            text=f"反映{about}的问题，第{number}次，请尽快解决。",
            content_category_id=the_category(name).pk,
        )
        for name, about in ((HOUSES, "购房多年不办不动产权证"), (WAGES, "拖欠工资和加班费"))
        for number in range(of_each)
    ]
