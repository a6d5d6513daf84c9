"""The tree of administrative divisions, with what each was before and became after (Q29)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.trees import path_index, path_is_closed


class Level(models.TextChoices):
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("District or county")
    TOWNSHIP = "township", pgettext_lazy("level of a place", "Township or street")
    VILLAGE = "village", _("Village or community")


# From the root down: what a division's children are, and how long their codes.
LEVELS = tuple(Level)
CODE_LENGTH = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}


class PlaceQuerySet(models.QuerySet["Place"]):
    def valid_on(self, day: date) -> "PlaceQuerySet":
        """Keep the divisions that existed on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def current(self) -> "PlaceQuerySet":
        """Keep the divisions that exist today: an end is entered only once it has come."""
        return self.filter(valid_to=None)

    def named_in_full(self) -> "PlaceQuerySet":
        """Load the two divisions above, without which 李家沟 could be one of several."""
        return self.select_related("parent__parent")

    def above(self, place: "Place") -> "PlaceQuerySet":
        """Keep what a division lies in, from the root down. An ended one is shown under what exists now."""
        codes = place.path.split("/")[:-2]
        return self.current().filter(code__in=codes).order_by("path")

    def inside(self, path: str) -> "PlaceQuerySet":
        """Keep a division and everything below it."""
        return self.filter(path__startswith=path)


class Place(models.Model):
    """One division under its statistical code: GB/T 2260 to the county, 9 digits a township, 12 a village.

    `name` is the official one (东关社区居委会), `short_name` what people say (东关社区). A division that is
    renamed is a new row with a succession (Q29); it may keep its code and path, so both are unique only among
    what exists today.
    """

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("official name"), max_length=60)
    short_name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=80)
    pinyin_key = models.TextField()
    pinyin_initials = models.CharField(max_length=120, db_index=True)
    valid_from = models.DateField(_("valid from"))
    # last day on which the division existed
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="place_code_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["path"], condition=Q(valid_to=None), name="place_path_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="place_level_known"),
            path_is_closed("place_path_closed"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="place_validity_runs_on"
            ),
        ]
        indexes = [path_index("place_by_path"), models.Index(fields=["code"], name="place_by_code")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def level_below(self) -> Level | None:
        """What the children are; a village has none in this tree."""
        rest = LEVELS[LEVELS.index(Level(self.level)) + 1 :]
        return rest[0] if rest else None


class PlaceSuccession(models.Model):
    """One division carried on by another from a day on: merged, split or renamed."""

    predecessor = models.ForeignKey(Place, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Place, models.PROTECT, related_name="predecessions")
    since = models.DateField(_("since"))
    basis = models.CharField(_("basis"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="place_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="place_succession_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id}→{self.successor_id}"
