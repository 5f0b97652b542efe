//! OpenDocument texts written by hand, and what is read of them.

use proptest::prelude::*;

use super::super::flow::shown;
use super::super::package::testing::{hurt, package};
use super::*;

const STYLES: &str = r#"<office:document-styles><office:styles>
    <style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/></office:styles>
    <office:master-styles><style:header-style/><style:master-page><style:header><text:p>A/HRC/1</text:p></style:header>
    </style:master-page></office:master-styles></office:document-styles>"#;

fn odt(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let body = format!(
        r#"<office:document-content><office:automatic-styles>
        <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
        <style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
        <style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
        </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let mut parts = vec![("content.xml", body.as_str()), ("styles.xml", STYLES)];
    parts.extend(more);
    package(&parts)
}

fn lines(body: &str) -> Vec<String> {
    shown(&read(&odt(body, &[])).unwrap())
}

#[test]
fn kinds_spaces_and_tables() {
    let body = r#"<text:h text:outline-level="1">Findings</text:h>
        <text:p text:style-name="Title">The report</text:p>
        <text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d &amp; e</text:p>
        <text:p><text:span text:style-name="B">Bold heading</text:span></text:p>
        <text:p><text:span text:style-name="B">Bold</text:span> start</text:p>
        <text:list><text:list-item><text:number>1.</text:number><text:p>one</text:p>
          <text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item></text:list>
        <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>h1</text:p></table:table-cell>
          <table:covered-table-cell/><table:table-cell><text:p>h2</text:p><text:p>more</text:p></table:table-cell>
          </table:table-row></table:table-header-rows></table:table>
        <text:p>host<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame> goes on</text:p>"#;
    let wanted = [
        "1 Heading 1: Findings",
        "2 Heading: The report",
        "3 Text: a b c d & e",
        "4 Heading: Bold heading",
        "5 Text: Bold start",
        "6 Item [1.]: one",
        "7 Item: deep",
        "8 Text: h1 |  | h2 more",
        "9 Text: host goes on",
        "10 Text: boxed",
    ];
    assert_eq!(lines(body), wanted);
}

#[test]
fn notes_are_told_where_they_are_called() {
    let note = |kind: &str, text: &str| {
        format!(
            "<text:note text:note-class=\"{kind}\"><text:note-citation>i</text:note-citation>\
             <text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
        )
    };
    let body = format!(
        "<text:p text:style-name=\"Quotations\">He  said{} so{}.</text:p><text:p>And{}</text:p>",
        note("footnote", "One."),
        note("endnote", "Two."),
        note("footnote", "Three.")
    );
    let document = read(&odt(&body, &[])).unwrap();
    let notes = document.notes.iter();
    let told = notes.map(|n| (n.line, n.before, &*n.mark, &*n.text));
    let wanted = [
        (1, 6, "1", "One."),
        (1, 8, "1", "Two."),
        (2, 3, "2", "Three."),
    ];
    assert_eq!(told.collect::<Vec<_>>(), wanted);
    assert_eq!(shown(&document)[0], "1 Quote: He said so.");
}

#[test]
fn lists_and_headings_are_numbered() {
    let body = r#"<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." text:start-value="12"/>
        <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
        <text:list-style style:name="D"><text:list-level-style-bullet text:level="1"/></text:list-style>
        <text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>
        <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>
        <text:h text:outline-level="1">Findings</text:h><text:h text:outline-level="2">Boats</text:h>
        <text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:p>more</text:p>
          <text:list><text:list-item><text:p>deep</text:p></text:list-item><text:list-item><text:p>deeper</text:p></text:list-item></text:list></text:list-item>
          <text:list-item><text:p>two<text:note><text:note-body><text:p>a note</text:p></text:note-body></text:note></text:p></text:list-item></text:list>
        <text:p>between</text:p>
        <text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>three</text:p></text:list-item></text:list>
        <text:list text:style-name="L"><text:list-item text:start-value="20"><text:p>anew</text:p></text:list-item></text:list>
        <text:list text:style-name="D"><text:list-item><text:p><text:a xlink:href="https://x.org">dot</text:a></text:p></text:list-item></text:list>
        <text:h text:outline-level="1">Next</text:h>"#;
    let wanted = [
        "1 Heading 1: I. Findings",
        "2 Heading 2: I.1 Boats",
        "3 Item [12.]: one",
        "4 Item: more",
        "5 Item [(a)]: deep",
        "6 Item [(b)]: deeper",
        "7 Item [13.]: two",
        "8 Text: between",
        "9 Item [14.]: three",
        "10 Item [20.]: anew",
        "11 Item link: dot",
        "12 Heading 1: II. Next",
        "13 Text: a note",
    ];
    assert_eq!(lines(body), wanted);
}

#[test]
fn pages_are_counted_where_they_are_told() {
    let body = r#"<text:p text:style-name="P">one</text:p><text:p>starts one<text:soft-page-break/> ends two</text:p>
        <text:p text:style-name="P">three</text:p>"#;
    let wanted = [
        "1 Text p1: one",
        "2 Text p1: starts one ends two",
        "3 Text p3: three",
    ];
    assert_eq!(lines(body), wanted);
}

#[test]
fn what_is_no_text_is_counted() {
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:table-of-content><text:index-body><text:p>Findings 3</text:p></text:index-body></text:table-of-content>
        <text:p>shown<text:span text:style-name="H">hidden</text:span><text:change text:change-id="1"/><text:note><text:note-citation>1</text:note-citation>
        <text:note-body><text:p>See p. 3.</text:p><text:p>more</text:p></text:note-body></text:note>, <text:title>My title</text:title></text:p>
        <text:p>x<draw:frame><draw:text-box><text:p text:style-name="Illustration"><draw:frame><svg:title>A map</svg:title></draw:frame>Figure 1</text:p></draw:text-box></draw:frame></text:p>
        <text:p>y<office:annotation><text:p>really?</text:p></office:annotation></text:p>"#;
    let meta = "<office:document-meta><office:meta><dc:title>A report</dc:title></office:meta></office:document-meta>";
    let document = read(&odt(body, &[("meta.xml", meta)])).unwrap();
    let wanted = [
        "1 Text: shown, My title",
        "2 Text: x",
        "3 Text: y",
        "4 Text: See p. 3. more",
    ];
    assert_eq!(shown(&document), wanted);
    let dropped: Vec<_> = document
        .dropped
        .iter()
        .map(|it| (it.what.as_str(), it.characters))
        .collect();
    let wanted = [
        ("navigation", 10),
        ("hidden text", 6),
        ("captions", 13),
        ("comments", 7),
        ("running heads", 7),
    ];
    assert_eq!(dropped, wanted);
    assert_eq!(document.remarks, ["tracked changes: deletions left out"]);
    assert_eq!(document.metadata.title.as_deref(), Some("A report"));
}

#[test]
fn what_cannot_be_read_is_told() {
    let manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let error = read(&odt("", &[("META-INF/manifest.xml", manifest)])).unwrap_err();
    assert_eq!(error, "encrypted: save it without a password");
    let error = read(&package(&[("x", "")])).unwrap_err();
    assert_eq!(error, "no OpenDocument text: `content.xml` is missing");
    let document = read(&package(&[("content.xml", "<a><text:p>so far")])).unwrap();
    assert_eq!(shown(&document), ["1 Text: so far"]);
    assert_eq!(document.remarks, ["`content.xml` breaks off: ends early"]);
}

#[test]
fn deep_nests_and_hurt_files_do_no_harm() {
    let deep =
        "<table:table><table:table-row><table:table-cell><text:p><text:note>".repeat(50_000) + "x";
    assert!(read(&package(&[("content.xml", &deep)])).is_ok());
    for bytes in hurt(&odt(&"<text:p>text</text:p>".repeat(40), &[])) {
        let _ = read(&bytes);
    }
}

proptest! {
    #[test]
    fn any_bytes_and_any_body(bytes in any::<Vec<u8>>(), body in "(<t:(p|h|span|note|table|table-row|table-cell|desc|section|list-item)>|</t:(p|h|span|note|table|table-row|desc)>|x){0,60}") {
        let _ = read(&bytes);
        prop_assert!(read(&package(&[("content.xml", &body)])).is_ok());
    }
}
