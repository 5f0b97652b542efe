//! Pages in the shape of the sites that researchers save.

use super::*;
use crate::format::Dropped;

const P: &str = "The government did not report convicting any trafficker, and it \
                 identified fewer victims than in the year before.";

fn lines(document: &Document<'_>) -> Vec<(LineKind, String)> {
    let lines = document.lines.iter();
    lines
        .map(|line| (line.kind, line.text.to_string()))
        .collect()
}

fn heading(text: &str) -> (LineKind, String) {
    (LineKind::Heading, text.to_owned())
}

fn paragraph(text: &str) -> (LineKind, String) {
    (LineKind::Text, text.to_owned())
}

fn item(text: &str) -> (LineKind, String) {
    (LineKind::Item, text.to_owned())
}

fn dropped<'d>(document: &'d Document<'_>, what: &str) -> Option<&'d Dropped> {
    document.dropped.iter().find(|d| d.what == what)
}

#[test]
fn a_page_of_the_present_site() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Kenya - United States Department of State</title>
        <meta property='og:title' content='Kenya - United States Department of State'>
        <meta property='og:site_name' content='United States Department of State'>
        <link rel='canonical' href='https://www.state.gov/reports/2021-trafficking-in-persons-report/kenya/'>
        <script>var no = 'text';</script></head><body>
        <div class='usa-banner'>An official website of the United States government</div>
        <nav><ul><li><a href='/'>Home</a></li><li><a href='/r'>Reports</a></li></ul></nav>
        <header class='featured-content__copy'><h1 class='featured-content__headline'>2021
        Trafficking in Persons Report: Kenya</h1></header>
        <main><div class='entry-content'>
        <h2 class='report__section-title'>KENYA (Tier&nbsp;2)</h2><p>{P}</p>
        <p><strong>PRIORITIZED RECOMMENDATIONS:</strong></p>
        <ul><li>Train of<b>fic</b>ials.</li><li>Fund shel&shy;ters.<ul><li>For men.</li></ul></li></ul>
        <h3>PROSECUTION</h3><p>{P}<br><br>{P}</p>
        <figure><img src=x><figcaption>A photo of a kiln</figcaption></figure>
        </div><div class='related-tags'><h2>Tags</h2><a href='#'>Bureau of African Affairs</a></div></main>
        <div class='share-buttons'>Share on Facebook</div>
        <footer>White House USA.gov</footer></body></html>"
    );
    let document = read(&page);
    assert_eq!(
        lines(&document),
        [
            heading("2021 Trafficking in Persons Report: Kenya"),
            heading("KENYA (Tier 2)"),
            paragraph(P),
            heading("PRIORITIZED RECOMMENDATIONS:"),
            item("Train officials."),
            item("Fund shelters."),
            item("For men."),
            heading("PROSECUTION"),
            paragraph(P),
            paragraph(P),
        ]
    );
    assert_eq!(
        document.url.as_deref(),
        Some("https://www.state.gov/reports/2021-trafficking-in-persons-report/kenya/")
    );
    assert_eq!(document.remarks, [""; 0]);
    assert_eq!(dropped(&document, "captions").unwrap().characters, 17);
    for what in ["navigation", "banner", "share box", "footer"] {
        assert!(
            dropped(&document, what).is_some(),
            "{what}: {:?}",
            document.dropped
        );
    }
}

#[test]
fn a_page_of_the_site_of_2009_to_2017() {
    let page = format!(
        "<html><head><title>Kenya</title></head><body><div id='header'><ul class='menu'>
        <li><a href='/a'>About</a></li></ul></div>
        <div id='centerblock'><h2 id='tier3-landing-name'>Kenya</h2>
        <div class='printemail'><a href='#'>Print</a></div>
        <p>Office To Monitor and Combat Trafficking in Persons</p>
        <p><b>KENYA (Tier 2 Watch List)</b></p><p>{P}</p>
        <p><b>Recommendations for Kenya:</b> Train officials; fund shelters.</p>
        <p><b>Prosecution</b></p><p>{P}</p></div>
        <div id='footer'>The Office of Electronic Information</div></body></html>"
    );
    let lines = lines(&read(&page));
    let wanted = [
        heading("KENYA (Tier 2 Watch List)"),
        paragraph(P),
        paragraph("Recommendations for Kenya: Train officials; fund shelters."),
        heading("Prosecution"),
        paragraph(P),
    ];
    assert!(lines.ends_with(&wanted), "{lines:?}");
}

