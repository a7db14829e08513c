from dataclasses import replace
from typing import Any

import pytest
from tests.cards import at, cafe, priya

import walletcard as wc
from walletcard import google
from walletcard.errors import InvalidCardError
from walletcard.google import ServiceAccount
from walletcard.model import Balance, Face, Field, Notice, Picture, StripSpec

ISSUER = "3388000000012345678"
HEBREW = {"Next reward": "ההטבה הבאה", "Free coffee": "קפה במתנה", "Member": "שם", "Stamps": "חותמות"}


def hebrew(face: Face) -> Face:
    """Return the same card in Hebrew: each text has another, known or made up."""
    fields = tuple(
        replace(
            one,
            label=HEBREW.get(one.label, f"ל {one.label}"),
            value=one.value if one.key == "member" else HEBREW.get(one.value, f"ע {one.value}"),
            change=None,
        )
        for one in face.fields
    )
    balances = tuple(replace(one, label=HEBREW.get(one.label, f"ל {one.label}")) for one in face.balances)
    strip = replace(face.strip, alt="כרטיס חותמות") if isinstance(face.strip, StripSpec) else None
    return replace(face, locale="he", title="קפה נחושת", fields=fields, balances=balances, strip=strip, direction="rtl")


def said(localized: Any) -> dict[str, str]:
    """Return a localised text by language."""
    return {one["language"]: one["value"] for one in (localized["defaultValue"], *localized["translatedValues"])}


def test_every_text_of_the_class_has_its_twin(cafe: Face) -> None:
    made = google.resources(cafe, issuer_id=ISSUER, translations=(hebrew(cafe),)).class_

    assert made["programName"] == "Copper Kettle Coffee"
    assert said(made["localizedProgramName"]) == {"en-GB": "Copper Kettle Coffee", "he": "קפה נחושת"}
    assert said(made["localizedAccountNameLabel"]) == {"en-GB": "Member", "he": "שם"}
    assert said(made["programLogo"]["contentDescription"])["he"] == "קפה נחושת"
    assert "localizedIssuerName" not in made  # It is the same in both.
    how = made["textModulesData"][0]
    assert (said(how["localizedHeader"])["he"], how["header"]) == ("ל How it works", "How it works")
    assert said(how["localizedBody"])["he"].startswith("ע Buy 9 coffees")


def test_every_text_of_the_object_has_its_twin(cafe: Face, picture: Picture) -> None:
    made = google.resources(
        cafe,
        issuer_id=ISSUER,
        translations=[hebrew(cafe)],
        pictures={"hero": picture},
        host=lambda one: f"https://p.example/{one.key}.png",
    ).object

    reward = made["textModulesData"][0]
    assert reward["header"] == "Next reward"
    assert said(reward["localizedHeader"]) == {"en-GB": "Next reward", "he": "ההטבה הבאה"}
    assert said(reward["localizedBody"]) == {"en-GB": "Free coffee", "he": "קפה במתנה"}
    assert said(made["loyaltyPoints"]["localizedLabel"]) == {"en-GB": "Stamps", "he": "חותמות"}
    assert said(made["heroImage"]["contentDescription"])["he"] == "כרטיס חותמות"
    assert made["accountName"] == "Priya S."
    assert google.lint("LoyaltyObject", made) == ()


def test_three_languages_stand_side_by_side_and_equal_texts_are_not_repeated(cafe: Face) -> None:
    russian = replace(cafe, locale="ru", title="Медный чайник")

    made = google.resources(cafe, issuer_id=ISSUER, translations=(hebrew(cafe), russian)).class_

    assert said(made["localizedProgramName"]).keys() == {"en-GB", "he", "ru"}
    assert said(made["localizedAccountNameLabel"]).keys() == {"en-GB", "he"}


def test_notices_are_matched_by_their_ids(cafe: Face) -> None:
    one, two = Notice(id="a", key="k", text="Ready"), Notice(id="b", key="k", text="Soon")
    face = replace(cafe, notices=(one, two))
    other = replace(hebrew(cafe), notices=(replace(two, text="בקרוב"),))

    made = google.resources(face, issuer_id=ISSUER, translations=(other,)).object["messages"]

    assert said(made[1]["localizedBody"]) == {"en-GB": "Soon", "he": "בקרוב"}
    assert "localizedBody" not in made[0]


