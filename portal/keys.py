"""What lets a page that was just looked up be used: a signed word for a query code, that holds an hour.

The code itself is typed once and stands in no page; one that is issued anew ends what was signed for the old one.
"""

from django.core import signing
from django.utils.translation import gettext as _

from lib.errors import Unknown

_SALT = "portal.keys"
_HOLDS_SECONDS = 3600


def key_for(code_id: int) -> str:
    """Return the word that stands for a query code that was just found right."""
    return signing.dumps(code_id, salt=_SALT)


def code_behind(key: str) -> int:
    """Return the query code that a word was signed for.

    :raises Unknown: if it was not signed here, or more than an hour ago
    """
    try:
        code_id: int = signing.loads(key, salt=_SALT, max_age=_HOLDS_SECONDS)
    except signing.BadSignature as wrong:
        raise Unknown(_("This page is no longer open. Look the petition up again.")) from wrong
    return code_id
