//! A text to a report: which series it is, what its title lines say, where its
//! sections begin.

use std::borrow::Cow;

use url::Url;

use super::front_matter::{self, FrontMatter};
use super::paragraphs::{Gatherer, Layout};
use super::profile::{ParagraphRules, Profile, Profiles};
use super::{FileReading, Notice, markdown};
use crate::report::{
    Country, Gazetteer, Paragraph, PrintedCountry, Publication, Report, ReportId, ReportInfo,
    Section, SectionName, Series, Tier, Year, slug,
};
use crate::text::fold::fold_space;

/// A text and where it comes from.
#[derive(Debug)]
pub struct Source<'a> {
    /// The file's name below its corpus folder.
    pub name: &'a str,
    /// The id of the text should no profile know it.
    pub record_id: &'a str,
    /// The text, decoded.
    pub text: &'a str,
    /// The SHA-256 of the file.
    pub hash: String,
    /// Whether it is Markdown.
    pub markdown: bool,
}

/// What a line is known to be before any profile is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A line of text.
    Text,
    /// A heading by its markup.
    Heading,
}

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Its text.
    pub text: Cow<'a, str>,
    /// What it is known to be.
    pub kind: LineKind,
}

/// The longest line that is read, in bytes; a longer one is no paragraph.
pub const MAX_LINE: usize = 1 << 20;
/// The longest paragraph, in characters, that is not told of.
const MAX_PARAGRAPH: usize = 15_000;
/// How many lines with text may stand before the title.
const TITLE_WITHIN: usize = 12;

/// What is known of a report before its text is cut.
#[derive(Debug, Default, Clone)]
struct Facts {
    country: Option<PrintedCountry>,
    year: Option<Year>,
    tier: Option<Tier>,
    session: Option<String>,
}

impl Facts {
    /// Takes from `other` what is not known yet.
    fn complete(&mut self, other: Facts) {
        self.country = self.country.take().or(other.country);
        self.year = self.year.or(other.year);
        self.tier = self.tier.or(other.tier);
        self.session = self.session.take().or(other.session);
    }
}

/// Reads a text into `reading`.
pub fn read(source: &Source<'_>, profiles: &Profiles, reading: &mut FileReading) {
    let (front, text, header_lines) = match front_matter::split(source.text) {
        Ok(split) => split,
        Err((message, line)) => {
            let message = format!("bad header, file left out: {message}");
            reading
                .notices
                .push(Notice::skipped(source.name, message).at_line(line));
            return;
        }
    };
    if front.yaml_left_out {
        let message = "a header of YAML is left out; write it in TOML between lines of `+++`";
        reading
            .notices
            .push(Notice::mended(source.name, message).at_line(1));
    }
    let lines = lines_of(source, text, header_lines as u64 + 1, reading);
    let facts = match front_facts(&front) {
        Ok(facts) => facts,
        Err(message) => {
            let message = format!("bad header, file left out: {message}");
            reading.notices.push(Notice::skipped(source.name, message));
            return;
        }
    };
    let (report, unknown) = match recognize(source, &front, &lines, facts, profiles) {
        Recognized::Edition(profile, facts) => {
            (edition(source, &front, text, &lines, profile, facts), None)
        }
        Recognized::Unknown(facts, reason) => {
            (unknown(source, &front, text, &lines, facts), Some(reason))
        }
    };
    if report.sections.is_empty() {
        reading
            .notices
            .push(Notice::skipped(source.name, "no text in it"));
        return;
    }
    reading
        .notices
        .extend(unknown.map(|reason| Notice::unknown(source.name, reason)));
    let texts = report
        .sections
        .iter()
        .flat_map(|s| &s.paragraphs)
        .map(|p| &p.text);
    if let Some(longest) = texts
        .map(|t| t.chars().count())
        .max()
        .filter(|n| *n > MAX_PARAGRAPH)
    {
        let message = format!("a paragraph of {longest} characters: the text marks too few");
        reading.notices.push(Notice::mended(source.name, message));
    }
    reading.reports.push(report);
}

