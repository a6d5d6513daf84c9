"""That a petitioner was pressed over his petition or over how he rates it (Art 18(4); indicators.md §4)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, Post, User
from cases.models import Petition
from cases.rating_states import RatingWay
from leadership.models.supervision import Slip
from leadership.pressure_states import PressureFound
from lib.ids import uuid7


class PressureReportQuerySet(models.QuerySet["PressureReport"]):
    def read_by(self, hat: Hat) -> "PressureReportQuerySet":
        """Keep what was put before the hat's organ, but for who is named by the petition or withdrew from it.

        What was sealed since is the lane's alone (Q2).
        """
        ours = self.filter(addressee__in=Organ.objects.of_today(hat.organ), petition__sealed=False)
        named = Q(petition__reported_parties__user=hat.user)
        withdrew = Q(petition__recusals__user=hat.user, petition__recusals__withdrawn=True)
        return ours.exclude(pk__in=self.filter(named | withdrew).values("pk"))

    def waiting(self) -> "PressureReportQuerySet":
        """Keep what nobody has looked into yet."""
        return self.filter(found="")


class PressureReport(models.Model):
    """What the petitioner says about pressure, before whom it was put, and what was found.

    Never the organ it is about, nor any that handles the petition (Q2, Q39).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="pressure_reports")
    # none: somebody else, or he would rather not say
    about = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name=_("who pressed")
    )
    addressee = models.ForeignKey(Organ, models.PROTECT, related_name="pressure_reports")
    words = models.CharField(_("what happened"), max_length=1000)
    way = models.CharField(pgettext_lazy("of a report", "way"), max_length=6, choices=RatingWay)
    noted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField()
    found = models.CharField(
        pgettext_lazy("report of pressure", "what was found"),
        max_length=10,
        choices=PressureFound,
        blank=True,
    )
    finding = models.CharField(_("facts that were found"), max_length=1000, blank=True)
    found_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    finder = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)
    # the draft that was opened on it
    slip = models.OneToOneField(Slip, models.PROTECT, null=True, related_name="pressure_report")

    objects = PressureReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="pressure_report_says_what"),
            models.CheckConstraint(condition=Q(way__in=RatingWay.values), name="pressure_report_way_known"),
            models.CheckConstraint(
                condition=Q(about=None) | ~Q(about=F("addressee")),
                name="pressure_report_goes_past_who_pressed",
            ),
            models.CheckConstraint(
                condition=Q(way=RatingWay.PAGE, noted_by=None)
                | ~Q(way=RatingWay.PAGE) & Q(noted_by__isnull=False),
                name="pressure_report_taken_down_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(found="", finding="", found_by=None, finder=None, found_at=None, slip=None)
                | Q(
                    found__in=PressureFound.values,
                    found_by__isnull=False,
                    finder__isnull=False,
                    found_at__isnull=False,
                )
                & ~Q(finding=""),
                name="pressure_report_finding_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["addressee"], condition=Q(found=""), name="pressure_report_waiting"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="pressure_report_words_stay",
                fields=["petition", "about", "addressee", "words", "way", "noted_by", "told_at"],
            ),
            pgtrigger.Protect(
                name="pressure_report_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__found_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
