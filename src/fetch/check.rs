//! Whether what came is the report of a country in an edition, and not an
//! error page, a home page or a test for robots. It parses no report.

use std::fmt;

use scraper::{Html, Selector};

use super::client::Answer;
use super::edition::Page;
use crate::report::{Country, Gazetteer};
use crate::text::fold::{fold_name, fold_space};

/// The fewest words of prose of a report with a line that tells its tier, and
/// of one without.
const WORDS_BELOW_TIER: usize = 100;
const WORDS_ALONE: usize = 300;
/// The fewest words of a paragraph that counts as prose; menus and captions
/// have fewer.
const PROSE: usize = 12;

/// What pages for robots say; a report of many words may say so too.
const BOT_CHECK: [&str; 8] = [
    "just a moment",
    "checking your browser",
    "verify you are human",
    "verifying you are human",
    "are you a robot",
    "enable javascript and cookies",
    "access denied",
    "captcha",
];

/// Why what came is no report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// The content is of another type than HTML.
    NotHtml(String),
    /// A page that tells people from programs.
    BotCheck,
    /// It breaks off before its end.
    CutShort,
    /// No title of the edition on it.
    OtherPage,
    /// A report, but of another country.
    OtherCountry,
    /// Too few words of prose for a report.
    TooShort {
        /// How many there are.
        words: usize,
    },
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::NotHtml(kind) => write!(f, "the page is `{kind}`, not HTML"),
            Unfit::BotCheck => f.write_str("the site answers with a test for robots"),
            Unfit::CutShort => f.write_str("the page breaks off before its end"),
            Unfit::OtherPage => f.write_str("the page does not name the edition"),
            Unfit::OtherCountry => f.write_str("the page is about another country"),
            Unfit::TooShort { words } => {
                write!(
                    f,
                    "the page holds {words} words of prose, too few for a report"
                )
            }
        }
    }
}

/// Checks the answer to the request for a page.
pub(super) fn check(answer: &Answer, page: &Page, year: u16) -> Result<(), Unfit> {
    let html = html_of(answer)?;
    let seen = Seen::of(&html);
    let words: usize = seen.prose.iter().map(|p| count(p)).sum();
    let all = format!("{}\n{}", seen.titles.join("\n"), seen.prose.join("\n")).to_lowercase();
    let for_robots = BOT_CHECK.iter().any(|sign| all.contains(sign));
    if words < WORDS_BELOW_TIER && for_robots {
        return Err(Unfit::BotCheck);
    }
    if !answer.length_known && !html.to_ascii_lowercase().contains("</html>") {
        return Err(Unfit::CutShort);
    }
    if !names_edition(&seen, year) {
        return Err(Unfit::OtherPage);
    }
    let tiers: Vec<_> = seen
        .lines
        .iter()
        .filter_map(|l| country_of_tier(l))
        .collect();
    let own_tier = tiers.contains(&Some(page.country));
    let other_tier = tiers.iter().any(Option::is_some);
    if !own_tier && (other_tier || !names_country(&seen, page)) {
        return Err(Unfit::OtherCountry);
    }
    let fewest = if tiers.is_empty() {
        WORDS_ALONE
    } else {
        WORDS_BELOW_TIER
    };
    if words < fewest {
        return Err(Unfit::TooShort { words });
    }
    Ok(())
}

/// The text of an answer that is HTML; bytes that are no UTF-8 do not matter
/// here, as the file keeps the bytes.
pub(super) fn html_of(answer: &Answer) -> Result<String, Unfit> {
    let kind = answer.content_type.as_deref().unwrap_or("of no type");
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let html = ["text/html", "application/xhtml+xml"]
        .iter()
        .any(|h| essence.eq_ignore_ascii_case(h));
    match html {
        true => Ok(String::from_utf8_lossy(&answer.body).into_owned()),
        false => Err(Unfit::NotHtml(essence.to_owned())),
    }
}

/// What a page shows that tells what it is.
struct Seen {
    /// Its title and headings.
    titles: Vec<String>,
    /// Headings and paragraphs, short enough to be the line of a tier.
    lines: Vec<String>,
    /// Paragraphs and items of some length.
    prose: Vec<String>,
    /// Whatever text the body has, for breadcrumbs.
    body: String,
}

