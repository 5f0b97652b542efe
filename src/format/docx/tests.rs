//! Word documents written by hand, and what is read of them.

use proptest::prelude::*;

use super::super::flow::shown;
use super::super::package::testing::{hurt, package};
use super::*;

const STYLES: &str = r#"<w:styles xmlns:w="w">
    <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
    <w:style w:type="paragraph" w:styleId="Inh"><w:name w:val="toc 1"/></w:style></w:styles>"#;

const NUMBERS: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
    <w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    </w:numbering>"#;

/// A paragraph with these properties and runs.
fn p(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// A run with these properties.
fn r(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let body = format!("<w:document xmlns:w=\"w\"><w:body>{body}<w:sectPr/></w:body></w:document>");
    let mut parts = vec![
        ("word/document.xml", body.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERS),
    ];
    parts.extend(more);
    package(&parts)
}

fn lines(body: &str) -> Vec<String> {
    shown(&read(&docx(body, &[])).unwrap())
}

#[test]
fn kinds_and_numbers() {
    let numbered = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let body = [
        p("<w:pStyle w:val=\"1\"/>", &r("", "Findings")),
        p("<w:pStyle w:val=\"Sub\"/>", &r("", "Deeper")),
        p("<w:outlineLvl w:val=\"1\"/>", &r("", "By level")),
        p("", &(r("<w:b/>", "Bold ") + &r("<w:b/>", "heading:"))),
        p("", &r("<w:b/>", "Bold sentence.")),
        p("", &(r("<w:b/>", "Bold") + &r("", " start"))),
        p("", &r("<w:b w:val=\"0\"/>", "Not bold")),
        p(numbered, &r("", "one &amp; only")),
        p(numbered, &r("", "two")),
        p("<w:numPr><w:numId w:val=\"2\"/></w:numPr>", &r("", "dot")),
        p(
            "<w:rPr><w:b/></w:rPr>",
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>",
        ),
        p("", ""),
        p(
            &format!("<w:pStyle w:val=\"1\"/>{numbered}"),
            &r("", "Numbered"),
        ),
        p(
            "",
            &format!("<w:hyperlink>{}</w:hyperlink>", r("", "linked")),
        ),
        p(
            "",
            &format!(
                "<w:hyperlink>{}</w:hyperlink>{}",
                r("", "linked"),
                r("", " in part")
            ),
        ),
    ]
    .concat();
    let wanted = [
        "1 Heading 1: Findings",
        "2 Heading 1: Deeper",
        "3 Heading 2: By level",
        "4 Heading: Bold heading:",
        "5 Text: Bold sentence.",
        "6 Text: Bold start",
        "7 Text: Not bold",
        "8 Item [1.]: one & only",
        "9 Item [2.]: two",
        "10 Item: dot",
        "11 Text: a b c",
        "12 Heading 1: 3. Numbered",
        "13 Text link: linked",
        "14 Text: linked in part",
    ];
    assert_eq!(lines(&body), wanted);
}

#[test]
fn tables_boxes_and_pages() {
    let cell = |text: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", p("", &r("<w:b/>", text)));
    let row = |cells: &str| format!("<w:tr>{cells}</w:tr>");
    let body = [
        p("", &r("", "before")),
        format!("<w:tbl><w:tblPr/>{}{}</w:tbl>",
            row(&(cell("a") + &cell("") + &cell("b"))),
            format_args!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("gone") + &cell("too"))),
        p("", "<w:r><w:lastRenderedPageBreak/><w:t>host</w:t><mc:AlternateContent><mc:Choice>\
            <w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
            <mc:Fallback><w:p><w:r><w:t>in a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r>\
            <w:r><w:t> goes on</w:t></w:r>"),
    ]
    .concat();
    let wanted = [
        "1 Text p1: before",
        "2 Text p1: a |  | b",
        "3 Text p2: host goes on",
        "4 Text p2: in a box",
    ];
    assert_eq!(lines(&body), wanted);
}

#[test]
fn what_is_no_text_is_counted() {
    let body = [
        p("<w:pStyle w:val=\"Inh\"/>", &r("", "Findings 3")),
        p("", &(r("", "shown") + &r("<w:vanish/>", "hidden"))),
        p("<w:pStyle w:val=\"Cap\"/>", &r("", "Figure 1")),
        p("", "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>\
            <w:r><w:footnoteReference w:id=\"1\"/><w:drawing><wp:docPr descr=\"A map\"/></w:drawing></w:r>"),
        p("<w:rPr><w:del/></w:rPr>", &r("", "runs ")),
        p("", &r("", "on")),
    ]
    .concat();
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\">{0}</w:footnote><w:footnote w:id=\"1\">{1}{0}</w:footnote></w:footnotes>",
        p("", &r("", "more")),
        p("", &r("", "See p. 3.")),
    );
    let head = format!("<w:hdr>{}</w:hdr>", p("", &r("", "A/HRC/1")));
    let core = "<cp:coreProperties><dc:title>A report</dc:title><dc:identifier>https://x.org/1</dc:identifier>\
        <dc:creator>Office of Boats</dc:creator><dc:language>en-US</dc:language>\
        <dcterms:created>2020-01-02T10:00:00Z</dcterms:created></cp:coreProperties>";
    let bytes = docx(
        &body,
        &[
            ("word/footnotes.xml", &notes),
            ("word/header1.xml", &head),
            ("docProps/core.xml", core),
        ],
    );
    let document = read(&bytes).unwrap();
    let wanted = [
        "1 Text: shown",
        "2 Text: new",
        "3 Text: runs on",
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
        ("running heads", 7),
    ];
    assert_eq!(dropped, wanted);
    assert_eq!(document.remarks, ["tracked changes: deletions left out"]);
    assert_eq!(document.metadata.title.as_deref(), Some("A report"));
    assert_eq!(document.metadata.url.as_deref(), Some("https://x.org/1"));
    // The text does not name who typed it.
    assert!(document.metadata.authors.is_empty());
    assert_eq!(document.metadata.language.as_deref(), Some("en-US"));
    // When a file was made is not when it was published.
    assert_eq!(document.metadata.date, None);
    let issued =
        metadata("<a><dc:creator>user</dc:creator><dcterms:issued>2021-03</dcterms:issued></a>");
    assert_eq!(issued.date.as_deref(), Some("2021-03"));
    assert_eq!(issued.authors, [] as [&str; 0]);
    assert!(document.whole);
}

