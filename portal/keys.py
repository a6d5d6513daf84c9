"""What lets a page that was just looked up be used: a signed word that holds an hour and stands in no address.

The code itself is typed once and stands in no page; one that is issued anew ends what was signed for the old one.
"""

from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from lib.errors import Unknown

_OF_CODES, _OF_TELLINGS = "portal.codes", "portal.tellings"
# a page that was left open on a shared computer opens nothing later
_HOLDS_SECONDS = 3600


def key_for(code_id: int) -> str:
    """Return the word that stands for a query code that was just found right."""
    return signing.dumps(code_id, salt=_OF_CODES)


def code_behind(key: str) -> int:
    """Return the query code that a word was signed for.

    :raises Unknown: if it was not signed here, or more than an hour ago
    """
    code_id: int = _behind(key, _OF_CODES)
    return code_id


def key_for_telling(telling_id: UUID) -> str:
    """Return the word that stands for what was told in a grid, whose code was just found right."""
    return signing.dumps(str(telling_id), salt=_OF_TELLINGS)


def telling_behind(key: str) -> UUID:
    """Return what was told that a word was signed for.

    :raises Unknown: if it was not signed here, or more than an hour ago
    """
    return UUID(_behind(key, _OF_TELLINGS))


def _behind(key: str, salt: str) -> Any:
    try:
        return signing.loads(key, salt=salt, max_age=_HOLDS_SECONDS)
    except signing.BadSignature as wrong:
        raise Unknown(_("This page is no longer open. Look it up again.")) from wrong
