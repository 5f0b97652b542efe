//! A text to a report: which series it is, what its title lines say, where its
//! sections begin.

use std::borrow::Cow;

use super::cutter::{Cutter, layout};
use super::front_matter::{self, FrontMatter};
use super::profile::{ParagraphRules, Profile, Profiles};
use super::recognize::{Facts, Recognized, front_facts, recognize, title_facts};
use super::{FileReading, Notice, markdown};
use crate::report::{Publication, Report, ReportId, ReportInfo, SectionName, Series, slug};
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
            cutter.end_paragraph();
        } else if line.kind == LineKind::Heading {
            cutter.open(own_heading(&trimmed), None);
        } else {
            cutter.line(line, source.markdown);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Tier, Year};

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
    fn a_wrapped_narrative_in_markdown_keeps_its_paragraphs() {
        let text = "# 2021 Trafficking in Persons Report: Kenya\n\n## KENYA: Tier 2\n\nThe first paragraph of this narrative is\n\
                    wrapped at forty columns, as Markdown\nmay well be.\n\nThe second paragraph is wrapped at\n\
                    forty columns too.\n\n## PROTECTION\n\nThe third.\n";
        let report = &read_text("k.md", text).reports[0];
        assert_eq!(
            outline(report),
            [("overview".into(), 2), ("protection".into(), 1)]
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
