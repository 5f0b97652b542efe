//! Where the pages of an edition are: its official host, the address of its
//! index, and the links of the index that lead to countries.
//!
//! Since 2018 a page is at `/reports/{year}-trafficking-in-persons-report/
//! {slug}/`; from 2015 to 2017 it is at `/j/tip/rls/tiprpt/countries/{year}/
//! {number}.htm`, and the link's text names the country. It asks for nothing.

use std::collections::HashSet;

use scraper::{Html, Selector};
use url::Url;

use super::wanted::{by_slug, slug_of};
use crate::error::{Error, Result};
use crate::report::{Country, Gazetteer};
use crate::text::fold::fold_space;

/// The page of a country in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) country: &'static Country,
    /// The name of its file, without the ending: a-z, 0-9 and hyphens.
    pub(super) slug: String,
    pub(super) url: Url,
}

/// What the index of an edition links to.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// One page a country, in the order of the index.
    pub(super) pages: Vec<Page>,
    /// What else it links to within the edition.
    pub(super) passed_over: Vec<String>,
}

/// The official host of an edition.
///
/// # Errors
/// A usage error for a year whose edition has no page for each country.
pub(super) fn official_host(year: u16) -> Result<Url> {
    let host = match year {
        2018.. => "https://www.state.gov",
        2015..=2017 => "https://2009-2017.state.gov",
        2001..=2014 => {
            return Err(Error::usage(format!(
                "the edition of {year} cannot be fetched: its pages hold many countries each, at \
                 addresses without a pattern"
            ))
            .with_hint(format!(
                "open `https://2009-2017.state.gov/j/tip/rls/tiprpt/` in a browser, save the \
                 country narratives of {year}, and index the folder"
            )));
        }
        _ => {
            return Err(Error::usage(format!("there is no edition of {year}"))
                .with_hint("the first edition is of 2001; 2015 and later can be fetched"));
        }
    };
    // The two addresses above are whole; a test below parses them.
    Ok(Url::parse(host).expect("an official host is an address"))
}

/// The addresses at which the index of an edition may be, likeliest first.
pub(super) fn index_addresses(base: &Url, year: u16) -> Vec<Url> {
    let reports = format!("/reports/{year}-trafficking-in-persons-report/");
    let countries = format!("/j/tip/rls/tiprpt/countries/{year}/");
    let paths = match year {
        2018.. => vec![reports],
        // Its June edition came out as the site was rebuilt.
        2017 => vec![countries, reports],
        _ => vec![countries],
    };
    paths
        .iter()
        .filter_map(|path| base.join(path).ok())
        .collect()
}

/// Where the page of a country most likely is in an edition since 2018, for an
/// index that lists none.
pub(super) fn guess(base: &Url, year: u16, country: &'static Country) -> Option<Page> {
    let slug = slug_of(&country.name);
    let path = format!("/reports/{year}-trafficking-in-persons-report/{slug}/");
    let url = base.join(&path).ok()?;
    (year >= 2018).then_some(Page { country, slug, url })
}

/// The country pages that an index links to. `at` is the index's own address,
/// after redirects; all pages are on its host.
pub(super) fn listing(html: &str, at: &Url, year: u16) -> Listing {
    // A constant; a test below parses it.
    let links = Selector::parse("a[href], option[value]").expect("the selector is valid");
    let mut listing = Listing::default();
    let mut seen = HashSet::new();
    for link in Html::parse_document(html).select(&links) {
        let target = link.attr("href").or_else(|| link.attr("value"));
        let Some(url) = target.and_then(|t| page_address(t, at, year)) else {
            continue;
        };
        if !seen.insert(url.path().trim_end_matches('/').to_owned()) {
            continue;
        }
        let text = fold_space(&link.text().collect::<String>());
        match page_of(url.clone(), &text) {
            Some(page) if !listing.holds(page.country) => listing.pages.push(page),
            _ => listing.passed_over.push(url.path().to_owned()),
        }
    }
    listing
}

impl Listing {
    /// Whether it has a page of the country.
    pub(super) fn holds(&self, country: &Country) -> bool {
        self.pages.iter().any(|p| p.country == country)
    }
}

/// The address of a link to a page below the index, on the index's host.
fn page_address(target: &str, at: &Url, year: u16) -> Option<Url> {
    let target = at.join(target.trim()).ok()?;
    let official = |host: &str| host == "state.gov" || host.ends_with(".state.gov");
    // An archive of the site may link to the host that it archives.
    if target.host_str() != at.host_str() && !target.host_str().is_some_and(official) {
        return None;
    }
    let path = target.path();
    let reports = format!("/reports/{year}-trafficking-in-persons-report/");
    let countries = format!("/j/tip/rls/tiprpt/countries/{year}/");
    let fits = if let Some(rest) = path.strip_prefix(&reports) {
        let slug = rest.trim_end_matches("index.html").trim_end_matches('/');
        is_word(slug)
    } else {
        let rest = path.strip_prefix(&countries)?;
        let number = rest.trim_end_matches(".html").trim_end_matches(".htm");
        number.len() < rest.len() && is_word(number)
    };
    fits.then(|| at.join(path).ok()).flatten()
}

