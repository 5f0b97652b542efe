//! A document to reports: the editions by country that it holds, or itself as one.

use super::about::{About, Source, info, is_numbered};
use super::cover;
use super::cutter::Cutter;
use super::described::{self, Described};
use super::edition::edition;
use super::facts::Facts;
use super::front_matter::FrontMatter;
use super::narrative::Piece;
use super::profile::{Numbered, ParagraphRules};
use super::profiles::Profiles;
use super::prose;
use super::recognize::{Editions, Recognized, recognize};
use super::{FileReading, Notice};
use crate::format::document::characters;
use crate::format::{Document, Dropped, LineKind};
use crate::report::{FactSource, Report, ReportId, ReportInfo, SectionName, slug};
use crate::text::fold::fold_space;

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
                cutter.open_at(name, line.level, line);
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

#[cfg(test)]
mod tests;
