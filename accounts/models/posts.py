"""Posts: a person in an organ with a role, from a day to a day; never overwritten, only ended."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.organs import Organ
from accounts.models.users import User
from accounts.roles import NEVER_ON_ONE_PERSON, PLACE_WIDE, Role
from lib.days import days_from_to
from lib.prepared import Given
from places.models import Place


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date | Given) -> "PostQuerySet":
        """Keep the posts that somebody held on a day."""
        return self.filter(held_from__lte=day).filter(Q(held_to=None) | Q(held_to__gte=day))

    def not_ended_on(self, day: date) -> "PostQuerySet":
        """Keep the posts held that day or given for a later one."""
        return self.filter(Q(held_to=None) | Q(held_to__gte=day))


class Post(models.Model):
    """One person's post: what he may do, and where. `held_to` is its last day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    title = models.CharField(pgettext_lazy("of a post", "title"), max_length=60, blank=True)
    # the person who unlocks and resets accounts of the organ within a minute (Q34)
    is_steward = models.BooleanField(_("steward of the organ's accounts"), default=False)
    held_from = models.DateField(_("from"))
    held_to = models.DateField(_("to"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(held_to=None) | Q(held_to__gte=F("held_from")), name="post_runs_forward"
            ),
            ExclusionConstraint(
                name="post_administrators_are_separate",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (days_from_to("held_from", "held_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=sorted(NEVER_ON_ONE_PERSON)),
            ),
            ExclusionConstraint(
                name="post_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organ", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (days_from_to("held_from", "held_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["organ", "role"], name="post_by_organ_and_role")]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.organ_id}:{self.role}"

    @property
    def full_title(self) -> str:
        """Organ and title; a title that begins with the organ's name stands alone."""
        organ = self.organ.short_name
        return self.title if self.title.startswith(organ) else f"{organ} {self.title}".strip()

    @property
    def sees_its_place(self) -> bool:
        """Test if the post sees every open petition of its organ's place."""
        return self.role in PLACE_WIDE and self.organ.looks_after_a_place


class PortfolioQuerySet(models.QuerySet["Portfolio"]):
    def standing_on(self, day: date) -> "PortfolioQuerySet":
        """Keep what is looked after that day; an end is entered only once it has come, and holds at once."""
        return self.filter(since__lte=day, until=None)


class Portfolio(models.Model):
    """What a leader looks after: a department (管行业) or a township or street (包乡镇)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="portfolio")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="in_portfolio_of")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="in_portfolio_of")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organ=None, place__isnull=False) | Q(organ__isnull=False, place=None),
                name="portfolio_organ_or_place",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="portfolio_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.organ_id or self.place_id}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def running_on(self, day: date | Given) -> "AbsenceQuerySet":
        """Keep the absences that a deputy stands in for that day."""
        return self.filter(since__lte=day, until__gte=day, ended_at=None)

    def not_over_on(self, day: date) -> "AbsenceQuerySet":
        """Keep the absences that run that day or are announced for later."""
        return self.filter(until__gte=day, ended_at=None)


class Absence(models.Model):
    """Days on which another person acts for a post, in his own name (Q29)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputises")
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    reason = models.CharField(pgettext_lazy("of an absence", "reason"), max_length=100)
    # ended before its last day, because the holder came back
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_runs_forward"),
            ExclusionConstraint(
                name="absence_one_deputy_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (days_from_to("since", "until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.since}–{self.until}"
