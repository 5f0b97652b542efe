//! What a citation needs of a document: gathered from its header, its cover,
//! its own metadata and the profile of its series, the surest first, each fact
//! with what told it. Also whether it is a document of a series whose documents
//! have numbers or titles of their own.

#[cfg(test)]
mod tests;

use super::Notice;
use super::cover::Cover;
use super::facts::{Facts, bare_name, captured};
use super::front_matter::FrontMatter;
use super::profile::{CoverRules, Profile, PublicationTemplate};
use super::profiles::Profiles;
use crate::format::Document;
use crate::report::{FactSource, PrintedCountry, Publication, ReportId, Series, Told, Year, slug};
use crate::text::dates;
use crate::text::fold::fold_space;

/// A document as a bibliography has it.
#[derive(Debug, Default)]
pub(super) struct Described<'p> {
    /// The profile of its series; none where it is of no series.
    pub(super) profile: Option<&'p Profile>,
    /// Its name in the series.
    pub(super) id: Option<ReportId>,
    pub(super) title: Option<Told>,
    pub(super) facts: Facts,
    pub(super) year_source: Option<FactSource>,
    pub(super) publication: Publication,
    /// Why it is read as of no series though it looks like one.
    pub(super) reason: Option<String>,
}

/// Describes a document that is no edition by country; `facts` are what its
/// header and its path tell.
pub(super) fn describe<'p>(
    front: &FrontMatter,
    document: &Document<'_>,
    profiles: &'p Profiles,
    facts: Facts,
) -> Described<'p> {
    let cover = Cover::of(document);
    let profile = series(front, &cover, profiles);
    let rules = profile.and_then(|p| p.cover.as_ref());
    let metadata = &document.metadata;

    let date = front
        .issued()
        .map(|date| Told::new(date, FactSource::Metadata));
    let date = date
        .or_else(|| Some(Told::new(cover.date(rules)?, FactSource::Cover)))
        .or_else(|| {
            let date = dates::iso(metadata.date.as_deref()?)?;
            Some(Told::new(date, FactSource::Embedded))
        });
    let (year, year_source) = year(front, date.as_ref(), &cover, facts.year);
    let number = told([
        (front.number.clone(), FactSource::Metadata),
        (cover.number(rules), FactSource::Cover),
        (metadata.number.clone(), FactSource::Embedded),
    ]);
    let mut facts = Facts { year, ..facts };
    let title = title(front, &cover, rules, document, number.as_ref());
    let of_cover = profile.filter(|_| front.country.is_none());
    let of_cover = of_cover.and_then(|profile| country(profile, &cover));
    let is_cover_title = title.as_ref().filter(|t| t.source == FactSource::Cover);
    let below = is_cover_title.and_then(|title| cover.below(&title.value).find_map(bare_name));
    // All reports of a body have the same title.
    let below_title = below.as_ref().map(|country| country.printed.clone());
    let of_cover = of_cover.or(below.filter(|_| front.country.is_none()));
    facts.country = of_cover.or(facts.country);
    let id = profile.and_then(|profile| {
        let name = name(rules, number.as_ref(), title.as_ref(), date.as_ref())?;
        Some(ReportId::Edition {
            series: profile.series.clone(),
            year: year?,
            name,
        })
    });
    let template = |text: &str| {
        let year = year.map(|y| y.to_string()).unwrap_or_default();
        let symbol = number.as_ref().map_or("", |n| n.value.as_str());
        let country = facts.country.as_ref().map_or("", |c| c.printed.as_str());
        text.replace("{year}", &year)
            .replace("{symbol}", symbol)
            .replace("{country}", country)
    };
    let none = PublicationTemplate::default();
    let of_series = match &id {
        Some(_) => profile.map_or(&none, |p| &p.publication),
        None => &none,
    };
    let by_series = |text: &Option<String>| text.as_deref().map(template);
    let embedded_author = (!metadata.authors.is_empty()).then(|| metadata.authors.join("; "));
    let publication = Publication {
        author: told([
            (front.author.clone(), FactSource::Metadata),
            (cover.author(), FactSource::Cover),
            (embedded_author, FactSource::Embedded),
            (by_series(&of_series.author), FactSource::Profile),
        ]),
        // Who publishes a series is known better than who shows a copy.
        publisher: told([
            (front.publisher.clone(), FactSource::Metadata),
            (by_series(&of_series.publisher), FactSource::Profile),
            (cover.publisher(), FactSource::Cover),
            (metadata.publisher.clone(), FactSource::Embedded),
            (metadata.site.clone(), FactSource::Embedded),
        ]),
        place: told([
            (front.place.clone(), FactSource::Metadata),
            (of_series.place.clone(), FactSource::Profile),
        ]),
        part: by_series(&of_series.part),
        container: by_series(&of_series.container),
        key: of_series.key.clone(),
        issued: date.filter(|date| date.value.len() > "2000".len()),
        number: number.clone(),
        language: language(front, document),
        subtitle: told([
            (front.subtitle.clone(), FactSource::Metadata),
            (below_title, FactSource::Cover),
        ]),
    };
    let reason = match (profile, &id) {
        (Some(profile), None) => Some(format!(
            "looks like `{}`, but names no {}",
            profile.series,
            if year.is_none() {
                "year"
            } else {
                "number or title"
            }
        )),
        _ => None,
    };
    let title = title.or_else(|| {
        let profile = profile.filter(|_| id.is_some())?;
        Some(Told::new(template(&profile.title), FactSource::Profile))
    });
    Described {
        profile: profile.filter(|_| id.is_some()),
        id,
        title,
        facts,
        year_source,
        publication,
        reason,
    }
}

