//! The report of an edition by country: its sections, and all that is known of it.

use url::Url;

use super::Notice;
use super::about::{About, Source, info, is_numbered};
use super::cutter::Cutter;
use super::described;
use super::facts::Facts;
use super::front_matter::FrontMatter;
use super::headings::{Heading, Headings, Numbering};
use super::lacking::lacking;
use super::menus::{Menus, NoText};
use super::narrative::{Narrative, Piece};
use super::profile::Profile;
use super::prose::{self, ProseTier};
use crate::format::document::characters;
use crate::format::{Document, Dropped, Line, LineKind};
use crate::report::{
    FactSource, Publication, Report, ReportId, ReportInfo, Section, SectionName, Tier, Told, slug,
};

/// A report of a series, and what there is to say of it.
pub(super) struct Edition {
    pub(super) report: Report,
    pub(super) notices: Vec<Notice>,
    pub(super) dropped: Vec<Dropped>,
    /// The sections that every report of its series and year has but this one.
    pub(super) lacks: Vec<String>,
}

/// Reads a narrative as the report of an edition.
pub(super) fn edition(
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
                cutter.open_at(found.name, is_over.then_some(0), line);
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

fn fill(template: &str, facts: &Facts) -> String {
    let country = facts.country.as_ref().map_or("", |c| c.printed.as_str());
    let year = facts.year.map(|y| y.to_string()).unwrap_or_default();
    template
        .replace("{country}", country)
        .replace("{slug}", &slug(country))
        .replace("{year}", &year)
        .replace("{session}", facts.session.as_deref().unwrap_or_default())
}
