import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.clean.html import html_to_text, looks_like_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Hello <b>world</b></p><p>second<br>line &amp; more</p>", "Hello world\n\nsecond\nline & more"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<ul><li>one</li>\n<li>two</li></ul>", "one\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a  b\nc  d"),
        ("wrapped\n  in the <b>source</b>\n", "wrapped in the source"),
        ("<pre>line 1\nline 2</pre>", "line 1\nline 2"),
        ("before<script>var a = '<b>x</b>';</script> after<style>p {}</style><b>!</b>", "before after!"),
        ("<html><head><title>Mail</title></head><body><p>Body</p></body></html>", "Body"),
        ("<!-- note --><b>kept</b>", "kept"),
        ("No luck<blockquote><p>old</p><p>text</p></blockquote>bye", "No luck\n> old\n> text\n\nbye"),
        ("<b>1 &lt; 2</b> &copy; &#8364;5", "1 < 2 © €5"),
        ("<O:P>Outlook</O:P><b>!</b>", "Outlook!"),
        ("<a href='https://x.example/?a=1'>link</a>", "link"),
    ],
)
def test_html_becomes_text(source: str, text: str) -> None:
    assert html_to_text(source) == text


@pytest.mark.parametrize(
    "text",
    [
        "I <3 this",
        "a < b and c > d",
        "if x<y then z>w",
        "a <b and c> d",
        "write to <jane@host.example>",
        "the <EMAIL> placeholder",
        "List<String> items",
        "line one\n\n  line two",
        "->>- =>",
    ],
)
def test_text_with_angle_brackets_is_left_alone(text: str) -> None:
    assert not looks_like_html(text)
    assert html_to_text(text) == text


def test_angle_brackets_that_are_no_tags_stay_within_html() -> None:
    assert html_to_text("<p>I <3 it, <jane@host.example> said 1 < 2</p>") == (
        "I <3 it, <jane@host.example> said 1 < 2"
    )


def test_entities_are_unescaped_in_plain_text() -> None:
    assert html_to_text("R&amp;D isn&#39;t AT&T &unknown;") == "R&D isn't AT&T &unknown;"


@pytest.mark.parametrize(
    "source", ["<script> broke <b>my</b> page", "<!-- open <b>end</b>", "<title> <b>x</b>"]
)
def test_an_element_that_is_never_closed_hides_nothing(source: str) -> None:
    visible = source.replace("<b>", "").replace("</b>", "")
    assert html_to_text(source) == visible


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 60_000 + "end",
        "<blockquote>" * 15_000 + "end",
        "<p " + "a=" * 90_000,
        "<!--" * 50_000 + "<b>x</b>",
    ],
    ids=["nesting", "quotes", "attributes", "comments"],
)
def test_hostile_markup_is_read_without_hanging(source: str) -> None:
    html_to_text(source)


@given(st.text(alphabet="ab <>/pbdiv=\"'&;!-\n", max_size=80))
def test_any_markup_is_read(source: str) -> None:
    html_to_text(source)
