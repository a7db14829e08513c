"""What a programme lacks to speak a language, asked on joining: later on, a missing word must not stop a stamp."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from walletcard.errors import InvalidCardError, Issue
from walletcard.model import Program, Unit
from walletcard.model._text import in_language
from walletcard.words._book import phrase_book


@lru_cache(maxsize=256)
def unspoken(program: Program, locale: str) -> tuple[Issue, ...]:
    """Return which texts a card in a language may come to show and nobody has given."""
    try:
        book = phrase_book(locale, program.words, home=program.locale)
        for key in book.missing()[:1]:
            book.say(key)  # Raises, and says how many are missing.
    except InvalidCardError as error:
        return error.issues
    issues: list[Issue] = []
    for where, text in _texts(program):
        try:
            in_language(text, locale, where=where)
        except InvalidCardError as error:
            issues.extend(error.issues)
    return tuple(issues)


def _texts(program: Program) -> Iterator[tuple[str, Any]]:
    """Yield every text that a programme's cards may show, with its place."""
    for name in ("name", "issuer", "description", "rule_text"):
        if getattr(program, name) is not None:
            yield f"program.{name}", getattr(program, name)
    for place, text in enumerate(program.back):
        yield f"back[{place}].label", text.label
        yield f"back[{place}].text", text.text
    for place, link in enumerate(program.links):
        yield f"links[{place}].label", link.label
    for place, spot in enumerate(program.places):
        if spot.text is not None:
            yield f"places[{place}].text", spot.text
    for reward in program.rewards():
        yield f"reward {reward.id}.title", reward.title
        if reward.in_sentence is not None:
            yield f"reward {reward.id}.in_sentence", reward.in_sentence
    if program.stamps is not None and isinstance(program.stamps.unit, Unit):
        yield "unit.label", program.stamps.unit.label
        yield "unit.left", program.stamps.unit.left
    for tier in program.tiers:
        yield f"tier {tier.id}.name", tier.name
        if tier.to_label is not None:
            yield f"tier {tier.id}.to_label", tier.to_label
        for place, benefit in enumerate(tier.benefits):
            yield f"tier {tier.id}.benefits[{place}]", benefit
    for place, benefit in enumerate(program.membership.benefits if program.membership else ()):
        yield f"membership.benefits[{place}]", benefit
    for name, rule in (("points.label", program.points and program.points.label),
                       ("membership.title", program.membership and program.membership.title),
                       ("gift.title", program.gift and program.gift.title)):  # fmt: skip
        if rule:
            yield name, rule
