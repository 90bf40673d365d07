"""Certificates made on the spot, by an authority that a client may be told to trust."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Authority:
    """Vouches for names; what it needs lies in `folder`."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def file(self) -> Path:
        """Its own certificate, for those who are to trust it."""
        return self.folder / "authority.pem"

    def server(self, name: str, *, expired: bool = False) -> ssl.SSLContext:
        """Return the TLS of a server whose certificate is for `name`."""
        today = datetime.now(UTC)
        key = ec.generate_private_key(ec.SECP256R1())
        made = (
            x509.CertificateBuilder(
                self.certificate.subject,
                _named(name),
                key.public_key(),
                x509.random_serial_number(),
            )
            .not_valid_before(today - 9 * DAY)
            .not_valid_after(today - DAY if expired else today + DAY)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        return _served(self.folder / f"{name}.pem", key, made)


def authority(folder: Path) -> Authority:
    """Make an authority, and write its certificate down."""
    today = datetime.now(UTC)
    key, name = ec.generate_private_key(ec.SECP256R1()), _named("An authority of a test")
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - 99 * DAY)
        .not_valid_after(today + DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    found = Authority(folder, key, made)
    found.file.write_bytes(made.public_bytes(Encoding.PEM))
    return found


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _served(
    file: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> ssl.SSLContext:
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
