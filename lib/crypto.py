"""Sealed fields and blind indexes: identity numbers and telephones at rest (protection §5, 等保 8.1.4.8).

Keys are mappings of key id to 32 bytes; the first writes, the others still read, so keys can be changed while
the system runs. Encryption and blind index must be given different keys. Nothing here reads settings.

A sealed value says itself how it was sealed: version, cipher, key id, nonce, ciphertext with its tag. It
opens only at the place it was sealed for (`bound_to`, as "table:row:field"), so that a value copied elsewhere
is noticed.
"""

import hmac
import os
import re
import unicodedata
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
AES, SM4 = "aes", "sm4"
_NONCE_BYTES, _TAG_BYTES = 12, 16


class CannotDecrypt(Exception):  # noqa: N818 - what happened, as the caller says it
    """The sealed value was not made with these keys for this place, or it was changed."""


def _sm4_key(key: bytes) -> algorithms.SM4:
    """Return the 16 bytes SM4 takes (GB/T 32907), derived so that AES and SM4 never share a key."""
    return algorithms.SM4(HKDF(SHA256(), length=16, salt=None, info=b"huiyin sm4").derive(key))


_CIPHERS: Mapping[str, tuple[int, Callable[[bytes], algorithms.AES | algorithms.SM4]]] = {
    AES: (1, algorithms.AES),
    SM4: (2, _sm4_key),
}
_CIPHER_OF_ID = dict(_CIPHERS.values())


def encrypt(plaintext: str, *, keys: Mapping[str, bytes], bound_to: str, cipher: str) -> bytes:
    """Return a text sealed with the first key for one place; `cipher` is `aes` (256 bits) or `sm4`, both GCM.

    :raises KeyError: for another cipher, which is a mistake in the settings
    """
    key_id, key = next(iter(keys.items()))
    cipher_id, make = _CIPHERS[cipher]
    header = _header(cipher_id, key_id)
    nonce = os.urandom(_NONCE_BYTES)
    sealing = Cipher(make(key), modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(header + bound_to.encode())
    return header + nonce + sealing.update(plaintext.encode()) + sealing.finalize() + sealing.tag


def decrypt(sealed: bytes, *, keys: Mapping[str, bytes], bound_to: str) -> str:
    """Return the text of a sealed value.

    :raises CannotDecrypt: for a key not given, another place than the one it was sealed for, or changed bytes
    """
    try:
        cipher_id, key_id = _read_header(sealed)
        make, key = _CIPHER_OF_ID[cipher_id], keys[key_id]
    except (KeyError, IndexError, UnicodeDecodeError) as error:
        raise CannotDecrypt from error
    header = _header(cipher_id, key_id)
    nonce_ends, tag_begins = len(header) + _NONCE_BYTES, len(sealed) - _TAG_BYTES
    if tag_begins < nonce_ends:
        raise CannotDecrypt
    opening = Cipher(make(key), modes.GCM(sealed[len(header) : nonce_ends], sealed[tag_begins:])).decryptor()
    opening.authenticate_additional_data(header + bound_to.encode())
    try:
        return (opening.update(sealed[nonce_ends:tag_begins]) + opening.finalize()).decode()
    except InvalidTag as error:
        raise CannotDecrypt from error


def key_id_of(sealed: bytes) -> str:
    """Return the id of the key a value was sealed with, so that the rows of an old key can be found.

    :raises CannotDecrypt: if the bytes are no sealed value
    """
    try:
        return _read_header(sealed)[1]
    except (KeyError, IndexError, UnicodeDecodeError) as error:
        raise CannotDecrypt from error


def present_header(*, keys: Mapping[str, bytes], cipher: str) -> bytes:
    """Return how every value begins that `encrypt` makes now; any other one is of an older key or another cipher."""
    return _header(_CIPHERS[cipher][0], next(iter(keys)))


def _header(cipher_id: int, key_id: str) -> bytes:
    name = key_id.encode()
    return bytes([VERSION, cipher_id, len(name)]) + name


def _read_header(sealed: bytes) -> tuple[int, str]:
    """Return cipher and key id; KeyError for another version, IndexError for too few bytes."""
    version, cipher_id, length = sealed[0], sealed[1], sealed[2]
    if version != VERSION:
        raise KeyError(version)
    return cipher_id, sealed[3 : 3 + length].decode()


def blind_index(value: str, *, keys: Mapping[str, bytes], purpose: str) -> str:
    """Return `key id:hex`, equal for equal normalised values of one purpose and telling nothing else.

    The key id is the index's version. The purpose keeps a telephone from meeting an identity number.
    """
    return _index_under(next(iter(keys)), value, keys, purpose)


def blind_indexes(value: str, *, keys: Mapping[str, bytes], purpose: str) -> list[str]:
    """Return the index under every key: what to search for while rows of an older key remain."""
    return [_index_under(key_id, value, keys, purpose) for key_id in keys]


def present_index_prefix(*, keys: Mapping[str, bytes]) -> str:
    """Return how every index begins that `blind_index` makes now."""
    return f"{next(iter(keys))}:"


def _index_under(key_id: str, value: str, keys: Mapping[str, bytes], purpose: str) -> str:
    digest = hmac.new(keys[key_id], f"{purpose}\0{value}".encode(), "sha256").hexdigest()
    return f"{key_id}:{digest}"


def normalise_id_number(text: str) -> str:
    """Return an identity number as it is compared: half-width, without spaces, the check letter as X."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def normalise_phone(text: str) -> str:
    """Return a telephone number as it is compared: its digits, without China's own prefix before a mobile.

    +86 139 0000 6025, 008613900006025 and １３９００００６０２５ are one number; 0358-8222345 keeps its
    area code.
    """
    plain = text.isascii() and text.isdecimal()
    digits = text if plain else re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    if not digits.startswith(("00", "86")):
        return digits
    digits = re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)
    # +86 358 822 2345: abroad one leaves out the zero of the area code
    return re.sub(r"^(?:00)?86(?=[2-9]\d{8,10}$)", "0", digits)
