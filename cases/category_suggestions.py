"""Suggesting a content category while a petition is registered. A person always confirms (PIPL Art 24)."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.models import CategoryModel, ContentCategory, Petition
from cases.states import Routing
from lib.masking import mask_text
from lib.text_classes import Weights, plain

log = logging.getLogger(__name__)

MOST_SUGGESTED = 3
# Fewer signs say too little.
_LEAST_SIGNS = 8
# More is not read: the matter is told by then, and the page waits for the answer.
_MOST_SIGNS = 4_000
# The newest petitions are learned from: older ones speak of other categories, and memory has an end.
MOST_LEARNED_FROM = 30_000


@dataclass(frozen=True)
class Suggestion:
    """A category of today and the words of the text that led to it, the strongest first."""

    category: ContentCategory
    words: Sequence[str]


@dataclass(frozen=True)
class _Loaded:
    sha256: str
    weights: Weights | None


# The weights of the model that suggests, read once by each process; another one's take their place.
_loaded = _Loaded("", None)


def is_suggesting() -> bool:
    """Test if there is a model that suggests."""
    return CategoryModel.objects.current().exists()


def suggest_categories(title: str, text: str, *, on: date) -> list[Suggestion]:
    """Return the categories of a day that a text of the open lane most likely belongs to, at most three.

    Nothing without a model, for a text of a few signs, or where no word speaks for a category.
    """
    words = f"{title}\n{text}"[:_MOST_SIGNS]
    if len(plain(words)) < _LEAST_SIGNS:
        return []
    weights = _present_weights()
    if weights is None:
        return []
    of_today = {one.code: one for one in ContentCategory.objects.valid_on(on)}
    best = weights.best(words, MOST_SUGGESTED, among=of_today)
    return [Suggestion(of_today[one.label], one.words) for one in best if one.words]


def _present_weights() -> Weights | None:
    """Return the weights of the model that suggests, read again only when another one does."""
    global _loaded
    current = CategoryModel.objects.current()
    sha256 = current.values_list("sha256", flat=True).first() or ""
    loaded = _loaded
    if sha256 != loaded.sha256:
        # kept in a name of its own: another thread may put another one there meanwhile
        _loaded = loaded = _Loaded(sha256, _read(current.filter(sha256=sha256).first()))
    return loaded.weights


def _read(model: CategoryModel | None) -> Weights | None:
    if model is None or model.weights is None:
        return None
    kept = bytes(model.weights)
    if hashlib.sha256(kept).hexdigest() != model.sha256:
        # Registering goes on without suggestions.
        log.error("the weights of the category model are not those that were stored")
        return None
    return Weights.from_bytes(kept)


def texts_to_learn_from() -> Iterator[tuple[str, str]]:
    """Yield text and category code of the newest petitions whose category a person confirmed.

    Of the open lane alone and none that is void (Q1, Q18); the names of their people and the numbers in them covered.
    """
    newest = (
        Petition.objects.filter(sealed=False, category_confirmed=True)
        .exclude(routing=Routing.VOID)
        .order_by("-received_at", "-pk")
        .select_related("words", "content_category")
        .prefetch_related("people")[:MOST_LEARNED_FROM]
    )
    for petition in newest.iterator(chunk_size=1000):
        names = [person.name for person in petition.people.all() if person.name]
        words = f"{petition.words.title}\n{petition.words.text}"
        yield mask_text(words, names=names), petition.content_category.code
