//! Dates, numbers, names and titles on covers.

use super::*;

fn plain(text: &str) -> Document<'_> {
    Document::of_text(text, 1)
}

fn date(text: &str) -> Option<String> {
    Cover::of(&plain(text)).date(None)
}

#[test]
fn a_date_on_the_cover_stands_alone_or_is_named() {
    let prose = "The pans are worked from spring to autumn by people of the islands, who are paid when \
                 the salt is sold, and many of them wait for it until the next year comes and longer than that, as nobody asks the owners.";
    for (text, expected) in [
        (
            "Pans in Norland\n\nUpdated April 21, 2026\n\nOverview\n",
            Some("2026-04-21"),
        ),
        ("Pans\n\nJune 2005\n\nText.", Some("2005-06")),
        (
            "Distr.: General\n3 July 2020\nOriginal: English\n",
            Some("2020-07-03"),
        ),
        ("Distr.: General 3 July 2020\n", Some("2020-07-03")),
        (
            "Report: X-1 | Published: 2006-02-01 | Source: Office\n",
            Some("2006-02-01"),
        ),
        ("SALT / January 14, 2011 / Vol. 60\n", Some("2011-01-14")),
        (
            "Published March 3, 2019\nUpdated May 5, 2021\n",
            Some("2021-05-05"),
        ),
        ("June 2005\n\n3 June 2005\n", Some("2005-06-03")),
        // Not surely the date of publication.
        ("1 May 2020\n\n2 May 2021\n", None),
        (
            "4 SALT / January 14, 2011 / Vol. 60 | 5\n",
            Some("2011-01-14"),
        ),
        ("Comments due:\n1 May 2020\n", None),
        ("Effective date\n1 May 2020\n", None),
        ("Adopted by the council on 10 December 1948\n", None),
        ("Hearing on 1 May 2020\n", None),
        ("2021\n", None),
    ] {
        assert_eq!(date(text).as_deref(), expected, "{text}");
    }
    assert_eq!(
        date(&format!("Pans\n\n{prose}\n\nUpdated April 21, 2026\n")),
        None
    );
}

#[test]
fn headings_of_a_chronology_are_no_dates() {
    let text = "# Chronicle\n\n## June 2005\n\nA strike.\n\n## July 2006\n\nAnother.\n";
    let mut document = crate::format::markdown::read(text, 1);
    let headings = document
        .lines
        .iter_mut()
        .filter(|l| l.kind == LineKind::Heading);
    headings.for_each(|line| line.level = Some(2));
    assert_eq!(Cover::of(&document).date(None), None);
}

#[test]
fn numbers_and_names_on_the_cover() {
    for (text, number, author, publisher) in [
        ("A/HRC/44/42\nPans\n", Some("A/HRC/44/42"), None, None),
        (
            "Report No. 17/2020\nPublished by Salt House\n",
            Some("17/2020"),
            None,
            Some("Salt House"),
        ),
        (
            "Document number: ND-7\nAuthor: Office of Salt\n",
            Some("ND-7"),
            Some("Office of Salt"),
            None,
        ),
        (
            "Pans\nBy Ann Reed and Ben Kiln\n",
            None,
            Some("Ann Reed and Ben Kiln"),
            None,
        ),
        ("Report of the Office\nBy sea and land\n", None, None, None),
    ] {
        let document = plain(text);
        let cover = Cover::of(&document);
        assert_eq!(cover.number(None).as_deref(), number, "{text}");
        assert_eq!(cover.author().as_deref(), author, "{text}");
        assert_eq!(cover.publisher().as_deref(), publisher, "{text}");
    }
}

#[test]
fn years_of_yearly_reports() {
    for (text, year) in [
        ("FY 2011 OFFICE OF SALT ANNUAL REPORT 15\n", Some("2011")),
        ("Annual Report 2019\n", Some("2019")),
        ("2014 Annual Report\n", Some("2014")),
        ("Annual Report 2019\n2020 Annual Report\n", None),
        ("The annual report of 2019 was late.\n", None),
    ] {
        assert_eq!(Cover::of(&plain(text)).year().as_deref(), year, "{text}");
    }
}

#[test]
fn the_title_is_a_heading_before_the_text() {
    let heading = |text: &str, level| Line {
        kind: LineKind::Heading,
        level,
        ..Line::text(1, text.to_owned())
    };
    let text = |text: &str| Line::text(1, text.to_owned());
    for (lines, title) in [
        (
            vec![text("Updated May 3, 2020"), heading("Salt Pans", None)],
            Some("Salt Pans"),
        ),
        (
            vec![heading("June 2020", None), heading("Salt Pans", None)],
            Some("Salt Pans"),
        ),
        (
            vec![
                heading("Office of Salt", Some(2)),
                heading("Salt Pans", Some(1)),
            ],
            Some("Salt Pans"),
        ),
        (
            vec![
                heading("Executive Office for Salt", Some(1)),
                heading("Handbook for", Some(1)),
                heading("Salt Pans", Some(1)),
                heading("October 1, 2012", Some(1)),
            ],
            Some("Handbook for Salt Pans"),
        ),
        (
            vec![heading("Salt Pans", Some(1)), heading("Kilns", Some(1))],
            Some("Salt Pans"),
        ),
        (
            vec![
                heading("Cases of Fever A", Some(1)),
                heading("Summary", Some(1)),
            ],
            Some("Cases of Fever A"),
        ),
        (
            vec![text("The pans are old."), heading("Background", None)],
            None,
        ),
        (vec![text("Pans"), heading("Background", Some(2))], None),
        (vec![heading("12", None)], None),
    ] {
        let document = Document {
            lines,
            whole: true,
            ..Document::default()
        };
        assert_eq!(Cover::of(&document).title_heading(None).as_deref(), title);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_cover(text in "([\\PC]{0,40}\n|June 2005\n|Updated \\PC{0,12}\n|A/\\PC{0,9}\n){0,10}") {
        let document = plain(&text);
        let cover = Cover::of(&document);
        cover.date(None);
        cover.year();
        cover.number(None);
        cover.title_line();
        cover.title_heading(None);
        cover.author();
        if let Some(date) = cover.date(None) {
            proptest::prop_assert!(dates::iso(&date).is_some());
        }
    }
}
