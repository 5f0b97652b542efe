//! Quotations of drafts, verified against the samples and the shared corpus.

use std::collections::BTreeMap;

use pincite::desk::verify;
use pincite::desk::verify::Verdict;
use pincite::desk::verify::{Quotation, Spot};
use pincite::index::OpenIndex;
use pincite::text::Analysis;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Kept, Random, Run, folder, run, samples, shared_index, zipped};

fn verified(kept: &Kept, name: &str, text: &[u8], more: &[&str]) -> Run {
    let folder = folder(&[(name, text)]);
    let index = kept.path.to_str().unwrap();
    run(
        folder.path(),
        &[&["--index", index, "verify", name], more].concat(),
    )
}

const DRAFT: &str = "\
# A draft

The report asks officials to “inspect brick kilns, construction sites, plantations and
entertainment venues without warning” (tip-2021-khm:recommendations:3). It adds that
'[t]he labor ministry visited ... brick kilns, merely to raise awareness,' and that
\"Police arrested 48 suspects in 39 non-sexual cases\".

> Embassies lacked money and staff to help victims abroad, and some consular hotlines went
> unanswered. [...] Restitution was nearly out of reach.
> (2021 Trafficking in Persons Report: Cambodia, Protection, para. 2)

“Police identified 322 possible victims of non-sexual trafficking, and owners often hear of
inspections beforehand,” it says.[^1]

A “hotline took 21 calls” (tip-2019-ken:prevention:1). The so-called “brick kilns” matter.
“Police arrested 48 fishermen near the harbor”. Nothing is “ever closed here.

[^1]: tip-2021-khm:protection:1
";

#[test]
fn a_draft_with_every_verdict() {
    let run = verified(samples(), "draft.md", DRAFT.as_bytes(), &[]);
    let expected = "\
1  exact · line 3 · case
   “inspect brick kilns, construction sites, plantations and entertainment
   venues without warning”
   2021 Trafficking in Persons Report: Cambodia, Recommendations, para. 3
   tip-2021-khm:recommendations:3
   note: digest written for pincite in its own words; not the published text

2  exact · line 5 · case, ellipsis, brackets
   “[t]he labor ministry visited ... brick kilns, merely to raise awareness,”
   2021 Trafficking in Persons Report: Cambodia, Prevention, para. 1
   tip-2021-khm:prevention:1
   note: digest written for pincite in its own words; not the published text

3  differs · line 6 · 89 % of the words alike
   Police arrested 48 suspects in [-37-] {+39+} non-sexual cases
   2021 Trafficking in Persons Report: Cambodia, Prosecution, para. 1
   tip-2021-khm:prosecution:1
   note: digest written for pincite in its own words; not the published text

4  exact · line 8 · ellipsis, final punctuation
   “Embassies lacked money and staff to help victims abroad, and some consular
   hotlines went unanswered. [...] Restitution was nearly out of reach.”
   2021 Trafficking in Persons Report: Cambodia, Protection, para. 2
   tip-2021-khm:protection:2
   note: digest written for pincite in its own words; not the published text

5  stitched · line 12 · of 2 parts
   “Police identified 322 possible victims of non-sexual trafficking, and owners
   often hear of inspections beforehand,”
   “Police identified 322 possible victims of non-sexual trafficking, and”
     2021 Trafficking in Persons Report: Cambodia, Protection, para. 1
     tip-2021-khm:protection:1
   “owners often hear of inspections beforehand”
     2021 Trafficking in Persons Report: Cambodia, Prevention, para. 1
     tip-2021-khm:prevention:1
   note: digest written for pincite in its own words; not the published text

6  elsewhere · line 15
   “hotline took 21 calls”
   2021 Trafficking in Persons Report: Cambodia, Prevention, para. 1
   tip-2021-khm:prevention:1
   note: digest written for pincite in its own words; not the published text
   claimed: tip-2019-ken:prevention:1: that report does not say so

8  absent · line 16
   “Police arrested 48 fishermen near the harbor”
   nearest, 43 % of the words alike:
   “Police arrested 48”
   2021 Trafficking in Persons Report: Cambodia, Prosecution, para. 1
   tip-2021-khm:prosecution:1
   note: digest written for pincite in its own words; not the published text

7 quotations of 4 words or more: 3 exact, 1 differs, 1 stitched, 1 elsewhere,
1 absent
left aside as shorter (--min-words): 1: line 15 “brick kilns”
";
    assert_eq!(run.stdout, expected);
    assert_eq!(
        run.stderr,
        "note: line 16: a quotation mark that opens here is never closed\n"
    );
    assert_eq!(run.status, 5);
}

