"""The same matter again while it is pending at this level: linked and joined to the handling that runs (Q11)."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Post
from cases.models.handling import Route
from cases.models.petitions import Petition


class JoinedMatter(models.Model):
    """What claims of a petition were joined to, and whether they ask for 复查 of an opinion that is out (Art 35)."""

    route = models.OneToOneField(Route, models.CASCADE, primary_key=True, related_name="joined")
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="joins")
    pending = models.ForeignKey(Petition, models.PROTECT, related_name="joined_here")
    # the officer's answer, asked for while somebody could still ask for 复查 (T7); none where nobody can
    is_review_request = models.BooleanField(null=True)
    # its day of receipt, from which the reviewing body's thirty days run (T8)
    review_received_on = models.DateField(null=True)
    joined_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(pending=F("petition")), name="joined_to_another"),
            models.CheckConstraint(
                condition=Q(is_review_request=True, review_received_on__isnull=False)
                | (Q(is_review_request=None) | Q(is_review_request=False)) & Q(review_received_on=None),
                name="joined_review_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.route_id)