fn lines_of<'a>(
    source: &Source<'_>,
    text: &'a str,
    first: u64,
    reading: &mut FileReading,
) -> Vec<Line<'a>> {
    let mut lines = if source.markdown {
        markdown::lines(text, first)
    } else {
        text.lines()
            .zip(first..)
            .map(|(line, number)| Line {
                number,
                text: line.into(),
                kind: LineKind::Text,
            })
            .collect()
    };
    lines.retain(|line| {
        let fine = line.text.len() <= MAX_LINE;
        if !fine {
            reading.notices.push(
                Notice::skipped(
                    source.name,
                    format!(
                        "a line of {:.1} MB is no paragraph, line left out",
                        line.text.len() as f64 / 1e6
                    ),
                )
                .at_line(line.number),
            );
        }
        fine
    });
    lines
}

fn front_facts(front: &FrontMatter) -> Result<Facts, String> {
    let country = match &front.country {
        Some(name) => {
            let known = Gazetteer::built_in().find(name);
            let known =
                known.ok_or_else(|| format!("`{name}` is no country that pincite knows"))?;
            Some(PrintedCountry::new(known, &printed_name(name, known)))
        }
        None => None,
    };
    let year = front
        .year
        .map(Year::try_from)
        .transpose()
        .map_err(|e| e.to_string())?;
    if let Some(url) = &front.url {
        Url::parse(url).map_err(|e| format!("`{url}` is no URL ({e})"))?;
    }
    let tier = front.tier.as_deref().map(str::parse).transpose();
    Ok(Facts {
        country,
        year,
        tier: tier.map_err(|e: crate::error::Error| e.to_string())?,
        session: None,
    })
}

/// What a text was recognized as.
enum Recognized<'p> {
    /// An edition of a series, with its country and year among the facts.
    Edition(&'p Profile, Facts),
    /// A text that no profile fits: what is known all the same, and why.
    Unknown(Facts, String),
}

/// Recognizes a text by its header, title lines and name.
fn recognize<'p>(
    source: &Source<'_>,
    front: &FrontMatter,
    lines: &[Line<'_>],
    facts: Facts,
    profiles: &'p Profiles,
) -> Recognized<'p> {
    let file_name = source.name.rsplit('/').next().unwrap_or(source.name);
    let mut reason = match &front.series {
        Some(series) => format!("its header names `{series}`, which no profile reads"),
        None => "no profile knows it".to_owned(),
    };
    for profile in profiles.iter() {
        match &front.series {
            Some(series) if *series != profile.series.as_str() => continue,
            _ => {}
        }
        let named = profile
            .file
            .names
            .iter()
            .find_map(|p| p.regex().captures(file_name));
        let mut titles = Facts::default();
        let mut titled = false;
        for line in lines
            .iter()
            .filter(|l| !l.text.trim().is_empty())
            .take(TITLE_WITHIN)
        {
            if let Some(found) = title_facts(profile, &line.text) {
                titled = true;
                titles.complete(found);
            }
        }
        if named.is_none() && !titled && front.series.is_none() {
            continue;
        }
        let mut facts = facts.clone();
        facts.complete(titles);
        for captures in named.into_iter().chain(
            profile
                .file
                .hints
                .iter()
                .filter_map(|p| p.regex().captures(file_name)),
        ) {
            facts.complete(captured(profile, &captures));
        }
        match (&facts.country, facts.year) {
            (Some(_), Some(_)) => return Recognized::Edition(profile, facts),
            (None, _) => {
                reason = format!(
                    "looks like `{}`, but names no country that pincite knows",
                    profile.series
                )
            }
            (_, None) => reason = format!("looks like `{}`, but names no year", profile.series),
        }
    }
    let mut facts = facts;
    facts.complete(path_facts(source.name));
    Recognized::Unknown(facts, format!("{reason}; read as plain paragraphs"))
}

