"""edutap.wallet_apple: as its documentation has it, and with the key kept, which its private method allows."""

import itertools
from io import BytesIO

from _serve import HOME, document, pictures, serve
from edutap.wallet_apple import api, crypto
from edutap.wallet_apple.settings import Settings

number = itertools.count()
PASS = document()
# It looks for the certificate under a name of its own.
(HOME / f"certificate-{PASS['passTypeIdentifier']}.pem").write_bytes((HOME / "certificate.pem").read_bytes())
SETTINGS = Settings(
    root_dir=HOME,
    cert_dir=HOME,
    private_key=HOME / "key.pem",
    wwdr_certificate=HOME / "wwdr.pem",
    team_identifier=PASS["teamIdentifier"],
)
KEPT = {name: path.read_bytes() for name, path in pictures().items()}
KEYS = crypto.create_keys(*((HOME / name).read_bytes() for name in ("key.pem", "certificate.pem", "wwdr.pem")))


def described():
    """Return the pass without its pictures."""
    return api.new(data={**PASS, "serialNumber": f"{PASS['serialNumber']}-{next(number)}"})


def documented():
    """Make one as its documentation has it."""
    made = described()
    for name, path in pictures().items():
        with path.open("rb") as file:
            made._add_file(name, file)
    api.sign(made, settings=SETTINGS)
    return api.pkpass(made).getvalue()


def best():
    """Make one at its best."""
    made = described()
    for name, content in KEPT.items():
        made._add_file(name, BytesIO(content))
    made._sign(*KEYS)
    return made.as_zip_bytesio().getvalue()


serve("edutap.wallet_apple", {"as documented": documented, "key and pictures kept": best})
