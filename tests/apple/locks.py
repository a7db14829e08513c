"""Key files that ask their reader for work: every way in which a .p12 or a key can name a number of rounds."""

from __future__ import annotations

from typing import Any

from asn1crypto import algos, cms, core, keys, pkcs12

AES = {"algorithm": "aes256_cbc", "parameters": bytes(16)}
SALT = b"saltsalt"
SCRYPT = "1.3.6.1.4.1.11591.4.11"


class Scrypt(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types.
    _fields = [  # noqa: RUF012  # asn1crypto's way.
        ("salt", core.OctetString),
        ("cost", core.Integer),
        ("block_size", core.Integer),
        ("parallelization", core.Integer),
    ]


def pbkdf2(rounds: int) -> algos.KdfAlgorithm:
    return algos.KdfAlgorithm(
        {
            "algorithm": "pbkdf2",
            "parameters": {
                "salt": algos.Pbkdf2Salt("specified", core.OctetString(SALT)),
                "iteration_count": rounds,
                "key_length": 32,
                "prf": {"algorithm": "sha256", "parameters": core.Null()},
            },
        }
    )


def scrypt(cost: int, size: int, parallel: int) -> algos.KdfAlgorithm:
    parameters = Scrypt({"salt": SALT, "cost": cost, "block_size": size, "parallelization": parallel})
    return algos.KdfAlgorithm({"algorithm": SCRYPT, "parameters": parameters})


def lock(stretching: algos.KdfAlgorithm) -> algos.EncryptionAlgorithm:
    """Return the lock that today's tools write, with one way to make a key of a password."""
    parameters = {"key_derivation_func": stretching, "encryption_scheme": AES}
    return algos.EncryptionAlgorithm({"algorithm": "pbes2", "parameters": parameters})


def old_lock(rounds: int, name: str = "pkcs12_sha1_tripledes_3key") -> algos.EncryptionAlgorithm:
    """Return the lock of the nineties."""
    return algos.EncryptionAlgorithm({"algorithm": name, "parameters": {"salt": SALT, "iterations": rounds}})


def key(locked: algos.EncryptionAlgorithm) -> keys.EncryptedPrivateKeyInfo:
    """Return a protected key; what is inside is nonsense, as it is for who lacks the password."""
    return keys.EncryptedPrivateKeyInfo({"encryption_algorithm": locked, "encrypted_data": bytes(64)})


def key_bag(locked: algos.EncryptionAlgorithm) -> pkcs12.SafeBag:
    return pkcs12.SafeBag({"bag_id": "pkcs8_shrouded_key_bag", "bag_value": key(locked)})


def open_bag(of: bytes) -> pkcs12.SafeBag:
    """Return a bag with a key that nothing protects."""
    return pkcs12.SafeBag({"bag_id": "key_bag", "bag_value": keys.PrivateKeyInfo.load(of)})


def certificate_bag(of: bytes) -> pkcs12.SafeBag:
    value = pkcs12.CertBag({"cert_id": "x509", "cert_value": core.ParsableOctetString(of)})
    return pkcs12.SafeBag({"bag_id": "cert_bag", "bag_value": value})


def bag_of(*bags: pkcs12.SafeBag) -> pkcs12.SafeBag:
    return pkcs12.SafeBag({"bag_id": "safe_contents", "bag_value": pkcs12.SafeContents(bags)})


def plain(*bags: pkcs12.SafeBag) -> cms.ContentInfo:
    """Return a part of a .p12 that anybody can read."""
    return cms.ContentInfo({"content_type": "data", "content": pkcs12.SafeContents(bags).dump()})


def encrypted(locked: algos.EncryptionAlgorithm) -> cms.ContentInfo:
    """Return a part of a .p12 that is locked as a whole."""
    inner = {"content_type": "data", "content_encryption_algorithm": locked, "encrypted_content": bytes(64)}
    content = cms.EncryptedData({"version": "v0", "encrypted_content_info": inner})
    return cms.ContentInfo({"content_type": "encrypted_data", "content": content})


def checksum(rounds: int) -> dict[str, Any]:
    return {"mac": _digest("sha256", core.Null()), "mac_salt": SALT, "iterations": rounds}


def pbmac1(stretching: algos.KdfAlgorithm) -> dict[str, Any]:
    """Return the checksum of RFC 9579; the number beside it counts for nothing."""
    scheme = {"algorithm": "sha256", "parameters": core.Null()}
    parameters = algos.Pbmac1Params({"key_derivation_func": stretching, "message_auth_scheme": scheme})
    return {"mac": _digest("1.2.840.113549.1.5.14", parameters), "mac_salt": SALT, "iterations": 1}


def _digest(name: str, parameters: Any) -> dict[str, Any]:
    return {"digest_algorithm": {"algorithm": name, "parameters": parameters}, "digest": bytes(32)}


def p12(*parts: cms.ContentInfo, mac: dict[str, Any] | None = None) -> bytes:
    """Return a .p12 of these parts, with a checksum or without one."""
    content = cms.ContentInfo({"content_type": "data", "content": pkcs12.AuthenticatedSafe(parts).dump()})
    made: bytes = pkcs12.Pfx({"version": "v3", "auth_safe": content, **({"mac_data": mac} if mac else {})}).dump()
    return made
