//! Documents of every built-in series with covers, made up after real ones.

use super::*;
use crate::format::{Line, LineKind, Metadata};

/// The description of a text whose lines with `#` are headings; lines that
/// begin with `^` are running heads.
fn described(text: &str, metadata: Metadata, front: &FrontMatter) -> Described<'static> {
    let heads = text.lines().filter_map(|l| l.strip_prefix('^'));
    let heads = heads.map(str::to_owned).collect();
    let lines = text.lines().zip(1..).filter(|(l, _)| !l.starts_with('^'));
    let lines = lines.map(|(line, number)| match line.strip_prefix("# ") {
        Some(heading) => Line {
            kind: LineKind::Heading,
            ..Line::text(number, heading)
        },
        None => Line::text(number, line),
    });
    let document = Document {
        lines: lines.collect(),
        whole: !text.contains("\n\n"),
        metadata,
        heads,
        ..Document::default()
    };
    describe(front, &document, Profiles::built_in(), Facts::default())
}

/// Id, title, year, date, number and publisher, each `-` where there is
/// none.
fn shown(described: &Described<'_>) -> String {
    let told = |told: &Option<Told>| told.as_ref().map_or("-".to_owned(), |t| t.value.clone());
    let publication = &described.publication;
    [
        described
            .id
            .as_ref()
            .map_or("-".to_owned(), ToString::to_string),
        told(&described.title),
        described
            .facts
            .year
            .map_or("-".to_owned(), |y| y.to_string()),
        told(&publication.issued),
        told(&publication.number),
        told(&publication.publisher),
    ]
    .join(" | ")
}

const CRS: &str = "^Congressional Research Service\nUpdated April 22, 2026\n# Salt Pans: Overview and Issues\n\
    # Overview\nThe salt pans are worked by people of the islands.\nhttps://crsreports.congress.gov\nR45199\n";
const GAO: &str = "United States Government Accountability Office\n# GAO\n# Report to Congressional Requesters\n\
    September 2005\n# SALT PANS\nGAO-05-999\nThe pans are worked by people of the islands.\n";
const FR_PAGES: &str = "^2718 Federal Register / Vol. 90, No. 7 / Monday, January 13, 2025 / Notices\n\
    # DEPARTMENT OF SALT\nAGENCY: Office of Pans.\n[FR Doc. 2025–00001 Filed 1–10–25; 8:45 am]\n\
    # OFFICE OF KILNS\nAGENCY: Office of Kilns.\n[FR Doc. 2025–00002 Filed 1–10–25; 8:45 am]\n";
const FR_ONE: &str = "Federal Register\nVol. 85, No. 152\nThursday, August 6, 2020\n# DEPARTMENT OF SALT\n\
    # Rules for Salt Pans\nAGENCY: Office of Pans.\n[FR Doc. 2020–17999 Filed 8–5–20; 8:45 am]\n";
const UN: &str = "United Nations A/HRC/44/99\n# General Assembly\nDistr.: General\n3 July 2020\nOriginal: English\n\
    # Human Rights Council\nForty-fourth session\n15 June–3 July 2020\nAgenda item 3\n\
    # Visit to Norland and to Nepal\nReport of the Special Rapporteur on contemporary forms of slavery\n";
const CEDAW: &str = "CEDAW/C/NPL/CO/99\nDistr.: General\n14 November 2018\n\
    # Committee on the Elimination of Discrimination against Women\n\
    # Concluding observations on the sixth periodic report of Nepal\nI. Introduction\n";
const FR_TEXT: &str = "[Federal Register Volume 85, Number 152 (Thursday, August 6, 2020)]\n[Rules]\n\
    [Pages 3000-3002]\n[FR Doc No: 2020-17999]\nDEPARTMENT OF SALT\nRules for Salt Pans\n\
    AGENCY: Office of Pans.\n[FR Doc. 2020-17999 Filed 8-5-20; 8:45 am]\n";
const UPR: &str = "United Nations A/HRC/44/98\nGeneral Assembly   Distr.: General\n3 July 2020\n\
    Human Rights Council\n\nUniversal Periodic Review\n\nReport of the Working Group on the Universal Periodic\nReview*\n\nNepal\n\n\
    * The annex is circulated as received.\n";