#[test]
fn json_and_csv_say_the_same() {
    let run = verified(
        samples(),
        "draft.md",
        DRAFT.as_bytes(),
        &["--format", "json"],
    );
    assert_eq!(run.status, 5);
    let told: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["schema"], 1);
    assert_eq!(
        told["verdicts"],
        serde_json::json!({"exact": 3, "differs": 1, "stitched": 1, "elsewhere": 1, "absent": 1})
    );
    assert_eq!(told["short"][0]["quote"], "brick kilns");
    let second = &told["quotations"][1];
    assert_eq!(second["claim"], Value::Null);
    assert_eq!(second["passages"][0]["span"], serde_json::json!([106, 181]));
    assert_eq!(
        told["quotations"][2]["difference"]["words"],
        serde_json::json!([
            ["same", "Police arrested 48 suspects in"],
            ["source", "37"],
            ["quote", "39"],
            ["same", "non-sexual cases"]
        ])
    );
    assert_eq!(told["quotations"][5]["claim"]["state"], "other report");
    let csv = verified(
        samples(),
        "draft.md",
        DRAFT.as_bytes(),
        &["--format", "csv"],
    );
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let verdicts = reader.records().map(|r| r.unwrap()[3].to_owned());
    assert_eq!(
        verdicts.collect::<Vec<_>>(),
        [
            "exact",
            "exact",
            "differs",
            "exact",
            "stitched",
            "elsewhere",
            "absent",
            "short"
        ]
    );
}

#[test]
fn rows_claim_their_sources_in_every_way() {
    let rows = "id,quote,source,country,year\n\
        a,\"Inspect brick kilns, construction sites\",tip-2021-khm:recommendations:3,,\n\
        b,\"Inspect brick kilns, construction sites\",,Cambodia,2021\n\
        c,\"Inspect brick kilns, construction sites\",\"2021 Trafficking in Persons Report: Cambodia, Recommendations, para. 3\",,\n\
        d,\"Inspect brick kilns, construction sites\",tip-2021-khm:protection:1,,\n\
        e,\"Inspect brick kilns, construction sites\",\"Kenya, 2019\",,\n\
        f,\"Inspect brick kilns, construction sites\",tip-1999-khm,,\n\
        g,\"Inspect brick kilns, construction sites\",Atlantis,,\n\
        h,,tip-2021-khm,,\n";
    let run = verified(samples(), "q.csv", rows.as_bytes(), &["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let states: Vec<(String, String)> = reader
        .records()
        .map(|r| r.unwrap())
        .map(|r| (r[3].to_owned(), r[6].to_owned()))
        .collect();
    let expected = [
        ("exact", "holds"),
        ("exact", "holds"),
        ("exact", "holds"),
        ("exact", "other passage"),
        ("elsewhere", "other report"),
        ("elsewhere", "not held"),
        ("exact", "unclear"),
    ]
    .map(|(v, s)| (v.to_owned(), s.to_owned()));
    assert_eq!(states, expected);
    assert_eq!(
        run.stderr,
        "error: q.csv:9: no quotation in this row\n1 row failed; quotations read: 7\n\
         1 claim not understood as a source\n"
    );
    assert_eq!(run.status, 5);
}

#[test]
fn documents_are_read_by_paragraphs() {
    let paragraph =
        |style: &str, text: &str| format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>");
    let quote = "<w:pPr><w:pStyle w:val=\"Quote\"/></w:pPr>";
    let body = [
        paragraph("", "First words."),
        paragraph(quote, "A hotline took 21 calls."),
        paragraph("", "It “visited 62 of 486 brick kilns” (tip-2021-khm)."),
    ];
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!(
        "<w:document xmlns:w=\"{word}\"><w:body>{}</w:body></w:document>",
        body.concat()
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let docx = zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ]);
    let html = "<!DOCTYPE html><html><body><p>First words.<blockquote>A hotline took 21 \
                calls.</blockquote><p>It <q>visited 62 of 486 brick kilns</q> (tip-2021-khm).";
    for (name, bytes) in [("a.docx", docx.as_slice()), ("a.html", html.as_bytes())] {
        let run = verified(samples(), name, bytes, &[]);
        let expected = "\
1  exact · paragraph 2
   “A hotline took 21 calls.”
   2021 Trafficking in Persons Report: Cambodia, Prevention, para. 1
   tip-2021-khm:prevention:1
   note: digest written for pincite in its own words; not the published text

2  exact · paragraph 3
   “visited 62 of 486 brick kilns”
   2021 Trafficking in Persons Report: Cambodia, Prevention, para. 1
   tip-2021-khm:prevention:1
   note: digest written for pincite in its own words; not the published text

2 quotations of 4 words or more: 2 exact, 0 differs, 0 stitched, 0 elsewhere,
0 absent
";
        assert_eq!((run.stdout.as_str(), run.status), (expected, 0), "{name}");
    }
}

#[test]
fn what_cannot_be_verified_is_told() {
    for (name, bytes, status, told) in [
        (
            "a.md",
            "No quotation at all.".as_bytes(),
            1,
            "`a.md` holds no quotation of 4 words or more\n",
        ),
        (
            "a.txt",
            "A “brick kiln” alone.".as_bytes(),
            1,
            "`a.txt` holds no quotation of 4 words or more\n\
             left aside as shorter (--min-words): 1: line 1 “brick kiln”\n",
        ),
        (
            "empty.md",
            b"",
            1,
            "`empty.md` holds no quotation of 4 words or more\n",
        ),
        (
            "a.csv",
            b"id,text\n1,2\n",
            4,
            "error: `a.csv` has no column `quote`",
        ),
        (
            "a.png.md",
            b"\x89PNG\0",
            4,
            "error: `a.png.md` cannot be read: a picture",
        ),
        (
            "a.docx",
            b"PK\x03\x04",
            4,
            "error: `a.docx` cannot be read: ",
        ),
        (
            "a.jsonl",
            b"{\"quote\":\"\"}\n",
            4,
            "error: a.jsonl:1: no quotation in this line",
        ),
    ] {
        let run = verified(samples(), name, bytes, &[]);
        assert_eq!(run.status, status, "{name}: {}", run.stderr);
        let all = run.stdout + &run.stderr;
        assert!(all.contains(told), "{name}: {all}");
    }
    assert_eq!(samples().run(&["verify", "no-such-file.md"]).status, 2);
}

/// The passages of an index that quotations may be taken from.
fn texts(index: &OpenIndex) -> Vec<String> {
    let mut reader = index.passages();
    let docs = 0..index.segment().max_doc();
    let texts = docs.map(|doc| reader.passage(doc).unwrap().text);
    texts
        .filter(|text| Analysis::of(text).word_count() > 5)
        .collect()
}

/// Where the words of a text stand, in bytes.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let analysis = Analysis::of(text);
    let tokens = analysis.tokens().iter().filter(|t| t.length == 1);
    tokens.map(|t| t.span.clone()).collect()
}

