"""Learn from the office's own petitions how texts and content categories go together."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.parts import Actor
from cases.actions.category_models import keep_category_model
from cases.category_suggestions import texts_to_learn_from


class Command(BaseCommand):
    help = "Learn from confirmed petitions to suggest content categories; sealed and void ones are left out (Q1)."

    def handle(self, *args: Any, **options: Any) -> None:
        if find_spec("sklearn") is None:
            raise CommandError("Training needs scikit-learn, which ./start train-categories installs.")
        # Heavy with its library, which is absent where nobody trains: read only now.
        training = import_module("cases.category_training")
        try:
            trained = training.train(training.Sample(*one) for one in texts_to_learn_from())
        except training.TooLittle as little:
            least = training.LEAST_TEXTS
            enough = sum(count >= least for count in little.texts_of.values())
            message = (
                f"Too little to learn from: two categories with {least} different confirmed petitions each are needed,"
                f" and {enough} of {len(little.texts_of)} have them. Nothing has changed."
            )
            raise CommandError(message) from None
        keep_category_model(
            trained.weights.to_bytes(),
            texts=trained.texts,
            categories=trained.categories,
            macro_f1=trained.honesty.macro_f1,
            among_three=trained.honesty.among_three,
            by=Actor(words="train_categories"),
            now=timezone.now(),
        )
        self.stdout.write(
            f"Learned from {trained.texts} petitions in {trained.categories} categories."
            f" On petitions it did not learn from: macro-F1 {trained.honesty.macro_f1:.3f},"
            f" the right category among three for {trained.honesty.among_three:.1%}."
        )
