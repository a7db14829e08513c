"""What a token says, and what each of the four kinds carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

from walletcard.model._typed import Typed

Kind = Literal["member", "stamp", "voucher", "join"]


class Shape(NamedTuple):
    """What a kind carries, and what to do at the till when it is the wanted one.

    Attributes:
        number: Names it in the first byte, 1 to 7.
        ids: What it carries beside programme and key, in this order.
        ask: The way to get such a code.
        optional: Whether the ids may be missing.
        one_time: Whether it expires and has a nonce.
    """

    number: int
    ids: tuple[str, ...]
    ask: str
    optional: bool = False
    one_time: bool = False


SHAPES: Final[dict[Kind, Shape]] = {
    "member": Shape(number=1, ids=("card",), ask="scan the code on the customer's card"),
    "stamp": Shape(number=2, ids=("card",), optional=True, one_time=True, ask="scan the shop's stamp code"),
    "voucher": Shape(number=3, ids=("card", "voucher"), one_time=True, ask="scan the voucher's code"),
    "join": Shape(number=4, ids=("source",), ask="scan the code for joining"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(Typed):
    """What an authentic token says.

    Attributes:
        kind: ``member``, ``stamp``, ``voucher`` or ``join``.
        program: The programme's id.
        key: The id of the key that signed it; an old one tells that the card wants a refresh.
        card: The card's id; ``None`` for join, and for a stamp that is for anybody's card.
        voucher: The voucher's id; ``None`` for all but voucher.
        source: Where the join code hangs; ``None`` for all but join.
        expires: From this second on it is refused; ``None`` for member and join.
        nonce: 16 hexadecimal digits; ``None`` for member and join. An app that stores it until ``expires``, and refuses
            it the second time, makes the token one-time.
    """

    kind: Kind
    program: str
    key: str
    card: str | None = None
    voucher: str | None = None
    source: str | None = None
    expires: datetime | None = None
    nonce: str | None = None