def test_a_balance_that_google_keeps_in_one_language_is_a_warning(cafe: Face) -> None:
    other = replace(hebrew(cafe), balances=(Balance(label="חותמות", text="6 / 9"), cafe.balances[1]))

    issues = google.check(cafe, issuer_id=ISSUER, translations=(other,))

    assert [(one.code, one.severity) for one in issues] == [("translations.one", "warning")]
    assert issues[0].where == "LoyaltyObject.loyaltyPoints.balance.string"


def test_a_shortened_balance_is_spelled_out_in_both_languages(cafe: Face) -> None:
    face = replace(cafe, fields=(), balances=(Balance(label="Stamps", text="six of nine", short="6/9"),))
    other = replace(face, locale="he", balances=(Balance(label="חותמות", text="שש מתוך תשע", short="6/9"),))

    made = google.resources(face, issuer_id=ISSUER, translations=(other,)).object

    [module] = made["textModulesData"]
    assert said(module["localizedBody"]) == {"en-GB": "six of nine", "he": "שש מתוך תשע"}
    assert google.check(face, translations=(other,)) == ()


def without(face: Face, key: str) -> Face:
    return replace(face, fields=tuple(one for one in face.fields if one.key != key))


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        (lambda one: without(one, "left"), "translations.fields", '"left"'),
        (
            lambda one: replace(one, fields=(*one.fields, Field.back("more", "M", "m"))),
            "translations.fields",
            '"more"',
        ),
        (
            lambda one: replace(
                without(one, "left"), fields=(*without(one, "left").fields, Field.back("left", "", ""))
            ),
            "translations.fields",
            '"left"',
        ),
        (lambda one: replace(one, balances=()), "translations.fields", "balances"),
        (lambda one: replace(one, id="CK-OTHER"), "translations.card", "CK-OTHER"),
        (lambda one: replace(one, program="other"), "translations.card", "other"),
        (lambda one: replace(one, tier="gold"), "translations.card", "gold"),
        (lambda one: replace(one, locale="en-GB", direction="ltr"), "translations.language", "en-GB"),
    ],
)
def test_what_is_not_the_same_card_is_refused(cafe: Face, change: Any, code: str, named: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.resources(cafe, issuer_id=ISSUER, translations=(change(hebrew(cafe)),))

    [issue] = caught.value.issues
    assert issue.code == code
    assert named in str(issue)
    assert issue.where.startswith("translations[0]")
    assert [one.code for one in google.check(cafe, translations=(change(hebrew(cafe)),))] == [code]


@pytest.mark.parametrize("wrong", [None, 5, "he", {"he": 1}])
def test_what_is_no_faces_is_refused(cafe: Face, wrong: Any) -> None:
    with pytest.raises(InvalidCardError):
        google.resources(cafe, issuer_id=ISSUER, translations=wrong)


def test_one_face_alone_is_told_to_be_put_into_a_tuple(cafe: Face) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.resources(cafe, issuer_id=ISSUER, translations=hebrew(cafe))  # type: ignore[arg-type]  # The trap.

    assert caught.value.code == "translations.type"


def test_a_language_twice_is_refused(cafe: Face) -> None:
    with pytest.raises(InvalidCardError) as caught:
        google.resources(cafe, issuer_id=ISSUER, translations=(hebrew(cafe), hebrew(cafe)))

    assert [one.where for one in caught.value.issues] == ["translations[1]"]


def test_a_card_without_translations_is_as_it_was(cafe: Face) -> None:
    assert google.resources(cafe, issuer_id=ISSUER, translations=()) == google.resources(cafe, issuer_id=ISSUER)


def test_a_two_language_card_has_a_link(cafe: Face, account: ServiceAccount) -> None:
    link = google.save_link(cafe, account=account, issuer_id=ISSUER, translations=(hebrew(cafe),))
    other = wc.make_save_link(cafe, account=account, issuer_id=ISSUER, translations=(hebrew(cafe),))

    assert link.form == other.form == "compact"
    assert link.left_out == ("text modules", "template", "hero", "descriptions", "translations")
    assert link.length <= 1_800


def test_translations_stay_in_a_link_that_has_room_for_them(cafe: Face, account: ServiceAccount) -> None:
    small = replace(cafe, fields=(), balances=(), strip=None)
    other = replace(small, locale="he", title="קפה")

    link = google.save_link(small, account=account, issuer_id=ISSUER, translations=(other,), form="compact")

    assert link.left_out == ()


def test_the_faces_of_a_programme_join(account: ServiceAccount) -> None:
    club = cafe()
    own, other = (wc.face(club, priya(club, 6), at=at(10), locale=locale) for locale in ("en-GB", "en"))

    assert google.check(own, issuer_id=ISSUER, translations=(other,)) == ()
