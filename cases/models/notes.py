"""What is noted on a case apart from its steps: enquiries, corrections, safety, conduct. Never about a person apart
from the case, never searched, counted or carried to another case (Q7, Q15, Q18; protection §3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Post
from cases.models.petitions import Petition


class VerifiedBy(models.TextChoices):
    """How staff made sure who was asking (Q15)."""

    QUERY_CODE = "query_code", _("Query code")
    NAME_AND_NUMBER = "name_and_number", _("Name and petition number")


class EnquiryNote(models.Model):
    """ "Where is my case": a note on the case, not a petition and never a repeat (Q15)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="enquiries")
    asked_at = models.DateTimeField()
    by_phone = models.BooleanField()
    verified_by = models.CharField(max_length=20, choices=VerifiedBy)
    told = models.CharField(_("what was told"), max_length=300)
    noted_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by__in=VerifiedBy.values), name="enquiry_verified_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Correction(models.Model):
    """A registered field put right: reason and old value kept, as codes or, for words and people, encrypted (Q18)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40)
    before_sealed = models.BinaryField()
    reason = models.CharField(_("reason"), max_length=200)
    corrected_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class SafetyKind(models.TextChoices):
    SELF_HARM = "self_harm", _("Self-harm")
    HARM_TO_OTHERS = "harm_to_others", _("Harm to others")
    MEDICAL = "medical", _("Medical emergency")
    CHILD_OR_DEPENDANT = "child_or_dependant", _("A child or dependant in need")


class SafetyNote(models.Model):
    """An observed fact and what was done; reviewed within 7 days, gone from view after 30 (Q7; protection §3)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="safety_notes")
    kind = models.CharField(_("kind"), max_length=20, choices=SafetyKind)
    observed_fact = models.CharField(_("what was seen or heard"), max_length=500)
    action_taken = models.CharField(_("what was done"), max_length=500)
    observed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    observed_at = models.DateTimeField()
    review_on = models.DateField(_("review on"))
    expires_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SafetyKind.values), name="safety_note_kind_known"),
            models.CheckConstraint(
                condition=Q(review_on__lte=F("expires_on")), name="safety_note_reviewed_first"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ConductArticle(models.TextChoices):
    """The acts of Art 26, one by one; the consequence is guidance first (Art 47; R-60)."""

    ASSEMBLY = "26.1", _("Unlawful gathering, blocking, or obstructing traffic")
    DANGEROUS_GOODS = "26.2", _("Carrying dangerous goods or controlled tools")
    INSULT_OR_ASSAULT = "26.3", _("Insulting, beating or threatening staff, or restricting their freedom")
    STAYING_ON = "26.4", pgettext_lazy("conduct", "Staying on, making trouble, or abandoning dependants")
    INCITEMENT = "26.5", _("Inciting, stringing together, coercing or paying others to petition")
    OTHER_DISORDER = "26.6", _("Other acts that disturb public order")


class ConductIncident(models.Model):
    """An act at a visit, with the article and the staff member who saw it; shown to the petitioner on request (Q7)."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="conduct_incidents")
    article = models.CharField(_("article"), max_length=10, choices=ConductArticle)
    what_happened = models.CharField(_("what happened"), max_length=500)
    seen_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(article__in=ConductArticle.values), name="conduct_article_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def item(self) -> str:
        """The item of Art 26 it falls under."""
        return self.article.partition(".")[2]
