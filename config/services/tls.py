"""A certificate of this machine's own, for phones in the same building (Q34).

Offline pages, location and passkeys work over HTTPS only. A phone trusts the machine once its authority is
installed there; leaves are made anew when the addresses change.
"""

import ipaddress
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_AUTHORITY_LASTS = timedelta(days=3650)
# Phones refuse leaves that live longer than 825 days.
_LEAF_LASTS = timedelta(days=800)
_RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class Certificate:
    """Files of a certificate and its key; `authority` is what a phone has to trust."""

    certificate: Path
    key: Path
    authority: Path


def own_certificate(folder: Path, names: list[str], now: datetime) -> Certificate:
    """Return a certificate for these names and addresses, made now if there is none that fits."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = Certificate(folder / "huiyin.crt", folder / "huiyin.key", folder / "authority.crt")
    authority_key = folder / "authority.key"
    if not files.authority.exists():
        _make_authority(files.authority, authority_key, now)
    if not files.certificate.exists() or not _fits(files.certificate, names, now):
        _make_leaf(files, authority_key, names, now)
    return files


def names_of_this_machine() -> list[str]:
    """Return the names and addresses others in the building may call this machine by."""
    host = socket.gethostname()
    found = ["localhost", "127.0.0.1", host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing; the kernel says from which address it would.
            probe.connect(("192.0.2.1", 9))
            found.insert(0, probe.getsockname()[0])
        except OSError:
            pass  # not on a network: its own name must do
    return list(dict.fromkeys(found))


def _make_authority(file: Path, key_file: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Huiyin {socket.gethostname()}"[:64])])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_file, key)
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _make_leaf(files: Certificate, authority_key: Path, names: list[str], now: datetime) -> None:
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    signer = serialization.load_pem_private_key(authority_key.read_bytes(), password=None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        message = f"{authority_key} is not a key of ours"
        raise TypeError(message)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LEAF_LASTS)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
    _write_key(files.key, key)
    files.certificate.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + files.authority.read_bytes()
    )


def _fits(file: Path, names: list[str], now: datetime) -> bool:
    """Test if a leaf still lasts a while and names this machine as it is called now."""
    leaf = x509.load_pem_x509_certificate(file.read_bytes())
    named = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(named) == {_general_name(name) for name in names} and (
        leaf.not_valid_after_utc > now.astimezone(UTC) + _RENEW_BEFORE
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    file.touch(mode=0o600)
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
