"""What cards say alike is made once; each face is the one that would be made anew."""

from datetime import UTC, datetime

from tests.cards import cafe

import walletcard as wc
from walletcard.loyalty import _back, _kept, _said, _stamp_words

AT = datetime(2026, 11, 21, 16, tzinfo=UTC)
PROGRAM = cafe()


def card(member: str | None, stamps: int = 3) -> wc.Card:
    joined = wc.join(PROGRAM, id=f"CK-{stamps}", member=member, at=AT)
    return wc.apply(PROGRAM, joined, wc.Event.grant(id="paper", at=AT, stamps=stamps, reason="paper card"))[0]


def forget() -> None:
    for kept in (_said._said, _kept.kept_field, _kept.kept_strip, _kept.kept_balance, _stamp_words.stamp_words):
        kept.cache_clear()
    _back._constant.cache_clear()


def test_each_member_has_a_face_of_their_own() -> None:
    names = [wc.face(PROGRAM, card(name), at=AT) for name in ("Priya", "Ben", None)]

    shown = [[one.value for one in face.fields if one.key == "member"] for face in names]

    assert shown == [["Priya"], ["Ben"], []]
    assert [face.member for face in names] == ["Priya", "Ben", None]


def test_a_face_equals_the_one_made_anew() -> None:
    for stamps in range(1, 9):
        wc.face(PROGRAM, card("Somebody Else", stamps), at=AT)
        after_others = wc.face(PROGRAM, card("Priya", stamps), at=AT)
        forget()

        assert after_others == wc.face(PROGRAM, card("Priya", stamps), at=AT)


def test_another_code_is_checked_although_the_card_stands_alike() -> None:
    wc.face(PROGRAM, card("Priya"), at=AT)

    assert wc.face(PROGRAM, card("Priya"), at=AT, code="other").barcode == wc.Barcode(message="other", alt="CK-3")


def test_a_programme_with_other_words_says_them() -> None:
    wc.face(PROGRAM, card("Priya"), at=AT)
    other = cafe(words={"next_label": "Coming up"})

    labels = [one.label for one in wc.face(other, card("Priya"), at=AT).fields]

    assert "Coming up" in labels
    assert "Next reward" not in labels
