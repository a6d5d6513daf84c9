"""Organs: the tree, what kind each is, and which one stands next higher for 复查 and 复核."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.prepared import Given
from lib.trees import path_index, path_is_closed
from places.models import Place


class OrganKind(models.TextChoices):
    PETITION_OFFICE = "petition_office", _("Petition office")
    JOINT_CONFERENCE_OFFICE = "joint_conference_office", _("Joint conference office")
    DEPARTMENT = "department", _("Department")
    TOWNSHIP = "township", pgettext_lazy("kind of organ", "Township or street")
    COMMUNITY = "community", _("Community or village committee")
    LEADING_BODY = "leading_body", _("Leading body")
    COURT_PROCURATORATE = "court_procuratorate", _("Court or procuratorate")
    DISCIPLINE_ORGAN = "discipline_organ", _("Discipline organ")
    STATE_ENTERPRISE = "state_enterprise", _("State enterprise")


# Organs that look after every matter of their place, not only their own (Art 13, 14).
LOOKS_AFTER_A_PLACE = frozenset({OrganKind.PETITION_OFFICE, OrganKind.JOINT_CONFERENCE_OFFICE})
# 政法机关 by what they are; police, justice bureau and political-legal committee are marked one by one
POLITICAL_LEGAL_KINDS = frozenset({OrganKind.COURT_PROCURATORATE})


class OrganQuerySet(models.QuerySet["Organ"]):
    def valid_on(self, day: date) -> "OrganQuerySet":
        """Keep the organs that existed on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def current(self) -> "OrganQuerySet":
        """Keep the organs that exist today: an end is entered only once it has come."""
        return self.filter(valid_to=None)

    def of_today(self, organ: "Organ | Given") -> "OrganQuerySet":
        """Keep an organ and those it carries on, for which it acts today (Q29)."""
        key = organ if isinstance(organ, Given) else organ.pk
        return self.filter(Q(pk=key) | Q(carried_on_by=key))


class Organ(models.Model):
    """A party or state organ, unit or enterprise (机关、单位, Art 2)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("official name"), max_length=80)
    short_name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganKind)
    # 机关代字, the letters of its petition and document numbers (Q16); passes to the organ that carries it on
    number_prefix = models.CharField(_("number prefix"), max_length=6, null=True, blank=True)
    # 政法机关, to which litigation-related petitions go (Art 20(2), 22(2))
    political_legal = models.BooleanField(_("political-legal organ"), default=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="organs")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, unique=True)
    # 上一级机关: reviews what this organ decides (Art 35, 36); not always its parent in the tree
    next_higher = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_lower",
        verbose_name=_("next-higher organ"),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    # the organ of today that carries on this ended one, however many changes lie between (Art 24; Q29); what
    # happened when stands in the successions
    carried_on_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carries_on"
    )

    objects = OrganQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganKind.values), name="organ_kind_known"),
            path_is_closed("organ_path_closed"),
            models.UniqueConstraint(
                fields=["number_prefix"],
                condition=Q(valid_to=None),
                name="organ_number_prefix_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organ_parent_is_another"),
            models.CheckConstraint(condition=~Q(next_higher=F("id")), name="organ_next_higher_is_another"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="organ_validity_runs_on"
            ),
            models.CheckConstraint(
                condition=Q(carried_on_by=None) | Q(valid_to__isnull=False), name="organ_carried_on_has_ended"
            ),
        ]
        indexes = [path_index("organ_by_path")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def looks_after_a_place(self) -> bool:
        return self.kind in LOOKS_AFTER_A_PLACE

    @property
    def is_political_legal(self) -> bool:
        return self.political_legal or self.kind in POLITICAL_LEGAL_KINDS

    def is_or_carries_on(self, other: "Organ") -> bool:
        """Test if this organ is the other one, or answers today for what the other one did (Q29)."""
        return self.pk in {other.pk, other.carried_on_by_id}


class OrganSuccession(models.Model):
    """One organ carried on by another from a day on: merged, split or renamed (Art 24, Q29)."""

    predecessor = models.ForeignKey(Organ, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organ, models.PROTECT, related_name="predecessions")
    since = models.DateField(_("since"))
    basis = models.CharField(_("basis"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="organ_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="organ_succession_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id}→{self.successor_id}"