#[test]
fn documents_of_series_are_known_by_their_covers() {
    let service = "Congressional Research Service";
    let office = "U.S. Government Accountability Office";
    let register = "Office of the Federal Register, National Archives and Records Administration";
    for (text, id, title, date, number, publisher) in [
        (
            CRS,
            "crs-2026-r45199-04-22",
            "Salt Pans: Overview and Issues",
            "2026-04-22",
            "R45199",
            service,
        ),
        (
            GAO,
            "gao-2005-gao-05-999",
            "SALT PANS",
            "2005-09",
            "GAO-05-999",
            office,
        ),
        (
            FR_PAGES,
            "fr-2025-vol-90-no-7",
            "Federal Register, Vol. 90, No. 7",
            "2025-01-13",
            "Vol. 90, No. 7",
            register,
        ),
        (
            FR_ONE,
            "fr-2020-2020-17999",
            "Rules for Salt Pans",
            "2020-08-06",
            "2020-17999",
            register,
        ),
        (
            FR_TEXT,
            "fr-2020-2020-17999",
            "Rules for Salt Pans",
            "2020-08-06",
            "2020-17999",
            register,
        ),
        (
            UPR,
            "un-2020-a-hrc-44-98",
            "Report of the Working Group on the Universal Periodic Review",
            "2020-07-03",
            "A/HRC/44/98",
            "United Nations",
        ),
        (
            UN,
            "un-2020-a-hrc-44-99",
            "Report of the Special Rapporteur on contemporary forms of slavery",
            "2020-07-03",
            "A/HRC/44/99",
            "United Nations",
        ),
        (
            CEDAW,
            "un-2018-cedaw-c-npl-co-99",
            "Concluding observations on the sixth periodic report of Nepal",
            "2018-11-14",
            "CEDAW/C/NPL/CO/99",
            "United Nations",
        ),
    ] {
        let described = described(text, Metadata::default(), &FrontMatter::default());
        let year = &date[..4];
        let expected = format!("{id} | {title} | {year} | {date} | {number} | {publisher}");
        assert_eq!(shown(&described), expected);
        assert_eq!(described.year_source, Some(FactSource::Cover), "{id}");
    }
    let nepal = described(CEDAW, Metadata::default(), &FrontMatter::default());
    assert_eq!(nepal.facts.country.unwrap().iso3, "NPL");
    // All reports of the group have its title.
    let nepal = described(UPR, Metadata::default(), &FrontMatter::default());
    assert_eq!(nepal.facts.country.unwrap().iso3, "NPL");
    let below = Told::new("Nepal", FactSource::Cover);
    assert_eq!(nepal.publication.subtitle, Some(below));
    let none = described(UN, Metadata::default(), &FrontMatter::default());
    assert_eq!(none.facts.country, None);
}

#[test]
fn texts_that_name_such_documents_are_none_of_them() {
    for text in [
        "# Notes\nJune 2020\nThe Congressional Research Service says so in R45199.\n",
        "# Sources\nGAO-05-999\nA/HRC/44/99\n",
        "# News\nThe report GAO-05-999 of the Government Accountability Office is out.\n",
        "# Law\nSee Federal Register / Vol. 90, No. 7 and more, which is cited here as a source of law.\n",
    ] {
        let described = described(text, Metadata::default(), &FrontMatter::default());
        assert_eq!(described.id, None, "{text}");
    }
}

#[test]
fn the_surest_source_tells() {
    let metadata = || Metadata {
        title: Some("GAO-05-999, Salt Pans: Wages Are Late".to_owned()),
        authors: vec!["Ann Reed".to_owned(), "Ben Kiln".to_owned()],
        site: Some("Mirror of Reports".to_owned()),
        date: Some("2005-10-01T00:00:00Z".to_owned()),
        language: Some("en".to_owned()),
        ..Metadata::default()
    };
    let front = FrontMatter::default();
    let of_series = described(GAO, metadata(), &front);
    assert_eq!(
        shown(&of_series),
        "gao-2005-gao-05-999 | Salt Pans: Wages Are Late | 2005 | 2005-09 | GAO-05-999 | \
         U.S. Government Accountability Office"
    );
    assert_eq!(
        of_series.publication.author,
        Some(Told::new("Ann Reed; Ben Kiln", FactSource::Embedded))
    );
    let plain = described("The pans are worked.\n", metadata(), &front);
    assert_eq!(
        shown(&plain),
        "- | GAO-05-999, Salt Pans: Wages Are Late | 2005 | 2005-10-01 | - | Mirror of Reports"
    );
    let front = FrontMatter {
        title: Some("Pans".to_owned()),
        date: Some("May 2006".to_owned()),
        publisher: Some("Salt House".to_owned()),
        number: Some("7".to_owned()),
        ..FrontMatter::default()
    };
    let by_header = described(GAO, metadata(), &front);
    assert_eq!(
        shown(&by_header),
        "gao-2006-7 | Pans | 2006 | 2006-05 | 7 | Salt House"
    );
}

#[test]
fn a_document_without_a_year_is_of_no_series_and_told() {
    let text = CRS.replace("Updated April 22, 2026\n", "");
    let described = described(&text, Metadata::default(), &FrontMatter::default());
    assert_eq!(described.id, None);
    assert_eq!(
        described.reason.as_deref(),
        Some("looks like `crs`, but names no year")
    );
    assert_eq!(described.publication.publisher, None);
}
