//! Markup to lines, case by case.

use super::super::read;
use super::{dropped, shown};

#[test]
fn markup_becomes_lines() {
    let cases: &[(&str, &[&str])] = &[
        ("<h1>A<br>B</h1><p>one\n two</p>", &["# A B", "one two"]),
        ("<h2>A<br><br><i>B</i></h2>", &["# A B"]),
        ("<h3><p>A</p><div>B</div></h3>", &["# A B"]),
        (
            "loose<p>one<div>two</div>three",
            &["loose", "one", "two", "three"],
        ),
        (
            "<div>one<br><br>two<br>three<br>&nbsp;<br>four</div>",
            &["one", "two three", "four"],
        ),
        (
            "<p><b>PRO</b>SECUTION <i>of</i> men</p>",
            &["PROSECUTION of men"],
        ),
        (
            "<p>traf&shy;fick<wbr>ing&nbsp;&nbsp;in</p>",
            &["trafficking in"],
        ),
        ("<p><a href=x>one</a><a href=y>two</a></p>", &["onetwo"]),
        (
            "<ul><li>one<li>two <b>2</b><ul><li>in</li></ul>tail</li></ul>after",
            &["- one", "- two 2", "- in", "tail", "after"],
        ),
        (
            "<ol><li><p>one</p><p>more</p></li></ol>",
            &["- one", "more"],
        ),
        ("<ul><li><b>Bold</b></li></ul>", &["- Bold"]),
        (
            "<p><b>Prosecution</b></p><p>It did.</p>",
            &["# Prosecution", "It did."],
        ),
        (
            "<p><strong> Recommendations for Chad: </strong></p>",
            &["# Recommendations for Chad:"],
        ),
        ("<p><b>Prosecution.</b></p>", &["Prosecution."]),
        (
            "<p><b>Prosecution.</b> It did.</p>",
            &["Prosecution. It did."],
        ),
        (
            "<p><b>Prosecution</b><br>It did.</p>",
            &["# Prosecution", "It did."],
        ),
        (
            "<p><b>Prosecution<br></b>It did.</p>",
            &["# Prosecution", "It did."],
        ),
        (
            "<p><span style='font-weight: 700'>Protection</span></p>",
            &["# Protection"],
        ),
        (
            "<p><b>not <span style='font-weight:normal'>all</span></b></p>",
            &["not all"],
        ),
        ("<p><u>Underlined</u></p>", &["Underlined"]),
        (
            "<table><tr><th></th><th>Year</th></tr><tr><td>Cases<br>new</td><td><b>12</b></td></tr></table>",
            &["| Year", "Cases new | 12"],
        ),
        (
            "<table><tr><th>A<th>B<th>C<tr><td>1<td>&nbsp;<td>3</table>",
            &["A | B | C", "1 | | 3"],
        ),
        (
            "<table><tr><td>menu</td><td><p>one</p><p>two</p></td></tr></table>",
            &["menu", "one", "two"],
        ),
        ("<pre>one\ntwo\n\nthree</pre>", &["one two", "three"]),
        (
            "<pre>   One and\ntwo.\nThree.\n   Four.\n[five]\n[six]</pre>",
            &["One and two. Three.", "Four. [five]", "[six]"],
        ),
        (
            "<p>one<script>x</script>two</p><style>y</style>",
            &["onetwo"],
        ),
        ("<p>Serbia<sup>1</sup> and</p>", &["Serbia and"]),
        ("<p>one<hr>two", &["one", "two"]),
        ("<p>one<button>b</button>two</p>", &["one two"]),
        ("<p>a &amp; b &lt;c&gt; &rsquo;</p>", &["a & b <c> ’"]),
    ];
    for (text, want) in cases {
        assert_eq!(shown(&read(text)), *want, "{text}");
    }
}

#[test]
fn a_long_heading_is_text_in_the_wrong_element() {
    let text = format!("<h2><p>{}</p><p>two</p></h2>", "word ".repeat(100));
    let lines = shown(&read(&text));
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("word") && lines[1] == "two");
}

#[test]
fn what_is_left_out_is_counted() {
    let text = "<p>Serbia<sup>12</sup> and<script>no text</script></p>\
        <div hidden>four</div><figure><figcaption>A  man</figcaption></figure>";
    let document = read(text);
    assert_eq!(
        dropped(&document),
        [("captions", 5), ("footnote marks", 2), ("hidden text", 4)]
    );
}

