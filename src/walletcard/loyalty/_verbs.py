"""The verbs: a card in, a card out. Pure: no clock but the events' own times, nothing outside the arguments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from walletcard._clock import utc_now
from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.loyalty import _ledger as ledger
from walletcard.loyalty._books import Books
from walletcard.loyalty._facts import Settled
from walletcard.loyalty._stamps import first_rules
from walletcard.loyalty._tell import told, told_settled
from walletcard.model import Card, Event, Outcome, Program
from walletcard.model._checks import as_tuple, require, require_moment
from walletcard.model._event import JOIN_ID
from walletcard.words._speak import unspoken


def join(
    program: Program,
    *,
    id: str,  # noqa: A002
    at: datetime | None = None,
    member: str | None = None,
    locale: str | None = None,
    sender: str | None = None,
    message: str | None = None,
    referral_code: str | None = None,
    referred_by: str | None = None,
) -> Card:
    """Return a new member's card.

    Args:
        program: What they join.
        id: The card's id, unique in the programme; also the human code under the barcode. Make it hard to guess:
            8 random letters and digits are a good start.
        at: When; ``None`` is now.
        member: A display name, and nothing more personal.
        locale: The member's language, where it is not the programme's.
        sender: Of a gift voucher: who gives it.
        message: Of a gift voucher: what they write.
        referral_code: What the member gives to friends; shown where a text says ``{referral_code}``.
        referred_by: The card of who brought them. That they had no earlier card is the app's promise.

    Raises:
        InvalidCardError: An argument breaks a rule, or the programme does not speak the language.
    """
    require(program, Program, "program")
    at = utc_now() if at is None else at
    require_moment(at)
    card = Card(
        id=id,
        program=program.id,
        joined=at,
        member=member,
        locale=locale,
        rules=first_rules(program),
        sender=sender,
        message=message,
        referral_code=referral_code,
        referred_by=referred_by,
    )
    if lacking := unspoken(program, program.locale if locale is None else locale):
        raise InvalidCardError.from_issues(lacking)
    books = Books(program, card)
    ledger.open_card(books, JOIN_ID, card.joined)
    return books.card()


def apply(program: Program, card: Card, event: Event) -> tuple[Card, Outcome]:
    """Return the card after an event, and what came of it.

    The same event again changes nothing (``duplicate``); what breaks a rule of the programme changes nothing and says
    why (``refused``); neither is an error. An event from before the card was joined is taken like any other that comes
    late: it may have been on paper until now.

    Raises:
        InvalidCardError: The card belongs to another programme.
    """
    _same_program(program, card)
    require(event, Event, "event")
    books = Books(program, card)
    had = books.points(event.at) if program.points else 0
    facts = ledger.apply(books, event)
    after = books.card() if facts.status == "applied" else card
    has = books.points(event.at) if program.points else 0
    return after, told(program, card, after, event, facts, had=had, has=has)


def replay(program: Program, card: Card, events: Iterable[Event]) -> Card:
    """Return the card after many events, in the order given: the same as `apply` one by one, in linear time.

    Args:
        program: The rules for all of them.
        card: As `join` made it, or as an earlier replay left it.
        events: In the order in which they arrived; refused and doubled ones are passed over, as `apply` does.

    Raises:
        InvalidCardError: The card belongs to another programme.
    """
    _same_program(program, card)
    events = as_tuple(events)
    require(events, tuple, "events")
    books = Books(program, card)
    for place, event in enumerate(events):
        require(event, Event, f"events[{place}]")
        ledger.apply(books, event)
    return books.card()


def settle(program: Program, card: Card, *, at: datetime | None = None) -> tuple[Card, Outcome]:
    """Return the card with everything written off that has expired by ``at``, and what that was.

    `apply` judges windows by itself and `face` shows a card as this would leave it; an app settles to store the
    expiry and to hear of it.

    Args:
        program: The rules.
        card: The card.
        at: ``None`` is now.

    Raises:
        InvalidCardError: The card belongs to another programme, or ``at`` has no time zone.
    """
    at = utc_now() if at is None else at
    after, written_off = settled(program, card, at)
    return after, told_settled(program, after, written_off, at)


def settled(program: Program, card: Card, at: datetime) -> tuple[Card, Settled]:
    """Return the card as `settle` leaves it, and what that did, without a word about it.

    Raises:
        InvalidCardError: The card belongs to another programme, or ``at`` has no time zone.
    """
    _same_program(program, card)
    require_moment(at)
    books = Books(program, card)
    written_off = ledger.settle(books, at)
    return books.card(), written_off


def _same_program(program: Program, card: Card) -> None:
    require(program, Program, "program")
    require(card, Card, "card")
    if card.program != program.id:
        message = f"belongs to {quoted(card.program)}, not to {quoted(program.id)}"
        hint = "pass the programme that the card was joined to"
        raise InvalidCardError.from_issues(
            [Issue(code="program.mismatch", where=f"card {card.id}", message=message, hint=hint)]
        )