impl Seen {
    fn of(html: &str) -> Seen {
        let html = Html::parse_document(html);
        let texts = |selector: &str| -> Vec<String> {
            // All selectors are constants below; every test parses them.
            let selector = Selector::parse(selector).expect("the selector is valid");
            html.select(&selector)
                .map(|e| fold_space(&e.text().collect::<String>()))
                .filter(|text| !text.is_empty())
                .collect()
        };
        let mut lines = texts("h1, h2, h3, h4, p, strong, b, span");
        lines.retain(|line| line.chars().count() <= 100);
        let mut prose = texts("p, li");
        prose.retain(|p| count(p) >= PROSE);
        Seen {
            titles: texts("title, h1, h2, h3"),
            lines,
            prose,
            body: texts("body").join(" "),
        }
    }
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a title names the series and the edition. Older pages have the
/// series' name, or the year, in their breadcrumbs alone.
fn names_edition(seen: &Seen, year: u16) -> bool {
    let year = year.to_string();
    let named = |text: &str| {
        let text = text.to_lowercase();
        text.contains("trafficking in persons") && text.contains(&year)
    };
    let printed = [
        format!("{year} trafficking in persons report"),
        format!("trafficking in persons report {year}"),
    ];
    let body = seen.body.to_lowercase();
    seen.titles.iter().any(|t| named(t)) || printed.iter().any(|p| body.contains(p))
}

/// Of a line that tells a tier, as `CAMBODIA: Tier 2 Watch List`, `Kenya (Tier
/// 2)` or `SPECIAL CASE: SOMALIA`: the country, if the gazetteer knows it.
fn country_of_tier(line: &str) -> Option<Option<&'static Country>> {
    let line = line.trim_end_matches(['*', ' ']);
    let known = |name: &str| Gazetteer::built_in().find(name.trim());
    if let Some((first, second)) = line.split_once(':') {
        return match (is_tier(first), is_tier(second)) {
            (false, true) => Some(known(first)),
            (true, false) => Some(known(second)),
            _ => None,
        };
    }
    let (name, tier) = line.strip_suffix(')')?.rsplit_once('(')?;
    is_tier(tier).then(|| known(name))
}

fn is_tier(text: &str) -> bool {
    let text = fold_name(text).replace([' ', ':'], "");
    matches!(
        text.as_str(),
        "tier1" | "tier2" | "tier3" | "tier2watchlist" | "specialcase"
    )
}

/// Whether a title names the country, or the prose does so more than once.
fn names_country(seen: &Seen, page: &Page) -> bool {
    let prose = fold_name(&seen.prose.join(" "));
    let country = page.country;
    let mut names = country.aliases.iter().chain([&country.name, &page.slug]);
    names.any(|name| prose.matches(&fold_name(name)).count() > 1)
        || seen.titles.iter().any(|title| {
            let mut parts = title.split([':', '-', '–', '—', '|', '(']);
            parts.any(|part| Gazetteer::built_in().find(part.trim()) == Some(country))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_tell_a_tier() {
        for (line, iso3) in [
            ("CAMBODIA: Tier 2 Watch List", Some("KHM")),
            ("AFGHANISTAN: TIER 2", Some("AFG")),
            ("CONGO, DEMOCRATIC REPUBLIC OF THE: Tier 3", Some("COD")),
            ("Kenya (Tier 2)", Some("KEN")),
            ("THE NETHERLANDS ANTILLES (Tier 2 Watch List)*", Some("ANT")),
            ("ESWATINI (SWAZILAND) (Tier 2 Watch List)", Some("SWZ")),
            ("SPECIAL CASE: SOMALIA", Some("SOM")),
            ("SOMALIA: SPECIAL CASE", Some("SOM")),
            ("AFGHANISTAN TIER RANKING BY YEAR", None),
            ("Tier Placement", None),
            ("PRIORITIZED RECOMMENDATIONS:", None),
        ] {
            let country = country_of_tier(line).flatten();
            assert_eq!(country.map(|c| c.iso3.as_str()), iso3, "{line}");
        }
    }
}
