//! Passages from doubtful pages are named wherever they are shown, and
//! `--strict` leaves them out of every answer.

use pincite::query::{Filters, Plan};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Run, folder, narrative, run, samples};

/// A sound page, and one whose text layer gives other letters than are printed.
const SOUND: [&str; 4] = [
    "The inspectors went to the brick kilns of the north, and they found whole",
    "families at work who had never been paid by their landlords. The ministry",
    "opened a shelter in the capital and sent two more teams to the kilns, which",
    "closed three of them before the end of the year.",
];
const GARBLED: [&str; 4] = [
    "Thx xnspxctxrs wxnt tx thx brick kilns xf thx nxrth, xnd thxy fxxnd whxlx",
    "fxmxlxxs xt wxrk whx hxd nxvxr bxxn pxxd by thxxr lxndlxrds. Thx mxnxstry",
    "xpxnxd x shxltxr xn thx cxpxtxl xnd sxnt twx mxrx txxms tx thx kilns, whxch",
    "clxsxd thrxx xf thxm bxfxrx thx xnd xf thx yxxr.",
];

const REMARK: &str = "page 2 of the file: its letters make no words; check the original";

/// A PDF of pages of lines in Courier.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let kids: String = (0..pages.len())
        .map(|page| format!("{} 0 R ", 4 + 2 * page))
        .collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        let line = |(at, text): (usize, &&str)| {
            let height = 700 - 12 * at;
            format!("BT /F1 10 Tf 72 {height} Td ({text}) Tj ET\n")
        };
        let content: String = lines.iter().enumerate().map(line).collect();
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R\
             /Resources<</Font<</F1 3 0 R>>>>>>",
            5 + 2 * page
        ));
        let length = content.len();
        objects.push(format!("<</Length {length}>>stream\n{content}\nendstream"));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file += &format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer<</Root 1 0 R/Size {count}>>\n\
         startxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