/// A text in another typography, by random choices.
fn retyped(text: &str, random: &mut Random) -> String {
    let mut typed = String::new();
    let mut choose = |forms: &[&str]| forms[random.below(forms.len())].to_owned();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        typed += &match c {
            '\'' | '’' => choose(&["'", "’"]),
            '"' | '“' | '”' => choose(&["'", "‘", "’"]),
            '–' | '—' => choose(&["–", "—", "--", " — "]),
            ' ' => choose(&[" ", "  ", "\u{a0}", " "]),
            'f' if chars.peek() == Some(&'i') => {
                let form = choose(&["ﬁ", "fi"]);
                chars.next();
                form
            }
            c if c.is_ascii_lowercase() => {
                choose(&["", "", "", "", "", "", "\u{ad}"]) + &c.to_string()
            }
            c => c.to_string(),
        };
    }
    typed
}

fn verdict(index: &OpenIndex, text: &str) -> Verdict {
    let quotation = Quotation {
        id: "1".to_owned(),
        spot: Spot::Line(1),
        text: text.to_owned(),
        claims: Vec::new(),
    };
    verify(index, vec![quotation], 1).unwrap()[0].verdict
}

#[test]
fn words_of_a_passage_are_exact_in_any_typography_and_not_with_another_word() {
    let index = samples().open();
    let texts = texts(&index);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(300)
    };
    proptest!(config, |(seed in 1u64..u64::MAX)| {
        let mut random = Random::new(seed);
        let text = &texts[random.below(texts.len())];
        let words = words(text);
        let length = 4 + random.below(20.min(words.len() - 4));
        let first = random.below(words.len() - length + 1);
        let last = first + length - 1;
        let taken = &text[words[first].start..words[last].end];
        let typed = retyped(taken, &mut random);
        prop_assert_eq!(verdict(&index, &typed), Verdict::Exact, "{}", typed);
        let changed = &words[first + random.below(length)];
        let altered = format!(
            "{}zebra{}",
            &text[words[first].start..changed.start],
            &text[changed.end..words[last].end]
        );
        prop_assert_ne!(verdict(&index, &altered), Verdict::Exact, "{}", altered);
    });
}

#[test]
fn any_text_gets_a_verdict() {
    let index = samples().open();
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(200)
    };
    let words = "(police|the|kilns|brick|of|victims|[a-z]{1,3}|\\PC)";
    let signs = "( |, |\\. |\\.\\.\\.|…|\\[|\\]|\\[\\.\\.\\.\\]|-|—|'|\u{2029}| \\[sic\\] )";
    let text = proptest::collection::vec((words, signs), 0..30);
    proptest!(config, |(pairs in text)| {
        let text: String = pairs.into_iter().map(|(word, sign)| word + &sign).collect();
        verdict(&index, &text);
    });
}

/// Sentences that nobody said before the General Assembly.
const INVENTED: [&str; 10] = [
    "My delegation proposes that every lighthouse keeper be given a seat in the Security Council",
    "the orbital tariff commission will restore the confidence of all small fishing nations",
    "we cannot accept that the price of umbrellas is fixed by three governments alone",
    "The harvest of the moon belongs to no State, and least of all to its astronomers",
    "No peace is possible while the libraries of the south are lit by borrowed candles",
    "our people have chosen the bicycle over the bomb and will not be moved from that road",
    "The Secretary-General has asked me to return the piano that his predecessor left in Lima",
    "a treaty without verbs is a treaty without obligations, and this one has only nouns",
    "It is the considered view of my Government that winter should be abolished by 1985",
    "the delegates of forty islands walked out when the orchestra began to play",
];

