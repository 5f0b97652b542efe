//! Pages in the shape of each site, with words of our own.

use super::super::read;
use super::{dropped, shown};

/// A paragraph of prose that begins with a word.
fn prose(word: &str) -> String {
    format!(
        "{word} {}",
        "inspectors visited the kilns in spring. ".repeat(8).trim()
    )
}

fn starts(lines: &[String]) -> Vec<&str> {
    let short = |line: &'_ str| line.find(" inspectors").unwrap_or(line.len());
    lines.iter().map(|line| &line[..short(line)]).collect()
}

#[test]
fn state_gov_of_2018_and_later() {
    let text = format!(
        "<!DOCTYPE html><html><head><title>Chad - United States Department of State</title>
        <link rel=canonical href='https://www.state.gov/reports/2021-report/chad/'>
        <meta property='og:title' content='2021 Report: Chad - United States Department of State'>
        <meta property='og:site_name' content='United States Department of State'></head>
        <body class='single has-share-banner'>
        <a class=skip-link href=#c>Skip to content</a>
        <section class='usa-banner' aria-label='Official'><p>An official website</p></section>
        <header class=site-header><a href=/>U.S. Department of State</a><nav><ul><li><a href=/p>Policy</a></ul></nav></header>
        <div id=content><section class=featured-content><h1 class='featured-content__headline stars-above'>2021 Report: Chad</h1>
        <p class=article-meta__author-bureau>Office of Reports</p></section>
        <div class='entry-content'>
        <section class='report__section'><h2 class=report__section-title>CHAD: Tier 2</h2><p>{}</p>
        <h3 class='report__section-subtitle'>PRIORITIZED RECOMMENDATIONS:</h3><ul><li>Train judges.</li><li>Fund <em>shelters</em>.</li></ul></section>
        <section><h3>PROSECUTION</h3><p>{}<sup><a href='#n1'>1</a></sup></p>
        <figure class=wp-caption><img alt=x><figcaption class=wp-caption-text>A kiln</figcaption></figure><p>{}</p></section>
        <div class=share-links><a href=f>Share</a></div></div>
        <div class='related-tags'><div class=related-tags__pills><a href=t>Chad</a></div></div></div>
        <footer><p>Made in Washington</p></footer><script>x('<p>no</p>')</script></body></html>",
        prose("Lead"),
        prose("Law"),
        prose("Courts")
    );
    let document = read(&text);
    assert_eq!(
        starts(&shown(&document)),
        [
            "# 2021 Report: Chad",
            "# CHAD: Tier 2",
            "Lead",
            "# PRIORITIZED RECOMMENDATIONS:",
            "- Train judges.",
            "- Fund shelters.",
            "# PROSECUTION",
            "Law",
            "Courts",
        ]
    );
    assert!(shown(&document)[7].ends_with("spring."));
    assert_eq!(
        document.metadata.title.as_deref(),
        Some("2021 Report: Chad")
    );
    assert_eq!(
        document.metadata.url.as_deref(),
        Some("https://www.state.gov/reports/2021-report/chad/")
    );
    assert_eq!(
        dropped(&document),
        [
            (
                "banner",
                "An official website U.S. Department of State Policy".len() as u64
            ),
            ("navigation", "Skip to content".len() as u64),
            ("footer", 18),
            ("share box", 5),
            ("tags and related pages", 4),
            ("captions", 6),
            ("footnote marks", 1),
            ("around the text", 17),
        ]
    );
    assert_eq!(document.remarks, [] as [&str; 0]);
}

#[test]
fn state_gov_of_2009_to_2017() {
    let text = format!(
        "<html><head><title>Country Narratives: A</title><meta property=og:url content='http://www.state.gov/j/rpt/1.htm'></head><body>
        <div id=printable-banner>U.S. Department of State - Great Seal</div>
        <form id=aspnetForm><div id=wrapper><div id=tier3-local-nav><ul><li><a href=a>2015</a></li></ul></div>
        <h2 id=tier3-landing-name>Country Narratives</h2>
        <div id=centerblock><div class=social>Share</div>
        <p><strong>ALBANIA (Tier 2)</strong></p><p>{}</p>
        <p><strong>Recommendations for Albania:</strong> Train judges; fund shelters.</p>
        <p><strong>Protection</strong></p><p>{}</p></div></div></form></body></html>",
        prose("Albania"),
        prose("Shelters")
    );
    let document = read(&text);
    assert_eq!(
        starts(&shown(&document)),
        [
            "# Country Narratives",
            "# ALBANIA (Tier 2)",
            "Albania",
            "Recommendations for Albania: Train judges; fund shelters.",
            "# Protection",
            "Shelters",
        ]
    );
    assert_eq!(
        document.metadata.title.as_deref(),
        Some("Country Narratives")
    );
    assert_eq!(
        dropped(&document),
        [("banner", 37), ("navigation", 4), ("share box", 5)]
    );
}

#[test]
fn state_gov_archives_of_tables() {
    let text = format!(
        "<!-- saved from url=(0063)https://2001-2009.state.gov/g/rpt/2008/1.htm -->
        <html><head><title>Country Narratives -- Countries A through G</title></head><body bgcolor=#ffffff>
        <table width=100%><tr><td><a href=#c>Skip Links</a></td><td><img alt=seal></td></tr></table>
        <table><tr><td width=150><a href=a>Issues</a><br><a href=b>Press</a><br>SEARCH</td>
        <td valign=top><table><tr><td>You are in: <a href=x>Reports</a> &gt; 2008</td></tr></table>
        <font size=4><b>Country Narratives -- Countries A through G</b></font><br><br>
        <b>ALBANIA (Tier 2)</b><br><br>{}<br><br><b>Prosecution</b><br>{}<br><br>
        <p><b>Protection</b><br>{}</td></tr></table></body></html>",
        prose("Albania"),
        prose("Police"),
        prose("Shelters")
    );
    let document = read(&text);
    assert_eq!(
        starts(&shown(&document)),
        [
            "You are in: Reports > 2008",
            "# Country Narratives -- Countries A through G",
            "# ALBANIA (Tier 2)",
            "Albania",
            "# Prosecution",
            "Police",
            "# Protection",
            "Shelters",
        ]
    );
    assert_eq!(
        document.metadata.url.as_deref(),
        Some("https://2001-2009.state.gov/g/rpt/2008/1.htm")
    );
    assert_eq!(
        document.metadata.title.as_deref(),
        Some("Country Narratives -- Countries A through G")
    );
    assert_eq!(dropped(&document), [("around the text", 30)]);
}

