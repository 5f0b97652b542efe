//! The Country Reports: whose report a page is, and what is said of its
//! sections.

use super::{outline, read_document, read_text};
use crate::format::{Document, Line, LineKind, Metadata};
use crate::read::{FileReading, NoticeKind};
use crate::report::{FactSource, Year};

/// A page as its lines: a heading, a link or a paragraph each.
fn page(metadata: Metadata, lines: &[(&'static str, &'static str)]) -> FileReading {
    let lines = lines.iter().zip(1..).map(|((kind, text), number)| Line {
        kind: match *kind {
            "h1" | "h2" => LineKind::Heading,
            _ => LineKind::Text,
        },
        level: kind.strip_prefix('h').and_then(|n| n.parse().ok()),
        is_link: *kind == "a",
        ..Line::text(number, *text)
    });
    let document = Document {
        lines: lines.collect(),
        whole: true,
        metadata,
        ..Document::default()
    };
    read_document("page.html", "page", document)
}

fn at(url: &str) -> Metadata {
    Metadata {
        url: Some(format!("https://www.state.gov/reports/{url}/")),
        ..Metadata::default()
    }
}

fn ids(reading: &FileReading) -> Vec<String> {
    reading.reports.iter().map(|r| r.id.to_string()).collect()
}

fn messages(reading: &FileReading) -> String {
    let messages = reading.notices.iter().map(|n| n.message.as_str());
    messages.collect::<Vec<_>>().join("\n")
}

const ADDRESS: &str = "2022-country-reports-on-human-rights-practices";