struct Made {
    quote: String,
    claim: Option<String>,
    verdict: &'static str,
}

/// A draft of 40 quotations of known verdicts, made of passages by a seed.
fn made(index: &OpenIndex) -> Vec<Made> {
    let mut random = Random::new(6);
    let mut reader = index.passages();
    let count = index.segment().max_doc() as usize;
    // Words in a row of a passage, with the id of its report.
    let mut take = |random: &mut Random, least: usize, more: usize| loop {
        let passage = reader.passage(random.below(count) as u32).unwrap();
        let words = words(&passage.text);
        let is_plain = !passage
            .text
            .contains(['[', '"', '“', '…', '\'', '’', '*', '_', '<', '&', '\\', '`'])
            && !passage.text.contains("..");
        if words.len() > least + more && is_plain {
            let length = least + random.below(more);
            let first = random.below(words.len() - length);
            let span = words[first].start..words[first + length - 1].end;
            break (passage.text[span].to_owned(), passage.id.report.to_string());
        }
    };
    let mut made = Vec::new();
    for _ in 0..10 {
        let (text, _) = take(&mut random, 10, 15);
        let quote = retyped(&text, &mut random);
        made.push((quote, None, "exact"));
    }
    for _ in 0..10 {
        let (text, _) = take(&mut random, 10, 15);
        let (other, _) = take(&mut random, 10, 15);
        let spans = words(&text);
        let content = |text: &str| -> Vec<std::ops::Range<usize>> {
            let long = words(text).into_iter().filter(|span| span.len() > 4);
            long.collect()
        };
        let all = content(&text);
        let changed = match all.is_empty() {
            true => spans[spans.len() / 2].clone(),
            false => all[random.below(all.len())].clone(),
        };
        let mut others = content(&other).into_iter().map(|span| &other[span]);
        let put = others
            .rfind(|word| !text.to_lowercase().contains(&word.to_lowercase()))
            .unwrap_or("zebra");
        let quote = format!("{}{put}{}", &text[..changed.start], &text[changed.end..]);
        made.push((quote, None, "differs"));
    }
    for _ in 0..5 {
        let (one, from) = take(&mut random, 8, 6);
        let (two, other) = take(&mut random, 8, 6);
        assert_ne!(from, other);
        made.push((format!("{one} {two}"), None, "stitched"));
    }
    for _ in 0..5 {
        let (text, from) = take(&mut random, 14, 8);
        let (_, other) = take(&mut random, 14, 8);
        assert_ne!(from, other);
        made.push((text, Some(other), "elsewhere"));
    }
    for text in INVENTED {
        made.push((text.to_owned(), None, "absent"));
    }
    made.into_iter()
        .map(|(quote, claim, verdict)| Made {
            quote,
            claim,
            verdict,
        })
        .collect()
}

#[test]
fn forty_quotations_of_the_shared_corpus_get_their_verdicts() {
    let Some(kept) = shared_index() else { return };
    let made = made(&kept.open());
    let mut draft = String::from("# Forty quotations\n");
    for quotation in &made {
        let claim = quotation.claim.as_ref();
        let claim = claim.map(|id| format!(" ({id})")).unwrap_or_default();
        draft += &format!("\nIt was said: “{}”{claim}.\n", quotation.quote);
    }
    let run = verified(kept, "draft.md", draft.as_bytes(), &["--format", "json"]);
    let told: Value = serde_json::from_str(&run.stdout).unwrap();
    let told = told["quotations"].as_array().unwrap();
    assert_eq!(told.len(), made.len(), "{}", run.stderr);
    let names = Verdict::ALL.map(Verdict::as_str);
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut wrong = String::new();
    for (made, told) in made.iter().zip(told) {
        let verdict = told["verdict"].as_str().unwrap();
        *counts.entry((made.verdict, verdict)).or_default() += 1;
        if verdict != made.verdict {
            wrong += &format!("{} is {verdict}: {told:#}\n", made.verdict);
        }
    }
    let mut table = format!("made as   told: {}\n", names.join("  "));
    for made in names {
        let row = names.map(|told| {
            let count = counts.get(&(made, told)).copied().unwrap_or_default();
            format!("{count:>width$}", width = told.len())
        });
        table += &format!("{made:15} {}\n", row.join("  "));
    }
    let expected = "\
made as   told: exact  differs  stitched  elsewhere  absent
exact              10        0         0          0       0
differs             0       10         0          0       0
stitched            0        0         5          0       0
elsewhere           0        0         0          5       0
absent              0        0         0          0      10
";
    assert_eq!(table, expected, "{wrong}");
    assert_eq!(run.status, 5);
}

