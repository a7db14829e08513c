"""What we make, against Google's full discovery document, by a walker of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from _six_cards import Member, members
from tests.google.discovery import faults
from tests.google.full_documents import KINDS, full

import walletcard as wc
from walletcard import google, render
from walletcard.google import ServiceAccount
from walletcard.model import Balance, Barcode, Face, Field, Money, Notice, Picture

ISSUER = "3388000000012345678"


def variants(cafe: Face, spa: Face) -> Iterator[Face]:
    yield cafe
    yield spa
    notices = tuple(Notice(id=f"n{n}", key="k", text="Ready: Free coffee") for n in range(3))
    yield replace(cafe, notices=notices, announces="notice")
    for state in ("complete", "expired", "closed"):
        yield replace(
            spa, state=state, valid_from=datetime(2026, 1, 1, tzinfo=UTC), expires=datetime(2027, 1, 1, tzinfo=UTC)
        )
    for form in ("aztec", "code128", "pdf417"):
        yield replace(cafe, barcode=Barcode(message="A1", format=form))
    yield replace(
        cafe,
        barcode=Barcode(message="מועדון", alt="club"),
        balances=(Balance(label="C", text="x", amount=Money(5, "KWD")),),
    )
    yield Face.gift(
        id="SW-1",
        issuer="Still Waters",
        title="Gift voucher",
        description="Gift voucher",
        locale="en-GB",
        design=cafe.design,
        balance=Money(6000, "GBP"),
        expires=datetime(2027, 1, 1, tzinfo=UTC),
    )
    yield replace(cafe, tier="gold", fields=(Field.front("tier", "Level", "Gold"), *cafe.fields))
    yield replace(cafe, barcode=None, balances=(), fields=(), member=None, strip=None)
    yield replace(cafe, fields=tuple(Field.front(f"f{n}", "L", "V", slot="primary") for n in range(7)))


def test_classes_and_objects_hold_only_what_google_documents(
    cafe: Face, spa: Face, schemas: Mapping[str, Any], picture: Picture
) -> None:
    for face in variants(cafe, spa):
        other = replace(face, locale="ru", title="Чайник", notices=())
        made = google.resources(
            face,
            issuer_id=ISSUER,
            pictures={"hero": picture},
            host=lambda one: f"https://p.example/{one.key}.png",
            translations=(other,),
        )

        found = [
            *faults(made.class_, schemas[f"{made.kind[0].upper()}{made.kind[1:]}Class"], schemas, "class"),
            *faults(made.object, schemas[f"{made.kind[0].upper()}{made.kind[1:]}Object"], schemas, "object"),
        ]
        assert found == []


def test_the_walker_finds_faults(cafe: Face, schemas: Mapping[str, Any]) -> None:
    body = google.resources(cafe, issuer_id=ISSUER).object

    changes: list[dict[str, Any]] = [
        {"x": 1},
        {"kind": "k"},
        {"state": "active"},
        {"hasUsers": "yes"},
        {"messages": {}},
        {"barcode": []},
    ]
    for change in changes:
        assert list(faults(body | change, schemas["LoyaltyObject"], schemas, "object"))


def test_our_lint_finds_what_the_walker_finds(cafe: Face, schemas: Mapping[str, Any]) -> None:
    """Every key of the object, given a value of every JSON type: both judges agree on what is wrong."""
    body = google.resources(cafe, issuer_id=ISSUER).object
    values: list[Any] = ["text", 7, 1.5, True, [], {}, ["text"], [{}], [7], {"x": 1}]

    for key in [*schemas["LoyaltyObject"]["properties"], "unknownKey"]:
        for value in values:
            changed = body | {key: value}
            mine = any(
                issue.where.startswith(f"LoyaltyObject.{key}") for issue in google.lint("LoyaltyObject", changed)
            )
            theirs = list(faults({key: value}, {"$ref": "LoyaltyObject"}, schemas, "o"))
            assert mine or not theirs, (key, value, theirs)


@pytest.mark.parametrize("kind", KINDS)
def test_full_documents_of_every_type_are_what_google_documents(kind: str, schemas: Mapping[str, Any]) -> None:
    assert list(faults(full(kind), schemas[kind], schemas, kind)) == []


@pytest.mark.parametrize("member", list(members()), ids=lambda member: member.name)
def test_the_six_acceptance_cards_are_what_google_documents(member: Member, schemas: Mapping[str, Any]) -> None:
    face = wc.face(member.program, member.card, at=member.at)
    made = google.resources(
        face,
        issuer_id=ISSUER,
        pictures=render.pictures(face, wallet="google"),
        host=lambda one: f"https://p.example/{one.key}.png",
    )

    kind = f"{made.kind[0].upper()}{made.kind[1:]}"
    assert list(faults(made.class_, schemas[f"{kind}Class"], schemas, "class")) == []
    assert list(faults(made.object, schemas[f"{kind}Object"], schemas, "object")) == []
    assert google.lint(f"{kind}Class", made.class_) == google.lint(f"{kind}Object", made.object) == ()


@pytest.mark.parametrize("form", ["auto", "id"])
@pytest.mark.parametrize("member", list(members()), ids=lambda member: member.name)
def test_the_six_acceptance_cards_fit_into_links(member: Member, form: str, account: ServiceAccount) -> None:
    face = wc.face(member.program, member.card, at=member.at)

    link = google.save_link(face, account=account, issuer_id=ISSUER, form=form, at=member.at)

    assert link.length <= 1_800
