"""Learning from the office's own petitions which texts belong to which content category.

Reached from the training command alone, for it needs scikit-learn; what it gives is scored in `lib.text_classes`,
which needs nothing.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from lib.text_classes import Weights, grams, plain

# A category takes part from this many different texts on, and there is nothing to tell apart with fewer categories.
LEAST_TEXTS = 20
LEAST_CATEGORIES = 2
# An n-gram has to stand in several texts, so that none of them is the mark of a single one.
_LEAST_TEXTS_OF_A_GRAM = 3
_MOST_GRAMS = 60_000
# Of each category the weights that say most are kept, and fewer of each the more categories there are, so that a text
# is scored while a person types.
_MOST_WEIGHTS_EACH = 10_000
_MOST_WEIGHTS = 250_000
_FOLDS = 5
# How much a mistake in training counts against simple weights; the best of five that were tried on real texts.
_STRICTNESS = 0.5
# The same texts give the same model.
_SEED = 1


@dataclass(frozen=True)
class Sample:
    """A text with the code of the category that a person gave it."""

    text: str
    category: str


@dataclass(frozen=True)
class Honesty:
    """What a model is worth on texts it did not learn from, equal texts on one side.

    `macro_f1` counts every category alike; `among_three` is the share of texts whose category was among three.
    """

    macro_f1: float
    among_three: float


@dataclass(frozen=True)
class Trained:
    """A model with how many texts and categories it learned from, and what it is worth."""

    weights: Weights
    texts: int
    categories: int
    honesty: Honesty


class TooLittle(Exception):  # noqa: N818 - said as the office says it
    """There is too little to learn from. Says how many different texts each category has."""

    def __init__(self, texts_of: Mapping[str, int]) -> None:
        super().__init__("too few texts")
        self.texts_of = dict(texts_of)


@dataclass(frozen=True, eq=False)
class _Counted:
    """Texts as a table: a row for each, a column for each n-gram that stands in any of them."""

    table: Any
    grams: Any

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Counted":
        keys, times, ends = [], [], [0]
        for text in texts:
            found, often = np.unique(np.array(grams(text), dtype=np.uint64), return_counts=True)
            keys.append(found)
            times.append(often)
            ends.append(ends[-1] + len(found))
        columns, at = np.unique(np.concatenate(keys), return_inverse=True)
        shape = (len(ends) - 1, len(columns))
        table = csr_matrix((np.concatenate(times).astype(np.float64), at, np.array(ends)), shape=shape)
        return cls(table, columns)


def train(samples: Iterable[Sample]) -> Trained:
    """Learn from every category that has enough different texts.

    :raises TooLittle: if fewer than two categories have
    """
    kept = _large_enough(list(samples))
    texts, labels = [plain(sample.text) for sample in kept], [sample.category for sample in kept]
    counted = _Counted.of(texts)
    honesty = _honesty(counted, texts, labels)
    weights = _learned(counted, labels, range(len(texts)))
    return Trained(weights, len(texts), len(weights.labels), honesty)


def _large_enough(samples: Sequence[Sample]) -> list[Sample]:
    different: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        if words := plain(sample.text):
            different[sample.category].add(words)
    texts_of = {category: len(texts) for category, texts in different.items()}
    large = {category for category, count in texts_of.items() if count >= LEAST_TEXTS}
    if len(large) < LEAST_CATEGORIES:
        raise TooLittle(texts_of)
    return [sample for sample in samples if sample.category in large and plain(sample.text)]


def _honesty(counted: _Counted, texts: Sequence[str], labels: Sequence[str]) -> Honesty:
    """Learn five times from four fifths and score the last fifth, as it will be scored at the window."""
    same = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    groups = [same[text] for text in texts]
    first, among_three = [""] * len(texts), 0
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for learned_from, asked in folds.split(texts, labels, groups):
        weights = _learned(counted, labels, learned_from)
        for row in asked:
            scores = weights.scores(texts[row])
            order = sorted(range(len(scores)), key=lambda place: -scores[place])
            likely = [weights.labels[place] for place in order[:3]]
            first[row] = likely[0]
            among_three += labels[row] in likely
    return Honesty(float(f1_score(labels, first, average="macro")), among_three / len(texts))


def _learned(counted: _Counted, labels: Sequence[str], rows: Iterable[int]) -> Weights:
    """Learn from some rows; nothing of the others, not even which n-grams there are, comes in."""
    chosen = list(rows)
    table = counted.table[chosen]
    texts_with = np.bincount(table.indices, minlength=table.shape[1])
    often = np.asarray(table.sum(axis=0)).ravel()
    common = np.flatnonzero(texts_with >= _LEAST_TEXTS_OF_A_GRAM)
    most = common[np.argsort(-often[common], kind="stable")[:_MOST_GRAMS]]
    columns = np.sort(most)
    rarity = np.log((1 + len(chosen)) / (1 + texts_with[columns])) + 1
    values = table[:, columns].tocsr()
    values.data = (np.log(values.data) + 1) * rarity[values.indices]
    model = LinearSVC(C=_STRICTNESS, random_state=_SEED)
    model.fit(normalize(values), [labels[row] for row in chosen])
    return _exported(counted.grams[columns], rarity, model)


def _exported(known: Any, rarity: Any, model: Any) -> Weights:
    coefficients, biases = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, biases = np.vstack([-coefficients, coefficients]), np.concatenate([-biases, biases])
    kept = _strongest(coefficients)
    by_gram, of_class = np.nonzero(kept.T)
    begins = np.concatenate([[0], np.cumsum(np.bincount(by_gram, minlength=len(known)))])
    return Weights(
        labels=tuple(str(label) for label in model.classes_),
        grams=array("Q", known.tolist()),
        rarity=array("f", rarity.tolist()),
        begins=array("I", begins.tolist()),
        class_of=array("H", of_class.tolist()),
        weights=array("f", coefficients[of_class, by_gram].tolist()),
        biases=array("f", biases.tolist()),
    )


def _strongest(coefficients: Any) -> Any:
    """Return which weights of each class are kept."""
    classes, columns = coefficients.shape
    most = min(_MOST_WEIGHTS_EACH, _MOST_WEIGHTS // classes, columns)
    strongest = np.argsort(-np.abs(coefficients), axis=1, kind="stable")[:, :most]
    kept = np.zeros(coefficients.shape, dtype=bool)
    np.put_along_axis(kept, strongest, values=True, axis=1)
    return kept & (coefficients != 0)