/// What a header and the file say of an edition by country, over the templates
/// of its series: its page is not its publication, so no date or title is
/// taken from it.
pub(super) fn over_templates(
    front: &FrontMatter,
    document: &Document<'_>,
    of_series: Publication,
) -> Publication {
    let or = |header: &Option<String>, other: Option<Told>| {
        told([(header.clone(), FactSource::Metadata)]).or(other)
    };
    let date = front.issued().filter(|date| date.len() > "2000".len());
    Publication {
        author: or(&front.author, of_series.author),
        publisher: or(&front.publisher, of_series.publisher),
        place: or(&front.place, of_series.place),
        issued: or(&date, of_series.issued),
        number: or(&front.number, of_series.number),
        subtitle: or(&front.subtitle, of_series.subtitle),
        language: language(front, document),
        ..of_series
    }
}

/// What is wrong with the date of a header, as a remark.
pub(super) fn remark_on_date(name: &str, front: &FrontMatter) -> Option<Notice> {
    let date = front.date.as_ref().filter(|_| front.issued().is_none())?;
    let message = format!(
        "`date` is {date}, which is no date, and not used; write it as `2022-04-26`, `2022-04` or `2022`"
    );
    Some(Notice::mended(name, message))
}

/// The first of some facts that is there.
fn told<const N: usize>(facts: [(Option<String>, FactSource); N]) -> Option<Told> {
    facts.into_iter().find_map(|(value, source)| {
        let value = value
            .map(|value| fold_space(&value))
            .filter(|v| !v.is_empty())?;
        Some(Told::new(value, source))
    })
}

fn language(front: &FrontMatter, document: &Document<'_>) -> Option<Told> {
    told([
        (front.language.clone(), FactSource::Metadata),
        (document.metadata.language.clone(), FactSource::Embedded),
    ])
}

/// The profile whose series a document is of: the one that its header names,
/// else one whose marks it has.
fn series<'p>(
    front: &FrontMatter,
    cover: &Cover<'_>,
    profiles: &'p Profiles,
) -> Option<&'p Profile> {
    if let Some(series) = &front.series {
        return profiles.get(series).filter(|p| p.cover.is_some());
    }
    let marks = cover.marks();
    profiles.iter().find(|profile| {
        let rules = profile.cover.as_ref();
        rules.is_some_and(|rules| cover.has_marks(rules, &marks))
    })
}

/// The year, and what told it: the header, else the date of publication, else
/// the name of a yearly report, else the path (`by_path`).
fn year(
    front: &FrontMatter,
    date: Option<&Told>,
    cover: &Cover<'_>,
    by_path: Option<Year>,
) -> (Option<Year>, Option<FactSource>) {
    let of_header = front.year.and_then(|year| Year::try_from(year).ok());
    let of_date = || date.and_then(|d| Some((Year::of_date(&d.value)?, d.source)));
    let of_cover = || Some((Year::of_date(&cover.year()?)?, FactSource::Cover));
    let found = of_header
        .map(|year| (year, FactSource::Metadata))
        .or_else(of_date)
        .or_else(of_cover)
        .or_else(|| Some((by_path?, FactSource::Name)));
    found.unzip()
}

