//! What the head of a page says of its publication: Dublin Core, Open Graph,
//! `citation_*`, JSON-LD. The surest source of each fact goes first.

use scraper::{Html, Selector};
use serde_json::Value;

use super::super::dates;
use super::super::document::Metadata;
use super::super::names;
use super::fold::Folded;
use super::page::Page;

/// The names of `meta` elements by what they tell, the surest first, in lower
/// case.
const TITLE: &[&str] = &["citation_title", "dc.title", "dcterms.title"];
const AUTHORS: &[&str] = &[
    "citation_author",
    "citation_authors",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "author",
    "dc.contributor.author",
    "parsely-author",
    "sailthru.author",
];
const PUBLISHER: &[&str] = &[
    "citation_publisher",
    "citation_technical_report_institution",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
];
const SITE: &[&str] = &["og:site_name", "application-name"];
const DATE: &[&str] = &[
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
];
/// Where nothing else tells a date.
const CHANGED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
];
const NUMBER: &[&str] = &[
    "citation_technical_report_number",
    "dc.identifier",
    "dcterms.identifier",
    "report-number",
];
const LANGUAGE: &[&str] = &[
    "citation_language",
    "dc.language",
    "dcterms.language",
    "og:locale",
    "content-language",
];

/// The names of authors under which programs write the login of whoever made
/// the page.
const LOGINS: &[&str] = &["author", "parsely-author", "sailthru.author"];
/// The date that programs write when they know none.
const EPOCH: &str = "1970-01-01";

/// What the head of a page says, without its title for the window.
pub(super) fn of(html: &Html, page: &Page<'_>) -> Metadata {
    let metas: Vec<(String, &str)> = metas(page);
    let linked = Linked::of(html);
    let first = |names: &[&str]| values(&metas, names).next().map(str::to_owned);
    let date = |names: &[&str]| {
        let mut dates = values(&metas, names).filter_map(dates::iso);
        dates.find(|date| date != EPOCH)
    };
    let changed = || linked.changed.clone().or_else(|| date(CHANGED));
    let language = page_language(page)
        .or_else(|| first(LANGUAGE))
        .or(linked.language);
    let number = values(&metas, NUMBER).find(|number| names::is_symbol(number));
    let mut authors = authors(&metas);
    if authors.is_empty() {
        authors = linked.authors;
    }
    Metadata {
        title: first(TITLE).or(linked.title),
        authors,
        publisher: first(PUBLISHER).or(linked.publisher),
        site: first(SITE).filter(|site| names::is_name(site)),
        date: date(DATE).or(linked.published).or_else(changed),
        number: number.map(str::to_owned),
        language: language.as_deref().and_then(names::language),
        url: None,
    }
}

/// The names of the `meta` elements and what they say, in order.
fn metas<'a>(page: &Page<'a>) -> Vec<(String, &'a str)> {
    let of = |at: usize| {
        let mut keys = ["property", "name", "itemprop", "http-equiv"].into_iter();
        let key = keys.find_map(|key| page.attribute(at, key))?;
        let value = page.attribute(at, "content")?;
        let key = key
            .trim()
            .to_lowercase()
            .replace("dc:", "dc.")
            .replace("dcterms:", "dcterms.");
        Some((key, value))
    };
    let metas = (0..page.len()).filter(|&at| page.name(at) == "meta");
    metas.filter_map(of).collect()
}

/// What the elements of some names say, the first name first.
fn values<'m>(metas: &'m [(String, &'m str)], names: &'m [&str]) -> impl Iterator<Item = &'m str> {
    let of = |name: &'m &str| metas.iter().filter(move |(key, _)| key == name);
    let all = names.iter().flat_map(of).map(|(_, value)| value.trim());
    all.filter(|value| !value.is_empty())
}