/// What was told of each quotation of a draft: verdict, claim and its state.
fn claims(name: &str, bytes: &[u8]) -> Vec<String> {
    let run = verified(samples(), name, bytes, &["--format", "json"]);
    let told: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let quotations = told["quotations"].as_array().unwrap().iter();
    quotations
        .map(|q| {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            let claim = &q["claim"];
            format!(
                "{} | {} | {}",
                text(&q["verdict"]),
                text(&claim["typed"]),
                text(&claim["state"])
            )
        })
        .collect()
}

/// A Word document: paragraphs whose notes are called by `{n}`, and its
/// footnotes or endnotes.
fn word(paragraphs: &[&str], kind: &str, notes: &[&str]) -> Vec<u8> {
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let mut body = String::new();
    for paragraph in paragraphs {
        let mut runs = run(paragraph);
        for n in 1..=notes.len() {
            let call = format!(
                "</w:t></w:r><w:r><w:{kind}Reference w:id=\"{n}\"/></w:r>\
                 <w:r><w:t xml:space=\"preserve\">"
            );
            runs = runs.replace(&format!("{{{n}}}"), &call);
        }
        body += &format!("<w:p>{runs}</w:p>");
    }
    let said = (1..).zip(notes).map(|(n, text)| {
        let text = run(text);
        format!("<w:{kind} w:id=\"{n}\"><w:p><w:r><w:{kind}Ref/></w:r>{text}</w:p></w:{kind}>")
    });
    let said: String = said.collect();
    let document = format!("<w:document {space}><w:body>{body}</w:body></w:document>");
    let said = format!("<w:{kind}s {space}>{said}</w:{kind}s>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        (&format!("word/{kind}s.xml"), said.as_bytes()),
    ])
}

fn opendocument(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body>\
         </office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ])
}

/// An id or an address names a source without brackets too.
#[test]
fn a_bare_id_or_address_names_the_source() {
    let address = "https://www.state.gov/reports/2021-trafficking-in-persons-report/pakistan";
    for (behind, told) in [
        (
            " tip-2021-pak:protection:1.",
            "elsewhere | tip-2021-pak:protection:1 | other report",
        ),
        (", tip-2021-khm.", "exact | tip-2021-khm | holds"),
        (" tip-1999-khm", "elsewhere | tip-1999-khm | not held"),
        (
            &format!(" {address}."),
            &format!("elsewhere | {address} | other report"),
        ),
        (" in 2021-2022.", "exact | - | -"),
        (" 2021-2022 it was.", "exact | - | -"),
    ] {
        let text = format!("It “visited 62 of 486 brick kilns”{behind}");
        assert_eq!(claims("a.txt", text.as_bytes()), [told], "{behind}");
    }
}

/// A link behind a quotation names its source by where it leads.
#[test]
fn links_of_documents_name_the_source() {
    let address = "https://www.state.gov/reports/2021-trafficking-in-persons-report/pakistan/";
    let told = [format!("elsewhere | {address} | other report")];
    let said = "It “visited 62 of 486 brick kilns” (";
    let page = |link: &str| format!("<!DOCTYPE html><p>{said}{link}).</p>");
    let markdown = format!("{said}[report]({address})).");
    assert_eq!(claims("a.md", markdown.as_bytes()), told);
    let html = page(&format!("<a href='{address}'>report</a>"));
    assert_eq!(claims("a.html", html.as_bytes()), told);
    let link = format!("<text:a xlink:href=\"{address}\">report</text:a>");
    let body = format!("<text:p>{said}{link}).</text:p>");
    assert_eq!(claims("a.odt", &opendocument(&body)), told);
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let link = format!("<w:hyperlink r:id=\"r7\">{}</w:hyperlink>", run("report"));
    let word = format!(
        "<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body><w:p>{}{link}{}</w:p></w:body></w:document>",
        run(said),
        run(").")
    );
    let links = format!(
        "<Relationships><Relationship Id=\"r7\" Type=\"http://x/hyperlink\" Target=\"{address}\" \
         TargetMode=\"External\"/></Relationships>"
    );
    let docx = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", word.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
    ]);
    assert_eq!(claims("a.docx", &docx), told);
    // A link inside the page names none; of one to another site it is told that it
    // was not read.
    for (other, told) in [
        ("#n2", "exact | - | -"),
        (
            "https://example.org/",
            "exact | https://example.org/ | not read",
        ),
    ] {
        let html = page(&format!("<a href='{other}'>here</a>"));
        assert_eq!(claims("a.html", html.as_bytes()), [told], "{other}");
    }
}