fn is_word(segment: &str) -> bool {
    !segment.is_empty()
        && segment
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The page behind a link: its address names the country, else its text does.
fn page_of(url: Url, text: &str) -> Option<Page> {
    let last = url
        .path()
        .trim_end_matches("index.html")
        .trim_end_matches('/')
        .rsplit('/')
        .next()?;
    let numbered = last.ends_with(".htm") || last.ends_with(".html");
    let by_address = if numbered { None } else { by_slug(last) };
    let country = by_address.or_else(|| Gazetteer::built_in().find(text))?;
    let slug = slug_of(if numbered { text } else { last });
    (!slug.is_empty()).then_some(Page { country, slug, url })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(html: &str, at: &str, year: u16) -> (Vec<String>, Vec<String>) {
        let listing = listing(html, &Url::parse(at).unwrap(), year);
        let pages = listing.pages.iter();
        let told = pages.map(|p| format!("{} {} {}", p.country.iso3, p.slug, p.url));
        (told.collect(), listing.passed_over)
    }

    #[test]
    fn an_index_since_2018() {
        let html = r##"
            <a href="#main">skip</a> <a href="/reports/">Reports</a>
            <a href="https://www.state.gov/reports/2021-trafficking-in-persons-report/cambodia/">Cambodia</a>
            <a href="cote-divoire/#tier">Cote d’Ivoire</a>
            <a href="/reports/2021-trafficking-in-persons-report/thebahamas">The Bahamas</a>
            <a href="/reports/2021-trafficking-in-persons-report/cambodia">again</a>
            <a href="/reports/2021-trafficking-in-persons-report/kampuchea/">a second page</a>
            <a href="/reports/2021-trafficking-in-persons-report/introduction/">Introduction</a>
            <a href="/reports/2020-trafficking-in-persons-report/kenya/">Kenya</a>
            <a href="https://www.state.gov.invalid/reports/2021-trafficking-in-persons-report/kenya/">Kenya</a>
            <a href="mailto:x@y">mail</a>
            <select><option value="/reports/2021-trafficking-in-persons-report/burma/">Burma</option></select>"##;
        let at = "https://www.state.gov/reports/2021-trafficking-in-persons-report/";
        let (pages, passed_over) = listed(html, at, 2021);
        assert_eq!(
            pages,
            [
                format!("KHM cambodia {at}cambodia/"),
                format!("CIV cote-divoire {at}cote-divoire/"),
                format!("BHS thebahamas {at}thebahamas"),
                format!("MMR burma {at}burma/"),
            ]
        );
        assert_eq!(
            passed_over,
            [
                "/reports/2021-trafficking-in-persons-report/kampuchea/",
                "/reports/2021-trafficking-in-persons-report/introduction/",
            ]
        );
    }

    #[test]
    fn an_index_of_2016() {
        let html = r#"
            <a href="/j/tip/rls/tiprpt/countries/2016/258874.htm">Hong Kong</a>
            <a href="258700.htm">Congo, Democratic Republic of the</a>
            <a href="/j/tip/rls/tiprpt/countries/2016/index.htm">Countries</a>
            <a href="/j/tip/rls/tiprpt/countries/2015/243000.htm">Kenya</a>"#;
        let at = "https://2009-2017.state.gov/j/tip/rls/tiprpt/countries/2016/";
        let (pages, passed_over) = listed(html, at, 2016);
        assert_eq!(
            pages,
            [
                format!("HKG hong-kong {at}258874.htm"),
                format!("COD congo-democratic-republic-of-the {at}258700.htm"),
            ]
        );
        assert_eq!(passed_over, ["/j/tip/rls/tiprpt/countries/2016/index.htm"]);
    }

    #[test]
    fn years_that_can_be_fetched() {
        for (year, host) in [
            (2015, Some("2009-2017.state.gov")),
            (2017, Some("2009-2017.state.gov")),
            (2018, Some("www.state.gov")),
            (2014, None),
            (1999, None),
        ] {
            let base = official_host(year);
            assert_eq!(base.as_ref().ok().and_then(Url::host_str), host, "{year}");
            assert!(base.is_ok() || base.is_err_and(|e| e.hint().is_some()));
        }
    }
}
