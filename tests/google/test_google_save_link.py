import base64
import copy
import json
import pickle
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from walletcard import google
from walletcard.errors import InvalidCardError, InvalidDocumentError, KeyMaterialError, SecretStaysError
from walletcard.google import ServiceAccount
from walletcard.model import Face, Field, Picture
from walletcard.testing._google import ThrowawayServiceAccount

ISSUER = "3388000000012345678"
PREFIX = "https://pay.google.com/gp/v/save/"
FORMS = ("whole", "compact", "object", "id")


def token_of(link: google.SaveLink) -> str:
    assert link.url.startswith(PREFIX)
    return link.url.removeprefix(PREFIX)


def claims_of(link: google.SaveLink, throwaway: ThrowawayServiceAccount) -> dict[str, Any]:
    """Verify the link with the public key and return its claims."""
    options: Any = {"require": ["iss", "aud", "iat"], "verify_iat": False}
    found: dict[str, Any] = jwt.decode(
        token_of(link), throwaway.public_pem, algorithms=["RS256"], audience="google", options=options
    )
    return found


@pytest.fixture
def small(cafe: Face) -> Face:
    """A card without anything that could be left out."""
    return replace(cafe, fields=(), balances=cafe.balances[:1], strip=None)


def test_a_link_carries_what_google_asks_for(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at)

    claims = claims_of(link, throwaway)
    assert jwt.get_unverified_header(token_of(link)) == {"alg": "RS256", "typ": "JWT"}
    assert claims["iss"] == throwaway.client_email
    assert (claims["aud"], claims["typ"], claims["origins"]) == ("google", "savetowallet", [])
    assert claims["iat"] == int(at.timestamp())
    assert claims.keys() == {"aud", "iat", "iss", "origins", "payload", "typ"}
    assert google.lint("claims", claims) == ()


def test_the_signature_holds_without_any_jwt_library(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at)

    signed, _, signature = token_of(link).rpartition(".")
    key = serialization.load_pem_public_key(throwaway.public_pem)
    assert isinstance(key, rsa.RSAPublicKey)
    raw = base64.urlsafe_b64decode(signature + "==")
    key.verify(raw, signed.encode(), padding.PKCS1v15(), hashes.SHA256())


