//! What leaves pincite for other hands: evidence packs, and coding sheets that
//! come back.

use std::path::Path;

use pincite::format::table::{Table, delimited, spreadsheet};
use pincite::text::digest::sha256;
use serde_json::Value;

use crate::support::{Run, folder, run, samples, shared_index, zipped};

/// Runs the program on the samples from within a folder.
fn at(place: &Path, args: &[&str]) -> Run {
    let index = samples().path.to_str().unwrap();
    run(place, &[&["--index", index], args].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn bytes(place: &Path, name: &str) -> Vec<u8> {
    std::fs::read(place.join(name)).unwrap()
}

fn text(place: &Path, name: &str) -> String {
    String::from_utf8(bytes(place, name)).unwrap()
}

fn names(place: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(place).unwrap();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn csv_of(text: &str) -> Table {
    delimited(text, b',').unwrap()
}

/// The cells of a column, by its name.
fn column(table: &Table, name: &str) -> Vec<String> {
    let at = table.columns.iter().position(|c| c == name).unwrap();
    table.rows.iter().map(|(_, row)| row[at].clone()).collect()
}

const FILES: [&str; 7] = [
    "MANIFEST.json",
    "index.html",
    "passages.csv",
    "passages.xlsx",
    "quotes.md",
    "references.bib",
    "references.ris",
];

#[test]
fn a_pack_holds_what_was_found_and_says_where_it_is_from() {
    let work = folder(&[]);
    let args = [
        "export",
        "\"brick kilns\"",
        "--to",
        "pack",
        "--country",
        "cambodia",
    ];
    let made = at(work.path(), &args);
    let said = "10 passages from 3 reports in pack\n  index.html, passages.csv, passages.xlsx, \
                quotes.md, references.bib,\n  references.ris, MANIFEST.json\n";
    assert_eq!(
        (made.stdout.as_str(), made.stderr.as_str(), made.status),
        (said, "", 0)
    );
    assert_eq!(names(work.path()), ["pack"], "nothing is left beside it");
    let pack = work.path().join("pack");
    assert_eq!(names(&pack), FILES);

    let manifest = json(&text(&pack, "MANIFEST.json"));
    assert_eq!(manifest["query"], "\"brick kilns\"");
    assert_eq!(manifest["understood"], "\"brick kilns\"");
    assert_eq!(manifest["filters"], serde_json::json!({"country": ["KHM"]}));
    assert_eq!(
        (&manifest["total"], &manifest["passages"]),
        (&10.into(), &10.into())
    );
    let digest = &samples().summary.manifest.corpus_digest;
    assert_eq!(manifest["corpus"]["digest"], digest.as_str());
    let hashes = manifest["files"].as_object().unwrap();
    assert_eq!(hashes.len(), FILES.len() - 1);
    for (name, about) in hashes {
        assert_eq!(about["sha256"], sha256(&bytes(&pack, name)), "{name}");
        assert_eq!(about["bytes"], bytes(&pack, name).len(), "{name}");
    }

    // Every file has the passages of the search, in its order.
    let found = samples().run(&[
        "search",
        "\"brick kilns\"",
        "--country",
        "cambodia",
        "-n",
        "99",
        "--format",
        "json",
    ]);
    let found = json(&found.stdout);
    let hits = found["hits"].as_array().unwrap();
    let of = |key: &str| -> Vec<String> {
        hits.iter()
            .map(|h| h[key].as_str().unwrap().to_owned())
            .collect()
    };
    let table = csv_of(&text(&pack, "passages.csv"));
    let sheets = spreadsheet(&bytes(&pack, "passages.xlsx")).unwrap();
    let (quotes, page) = (text(&pack, "quotes.md"), text(&pack, "index.html"));
    for key in ["id", "hash", "text", "pincite"] {
        assert_eq!(column(&table, key), of(key), "{key}");
        assert_eq!(column(&sheets[0].1, key), of(key), "{key}");
    }
    for (place, id) in of("id").iter().enumerate() {
        assert!(page.contains(&format!("<article id=\"{id}\">")), "{id}");
        assert!(quotes.contains(&format!("- id: {id}\n")), "{id}");
        let link = &column(&table, "link")[place];
        assert!(link.contains("/cambodia/#:~:text="), "{link}");
        assert!(
            quotes.contains(&format!("<{link}>")) && page.contains(&link.replace('&', "&amp;"))
        );
    }
    assert_eq!(
        quotes.matches("**brick kilns**").count(),
        page.matches("<mark>brick kilns</mark>").count()
    );
    // Each report once.
    assert_eq!(
        text(&pack, "references.bib")
            .matches("@incollection{")
            .count(),
        3
    );
    assert_eq!(text(&pack, "references.ris").matches("ER  - ").count(), 3);
    // It stands alone: no path of the machine, nothing that a page would load.
    let place = work.path().to_str().unwrap();
    for name in FILES.iter().filter(|name| !name.ends_with("xlsx")) {
        assert!(!text(&pack, name).contains(place), "{name}");
    }
    assert!(!page.contains("src=") && !page.contains("<link") && !page.contains("<script"));
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let work = folder(&[]);
    for (to, date) in [
        ("a", "2026-11-24"),
        ("b", "2026-11-24"),
        ("c", "2026-11-25"),
    ] {
        let made = at(work.path(), &["export", "kiln", "--to", to, "--date", date]);
        assert_eq!(made.status, 0, "{}", made.stderr);
    }
    for name in FILES {
        let of = |pack: &str| bytes(&work.path().join(pack), name);
        assert_eq!(of("a"), of("b"), "{name}");
        let names_no_day = ["passages.csv", "references.bib", "references.ris"].contains(&name);
        assert_eq!(of("a") == of("c"), names_no_day, "{name}");
    }
}

#[test]
fn a_pack_replaces_a_pack_and_nothing_else() {
    let work = folder(&[("mine/notes.txt", b"keep me")]);
    assert_eq!(
        at(work.path(), &["export", "kiln", "--to", "pack/"]).status,
        0
    );
    assert_eq!(
        at(work.path(), &["export", "debt", "--to", "pack"]).status,
        0
    );
    let pack = work.path().join("pack");
    assert_eq!(json(&text(&pack, "MANIFEST.json"))["query"], "debt");
    let refused = at(work.path(), &["export", "kiln", "--to", "mine"]);
    assert_eq!(refused.status, 2);
    assert_eq!(
        refused.stderr,
        "error: `mine` holds files that are no evidence pack\n\
         hint: name a folder that is not there yet; what is here stays\n"
    );
    std::fs::write(pack.join("quotes.md"), "my own words").unwrap();
    let changed = at(work.path(), &["export", "kiln", "--to", "pack"]);
    assert_eq!(changed.status, 2);
    assert!(
        changed.stderr.contains("`quotes.md` in `pack` was changed"),
        "{}",
        changed.stderr
    );
    assert_eq!(text(&pack, "quotes.md"), "my own words");
    assert_eq!(at(work.path(), &["export", "kiln", "--to", "."]).status, 2);
    let nothing = at(work.path(), &["export", "zzzz", "--to", "none"]);
    assert_eq!(
        (nothing.status, work.path().join("none").exists()),
        (1, false)
    );
    assert_eq!(names(work.path()), ["mine", "pack"]);
}

#[test]
fn ids_name_passages_sections_and_reports() {
    let work = folder(&[("ids.txt", b"# chosen\ntip-2021-khm:prevention:1\n\n")]);
    let ids = |pack: &str| -> Vec<String> {
        let table = csv_of(&text(&work.path().join(pack), "passages.csv"));
        column(&table, "id")
    };
    let list = "tip-2021-khm:recommendations:3,tip-2021-khm:prevention,tip-2021-khm:prevention:1";
    let made = at(work.path(), &["export", "--ids", list, "--to", "a"]);
    assert_eq!((made.status, made.stderr.as_str()), (0, ""));
    let section = json(
        &samples()
            .run(&["show", "tip-2021-khm:prevention", "--format", "json"])
            .stdout,
    );
    assert_eq!(
        ids("a").len(),
        1 + section["passages"].as_array().unwrap().len()
    );
    assert_eq!(
        ids("a")[..2],
        [
            "tip-2021-khm:recommendations:3",
            "tip-2021-khm:prevention:1"
        ]
    );
    let partly = at(
        work.path(),
        &[
            "export",
            "--ids-from",
            "ids.txt",
            "--ids",
            "tip-1999-khm",
            "--to",
            "b",
        ],
    );
    assert_eq!(partly.status, 4);
    assert!(
        partly.stderr.contains("the index holds no `tip-1999-khm`"),
        "{}",
        partly.stderr
    );
    assert_eq!(ids("b"), ["tip-2021-khm:prevention:1"]);
    // What one pack holds, another can be made of.
    let again = at(
        work.path(),
        &["export", "--ids-from", "a/passages.csv", "--to", "c"],
    );
    assert_eq!((again.status, ids("c")), (0, ids("a")));
    for (args, status, told) in [
        (
            &["--ids", "tip-1999-khm"][..],
            1,
            "the index holds no `tip-1999-khm`",
        ),
        (&["--ids", "no id"], 2, "`no id` is no id"),
        (&["--ids-from", "nowhere"], 2, "`nowhere` cannot be read"),
        (
            &["--ids", "tip-2021-khm", "--year", "2021"],
            2,
            "filters go with a query, not with ids",
        ),
        (&["kiln", "--ids", "tip-2021-khm"], 2, "cannot be used with"),
        (&[], 2, "nothing says what to export"),
    ] {
        let made = at(work.path(), &[&["export", "--to", "none"], args].concat());
        assert_eq!(made.status, status, "{args:?} {}", made.stderr);
        assert!(made.stderr.contains(told), "{}", made.stderr);
    }
    assert!(!work.path().join("none").exists());
}

#[test]
fn hostile_text_stays_text_in_every_file() {
    let hostile = "=HYPERLINK(\"http://x\") <script>alert(1)</script> kilns </p><img src=x onerror=y> **bold** [a](b) & 'q'";
    let records = [
        serde_json::json!({"id": "a", "text": hostile, "title": "@SUM(1) <b>", "url": "javascript:alert(1)"}),
        serde_json::json!({"id": "b \"c", "text": "kilns stand here", "title": "T", "url": "https://a.org/?x=1&y=\"2\"#top"}),
    ];
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    let work = folder(&[("corpus/r.jsonl", lines.join("\n").as_bytes())]);
    assert_eq!(run(work.path(), &["index"]).status, 0);
    let made = run(work.path(), &["export", "kilns", "--to", "pack"]);
    assert_eq!((made.status, made.stderr.as_str()), (0, ""));
    let pack = work.path().join("pack");

    let page = scraper::Html::parse_document(&text(&pack, "index.html"));
    let all = |selector: &str| {
        let selector = scraper::Selector::parse(selector).unwrap();
        page.select(&selector).map(|e| e.html()).collect::<Vec<_>>()
    };
    assert!(all("script, img, b, iframe").is_empty());
    assert_eq!((all("mark").len(), all("article").len()), (2, 2));
    for link in all("a") {
        let is_safe =
            link.contains("href=\"#") || link.contains("href=\"https://a.org/?x=1&amp;y=");
        assert!(is_safe, "{link}");
    }
    let selector = scraper::Selector::parse("blockquote").unwrap();
    let quoted: Vec<String> = page.select(&selector).map(|e| e.text().collect()).collect();
    assert!(quoted.contains(&hostile.to_owned()), "{quoted:?}");

    let table = csv_of(&text(&pack, "passages.csv"));
    let row = column(&table, "id")
        .iter()
        .position(|id| id == "doc-a:text:1")
        .unwrap();
    assert_eq!(column(&table, "text")[row], format!("'{hostile}"));
    assert_eq!(
        pincite::output::cells::plain(&column(&table, "text")[row]),
        hostile
    );
    assert_eq!(column(&table, "title")[row], "'@SUM(1) <b>");
    assert_eq!(column(&table, "link")[row], "");
    assert_eq!(
        column(&table, "link")[1 - row],
        "https://a.org/?x=1&y=\"2\"#top:~:text=kilns%20stand%20here"
    );
    let sheets = spreadsheet(&bytes(&pack, "passages.xlsx")).unwrap();
    assert_eq!(column(&sheets[0].1, "text")[row], hostile);
    let mut book =
        zip::ZipArchive::new(std::io::Cursor::new(bytes(&pack, "passages.xlsx"))).unwrap();
    let mut sheet = String::new();
    let mut part = book.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut sheet).unwrap();
    assert!(!sheet.contains("<f>"), "no formula");
    assert!(text(&pack, "quotes.md").contains("\\<script\\>alert(1)\\</script\\> **kilns**"));
}

#[test]
fn no_table_holds_a_formula() {
    let record = |id: &str, year: u16| {
        serde_json::json!({
            "id": id, "text": "=cmd kiln text of debt", "title": "@SUM(1)", "country": "Kenya",
            "year": year, "url": "=x", "note": "+1 digest",
        })
        .to_string()
    };
    let corpus = [record("a", 2020), record("b", 2021)].join("\n");
    let work = folder(&[
        ("corpus/r.jsonl", corpus.as_bytes()),
        ("q.csv", b"id,query\n=q,kiln\n@r,kiln OR debt\n"),
        (
            "draft.csv",
            b"id,quote,source\n=1,=cmd kiln text of debt,+2\n",
        ),
        (
            "ids.csv",
            b"id,text\ndoc-a:text:1,=cmd kiln text of debt\n=x,y\n",
        ),
    ]);
    let path = work.path();
    assert_eq!(run(path, &["index"]).status, 0);
    let csv = ["--format", "csv"];
    for (args, more) in [
        (&["search", "kiln"][..], &csv[..]),
        (&["search", "kiln", "--fold"], &csv),
        (&["kwic", "kiln"], &csv),
        (&["kwic", "=cmd"], &csv),
        (&["facets", "kiln"], &csv),
        (&["silence", "kiln"], &csv),
        (&["trend", "=kiln"], &csv),
        (&["origin", "doc-a:text:1"], &csv),
        (&["verify", "draft.csv"], &csv),
        (&["resolve", "ids.csv"], &csv),
        (&["batch", "q.csv"], &csv),
        (&["batch", "q.csv", "--summary"], &["--tables", "csv"]),
        (&["batch", "q.csv", "--overlap"], &["--tables", "csv"]),
    ] {
        let made = run(path, &[args, more].concat());
        assert!(made.stdout.lines().count() > 1, "{args:?}: {}", made.stderr);
        let mut reader = csv::Reader::from_reader(made.stdout.as_bytes());
        for row in reader.records() {
            for cell in &row.unwrap() {
                let is_number = cell.parse::<f64>().is_ok();
                let is_formula = cell.starts_with(['=', '+', '-', '@', '\t']) && !is_number;
                assert!(!is_formula, "{args:?}: {cell}");
            }
        }
    }
    // What was written so is read back: the text has the hash of the passage.
    let hits = run(path, &["search", "kiln", "--format", "csv"]).stdout;
    std::fs::write(path.join("hits.csv"), hits).unwrap();
    assert_eq!(run(path, &["resolve", "hits.csv"]).status, 0);
    let batch = run(path, &["batch", "q.csv", "--format", "csv"]).stdout;
    std::fs::write(path.join("old.csv"), batch).unwrap();
    let since = run(
        path,
        &["batch", "q.csv", "--since", "old.csv", "--tables", "json"],
    );
    let since: Value = serde_json::from_str(&since.stdout).unwrap();
    assert!(!since.to_string().contains("no earlier"), "{since}");
}

/// The coded sheet that comes of a sample, by what a coder does to its row.
fn coded(table: &Table, code: impl Fn(usize) -> [&'static str; 2]) -> Vec<Vec<String>> {
    let place = |name: &str| table.columns.iter().position(|c| c == name).unwrap();
    let coders = [place("coder_1"), place("coder_2")];
    let mut rows = vec![table.columns.clone()];
    for (at, (_, row)) in table.rows.iter().enumerate() {
        let mut row = row.clone();
        for (place, code) in coders.into_iter().zip(code(at)) {
            row[place] = code.to_owned();
        }
        rows.push(row);
    }
    rows
}

fn as_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter()
        .for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn as_xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(rows) {
        for (place, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(at, place, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn as_ods(rows: &[Vec<String>]) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let cell = |text: &String| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escaped(text)
        )
    };
    let row = |row: &Vec<String>| {
        format!(
            "<table:table-row>{}</table:table-row>",
            row.iter().map(cell).collect::<String>()
        )
    };
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
         <office:spreadsheet><table:table table:name=\"sample\">{}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        rows.iter().map(row).collect::<String>()
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    zipped(&[("mimetype", kind), ("content.xml", content.as_bytes())])
}

#[test]
fn a_sheet_goes_out_and_comes_back() {
    let work = folder(&[]);
    let args = [
        "sample",
        "the",
        "--n",
        "20",
        "--stratify",
        "country",
        "--seed",
        "7",
        "--codes",
        "yes,no",
    ];
    let drawn = |sheet: &str| {
        let made = at(work.path(), &[&args[..], &["--sheet", sheet]].concat());
        assert_eq!((made.status, made.stderr.as_str()), (0, ""), "{sheet}");
    };
    drawn("out.xlsx");
    drawn("out.csv");
    assert_eq!(names(work.path()), ["out.about.csv", "out.csv", "out.xlsx"]);
    let sheets = spreadsheet(&bytes(work.path(), "out.xlsx")).unwrap();
    let table = csv_of(&text(work.path(), "out.csv"));
    assert_eq!(
        (sheets[0].0.as_str(), sheets[1].0.as_str()),
        ("sample", "about")
    );
    assert_eq!(sheets[0].1.columns, table.columns);
    for name in [
        "number",
        "id",
        "pincite",
        "country",
        "year",
        "section",
        "stratum",
        "text",
        "match",
        "report_note",
        "hash",
    ] {
        assert_eq!(column(&sheets[0].1, name), column(&table, name), "{name}");
        assert_eq!(column(&table, name).len(), 20);
    }
    // What a report says of itself goes with its text, apart from the coders' notes.
    let digest = "digest written for pincite in its own words; not the published text";
    assert!(column(&table, "report_note").iter().all(|n| n == digest));
    assert!(column(&table, "note").iter().all(String::is_empty));
    // Of 20 rows 15 are agreed on, 4 are not, 1 lacks a code.
    let code = |at: usize| match at {
        0..10 => ["yes", " YES"],
        10..15 => ["no", "No "],
        15..19 => ["yes", "no"],
        _ => ["yes", ""],
    };
    let rows = coded(&table, code);
    std::fs::write(work.path().join("a.csv"), as_csv(&rows)).unwrap();
    std::fs::write(work.path().join("a.xlsx"), as_xlsx(&rows)).unwrap();
    std::fs::write(work.path().join("a.ods"), as_ods(&rows)).unwrap();
    let ids = column(&table, "id");
    for sheet in ["a.csv", "a.xlsx", "a.ods"] {
        let found = at(work.path(), &["agreement", sheet, "--format", "json"]);
        assert_eq!(
            (found.status, found.stderr.as_str()),
            (0, "note: 1 row lacks a code: 21\n")
        );
        let found = json(&found.stdout);
        assert_eq!(
            (&found["rows"], &found["rows_measured"]),
            (&20.into(), &19.into())
        );
        assert_eq!(found["codes"], serde_json::json!(["no", "yes"]));
        assert_eq!(
            found["pairs"][0]["confusion"],
            serde_json::json!([[5, 0], [4, 10]])
        );
        assert_eq!(found["missing"][0]["id"], ids[19].as_str());
        let differing: Vec<&str> = found["disagreements"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| d["id"].as_str().unwrap())
            .collect();
        assert_eq!(differing, ids[15..19]);
        // po = 15/19, pe = (5 * 9 + 14 * 10) / 361.
        let (po, pe) = (15.0 / 19.0, 185.0 / 361.0);
        let kappa = found["pairs"][0]["kappa"].as_f64().unwrap();
        assert!((kappa - (po - pe) / (1.0 - pe)).abs() < 1e-12, "{kappa}");
        // 38 codes, 14 no and 24 yes, 4 rows that differ.
        let alpha = found["alpha"].as_f64().unwrap();
        assert!(
            (alpha - (1.0 - 37.0 * 4.0 / (14.0 * 24.0))).abs() < 1e-12,
            "{alpha}"
        );
    }
    // A sheet that was drawn before there was that column is read as well.
    let place = table
        .columns
        .iter()
        .position(|c| c == "report_note")
        .unwrap();
    let old = rows.iter().map(|row| {
        let mut row = row.clone();
        row.remove(place);
        row
    });
    std::fs::write(
        work.path().join("old.csv"),
        as_csv(&old.collect::<Vec<_>>()),
    )
    .unwrap();
    let [old, new] = ["old.csv", "a.csv"].map(|sheet| {
        let found = at(work.path(), &["agreement", sheet, "--format", "csv"]);
        assert_eq!(found.status, 0, "{}", found.stderr);
        found.stdout
    });
    assert_eq!(old, new);
    // A slip is told where the sheet knows the codes.
    let mut slip = rust_xlsxwriter::Workbook::new();
    let sheet = slip.add_worksheet();
    for (at, row) in [["coder_1", "coder_2"], ["yes", "no"], ["yse", "yes"]]
        .iter()
        .enumerate()
    {
        for (place, cell) in (0..).zip(row) {
            sheet.write_string(at as u32, place, *cell).unwrap();
        }
    }
    let about = slip.add_worksheet().set_name("about").unwrap();
    for (at, row) in [["query", "the"], ["codes", "yes, no"]].iter().enumerate() {
        for (place, cell) in (0..).zip(row) {
            about.write_string(at as u32, place, *cell).unwrap();
        }
    }
    slip.save(work.path().join("slip.xlsx")).unwrap();
    let told = at(work.path(), &["agreement", "slip.xlsx"]);
    assert_eq!(
        told.stderr,
        "note: row 3: `yse` is none of the codes of the sheet\n"
    );
    assert_eq!(told.status, 0);
    // A sheet that holds codes stays.
    let before = bytes(work.path(), "a.xlsx");
    let refused = at(work.path(), &[&args[..], &["--sheet", "a.xlsx"]].concat());
    assert_eq!(refused.status, 2);
    assert_eq!(
        refused.stderr,
        "error: `a.xlsx` holds codes or notes in 20 rows\n\
         hint: name another file, or replace it with `--force`\n"
    );
    assert_eq!(bytes(work.path(), "a.xlsx"), before);
    drawn("out.xlsx");
    let forced = at(
        work.path(),
        &[&args[..], &["--sheet", "a.xlsx", "--force"]].concat(),
    );
    assert_eq!(forced.status, 0, "{}", forced.stderr);
}

#[test]
fn a_sample_is_drawn_again_and_says_what_it_stands_for() {
    let work = folder(&[]);
    let draw = |sheet: &str, n: &str, seed: &str| -> Value {
        let args = [
            "sample",
            "the",
            "--n",
            n,
            "--stratify",
            "year",
            "--seed",
            seed,
            "--sheet",
            sheet,
        ];
        let drawn = at(
            work.path(),
            &[&args[..], &["--date", "2026-11-24", "--format", "json"]].concat(),
        );
        assert_eq!(drawn.status, 0, "{}", drawn.stderr);
        json(&drawn.stdout)
    };
    let (a, b) = (draw("a.xlsx", "30", "7"), draw("b.xlsx", "30", "7"));
    assert_eq!(bytes(work.path(), "a.xlsx"), bytes(work.path(), "b.xlsx"));
    assert_eq!(a["ids"], b["ids"]);
    assert_ne!(a["ids"], draw("c.xlsx", "30", "8")["ids"]);
    let total =
        json(&samples().run(&["search", "the", "--format", "json"]).stdout)["total"].clone();
    assert_eq!(a["population"], total);
    let counts = samples().run(&["facets", "the", "--facet", "year", "--format", "json"]);
    let counts = json(&counts.stdout);
    let strata = a["strata"].as_array().unwrap();
    for (stratum, count) in strata
        .iter()
        .zip(counts["facets"]["year"].as_array().unwrap())
    {
        assert_eq!(
            (&stratum["stratum"], &stratum["population"]),
            (&count[0], &count[1])
        );
    }
    let sum: u64 = strata.iter().map(|s| s["sample"].as_u64().unwrap()).sum();
    assert_eq!(sum, 30);
    // The weights of the sheet's rows add up to the population.
    let sheets = spreadsheet(&bytes(work.path(), "a.xlsx")).unwrap();
    let about = &sheets[1].1.rows;
    let strata = about
        .iter()
        .map(|(_, row)| row)
        .skip_while(|row| row[0] != "stratum")
        .skip(1);
    let weighed: f64 = strata
        .map(|row| row[2].parse::<f64>().unwrap() * row[3].parse::<f64>().unwrap())
        .sum();
    assert!(
        (weighed - total.as_f64().unwrap()).abs() < 1e-6,
        "{weighed}"
    );
    let all = at(work.path(), &["sample", "kiln", "--sheet", "all.csv"]);
    assert_eq!(
        all.stdout,
        "14 of 14 passages in all.csv, seed 1\n\
         note: digest written for pincite in its own words; not the published text\n"
    );
    assert_eq!(
        all.stderr,
        "note: there are 14 passages: the sheet holds all of them\n"
    );
    let few = at(
        work.path(),
        &[
            "sample",
            "the",
            "-n",
            "2",
            "--stratify",
            "year",
            "--sheet",
            "few.csv",
        ],
    );
    assert_eq!(
        few.stderr,
        "note: 2 of 4 strata have no passage in the sample\n"
    );
}

#[test]
fn what_cannot_be_drawn_or_measured_is_said() {
    let work = folder(&[
        ("empty.csv", b"id,coder_1,coder_2\na:b:1,,\nc:d:1,,\n"),
        ("same.csv", b"id,coder_1,coder_2\na:b:1,x,x\nc:d:1,x,x\n"),
        (
            "words.csv",
            b"id,coder_1,coder_2\na:b:1,low,high\nc:d:1,low,low\n",
        ),
        ("other.csv", b"id,code\na:b:1,x\n"),
        ("broken.xlsx", b"PK\x03\x04broken"),
    ]);
    let sheet = ["--sheet", "new.csv"];
    for (args, status, told) in [
        (
            &["agreement", "empty.csv"][..],
            4,
            "the columns coder_1, coder_2 hold no code",
        ),
        (
            &["agreement", "other.csv"],
            4,
            "`other.csv` has no column `coder_1`, `coder_2` ...",
        ),
        (
            &["agreement", "same.csv", "--coders", "coder_1,bob"],
            2,
            "`same.csv` has no column `bob`",
        ),
        (
            &["agreement", "words.csv", "--level", "interval"],
            2,
            "`--level interval` needs numbers",
        ),
        (
            &["agreement", "broken.xlsx"],
            4,
            "`broken.xlsx` cannot be read",
        ),
        (
            &["agreement", "nowhere.csv"],
            2,
            "`nowhere.csv` cannot be read",
        ),
        (
            &["sample", "kiln", "--sheet", "other.csv"],
            2,
            "is no coding sheet",
        ),
        (
            &["sample", "kiln", "--sheet", "new.ods"],
            2,
            "`new.ods` is neither .xlsx nor .csv",
        ),
        (
            &["sample", "kiln", "--coders", "ann,Ann", sheet[0], sheet[1]],
            2,
            "the column `Ann` comes twice",
        ),
        (
            &["sample", "kiln", "--coders", "id", sheet[0], sheet[1]],
            2,
            "the column `id` comes twice",
        ),
        (
            &["sample", "kiln", "--stratify", "theme", sheet[0], sheet[1]],
            2,
            "invalid value 'theme' for '--stratify",
        ),
        (
            &["sample", "kiln", "-n", "0", sheet[0], sheet[1]],
            2,
            "0 is not in 1..",
        ),
    ] {
        let got = at(work.path(), args);
        assert_eq!(got.status, status, "{args:?} {}", got.stderr);
        assert!(got.stderr.contains(told), "{args:?} {}", got.stderr);
        assert_eq!(got.stdout, "");
    }
    assert_eq!(
        at(work.path(), &["sample", "zzzz", sheet[0], sheet[1]]).status,
        1
    );
    assert!(!work.path().join("new.csv").exists());
    let same = at(work.path(), &["agreement", "same.csv"]);
    assert_eq!(same.status, 0);
    for line in [
        "  percent agreement                100.0  2 of 2 rows\n",
        "  Cohen's kappa                        -  not defined: both gave one same code\n",
        "  Krippendorff's alpha, nominal        -  not defined: every code is the same\n",
    ] {
        assert!(same.stdout.contains(line), "{}", same.stdout);
    }
    let table = at(work.path(), &["agreement", "same.csv", "--format", "csv"]).stdout;
    assert!(
        table.ends_with("alpha_nominal,coder_1;coder_2,,,,2\n"),
        "{table}"
    );
    let ordinal = [
        "agreement",
        "words.csv",
        "--level",
        "ordinal",
        "--order",
        "low,high",
    ];
    assert_eq!(at(work.path(), &ordinal).status, 0);
}

#[test]
fn packs_and_samples_of_real_texts() {
    let Some(shared) = shared_index() else { return };
    let work = folder(&[]);
    let pack = work.path().join("pack");
    let to = pack.to_str().unwrap();
    let made = shared.run(&["export", "apartheid", "--limit", "500", "--to", to]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let table = csv_of(&text(&pack, "passages.csv"));
    let (texts, hashes) = (column(&table, "text"), column(&table, "hash"));
    assert_eq!(texts.len(), 500);
    for (text, hash) in texts.iter().zip(&hashes) {
        let text = pincite::output::cells::plain(text);
        assert!(sha256(text.as_bytes()).starts_with(hash.as_str()), "{text}");
    }
    let sheet = work.path().join("out.xlsx");
    let args = [
        "sample",
        "apartheid",
        "--n",
        "200",
        "--stratify",
        "country",
        "--seed",
        "7",
        "--sheet",
    ];
    let drawn = shared.run(&[&args[..], &[sheet.to_str().unwrap(), "--format", "json"]].concat());
    let drawn = json(&drawn.stdout);
    let found = shared.run(&["search", "apartheid", "--limit", "1", "--format", "json"]);
    assert_eq!(drawn["population"], json(&found.stdout)["total"]);
    let strata = drawn["strata"].as_array().unwrap();
    assert!(strata.iter().all(|s| s["sample"].as_u64() > Some(0)));
    assert_eq!(
        spreadsheet(&std::fs::read(&sheet).unwrap()).unwrap()[0]
            .1
            .rows
            .len(),
        200
    );
}