/// What a line says if it is a title line: one whose country is a country.
fn title_facts(profile: &Profile, line: &str) -> Option<Facts> {
    let line = fold_space(line);
    profile
        .title_lines
        .iter()
        .filter_map(|t| t.pattern.regex().captures(&line))
        .map(|captures| captured(profile, &captures))
        .find(|facts| facts.country.is_some())
}

fn captured(profile: &Profile, captures: &regex::Captures<'_>) -> Facts {
    let group = |name: &str| captures.name(name).map(|m| m.as_str());
    let year: Option<Year> = group("year").and_then(|y| y.parse().ok());
    let country = group("country").and_then(|printed| {
        let filed = profile
            .filed_under
            .iter()
            .find(|f| f.code == printed && year.is_some_and(|y| y.get() <= f.until));
        let name = filed.map_or(printed, |f| f.means.as_str());
        // A slug of a file name has hyphens for spaces; names fold alike.
        let country = Gazetteer::built_in().find(name)?;
        Some(PrintedCountry::new(
            country,
            &printed_name(printed, country),
        ))
    });
    Facts {
        country,
        year,
        tier: group("tier").and_then(|t| t.parse().ok()),
        session: group("session").map(ordinal),
    }
}

/// The name as printed, or the gazetteer's where all that is printed is a code
/// or a slug.
fn printed_name(printed: &str, country: &Country) -> String {
    let is_code = printed.len() <= 3 && printed.chars().all(|c| c.is_ascii_alphabetic());
    let is_slug = printed.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if is_code || is_slug {
        country.name.clone()
    } else {
        printed.to_owned()
    }
}