def test_the_claims_are_canonical_utf8_json(spa: Face, account: ServiceAccount, at: datetime) -> None:
    link = google.save_link(spa, account=account, issuer_id=ISSUER, at=at)

    payload = token_of(link).split(".")[1]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    assert "נועה לוי".encode() in raw
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_card_that_fits_is_sent_whole(
    small: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    link = google.save_link(small, account=account, issuer_id=ISSUER, at=at)

    made = google.resources(small, issuer_id=ISSUER)
    assert (link.form, link.left_out) == ("whole", ())
    assert claims_of(link, throwaway)["payload"] == {"loyaltyClasses": [made.class_], "loyaltyObjects": [made.object]}


def test_a_card_that_does_not_fit_is_sent_compact_and_says_what_stayed_behind(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at)

    made = google.resources(cafe, issuer_id=ISSUER)
    payload = claims_of(link, throwaway)["payload"]
    heavy = {"textModulesData", "classTemplateInfo", "heroImage"}
    assert link.form == "compact"
    assert link.left_out == ("text modules", "template", "hero")
    assert payload["loyaltyClasses"] == [{k: v for k, v in made.class_.items() if k not in heavy}]
    assert payload["loyaltyObjects"] == [{k: v for k, v in made.object.items() if k not in heavy}]


def test_where_only_the_hero_is_too_much_the_texts_stay(
    small: Face,
    cafe: Face,
    account: ServiceAccount,
    throwaway: ThrowawayServiceAccount,
    at: datetime,
    picture: Picture,
) -> None:
    """A host, which a link may have no room for, costs a card nothing that it had without."""
    hosted: Any = {"pictures": {"hero": picture}, "host": lambda one: f"https://pics.example.com/{one.key}.png"}
    seen = set()
    for size in range(0, 600, 30):
        note = Field.back("note", "Note", "x" * (size + 1))
        face = replace(small, balances=(), fields=(note,), barcode=None, strip=cafe.strip)
        without = google.save_link(face, account=account, issuer_id=ISSUER, at=at)
        link = google.save_link(face, account=account, issuer_id=ISSUER, at=at, **hosted)

        full = google.resources(face, issuer_id=ISSUER, **hosted)
        assert link == google.save_link_of(full, account=account, at=at)
        [sent] = claims_of(link, throwaway)["payload"]["loyaltyObjects"]
        assert (link.form, "hero" in link.left_out) == (without.form, "heroImage" not in sent)
        if "hero" in link.left_out:
            assert link == without
        else:
            assert sent == full.object
        seen.add((link.form, link.left_out))
    assert seen == {("whole", ()), ("whole", ("hero",)), ("compact", ("text modules", "hero"))}


def test_left_out_names_only_what_the_card_had(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    def left_out(face: Face, **pictures: Any) -> tuple[str, ...]:
        return google.save_link(face, account=account, issuer_id=ISSUER, at=at, form="compact", **pictures).left_out

    bare = replace(cafe, fields=(), balances=(), strip=None)
    assert left_out(bare) == ()
    assert left_out(replace(bare, balances=cafe.balances)) == ("template",)
    assert left_out(replace(bare, fields=(Field.back("a", "b", "c"),))) == ("text modules",)
    assert left_out(replace(bare, strip=cafe.strip)) == ("hero",)


def test_the_hero_goes_along_in_the_object_form(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime, picture: Picture
) -> None:
    link = google.save_link(
        cafe,
        account=account,
        issuer_id=ISSUER,
        at=at,
        form="object",
        pictures={"hero": picture},
        host=lambda one: f"https://pics.example.com/{one.key}.png",
    )

    payload = claims_of(link, throwaway)["payload"]
    assert link.left_out == ()
    assert payload.keys() == {"loyaltyObjects"}
    assert payload["loyaltyObjects"][0]["heroImage"]["sourceUri"]["uri"].startswith("https://pics.example.com/")


def test_the_id_form_tells_nothing_but_the_id(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, form="id")

    assert link.left_out == ()
    assert claims_of(link, throwaway)["payload"] == {"loyaltyObjects": [{"id": f"{ISSUER}.copper-kettle.CK-7F3A29"}]}


@pytest.mark.parametrize("form", ["auto", "compact", "object", "id"])
def test_every_form_of_both_cards_fits(cafe: Face, spa: Face, account: ServiceAccount, at: datetime, form: str) -> None:
    for face in (cafe, spa):
        link = google.save_link(face, account=account, issuer_id=ISSUER, at=at, form=form)
        assert link.length == len(token_of(link)) <= 1_800


def test_hebrew_fits_as_english_does(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    """A letter costs two bytes, not the six of an escape."""
    english = replace(cafe, issuer="Lotus Spa", title="Lotus Spa", member="Noa Levi", locale="en")
    hebrew = replace(cafe, issuer="לוטוס ספא", title="לוטוס ספא", member="נועה לוי", locale="he")

    lengths = [google.save_link(one, account=account, issuer_id=ISSUER, at=at).length for one in (english, hebrew)]

    letters = sum(len(text.replace(" ", "")) for text in ("לוטוס ספא",) * 3 + ("נועה לוי",))
    assert 0 <= lengths[1] - lengths[0] <= letters * 4 / 3 + 4


def test_a_form_that_does_not_fit_is_one_error_with_every_length(
    cafe: Face, account: ServiceAccount, at: datetime
) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, form="whole")

    [issue] = caught.value.issues
    assert issue.code == "link.too-long"
    assert all(f"{form} " in issue.message for form in FORMS)
    assert 'form="compact"' in issue.hint


def test_what_fits_in_no_way_points_to_the_form_that_does(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    extra = {"object": {"smartTapRedemptionValue": "x" * 2_000}}

    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, extra=extra)

    assert caught.value.code == "link.too-long"
    assert 'form="id"' in caught.value.hint
    assert len(str(caught.value)) <= 240


def test_the_longest_card_ids_still_fit_by_id(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    face = replace(cafe, id="x" * 64, program="p" * 64)

    assert google.save_link(face, account=account, issuer_id=ISSUER, at=at, form="id").length <= 1_800


def test_the_same_card_key_and_moment_give_the_same_link(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    one = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at)
    two = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at.astimezone(timezone(timedelta(hours=2))))

    assert one == two


def test_without_a_moment_it_is_signed_now(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount
) -> None:
    before = int(datetime.now(UTC).timestamp())

    link = google.save_link(cafe, account=account, issuer_id=ISSUER)

    assert before <= claims_of(link, throwaway)["iat"] <= before + 60


def test_origins_stand_in_the_claims(
    cafe: Face, account: ServiceAccount, throwaway: ThrowawayServiceAccount, at: datetime
) -> None:
    origins = ["https://example.com", "www.example.com", "https://example.com:8443"]

    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, origins=origins)

    assert claims_of(link, throwaway)["origins"] == origins


@pytest.mark.parametrize(
    ("origins", "where"),
    [
        (["https://x.de/a"], "origins[0]"),
        (["https://x.de", "http://x.de"], "origins[1]"),
        (["*"], "origins[0]"),
        (["https://a b"], "origins[0]"),
        ([5], "origins[0]"),
        ("https://x.de", "origins"),
        (None, "origins"),
    ],
)
def test_origins_that_break_the_button_are_refused(
    cafe: Face, account: ServiceAccount, at: datetime, origins: Any, where: str
) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, origins=origins)

    assert [issue.where for issue in caught.value.issues] == [where]


