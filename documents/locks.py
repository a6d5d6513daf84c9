"""Holding a paper while a deed on it lasts."""

from documents.models import Document


def lock_document(document: Document) -> Document:
    """Return the row as it stands, held until the deed ends. Rows that point at it may be written meanwhile."""
    rows = Document.objects.select_for_update(of=("self",), no_key=True).select_related("organ__place")
    return rows.get(pk=document.pk)
