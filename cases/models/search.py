"""What the word search may find: the words of open petitions as their pages show them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func

from cases.models.petitions import Petition


class SearchText(models.Model):
    """Title, summary, text and claims of a petition of the open lane, folded for comparison (`lib.folding`).

    Names and numbers that its page covers are not in it, so that words do not find a person (Q5). A sealed petition has
    no row (Q1; protection §2.5). Written with the petition by `cases.searchable`, kept by no history.
    """

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="search_text")
    # month of receipt, counted from the year 0: the index knows it, so that a frequent word is asked for by months
    month = models.PositiveIntegerField()
    words = models.TextField()

    class Meta:
        indexes = [
            # pairs of neighbouring signs, and the month as a negative number; what is found is compared again
            GinIndex(Func("words", "month", function="search_keys"), name="search_text_by_keys"),
        ]

    def __str__(self) -> str:
        return str(self.petition_id)
