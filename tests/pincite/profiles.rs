//! Profiles that users write.

use crate::support::{folder, narrative, root, run};

/// A report in the shape of those that `docs/profiles.md` describes.
const REPORT: &str = "2022 Report on International Religious Freedom: Kenya\n\n\
    Executive Summary\n\nThe constitution protects the freedom of religion.\n\n\
    Section I. Religious Demography\n\nMost people are Christians.\n\n\
    Section II. Status of Government Respect for Religious Freedom\n\nLegal Framework\n\n\
    The law requires registration.\n\nInspectors registered many groups.\n\n12\n\n\
    Section III. Status of Societal Respect for Religious Freedom\n\nLeaders met often.\n\n\
    Section IV. U.S. Government Policy and Engagement\n\nOfficials spoke with leaders.\n";

fn profile() -> Vec<u8> {
    std::fs::read(root().join("docs/profiles/irf.toml")).unwrap()
}

#[test]
fn the_profile_of_the_documentation_reads_its_series() {
    let folder = folder(&[
        ("irf.toml", &profile()),
        ("corpus/a.txt", REPORT.as_bytes()),
        ("corpus/tip.txt", &narrative(2021, "Nepal", "Kilns.")),
        ("corpus/notes.txt", b"Some notes.\n"),
    ]);
    let checked = run(folder.path(), &["profile", "check", "irf.toml"]);
    assert_eq!(checked.status, 0, "{}", checked.stderr);
    for told in [
        "a.txt: read as `irf`",
        "irf-2022-ken · 2022 Report on International",
        "government: 3 passages · Section II. Status",
        "tip.txt: read as `tip`",
        "notes.txt: known by no profile",
        "1 of 3 files read as `irf`",
    ] {
        assert!(checked.stdout.contains(told), "{told}:\n{}", checked.stdout);
    }
    assert_eq!(
        run(folder.path(), &["index", "--profile", "irf.toml"]).status,
        0
    );
    let found = run(
        folder.path(),
        &["search", "registration", "--section", "government"],
    );
    assert!(
        found.stdout.contains("irf-2022-ken:government:2"),
        "{}",
        found.stdout
    );
    let cited = run(folder.path(), &["cite", "irf-2022-ken:us-policy:1"]);
    let expected =
        "2022 Report on International Religious Freedom: Kenya, U.S. Government Policy, para. 1\n";
    assert_eq!(cited.stdout, expected);
}

/// A volume in the shape that `docs/profiles/yearbook.toml` describes.
const VOLUME: &str = "World Labor Yearbook 2013\n\nForeword\n\nThis volume was closed in spring.\n\n\
    Country chapters\n\nChad\n\nWages fell in the salt pans.\n\nNepal\n\nKilns were inspected.\n\n\
    Courts heard two cases.\n";

#[test]
fn a_volume_is_one_report_per_country() {
    let yearbook = std::fs::read(root().join("docs/profiles/yearbook.toml")).unwrap();
    let folder = folder(&[
        ("yearbook.toml", &yearbook),
        ("corpus/volume.txt", VOLUME.as_bytes()),
    ]);
    let indexed = run(folder.path(), &["index", "--profile", "yearbook.toml"]);
    assert_eq!(indexed.status, 0, "{}", indexed.stderr);
    for (id, text) in [
        (
            "yearbook-2013-tcd:overview:1",
            "Wages fell in the salt pans.",
        ),
        ("yearbook-2013-npl:overview:2", "Courts heard two cases."),
    ] {
        let shown = run(folder.path(), &["show", id]);
        assert!(shown.stdout.contains(text), "{id}:\n{}", shown.stdout);
    }
    let cited = run(
        folder.path(),
        &["cite", "yearbook-2013-npl", "--style", "csl-json"],
    );
    for told in ["\"Nepal\"", "World Labor Yearbook 2013", "Labor Watch"] {
        assert!(cited.stdout.contains(told), "{told}:\n{}", cited.stdout);
    }
}

#[test]
fn another_profile_reads_all_anew() {
    let folder = folder(&[
        ("irf.toml", &profile()),
        ("corpus/a.txt", REPORT.as_bytes()),
        ("corpus/tip.txt", &narrative(2021, "Nepal", "Kilns.")),
    ]);
    run(folder.path(), &["index"]);
    let shown = run(folder.path(), &["show", "irf-2022-ken"]);
    assert_eq!(shown.status, 1);
    run(folder.path(), &["index", "--profile", "irf.toml"]);
    assert_eq!(run(folder.path(), &["show", "irf-2022-ken"]).status, 0);
    let again = run(folder.path(), &["index", "--profile", "irf.toml"]);
    assert!(
        again.stdout.contains("2 unchanged; 0 files read"),
        "{}",
        again.stdout
    );
}

#[test]
fn a_file_that_two_profiles_claim_is_read_by_the_first_and_told() {
    let second = String::from_utf8(profile())
        .unwrap()
        .replace("\"irf\"", "\"other\"");
    let folder = folder(&[
        ("irf.toml", &profile()),
        ("second.toml", second.as_bytes()),
        ("corpus/a.txt", REPORT.as_bytes()),
    ]);
    let args = ["index", "--profile", "irf.toml", "--profile", "second.toml"];
    let built = run(folder.path(), &args);
    assert!(
        built
            .stdout
            .contains("a.txt: `other` claims it too; read as `irf`"),
        "{}",
        built.stdout
    );
}

#[test]
fn wrong_profiles_are_pointed_at() {
    let folder = folder(&[
        ("bad.toml", b"series = \"x\"\ntitle = \"{yaer} Report: {country}\"\n[lead]\nkey = \"a\"\nlabel = \"A\"\n"),
        ("corpus/a.txt", b"Text.\n"),
    ]);
    for args in [
        &["profile", "check", "bad.toml"][..],
        &["index", "--profile", "bad.toml"],
    ] {
        let told = run(folder.path(), args);
        assert_eq!(told.status, 2);
        let expected = "error: bad.toml:2: `{yaer}` is no name here; the names are {country}, {slug}, {year}, {session}, {symbol}\n  title = \"{yaer} Report: {country}\"\n           ^^^^^^\n";
        assert_eq!(told.stderr, expected);
    }
    let none = run(folder.path(), &["profile", "show", "nope"]);
    assert_eq!(none.status, 2);
    assert!(
        none.stderr
            .contains("the profiles are ungd, tip, hrr, crs, gao, fr, un, doc")
    );
}
