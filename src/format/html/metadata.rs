//! What the head of a page says: its title and where it is published.

use url::Url;

use super::page::Page;

/// Names that sites put beside the titles of their pages.
const SITES: &[&str] = &[
    "united states department of state",
    "u.s. department of state",
    "us department of state",
    "refworld",
    "unhcr",
    "unhcr web archive",
    "ecoi.net",
];

/// What stands between a title and the name of the site.
const SEPARATORS: &[&str] = &[" - ", " | ", " – ", " — ", " :: ", " » "];

/// Sites that keep copies of others under addresses with the original's in
/// them.
const ARCHIVES: &[&str] = &[
    "web.archive.org",
    "wayback.archive-it.org",
    "webarchive.library.unt.edu",
    "webarchive.loc.gov",
    "webarchive.nationalarchives.gov.uk",
    "webharvest.gov",
    "www.webharvest.gov",
];

/// What the metadata of a page says, as it stands there.
pub(super) struct Metadata {
    shared_title: Option<String>,
    window_title: Option<String>,
    site: Option<String>,
    urls: Vec<Url>,
}

impl Metadata {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let property = |name: &str| {
            let is = |&at: &usize| {
                let key = page
                    .attribute(at, "property")
                    .or(page.attribute(at, "name"));
                page.name(at) == "meta" && key == Some(name)
            };
            let at = (0..page.len()).find(is)?;
            page.attribute(at, "content")
        };
        let canonical = (0..page.len()).find_map(|at| {
            let rel = page.attribute(at, "rel")?;
            let named = page.name(at) == "link" && rel.eq_ignore_ascii_case("canonical");
            page.attribute(at, "href").filter(|_| named)
        });
        let window = (0..page.len()).find(|&at| page.name(at) == "title");
        let saved = page.comments().find_map(saved_from);
        let urls = [canonical, property("og:url"), saved];
        Metadata {
            shared_title: property("og:title").and_then(filled),
            window_title: window.map(|at| page.text(at)).as_deref().and_then(filled),
            site: property("og:site_name").and_then(filled),
            urls: urls.into_iter().flatten().filter_map(original).collect(),
        }
    }

    /// The title, without the name of the site; `headline` is what the page
    /// shows as its own.
    pub(super) fn title(&self, headline: Option<&str>) -> Option<String> {
        let shared = self
            .shared_title
            .as_deref()
            .map(|title| self.without_site(title));
        let window = || {
            self.window_title
                .as_deref()
                .map(|title| self.without_site(title))
        };
        let title = shared.or(headline).or_else(window)?;
        Some(title.to_owned())
    }

    /// Where the page is published. An address without a path is the site's,
    /// and taken only where there is no other.
    pub(super) fn url(&self) -> Option<String> {
        let page = self
            .urls
            .iter()
            .find(|url| url.path() != "/" || url.query().is_some());
        Some(page.or(self.urls.first())?.to_string())
    }

    /// Whether the page is of a site, by a part of its name or host.
    pub(super) fn is_of(&self, site: &str) -> bool {
        let mut hosts = self.urls.iter().filter_map(Url::host_str);
        let names = [&self.site, &self.window_title].into_iter().flatten();
        hosts.any(|host| host.contains(site))
            || names
                .into_iter()
                .any(|name| name.to_lowercase().contains(site))
    }

    /// Whether a text is the name of a site and no title.
    pub(super) fn is_site(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let own = self
            .site
            .as_ref()
            .is_some_and(|site| site.to_lowercase() == text);
        own || SITES.contains(&text.as_str())
    }

    fn without_site<'t>(&self, mut title: &'t str) -> &'t str {
        loop {
            let shorter = SEPARATORS.iter().find_map(|separator| {
                let after = title
                    .rsplit_once(separator)
                    .filter(|(_, site)| self.is_site(site));
                let before = title
                    .split_once(separator)
                    .filter(|(site, _)| self.is_site(site));
                let title = after.map(|(title, _)| title);
                title.or(before.map(|(_, title)| title)).map(str::trim)
            });
            match shorter {
                Some(shorter) if !shorter.is_empty() => title = shorter,
                _ => return title,
            }
        }
    }
}