#[test]
fn notes_of_documents_name_the_source() {
    for (said, typed) in [
        ("tip-2021-pak", "tip-2021-pak"),
        (" See tip-2021-pak.", "See tip-2021-pak."),
        (
            " (tip-2021-pak:protection:1)",
            "(tip-2021-pak:protection:1)",
        ),
        (
            "2021 Trafficking in Persons Report: Pakistan, Protection, para. 1.",
            "2021 Trafficking in Persons Report: Pakistan, Protection, para. 1.",
        ),
        (
            "TIP Report 2021: Pakistan, at ¶ 1",
            "TIP Report 2021: Pakistan, at ¶ 1",
        ),
    ] {
        let told = [format!("elsewhere | {typed} | other report")];
        let text = "It “visited 62 of 486 brick kilns”{1} in all.";
        for kind in ["footnote", "endnote"] {
            assert_eq!(
                claims("a.docx", &word(&[text], kind, &[said])),
                told,
                "{kind}: {said}"
            );
        }
        let note = format!(
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{said}\
             </text:p></text:note-body></text:note>"
        );
        let body = format!("<text:p>{}</text:p>", text.replace("{1}", &note));
        assert_eq!(claims("a.odt", &opendocument(&body)), told, "odt: {said}");
        for (call, note) in [
            (
                "<a href='#fn1' role='doc-noteref'><sup>1</sup></a>",
                "<ol><li id='fn1'><p>{}<a href='#r' role='doc-backlink'>↩</a></p></li></ol>",
            ),
            (
                "<a href='#_ftn1' name='_ftnref1'>[1]</a>",
                "<p><a href='#_ftnref1' name='_ftn1'>[1]</a> {}</p>",
            ),
            ("<sup><a href='#n1'>1</a></sup>", "<p id='n1'>1. {}</p>"),
            ("<sup>1</sup>", "<h2>Notes</h2><p>1. {}</p>"),
        ] {
            let page = format!(
                "<!DOCTYPE html><p>{}</p>{}",
                text.replace("{1}", call),
                note.replace("{}", said)
            );
            assert_eq!(claims("a.html", page.as_bytes()), told, "{page}");
        }
        for (call, note) in [
            ("[1]", "[1] {}"),
            ("¹", "¹ {}"),
            ("¹", "1. {}"),
            ("[^1]", "[^1]: {}"),
        ] {
            let draft = format!(
                "{}\n\n{}\n",
                text.replace("{1}", call),
                note.replace("{}", said.trim())
            );
            assert_eq!(claims("a.txt", draft.as_bytes()), told, "{draft}");
            assert_eq!(claims("a.md", draft.as_bytes()), told, "{draft}");
        }
    }
}

#[test]
fn references_to_notes_are_followed_where_they_are_plain() {
    let quote = "“visited 62 of 486 brick kilns”";
    let paragraphs: Vec<String> = (1..=7)
        .map(|n| format!("It {quote}{{{n}}} then."))
        .collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let notes = [
        "tip-2021-khm, and more.",
        "Ibid.",
        "tip-2021-pak:protection:1",
        "Id. at para. 2.",
        "Supra note 1, para. 99.",
        "Ibid. and Smith (2019)",
        "Smith, Kilns and Debts (2019).",
    ];
    assert_eq!(
        claims("a.docx", &word(&paragraphs, "footnote", &notes)),
        [
            "exact | tip-2021-khm, and more. | holds",
            "exact | Ibid. | holds",
            "elsewhere | tip-2021-pak:protection:1 | other report",
            "elsewhere | Id. at para. 2. | other report",
            "exact | Supra note 1, para. 99. | other passage",
            "exact | Ibid. and Smith (2019) | not read",
            "exact | Smith, Kilns and Debts (2019). | not read",
        ]
    );
    let draft = format!("It {quote} (see Smith 2019). So {quote} (in part).");
    let run = verified(samples(), "a.md", draft.as_bytes(), &[]);
    assert!(run.stdout.contains("   source not read: see Smith 2019\n"));
    assert_eq!(
        (run.stderr.as_str(), run.status),
        ("note: 1 quotation with a source that was not read\n", 0)
    );
}

#[test]
fn the_end_of_a_block_quotation_names_the_source() {
    let title = "2021 Trafficking in Persons Report: Pakistan, Protection, para. 1";
    for source in [
        "tip-2021-pak",
        "tip-2021-pak:protection:1",
        title,
        "TIP Report 2021: Pakistan",
    ] {
        for form in [
            "({})",
            "({}).",
            "[{}]",
            "— {}",
            "-- {}",
            "\n> — {}",
            "\n>\n> — {}",
            "\n>\n> ({})",
            "\n\n({})",
        ] {
            let draft = format!(
                "> It visited 62 of 486 brick kilns. {}\n",
                form.replace("{}", source)
            );
            let draft = draft.replace("It visited", "visited");
            let told = [format!("elsewhere | {source} | other report")];
            for name in ["a.md", "a.txt"] {
                assert_eq!(claims(name, draft.as_bytes()), told, "{name}: {draft}");
            }
        }
    }
    // What is no source is part of the quotation.
    let draft = "> visited 62 of 486 brick kilns — and closed them\n";
    let told = claims("a.md", draft.as_bytes());
    assert!(!told[0].starts_with("exact"), "{told:?}");
}

