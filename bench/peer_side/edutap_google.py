"""edutap.wallet_google: a save link with class and object."""

import json
import os

from _serve import HOME, serve

os.environ["EDUTAP_WALLET_GOOGLE_CREDENTIALS_FILE"] = str(HOME / "google.json")
from edutap.wallet_google import api  # only after its settings

CLASS, OBJECT = (json.loads((HOME / f"google-{name}.json").read_bytes()) for name in ("class", "object"))
KEPT = api.new("LoyaltyClass", CLASS)


def documented():
    """Make one as its documentation has it."""
    made = [api.new("LoyaltyClass", CLASS), api.new("LoyaltyObject", OBJECT)]
    return api.save_link(made).encode()


def best():
    """Make one at its best."""
    return api.save_link([KEPT, api.new("LoyaltyObject", OBJECT)]).encode()


serve("edutap.wallet_google", {"as documented": documented, "class kept": best})
