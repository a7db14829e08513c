"""Links with several cards, what does not fit into one, the button, and what a link must not show."""

import copy
import json
import pickle
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import jwt
import pytest

from walletcard import google
from walletcard.errors import InvalidCardError, InvalidDocumentError, SecretStaysError
from walletcard.google import ServiceAccount
from walletcard.model import Design, Face, Field, Money
from walletcard.testing._google import ThrowawayServiceAccount

ISSUER = "3388000000012345678"


def claims(token: str, throwaway: ThrowawayServiceAccount) -> dict[str, Any]:
    options: Any = {"verify_iat": False}
    found: dict[str, Any] = jwt.decode(
        token, throwaway.public_pem, algorithms=["RS256"], audience="google", options=options
    )
    return found


def payload(link: google.SaveLink, throwaway: ThrowawayServiceAccount) -> dict[str, Any]:
    found: dict[str, Any] = claims(link.url.rpartition("/")[2], throwaway)["payload"]
    return found


@pytest.fixture
def voucher() -> Face:
    return Face.gift(
        id="SW-8H2K4V",
        issuer="Still Waters",
        title="Gift voucher",
        description="Still Waters gift voucher",
        locale="en-GB",
        design=Design(background="#4A2545"),
        balance=Money(6000, "GBP"),
    )


def made(*faces: Face) -> list[google.Resources]:
    return [google.resources(face, issuer_id=ISSUER) for face in faces]


def test_one_card_makes_the_same_link_either_way(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    for form in ("auto", "compact", "object", "id"):
        one = google.save_link(cafe, account=account, issuer_id=ISSUER, form=form, at=at)

        assert google.save_link_of(made(cafe)[0], account=account, form=form, at=at) == one


def test_several_cards_go_into_one_link(
    cafe: Face, spa: Face, voucher: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    link = google.save_link_of(made(cafe, voucher, spa), account=account, form="id", at=at)

    assert payload(link, throwaway) == {
        "giftCardObjects": [{"id": f"{ISSUER}.gift.SW-8H2K4V"}],
        "loyaltyObjects": [{"id": f"{ISSUER}.copper-kettle.CK-7F3A29"}, {"id": f"{ISSUER}.lotus-spa.LS-4K8P2M"}],
    }
    assert link.length <= 1_800


def test_cards_of_one_class_bring_it_once(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    bare = replace(cafe, fields=(), balances=(), strip=None, barcode=None, member=None)

    link = google.save_link_of(made(bare, replace(bare, id="CK-2")), account=account, form="compact", at=at)

    found = payload(link, throwaway)
    assert [len(found[name]) for name in ("loyaltyClasses", "loyaltyObjects")] == [1, 2]
    assert google.lint("claims", claims(link.url.rpartition("/")[2], throwaway)) == ()


def test_too_many_cards_are_one_error_with_every_length(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    many = made(*(replace(cafe, id=f"CK-{number}") for number in range(40)))

    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link_of(many, account=account, at=at)

    assert caught.value.code == "link.too-long"
    assert all(f"{form} " in caught.value.issues[0].message for form in ("whole", "compact", "object", "id"))
    assert "fewer cards" in caught.value.hint


@pytest.mark.parametrize("wrong", [(), [], None, 5, "cards", ["x"]])
def test_what_are_no_cards_is_refused(account: ServiceAccount, wrong: Any) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.save_link_of(wrong, account=account)

    assert caught.value.code == "cards.type"


def test_what_does_not_fit_is_handed_over_whole(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    [resources] = made(cafe)

    request = google.insert_of(resources, account=account, at=at)

    assert request.url == "https://walletobjects.googleapis.com/walletobjects/v1/jwt"
    body = json.loads(request.body)
    assert body.keys() == {"jwt"}
    assert len(body["jwt"]) > 1_800
    assert claims(body["jwt"], throwaway)["payload"] == {
        "loyaltyClasses": [resources.class_],
        "loyaltyObjects": [resources.object],
    }


def test_a_request_shows_nothing_of_what_it_holds(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    request = google.insert_of(made(cafe), account=account, at=at)

    assert "eyJ" not in f"{request!r} {request}"
    with pytest.raises(SecretStaysError):
        pickle.dumps(request)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] = dict(attrs)


def test_the_button_is_googles_artwork_with_its_wording(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at)
    tags = Tags()

    tags.feed(link.button('/add-to-wallet.svg?a=1&b="2"'))

    assert tags.found["a"]["href"] == link.url
    assert tags.found["img"]["src"] == '/add-to-wallet.svg?a=1&b="2"'
    assert tags.found["img"]["alt"] == "Add to Google Wallet"
    assert "Dodaj do Portfela Google" in link.button("/pl.svg", alt="Dodaj do Portfela Google")


@pytest.mark.parametrize(
    ("extra", "secret"),
    [
        (
            {
                "rotatingBarcode": {
                    "type": "QR_CODE",
                    "valuePattern": "{totp_value_0}",
                    "totpDetails": {
                        "periodMillis": "30000",
                        "algorithm": "TOTP_SHA1",
                        "parameters": [{"key": "3132333435", "valueLength": 8}],
                    },
                }
            },
            "3132333435",
        ),
        ({"pin": "4711"}, "4711"),
    ],
)
def test_a_link_does_not_show_what_only_the_till_may_know(
    voucher: Face, account: ServiceAccount, extra: Any, secret: str
) -> None:
    for form in ("auto", "whole", "compact", "object"):
        with pytest.raises(InvalidDocumentError) as caught:
            google.save_link(voucher, account=account, issuer_id=ISSUER, form=form, extra={"object": extra})
        assert caught.value.code == "link.secret"
        assert "link by id" in caught.value.hint
        assert secret not in str(caught.value)

    by_id = google.save_link(voucher, account=account, issuer_id=ISSUER, form="id", extra={"object": extra})
    told = google.save_link(
        voucher, account=account, issuer_id=ISSUER, form="object", extra={"object": extra}, allow=["link.secret"]
    )
    assert (by_id.form, told.form) == ("id", "object")


def test_a_card_that_hardly_fits_goes_without_the_names_of_its_pictures(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    seen = set()
    for size in range(0, 64, 4):
        face = replace(cafe, title="Кофе" + "й" * size)
        link = google.save_link(face, account=account, issuer_id=ISSUER, at=at)
        logo = payload(link, throwaway)["loyaltyClasses"][0]["programLogo"]
        assert ("contentDescription" in logo) == ("descriptions" not in link.left_out)
        seen.add("descriptions" in link.left_out)
    assert seen == {True, False}


def test_fields_are_no_secret(cafe: Face, account: ServiceAccount) -> None:
    face = replace(cafe, fields=(Field.back("pin", "PIN", "see letter"),))

    assert google.save_link(face, account=account, issuer_id=ISSUER).form in ("whole", "compact")


def test_cards_are_left_as_they_were(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    [resources] = made(cafe)
    before = copy.deepcopy(resources.object)

    body = google.patch(replace(cafe, member="Other"), since=resources, issuer_id=ISSUER)
    body.clear()
    google.save_link_of([resources], account=account, at=at)

    assert resources.object == before == google.resources(cafe, issuer_id=ISSUER).object
