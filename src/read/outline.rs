//! A document to reports: the sections of each, and all that is known of it.

use super::cover;
use super::cutter::Cutter;
use super::described::{self, Described};
use super::facts::Facts;
use super::front_matter::FrontMatter;
use super::headings::{Heading, Headings, Numbering};
use super::lacking::lacking;
use super::menus::{Menus, NoText};
use super::narrative::{Narrative, Piece};
use super::profile::{Numbered, ParagraphRules, Profile};
use super::profiles::Profiles;
use super::prose::{self, ProseTier};
use super::recognize::{Editions, Recognized, recognize};
use super::{FileReading, Notice};
use crate::format::document::characters;
use crate::format::{Document, Dropped, Line, LineKind};
use crate::report::{
    FactSource, Publication, Report, ReportId, ReportInfo, Section, SectionName, Series, Tier,
    Told, slug,
};
use crate::text::fold::fold_space;
use url::Url;

/// Where a document comes from.
#[derive(Debug)]
pub struct Source<'a> {
    /// The file's name below its corpus folder.
    pub name: &'a str,
    /// The id of the text should no profile know it.
    pub record_id: &'a str,
    /// The SHA-256 of the file.
    pub hash: String,
}

/// The longest line that is read, in bytes; a longer one is no paragraph.
pub const MAX_LINE: usize = 1 << 20;
/// The longest paragraph, in characters, that is not told of.
const MAX_PARAGRAPH: usize = 15_000;
/// The most characters before the first report that are not told of.
const MAX_FRONT: u64 = 2_000;

/// Reads a document into `reading`; what its header says goes before what is
/// found in it.
pub fn read(
    source: &Source<'_>,
    front: &FrontMatter,
    mut document: Document<'_>,
    profiles: &Profiles,
    reading: &mut FileReading,
) {
    leave_long_lines_out(source, &mut document, reading);
    reading.characters += document.characters();
    let date = described::remark_on_date(source.name, front);
    reading.notices.extend(date);
    let header = match Facts::of_header(front) {
        Ok(facts) => facts,
        Err(message) => {
            let message = format!("bad header, file left out: {message}");
            reading.notices.push(Notice::skipped(source.name, message));
            return;
        }
    };
    match recognize(source, front, &header, &document, profiles) {
        Recognized::Editions(found) => {
            reading.profile = Some(found.profile.series.clone());
            editions(source, front, &document, found, reading);
        }
        Recognized::Unknown(facts, reason) => {
            let described = described::describe(front, &document, profiles, facts);
            reading.profile = described.profile.map(|p| p.series.clone());
            let reason = match (&reading.profile, &described.reason) {
                (Some(_), _) => None,
                (None, Some(of_cover)) => Some(format!("{of_cover}; read as plain paragraphs")),
                (None, None) => reason,
            };
            let marked = described
                .profile
                .and_then(|profile| cover::with_headings(profile, &document));
            let document = marked.as_ref().unwrap_or(&document);
            let numbered = described.profile.map(|p| p.paragraphs.numbered);
            let (report, dropped) = unknown(source, front, document, described);
            if report.has_text() {
                if numbered == Some(Numbered::Always) && !report.info.is_numbered {
                    let message = "documents of its series number their paragraphs, but no \
                                   numbers were found; its paragraphs are counted";
                    let notice = Notice::mended(source.name, message);
                    reading.notices.push(notice);
                }
                reading.dropped.extend(dropped);
                let told = reason.map(|reason| Notice::unknown(source.name, reason));
                reading.notices.extend(told);
                reading.reports.push(report);
            }
        }
    }
    if reading.reports.is_empty() {
        reading
            .notices
            .push(Notice::skipped(source.name, "no text in it"));
        return;
    }
    let paragraphs = reading.reports.iter().flat_map(|r| &r.sections);
    let lengths = paragraphs
        .flat_map(|s| &s.paragraphs)
        .map(|p| p.text.chars().count());
    if let Some(longest) = lengths.max().filter(|n| *n > MAX_PARAGRAPH) {
        let message = format!("a paragraph of {longest} characters: the text marks too few");
        reading.notices.push(Notice::mended(source.name, message));
    }
}

