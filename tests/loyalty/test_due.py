"""What is due: each notice on its day, with an id that stays the same, in the card's language."""

from datetime import date, datetime

import pytest
from tests.businesses import anna, beijing, chen, massage, moscow, sessions, studio
from tests.cards import JERUSALEM, at, cafe, free_cafe, noa, priya, run, spa

import walletcard as wc
from walletcard.errors import InvalidCardError
from walletcard.model import Lapse, Reminders


def keys(program: wc.Program, card: wc.Card, moment: datetime, **more: tuple[int, int]) -> list[str]:
    return [notice.id for notice in wc.due(program, card, at=moment, **more)]


def visit(name: str, stamps: int = 1, day: int = 1) -> wc.Event:
    return wc.Event.visit(id=name, at=at(10, day=day), stamps=stamps)


def test_a_birthday_is_promotional_and_comes_once_a_year() -> None:
    club = cafe()
    (notice,) = wc.due(club, priya(club), at=at(9), birthday=(11, 21))

    assert (notice.id, notice.key, notice.purpose) == ("birthday:2026", "birthday", "promotional")
    assert keys(club, priya(club), at(9, day=22), birthday=(11, 21)) == []


@pytest.mark.parametrize(("year", "day", "due"), [(2027, 28, True), (2028, 28, False), (2028, 29, True)])
def test_29_february_falls_on_the_28th_in_other_years(year: int, day: int, due: bool) -> None:
    club = cafe(reminders=Reminders(comeback_days=()))

    found = keys(club, priya(club), datetime(year, 2, day, 9, tzinfo=at(9).tzinfo), birthday=(2, 29))

    assert (found == [f"birthday:{year}"]) is due


@pytest.mark.parametrize("birthday", [(13, 1), (2, 30), "21 Nov", (1,), 5])
def test_no_such_birthday_is_an_error(birthday: object) -> None:
    club = cafe()

    with pytest.raises(InvalidCardError) as refused:
        wc.due(club, priya(club), at=at(9), birthday=birthday)  # type: ignore[arg-type]  # on purpose

    assert refused.value.code == "birthday.invalid"


def test_the_birthday_of_acceptance_card_5_2() -> None:
    words = {"birthday": "יום הולדת שמח, {given}! מחכה לך קרם גוף לבנדר במתנה. בתוקף 30 יום."}
    club = spa(words=words, reminders=Reminders(comeback_days=()))

    (notice,) = wc.due(club, noa(club), at=at(9, zone=JERUSALEM), birthday=(11, 21))

    assert notice.text == "יום הולדת שמח, נועה! מחכה לך קרם גוף לבנדר במתנה. בתוקף 30 יום."


@pytest.mark.parametrize(("day", "month", "found"), [(30, 12, []), (31, 12, ["comeback:30:2026-12-01"])])
def test_come_back_after_thirty_days_and_again_after_sixty(day: int, month: int, found: list[str]) -> None:
    club = free_cafe()
    last = wc.Event.visit(id="a", at=datetime(2026, 12, 1, 10, tzinfo=at(9).tzinfo))
    card, _ = run(club, priya(club), last)

    assert keys(club, card, datetime(2026, month, day, 9, tzinfo=at(9).tzinfo)) == found
    later = datetime(2027, 2, 10, 9, tzinfo=at(9).tzinfo)
    (notice,) = wc.due(club, card, at=later)
    assert (notice.id, notice.purpose) == ("comeback:60:2026-12-01", "promotional")
    assert notice.text == "We have missed you. Your card is kept: 8 coffees to go."


def test_a_reversed_visit_does_not_count_as_coming() -> None:
    club = free_cafe(reminders=Reminders(comeback_days=(5,)))
    back = wc.Event.reverse(id="x", at=at(11, day=19), event="b")
    card, _ = run(club, priya(club), visit("a", day=2), visit("b", day=19), back)

    assert keys(club, card, at(9)) == ["comeback:5:2026-11-02"]