#[test]
fn a_page_of_one_country_is_one_report() {
    let summary = [
        ("h2", "EXECUTIVE SUMMARY"),
        ("p", "The state has one chamber of parliament."),
        ("h2", "Section 1. Respect for the Integrity of the Person"),
        ("h2", "b. Disappearance"),
        ("p", "Nobody was missing."),
        ("h2", "Jordan"),
        ("p", "Some had crossed the river."),
    ];
    let title = "2022 Country Reports on Human Rights Practices: Israel, West Bank and Gaza";
    let slug = "israel-west-bank-and-gaza";
    type Head = (&'static str, Vec<(&'static str, &'static str)>, Metadata);
    let heads: [Head; 4] = [
        (
            "title and link",
            vec![("h1", title), ("a", "West Bank and Gaza")],
            Metadata::default(),
        ),
        (
            "title and name",
            vec![("h1", title), ("p", "West Bank and Gaza")],
            Metadata::default(),
        ),
        (
            "address and link",
            vec![("a", "West Bank and Gaza")],
            at(&format!("{ADDRESS}/{slug}")),
        ),
        (
            "address and name",
            vec![("h2", "West Bank and Gaza")],
            at(&format!("{ADDRESS}/{slug}")),
        ),
    ];
    for (what, head, metadata) in heads {
        let lines: Vec<_> = head.into_iter().chain(summary).collect();
        let reading = page(metadata, &lines);
        assert_eq!(ids(&reading), ["hrr-2022-isr"], "{what}");
        let expected = [("executive-summary", 1), ("1b", 1), ("1b-jordan", 1)];
        let expected: Vec<_> = expected.map(|(key, n)| (key.to_owned(), n)).into();
        let mut found = outline(&reading.reports[0]);
        // The heading of a section whose text is all below its letters.
        found.retain(|(_, paragraphs)| *paragraphs > 0);
        assert_eq!(found, expected, "{what}");
    }
    let reading = page(
        Metadata::default(),
        &[&[("h1", title)][..], &summary].concat(),
    );
    let country = reading.reports[0].info.country.as_ref().unwrap();
    assert_eq!(country.printed, "Israel, West Bank and Gaza");
}

#[test]
fn links_to_other_reports_begin_none() {
    let reading = page(
        at(&format!("{ADDRESS}/kenya")),
        &[
            (
                "h1",
                "2022 Country Reports on Human Rights Practices: Kenya",
            ),
            ("h2", "Executive Summary"),
            ("p", "The country is a republic."),
            (
                "a",
                "2021 Country Reports on Human Rights Practices: Uganda",
            ),
            (
                "p",
                "2020 Country Reports on Human Rights Practices: Uganda",
            ),
        ],
    );
    assert_eq!(ids(&reading), ["hrr-2022-ken"]);
    assert_eq!(
        outline(&reading.reports[0]),
        [("executive-summary".to_owned(), 3)]
    );
}

#[test]
fn a_title_goes_before_an_address_and_both_are_told() {
    let reading = page(
        at(&format!("{ADDRESS}/uganda")),
        &[
            (
                "h1",
                "2022 Country Reports on Human Rights Practices: Kenya",
            ),
            ("p", "The country is a republic."),
        ],
    );
    assert_eq!(ids(&reading), ["hrr-2022-ken"]);
    assert!(messages(&reading).contains("its address names Uganda, its title Kenya"));
}

#[test]
fn two_editions_of_a_country_are_two_reports() {
    let text = "2019 Country Reports on Human Rights Practices: Kenya\n\nOne.\n\n\
                2020 Country Reports on Human Rights Practices: Kenya\n\nTwo.\n";
    assert_eq!(
        ids(&read_text("a.txt", text)),
        ["hrr-2019-ken", "hrr-2020-ken"]
    );
}

#[test]
fn titles_come_in_either_order() {
    for title in [
        "2008 Human Rights Report: Kenya",
        "2008 Country Reports on Human Rights Practices - Kenya",
        "2008 Country Reports on Human Rights Practices: Kenya - United States Department of State",
        "U.S. Department of State Country Report on Human Rights Practices 2008 - Kenya",
        "Country Reports on Human Rights Practices for 2008: Kenya",
        "Kenya: Country Reports on Human Rights Practices 2008",
        "Kenya - Country Reports on Human Rights Practices - 2008",
        "Kenya: 2008 Country Report on Human Rights Practices",
        "Kenya\n\nCountry Reports on Human Rights Practices - 2008",
        "Country Reports on Human Rights Practices - 2008\n\nKenya",
        "Kenya\n\nCountry Reports on Human Rights Practices\n\n2008\n\nFebruary 25, 2009",
        "Kenya\n\nCountry Reports on Human Rights Practices - 2008 Released by the Bureau of \
         Democracy, Human Rights, and Labor February 25, 2009",
        "2008 Human Rights Report: Kenya (Unofficial translation)",
        "The 2008 Country Report on Human Rights Practices for Kenya | U.S. Embassy in Kenya",
    ] {
        let reading = read_text("a.txt", &format!("{title}\n\nThe country is a republic.\n"));
        assert_eq!(ids(&reading), ["hrr-2008-ken"], "{title}");
        assert_eq!(
            outline(&reading.reports[0]),
            [("overview".to_owned(), 1)],
            "{title}"
        );
        let info = &reading.reports[0].info;
        assert_eq!(info.title_source, Some(FactSource::Heading), "{title}");
        assert_eq!(info.year_source, Some(FactSource::Heading), "{title}");
    }
    // Others publish human rights reports too: the text must have the headings.
    let others = "KENYA 2008 HUMAN RIGHTS REPORT\n\nThe country is a republic.\n";
    assert!(ids(&read_text("a.txt", others))[0].starts_with("doc-"));
    let own = "KENYA 2008 HUMAN RIGHTS REPORT\n\nThe country is a republic.\n\n\
               Section 1. Respect for the Integrity of the Person, Including Freedom From:\n\n\
               a. Arbitrary or Unlawful Deprivation of Life\n\nNobody was killed.\n\n\
               b. Disappearance\n\nNobody was taken.\n";
    assert_eq!(ids(&read_text("a.txt", own)), ["hrr-2008-ken"]);
    for title in [
        "Kenya: 2021 Trafficking in Persons Report",
        "2021 Trafficking in Persons Report: Kenya (Tier 2)",
        "The 2021 TIP Report for Kenya: Tier 2",
        "Trafficking in Persons Report 2021: Kenya (Tier 2 Watch List)",
    ] {
        let reading = read_text("a.txt", &format!("{title}\n\nText.\n"));
        assert_eq!(ids(&reading), ["tip-2021-ken"], "{title}");
        let country = reading.reports[0].info.country.as_ref();
        assert_eq!(country.unwrap().printed, "Kenya", "{title}");
    }
}

#[test]
fn lines_of_a_wrapped_copy_are_headings_only_where_they_stand_apart() {
    let text = "2017 Country Reports on Human Rights Practices: Kenya\n\n\
        Section 4. Corruption and Lack of Transparency in Government\n\n\
        Corruption: The Kenya Anticorruption Agency (ACA) and the Office of the\n\
        Auditor General shared responsibility for combating government\n\
        corruption. As of June the office had received 38 cases.\n\n\
        As of August the Regulatory Authority of Electronic and Postal\n\
        Communications reported that approximately 79 percent of households had\n\
        broadband internet connections.\n\n\
        Section 6. Discrimination, Societal Abuses, and Trafficking in Persons\n\n\
        Persons with Disabilities\n\n\
        The law of the country prohibits discrimination against persons, but the\n\
        government did not enforce it.\n\n\
        Acts of Violence, Criminalization, and Other Abuses Based on Sexual\n\
        Orientation, Gender Identity or Expression, or Sex Characteristics\n\n\
        No laws criminalized conduct between adults in the year of the report.\n";
    let keys: Vec<(String, usize)> = outline(&read_text("a.txt", text).reports[0]);
    let keys: Vec<(&str, usize)> = keys.iter().map(|(key, n)| (key.as_str(), *n)).collect();
    let long = "6-acts-of-violence-criminalization-and-other-abuses-based-on-s";
    assert_eq!(
        keys,
        [
            ("4", 2),
            ("6", 0),
            ("6-persons-with-disabilities", 1),
            (long, 1)
        ]
    );
}

#[test]
fn what_told_title_and_year_is_kept() {
    let text = [
        ("h2", "Executive Summary"),
        ("p", "The country is a republic."),
    ];
    let sources = |reading: &FileReading| {
        let info = &reading.reports[0].info;
        (info.title_source.unwrap(), info.year_source.unwrap())
    };
    let by_address = page(at(&format!("{ADDRESS}/kenya")), &text);
    assert_eq!(
        sources(&by_address),
        (FactSource::Address, FactSource::Address)
    );
    let named = Metadata {
        title: Some("2022 Country Reports on Human Rights Practices: Kenya".to_owned()),
        ..Metadata::default()
    };
    let by_head = page(named, &text);
    assert_eq!(
        sources(&by_head),
        (FactSource::Embedded, FactSource::Embedded)
    );
    let bare = [("h1", "Kenya")];
    let by_both = page(
        at(&format!("{ADDRESS}/kenya")),
        &[&bare[..], &text].concat(),
    );
    assert_eq!(
        sources(&by_both),
        (FactSource::Heading, FactSource::Address)
    );
}

#[test]
fn a_name_is_believed_with_evidence_alone() {
    let verdict = "The Government of Kenya fully meets the minimum standards for the\n\
                   elimination of trafficking.\n";
    let headings = "PROSECUTION\n\nOne was tried.\n\nPREVENTION\n\nOne film was shown.\n";
    let sections =
        "Section 1. Respect for the Integrity of the Person\n\nb. Disappearance\n\nNone.\n";
    let notes = "Notes of a visit.\n\nPROSECUTION\n\nOne was tried.\n";
    let tip = Some("tip-2021-ken");
    for (name, text, expected) in [
        ("tip-2021-kenya.txt", verdict, tip),
        ("Kenya_TIP_2021.txt", headings, tip),
        (
            "2021 trafficking in persons report Kenya.txt",
            headings,
            tip,
        ),
        ("tip-2021-kenya.txt", notes, None),
        ("kenya.txt", verdict, None),
        ("hrr-2021-kenya.txt", sections, Some("hrr-2021-ken")),
        (
            "Kenya 2021 human rights report.txt",
            sections,
            Some("hrr-2021-ken"),
        ),
        ("hrr-2021-kenya.txt", notes, None),
    ] {
        let reading = read_text(name, text);
        let report = &reading.reports[0];
        let source = report.info.title_source;
        match expected {
            Some(id) => {
                assert_eq!(report.id.to_string(), id, "{name}");
                assert_eq!(source, Some(FactSource::Name), "{name}");
                assert_eq!(report.info.year_source, Some(FactSource::Name), "{name}");
            }
            None => {
                assert!(report.id.to_string().starts_with("doc-"), "{name}");
                assert_eq!(reading.notices[0].kind, NoticeKind::Unknown, "{name}");
            }
        }
    }
    let doubted = messages(&read_text("tip-2021-kenya.txt", notes));
    assert!(doubted.contains("its name says `tip`"), "{doubted}");
}

fn of_2019(text: &str) -> FileReading {
    let title = "2019 Country Reports on Human Rights Practices: Kenya";
    read_text(
        "a.txt",
        &format!("{title}\n\nExecutive Summary\n\nOne.\n\n{text}"),
    )
}

fn keys(reading: &FileReading) -> String {
    let sections = reading.reports[0].sections.iter();
    let with_text = sections.filter(|s| !s.paragraphs.is_empty());
    let keys: Vec<_> = with_text.map(|s| s.name.key.as_str()).collect();
    keys.join(" ")
}

#[test]
fn titles_tell_the_numbers_that_are_lost() {
    let cases = [
        (
            "b. Disappearance\n\nOne.\n",
            "executive-summary 1b",
            "not printed",
        ),
        (
            "Section 6. Discrimination and Societal Abuses\n\nOne.\n\n\
             a. Freedom of Association and the Right to Collective Bargaining\n\nOne.\n",
            "executive-summary 6 7a",
            "not printed",
        ),
        (
            "Section 3. Freedom to Participate in the Political Process\n\n\
             g. Stateless Persons\n\nOne.\n",
            "executive-summary 3g",
            "does not belong",
        ),
        (
            "a. Of the Lakes\n\nOne.\n",
            "executive-summary",
            "lacks sections",
        ),
        (
            "Section 7.\n\nWorker Rights\n\nOne.\n",
            "executive-summary 7",
            "lacks sections",
        ),
        (
            "Worker Rights and wages of the year\n\nOne.\n",
            "executive-summary",
            "lacks",
        ),
    ];
    for (text, expected, told) in cases {
        let reading = of_2019(text);
        assert_eq!(keys(&reading), expected, "{text}");
        let messages = messages(&reading);
        assert!(messages.contains(told), "{text}: {messages}");
    }
}

#[test]
fn a_heading_that_refers_to_a_section_is_no_passage() {
    let text = "Section 7. Worker Rights\n\nc. Prohibition of Child Labor and Minimum Age for \
                Employment\n\nOne.\n\nd. Discrimination (see section 6)\n\n\
                e. Acceptable Conditions of Work\n\nOne.\n";
    assert_eq!(keys(&of_2019(text)), "executive-summary 7c 7e");
}

#[test]
fn numbers_go_by_the_year_of_the_edition() {
    for (year, title, expected) in [
        (2003, "b. Prohibition of Forced or Compulsory Labor", "6b"),
        (2019, "b. Prohibition of Forced or Compulsory Labor", "7b"),
        (2024, "b. Worker Rights", "2b"),
        (2003, "f. Trafficking in Persons", "6f"),
        (2024, "e. Trafficking in Persons", "2e"),
    ] {
        let text =
            format!("{year} Country Reports on Human Rights Practices: Kenya\n\n{title}\n\nOne.\n");
        let reading = read_text("a.txt", &text);
        assert_eq!(keys(&reading), expected, "{year} {title}");
        assert_eq!(reading.reports[0].info.year.map(Year::get), Some(year));
    }
}

#[test]
fn a_report_without_sections_of_its_series_is_told() {
    let reading = of_2019("Section 3. Freedom to Participate in the Political Process\n\nOne.\n");
    assert_eq!(
        reading.lacking["hrr-2019-ken"],
        ["1", "2", "4", "5", "6", "7"]
    );
    assert!(messages(&reading).contains("lacks sections"));
}
