"""常用语: words a leader, or whoever writes for one, uses again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Post


class Phrase(models.Model):
    """One phrase of a post's own, offered as a button beside those of the house."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="phrases")
    words = models.CharField(_("phrase"), max_length=60)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "words"], name="phrase_once_a_post"),
            models.CheckConstraint(condition=~models.Q(words=""), name="phrase_says_something"),
        ]

    def __str__(self) -> str:
        return self.words