/// `34` to `34th`.
fn ordinal(number: &str) -> String {
    let number = number.trim_start_matches('0');
    let ending = match number.as_bytes() {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The country and year that the parts of a path name, for texts that no
/// profile knows.
fn path_facts(name: &str) -> Facts {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let years: Vec<Year> = words
        .iter()
        .filter_map(|w| w.parse::<Year>().ok())
        .filter(|y| (1900..2100).contains(&y.get()))
        .collect();
    let country = (1..=5usize.min(words.len())).rev().find_map(|n| {
        words.windows(n).find_map(|window| {
            let name = window.join(" ");
            let is_code = name.len() <= 3;
            if is_code && !name.chars().all(|c| c.is_ascii_uppercase()) {
                return None;
            }
            let country = Gazetteer::built_in().find(&name)?;
            Some(PrintedCountry::new(country, &country.name))
        })
    });
    Facts {
        country,
        year: years.last().copied(),
        ..Facts::default()
    }
}

fn edition(
    source: &Source<'_>,
    front: &FrontMatter,
    text: &str,
    lines: &[Line<'_>],
    profile: &Profile,
    facts: Facts,
) -> Report {
    let template = |t: &str| fill(t, &facts);
    let publication = Publication {
        author: profile.publication.author.as_deref().map(template),
        part: profile.publication.part.as_deref().map(template),
        key: profile.publication.key.clone(),
        container: profile.publication.container.as_deref().map(template),
        publisher: profile.publication.publisher.as_deref().map(template),
        place: profile.publication.place.clone(),
        issued: facts
            .year
            .and_then(|y| profile.publication.issued.get(&y.to_string()).cloned()),
    };
    let mut cutter = Cutter::new(&profile.paragraphs, layout(source, text), text);
    cutter.open(
        SectionName::new(&profile.lead.key, &profile.lead.label, None),
        None,
    );
    for line in lines {
        let trimmed = fold_space(&line.text);
        let heading = profile
            .sections
            .iter()
            .find(|s| s.headings.iter().any(|h| h.regex().is_match(&trimmed)));
        if let Some(section) = heading {
            let name = SectionName::new(&section.key, &section.label, Some(trimmed));
            cutter.open(name, section.items.as_deref());
        } else if title_facts(profile, &trimmed).is_some() {
            cutter.gatherer.close();
        } else if line.kind == LineKind::Heading {
            cutter.open(own_heading(&trimmed), None);
        } else {
            cutter.gatherer.line(&line.text);
        }
    }
    let title = front
        .title
        .clone()
        .unwrap_or_else(|| template(&profile.title));
    let id = match (&facts.country, facts.year) {
        (Some(country), Some(year)) => ReportId::Edition {
            series: profile.series.clone(),
            year,
            iso3: country.iso3.to_lowercase(),
        },
        // `recognize` gives both; a record's name is the safe way out.
        _ => ReportId::Record(source.record_id.to_owned()),
    };
    Report {
        id,
        info: info(
            source,
            front,
            profile.series.clone(),
            title,
            publication,
            facts,
        ),
        sections: cutter.finish(),
        themes: Vec::new(),
        line: None,
    }
}

fn unknown(
    source: &Source<'_>,
    front: &FrontMatter,
    text: &str,
    lines: &[Line<'_>],
    facts: Facts,
) -> Report {
    let stem = source
        .name
        .rsplit_once('.')
        .map_or(source.name, |(stem, _)| stem);
    let rules = ParagraphRules::default();
    let mut cutter = Cutter::new(&rules, layout(source, text), text);
    cutter.open(SectionName::new("text", "Text", None), None);
    let mut title = front.title.clone();
    for line in lines {
        if line.kind == LineKind::Heading {
            let heading = fold_space(&line.text);
            if title.is_none() && cutter.is_empty() {
                title = Some(heading);
            } else {
                cutter.open(own_heading(&heading), None);
            }
        } else {
            cutter.line(line, source.markdown);
        }
    }
    let title = title.unwrap_or_else(|| stem.rsplit('/').next().unwrap_or(stem).to_owned());
    Report {
        id: ReportId::Record(source.record_id.to_owned()),
        info: info(
            source,
            front,
            Series::doc(),
            title,
            Publication::default(),
            facts,
        ),
        sections: cutter.finish(),
        themes: Vec::new(),
        line: None,
    }
}

fn own_heading(heading: &str) -> SectionName {
    SectionName::new(&slug(heading), heading, Some(heading.to_owned()))
}

fn info(
    source: &Source<'_>,
    front: &FrontMatter,
    series: Series,
    title: String,
    publication: Publication,
    facts: Facts,
) -> ReportInfo {
    ReportInfo {
        series,
        title,
        country: facts.country,
        year: facts.year,
        tier: facts.tier,
        publication,
        url: front.url.clone(),
        note: front.note.clone(),
        is_record: false,
        path: source.name.to_owned(),
        hash: source.hash.clone(),
    }
}

fn fill(template: &str, facts: &Facts) -> String {
    let country = facts.country.as_ref().map_or("", |c| c.printed.as_str());
    let year = facts.year.map(|y| y.to_string()).unwrap_or_default();
    template
        .replace("{country}", country)
        .replace("{year}", &year)
        .replace("{session}", facts.session.as_deref().unwrap_or_default())
}

/// The layout of a text; a line of Markdown is a paragraph already.
fn layout(source: &Source<'_>, text: &str) -> Layout {
    match source.markdown {
        true => Layout::Lines,
        false => Layout::of(text.lines()),
    }
}

/// Cuts lines into sections of paragraphs.
struct Cutter<'a> {
    gatherer: Gatherer<'a>,
    name: Option<SectionName>,
    items: Option<String>,
    sections: Vec<Section>,
}

impl<'a> Cutter<'a> {
    fn new(rules: &'a ParagraphRules, layout: Layout, text: &str) -> Self {
        Cutter {
            gatherer: Gatherer::new(rules, layout, text),
            name: None,
            items: None,
            sections: Vec::new(),
        }
    }

    /// Begins a section; the one before keeps what it has.
    fn open(&mut self, name: SectionName, items: Option<&str>) {
        self.finish_section();
        self.name = Some(name);
        self.items = items.map(str::to_owned);
    }

    /// Takes a line of text, which of Markdown is a whole paragraph.
    fn line(&mut self, line: &Line<'_>, whole: bool) {
        self.gatherer.line(&line.text);
        if whole {
            self.gatherer.close();
        }
    }

    fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.gatherer.is_empty()
    }

    fn finish_section(&mut self) {
        let paragraphs = self.gatherer.take();
        let Some(mut name) = self.name.take() else {
            return;
        };
        let paragraphs: Vec<Paragraph> = match self.items.as_deref() {
            Some(divider) => paragraphs
                .into_iter()
                .flat_map(|p| items(p, divider))
                .collect(),
            None => paragraphs,
        };
        if paragraphs.is_empty() {
            return;
        }
        name.repeat = self.next_repeat(&name);
        self.sections.push(Section { name, paragraphs });
    }

    /// The repeat that makes the id key of a section new in this report.
    fn next_repeat(&self, name: &SectionName) -> u32 {
        let taken: Vec<String> = self.sections.iter().map(|s| s.name.id_key()).collect();
        let mut name = name.clone();
        while taken.contains(&name.id_key()) {
            name.repeat += 1;
        }
        name.repeat
    }

    fn finish(mut self) -> Vec<Section> {
        self.finish_section();
        self.sections
    }
}

fn items(paragraph: Paragraph, divider: &str) -> Vec<Paragraph> {
    paragraph
        .text
        .split(divider)
        .map(str::trim)
        .filter(|item| item.chars().any(char::is_alphanumeric))
        .map(|item| Paragraph {
            printed_number: paragraph.printed_number.clone(),
            text: item.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(name: &str, text: &str) -> FileReading {
        let mut reading = FileReading::default();
        let source = Source {
            name,
            record_id: "visits-kenya-2019-notes",
            text,
            hash: String::new(),
            markdown: name.ends_with(".md"),
        };
        read(&source, Profiles::built_in(), &mut reading);
        reading
    }

    fn outline(report: &Report) -> Vec<(String, usize)> {
        report
            .sections
            .iter()
            .map(|s| (s.name.id_key(), s.paragraphs.len()))
            .collect()
    }

    const TIP: &str = "2019 Trafficking in Persons Report: Cote d’Ivoire\n\nCOTE D’IVOIRE: Tier 2\n\nLead.\n\n\
        PRIORITIZED RECOMMENDATIONS:\n\nOne; a. • Two. • Three.\n\nPROSECUTION\n\nA.\n\nB.\n\nPROTECTION\n\nC.\n\nPROSECUTION\n\nD.\n";

    #[test]
    fn a_narrative_is_cut_by_its_headings() {
        let reading = read_text("tip/x.txt", TIP);
        assert_eq!(reading.notices, []);
        let report = &reading.reports[0];
        assert_eq!(report.id.to_string(), "tip-2019-civ");
        assert_eq!(report.info.tier, Some(Tier::Two));
        assert_eq!(
            report.info.country.as_ref().unwrap().printed,
            "Cote d’Ivoire"
        );
        assert_eq!(
            outline(report),
            [
                ("overview".into(), 1),
                ("recommendations".into(), 3),
                ("prosecution".into(), 2),
                ("protection".into(), 1),
                ("prosecution-2".into(), 1)
            ]
        );
        assert_eq!(
            report.info.publication.issued.as_deref(),
            Some("2019-06-20")
        );
    }

    #[test]
    fn line_ends_and_markdown_give_the_same_report() {
        let crlf = crate::read::decode::decode(TIP.replace('\n', "\r\n").as_bytes())
            .unwrap()
            .text;
        assert_eq!(
            read_text("tip/x.txt", &crlf).reports,
            read_text("tip/x.txt", TIP).reports
        );
        let md = TIP
            .replace("PROSECUTION", "## PROSECUTION")
            .replace("2019 Traff", "# 2019 Traff");
        let md = &read_text("tip/x.md", &md).reports[0];
        assert_eq!(md.id.to_string(), "tip-2019-civ");
        assert_eq!(
            outline(md),
            outline(&read_text("tip/x.txt", TIP).reports[0])
        );
    }

    #[test]
    fn wrapped_markdown_keeps_its_paragraphs_and_items() {
        let text = "# Notes\n\nThe first paragraph of these notes is wrapped\nat about fifty columns, as Markdown often is\n\
                    in a repository.\n\nThe second paragraph of these notes is wrapped\nas well, and has two lines.\n\n\
                    - brick kilns in the north\n- fishing boats in the\n  harbor\n- farms\n";
        let report = &read_text("n.md", text).reports[0];
        assert_eq!(outline(report), [("text".into(), 5)]);
        assert_eq!(
            report.sections[0].paragraphs[3].text,
            "fishing boats in the harbor"
        );
    }

    #[test]
    fn lower_case_lines_apart_stay_apart() {
        let text = "KENYA: Tier 2\n\n2021 Trafficking in Persons Report: Kenya\n\nPREVENTION\n\nbrick kilns in the north\n\nfishing boats\n";
        assert_eq!(
            outline(&read_text("a.txt", text).reports[0]),
            [("prevention".into(), 2)]
        );
    }

    #[test]
    fn tiers_in_their_printed_forms() {
        for (line, tier) in [
            ("KENYA: Tier 2 Watch List", Some(Tier::WatchList)),
            ("KENYA (Tier 1)", Some(Tier::One)),
            ("KENYA: TIER 3", Some(Tier::Three)),
            ("SPECIAL CASE: KENYA", Some(Tier::Special)),
            ("Kenya (Special Case)", Some(Tier::Special)),
        ] {
            let text = format!("2021 Trafficking in Persons Report: Kenya\n\n{line}\n\nText.\n");
            let report = &read_text("a.txt", &text).reports[0];
            assert_eq!(report.info.tier, tier, "{line}");
            assert_eq!(outline(report), [("overview".into(), 1)], "{line}");
        }
    }

    #[test]
    fn statements_are_known_by_their_file_names() {
        let reading = read_text("ungd/1975/RUS_30_1975.txt", "1.\tOne.\n2.\tTwo.\n");
        let report = &reading.reports[0];
        assert_eq!(report.id.to_string(), "ungd-1975-sun");
        assert_eq!(outline(report), [("statement".into(), 2)]);
        assert!(
            report
                .info
                .title
                .starts_with("UN General Debate, 30th session (1975): ")
        );
        assert_eq!(
            read_text("RUS_47_1992.txt", "One.").reports[0]
                .id
                .to_string(),
            "ungd-1992-rus"
        );
    }

    #[test]
    fn an_unknown_file_is_read_and_named() {
        let reading = read_text(
            "visits/kenya-2019-notes.txt",
            "One paragraph.\n\nAnother.\n",
        );
        assert_eq!(reading.notices[0].kind, crate::read::NoticeKind::Unknown);
        let report = &reading.reports[0];
        assert_eq!(report.id.to_string(), "doc-visits-kenya-2019-notes");
        assert_eq!(report.info.country.as_ref().unwrap().iso3, "KEN");
        assert_eq!(report.info.year.map(Year::get), Some(2019));
        assert_eq!(outline(report), [("text".into(), 2)]);
        let empty = read_text("a.txt", " \n\n");
        assert!(empty.reports.is_empty());
        assert_eq!(empty.notices.last().unwrap().message, "no text in it");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "([\\PC]{0,30}\n|PROSECUTION\n|KENYA: Tier 2\n|\\+\\+\\+\n){0,12}") {
            read_text("a.txt", &text);
            read_text("a.md", &text);
        }
    }
}
