"""The two examples that tell a story, run as a reader runs them: the lines that matter come out."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def told(name: str) -> list[str]:
    command = [sys.executable, "-X", "utf8", str(ROOT / "examples" / f"{name}.py")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def massage() -> list[str]:
    return told("points_with_tiers")


@pytest.fixture(scope="module")
def studio() -> list[str]:
    return told("therapy_studio")


def line(lines: list[str], gloss: str) -> str:
    """What the till says where the story reaches something."""
    found = [one for one in lines if gloss in one]
    assert len(found) == 1, (gloss, lines)
    return found[0].split(gloss)[1].strip()


@pytest.mark.parametrize(
    ("gloss", "said"),
    [
        ("first session, 5 % off", "Получено: Скидка 5 %."),
        ("session 1, 3,000 roubles", "Начислено 30 баллов, баланс 30."),
        ("session 5, 3,000 roubles", "Начислено 30 баллов, баланс 150. Новый уровень: Серебро."),
        ("an annual pass", "Абонемент до 31.08.2027."),
        ("Boris' session is cancelled", "Операция отменена."),
    ],
)
def test_the_massage_says_at_the_door(massage: list[str], gloss: str, said: str) -> None:
    assert line(massage, gloss) == said


@pytest.mark.parametrize(
    ("gloss", "numbers"),
    [
        ("10 % of its price come back", ("3 600", "3 750")),
        ("Boris' first paid session", ("530",)),
        ("so Anna is thanked", ("500", "4 250")),
        ("oil for 500 points", ("500", "3 750", "Масло в подарок")),
    ],
)
def test_the_massage_counts(massage: list[str], gloss: str, numbers: tuple[str, ...]) -> None:
    said = line(massage, gloss).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    assert all(number in said for number in numbers)


def test_a_friend_who_cancels_costs_what_was_spent_of_the_bonus(massage: list[str]) -> None:
    assert massage[-1] == "Anna: level silver, 3750 points, 500 owed, pass until 2027-08-31"


@pytest.mark.parametrize(
    ("gloss", "said"),
    [
        ("lumbar therapy for 800", "已兑换:腰部理疗。本次使用800分,余额400分。"),
        ("60 for coming to a lecture", "本次获得60分,余额460分。"),
        ("the right one", "本次使用100分,余额560分。可兑换:10元优惠券。"),
        ("too dear", "卡内余额不足。"),
        ("a month more for what ends first", "有效期至2027-03-10:300分。"),
    ],
)
def test_the_studio_says_at_the_counter(studio: list[str], gloss: str, said: str) -> None:
    assert line(studio, gloss) == said


def test_the_studio_gives_a_course_of_ten_a_fifth_more(studio: list[str]) -> None:
    assert line(studio, "a course of ten").endswith(
        "本次获得1200分,余额1200分。现在可兑换:10元优惠券、足浴包、头部按摩、50元优惠券、保健枕、腰部理疗。"
    )


def test_what_was_extended_ends_a_month_later(studio: list[str]) -> None:
    assert studio[-2].startswith("2027-03-11")
    assert studio[-2].endswith("已过期:300分。")
    assert studio[-1] == "Left: 60 until 2027-05-16, 200 until 2027-06-01."