/// The authors by the first name that tells any.
fn authors(metas: &[(String, &str)]) -> Vec<String> {
    let mut told = AUTHORS.iter().map(|name| {
        let may_be_login = LOGINS.contains(name);
        let said = values(metas, std::slice::from_ref(name)).map(folded);
        names::authors(said.filter(|said| !may_be_login || names::is_full_name(said)))
    });
    told.find(|told| !told.is_empty()).unwrap_or_default()
}

fn folded(text: &str) -> String {
    let mut folded = Folded::default();
    folded.push(text);
    folded.into_text()
}

/// The language that the page says it is in.
fn page_language(page: &Page<'_>) -> Option<String> {
    let html = (0..page.len()).find(|&at| page.name(at) == "html")?;
    let own = ["lang", "xml:lang"]
        .into_iter()
        .find_map(|name| page.attribute(html, name))?;
    Some(own.to_owned())
}

/// What JSON-LD says of the article of a page.
#[derive(Debug, Default)]
struct Linked {
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    published: Option<String>,
    changed: Option<String>,
    language: Option<String>,
}

/// The types that are the text of a page, the surest first.
const TYPES: &[&str] = &[
    "Report",
    "ScholarlyArticle",
    "GovernmentPublication",
    "NewsArticle",
    "Article",
    "BlogPosting",
    "TechArticle",
    "DigitalDocument",
    "CreativeWork",
    "WebPage",
];

/// How deep objects may stand in each other.
const DEEPEST: usize = 4;

impl Linked {
    fn of(html: &Html) -> Self {
        // The selector is a constant that parses.
        let Ok(selector) = Selector::parse("script[type='application/ld+json']") else {
            return Linked::default();
        };
        let texts = html
            .select(&selector)
            .map(|script| script.text().collect::<String>());
        let values: Vec<Value> = texts
            .filter_map(|text| serde_json::from_str(text.trim()).ok())
            .collect();
        let mut objects = Vec::new();
        values
            .iter()
            .for_each(|value| gather(value, DEEPEST, &mut objects));
        let of_type = |name: &str| {
            objects
                .iter()
                .filter(|object| is_of(object, name))
                .collect::<Vec<_>>()
        };
        let mut linked = Linked::default();
        // Other articles on the page have other facts; only the page itself
        // completes those of the first.
        let mut of_types = TYPES.iter().flat_map(|name| of_type(name));
        let first = of_types.next();
        let pages = of_type("WebPage").into_iter();
        for object in first.into_iter().chain(pages) {
            linked.take(object, &objects);
        }
        linked
    }

    /// Takes what is not known yet.
    fn take(&mut self, object: &Value, all: &[&Value]) {
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(folded);
        let is_page = is_of(object, "WebPage");
        // The name of a page is the title of its window.
        let title = text("headline").or_else(|| text("name").filter(|_| !is_page));
        self.title = self
            .title
            .take()
            .or(title)
            .filter(|title| !title.is_empty());
        let date = |key: &str| text(key).as_deref().and_then(dates::iso);
        self.published = self.published.take().or_else(|| date("datePublished"));
        self.changed = self.changed.take().or_else(|| date("dateModified"));
        self.language = self.language.take().or_else(|| text("inLanguage"));
        if self.authors.is_empty() {
            self.authors = names::authors(named(object.get("author"), all).into_iter());
        }
        if self.publisher.is_none() {
            self.publisher = named(object.get("publisher"), all).into_iter().next();
        }
    }
}

/// The objects of a value: of arrays, and of a graph.
fn gather<'v>(value: &'v Value, depth: usize, into: &mut Vec<&'v Value>) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| gather(value, depth - 1, into)),
        Value::Object(object) => {
            into.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(key) {
                    gather(value, depth - 1, into);
                }
            }
        }
        _ => {}
    }
}

fn is_of(object: &Value, name: &str) -> bool {
    match object.get("@type") {
        Some(Value::String(own)) => own == name,
        Some(Value::Array(own)) => own.iter().any(|own| own.as_str() == Some(name)),
        _ => false,
    }
}

