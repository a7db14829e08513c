"""Cards in, cards at Google: the REST interface, with nothing done twice and no failure without its reason.

https://developers.google.com/wallet/reference/rest
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

from walletcard._clock import unix_time
from walletcard.errors import (
    BadReplyError,
    SecretStaysError,
    WalletCardError,
    wrong_type,
)
from walletcard.google import _batch, _calls, _handed, _steps
from walletcard.google._access import Access
from walletcard.google._budget import Clock, Sleep
from walletcard.google._http import Transport
from walletcard.google._ids import issuer_of
from walletcard.google._outcomes import BatchOutcome, Stored
from walletcard.google._pace import PER_SECOND, Pace
from walletcard.google._patch import Move, patch
from walletcard.google._pictures import Host
from walletcard.google._resources import Resources, resources
from walletcard.google._save_link import SaveLink, insert_of
from walletcard.google._service_account import ServiceAccount
from walletcard.google._settings import (
    address,
    require_account,
    require_callable,
    require_issuer,
    require_number,
    require_transport,
)
from walletcard.google._wire import Wire
from walletcard.model import Face, Picture
from walletcard.model._checks import as_tuple, require_flag

if TYPE_CHECKING:
    from walletcard.google._transport import HttpTransport

SECONDS: Final = 30.0
PAGE: Final = 50
LARGEST_PAGE: Final = 1_000
_SAVE: Final = "https://pay.google.com/"


class Client:
    """Google Wallet's REST interface for one service account. Threads may share it; it is not pickled.

    Every verb looks before it sends what Google could do twice, repeats only what is safe to repeat, and ends within
    ``timeout`` - and up to a minute more when Google asks to wait. What every verb may raise:

    * `UnreachableError`: no answer came; nothing was changed.
    * `RejectedError`: Google said no: ``status``, ``reason``, and a hint.
    * `RateLimitedError`: too many calls; ``retry_after`` seconds, when Google says how many.
    * `BadReplyError`: what came is no answer of Google's.
    * `UnknownResultError`: a change was sent and its answer was lost. The same call again is safe.

    A client keeps connections open for its next call; `close` closes them, and so does the end of a ``with``.

    Args:
        account: Who calls; its address must be invited in the Google Pay & Wallet Console.
        issuer_id: The number of the console, as text; for `patch_card` of a face and for `classes`.
        transport: What sends; by default a `HttpTransport` of the client's own; closing the client closes no other.
        sleep: Waits for seconds; by default ``time.sleep``.
        clock: Returns seconds since 1970; by default this computer's.
        timeout: Seconds for one verb, of which one request takes a third at most; for a batch, for each ten of its
            items.
        per_second: Requests a second, of all threads together.
        host: Another address than Google's; for tests.

    Raises:
        KeyMaterialError: ``account`` is not a `ServiceAccount`.
        InvalidCardError: Another argument is out of its range.
    """

    def __init__(
        self,
        account: ServiceAccount,
        *,
        issuer_id: str | int | None = None,
        transport: Transport | None = None,
        sleep: Sleep | None = None,
        clock: Clock | None = None,
        timeout: float = SECONDS,
        per_second: float = PER_SECOND,
        host: str | None = None,
    ) -> None:
        require_account(account)
        if issuer_id is not None:
            require_issuer(issuer_id)
        require_number("timeout", timeout)
        require_number("per_second", per_second)
        require_callable("sleep", sleep)
        require_callable("clock", clock)
        require_transport(transport)
        self._account, self._issuer_id = account, issuer_id
        self._host = _calls.HOST if host is None else address(host)
        self._clock = unix_time if clock is None else clock
        self._own: HttpTransport | None = None
        sender = transport
        if sender is None:
            sender = self._own = _default_transport()
        access = Access(account, transport=sender, clock=self._clock)
        self._wire = Wire(
            host=self._host,
            transport=sender,
            access=access,
            pace=Pace(per_second, clock=self._clock),
            clock=self._clock,
            sleep=time.sleep if sleep is None else sleep,
            timeout=timeout,
        )
        self._classes: dict[str, bytes] = {}  # Those that this client has put, as they were put last.

    def put(self, card: Resources) -> Stored:
        """Bring a card to Google: its class, unless this client has put the same before, and its object.

        Args:
            card: What `resources` made.

        Raises:
            InvalidCardError: ``card`` is something else.
        """
        _handed.card(card)
        if self._classes.get(card.class_id) != card.class_json:
            self.put_class(card)
        return self.put_object(card)

    def put_class(
        self,
        class_: Resources | Mapping[str, Any],
        *,
        kind: str | None = None,
        update: bool = True,
        allow: Collection[str] = (),
    ) -> Stored:
        """Insert a class, or change what differs. Keys that Google has and ``class_`` has not stay as they are.

        Args:
            class_: The class, or a card's resources.
            kind: Its type, such as ``OfferClass``; by default ``LoyaltyClass``, or that of the resources.
            update: ``False`` refuses to change one that is there (``google.conflict``).
            allow: Codes of issues to overrule.

        Raises:
            InvalidDocumentError: Google would refuse it; ``issues`` holds every reason. Nothing was sent.
        """
        require_flag(update, "update")
        name = _handed.kind_of(class_, kind, "Class")
        body = _handed.document(class_, name, "Class", allow)
        stored = self._wire.run(_steps.put(name, body, update=update))
        if isinstance(class_, Resources):
            self._classes[class_.class_id] = class_.class_json
        return stored

    def put_object(
        self,
        object_: Resources | Mapping[str, Any],
        *,
        kind: str | None = None,
        update: bool = True,
        allow: Collection[str] = (),
    ) -> Stored:
        """Insert an object, or change what differs. Its class must be there. As for `put_class`.

        Args:
            object_: The object, or a card's resources.
            kind: Its type, such as ``OfferObject``; by default ``LoyaltyObject``, or that of the resources.
            update: ``False`` refuses to change one that is there.
            allow: Codes of issues to overrule.

        Raises:
            InvalidDocumentError: Google would refuse it; ``issues`` holds every reason. Nothing was sent.
        """
        require_flag(update, "update")
        name = _handed.kind_of(object_, kind, "Object")
        body = _handed.document(object_, name, "Object", allow)
        return self._wire.run(_steps.put(name, body, update=update))

    def put_all(self, cards: Iterable[Resources]) -> Iterator[BatchOutcome]:
        """Bring many cards to Google, some at a time, and tell of each in the order given.

        Cards are taken from ``cards`` as their turn comes, so that it may be endless. A card whose outcome is an
        error does not stop the others; put those again.

        Args:
            cards: What `resources` made.

        Raises:
            InvalidCardError: One of them is something else; those before it were told of.
        """
        waiting = iter(_handed.many(cards))
        while some := tuple(islice(waiting, _batch.LARGEST)):
            good = tuple(takewhile(lambda one: isinstance(one, Resources), some))
            yield from self._put_some(good)
            if len(good) < len(some):
                _handed.card(some[len(good)])

    def patch_card(
        self,
        card: Face | Resources | str,
        *,
        since: Face | Resources | None = None,
        body: Mapping[str, Any] | None = None,
        kind: str | None = None,
        pictures: Mapping[str, Picture] | None = None,
        host: Host | None = None,
        translations: Iterable[Face] = (),
        extra: Mapping[str, Mapping[str, Any]] | None = None,
        allow: Collection[str] = (),
    ) -> Stored:
        """Tell Google what has changed on a card: a stamp.

        From two faces the body is made by `patch`. A card that Google does not have yet is put there as it is now, so
        that a save link opened later shows this state; nothing to tell is nothing sent.

        Args:
            card: The card's face now; or an object's id, or resources, with ``body``.
            since: The card as it was sent last; with a face.
            body: The body of the PATCH.
            kind: With an id, the object's type; by default ``LoyaltyObject``.
            pictures: As for `resources`.
            host: As for `resources`.
            translations: As for `resources`.
            extra: As for `resources`.
            allow: Codes of issues to overrule.

        Raises:
            InvalidCardError: As for `patch`.
            InvalidDocumentError: As for `patch`. Nothing was sent.
        """
        _handed.face_or_body(card, since=since, body=body)
        if not isinstance(card, Face):
            name, object_id = _handed.kind_of(card, kind, "Object"), _handed.id_of(card)
            return self._wire.run(_steps.patch(name, object_id, _handed.change(body, name, allow)))
        assert since is not None  # noqa: S101  # It goes with a face.
        issuer_id = issuer_of(since.object_id) if isinstance(since, Resources) else self._issuer()
        others = as_tuple(translations)
        wanted: dict[str, Any] = {
            "issuer_id": issuer_id, "pictures": pictures, "host": host, "translations": others, "extra": extra,
            "allow": allow,
        }  # fmt: skip
        change = patch(card, since=since, **wanted)
        whole = resources(card, **wanted)
        name = _handed.kind_of(whole, kind, "Object")
        if not change:
            return Stored(kind=name, id=whole.object_id, action="unchanged")
        if "classId" in change and self._classes.get(whole.class_id) != whole.class_json:
            self.put_class(whole)
        return self._wire.run(_steps.patch(name, whole.object_id, change, whole=whole))

    def patch_all(
        self, bodies: Mapping[str, Mapping[str, Any]], *, kind: str | None = None, allow: Collection[str] = ()
    ) -> Iterator[BatchOutcome]:
        """Change many objects of one type, some at a time, and tell of each in the order given.

        Args:
            bodies: By object id, the bodies of the PATCHes.
            kind: As for `patch_card`.
            allow: Codes of issues to overrule.

        Raises:
            InvalidDocumentError: Google would refuse one of them. Nothing was sent.
        """
        name = _handed.kind_of(None, kind, "Object")
        if not isinstance(bodies, Mapping):
            hint = "pass a dict of object ids and bodies"
            raise wrong_type(bodies, need="bodies by id", where="bodies", code="cards.type", hint=hint)
        judged = [(_handed.id_of(one), _handed.change(body, name, allow)) for one, body in bodies.items()]
        return self._patched(name, judged)

    def move(self, move: Move) -> Stored:
        """Put a card's new object there, then put its old one away; an old one that is not there is away.

        Args:
            move: What `google.move` returned.
        """
        if not isinstance(move, Move):
            hint = "pass what google.move() returned"
            raise wrong_type(move, need="a Move", where="move", code="cards.type", hint=hint)
        stored = self.put(move.insert)
        self._wire.run(_steps.retire(stored.kind, _handed.id_of(move.retired_id), move.retire))
        return stored

    def add_message(
        self,
        card: Resources | str,
        *,
        id: str,  # noqa: A002  # Google's own word.
        header: str,
        body: str,
        notify: bool = True,
        kind: str | None = None,
    ) -> Stored:
        """Put a message on a card, or on all cards of a class; one whose id is there already is not sent again.

        Google keeps ten messages of a card, and lets three a day be heard.

        Args:
            card: The object's or the class's id, or a card's resources.
            id: The message's own, such as ``birthday:2026``.
            header: Its title.
            body: Its text.
            notify: Let the phone tell of it.
            kind: With an id, its type; by default ``LoyaltyObject``.

        Raises:
            InvalidDocumentError: A part is missing. Nothing was sent.
            UnknownResultError: The answer was lost. The same call again looks whether the message came through.
        """
        name, target = _handed.any_kind(card, kind), _handed.id_of(card)
        message = _handed.message(id, header=header, body=body, notify=notify)
        return self._wire.run(_steps.send_message(name, target, message))

    def expire(self, card: Resources | str, *, kind: str | None = None) -> Stored:
        """Put a card among the expired ones; Google knows no way to delete it.

        Args:
            card: The object's id, or the card's resources.
            kind: With an id, the object's type; by default ``LoyaltyObject``.
        """
        return self.patch_card(card, body={"state": "EXPIRED"}, kind=kind)

    def get(self, card: Resources | str, *, kind: str | None = None) -> dict[str, Any]:
        """Return an object or a class as Google has it: more keys, and perhaps values that nobody knows yet.

        Args:
            card: Its id, or a card's resources, which stand for the object.
            kind: With an id, its type, such as ``LoyaltyClass``; by default ``LoyaltyObject``.

        Raises:
            RejectedError: It is not there (``google.missing``).
        """
        return self._wire.run(_steps.ask(_calls.get(_handed.any_kind(card, kind), _handed.id_of(card))))

    def objects(
        self, class_: Resources | str, *, kind: str | None = None, page_size: int = PAGE
    ) -> Iterator[dict[str, Any]]:
        """Return the objects of a class one after another; each page is asked for when it is needed.

        Args:
            class_: The class's id, or a card's resources.
            kind: The objects' type; by default ``LoyaltyObject``.
            page_size: Objects a page.
        """
        name = _handed.kind_of(class_, kind, "Object")
        return self._pages(name, {"classId": _handed.id_of(class_, "Class")}, page_size)

    def classes(
        self, *, issuer_id: str | int | None = None, kind: str | None = None, page_size: int = PAGE
    ) -> Iterator[dict[str, Any]]:
        """Return the classes of an issuer one after another; each page is asked for when it is needed.

        Args:
            issuer_id: By default the client's.
            kind: The classes' type; by default ``LoyaltyClass``.
            page_size: Classes a page.
        """
        issuer = self._issuer() if issuer_id is None else issuer_id
        require_issuer(issuer)
        return self._pages(_handed.kind_of(None, kind, "Class"), {"issuerId": str(issuer)}, page_size)

    def insert_link(self, cards: Resources | Iterable[Resources], *, origins: Sequence[str] = ()) -> SaveLink:
        """Hand cards to Google whole, however long they are, and return the link that it gives for them.

        Args:
            cards: As for `save_link_of`.
            origins: As for `save_link_of`.

        Raises:
            InvalidCardError: ``cards`` are none.
        """
        at = datetime.fromtimestamp(self._clock(), UTC)
        insert = insert_of(cards, account=self._account, at=at, origins=origins)
        found = self._wire.run(_steps.ask(_calls.hand_over(insert.body)))
        address = found.get("saveUri")
        if not isinstance(address, str) or not address.startswith(_SAVE):
            hint = "try later; the same call again is safe"
            raise BadReplyError("the answer has no link", code="reply.link", where="Google Wallet jwt", hint=hint)
        return SaveLink(url=address, form="whole", length=len(address.rpartition("/")[2]))

    def _put_some(self, cards: Sequence[Resources]) -> Iterator[BatchOutcome]:
        """Put the classes of some cards, each once, then the objects of those whose class is there."""
        fresh = {card.class_id: card for card in cards if self._classes.get(card.class_id) != card.class_json}
        steps = [_steps.put(_handed.kind_of(card, None, "Class"), card.class_) for card in fresh.values()]
        failed: dict[str, WalletCardError] = {}
        for card, result in zip(fresh.values(), self._wire.run_all(steps), strict=True):
            if isinstance(result, WalletCardError):
                failed[card.class_id] = result
            else:
                self._classes[card.class_id] = card.class_json
        good = [card for card in cards if card.class_id not in failed]
        results = iter(
            self._wire.run_all([_steps.put(_handed.kind_of(card, None, "Object"), card.object) for card in good])
        )
        for card in cards:
            yield BatchOutcome.of(card.object_id, failed.get(card.class_id) or next(results))

    def _patched(self, kind: str, bodies: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[BatchOutcome]:
        for start in range(0, len(bodies), _batch.LARGEST):
            some = bodies[start : start + _batch.LARGEST]
            results = self._wire.run_all([_steps.patch(kind, object_id, body) for object_id, body in some])
            for (object_id, _), result in zip(some, results, strict=True):
                yield BatchOutcome.of(object_id, result)

    def _pages(self, kind: str, parent: Mapping[str, str], size: int) -> Iterator[dict[str, Any]]:
        if type(size) is not int or not 1 <= size <= LARGEST_PAGE:
            hint = f"use 1 to {LARGEST_PAGE}"
            raise wrong_type(size, need="a whole number", where="page_size", code="client.number", hint=hint)
        return self._paged(kind, parent, size)

    def _paged(self, kind: str, parent: Mapping[str, str], size: int) -> Iterator[dict[str, Any]]:
        token, seen = "", set[str]()
        while True:
            found = self._wire.run(_steps.ask(_calls.page(kind, parent=parent, size=size, token=token)))
            entries = found.get("resources", [])
            yield from (one for one in entries if isinstance(one, dict)) if isinstance(entries, list) else ()
            pagination = found.get("pagination")
            following = pagination.get("nextPageToken") if isinstance(pagination, dict) else None
            if not isinstance(following, str) or not following:
                return
            if following in seen:
                raise BadReplyError("the list leads in a circle", code="reply.page", where=kind, hint="try later")
            seen.add(following)
            token = following

    def _issuer(self) -> str | int:
        if self._issuer_id is None:
            hint = "make the Client with issuer_id="
            raise wrong_type(None, need="an issuer id", where="issuer_id", code="issuer.type", hint=hint)
        return self._issuer_id

    def close(self) -> None:
        """Close the open connections; the next call opens new ones."""
        if self._own is not None:
            self._own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self._account.client_email}, host={self._host})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        hint = "make one in each process, from the key file"
        raise SecretStaysError.pickled("a Client", where="client", hint=hint)


def _default_transport() -> HttpTransport:
    from walletcard.google._transport import HttpTransport  # Whoever only makes links does not wait for requests.

    return HttpTransport()
