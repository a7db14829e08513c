"""django-walletpass: its builder, without a database."""

import itertools

from _serve import HOME, document, pictures, serve
from django.conf import settings

PASS = document()
settings.configure(
    WALLETPASS={
        "CERT_PATH": str(HOME / "certificate.pem"),
        "KEY_PATH": str(HOME / "key.pem"),
        "KEY_PASSWORD": None,
        "APPLE_WWDRCA_PEM_PATH": str(HOME / "wwdr.pem"),
        "PASS_TYPE_ID": PASS["passTypeIdentifier"],
        "TEAM_ID": PASS["teamIdentifier"],
        "SERVICE_URL": "https://example.com/passes/",
    },
    INSTALLED_APPS=["django_walletpass"],
    SECRET_KEY="throw-away",  # noqa: S106
)
import django  # noqa: E402  # only after the settings

django.setup()
from django_walletpass.services import PassBuilder  # noqa: E402

number = itertools.count()
KEPT = {name: path.read_bytes() for name, path in pictures().items()}


def built(files):
    """Make one of these pictures."""
    builder = PassBuilder()
    builder.pass_data.update(PASS)
    builder.pass_data_required["serialNumber"] = f"{PASS['serialNumber']}-{next(number)}"
    for name, content in files:
        builder.add_file(name, content)
    return builder.build()


def documented():
    """Make one as its documentation has it."""
    return built((name, path.read_bytes()) for name, path in pictures().items())


serve("django-walletpass", {"as documented": documented, "pictures kept": lambda: built(KEPT.items())})
