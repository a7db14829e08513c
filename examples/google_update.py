"""A card's life at Google: put there, stamped, changed, and a message on it. Every body that is sent is printed.

python examples/google_update.py [--out DIR]                                    with a tiny Google on this machine
python examples/google_update.py --service-account key.json --issuer-id 3388... with Google itself
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from _shared import options
from _tiny_google import TinyGoogle
from stamp_card import copper_kettle

import walletcard as wc
from walletcard import google, testing

NINE = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Europe/London"))


class Printing:
    """A transport that prints what it sends, and keeps each body as a file. The log-in is not for eyes."""

    def __init__(self, out: Path) -> None:
        self._inner, self._out, self._count = google.HttpTransport(), out, 0

    def send(self, request: google.Request, *, timeout: float) -> google.Answer:
        """Print a request, send it, and print how it was answered."""
        answer = self._inner.send(request, timeout=timeout)
        name = request.url.rpartition("/walletobjects/v1/")[2]
        if name != request.url:
            print(f"  {request.method} {name} -> {answer.status}")
            if request.body:
                self._count += 1
                text = json.dumps(json.loads(request.body), indent=2, ensure_ascii=False)
                print(text)
                path = self._out / f"{self._count:02}-{request.method.lower()}-{name.partition('/')[0]}.json"
                path.write_text(text + "\n", encoding="utf-8")
        return answer


def main() -> None:
    """Take one card through its day."""
    args = options("A card at Google: put, stamped, changed, with a message.")
    args.out.mkdir(parents=True, exist_ok=True)
    if args.service_account:
        account, host = google.ServiceAccount.from_json(args.service_account.read_bytes()), None
    else:
        host = TinyGoogle().url
        account = google.ServiceAccount.from_json(
            testing.throwaway_service_account().to_json(), token_uri=f"{host}/token"
        )
    client = google.Client(account, issuer_id=args.issuer_id, transport=Printing(args.out), host=host)

    club = copper_kettle(args.logo_url)
    card = wc.join(club, id="CK-7F3A29", member="Priya S.", at=NINE)
    first = wc.face(club, card, at=NINE)
    print("Her new card")
    stored = client.put(google.resources(first, issuer_id=args.issuer_id))
    print(f"= {stored.action}\n")

    print("A coffee at ten")
    ten = NINE + timedelta(hours=1)
    before = card
    card, outcome = wc.apply(club, card, wc.Event.visit(id="till-4711", at=ten))
    second = wc.face(club, card, at=ten, since=before)
    print(f"= {client.patch_card(second, since=first).action}: {outcome.text}\n")

    print("The same again, because the till was not sure")
    print(f"= {client.patch_card(second, since=second).action}: nothing to tell\n")

    print("She writes her name in full")
    print(f"= {client.patch_card(stored.id, body={'accountName': 'Priya Sharma'}).action}\n")

    for attempt in ("A message", "The same message, because the answer was lost"):
        print(attempt)
        sent = client.add_message(stored.id, id="sunday", header="Copper Kettle", body="Open on Sunday from nine.")
        print(f"= {sent.action}\n")

    print(f"At Google she is {client.get(stored.id)['accountName']}.")


if __name__ == "__main__":
    main()