fn leave_long_lines_out(
    source: &Source<'_>,
    document: &mut Document<'_>,
    reading: &mut FileReading,
) {
    document.lines.retain(|line| {
        let fine = line.text.len() <= MAX_LINE;
        if !fine {
            let megabytes = line.text.len() as f64 / 1e6;
            let message = format!("a line of {megabytes:.1} MB is no paragraph, line left out");
            let notice = Notice::skipped(source.name, message);
            reading.notices.push(notice.at_line(line.number));
        }
        fine
    });
}

fn editions(
    source: &Source<'_>,
    front: &FrontMatter,
    document: &Document<'_>,
    found: Editions<'_, '_>,
    reading: &mut FileReading,
) {
    if !found.also_claimed_by.is_empty() {
        let names = found.also_claimed_by.iter().map(|s| format!("`{s}`"));
        let message = format!(
            "{} claims it too; read as `{}`",
            names.collect::<Vec<_>>().join(", "),
            found.profile.series
        );
        reading.notices.push(Notice::mended(source.name, message));
    }
    for remark in found.remarks {
        reading.notices.push(Notice::mended(source.name, remark));
    }
    let is_page_of_many = found.narratives.len() > 1;
    let of_one;
    let front = match is_page_of_many {
        true => {
            // What is said of one report is said of none of many.
            of_one = FrontMatter {
                title: None,
                ..front.clone()
            };
            if front.title.is_some() || front.country.is_some() || front.tier.is_some() {
                let message = "title, country and tier that are given for it say nothing of its \
                               reports, as it holds several";
                reading.notices.push(Notice::mended(source.name, message));
            }
            &of_one
        }
        false => front,
    };
    for narrative in found.narratives {
        let edition = edition(source, front, document, found.profile, narrative);
        // A name in a list of tiers has no text, and is no report.
        if edition.report.has_text() {
            if !edition.lacks.is_empty() {
                let id = edition.report.id.to_string();
                reading.lacking.insert(id, edition.lacks);
            }
            reading.reports.push(edition.report);
            reading.notices.extend(edition.notices);
        }
        reading.dropped.extend(edition.dropped);
    }
    let sizes = found.front.iter().map(|piece| match piece {
        Piece::Line(line) => characters(&line.text),
        Piece::Title => 0,
    });
    let characters: u64 = sizes.sum();
    if found.titles > 0 {
        reading.dropped.push(Dropped {
            what: "title lines".to_owned(),
            characters: found.titles,
        });
    }
    if characters > 0 {
        reading.dropped.push(Dropped {
            what: "front matter".to_owned(),
            characters,
        });
    }
    if characters > MAX_FRONT && !is_page_of_many {
        let message = format!("{characters} characters before its title are left out");
        reading.notices.push(Notice::mended(source.name, message));
    }
}

/// A report of a series, and what there is to say of it.
struct Edition {
    report: Report,
    notices: Vec<Notice>,
    dropped: Vec<Dropped>,
    /// The sections that every report of its series and year has but this one.
    lacks: Vec<String>,
}