#[test]
fn the_main_part_may_have_another_name() {
    let rels = "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/doc/main.xml\"/></Relationships>";
    let body = format!("<w:document>{}</w:document>", p("", &r("", "here")));
    let bytes = package(&[("_rels/.rels", rels), ("doc/main.xml", &body)]);
    assert_eq!(shown(&read(&bytes).unwrap()), ["1 Text: here"]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let error = read(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]).unwrap_err();
    assert_eq!(
        error,
        "encrypted, or an old Word file (.doc): save it as .docx without a password"
    );
    assert!(
        read(b"PK")
            .unwrap_err()
            .starts_with("no whole zip package: ")
    );
    let error = read(&package(&[("x", "")])).unwrap_err();
    assert_eq!(error, "no Word document: `word/document.xml` is missing");
    let cut = package(&[("word/document.xml", "<w:document><w:p><w:r><w:t>so far")]);
    let document = read(&cut).unwrap();
    assert_eq!(shown(&document), ["1 Text: so far"]);
    assert_eq!(
        document.remarks,
        ["`word/document.xml` breaks off: ends early"]
    );
}

#[test]
fn deep_nests_and_hurt_files_do_no_harm() {
    let deep = "<w:tbl><w:tr><w:tc><w:p>".repeat(50_000) + "<w:r><w:t>x</w:t></w:r>";
    assert!(read(&package(&[("word/document.xml", &deep)])).is_ok());
    for bytes in hurt(&docx(&p("", &r("", "text")).repeat(40), &[])) {
        let _ = read(&bytes);
    }
}

proptest! {
    #[test]
    fn any_bytes_and_any_body(bytes in any::<Vec<u8>>(), body in "(<w:(p|r|t|tbl|tr|tc|del|pPr|rPr|b)>|</w:(p|r|t|tbl|tr|tc|del)>|x){0,60}") {
        let _ = read(&bytes);
        prop_assert!(read(&package(&[("word/document.xml", &body)])).is_ok());
    }
}

#[test]
fn notes_are_told_where_they_are_called() {
    let numbered = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let call = |kind: &str, id: u8| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let head = format!("<w:pStyle w:val=\"1\"/>{numbered}");
    let body = [
        p(&head, &(r("", "Find ings") + &call("footnote", 2))),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            p("", &r("", "one")),
            p("", &(r("", "two") + &call("endnote", 2) + &r("", " more"))),
        ),
        p(
            "",
            &(r("", " so  ") + &call("footnote", 1) + &call("footnote", 7)),
        ),
    ];
    let note = |kind: &str, id: u8, text: &str| {
        format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p("", &r("", text)))
    };
    let feet = note("footnote", 1, "First.") + &note("footnote", 2, "Second.");
    let feet = format!("<w:footnotes>{feet}</w:footnotes>");
    let ends = format!("<w:endnotes>{}</w:endnotes>", note("endnote", 2, "End."));
    let more = [
        ("word/footnotes.xml", &*feet),
        ("word/endnotes.xml", &*ends),
    ];
    let document = read(&docx(&body.concat(), &more)).unwrap();
    let notes = document.notes.iter();
    let told = notes.map(|n| (n.line, n.before, &*n.mark, &*n.text));
    let wanted = [
        (1, 10, "1", "Second."),
        (2, 7, "1", "End."),
        (3, 2, "2", "First."),
    ];
    assert_eq!(told.collect::<Vec<_>>(), wanted);
    let text = |line: usize| &*document.lines[line].text;
    assert_eq!((text(0), text(1)), ("1. Find ings", "one | two more"));
}