#[test]
fn a_page_of_the_archive_of_2001_to_2009() {
    let page = format!(
        "<html><body bgcolor=#ffffff><table width=760><tr><td><table><tr><td>
        <a href='/'>Home</a> | <a href='/p'>Issues</a></td></tr></table></td></tr><tr>
        <td valign=top><font face=arial><b>KENYA (TIER 2)</b><br><br>{P}<br><br>
        <b><i>Prosecution</i></b><br>{P}<br><br>{P}</font></td></tr></table></body></html>"
    );
    let lines = lines(&read(&page));
    let wanted = [
        heading("KENYA (TIER 2)"),
        paragraph(P),
        heading("Prosecution"),
        paragraph(P),
        paragraph(P),
    ];
    assert!(lines.ends_with(&wanted), "{lines:?}");
}

#[test]
fn pages_of_refworld_and_of_a_site_nobody_knows() {
    let refworld = format!(
        "<html><head><title>Refworld | 2009 Trafficking in Persons Report - Kenya</title>
        <meta property='og:url' content='https://www.refworld.org/docid/4a42.html'></head><body>
        <div id='content'><h1>2009 Trafficking in Persons Report - Kenya</h1>
        <table class='document-info'><tr><td>Publisher</td><td>United States Department of State</td></tr>
        <tr><td>Publication Date</td><td>16 June 2009</td></tr>
        <tr><td>Cite as</td><td>2009 Report</td></tr></table>
        <div class='document-content'><p>KENYA (Tier 2)</p><p>{P}<sup><a href='#1'>1</a></sup></p></div></div>
        </body></html>"
    );
    let document = read(&refworld);
    let found = lines(&document);
    assert!(
        found.ends_with(&[paragraph("KENYA (Tier 2)"), paragraph(P)]),
        "{found:?}"
    );
    assert_eq!(
        document.title.as_deref(),
        Some("2009 Trafficking in Persons Report - Kenya")
    );
    assert_eq!(
        document.url.as_deref(),
        Some("https://www.refworld.org/docid/4a42.html")
    );

    let links = "<li><a href='/x'>Another page of the site</a></li>".repeat(40);
    let text = format!("<p>{P}</p>").repeat(6);
    let unknown = format!(
        "<html><body><div><ul>{links}</ul></div><div><div>{text}<ol><li>One.</li></ol></div></div></body></html>"
    );
    let found = lines(&read(&unknown));
    assert_eq!(found.len(), 7, "{found:?}");
    assert_eq!(found[6], item("One."));
}

#[test]
fn addresses_of_saved_and_archived_pages() {
    let saved = read(&format!(
        "<!-- saved from url=(0025)https://example.org/report -->\n<html><body><p>{P}</body></html>"
    ));
    assert_eq!(saved.url.as_deref(), Some("https://example.org/report"));
    let archived = read(&format!(
        "<html><head><link rel=canonical href='https://web.archive.org/web/20090101000000/http://www.state.gov/g/tip/1.htm'></head><body><p>{P}</body></html>"
    ));
    assert_eq!(
        archived.url.as_deref(),
        Some("http://www.state.gov/g/tip/1.htm")
    );
}

#[test]
fn pages_that_are_none() {
    let denied = read(
        "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You don't have permission.</body></html>",
    );
    assert_eq!(denied.lines, []);
    assert!(
        denied.remarks[0].contains("error page"),
        "{:?}",
        denied.remarks
    );
    let cut = read(&format!("<html><body><p>{P}</p><p>And th"));
    assert_eq!(cut.lines.len(), 2);
    assert!(
        cut.remarks[0].contains("half downloaded"),
        "{:?}",
        cut.remarks
    );
    assert_eq!(read("<html></html>").remarks, ["no text in its body"]);
}

#[test]
fn nesting_without_end_is_read() {
    let deep = "<div>".repeat(100_000) + P + &"<b><table>".repeat(1_000);
    let document = read(&deep);
    assert_eq!(document.lines[0].text, P);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "[\\PC<>/=\"' ]{0,120}") {
        read(&text);
        charset(text.as_bytes());
    }

    #[test]
    fn words_in_any_markup_are_kept_in_order(
        tags in proptest::collection::vec("</?(p|div|b|i|ul|li|table|tr|td|h2|br|span|pre|dl|dd)>", 0..40),
    ) {
        let words: Vec<String> = (0..tags.len()).map(|n| format!("word{n}x")).collect();
        let body: String = tags.iter().zip(&words).map(|(tag, word)| format!("{tag} {word} ")).collect();
        // Text right in a table is moved before it, as browsers do.
        let moved = body.contains("<t");
        let document = read(&format!("<html><body><main>{body}</main></body></html>"));
        let text: Vec<String> = document.lines.iter().flat_map(|line| {
            let words = line.text.split_whitespace().filter(|w| *w != "|");
            words.map(str::to_owned).collect::<Vec<_>>()
        }).collect();
        if moved {
            for word in &words {
                proptest::prop_assert!(text.contains(word), "{word} of {body}");
            }
        } else {
            proptest::prop_assert_eq!(text, words);
        }
    }
}