fn edition(
    source: &Source<'_>,
    front: &FrontMatter,
    document: &Document<'_>,
    profile: &Profile,
    narrative: Narrative<'_>,
) -> Edition {
    let outline = outline(document, profile, &narrative);
    let sections = outline.sections;
    let mut facts = narrative.facts;
    let tier_notice = settle_tier(source, profile, &sections, &mut facts);
    let lacks = lacking(profile, &facts, &sections);
    let template = |t: &str| fill(t, &facts);
    let told = |text: String| Told::new(text, FactSource::Profile);
    let filled = |t: &Option<String>| t.as_deref().map(template).map(told);
    let rules = &profile.publication;
    let issued = facts.year.and_then(|y| rules.issued.get(&y.to_string()));
    let publication = Publication {
        author: filled(&rules.author),
        part: rules.part.as_deref().map(template),
        key: rules.key.clone(),
        container: rules.container.as_deref().map(template),
        publisher: filled(&rules.publisher),
        place: filled(&rules.place),
        issued: issued.cloned().map(told),
        ..Publication::default()
    };
    let publication = described::over_templates(front, document, publication);
    let title = front
        .title
        .clone()
        .unwrap_or_else(|| template(&profile.title));
    let title_source = match front.title {
        Some(_) => Some(FactSource::Metadata),
        None => facts.country_source,
    };
    let url = front.url.clone().or_else(|| document.metadata.url.clone());
    let id = match (&facts.country, facts.year) {
        (Some(country), Some(year)) => ReportId::Edition {
            series: profile.series.clone(),
            year,
            name: country.iso3.to_lowercase(),
        },
        // `recognize` gives both; a record's name is the safe way out.
        _ => ReportId::Record(source.record_id.to_owned()),
    };
    let mut notices: Vec<Notice> = tier_notice.into_iter().collect();
    let remarks = remarks(&id, &outline.numbering, &lacks);
    notices.extend(remarks.map(|remark| Notice::mended(source.name, remark)));
    let about = About {
        series: profile.series.clone(),
        title,
        title_source,
        year_source: facts.year_source,
        publication,
        source_rank: source_rank(profile, url.as_deref()),
        url: url.or_else(|| profile.url.as_deref().map(template)),
        tier_note: tier_note(profile, &facts),
    };
    let report = Report {
        id,
        info: ReportInfo {
            is_numbered: is_numbered(&sections),
            ..info(source, front, about, facts)
        },
        sections,
        line: None,
    };
    Edition {
        report,
        notices,
        dropped: outline.dropped,
        lacks,
    }
}

/// How many headings a remark names.
const NAMED: usize = 3;

/// What there is to say of the sections of a report, in words.
fn remarks(
    id: &ReportId,
    numbering: &Numbering,
    lacks: &[String],
) -> impl Iterator<Item = String> + use<> {
    let some_of = |headings: &[String]| {
        let named = headings.iter().take(NAMED).map(|h| format!("`{h}`"));
        let named = named.collect::<Vec<_>>().join(", ");
        match headings.len() {
            n if n > NAMED => format!("{named} and {} more", n - NAMED),
            _ => named,
        }
    };
    let told = &numbering.told_by_title;
    let told = (!told.is_empty()).then(|| {
        format!(
            "{id}: the number of a section is not printed above {}; their titles tell it",
            some_of(told)
        )
    });
    let without = &numbering.without;
    let without = (!without.is_empty()).then(|| {
        format!(
            "{id}: headings with letters but no number of a section, and no title that tells \
             it: {}",
            some_of(without)
        )
    });
    let elsewhere = numbering.elsewhere.iter().map(|(heading, number)| {
        format!("{id}: `{heading}` stands in section {number}, where it does not belong")
    });
    let elsewhere: Vec<String> = elsewhere.collect();
    let lacks = (!lacks.is_empty()).then(|| {
        format!(
            "{id} lacks sections that every report of its series and year has: {}",
            lacks.join(", ")
        )
    });
    let remarks = [told, without].into_iter().flatten();
    remarks.chain(elsewhere).chain(lacks)
}

/// The sections of a report, and what was found on the way.
struct Outline {
    sections: Vec<Section>,
    numbering: Numbering,
    dropped: Vec<Dropped>,
}