def test_one_visit_left_and_reward_ready() -> None:
    club = free_cafe()
    one = priya(club, 8)
    ready, outcome = run(club, one, visit("a", day=21))

    assert [(n.id, n.text) for n in wc.due(club, one, at=at(9))] == [
        ("one_left:1", "One coffee to go, then the next is on us.")
    ]
    assert [(n.id, n.text) for n in wc.due(club, ready, at=at(11))] == [("ready:a.1", "Ready for you: Free coffee")]
    assert {notice.id for notice in outcome.notices} == {"ready:a.1"}


def test_a_voucher_in_its_last_week() -> None:
    club = free_cafe()
    card, _ = run(club, priya(club, 8), visit("a", day=21))
    end = datetime(2027, 1, 13, 9, tzinfo=at(9).tzinfo)

    found = {notice.key: notice for notice in wc.due(club, card, at=end)}

    assert found["voucher_expiring"].text == "Expiring 20 Jan 2027: Free coffee"
    assert "voucher_expiring" not in {n.key for n in wc.due(club, card, at=end.replace(day=12))}


def test_points_a_month_before_their_end_with_what_is_then_left() -> None:
    """The check of acceptance card 5.4: on 2027-01-10, once, with the amount that remains then."""
    club = studio(reminders=Reminders(comeback_days=()))
    pack = wc.Event.visit(id="pack", at=beijing(2, 10), items=("moxibustion-pack10",))
    spent = wc.Event.redeem(id="r", at=beijing(3, 1), reward="lumbar")
    card, _ = run(club, chen(club), pack, spent)

    assert keys(club, card, beijing(1, 9, year=2027)) == []
    (notice,) = wc.due(club, card, at=beijing(1, 10, year=2027))
    assert (notice.id, notice.text, notice.purpose) == ("points:2027-02-10", "2027-02-10到期:400分", "transactional")
    assert keys(club, card, beijing(2, 10, year=2027)) == ["points:2027-02-10"]
    assert keys(club, card, beijing(2, 11, year=2027)) == []


def test_points_that_end_by_inactivity_are_announced_in_advance() -> None:
    rule = {"lapse": Lapse(days=90, notice_days=14)}
    club = studio(points=rule, reminders=Reminders(comeback_days=(), points_months=0))
    card, _ = run(club, chen(club), wc.Event.visit(id="a", at=beijing(1, 10), items=("acupuncture",)))

    assert keys(club, card, beijing(3, 26)) == []
    assert keys(club, card, beijing(3, 27)) == ["lapse:2026-04-10"]
    assert keys(club, card, beijing(4, 11)) == []


def test_a_level_and_a_friend() -> None:
    club = massage(reminders=Reminders(comeback_days=(), points_months=0))
    friend = wc.Event.refer(id="f", at=moscow(4, 6), friend="TC-2", event="first")
    card = wc.replay(club, anna(club), [*sessions(5), friend])

    found = {notice.id: notice.text for notice in wc.due(club, card, at=moscow(6, 1))}

    assert found == {
        "tier:silver:s5": "Ваш новый уровень: Серебро",
        "referral:f": "Друг оплатил первый сеанс: +500 баллов.",
    }


def test_a_membership_a_month_before_its_end() -> None:
    club = massage(reminders=Reminders(comeback_days=()))
    card, _ = run(club, anna(club), wc.Event.renew(id="r", at=moscow(3, 15)))

    found = keys(club, card, moscow(2, 14, year=2027))

    assert found == ["membership:2027-03-14"]


def test_a_closed_card_is_left_alone() -> None:
    club = cafe()
    card, _ = run(club, priya(club, 8), wc.Event.close(id="end", at=at(9), reason="moved"))

    assert wc.due(club, card, at=at(10).replace(year=2027), birthday=(11, 21)) == ()


def test_everything_due_has_its_own_id() -> None:
    club = massage()
    card = wc.replay(club, anna(club), [*sessions(16), wc.Event.renew(id="r", at=moscow(5, 1))])

    found = keys(club, card, moscow(12, 1), birthday=(12, 1))

    assert len(found) == len(set(found))
    assert date(2026, 12, 1).isoformat()[:4] in "".join(found)
