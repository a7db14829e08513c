"""py-pkpass and wallet-py3k: two children of one library, called the same way."""

import itertools
import sys
from importlib import import_module
from io import BytesIO

from _serve import HOME, document, pictures, serve

package, module = sys.argv[2:]
models = import_module(module)
number = itertools.count()
PASS = document()
KEPT = {name: path.read_bytes() for name, path in pictures().items()}
SLOTS = {"header": "Header", "primary": "Primary", "secondary": "Secondary", "auxiliary": "Auxiliary", "back": "Back"}


def described():
    """Return the pass without its pictures."""
    card = models.StoreCard()
    for slot, name in SLOTS.items():
        add = getattr(card, f"add{name}Field")
        for field in PASS["storeCard"].get(f"{slot}Fields", ()):
            add(field["key"], field["value"], field["label"])
    made = models.Pass(
        card,
        passTypeIdentifier=PASS["passTypeIdentifier"],
        organizationName=PASS["organizationName"],
        teamIdentifier=PASS["teamIdentifier"],
    )
    made.serialNumber = f"{PASS['serialNumber']}-{next(number)}"
    made.description = PASS["description"]
    for key in ("backgroundColor", "foregroundColor", "labelColor", "logoText"):
        setattr(made, key, PASS.get(key))
    code = PASS["barcodes"][0]
    made.barcode = models.Barcode(message=code["message"], format=code["format"], altText=code["altText"])
    return made


def signed(made):
    """Return its bytes; the key is a path, so it is read and parsed every time."""
    keys = (str(HOME / name) for name in ("certificate.pem", "key.pem", "wwdr.pem"))
    return made.create(*keys, None).getvalue()


def documented():
    """Make one as its documentation has it."""
    made = described()
    for name, path in pictures().items():
        with path.open("rb") as file:
            made.addFile(name, file)
    return signed(made)


def best():
    """Make one at its best."""
    made = described()
    for name, content in KEPT.items():
        made.addFile(name, BytesIO(content))
    return signed(made)


serve(package, {"as documented": documented, "pictures kept": best})