/// An index of a report with a sound page and a garbled one, and of one that
/// has no pages.
fn work() -> TempDir {
    let work = folder(&[
        ("corpus/a.pdf", &pdf(&[&SOUND, &GARBLED])),
        (
            "corpus/b.txt",
            &narrative(2020, "Nepal", "Debt binds men at brick kilns."),
        ),
    ]);
    let built = run(work.path(), &["index"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    work
}

/// The garbled passage, and a word that no other holds.
const ID: &str = "doc-a:text:2";
const WORD: &str = "xnspxctxrs";

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {run:?}"))
}

/// The ids of the hits of a search with some options.
fn found(work: &TempDir, query: &str, options: &[&str]) -> Vec<String> {
    let args = ["search", query, "--format", "json", "--sort", "position"];
    let answer = json(&run(work.path(), &[&args[..], options].concat()));
    let hits = answer["hits"].as_array().unwrap();
    assert_eq!(answer["total"], hits.len());
    let ids = hits
        .iter()
        .map(|hit| hit["id"].as_str().unwrap().to_owned());
    ids.collect()
}

#[test]
fn a_passage_of_a_doubtful_page_is_named_wherever_it_is_shown() {
    let work = work();
    let path = work.path();
    let shown = |args: &[&str]| run(path, args).stdout;
    let line = format!("remark: {REMARK}\n");
    for (args, indent) in [
        (&["show", ID][..], "\n  "),
        (&["show", "doc-a:text:1"], "\n  "),
        (&["show", "doc-a"], "\n  "),
        (&["search", WORD], "\n   "),
    ] {
        let shown = shown(args);
        assert_eq!(shown.matches(&line).count(), 1, "{args:?}: {shown}");
        assert!(shown.contains(&format!("{indent}{line}")), "{shown}");
    }
    for args in [
        &["search", "kilns", "--format", "csv"][..],
        &["kwic", WORD, "--format", "csv"],
    ] {
        let shown = shown(args);
        let header = shown.lines().next().unwrap();
        assert!(header.split(',').any(|name| name == "remark"), "{header}");
        assert_eq!(shown.matches(REMARK).count(), 1, "{args:?}: {shown}");
    }
    let told = json(&run(path, &["show", "doc-a", "--format", "json"]));
    let remarks: Vec<&Value> = told["passages"].as_array().unwrap().iter().collect();
    let remarks: Vec<&Value> = remarks.iter().map(|passage| &passage["remark"]).collect();
    assert_eq!(remarks, [&Value::Null, &json!(REMARK)]);
    // A citation can be pasted as it is, and nobody is fooled.
    let cited = run(path, &["cite", ID, "doc-a:text:1"]);
    assert_eq!(cited.stdout, "a, para. 2, p. 2\na, para. 1, p. 1\n");
    assert_eq!(cited.stderr, format!("remark: {ID}: {REMARK}\n"));
    let packed = run(path, &["export", WORD, "--to", "pack"]);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    for name in ["quotes.md", "index.html", "passages.csv"] {
        let file = std::fs::read_to_string(path.join("pack").join(name)).unwrap();
        assert_eq!(file.matches(REMARK).count(), 1, "{name}: {file}");
    }
}

#[test]
fn a_comparison_names_the_passages_of_doubtful_pages() {
    let edition = |year: &str, text: &[&'static str]| {
        let title = format!("{year} Trafficking in Persons Report: Nepal");
        pdf(&[&[&title, "", "", "NEPAL: Tier 2"], text])
    };
    let work = folder(&[
        ("corpus/a.pdf", &edition("2020", &SOUND)),
        ("corpus/b.pdf", &edition("2021", &GARBLED)),
    ]);
    let path = work.path();
    assert_eq!(run(path, &["index"]).status, 0);
    let compared = |format: &str| {
        run(
            path,
            &["compare", "nepal", "2020", "2021", "--format", format],
        )
        .stdout
    };
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = one_line(compared("text"));
    let remark = format!("remark: tip-2021-npl:overview:1: {REMARK}");
    assert_eq!(text.matches(&remark).count(), 1, "{text}");
    for format in ["html", "json", "csv"] {
        let told = compared(format);
        assert_eq!(told.matches(REMARK).count(), 1, "{format}: {told}");
    }
}

#[test]
fn what_is_brought_up_to_date_keeps_its_doubts() {
    let work = work();
    let text = narrative(2021, "Kenya", "Inspectors came.");
    std::fs::write(work.path().join("corpus/c.txt"), text).unwrap();
    assert_eq!(run(work.path(), &["index"]).status, 0);
    let cited = run(work.path(), &["cite", ID]);
    assert_eq!(cited.stderr, format!("remark: {ID}: {REMARK}\n"));
    assert_eq!(found(&work, WORD, &["--strict"]), [""; 0]);
}

#[test]
fn strict_leaves_out_passages_of_doubtful_pages() {
    let work = work();
    let path = work.path();
    let sound = ["doc-a:text:1", "tip-2020-npl:overview:1"];
    assert_eq!(found(&work, "kilns", &[]), [sound[0], ID, sound[1]]);
    for query in [
        "kilns",
        "\"brick kilns\"",
        "kiln*",
        "kilns OR xnspxctxrs",
        "kilns w/3 brick",
    ] {
        assert_eq!(found(&work, query, &["--strict"]), sound, "{query}");
    }
    assert_eq!(
        found(&work, "kilns", &["--strict", "--series", "doc"]),
        [sound[0]]
    );
    let answer = json(&run(
        path,
        &[
            "facets", "--strict", "--facet", "series", "--format", "json",
        ],
    ));
    assert_eq!(answer["filters"], json!({"strict": ["true"]}));
    assert_eq!(answer["total"], 2);
    assert_eq!(answer["facets"]["series"], json!([["doc", 1], ["tip", 1]]));
    let answer = json(&run(
        path,
        &["kwic", "kilns", "--strict", "--format", "json"],
    ));
    assert_eq!(answer["passages"], 2);
    let answer = json(&run(
        path,
        &["silence", "kilns", "--strict", "--format", "json"],
    ));
    assert_eq!(answer["filters"], json!({"strict": ["true"]}));
    // On both sides of a comparison.
    let told = run(path, &["words", "--year", "2020", "--strict"]).stdout;
    assert!(
        told.contains("; there: 52 words in 1 passage of 1 report"),
        "{told}"
    );
    let nothing = run(path, &["search", WORD, "--strict"]);
    assert_eq!(
        (nothing.status, nothing.stdout.as_str()),
        (
            1,
            "nothing found\n  without the filter `--strict`: 1 passage matches\n"
        )
    );
    let together = run(path, &["search", WORD, "--strict", "--year", "2020"]).stdout;
    assert!(
        together.contains("the filter year `2020` alone leaves none"),
        "{together}"
    );
    assert!(
        together.contains("the filter `--strict` alone leaves none"),
        "{together}"
    );
}

#[test]
fn strict_costs_nothing_where_no_page_is_doubtful() {
    let index = samples().open();
    let plan = Plan::everything(&index).unwrap();
    let strict = Filters {
        strict: true,
        ..Filters::default()
    };
    assert_eq!(plan.narrowed(&strict, &index).root, plan.root);
}

#[test]
fn strict_is_a_part_of_what_is_kept_of_a_search() {
    let work = work();
    let path = work.path();
    assert_eq!(
        run(
            path,
            &["search", "kilns", "--strict", "--receipt", "r.json"]
        )
        .status,
        0
    );
    let receipt = std::fs::read_to_string(path.join("r.json")).unwrap();
    let receipt: Value = serde_json::from_str(&receipt).unwrap();
    let strict = json!({"strict": ["true"]});
    assert_eq!(
        receipt["searches"][0]["filters"],
        json!({"typed": strict, "resolved": strict})
    );
    let replayed = run(path, &["replay", "r.json"]);
    assert_eq!(replayed.status, 0, "{}", replayed.stdout);
    assert!(replayed.stdout.contains("same: 2 passages in 2 reports"));
    let methods = run(path, &["replay", "r.json", "--methods"])
        .stdout
        .replace('\n', " ");
    assert!(
        methods.contains("Limits: passages from doubtful pages left out."),
        "{methods}"
    );

    assert_eq!(
        run(path, &["saved", "add", "k", "kilns", "--strict"]).status,
        0
    );
    let saved = std::fs::read_to_string(path.join("pincite.toml")).unwrap();
    assert_eq!(saved, "[saved.k]\nquery = \"kilns\"\nstrict = true\n");
    let told = run(path, &["saved", "run", "k"]).stdout;
    assert!(told.contains("2 passages") && !told.contains(ID), "{told}");

    assert_eq!(
        run(path, &["export", "kilns", "--strict", "--to", "pack"]).status,
        0
    );
    let page = std::fs::read_to_string(path.join("pack/quotes.md")).unwrap();
    let filter = "- filter: strict: passages from doubtful pages left out\n";
    assert!(page.contains(filter) && !page.contains(ID), "{page}");

    let lines = "id,query,strict\na,kilns,yes\nb,kilns,no\nc,kilns,\nd,kilns,maybe\n";
    std::fs::write(path.join("q.csv"), lines).unwrap();
    for (options, totals) in [(&[][..], [2, 3, 3]), (&["--strict"], [2, 3, 2])] {
        let batch = run(path, &[&["batch", "q.csv"], options].concat());
        assert_eq!(batch.status, 4);
        assert!(
            batch
                .stderr
                .contains("q.csv:5: `strict` is `true` or `false`, not `maybe`")
        );
        let line = |line: &str| serde_json::from_str::<Value>(line).unwrap()["total"].clone();
        let found: Vec<Value> = batch.stdout.lines().map(line).collect();
        assert_eq!(found, totals);
    }
}
