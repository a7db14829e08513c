import pytest

from walletcard.preview._markup import element, foreign, joined, listing, pair


def test_text_and_attributes_are_escaped() -> None:
    assert element("p", '<&">', title='"') == '<p title="&quot;">&lt;&amp;&quot;&gt;</p>'


def test_what_was_made_here_is_not_escaped_again() -> None:
    assert element("p", element("b", "&")) == "<p><b>&amp;</b></p>"


def test_texts_in_a_sequence_are_escaped_too() -> None:
    assert joined(["<", element("b")], None, ">") == "&lt;<b></b>&gt;"


def test_names_that_python_reserves_are_written_right() -> None:
    assert element("div", class_="a", aria_label="b", id=None) == '<div class="a" aria-label="b"></div>'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("400分 2027-02-10", ["400分 ", "<2027-02-10>"]),
        ("到期:2027-02-10,400分。", ["到期:", "<2027-02-10>", ",400分。"]),
        ("2027-02-10 2027-03-01", ["<2027-02-10>", " ", "<2027-03-01>"]),
        ("2026-12-31T18:00Z", ["2026-12-31T18:00Z"]),
        ("028-5550-0136", ["028-5550-0136"]),
        ("HA-2027-02-10", ["HA-2027-02-10"]),
        ("12027-02-10", ["12027-02-10"]),
    ],
)
def test_a_day_is_kept_together(text: str, parts: list[str]) -> None:
    marked = [f'<span class="day">{one[1:-1]}</span>' if one[0] == "<" else one for one in parts]

    assert foreign(text) == f"<bdi>{''.join(marked)}</bdi>"


def test_no_pairs_are_no_list() -> None:
    assert listing([]) == ""
    assert listing([pair("", "b")]) == "<dl><div><dt></dt><dd><bdi>b</bdi></dd></div></dl>"