fn outline(document: &Document<'_>, profile: &Profile, narrative: &Narrative<'_>) -> Outline {
    let mut cutter = Cutter::new(&profile.paragraphs, document);
    cutter.open(SectionName::new(
        &profile.lead.key,
        &profile.lead.label,
        None,
    ));
    let mut headings = Headings::new(profile, narrative.facts.year, cutter.width());
    let mut menus = Menus::new(profile);
    let mut pieces = &narrative.pieces[..];
    let mut of_page = 0;
    while let Some((piece, after)) = pieces.split_first() {
        pieces = after;
        let Piece::Line(line) = piece else {
            cutter.end_paragraph();
            continue;
        };
        let next = match after.first() {
            Some(Piece::Line(next)) => Some(*next),
            _ => None,
        };
        match menus.take(line, next, cutter.is_empty()) {
            None => {}
            Some(NoText::Inside) => continue,
            Some(NoText::Between) => {
                cutter.end_paragraph();
                continue;
            }
        }
        match headings.of(line, after, cutter.is_empty()) {
            Heading::None => cutter.line(line),
            Heading::OfPage => {
                of_page += characters(&line.text);
                cutter.end_paragraph();
            }
            Heading::Section(found) => {
                let heading = found.name.heading.as_deref().unwrap_or_default();
                let mut patterns = profile.sections.iter();
                let is_over = patterns.any(|s| {
                    s.over && s.key == found.name.key
                        || s.refers.iter().any(|p| p.regex().is_match(heading))
                });
                cutter.open_at(found.name, is_over.then_some(0));
                pieces = after.get(found.takes..).unwrap_or_default();
                if !found.rest.is_empty() {
                    cutter.line(&Line {
                        text: found.rest.into(),
                        kind: LineKind::Text,
                        ..(*line).clone()
                    });
                }
            }
        }
    }
    let mut dropped = menus.dropped();
    dropped.extend(cutter.dropped());
    if of_page > 0 {
        dropped.push(Dropped {
            what: "headings of the page".to_owned(),
            characters: of_page,
        });
    }
    Outline {
        sections: prose::divide(profile, cutter.finish()),
        numbering: headings.numbering(),
        dropped,
    }
}

/// Takes the tier from the wording where no line tells it; tells where line
/// and wording differ.
fn settle_tier(
    source: &Source<'_>,
    profile: &Profile,
    sections: &[Section],
    facts: &mut Facts,
) -> Option<Notice> {
    let told = facts.tier;
    match (told, prose::tier(profile, sections)?) {
        (None, ProseTier::Ranked(tier)) => {
            facts.tier = Some(tier);
            facts.tier_source = Some(FactSource::Prose);
            None
        }
        (Some(Tier::Special), ProseTier::None) => {
            (facts.tier, facts.tier_source) = (None, None);
            None
        }
        (Some(told), ProseTier::Ranked(tier)) if !agree(told, tier) => {
            let country = facts.country.as_ref().map_or("", |c| c.printed.as_str());
            let message = format!(
                "{country}: its title or metadata says {}, its text {}; the first stands",
                told.label(),
                tier.label()
            );
            Some(Notice::mended(source.name, message))
        }
        _ => None,
    }
}

/// Whether a wording fits a tier: the verdict is the same on Tier 2 and on its
/// Watch List, and special cases have any.
fn agree(told: Tier, tier: Tier) -> bool {
    told == tier
        || told == Tier::Special
        || tier == Tier::Special
        || (told == Tier::WatchList && tier == Tier::Two)
}

