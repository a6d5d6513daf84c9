"""Query codes: what a petitioner types to see his own matter (查询码)."""

import hmac
import re
import secrets
import unicodedata
from collections.abc import Mapping

# Digits and capitals without 0 O, 1 I L, and U, which hand-writing confuses with V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_GROUP = 4


def new_code() -> str:
    """Return a new code as it is shown, `7K2M-Q4XW-9FHT`: 12 of 30 signs, 58 bits."""
    drawn, signs = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        drawn, place = divmod(drawn, len(ALPHABET))
        signs += ALPHABET[place]
    return "-".join(signs[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def tidy_code(text: str) -> str:
    """Return a typed code as it is compared: half-width capitals, without spaces, hyphens and other marks."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()


def code_digest(code: str, *, keys: Mapping[str, bytes]) -> str:
    """Return `key id:hex`, the only form in which a code is stored; made with the first key.

    A plain keyed hash is enough: a code is drawn, not chosen, so it cannot be guessed from a list of words.
    """
    return _digest_under(next(iter(keys)), code, keys)


def code_digests(code: str, *, keys: Mapping[str, bytes]) -> list[str]:
    """Return the digest under every key: what to look for while codes of an older key are in use."""
    return [_digest_under(key_id, code, keys) for key_id in keys]


def _digest_under(key_id: str, code: str, keys: Mapping[str, bytes]) -> str:
    return f"{key_id}:{hmac.new(keys[key_id], tidy_code(code).encode(), 'sha256').hexdigest()}"
