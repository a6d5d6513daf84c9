"""Who had seen a petition before it was sealed, for the lane's officer to judge (Q1)."""

from audit.models import Entry
from cases.models import Petition, SealedMatter


def seen_before_sealing(petition: Petition) -> list[Entry]:
    """Return the deeds and looks on a petition before it was sealed, oldest first; none if it was sealed at once."""
    sealed_at = SealedMatter.objects.get(petition=petition).sealed_at
    return list(Entry.objects.about(petition).filter(at__lt=sealed_at).order_by("at"))
