"""What deeds and their parts need to know about transactions."""

from django.db import transaction


def require_transaction(part: str) -> None:
    """Refuse to go on outside a transaction: a part belongs to the deed that opened one.

    :raises RuntimeError: outside a transaction, which is a mistake in the code
    """
    if not transaction.get_connection().in_atomic_block:
        message = f"{part} outside a transaction"
        raise RuntimeError(message)
