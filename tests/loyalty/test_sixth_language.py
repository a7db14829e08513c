"""A programme in a language that walletcard does not speak: its own phrases, and no English anywhere."""

import json
from importlib.resources import files
from typing import Any

import pytest
from tests.cards import at, cafe

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import BackText, Earn, Points

CATALOGUE: dict[str, Any] = json.loads(
    files("walletcard.words").joinpath("languages", "en.json").read_text(encoding="utf-8")
)["phrases"]
MARK = "§"


def foreign(phrase: Any) -> Any:
    """A phrase with the same placeholders and not one English word: the mark stands for the words."""
    if isinstance(phrase, dict):
        return {"one": foreign(phrase["one"]), "other": foreign(phrase["other"])}
    holes = [part.split("}")[0] for part in phrase.split("{")[1:]]
    return MARK + ("%@" if "%@" in phrase else "") + "".join(f" {{{name}}}" for name in holes)


def german(**changes: Any) -> wc.Program:
    words = {key: {"de": foreign(phrase)} for key, phrase in CATALOGUE.items()}
    return cafe(
        locale="de",
        name="Kesselhaus",
        issuer="Kesselhaus",
        rule_text=None,
        back=(BackText("Wo", "Mühlweg 12"),),
        stamps={"unit": "stamps", "reward": wc.Reward(id="coffee", title="Gratiskaffee", points=5)},
        points=Points(
            earn=(Earn(metric="visit", points=3, valid_days=30),),
            catalogue=(wc.Reward(id="cake", title="Kuchen", points=4),),
        ),
        words={**words, **changes},
        limits=wc.Limits(min_interval_minutes=10),
    )


def test_no_english_on_its_faces_at_its_till_and_in_its_notices() -> None:
    club = german()
    own = {"Kesselhaus", "Gratiskaffee", "Kuchen", "Mühlweg 12", "Wo", "Ida"}
    card = wc.join(club, id="K1", member="Ida", at=at(8))
    events = [wc.Event.visit(id=f"v{n}", at=at(9 + n), stamps=4) for n in range(3)]
    events += [wc.Event.visit(id="soon", at=at(11, 1)), wc.Event.redeem(id="r", at=at(12))]

    texts: set[str] = set()
    for event in events:
        before = card
        card, outcome = wc.apply(club, card, event)
        shown = wc.face(club, card, at=event.at, since=before)
        texts |= {outcome.text, shown.alt, shown.description, *(notice.text for notice in outcome.notices)}
        texts |= {text for one in shown.fields for text in (one.label, one.value, one.change or MARK)}
        texts |= {text for one in shown.balances for text in (one.label, one.text)}
    texts |= {notice.text for notice in wc.due(club, card, at=at(9).replace(year=2027), birthday=(11, 21))}

    words = {word for text in texts for word in text.replace(MARK, " ").split()}
    left = {word for word in words if word.strip("%@.,:×/0123456789").isalpha()}
    assert left <= {part for text in own for part in text.split()} | {"Nov."}, left


def test_one_missing_phrase_is_an_error_that_names_it() -> None:
    club = german()
    short = german(member_label={"he": "x"})

    assert wc.join(club, id="K1", at=at(8)).id == "K1"
    with pytest.raises(InvalidCardError) as refused:
        wc.join(short, id="K1", at=at(8))

    assert (refused.value.code, refused.value.where) == ("words.missing", "words.member_label")


@pytest.mark.parametrize("club", [german(member_label={"he": "x"}), german(member_labels="x"), cafe(locale="de")])
def test_what_stops_everybody_from_joining_is_said_before(club: wc.Program) -> None:
    with pytest.raises(InvalidCardError) as refused:
        wc.join(club, id="K1", at=at(8))

    said = [(one.code, one.where, one.message, one.hint) for one in club.check() if one.severity == "warning"]
    assert said == [(one.code, one.where, one.message, one.hint) for one in refused.value.issues]
    assert not [one for one in german().check() if one.severity == "warning"]


def test_phrases_without_a_language_are_in_the_programmes_own() -> None:
    club = german(**{key: foreign(phrase) for key, phrase in CATALOGUE.items()})

    face = wc.face(club, wc.join(club, id="K1", at=at(8)), at=at(9))

    assert face.balances[0].label == MARK
