"""Grids: a tree whose levels are data, what is posted of each for everybody, and who may know of it."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post
from accounts.roles import PLACE_WIDE, Role
from grids.states import Band
from lib.ids import uuid7
from lib.trees import path_index, path_is_closed
from places.models import Place

DEEPEST = 7
# organs that keep grids; a township those of its communities too ([L08] Art 5)
KEEPING_KINDS = frozenset({OrganKind.TOWNSHIP, OrganKind.COMMUNITY})
KEEPING_ROLES = frozenset({Role.REGISTRAR, Role.CASE_OFFICER, Role.UNIT_HEAD})
ON_THE_GROUND = frozenset({Role.GRID_WORKER, Role.GRID_LEADER})


class GridScheme(models.Model):
    """How many levels the grids of a township or community have, and what each is called: three or five."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="grid_schemes")
    levels = ArrayField(models.CharField(max_length=20), verbose_name=_("levels, from the top"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ"], name="grid_scheme_once"),
            models.CheckConstraint(
                condition=Q(levels__len__gte=1, levels__len__lte=DEEPEST), name="grid_scheme_has_levels"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="grid_scheme_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="grid_scheme_levels_stay", fields=["levels", "entered_at", "entered_by"]),
        ]

    def __str__(self) -> str:
        return " › ".join(self.levels)


class GridQuerySet(models.QuerySet["Grid"]):
    def visible_to(self, hat: Hat) -> GridQuerySet:
        """Keep the grids a hat works with: of its place, or of its community for those on the ground."""
        if hat.role in ON_THE_GROUND:
            return self.filter(organ__in=Organ.objects.of_today(hat.organ))
        keeps = hat.organ.kind in KEEPING_KINDS and hat.role in KEEPING_ROLES
        if keeps or (hat.organ.looks_after_a_place and hat.role in PLACE_WIDE):
            return self.filter(place_path__startswith=hat.organ.place.path)
        return self.none()

    def kept_by(self, hat: Hat) -> GridQuerySet:
        """Keep the grids that a hat may change."""
        if hat.organ.kind not in KEEPING_KINDS or hat.role not in KEEPING_ROLES:
            return self.none()
        return self.filter(place_path__startswith=hat.organ.place.path)

    def standing(self) -> GridQuerySet:
        """Keep the grids that are not closed."""
        return self.filter(ended_at=None)

    def posted(self) -> GridQuerySet:
        """Keep the standing grids whose particulars are posted for everybody ([L08] Art 6)."""
        return self.standing().filter(posted_at__isnull=False)


_LEVEL_FITS = """
IF NEW.level > (SELECT cardinality(levels) FROM grids_gridscheme WHERE id = NEW.scheme_id) THEN
    RAISE EXCEPTION 'a grid lies deeper than its scheme has levels';
END IF;
IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM grids_grid AS above
    WHERE above.id = NEW.parent_id AND above.scheme_id = NEW.scheme_id AND above.level = NEW.level - 1
) THEN
    RAISE EXCEPTION 'a grid lies one level below its parent, in one scheme';
END IF;
RETURN NEW;
"""


class Grid(models.Model):
    """A grid (网格), the basic unit of service in a community, village or special area ([L08] Art 3, 6)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    scheme = models.ForeignKey(GridScheme, models.PROTECT, related_name="grids")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="grids")
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # stands in the public address and on the board, so it names nobody
    code = models.CharField(pgettext_lazy("of a grid", "code"), max_length=20, unique=True)
    path = models.CharField(max_length=200, unique=True)
    name = models.CharField(pgettext_lazy("of a grid", "name"), max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, related_name="grids")
    place_path = models.CharField(max_length=80)
    area = models.CharField(pgettext_lazy("of a grid", "area"), max_length=200)
    band = models.CharField(_("people who live there"), max_length=12, choices=Band)
    complaint_phone = models.CharField(_("complaint telephone"), max_length=30, blank=True)
    posted_at = models.DateTimeField(null=True)
    posted_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it was closed"), max_length=200, blank=True)

    objects = GridQuerySet.as_manager()

    class Meta:
        constraints = [
            path_is_closed("grid_path_closed"),
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False),
                name="grid_lies_under_another_or_on_top",
            ),
            models.CheckConstraint(condition=Q(band__in=Band.values), name="grid_band_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(code="") & ~Q(area=""), name="grid_says_what_it_covers"
            ),
            models.CheckConstraint(
                condition=Q(posted_at=None, posted_by=None)
                | Q(posted_at__isnull=False, posted_by__isnull=False) & ~Q(complaint_phone=""),
                name="grid_posted_with_complaint_phone",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="grid_closed_with_reason",
            ),
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(ended_at=None), name="grid_name_once"
            ),
        ]
        indexes = [
            path_index("grid_by_path"),
            models.Index(OpClass("place_path", name="text_pattern_ops"), name="grid_by_place"),
        ]
        triggers = [
            pgtrigger.Protect(name="grid_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="grid_origin_stays",
                fields=["scheme", "level", "parent", "code", "path", "opened_at", "opened_by"],
            ),
            pgtrigger.Trigger(
                name="grid_level_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_LEVEL_FITS,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level_name(self) -> str:
        """What its level is called in its scheme, which has to be loaded."""
        name: str = self.scheme.levels[self.level - 1]
        return name