#[test]
fn the_mobile_site() {
    let text = format!(
        "<html><body><div data-role=page><div data-role=header><a href=/>Home</a></div>
        <div data-role=content><h2>Special Cases</h2><p>HAITI (Special Case)</p><p>{}</p><p>{}</p></div>
        <div data-role=footer><a href=d>Desktop</a></div></div></body></html>",
        prose("Haiti"),
        prose("Children")
    );
    let document = read(&text);
    assert_eq!(
        starts(&shown(&document)),
        [
            "# Special Cases",
            "HAITI (Special Case)",
            "Haiti",
            "Children"
        ]
    );
    assert_eq!(dropped(&document), [("around the text", 12)]);
    assert_eq!(document.metadata.title.as_deref(), Some("Special Cases"));
}

#[test]
fn refworld() {
    let text = format!(
        "<html><head><title>Refworld | 2011 Report - Haiti</title></head><body>
        <div id=header><a href=/>Refworld</a></div>
        <div id=content><h1>2011 Report - Haiti</h1>
        <table class=doc><tr><td>Publisher</td><td>A House</td></tr><tr><td>Publication Date</td><td>27 June 2011</td></tr>
        <tr><td>Cite as</td><td>A House, Haiti</td></tr></table>
        <p>{}</p><p><b>Prevention</b></p><p>{}</p></div>
        <div class=cookie-bar><p>{}</p></div><div>Copyright</div></body></html>",
        prose("Haiti"),
        prose("Campaigns"),
        prose("Cookies")
    );
    let document = read(&text);
    assert_eq!(
        starts(&shown(&document)),
        [
            "# 2011 Report - Haiti",
            "Haiti",
            "# Prevention",
            "Campaigns"
        ]
    );
    assert_eq!(
        document.metadata.title.as_deref(),
        Some("2011 Report - Haiti")
    );
    let whats: Vec<_> = dropped(&document).iter().map(|(what, _)| *what).collect();
    assert_eq!(
        whats,
        ["cookie notice", "catalogue record", "around the text"]
    );
}

#[test]
fn ecoi_and_other_sites_with_a_main_block() {
    for block in [
        "div class='content document'",
        "main",
        "div role=main",
        "article",
    ] {
        let name = block.split(' ').next().unwrap();
        let text = format!(
            "<html><head><title>Report on Kenya - ecoi.net</title></head><body><nav><a href=x>Search</a></nav>
            <p>A site about countries.</p><{block}><h1>Report on Kenya</h1><p>{}</p><h2>Protection</h2><p>{}</p></{name}></body></html>",
            prose("Kenya"),
            prose("Victims")
        );
        let document = read(&text);
        assert_eq!(
            starts(&shown(&document)),
            ["# Report on Kenya", "Kenya", "# Protection", "Victims"],
            "{block}"
        );
        assert_eq!(document.metadata.title.as_deref(), Some("Report on Kenya"));
        assert_eq!(
            dropped(&document),
            [("navigation", 6), ("around the text", 23)]
        );
    }
}

#[test]
fn a_report_is_not_lost_to_a_wrong_name() {
    let cases = [
        // The named block holds next to nothing.
        format!(
            "<main><p>Loading</p></main><div><p>{0}</p><p>{0}</p></div>",
            prose("Chad")
        ),
        // There are two of it.
        format!(
            "<div class=entry-content><p>{0}</p></div><div class=entry-content><p>{0}</p></div>",
            prose("Chad")
        ),
        // The page is hidden behind a notice that was open when it was saved.
        format!(
            "<div aria-hidden=true><p>{0}</p><p>{0}</p><p>{0}</p><p>{0}</p></div>",
            prose("Chad")
        ),
    ];
    for text in cases {
        let lines = shown(&read(&text));
        let chads = lines.iter().filter(|line| line.starts_with("Chad")).count();
        assert!(chads >= 2, "{text}");
    }
}

#[test]
fn pages_that_are_no_reports_are_remarked() {
    let cases = [
        (
            "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You have no permission.</body></html>",
            "the page is an error page of its site (`Access Denied`)",
        ),
        (
            "<html><head><title>Just a moment...</title></head><body>Enable cookies</body></html>",
            "the page is an error page of its site (`Just a moment...`)",
        ),
        (
            "<html><head><title>State</title></head><body><h1>Technical Difficulties</h1></body></html>",
            "the page is an error page of its site (`Technical Difficulties`)",
        ),
        (
            "<html><head><title>Chad</title></head><body><img src=x></body></html>",
            "no text in its body",
        ),
        (
            "<html><body><p>Chad is",
            "ends before the page does: half downloaded?",
        ),
    ];
    for (text, want) in cases {
        assert_eq!(read(text).remarks, [want], "{text}");
    }
    let long = "a report on denied access ".repeat(100);
    let fine = format!("<html><body><h1>Access denied to victims</h1><p>{long}</p></body></html>");
    assert_eq!(read(&fine).remarks, [] as [&str; 0]);
}
