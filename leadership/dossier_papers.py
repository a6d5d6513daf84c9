"""Which papers of supervision lie in the file of a petition (D22, D23, D30): for who issued them, and who got them."""

from django.db.models import Q, QuerySet

from accounts.hats import Hat
from accounts.models import Organ
from cases.models import Petition
from documents.models import Document
from documents.states import State
from leadership.models import Slip


def slips_in_file(petition: Petition, hat: Hat) -> QuerySet[Document]:
    """Return the issued slips on a petition that the hat's organ issued or received."""
    organs = Organ.objects.of_today(hat.organ)
    slips = Slip.objects.filter(Q(issuer__in=organs) | Q(addressee__in=organs), petition=petition)
    return Document.objects.filter(slip__in=slips, state=State.ISSUED).select_related("file", "organ")