/// The place of a report's site among the sources of its series.
fn source_rank(profile: &Profile, url: Option<&str>) -> u32 {
    let url = url.and_then(|url| Url::parse(url).ok());
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    let is_of = |source: &String| {
        let before = host.strip_suffix(source.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    let place = profile.sources.iter().position(is_of);
    place.unwrap_or(profile.sources.len()) as u32
}

fn tier_note(profile: &Profile, facts: &Facts) -> Option<String> {
    let (country, year) = (facts.country.as_ref()?, facts.year?);
    let mut notes = profile.tier.notes.iter();
    let note = notes.find(|n| n.year == year.get() && n.countries.contains(&country.iso3))?;
    Some(note.note.clone())
}

fn unknown(
    source: &Source<'_>,
    front: &FrontMatter,
    document: &Document<'_>,
    described: Described<'_>,
) -> (Report, Vec<Dropped>) {
    let stem = source
        .name
        .rsplit_once('.')
        .map_or(source.name, |(stem, _)| stem);
    let rules = match described.profile {
        Some(profile) => profile.paragraphs.clone(),
        None => ParagraphRules {
            numbered: Numbered::Auto,
            ..ParagraphRules::default()
        },
    };
    let mut cutter = Cutter::new(&rules, document);
    cutter.open(SectionName::new("text", "Text", None));
    let series = described.series();
    let mut title_source = described.title.as_ref().map(|title| title.source);
    let mut title = described.title.map(|title| title.value);
    for line in &document.lines {
        if line.kind == LineKind::Heading {
            let heading = fold_space(&line.text);
            let is_title = cutter.is_empty() && title.as_ref().is_none_or(|t| *t == heading);
            if is_title {
                title_source = title_source.or(Some(FactSource::Heading));
                title = Some(heading);
            } else {
                let name = SectionName::new(&slug(&heading), &heading, Some(heading.clone()));
                cutter.open_at(name, line.level);
            }
        } else {
            cutter.line(line);
        }
    }
    let about = About {
        series,
        title: title.unwrap_or_else(|| stem.rsplit('/').next().unwrap_or(stem).to_owned()),
        title_source: title_source.or(Some(FactSource::Name)),
        year_source: described.year_source,
        publication: described.publication,
        url: front.url.clone().or_else(|| document.metadata.url.clone()),
        tier_note: None,
        source_rank: 0,
    };
    let record = || ReportId::Record(source.record_id.to_owned());
    let dropped = cutter.dropped();
    let sections = prose::number(cutter.finish());
    let report = Report {
        id: described.id.unwrap_or_else(record),
        info: ReportInfo {
            is_numbered: is_numbered(&sections),
            ..info(source, front, about, described.facts)
        },
        sections,
        line: None,
    };
    (report, dropped)
}

/// Whether the source prints numbers before its paragraphs.
fn is_numbered(sections: &[Section]) -> bool {
    let mut paragraphs = sections.iter().flat_map(|section| &section.paragraphs);
    paragraphs.any(|paragraph| paragraph.printed_number.is_some())
}

/// What is known of a report beside its facts.
struct About {
    series: Series,
    title: String,
    title_source: Option<FactSource>,
    year_source: Option<FactSource>,
    publication: Publication,
    url: Option<String>,
    tier_note: Option<String>,
    source_rank: u32,
}

fn info(source: &Source<'_>, front: &FrontMatter, about: About, facts: Facts) -> ReportInfo {
    ReportInfo {
        series: about.series,
        title: about.title,
        title_source: about.title_source,
        country: facts.country,
        year: facts.year,
        year_source: about.year_source,
        tier: facts.tier,
        tier_source: facts.tier_source,
        tier_note: about.tier_note,
        publication: about.publication,
        url: about.url,
        note: front.note.clone(),
        is_numbered: false,
        is_record: false,
        themes: Vec::new(),
        source_rank: about.source_rank,
        path: source.name.to_owned(),
        hash: source.hash.clone(),
    }
}

fn fill(template: &str, facts: &Facts) -> String {
    let country = facts.country.as_ref().map_or("", |c| c.printed.as_str());
    let year = facts.year.map(|y| y.to_string()).unwrap_or_default();
    template
        .replace("{country}", country)
        .replace("{slug}", &slug(country))
        .replace("{year}", &year)
        .replace("{session}", facts.session.as_deref().unwrap_or_default())
}

#[cfg(test)]
mod tests;
