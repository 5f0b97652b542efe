//! Documents as text, and the reports that are read of them.

mod country_reports;

use super::*;
use crate::report::{Tier, Year};

pub(super) fn read_text(name: &str, text: &str) -> FileReading {
    let document = match name.ends_with(".md") {
        true => crate::format::markdown::read(text, 1),
        false => Document::of_text(text, 1),
    };
    read_document(name, "visits-kenya-2019-notes", document)
}

/// What is read of a document without a header.
pub(super) fn read_document(name: &str, record_id: &str, document: Document<'_>) -> FileReading {
    let mut reading = FileReading::default();
    let source = Source {
        name,
        record_id,
        hash: String::new(),
    };
    let front = FrontMatter::default();
    read(
        &source,
        &front,
        document,
        Profiles::built_in(),
        &mut reading,
    );
    reading
}

pub(super) fn outline(report: &Report) -> Vec<(String, usize)> {
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
        report
            .info
            .publication
            .issued
            .as_ref()
            .map(|d| d.value.as_str()),
        Some("2019-06-20")
    );
}

#[test]
fn headings_before_the_text_of_their_line_open_sections() {
    let text = "2019 Trafficking in Persons Report: Chad\n\nCHAD: Tier 2\n\nLead.\n\n\
        PRIORITIZED RECOMMENDATIONS: Train judges.\n\nPROSECUTION The courts closed.\n\n\
        Protection: Shelters closed.\n\nTRAFFICKING PROFILE: Kilns stayed open.\n";
    let report = &read_text("tip/x.txt", text).reports[0];
    let keys: Vec<String> = outline(report).into_iter().map(|(key, _)| key).collect();
    let expected = [
        "overview",
        "recommendations",
        "prosecution",
        "protection",
        "profile",
    ];
    assert_eq!(keys, expected);
    let last = &report.sections[4].paragraphs[0];
    assert_eq!(last.text, "Kilns stayed open.");
}

#[test]
fn line_ends_and_markdown_give_the_same_report() {
    let crlf = crate::format::decode::decode(TIP.replace('\n', "\r\n").as_bytes())
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