fn title(
    front: &FrontMatter,
    cover: &Cover<'_>,
    rules: Option<&CoverRules>,
    document: &Document<'_>,
    number: Option<&Told>,
) -> Option<Told> {
    let embedded = document.metadata.title.as_deref().map(fold_space);
    // The name of an issue is not the title of a document in it.
    let is_mark = |title: &String| {
        let mut marks = rules.into_iter().flat_map(|rules| &rules.marks);
        marks.any(|mark| mark.regex().is_match(title))
    };
    let embedded = embedded.map(|title| without_number(&title, number));
    let embedded = embedded.filter(|title| !is_mark(title));
    // The title may be that of a template or a site.
    let heading = cover.title_heading(rules);
    let (embedded, doubtful) = match embedded {
        Some(title) if cover.doubts(&title, heading.as_deref()) => (None, Some(title)),
        embedded => (embedded, None),
    };
    let found = told([
        (front.title.clone(), FactSource::Metadata),
        (
            rules.and_then(|rules| cover.title_by(rules)),
            FactSource::Cover,
        ),
        (embedded, FactSource::Embedded),
        (heading, FactSource::Heading),
        (doubtful, FactSource::Embedded),
        (cover.title_line(), FactSource::Cover),
    ])?;
    // The name of a country says less than the heading below it.
    let is_name = found.source != FactSource::Metadata && bare_name(&found.value).is_some();
    let heading = cover.report_heading().filter(|_| is_name);
    Some(heading.map_or(found, |heading| Told::new(heading, FactSource::Heading)))
}

/// A title without the document's number before it.
fn without_number(title: &str, number: Option<&Told>) -> String {
    let rest = number.and_then(|number| {
        let start = title.get(..number.value.len())?;
        let is_number = start.eq_ignore_ascii_case(&number.value);
        is_number.then(|| {
            title[number.value.len()..].trim_start_matches([' ', ',', ':', '-', '–', '—', '.'])
        })
    });
    let rest = rest.filter(|rest| rest.chars().filter(|c| c.is_alphabetic()).count() >= 4);
    rest.unwrap_or(title).to_owned()
}

/// The country that the cover names, if it names one and no other.
fn country(profile: &Profile, cover: &Cover<'_>) -> Option<PrintedCountry> {
    let rules = profile.cover.as_ref()?;
    // A name may stand below the title that it belongs to.
    let next = cover.lines().skip(1).map(Some).chain([None]);
    let lines = cover.lines().zip(next).flat_map(|(line, next)| {
        let joined = next.map(|next| format!("{line} {next}"));
        [Some(line.to_owned()), joined].into_iter().flatten()
    });
    let named = lines.filter_map(|line| {
        let mut patterns = rules.countries.iter();
        patterns.find_map(|p| {
            let captures = p.regex().captures(&line)?;
            captured(profile, &captures, FactSource::Cover)?.country
        })
    });
    let mut named: Vec<PrintedCountry> = named.collect();
    named.dedup_by(|a, b| a.iso3 == b.iso3);
    match named.as_slice() {
        [country] => Some(country.clone()),
        _ => None,
    }
}

/// The name of a document in its series: the slug of its number, with the date
/// where a number has versions, or that of its title.
fn name(
    rules: Option<&CoverRules>,
    number: Option<&Told>,
    title: Option<&Told>,
    date: Option<&Told>,
) -> Option<String> {
    let name = slug(&number.or(title)?.value);
    let day = date.and_then(|date| date.value.get(4..));
    Some(
        match day.filter(|_| rules.is_some_and(|rules| rules.versions)) {
            Some(day) => format!("{name}{day}"),
            None => name,
        },
    )
}

impl Described<'_> {
    /// The series, `doc` where there is none.
    pub(super) fn series(&self) -> Series {
        self.profile.map_or_else(Series::doc, |p| p.series.clone())
    }
}
