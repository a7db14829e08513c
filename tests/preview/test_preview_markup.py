from walletcard.preview._markup import element, joined, listing, pair


def test_text_and_attributes_are_escaped() -> None:
    assert element("p", '<&">', title='"') == '<p title="&quot;">&lt;&amp;&quot;&gt;</p>'


def test_what_was_made_here_is_not_escaped_again() -> None:
    assert element("p", element("b", "&")) == "<p><b>&amp;</b></p>"


def test_texts_in_a_sequence_are_escaped_too() -> None:
    assert joined(["<", element("b")], None, ">") == "&lt;<b></b>&gt;"


def test_names_that_python_reserves_are_written_right() -> None:
    assert element("div", class_="a", aria_label="b", id=None) == '<div class="a" aria-label="b"></div>'


def test_no_pairs_are_no_list() -> None:
    assert listing([]) == ""
    assert listing([pair("", "b")]) == "<dl><div><dt></dt><dd><bdi>b</bdi></dd></div></dl>"