fn filled(text: &str) -> Option<String> {
    let mut folded = super::fold::Folded::default();
    folded.push(text).then(|| folded.into_text())
}

/// The address in `saved from url=(0064)https://...`, which browsers write.
fn saved_from(comment: &str) -> Option<&str> {
    let (_, after) = comment.split_once("saved from url=(")?;
    let (_, url) = after.split_once(')')?;
    url.split_whitespace().next()
}

/// The address of the original, if it is one of the web.
fn original(address: &str) -> Option<Url> {
    let mut url = Url::parse(address.trim()).ok()?;
    // An archive may keep a page of an archive.
    for _ in 0..3 {
        match inner(&url) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The address inside the address of an archive.
fn inner(url: &Url) -> Option<Url> {
    if !ARCHIVES.contains(&url.host_str()?) {
        return None;
    }
    let whole = &url.as_str()[url.origin().ascii_serialization().len()..];
    let schemes = ["http://", "https://", "http:/", "https:/"];
    let start = |scheme: &&str| whole.find(&format!("/{scheme}")).map(|at| at + 1);
    let (at, scheme) = schemes
        .iter()
        .filter_map(|s| Some((start(s)?, s)))
        .min_by_key(|&(at, s)| {
            // Both forms of a scheme begin at one place; the longer says more.
            (at, std::cmp::Reverse(s.len()))
        })?;
    let rest = &whole[at + scheme.len()..];
    let scheme = scheme.trim_end_matches('/');
    Url::parse(&format!("{scheme}//{rest}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Option<String>, Option<String>) {
        let html = scraper::Html::parse_document(text);
        let metadata = Metadata::of(&Page::new(&html));
        (metadata.title(None), metadata.url())
    }

    #[test]
    fn titles_lose_the_name_of_the_site() {
        let cases = [
            (
                "<title>Chad - United States Department of State</title>",
                "Chad",
            ),
            (
                "<title>Refworld | 2011 Report - Chad</title>",
                "2011 Report - Chad",
            ),
            (
                "<meta property=og:title content='Chad | A House | UNHCR'><meta property=og:site_name content='a house'>",
                "Chad",
            ),
            ("<title>Chad - Tier 2</title>", "Chad - Tier 2"),
            ("<title>Refworld</title>", "Refworld"),
        ];
        for (text, want) in cases {
            assert_eq!(of(text).0.as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn addresses_are_those_of_the_original() {
        let cases = [
            (
                "<link rel=canonical href='https://www.state.gov/reports/x/'>",
                Some("https://www.state.gov/reports/x/"),
            ),
            ("<link rel=canonical href='/x'>", None),
            (
                "<link rel=canonical href='https://a.org/'><meta property=og:url content='https://a.org/b#c'>",
                Some("https://a.org/b"),
            ),
            (
                "<!-- saved from url=(0031)http://m.state.gov/md164234.htm -->",
                Some("http://m.state.gov/md164234.htm"),
            ),
            ("<!-- saved from url=(0014)about:internet -->", None),
            (
                "<!-- saved from url=(0099)https://web.archive.org/web/20090101000000id_/http://www.state.gov/g/tip/?a=b -->",
                Some("http://www.state.gov/g/tip/?a=b"),
            ),
            (
                "<link rel=canonical href='http://webarchive.library.unt.edu/eot2008/2008/http:/www.state.gov/g.htm'>",
                Some("http://www.state.gov/g.htm"),
            ),
            ("<link rel=canonical href='javascript:x'>", None),
        ];
        for (text, want) in cases {
            assert_eq!(of(text).1.as_deref(), want, "{text}");
        }
    }
}