#[test]
fn an_ellipsis_that_drops_a_negation_is_exact_and_told() {
    let draft = "It says “Embassies lacked money . . . to help victims abroad” and “Foreign victims \
                 had . . . right to stay or work”.";
    let run = verified(samples(), "a.md", draft.as_bytes(), &[]);
    let told = "   negation: the ellipsis leaves out `no`: “no”\n";
    assert_eq!(run.stdout.matches(told).count(), 1, "{}", run.stdout);
    assert_eq!(run.stdout.matches("negation").count(), 1, "{}", run.stdout);
    assert_eq!(run.status, 0);
    let run = verified(samples(), "a.md", draft.as_bytes(), &["--format", "json"]);
    let told: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        told["quotations"][1]["negations"],
        serde_json::json!([{"place": "ellipsis", "negations": ["no"], "words": "no"}])
    );
    assert_eq!(told["quotations"][0]["negations"], serde_json::json!([]));
    let run = verified(samples(), "a.md", draft.as_bytes(), &["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let column = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "negations");
    let column = column.unwrap();
    let cells = reader.records().map(|r| r.unwrap()[column].to_owned());
    assert_eq!(cells.collect::<Vec<_>>(), ["", "ellipsis `no` in “no”"]);
}

#[test]
fn neighbouring_block_quotations_have_a_source_each() {
    let page = "<blockquote>visited 62 of 486 brick kilns (tip-2021-khm)</blockquote>\n\
                <blockquote>hotline took 21 calls (tip-2021-khm)</blockquote>";
    assert_eq!(
        claims("a.html", page.as_bytes()),
        [
            "exact | tip-2021-khm | holds",
            "exact | tip-2021-khm | holds"
        ]
    );
}

#[test]
fn a_source_is_told_from_words_where_it_is_understood_whole() {
    let kenya = "2019 Trafficking in Persons Report: Kenya";
    let quote = "visited 62 of 486 brick kilns";
    for (name, draft) in [
        ("a.md", format!("> {quote}\n>\n> {kenya}\n")),
        ("a.txt", format!("> {quote}\n>\n> {kenya}\n")),
        ("a.md", format!("> {quote}\n> {kenya}\n")),
        ("a.md", format!("It “{quote}” – {kenya}. So it is.\n")),
        (
            "a.html",
            format!("<blockquote>{quote} <cite>{kenya}</cite></blockquote>"),
        ),
        (
            "a.html",
            format!("<blockquote>{quote}<footer>{kenya}</footer></blockquote>"),
        ),
        (
            "a.html",
            format!("<blockquote>{quote} — <cite>{kenya}</cite></blockquote>"),
        ),
    ] {
        let told = claims(name, draft.as_bytes());
        assert_eq!(told.len(), 1, "{draft}");
        assert!(told[0].starts_with("elsewhere"), "{draft}: {told:?}");
        assert!(told[0].ends_with("other report"), "{draft}: {told:?}");
    }
    let draft = format!("> {quote}\n>\n> The Report of Nobody\n");
    assert!(!claims("a.md", draft.as_bytes())[0].starts_with("exact"));
}

/// A source in the line of the text, without brackets or in a note of pandoc.
#[test]
fn a_source_behind_a_comma_or_in_an_inline_note_is_read() {
    let kenya = "2019 Trafficking in Persons Report: Kenya";
    for (behind, told) in [
        (format!(", {kenya}."), "elsewhere"),
        (format!(", {kenya}, Protection, para. 1."), "elsewhere"),
        (
            format!(", {kenya}, Protection, para. 1, and so on."),
            "elsewhere",
        ),
        (format!("^[{kenya}, Protection, para. 1.]"), "elsewhere"),
        (format!(", as many hold. {kenya}"), "exact"),
    ] {
        for name in ["a.md", "a.txt"] {
            let draft = format!("It “visited 62 of 486 brick kilns”{behind}\n");
            let told_of = claims(name, draft.as_bytes());
            assert!(told_of[0].starts_with(told), "{draft}: {told_of:?}");
        }
    }
}

#[test]
fn marks_that_lead_nowhere_and_deletions_are_told() {
    let quote = "visited 62 of 486 brick kilns";
    for (name, draft, note) in [
        (
            "a.txt",
            format!("It “{quote}”² so.\n"),
            "line 1: note 2 is called but is not in the draft",
        ),
        (
            "a.md",
            format!("It “{quote}” [3].\n"),
            "line 1: note 3 is called but is not in the draft",
        ),
        (
            "a.html",
            format!("<p>It “<del>never </del>{quote}” so."),
            "tracked changes: deletions left out",
        ),
        (
            "a.txt",
            format!("He said \"no one did this. Next \"{quote}\" and end.\n"),
            "line 1: a quotation mark that opens here is never closed",
        ),
    ] {
        let run = verified(samples(), name, draft.as_bytes(), &[]);
        assert!(run.stdout.starts_with("1  exact"), "{}", run.stdout);
        assert_eq!(
            run.stderr.matches(note).count(),
            1,
            "{draft}: {}",
            run.stderr
        );
    }
}

#[test]
fn nothing_private_is_printed_and_cells_are_no_formulas() {
    let draft = "It “visited[^n] 62 of 486 brick kilns”[^n] and “=HYPERLINK(1) of the brick kilns”.\n\
                 \u{e000}“visited \u{e000}62\u{e001} of 486 brick kilns”\n\n[^n]: see (tip-2021-khm).\n";
    let rows = "quote,source\n=cmd of the \u{e000}brick kilns,tip-2021-khm\n";
    for (name, text) in [("a.md", draft), ("a.txt", draft), ("a.csv", rows)] {
        for format in ["text", "json", "csv"] {
            let run = verified(samples(), name, text.as_bytes(), &["--format", format]);
            let is_private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
            assert!(
                !run.stdout.contains(is_private),
                "{name} {format}: {}",
                run.stdout
            );
            assert!(!run.stdout.is_empty(), "{name}");
        }
        let run = verified(samples(), name, text.as_bytes(), &["--format", "csv"]);
        let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
        let quotes: Vec<String> = reader.records().map(|r| r.unwrap()[2].to_owned()).collect();
        assert!(
            quotes.iter().any(|quote| quote.starts_with("'=")),
            "{quotes:?}"
        );
        assert!(
            !quotes.iter().any(|quote| quote.starts_with('=')),
            "{quotes:?}"
        );
    }
}

#[test]
fn a_quotation_may_be_of_any_length_and_fails_alone() {
    let mut random = Random::new(5);
    let syllables = [
        "ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve",
    ];
    let mut word = || -> String {
        let count = 3 + random.below(2);
        (0..count)
            .map(|_| syllables[random.below(syllables.len())])
            .collect()
    };
    let mut paragraph = || -> String {
        let words: Vec<String> = (0..120).map(|_| word()).collect();
        words.join(" ") + "."
    };
    let paragraphs: Vec<String> = (0..30).map(|_| paragraph()).collect();
    let text = format!("A Long Report\n\n{}\n", paragraphs.join("\n\n"));
    let folder = folder(&[("src/long.txt", text.as_bytes())]);
    let index = folder.path().join("index");
    crate::support::build_index(&[folder.path().join("src")], &index, 1);
    let long = paragraphs[3..14].join(" ");
    let altered = {
        let mut words: Vec<&str> = long.split(' ').collect();
        words[700] = "zebra";
        words.join(" ")
    };
    let left_out = format!("{} . . . {}", paragraphs[20], paragraphs[21]);
    let invented = paragraph().repeat(12);
    let draft = format!("“{long}”\n\n“{altered}”\n\n“{left_out}”\n\n“{invented}”\n");
    let path = folder.path().join("a.md");
    std::fs::write(path, draft).unwrap();
    let run = run(
        folder.path(),
        &["--index", "index", "verify", "a.md", "--format", "json"],
    );
    let told: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let quotations = told["quotations"].as_array().unwrap().iter();
    let verdicts: Vec<&str> = quotations.map(|q| q["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["exact", "differs", "exact", "absent"]);
    assert_eq!((&told["failed"], run.status), (&Value::from(0), 5));
}

/// Words of a passage as a lawyer quotes them: some left out at ellipses, some
/// in brackets, with remarks and marks of notes, by random choices.
fn quoted(text: &str, words: &[std::ops::Range<usize>], random: &mut Random) -> String {
    let mut quote = String::new();
    let mut at = 0;
    while at < words.len() {
        let word = &text[words[at].clone()];
        let gap = words
            .get(at + 1)
            .map_or("", |next| &text[words[at].end..next.start]);
        let is_last = at + 1 == words.len();
        match random.below(12) {
            0 if !is_last && at > 0 && word.is_ascii() => {
                quote += &format!("[{word}]{gap}");
            }
            1 if !is_last && at + 3 < words.len() => {
                let form = [". . .", "…", "[...]", ". . . ."][random.below(4)];
                quote += &format!("{word} {form} ");
                at += 1 + random.below(2);
            }
            2 if !is_last => quote += &format!("{word} [sic]{gap}"),
            3 if !is_last => quote += &format!("{word} (emphasis added){gap}"),
            _ => quote += &format!("{word}{gap}"),
        }
        at += 1;
    }
    quote
}

#[test]
fn words_quoted_by_the_rules_are_exact_and_another_word_is_not() {
    let index = samples().open();
    let texts = texts(&index);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(150)
    };
    proptest!(config, |(seed in 1u64..u64::MAX)| {
        let mut random = Random::new(seed);
        let text = &texts[random.below(texts.len())];
        let all = words(text);
        let length = 6 + random.below(30.min(all.len() - 5)).min(all.len() - 6);
        let first = random.below(all.len() - length + 1);
        let taken = &all[first..first + length];
        let quote = quoted(text, taken, &mut random);
        prop_assert_eq!(verdict(&index, &quote), Verdict::Exact, "{}", quote);
        let spans = words(&quote);
        let changed = &spans[random.below(spans.len())];
        let is_free = ["sic", "emphasis", "added"].contains(&&quote[changed.clone()])
            || quote[..changed.start].ends_with('[');
        if !is_free {
            let altered = format!("{}zebra{}", &quote[..changed.start], &quote[changed.end..]);
            prop_assert_ne!(verdict(&index, &altered), Verdict::Exact, "{}", altered);
        }
    });
}
