"""Ids and a key in, a token's text out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from walletcard._clock import utc_now
from walletcard.errors import quoted
from walletcard.model._checks import Findings
from walletcard.model._ids import check_card_id
from walletcard.tokens import _wire as wire
from walletcard.tokens._keys import KeyRing, require_ring
from walletcard.tokens._token import SHAPES, Kind

_SHORTEST: Final = timedelta(seconds=1)
_LONGEST: Final = timedelta(days=1827)  # Five years. As `at` lies before 2100, the end fits 32 bits of Unix time.
_NONCE: Final = re.compile(r"[0-9a-f]{16}")
_VOUCHER: Final = re.compile(r"[A-Za-z0-9_-]{1,64}(\.[0-9]{1,4})?")


def issue(
    kind: Kind,
    *,
    keys: KeyRing,
    program: str,
    card: str | None = None,
    voucher: str | None = None,
    source: str | None = None,
    valid_for: timedelta | None = None,
    nonce: str | None = None,
    at: datetime | None = None,
) -> str:
    """Return a token: a face's ``code``, or the text of any other QR.

    ``member`` (needs ``card``) and ``join`` (needs ``source``) are static: the same call gives the same text.
    ``stamp`` (``card`` only if it is for that card alone) and ``voucher`` (needs ``card`` and ``voucher``) are
    one-time and need ``valid_for``. Whoever scans a token can read its ids: they must not be personal.

    Args:
        kind: What the token is good for.
        keys: Its signing key signs.
        program: The programme's id.
        card: The card's id.
        voucher: The voucher's id, ``[A-Za-z0-9_-]{1,64}`` with at most one ending such as ``.1``; for any other, and
            for a long one, an id of this kind that the app keeps for the voucher.
        source: Where the code hangs, such as ``poster``.
        valid_for: From ``at``, 1 second to 5 years; the end is cut to the second.
        nonce: 16 hexadecimal digits in lower case; random by default.
        at: The present by default.

    Raises:
        InvalidCardError: Something is missing, too much, wrong, or too long for 96 characters; ``issues`` holds all.
    """
    require_ring(keys)
    at = utc_now() if at is None else at
    ids = {"card": card, "voucher": voucher, "source": source}
    findings = Findings("token")
    if findings.choice("kind", kind, SHAPES, code="kind.unknown"):
        taken = [keys.signing, program, card] if findings.identifier("program", program) else []
        _check_ids(findings, kind, ids, taken)
        _check_life(findings, kind, valid_for, nonce)
    findings.moment("at", at)
    findings.finish()

    carried = {"program": program, **{name: ids[name] or "" for name in SHAPES[kind].ids}}
    _check_length(findings, kind, keys.signing, carried)
    body = wire.head(kind)
    if valid_for is not None:
        # Through UTC: local clocks are put forward and back.
        end = at.astimezone(UTC) + valid_for
        body += int(end.timestamp()).to_bytes(4) + bytes.fromhex(nonce or secrets.token_hex(8))
    body += wire.pack(".".join([keys.signing, *carried.values()]))
    return wire.spell(body + keys.mac(keys.signing, body))


def _check_ids(findings: Findings, kind: Kind, ids: Mapping[str, object], taken: Sequence[object]) -> None:
    shape = SHAPES[kind]
    for name, value in ids.items():
        if name not in shape.ids:
            _refuse_extra(findings, kind, name, value)
        elif value is None:
            if not shape.optional:
                findings.add("token.missing", name, "missing", f"a {kind} token needs it")
        elif name == "card":
            check_card_id(findings, name, value)
        elif name == "source":
            findings.identifier(name, value)
        elif not isinstance(value, str) or not _VOUCHER.fullmatch(value):
            _refuse_voucher(findings, kind, value, taken)


def _refuse_voucher(findings: Findings, kind: Kind, value: object, taken: Sequence[object]) -> None:
    """Say which ids a token can carry: fewer than a card does, whose vouchers are named after any event's id."""
    if not isinstance(value, str):
        findings.add("token.voucher", "voucher", f"got {quoted(value)}, need text", "give Voucher.id")
        return
    left = wire.room(kind) - sum(len(one) + 1 for one in taken if isinstance(one, str)) if taken else 0
    most = f"at most {left} characters of " if left > 0 else ""
    hint = f"use {most}A-Z a-z 0-9 _ -, with one number at the end (.1) if any, or keep such an id for it"
    findings.add("token.voucher", "voucher", f"{quoted(value)} cannot be put in a token", hint)


def _check_life(findings: Findings, kind: Kind, valid_for: object, nonce: object) -> None:
    if not SHAPES[kind].one_time:
        _refuse_extra(findings, kind, "valid_for", valid_for)
        _refuse_extra(findings, kind, "nonce", nonce)
        return
    hint = "give 1 second to 5 years, such as timedelta(minutes=5)"
    if valid_for is None:
        findings.add("token.missing", "valid_for", "missing", hint)
    elif not isinstance(valid_for, timedelta):
        findings.add("token.life", "valid_for", f"got {quoted(valid_for)}, need a timedelta", hint)
    elif not _SHORTEST <= valid_for <= _LONGEST:
        findings.add("token.life", "valid_for", f"{valid_for} is out of range", hint)
    if nonce is not None and not (isinstance(nonce, str) and _NONCE.fullmatch(nonce)):
        hint = "leave it out, or use secrets.token_hex(8)"
        findings.add("token.nonce", "nonce", "not 16 hexadecimal digits in lower case", hint)


def _refuse_extra(findings: Findings, kind: Kind, name: str, value: object) -> None:
    if value is not None:
        findings.add("token.extra", name, f"a {kind} token has none", "leave it out")


def _check_length(findings: Findings, kind: Kind, key: str, carried: Mapping[str, str]) -> None:
    limit = wire.room(kind) - len(key) - len(carried)  # One dot before each.
    over = sum(map(len, carried.values())) - limit
    if over > 0:
        name = max(reversed([*carried]), key=lambda one: len(carried[one]))
        size = len(carried[name])
        share = f"{' and '.join(carried)} share {limit} characters of a {kind} token with the key {key}"
        fix = "shorten one, or keep a short id for the voucher" if kind == "voucher" else "shorten one"
        findings.add("token.length", name, f"{size} characters, over {max(size - over, 0)}", f"{fix}: {share}")
        findings.finish()
