"""Petitioners and their query codes. Sealed petitions have none of these rows: see `sealed.Reporter`."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.utils.translation import gettext_lazy as _

from cases.states import MOST_REPRESENTATIVES, IdType, PersonRole
from lib.ids import uuid7


def initials_of(column: str) -> Func:
    """Return the first letters of a name's syllables: `zhang da qiang` is `zdq`."""
    return Func(
        F(column),
        Value(r"(\w)\w*\s*"),
        Value(r"\1"),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )


class Petitioner(models.Model):
    """A person on a petition (信访人).

    Names are readable in the database and masked where shown; identity number and telephone are encrypted, with a
    keyed index for whole-value search. Ethnicity, birth date, politics and occupation are not collected
    (data-standard §3; PIPL Art 6).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    petition = models.ForeignKey("cases.Petition", models.CASCADE, related_name="people")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(_("role"), max_length=20, choices=PersonRole)
    is_main = models.BooleanField(_("main petitioner"), default=False)
    # 1 to 5, once each: the database keeps a sixth representative out (Art 20(3); Q17)
    representative_no = models.PositiveSmallIntegerField(null=True)
    # whom an agent or a guardian stands for
    acts_for = models.ForeignKey("self", models.CASCADE, null=True, related_name="represented_by")
    under_14 = models.BooleanField(_("under 14"), default=False)

    name = models.CharField(_("name"), max_length=60)
    # a long name of a group has several hundred letters in syllables
    name_key = models.TextField()
    id_type = models.CharField(_("identity document"), max_length=20, choices=IdType, blank=True)
    id_number_sealed = models.BinaryField(null=True)
    id_number_index = models.CharField(max_length=80, null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.CharField(max_length=80, null=True)
    # of its last four digits, asked for together with a place or a period only (Q5)
    phone_tail_index = models.CharField(max_length=80, null=True)
    address = models.CharField(_("address"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "position"], name="petitioner_position_once"),
            models.CheckConstraint(condition=Q(role__in=PersonRole.values), name="petitioner_role_known"),
            models.CheckConstraint(
                condition=Q(id_type__in=["", *IdType.values]), name="petitioner_id_type_known"
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(is_main=True), name="petitioner_one_main"
            ),
            models.UniqueConstraint(
                fields=["petition", "representative_no"], name="petitioner_representative_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    role=PersonRole.REPRESENTATIVE, representative_no__range=(1, MOST_REPRESENTATIVES)
                )
                | (~Q(role=PersonRole.REPRESENTATIVE) & Q(representative_no=None)),
                name="petitioner_at_most_five_represent",
            ),
            models.CheckConstraint(condition=~Q(acts_for=F("id")), name="petitioner_acts_for_another"),
        ]
        indexes = [
            models.Index(fields=["id_number_index"], name="petitioner_by_id_number"),
            models.Index(fields=["phone_index"], name="petitioner_by_phone"),
            models.Index(fields=["phone_tail_index"], name="petitioner_by_phone_tail"),
            GinIndex(OpClass("name", name="gin_trgm_ops"), name="petitioner_by_name"),
            models.Index(initials_of("name_key"), name="petitioner_by_initials"),
            # a whole name, the newest first: common ones are borne by thousands
            models.Index(F("name"), F("id").desc(), name="petitioner_by_whole_name"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class QueryCode(models.Model):
    """查询码 kept as a keyed hash: shown once, replaced when it is issued again (Q17: one for each who wants it)."""

    petition = models.ForeignKey("cases.Petition", models.CASCADE, related_name="query_codes")
    # for one person on the list; without one it is the petition's own
    petitioner = models.ForeignKey(Petitioner, models.CASCADE, null=True, related_name="query_codes")
    digest = models.CharField(max_length=100, unique=True)
    issued_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "petitioner"],
                condition=Q(replaced_at=None),
                nulls_distinct=False,
                name="query_code_one_valid",
            )
        ]

    def __str__(self) -> str:
        return str(self.petition_id)