#[test]
fn lines_are_numbered_from_one() {
    let document = read("<h1>A</h1><p>b</p><p>c</p>");
    let numbers: Vec<_> = document.lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert!(document.whole);
    assert!(document.lines.iter().all(|line| line.page.is_none()));
}

#[test]
fn rows_of_plain_cells_are_lines() {
    let text = "<table><tr><td><p>Alice</p><p>Inspector</p></td><td>Kiln<br>owner</td></tr>\
        <tr><td>First</td><td>Second</td></tr></table>";
    assert_eq!(
        shown(&read(text)),
        ["Alice Inspector | Kiln owner", "First | Second"]
    );
}

#[test]
fn items_have_the_numbers_that_browsers_print() {
    let cases: &[(&str, &[&str])] = &[
        ("<ol start=12><li>a<li>b</ol>", &["12.", "13."]),
        ("<ol><li>a<li value=7>b<li>c</ol>", &["1.", "7.", "8."]),
        ("<ol type=a><li>a<li>b</ol>", &["a.", "b."]),
        ("<ol type=i><li>a<li>b</ol>", &["i.", "ii."]),
        (
            "<ol style='list-style-type: upper-roman'><li>a</ol>",
            &["I."],
        ),
        ("<ol reversed><li>a<li>b</ol>", &["2.", "1."]),
        (
            "<ol><li>a<ol type=A><li>b</ol><li>c</ol>",
            &["1.", "A.", "2."],
        ),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", &["1.", "-", "2."]),
        ("<ol><li><p>a</p><p>b</p><li>c</ol>", &["1.", "-", "2."]),
        ("<ol><li>(12) a<li>13. b<li>1.5 c</ol>", &["-", "-", "3."]),
        ("<ol class=list-unstyled><li>a</ol>", &["-"]),
        ("<ul><li>a</ul><p>b</p>", &["-", "-"]),
    ];
    for (text, want) in cases {
        let document = read(text);
        let labels = document.lines.iter().map(|line| line.label.as_deref());
        let labels: Vec<_> = labels.map(|label| label.unwrap_or("-")).collect();
        assert_eq!(labels, *want, "{text}");
    }
}

#[test]
fn headings_have_levels_and_their_numbers() {
    type Headings = &'static [(&'static str, Option<u8>)];
    let cases: &[(&str, Headings)] = &[
        ("<h1>A</h1><h6>B</h6>", &[("A", Some(1)), ("B", Some(6))]),
        ("<p><b>A</b></p>", &[("A", None)]),
        ("<div role=heading aria-level=3>A</div>", &[("A", Some(3))]),
        (
            "<h6>1.1</h6><h2>Scope of It</h2>",
            &[("1.1 Scope of It", Some(2))],
        ),
        (
            "<p>Section 1.</p><h2>Life</h2>",
            &[("Section 1. Life", Some(2))],
        ),
        (
            "<h2><span>1.1</span><span>Scope</span></h2>",
            &[("1.1 Scope", Some(2))],
        ),
        (
            "<h2><span>1</span>st meeting</h2>",
            &[("1st meeting", Some(2))],
        ),
        (
            "<a href='#s'><h4>Section 1.</h4><h3>Respect</h3></a><h3>a. Life</h3>",
            &[("Section 1. Respect", Some(3)), ("a. Life", Some(3))],
        ),
    ];
    for (text, want) in cases {
        let document = read(text);
        let lines = document.lines.iter();
        let got: Vec<_> = lines.map(|line| (line.text.as_ref(), line.level)).collect();
        assert_eq!(got, *want, "{text}");
    }
}

#[test]
fn lines_that_are_links_are_marked() {
    let cases = [
        ("<p><a href=x>All of it</a>.</p>", true),
        ("<p><a href=x>One</a> <a href=y>two</a></p>", true),
        ("<p><a href=x>Part</a> of it</p>", false),
        ("<p><a name=x>No link</a></p>", false),
        ("<h2><a href=x>Away</a></h2>", true),
        ("<h2><a href='#x'>Unfolds</a></h2>", false),
    ];
    for (text, want) in cases {
        assert_eq!(read(text).lines[0].is_link, want, "{text}");
    }
}