def test_a_path_in_an_origin_is_answered_with_the_origin(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    with pytest.raises(InvalidDocumentError, match=r"has a path; give just https://x\.de"):
        google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, origins=["https://x.de/a"])


@pytest.mark.parametrize(
    ("moment", "code"),
    [(datetime(2026, 1, 1), "time.naive"), (date(2026, 1, 1), "time.type"), (0, "time.type"), ("now", "time.type")],  # noqa: DTZ001
)
def test_a_moment_needs_its_zone(cafe: Face, account: ServiceAccount, moment: Any, code: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, at=moment)

    assert (caught.value.code, caught.value.where) == (code, "at")


@pytest.mark.parametrize("wrong", [None, "key file", {"type": "service_account"}, b"{}"])
def test_what_is_no_account_is_refused_and_not_shown(cafe: Face, at: datetime, wrong: Any) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        google.save_link(cafe, account=wrong, issuer_id=ISSUER, at=at)

    assert caught.value.code == "account.type"
    assert "key file" not in str(caught.value)


def test_an_unknown_form_is_named(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, form="compakt")

    assert caught.value.code == "link.form"
    assert caught.value.hint == 'did you mean "compact"?'


def test_a_link_never_shows_itself(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at)

    shown = f"{link!r} {link}"
    assert not any(part in shown for part in token_of(link).split("."))
    assert "compact" in shown


def test_threads_share_an_account(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    links: list[google.SaveLink] = []

    def work() -> None:
        links.extend(google.save_link(cafe, account=account, issuer_id=ISSUER, at=at) for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(links) == 80
    assert len(set(links)) == 1


def test_whole_is_chosen_exactly_as_long_as_it_fits(small: Face, account: ServiceAccount, at: datetime) -> None:
    """The choice made before signing is the one that the finished token bears out."""
    forms = []
    for size in range(0, 900, 37):
        face = replace(small, balances=(), fields=(Field.back("note", "Note", "x" * (size + 1)),))
        link = google.save_link(face, account=account, issuer_id=ISSUER, at=at)
        whole_fits = _fits(face, account, at)
        assert (link.form == "whole") is whole_fits
        forms.append(link.form)
    assert {"whole", "compact"} == set(forms)


def _fits(face: Face, account: ServiceAccount, at: datetime) -> bool:
    try:
        return google.save_link(face, account=account, issuer_id=ISSUER, at=at, form="whole").length <= 1_800
    except InvalidDocumentError:
        return False


def test_a_link_is_never_pickled_and_a_copy_is_itself(cafe: Face, account: ServiceAccount, at: datetime) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, at=at)

    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(SecretStaysError) as caught:
            pickle.dumps([link], protocol)
        assert (caught.value.code, caught.value.where) == ("key.pickle", "save link")
        assert not any(part in str(caught.value) for part in token_of(link).split("."))
    assert copy.copy(link) is link
    assert copy.deepcopy([link])[0] is link
    with pytest.raises(AttributeError):
        link.form = "whole"  # type: ignore[misc]  # It is frozen.


@pytest.mark.parametrize("port", ["0", "65536", "99999"])
def test_an_origin_with_a_port_that_does_not_exist_is_refused(
    cafe: Face, account: ServiceAccount, at: datetime, port: str
) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, origins=[f"https://example.com:{port}"])

    assert (caught.value.code, caught.value.where) == ("origins.invalid", "origins[0]")
    assert google.save_link(cafe, account=account, issuer_id=ISSUER, at=at, origins=["https://example.com:65535"])
