"""The extension as one file: a zip, and with a key a crx of version 3. Bytes in, bytes out; the same ones each time.

A crx is "Cr24", a version, a header (a protocol buffer of four fields, written by hand here) and the zip. RSA-PKCS1
needs no randomness, so the same key signs the same bytes. Source: components/crx_file/crx3.proto and crx_creator.cc of
Chromium.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from byhand.cli.browser_slim import slim
from byhand.errors import ByhandError, UsageFault

LEAST_BITS = 2048
_BEGAN = (1980, 1, 1, 0, 0, 0)  # the first day a zip knows
_REGULAR = 0o100644 << 16
_MAKE_A_KEY = "to make one, run: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"


def zipped(folder: Path) -> bytes:
    """All that a browser needs of the folder, sorted by name, without times, owners and comments."""
    files = sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if path.is_file() and not _for_us(path.relative_to(folder))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name, path in files:
            entry = zipfile.ZipInfo(name, _BEGAN)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _REGULAR, 3
            data = path.read_bytes()
            pack.writestr(entry, slim(data.decode()).encode() if path.suffix == ".js" else data)
    return out.getvalue()


def _for_us(path: Path) -> bool:
    """Hidden files, and types that only the checker reads."""
    return any(part.startswith(".") for part in path.parts) or path.parts[0] == "types" or path.suffix in (".md", ".ts")


def signed(zip_: bytes, key: rsa.RSAPrivateKey) -> bytes:
    """The crx of a zip."""
    public = public_der(key)
    data = _field(1, hashlib.sha256(public).digest()[:16])  # SignedData.crx_id
    message = b"CRX3 SignedData\0" + struct.pack("<I", len(data)) + data + zip_
    proof = _field(1, public) + _field(2, key.sign(message, padding.PKCS1v15(), hashes.SHA256()))
    header = _field(2, proof) + _field(10000, data)  # sha256_with_rsa, signed_header_data
    return b"Cr24" + struct.pack("<II", 3, len(header)) + header + zip_


def public_der(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_key(file: Path) -> rsa.RSAPrivateKey:
    """A private RSA key in a PEM file.

    Raises:
        UsageFault: it is none, or too short. What the file holds is never quoted.
        ByhandError: it can't be read.
    """
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise ByhandError(
            f"{file} can't be read: {(error.strerror or 'it failed').lower()}", hints=(_MAKE_A_KEY,), fate=_NOTHING
        ) from None
    except (ValueError, TypeError):
        raise UsageFault(
            f"{file} is no private key without a passphrase", hints=(_MAKE_A_KEY,), fate=_NOTHING
        ) from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise UsageFault(f"{file} is no RSA key of {LEAST_BITS} bits or more", hints=(_MAKE_A_KEY,), fate=_NOTHING)
    return key


def without_a_key() -> tuple[str, ...]:
    """What to do for a crx."""
    return (_MAKE_A_KEY, "then run: byhand browser pack --key key.pem; keep that key: with another one the id changes")


_NOTHING = "nothing was written"


def _field(number: int, data: bytes) -> bytes:
    """One length-delimited field of a protocol buffer."""
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))