/// The names of persons or institutions: texts, objects, or references to
/// objects elsewhere.
fn named(value: Option<&Value>, all: &[&Value]) -> Vec<String> {
    let own = |value: &Value| match value {
        Value::String(name) => Some(folded(name)),
        Value::Object(object) => {
            let id = object.get("@id");
            let other = all.iter().find(|other| {
                id.is_some() && other.get("@id") == id && other.get("name").is_some()
            });
            let name = object.get("name").or_else(|| other?.get("name"));
            name.and_then(Value::as_str).map(folded)
        }
        _ => None,
    };
    let names: Vec<String> = match value {
        Some(Value::Array(values)) => values.iter().filter_map(own).collect(),
        Some(value) => own(value).into_iter().collect(),
        None => Vec::new(),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str) -> Metadata {
        let html = Html::parse_document(&format!(
            "<html><head>{head}</head><body><p>x</p></body></html>"
        ));
        of(&html, &Page::new(&html))
    }

    #[test]
    fn heads_in_many_forms() {
        let cases = [
            (
                "<meta property='article:published_time' content='2022-04-26T10:00:00+00:00'><meta property='article:modified_time' content='2023-01-01'>\
                 <meta property=og:site_name content='A House'><meta name=author content='A House; B. Hall'>",
                "2022-04-26|A House/B. Hall|-|A House|-",
            ),
            (
                "<meta name=DC.Date.Issued content='April 2020'><meta name=DC.Creator content='Office of  Boats'><meta name=DCTERMS.publisher content='The Harbor'>\
                 <meta name=DC.language content=fr>",
                "2020-04|Office of Boats|The Harbor|-|fr",
            ),
            (
                "<meta name=citation_author content='Hall, B.'><meta name=citation_author content='Moor, A.'><meta name=citation_publication_date content='2019/05/06'>",
                "2019-05-06|Hall, B./Moor, A.|-|-|-",
            ),
            (
                "<script type=application/ld+json>{\"@graph\": [{\"@type\": \"WebPage\", \"datePublished\": \"2001-01-01\"}, {\"@type\": [\"Report\"], \"headline\": \"Boats\",\
                 \"datePublished\": \"2018-02-03\", \"author\": [{\"@id\": \"#a\"}, {\"name\": \"B. Hall\"}], \"publisher\": {\"name\": \"The Harbor\"}, \"inLanguage\": \"en-GB\"},\
                 {\"@type\": \"Organization\", \"@id\": \"#a\", \"name\": \"A House\"}]}</script><script type=application/ld+json>{not json</script>",
                "2018-02-03|A House/B. Hall|The Harbor|-|en-GB",
            ),
            (
                "<meta name=author content=admin><meta name=author content='a@b.org'><meta name=date content='soon'><meta property='article:modified_time' content='2023-01-01'>",
                "2023-01-01|-|-|-|-",
            ),
            ("<meta name=author content='https://a.org/b'>", "-|-|-|-|-"),
        ];
        for (head, want) in cases {
            let told = told(head);
            let shown = |value: Option<String>| value.unwrap_or("-".to_owned());
            let authors = Some(told.authors.join("/")).filter(|authors| !authors.is_empty());
            let got = [told.date, authors, told.publisher, told.site, told.language].map(shown);
            assert_eq!(got.join("|"), want, "{head}");
        }
    }

    #[test]
    fn titles_and_numbers() {
        let meta = told(
            "<meta name=DC.identifier content='https://a.org/b'><meta name=DC.identifier content='A/HRC/44/42'><meta name=citation_title content='Boats'>",
        );
        assert_eq!(meta.number.as_deref(), Some("A/HRC/44/42"));
        assert_eq!(meta.title.as_deref(), Some("Boats"));
    }

    proptest::proptest! {
        #[test]
        fn any_json_is_read(text in "[\\PC]{0,40}|(\\{|\\}|\\[|\\]|\"@graph\": |\"@type\": \"Report\"|\"author\": |\"name\": \"a\"|,){0,20}") {
            let _ = told(&format!("<script type=application/ld+json>{text}</script>"));
        }
    }
}
