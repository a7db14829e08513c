"""A card into its face: final text in the member's language, for any wallet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from walletcard._clock import utc_now
from walletcard.errors import InvalidCardError, Issue, quoted
from walletcard.loyalty._verbs import settle
from walletcard.loyalty._view import StampView, book_for, progress_of, stamp_view, title_of, titles_of
from walletcard.model import Balance, Barcode, Card, Face, Field, Notice, Program, Stamps, StripSpec
from walletcard.model._checks import require
from walletcard.model._strip import MAX_CELLS
from walletcard.model._text import direction_of, text_in
from walletcard.words import PhraseBook, UnitWords

FRONT_ROW = 4  # Secondary and auxiliary fields that an Apple store card shows, together.


def face(
    program: Program,
    card: Card,
    *,
    at: datetime | None = None,
    since: Card | None = None,
    locale: str | None = None,
    code: str | None = None,
    notices: Iterable[Notice] = (),
) -> Face:
    """Return what a card shows at a moment.

    Args:
        program: Its rules, words and look.
        card: Shown as `settle` would leave it at ``at``.
        at: ``None`` is now.
        since: The card before. Then one changed field announces itself on the phone (`Face.announces`), and none
            when the change is not what its phrase says. Without it, every field whose phrase is true of its value
            carries the phrase.
        locale: Another language than the card's own.
        code: What the barcode holds; the card's id when absent.
        notices: Messages to show on the card.

    Raises:
        InvalidCardError: The card belongs to another programme, ``at`` has no time zone, or a text is missing in the
            language.
    """
    at = utc_now() if at is None else at
    settled = settle(program, card, at=at)[0]
    if since is not None:
        require(since, Card, "since")
    if since is not None and (since.id, since.program) != (card.id, card.program):
        message, hint = f"is another card ({quoted(since.id)})", "pass the same card as it was before"
        raise InvalidCardError.from_issues([Issue(code="card.mismatch", where="since", message=message, hint=hint)])
    stamps = program.stamps
    assert stamps is not None, "a Program has stamps"  # noqa: S101  # Program refuses to be made without
    book, view = book_for(program, card, locale), stamp_view(settled)
    require(notices, Iterable, "notices")
    messages = tuple(notices)
    name = text_in(program.name, book.locale, where="program.name")
    announces = _announces(since, settled, view, messages) if since else None
    words = book.unit(stamps.unit, view.left)
    fields = _front(card, view, words, book) + _back(program, settled, view, book)
    return Face(
        id=card.id,
        issuer=text_in(program.issuer, book.locale, where="program.issuer"),
        title=name,
        description=_description(program, name, book),
        locale=book.locale,
        program=program.id,
        member=card.member,
        design=program.design,
        fields=tuple(_with_change(field, settled, view, since is not None, announces, book) for field in fields),
        balances=_balances(view, words, book),
        barcode=Barcode(message=card.id if code is None else code, alt=card.id),
        strip=_strip(program, stamps, settled, view, words, book),
        state="closed" if card.state == "closed" else "active",
        notices=messages,
        announces=announces,
    )


def _description(program: Program, name: str, book: PhraseBook) -> str:
    if program.description is None:
        return book.say("description", name=name)
    return text_in(program.description, book.locale, where="program.description")


def _front(card: Card, view: StampView, words: UnitWords, book: PhraseBook) -> list[Field]:
    fields = [_field(book, "stamps", words.label, progress_of(view, book), "header")]
    if view.full:
        ready = view.waiting
        value = titles_of(ready, book) if len(ready) == 1 else book.count("ready_count", len(ready))
        fields.append(_field(book, "reward", book.say("ready_label"), value, "secondary"))
    else:
        fields.append(_field(book, "reward", book.say("next_label"), title_of(view.next_reward, book), "secondary"))
        fields.append(_field(book, "left", book.say("left_label"), words.field, "secondary"))
        if view.waiting:
            value = book.count("ready_count", len(view.waiting))
            fields.append(_field(book, "waiting", book.say("rewards_label"), value, "auxiliary"))
    if card.member is not None:
        fields.append(_field(book, "member", book.say("member_label"), card.member, "auxiliary"))
    return fields


def _field(book: PhraseBook, key: str, label: str, value: str, slot: str) -> Field:
    upper = book.upper(label)
    return Field(key=key, label=label, value=value, slot=slot, front_label=upper if upper != label else None)


def _back(program: Program, card: Card, view: StampView, book: PhraseBook) -> list[Field]:
    values = {
        "rule": text_in(program.rule_text, book.locale, where="program.rule_text") if program.rule_text else "",
        "name": text_in(program.name, book.locale, where="program.name"),
        "goal": book.number(view.rules.goal),
        "cycle": book.number(view.cycle),
    }
    shared = book.locale == program.locale
    fields = []
    templates = [text_in(one.text, book.locale, where=f"back[{n}].text") for n, one in enumerate(program.back)]
    if program.rule_text and not any("{rule}" in template for template in templates):
        fields.append(_back_field("how", book.say("how_label"), values["rule"], shared=shared))
    for place, (one, template) in enumerate(zip(program.back, templates, strict=True)):
        label = text_in(one.label, book.locale, where=f"back[{place}].label")
        static = shared and not any(f"{{{name}}}" in template for name in ("goal", "cycle"))
        fields.append(_back_field(f"back_{place + 1}", label, template.format_map(values), shared=static))
    value = titles_of(view.waiting, book) if view.waiting else book.say("none_yet")
    fields.insert(1, _back_field("ready", book.say("rewards_ready_label"), value, shared=False))
    return fields


def _back_field(key: str, label: str, value: str, *, shared: bool) -> Field:
    return Field(key=key, label=label, value=value, slot="back", shared=shared)


def _announces(since: Card, card: Card, view: StampView, notices: Sequence[Notice]) -> str | None:
    """Return the key of the one field whose change a person should hear of: a reward, then stamps, then a notice."""
    known = {voucher.id for voucher in since.vouchers}
    if any(voucher.id not in known for voucher in view.waiting):
        return "ready"
    if view.count and (card.cycle, card.stamps) > (since.cycle, since.stamps):
        return "stamps"
    return "notice" if any(one.purpose == "transactional" for one in notices) else None


def _with_change(
    field: Field, card: Card, view: StampView, compared: bool, announces: str | None, book: PhraseBook
) -> Field:
    """Return the field with the phrase that the phone announces it by, where that phrase is true of it."""
    true = {"stamps": view.count > 0, "ready": bool(view.waiting)}.get(field.key, False)
    if not true or (compared and announces != field.key):
        return field
    return replace(field, change=book.say({"stamps": "stamp_added", "ready": "reward_ready"}[field.key]))


def _balances(view: StampView, words: UnitWords, book: PhraseBook) -> tuple[Balance, ...]:
    waiting = len(view.waiting)
    text = book.number(waiting)
    return (
        Balance(label=words.label, text=progress_of(view, book), short=progress_of(view, book, "progress_short")),
        Balance(label=book.say("rewards_label"), text=text, amount=waiting if text.isascii() else None),
    )


def _strip(
    program: Program, stamps: Stamps, card: Card, view: StampView, words: UnitWords, book: PhraseBook
) -> StripSpec:
    cells = min(view.rules.goal + (1 if stamps.reward_cell else 0), MAX_CELLS)
    used = {
        voucher.position
        for voucher in card.vouchers
        if voucher.cycle == view.cycle and voucher.origin == "milestone" and voucher.used
    }
    milestones = tuple(one.at for one in view.rules.milestones)
    return StripSpec(
        mode="grid",
        cells=cells,
        filled=cells if view.full else view.count,
        icon=program.design.icon,
        direction=direction_of(book.locale),
        colours=program.design.palette,
        milestones=milestones,
        used=tuple(one for one in milestones if one in used),
        reward_at=cells,
        lit=view.full,
        alt=_alt(view, words, book),
    )


def _alt(view: StampView, words: UnitWords, book: PhraseBook) -> str:
    """Return the picture in words: the same numbers as the fields, for who cannot see it."""
    parts = [book.say("alt_progress", n=book.number(view.count), goal=book.number(view.rules.goal))]
    if view.full:
        parts.append(book.say("alt_ready", title=titles_of(view.waiting, book)))
        return " ".join(parts)
    reward, title = view.next_reward, title_of(view.next_reward, book)
    if reward.in_sentence is None:
        parts.append(book.count("alt_next_title", view.left, left=words.sentence, title=title))
    else:
        sentence = text_in(reward.in_sentence, book.locale, where=f"reward {reward.id}.in_sentence")
        parts.append(book.count("alt_next", view.left, left=words.sentence, reward=sentence))
    if view.waiting:
        parts.append(book.count("alt_waiting", len(view.waiting)))
    return " ".join(parts)
