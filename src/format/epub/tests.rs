//! Books written by hand, and what is read of them.

use proptest::prelude::*;

use super::super::flow::shown;
use super::super::package::testing::{hurt, package};
use super::*;

/// A reader that gives each line of the source but its tags.
fn html(text: &str) -> Document<'static> {
    let lines = text.lines().filter(|line| !line.starts_with('<'));
    Document {
        lines: lines.map(|line| Line::text(9, line.to_owned())).collect(),
        whole: true,
        dropped: vec![Dropped {
            what: "captions".to_owned(),
            characters: 2,
        }],
        remarks: vec!["a remark".to_owned()],
        ..Document::default()
    }
}

const CONTAINER: (&str, &str) = (
    "META-INF/container.xml",
    "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>",
);

const OPF: (&str, &str) = (
    "OEBPS/book.opf",
    r#"<package><metadata><dc:title>A &amp; B</dc:title><dc:identifier>urn:uuid:1</dc:identifier>
    <dc:source>https://x.org/report</dc:source></metadata><manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="toc" href="toc.html" media-type="application/xhtml+xml"/>
    <item id="two" href="../text/ch%202.xhtml" media-type="application/xhtml+xml"/>
    <item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
    <item id="lost" href="lost.xhtml" media-type="application/xhtml+xml"/>
    <item id="css" href="a.css" media-type="text/css"/></manifest>
    <spine><itemref idref="nav"/><itemref idref="toc"/><itemref idref="one"/><itemref idref="two"/>
    <itemref idref="lost"/><itemref idref="css"/><itemref idref="none"/></spine>
    <guide><reference type="toc" href="toc.html#a"/></guide></package>"#,
);

fn book(more: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        CONTAINER,
        OPF,
        ("OEBPS/nav.xhtml", "contents"),
        ("OEBPS/toc.html", "more"),
        ("OEBPS/one.xhtml", "<h1>\nfirst\nsecond"),
        ("text/ch 2.xhtml", "third"),
    ];
    parts.extend(more);
    package(&parts)
}

#[test]
fn chapters_come_in_reading_order() {
    let document = read(&book(&[]), html).unwrap();
    assert_eq!(
        shown(&document),
        ["1 Text: first", "2 Text: second", "3 Text: third"]
    );
    assert_eq!(document.metadata.title.as_deref(), Some("A & B"));
    assert_eq!(
        document.metadata.url.as_deref(),
        Some("https://x.org/report")
    );
    let dropped: Vec<_> = document
        .dropped
        .iter()
        .map(|it| (it.what.as_str(), it.characters))
        .collect();
    assert_eq!(dropped, [("navigation", 12), ("captions", 8)]);
    assert_eq!(
        document.remarks,
        ["a remark", "`OEBPS/lost.xhtml` is missing"]
    );
}

#[test]
fn a_chapter_called_contents_keeps_its_text() {
    let html = |text: &str| {
        let mut document = html(text);
        for line in &mut document.lines {
            line.is_link = line.text.starts_with("to ");
            if line.text.chars().all(char::is_uppercase) {
                line.kind = LineKind::Heading;
            }
        }
        document
    };
    let text = "TITLE\nto one\nContents\nto two\nThe boats came in the spring.\n";
    let parts = [
        CONTAINER,
        OPF,
        ("OEBPS/nav.xhtml", "Contents\nto one"),
        ("OEBPS/toc.html", text),
    ];
    let document = read(&package(&parts), html).unwrap();
    let lines: Vec<_> = document.lines.iter().map(|line| &*line.text).collect();
    assert_eq!(lines, ["TITLE", "The boats came in the spring."]);
    assert_eq!(document.dropped[0].what, "navigation");
    assert_eq!(document.dropped[0].characters, 34);
}

#[test]
fn facts_of_a_book() {
    let meta = metadata(
        "<m><dc:title>Boats</dc:title><dc:creator>A. Hall</dc:creator><dc:creator>B. Moor</dc:creator><dc:publisher>The Harbor</dc:publisher>\
         <dc:date opf:event='modification'>2021-01-01</dc:date><dc:date>2006-03</dc:date><dc:language>en</dc:language>\
         <dc:identifier>urn:uuid:1</dc:identifier><dc:identifier>RPT-06-282</dc:identifier></m>",
    );
    assert_eq!(meta.authors, ["A. Hall", "B. Moor"]);
    assert_eq!(meta.publisher.as_deref(), Some("The Harbor"));
    assert_eq!(meta.date.as_deref(), Some("2006-03"));
    assert_eq!(meta.language.as_deref(), Some("en"));
    assert_eq!(meta.number.as_deref(), Some("RPT-06-282"));
}

#[test]
fn masked_fonts_are_no_protection() {
    let encryption = |algorithm: &str, name: &str| {
        let text = format!(
            "<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm=\"{algorithm}\"/><enc:CipherData>\
             <enc:CipherReference URI=\"{name}\"/></enc:CipherData></enc:EncryptedData></encryption>"
        );
        read(&book(&[("META-INF/encryption.xml", &text)]), html)
    };
    assert!(encryption("http://www.idpf.org/2008/embedding", "fonts/1").is_ok());
    assert!(encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "fonts/1.otf").is_ok());
    let error = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "one.xhtml");
    assert_eq!(error.unwrap_err(), "encrypted: the book is protected (DRM)");
}

#[test]
fn names_are_resolved() {
    for (folder, href, wanted) in [
        ("OEBPS", "a%20b.xhtml#x", "OEBPS/a b.xhtml"),
        ("a/b", "../../../c", "c"),
        ("a", "/c%2", "c%2"),
        ("", "./%C3%A9", "é"),
    ] {
        assert_eq!(resolved(folder, href), wanted);
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let error = read(&package(&[("x", "")]), html).unwrap_err();
    assert_eq!(error, "no book: it names no contents");
    let error = read(&package(&[CONTAINER]), html).unwrap_err();
    assert_eq!(error, "no book: `OEBPS/book.opf` is missing");
    for bytes in hurt(&book(&[])) {
        let _ = read(&bytes, html);
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in any::<Vec<u8>>(), text in ".{0,40}") {
        let _ = read(&bytes, html);
        let _ = resolved(&text, &text);
        let _ = read(&package(&[CONTAINER, ("OEBPS/book.opf", &text)]), html);
    }
}
